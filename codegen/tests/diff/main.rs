//! Changes between documents: laws that hold for all of them, single edits, and real pairs of releases.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod attribution;
mod cases;
mod discriminators;
mod edits;
mod effects;
mod exchanges;
mod keywords;
mod laws;
mod operations;
mod releases;
mod schemas;
mod single_edits;
mod spellings;
mod usage;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use codegen::Release;
use codegen::diff::Change;
use serde_json::Value;

/// The snapshots, the oldest first.
static SNAPSHOTS: LazyLock<Vec<(Release, Value)>> = LazyLock::new(|| {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut snapshots: Vec<(Release, Value)> = Vec::new();
    for entry in fs::read_dir(specs).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(release) = name.strip_suffix(".json").and_then(|name| name.parse().ok()) {
            snapshots.push((release, serde_json::from_slice(&fs::read(path).unwrap()).unwrap()));
        }
    }
    snapshots.sort_by(|(a, _), (b, _)| a.cmp(b));
    snapshots
});

/// The snapshot of a release that has one of its own.
fn snapshot(release: &str) -> &'static Value {
    &SNAPSHOTS.iter().find(|(known, _)| known.as_str() == release).unwrap().1
}

/// Rule and message of each change that reports list without being asked.
fn said(changes: &[Change]) -> Vec<String> {
    let changes = changes.iter().filter(|change| !change.is_quiet());
    changes.map(|change| format!("{}: {}", change.id(), change.message())).collect()
}
