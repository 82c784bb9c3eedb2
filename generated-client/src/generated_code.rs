//! What code that is generated beside this crate needs of it: `cargo xtask regenerate --only-plugins` writes such code.
//!
//! It is no part of the public API, and follows no rules of versions. Code that was generated with the same version of the
//! repository fits; for another version, generate it again.

pub use crate::prelude::*;

/// The derived code uses it, so that the crate with the generated code does not need it itself.
pub use serde;
