//! The pages of `diff` and `history` in Chromium: filters that are clicked, at the width of a desktop and of a phone.
//!
//! `cargo test --package xtask --features browser-tests --test browser` needs chromedriver; pictures of the pages lie
//! in `target/tmp/screenshots/` afterwards.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod diff;
mod driver;
mod history;
mod pages;
#[path = "../support/mod.rs"]
mod support;
mod tab;
