//! The files that a release changes: all are written, or none.

use codegen::intake::OverlayText;
use codegen::rust::Files;

use crate::error::Error;
use crate::output::{self, Difference, FileChange};
use crate::regenerate::Page;
use crate::terminal::report;
use crate::workspace::Workspace;

/// The overlays that differ.
pub(super) fn overlays(workspace: &Workspace, before: &[OverlayText], after: &[OverlayText]) -> Vec<FileChange> {
    let changed = before.iter().zip(after).filter(|(before, after)| before != after);
    let change = |(before, after): (&OverlayText, &OverlayText)| FileChange {
        path: workspace.overlay_folder().join(&before.file),
        text: Some(after.text.clone()),
    };
    changed.map(change).collect()
}

/// All files, each once.
pub(super) fn all(overlays: Vec<FileChange>, snapshots: Vec<FileChange>, pages: Vec<Page>) -> Vec<FileChange> {
    let mut all = overlays;
    all.extend(snapshots);
    for page in pages.into_iter().filter(|page| !page.is_fresh()) {
        if !all.iter().any(|change| change.path == page.path) {
            all.push(FileChange { path: page.path, text: Some(page.text) });
        }
    }
    all
}

/// Writes the files and the generated code, and names what changed.
pub(super) fn write(
    workspace: &Workspace,
    changes: &[FileChange],
    generated: &Files,
    difference: &Difference,
) -> Result<(), Error> {
    let former = output::change_files(changes)?;
    if !difference.is_empty() {
        let replaced =
            output::resolve(&workspace.generated()).and_then(|folder| output::replace_folder(&folder, generated));
        if let Err(error) = replaced {
            return Err(former.restore(error));
        }
    }
    for change in changes {
        let what = if change.text.is_some() { "written" } else { "removed" };
        report!("{what}    {}", workspace.shown(&change.path).display());
    }
    if !difference.is_empty() {
        report!(
            "written    {} ({} changed, {} new, {} removed)",
            workspace.shown(&workspace.generated()).display(),
            difference.changed.len(),
            difference.missing.len(),
            difference.superfluous.len()
        );
    }
    if changes.is_empty() && difference.is_empty() {
        report!("written    nothing");
    }
    Ok(())
}
