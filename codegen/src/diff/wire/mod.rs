//! What changed on the wire.
//!
//! The documents are read as they are, with a reader of `$ref` and `allOf` of its own: it has to read documents
//! that the model of `api` refuses, and sees what the model leaves out, such as formats and limits.

mod alternatives;
mod collector;
mod compare;
mod discriminator;
mod document;
mod errors;
mod exchange;
mod fingerprint;
mod flags;
mod limits;
mod operations;
mod parameters;
mod plain;
mod schema;
mod security;
mod servers;
mod style;
mod values;

use std::collections::BTreeMap;

use serde_json::Value;

use super::change::Change;
use document::Document;

/// Compares two documents. The responses with `full`, which only the clients know, are given by the names of their
/// schemas.
pub(super) fn compare(old: &Value, new: &Value, full: [&BTreeMap<String, String>; 2]) -> Vec<Change> {
    let [before, after] = full;
    let (mut old, mut new) = (Document::new(old), Document::new(new));
    old.add_full(before);
    new.add_full(after);
    operations::compare(&old, &new)
}
