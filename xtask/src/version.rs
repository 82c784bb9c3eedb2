//! `cargo xtask --version`.

use crate::index::Index;
use crate::workspace::Workspace;

/// The version of this program, and the releases of Kimai that it knows, if there is a workspace.
pub(crate) fn text() -> String {
    let version = concat!("cargo xtask ", env!("CARGO_PKG_VERSION"));
    match Workspace::find().and_then(|workspace| Index::read(&workspace)) {
        Ok(index) if !index.snapshots.is_empty() => format!("{version} (Kimai: {})", index.releases()),
        _ => version.to_owned(),
    }
}
