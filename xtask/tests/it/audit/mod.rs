//! `cargo xtask audit`: recordings are compared with documents, and the report corrects them.

mod overlays;
mod pasted;
mod recordings;
mod releases;
mod reports;
mod secrets;
mod servers;
mod usage;

use crate::support::{Copy, Said};
use recordings::Recording;

/// Audits a recording, where `recording.har` in what is said stands for its file.
fn audit(recording: &Recording, arguments: &[&str]) -> Said {
    let copy = Copy::with_all_snapshots();
    let file = recording.write(&copy);
    let said = copy.xtask(&[&["audit", &file], arguments].concat());
    let shown = |text: &str| text.replace(&file, "recording.har");
    Said { code: said.code, out: shown(&said.out), err: shown(&said.err) }
}
