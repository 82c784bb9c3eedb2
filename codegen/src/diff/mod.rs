//! What changed between two documents, for a client that uses the API.
//!
//! Documents are compared without overlays, and not as text: by method and path, and by what a
//! schema accepts. One cause is one change, which lists the operations that it affects.
//! Order, names of schemas and descriptions do not matter, nor whether something is written in place or referenced.
//! [`keywords`] says for each keyword of a document how it is compared.

mod catalogue;
mod change;
mod client;
mod effect;
mod keywords;
mod subject;
mod wire;
mod wording;

pub use catalogue::{Kind, Part, Rule, Severity, catalogue};
pub use change::Change;
pub use effect::{Effect, ItemChange, RustEffect};
pub use keywords::{EXTENSIONS, Keyword, Object, Treatment, keywords};
pub use subject::Subject;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::surface::Surface;
use crate::usage::Usage;

/// Compares two documents in canonical form ([`crate::document::canonical`]); the worst changes come first.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let none = BTreeMap::new();
    wire::compare(old, new, [&none, &none])
}

/// Like [`compare`], and also compares responses with `full`, which only the clients know.
#[must_use]
pub fn compare_with(old: &Value, new: &Value, clients: [&Surface; 2]) -> Vec<Change> {
    wire::compare(old, new, clients.map(|client| &client.full))
}

/// Adds to each change its effect on the clients generated from the documents, and adds changes of the client that no
/// change of the documents explains: corrections of documents, for example.
pub fn add_rust_effects(changes: &mut Vec<Change>, old: &Surface, new: &Surface) {
    client::attach(changes, old, new);
}

/// Keeps the changes that affect what a program uses, and of their effects on the client those that affect it. Returns
/// how many operations of the two clients it calls.
pub fn retain_used(changes: &mut Vec<Change>, old: &Surface, new: &Surface, usage: &Usage) -> usize {
    client::retain(changes, [old, new], usage)
}
