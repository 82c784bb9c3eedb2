//! Writing, so that a failure leaves whole what was there.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use codegen::rust::{Files, MARKER};

use crate::error::Error;

/// How a folder differs from what it should hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) changed: Vec<String>,
    pub(crate) missing: Vec<String>,
    pub(crate) superfluous: Vec<String>,
}

impl Difference {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.superfluous.is_empty()
    }
}

/// Compares a folder with what it should hold.
pub(crate) fn compare(folder: &Path, files: &Files) -> Result<Difference, Error> {
    let mut present = BTreeMap::new();
    if folder.exists() {
        collect(folder, folder, &mut present)?;
    }
    let mut difference = Difference::default();
    for (name, text) in files {
        match present.remove(name) {
            None => difference.missing.push(name.clone()),
            Some(bytes) if bytes != text.as_bytes() => difference.changed.push(name.clone()),
            Some(_) => {}
        }
    }
    difference.superfluous = present.into_keys().collect();
    Ok(difference)
}

/// Replaces a folder as a whole: the new one is complete before the old one goes.
pub(crate) fn replace_folder(folder: &Path, files: &Files) -> Result<(), Error> {
    refuse_foreign_files(folder)?;
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Write { path, source }
    };
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let scratch = tempfile::Builder::new().prefix(".generated-").tempdir_in(parent).map_err(failed(parent))?;
    let (new, old) = (scratch.path().join("new"), scratch.path().join("old"));
    for (name, text) in files {
        let path = new.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        fs::write(&path, text).map_err(failed(&path))?;
    }
    let replaces = folder.exists();
    if replaces {
        fs::rename(folder, &old).map_err(failed(folder))?;
    }
    if let Err(source) = fs::rename(&new, folder) {
        if replaces {
            fs::rename(&old, folder).map_err(failed(folder))?;
        }
        return Err(Error::Write { path: folder.to_owned(), source });
    }
    Ok(())
}

/// Replaces a file as a whole.
pub(crate) fn replace_file(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |source| Error::Write { path: path.to_owned(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    let kept = file.persist(path).map_err(|error| failed(error.error))?;
    // A temporary file is for its owner alone; a file of the repository is for everybody.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        kept.set_permissions(fs::Permissions::from_mode(0o644)).map_err(failed)?;
    }
    drop(kept);
    Ok(())
}

/// Everything in the folder goes, so everything has to be ours.
fn refuse_foreign_files(folder: &Path) -> Result<(), Error> {
    if !folder.exists() {
        return Ok(());
    }
    let mut present = BTreeMap::new();
    collect(folder, folder, &mut present)?;
    for (name, bytes) in present {
        if !bytes.starts_with(MARKER.as_bytes()) {
            return Err(Error::ForeignFile { path: folder.to_owned(), file: name });
        }
    }
    Ok(())
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Read { path, source }
    };
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path: PathBuf = entry.map_err(failed(folder))?.path();
        let kind = fs::symlink_metadata(&path).map_err(failed(&path))?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if kind.is_dir() {
            collect(root, &path, files)?;
        } else if kind.is_file() {
            files.insert(name, fs::read(&path).map_err(failed(&path))?);
        } else {
            files.insert(name, Vec::new());
        }
    }
    Ok(())
}
