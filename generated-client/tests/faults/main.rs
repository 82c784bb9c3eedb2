//! What happens when things go wrong, against a server that makes them go wrong.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod answers;
mod bodies;
mod calls;
mod connections;
mod custom;
mod downloads;
mod extras;
mod lists;
mod redirects;
mod retries;
mod server;
mod support;
mod without_async;
