//! Bad input: the result is an error that names the place, or valid code.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod additions;
mod compiled;
mod documents;
mod enums;
mod expressed;
mod forms;
mod left_out;
mod lists;
mod lookups;
mod names;
mod nesting;
mod openapi31;
mod order;
mod recursion;
mod replaced;
mod text;
mod values;
mod yaml;
