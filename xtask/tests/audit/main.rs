//! `cargo xtask audit`: recordings are compared with documents, and the report corrects them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

#[path = "../support/kimai.rs"]
mod kimai;
mod overlays;
mod pasted;
mod recordings;
mod reports;
mod secrets;
#[allow(dead_code, reason = "a part of it is for other tests")]
#[path = "../fetch_url/server.rs"]
mod server;
mod servers;
#[path = "../support/mod.rs"]
mod support;
mod usage;

use recordings::Recording;
use support::{Copy, Said};

/// Audits a recording, where `recording.har` in what is said stands for its file.
fn audit(recording: &Recording, arguments: &[&str]) -> Said {
    let copy = Copy::with_all_snapshots();
    let file = recording.write(&copy);
    let said = copy.xtask(&[&["audit", &file], arguments].concat());
    let shown = |text: &str| text.replace(&file, "recording.har");
    Said { code: said.code, out: shown(&said.out), err: shown(&said.err) }
}
