//! The sources of a crate that uses the client.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::usage::Usage;

use crate::error::Error;

/// What the Rust files of a folder use, those of its subfolders included; hidden ones and `target` are left out.
pub(super) fn usage(folder: &Path) -> Result<Usage, Error> {
    let mut usage = Usage::default();
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        if let Err(error) = usage.add(&path.display().to_string(), &text) {
            eprintln!("warning: what this file uses is not seen: {error}");
        }
    }
    Ok(usage)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        let name = entry.file_name();
        if kind.is_dir() && name != "target" && !name.to_string_lossy().starts_with('.') {
            collect(&path, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
