//! The commands as programs.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod audit;
mod command_line;
mod commands;
mod completions;
mod crates;
mod diff;
mod documented;
mod fetch_url;
mod history;
mod intake;
mod kimai;
mod only_plugins;
mod own_document;
mod packages;
mod pages;
mod petstore;
mod plugin_document;
mod postman;
mod record;
mod sample_plugins;
mod serve;
mod server;
mod support;
