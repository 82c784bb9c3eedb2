//! What changed between two documents, as a client meets it on the wire.
//!
//! Documents are compared as they are, without our overlays, and not by their texts: by method and path, by what a
//! schema lets through. What one cause changes in many places is one change, which lists the operations it reaches.
//! Order, names of schemas, operation ids and texts mean nothing, and neither does whether something is written in
//! place or behind a reference.

mod catalogue;
mod collector;
mod compare;
mod effect;
mod exchange;
mod finder;
mod fingerprint;
mod items;
mod operations;
mod place;
mod schema;
mod surface;
mod used;
mod values;
mod wording;

pub use catalogue::{Rule, Severity, catalogue};
pub use effect::{Effect, ItemChange, RustEffect};

use serde_json::Value;

use crate::rust::Surface;
use crate::usage::Usage;
use surface::Surface as Wire;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule, by its stable name: one of [`catalogue`].
    pub id: String,
    /// How bad it is on the wire, for an old client at the new server.
    pub severity: Severity,
    /// What changed: `TimesheetEntity.tags`, `?visible`, `GET /api/tags`; `*.tags` for a property of several types.
    pub subject: String,
    /// All that the subject stands for.
    pub places: Vec<String>,
    /// The operations that it reaches, `GET /api/tags`, in their order.
    pub operations: Vec<String>,
    /// Whether it is in what is sent.
    pub in_requests: bool,
    /// Whether it is in what is answered.
    pub in_responses: bool,
    /// Whether an old client may fail to read answers; the severity is that of the worse direction.
    pub breaks_responses: bool,
    /// How it was, where that can be said in a few words.
    pub old: Option<String>,
    /// How it is.
    pub new: Option<String>,
    /// All of it in a sentence.
    pub message: String,
    /// What it does to the client, once that is generated anew; nothing where that is not known.
    pub rust: Option<RustEffect>,
}

/// Compares two documents in canonical form ([`crate::document::canonical`]); the worst changes come first.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let (old, new) = (Wire::new(old), Wire::new(new));
    operations::compare(&old, &new)
}

/// As [`compare`], and of the answers to `full` too, which are in no document: what the clients know of them (fact R9).
#[must_use]
pub fn compare_with(old: &Value, new: &Value, clients: [&Surface; 2]) -> Vec<Change> {
    let [before, after] = clients;
    let (mut old, mut new) = (Wire::new(old), Wire::new(new));
    old.add_full(&before.full);
    new.add_full(&after.full);
    operations::compare(&old, &new)
}

/// Says of each change what it does to the client that is generated of the documents, and adds what the wire does not
/// tell: names, and what corrections make of documents.
pub fn add_rust_effects(changes: &mut Vec<Change>, old: &Surface, new: &Surface) {
    effect::attach(changes, old, new);
}

/// Keeps the changes that reach what a program uses, and of what they do to the client what the program meets. Returns
/// how many operations of the two clients it calls.
pub fn retain_used(changes: &mut Vec<Change>, old: &Surface, new: &Surface, usage: &Usage) -> usize {
    used::retain(changes, [old, new], usage)
}
