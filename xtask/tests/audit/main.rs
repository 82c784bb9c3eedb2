//! `cargo xtask audit`: recordings are compared with documents, and the report corrects them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod overlays;
mod pasted;
mod recordings;
mod reports;
#[path = "../support/mod.rs"]
mod support;
