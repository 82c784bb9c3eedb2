//! The sources of a crate that uses the client.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::usage::Usage;

use crate::error::Error;
use crate::terminal;

/// What the Rust files of a folder and its subfolders use. Hidden folders, and those that cargo builds in, are skipped.
pub(super) fn usage(folder: &Path) -> Result<Usage, Error> {
    let mut usage = Usage::default();
    let mut files = BTreeSet::new();
    collect(folder, &mut files, &mut BTreeSet::new())?;
    for path in files {
        let text = fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        if let Err(error) = usage.add(&path.display().to_string(), &text) {
            terminal::warning(format_args!("cannot parse this file, so its uses are ignored: {error}"));
        }
    }
    Ok(usage)
}

/// Links are followed, each folder once.
fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>, seen: &mut BTreeSet<PathBuf>) -> Result<(), Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let expected = "the source folder of a crate that uses generated-client";
    if !seen.insert(fs::canonicalize(folder).map_err(Error::read(folder, expected))?) {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if path.is_dir() {
            // Cargo marks the folder of what it builds as a cache.
            if !is_hidden && !path.join("CACHEDIR.TAG").exists() {
                collect(&path, files, seen)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(path);
        }
    }
    Ok(())
}
