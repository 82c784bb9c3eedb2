//! The pages of `diff`, `history` and the example `api_demo` in Chromium, at the width of a desktop and of a phone.
//!
//! `cargo test --package xtask --features browser-tests --test browser` needs chromedriver; pictures of the pages lie
//! in `target/tmp/screenshots/` afterwards.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod api_demo;
mod diff;
mod driver;
mod history;
mod pages;
#[path = "../it/support/mod.rs"]
mod support;
mod tab;
