//! The test server, held to recorded exchanges with real servers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod behaviour;
mod combined;
mod difference;
mod forms;
mod ids;
mod operations;
mod permissions;
mod releases;
mod replay;
#[path = "../support/mod.rs"]
mod support;
