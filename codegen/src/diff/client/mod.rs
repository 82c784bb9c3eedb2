//! What changes do to the generated client.

mod effect;

pub use effect::{Effect, ItemChange, RustEffect};
