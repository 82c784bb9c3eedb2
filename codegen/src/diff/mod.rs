//! What changed between two documents, for a client that uses the API.
//!
//! Documents are compared without overlays, and not as text: by method and path, and by what a
//! schema accepts. One cause is one change, which lists the operations that it affects.
//! Order, names of schemas, operation ids and descriptions do not matter, nor whether something is written in
//! place or referenced.

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
    /// Its severity for an old client with the new server.
    pub severity: Severity,
    /// What changed: `TimesheetEntity.tags`, `?visible`, `GET /api/tags`; `*.tags` for a property of several types.
    pub subject: String,
    /// All places that the subject stands for.
    pub places: Vec<String>,
    /// The operations that it affects, such as `GET /api/tags`, in their order.
    pub operations: Vec<String>,
    /// Whether it affects requests.
    pub in_requests: bool,
    /// Whether it affects responses.
    pub in_responses: bool,
    /// Whether an old client may fail to read responses; the severity is that of the worse direction.
    pub breaks_responses: bool,
    /// The old value, if it is short.
    pub old: Option<String>,
    /// The new value, if it is short.
    pub new: Option<String>,
    /// The change as a sentence.
    pub message: String,
    /// Its effect on the regenerated client, if known.
    pub rust: Option<RustEffect>,
}

/// Compares two documents in canonical form ([`crate::document::canonical`]); the worst changes come first.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let (old, new) = (Wire::new(old), Wire::new(new));
    operations::compare(&old, &new)
}

/// Like [`compare`], and also compares responses with `full`, which only the clients know.
#[must_use]
pub fn compare_with(old: &Value, new: &Value, clients: [&Surface; 2]) -> Vec<Change> {
    let [before, after] = clients;
    let (mut old, mut new) = (Wire::new(old), Wire::new(new));
    old.add_full(&before.full);
    new.add_full(&after.full);
    operations::compare(&old, &new)
}

/// Adds to each change its effect on the clients generated from the documents, and adds changes of the
/// client only: names, and corrections of documents.
pub fn add_rust_effects(changes: &mut Vec<Change>, old: &Surface, new: &Surface) {
    effect::attach(changes, old, new);
}

/// Keeps the changes that affect what a program uses, and of their effects on the client those that affect it. Returns
/// how many operations of the two clients it calls.
pub fn retain_used(changes: &mut Vec<Change>, old: &Surface, new: &Surface, usage: &Usage) -> usize {
    used::retain(changes, [old, new], usage)
}
