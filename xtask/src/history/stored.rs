//! `specs/history.jsonl`: the history of all releases, so that one release is generated without reading all the others.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use codegen::history::{History, Known};
use codegen::intake::OverlayText;

use crate::error::Error;
use crate::index::{Index, sha256};
use crate::models;
use crate::terminal;
use crate::workspace::Workspace;

pub(crate) fn path(workspace: &Workspace) -> PathBuf {
    workspace.specs().join("history.jsonl")
}

/// A checksum of the input of the history: the documents, the overlays, and the exact releases of `history.yaml`.
pub(crate) fn made_of(index: &Index, overlays: &[OverlayText], known: &Known) -> String {
    let mut text = String::new();
    for snapshot in &index.snapshots {
        for release in snapshot.releases() {
            let _ = writeln!(text, "{release} {}", snapshot.snapshot_sha256);
        }
    }
    for overlay in overlays {
        let _ = writeln!(text, "{} {}", overlay.file, sha256(overlay.text.as_bytes()));
    }
    for exact in &known.exact {
        let _ = writeln!(text, "{} {}", exact.since, exact.what);
    }
    sha256(text.as_bytes())
}

/// The history of all releases: as it is stored, or made again if it is made of something else.
pub(crate) fn of_all_releases(
    workspace: &Workspace,
    index: &Index,
    overlays: &[OverlayText],
    known: &Known,
) -> Result<History, Error> {
    let path = path(workspace);
    let stored = fs::read_to_string(&path).ok();
    if let Some(text) = &stored {
        terminal::detail("reading", path.display());
        if let Some(history) = History::from_text(text, &made_of(index, overlays, known)) {
            return Ok(history);
        }
        terminal::note(format_args!(
            "{} is made of other documents or overlays, so all documents are read: `cargo xtask regenerate` updates it",
            workspace.shown(&path).display()
        ));
    }
    let models = models::of_all_releases(workspace, index, &models::parsed(overlays)?)?;
    History::new(&models, known).map_err(Error::Generate)
}
