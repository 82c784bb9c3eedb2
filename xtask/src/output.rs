//! Writing, so that a failure leaves whole what was there.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use codegen::rust::{Files, MARKER};
use tempfile::NamedTempFile;

use crate::error::Error;
use crate::terminal;

/// What the names of scratch folders begin with.
const SCRATCH: &str = ".generated-";

/// How a folder differs from what it should hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) changed: Vec<String>,
    pub(crate) missing: Vec<String>,
    pub(crate) superfluous: Vec<String>,
    /// A file that was not generated. The search ends there, because the folder may be anything.
    pub(crate) foreign: Option<String>,
}

impl Difference {
    pub(crate) fn is_empty(&self) -> bool {
        self.foreign.is_none() && self.changed.is_empty() && self.missing.is_empty() && self.superfluous.is_empty()
    }
}

/// The folder itself where the path is a link or relative, so that it can be replaced.
pub(crate) fn resolve(folder: &Path) -> Result<PathBuf, Error> {
    match fs::metadata(folder) {
        Err(_) => Ok(folder.to_owned()),
        Ok(data) if data.is_dir() => {
            fs::canonicalize(folder).map_err(|source| Error::Read { path: folder.to_owned(), source })
        }
        Ok(_) => Err(Error::NoFolder { path: folder.to_owned() }),
    }
}

/// Compares a folder with what it should hold.
pub(crate) fn compare(folder: &Path, files: &Files) -> Result<Difference, Error> {
    let mut difference = Difference::default();
    let mut present = BTreeSet::new();
    if folder.exists() {
        survey(folder, folder, files, &mut present, &mut difference)?;
    }
    if difference.foreign.is_some() {
        // The rest was not looked at.
        return Ok(Difference { foreign: difference.foreign, ..Difference::default() });
    }
    difference.missing.extend(files.keys().filter(|name| !present.contains(*name)).cloned());
    difference.superfluous.extend(present.into_iter().filter(|name| !files.contains_key(name)));
    Ok(difference)
}

fn survey(
    root: &Path,
    folder: &Path,
    files: &Files,
    present: &mut BTreeSet<String>,
    difference: &mut Difference,
) -> Result<(), Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Read { path, source }
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        paths.push(entry.map_err(failed(folder))?.path());
    }
    paths.sort();
    for path in paths {
        if difference.foreign.is_some() {
            return Ok(());
        }
        let kind = fs::symlink_metadata(&path).map_err(failed(&path))?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        match files.get(&name) {
            _ if kind.is_dir() => survey(root, &path, files, present, difference)?,
            Some(text) if kind.is_file() => {
                if fs::read(&path).map_err(failed(&path))? != text.as_bytes() {
                    difference.changed.push(name.clone());
                }
                present.insert(name);
            }
            None if kind.is_file() && is_generated(&path).map_err(failed(&path))? => {
                present.insert(name);
            }
            _ => difference.foreign = Some(name),
        }
    }
    Ok(())
}

/// Whether the file begins as generated files do; no more of it is read.
fn is_generated(path: &Path) -> io::Result<bool> {
    let mut beginning = Vec::new();
    File::open(path)?.take(MARKER.len() as u64).read_to_end(&mut beginning)?;
    Ok(beginning == MARKER.as_bytes())
}

/// Replaces a folder that holds nothing but generated files as a whole: the new one is complete before the old one
/// goes.
pub(crate) fn replace_folder(folder: &Path, files: &Files) -> Result<(), Error> {
    let parent = self::folder(folder);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Write { path, source }
    };
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(parent).map_err(failed(parent))?;
    let (new, old) = (scratch.path().join("new"), scratch.path().join("old"));
    for (name, text) in files {
        let path = new.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        // Not synced to the disk: if the machine stops, the command can run again.
        fs::write(&path, text).map_err(failed(&path))?;
    }
    terminal::detail("writing", folder.display());
    let replaces = folder.exists();
    if replaces {
        fs::rename(folder, &old).map_err(failed(folder))?;
    }
    if let Err(source) = fs::rename(&new, folder) {
        if replaces && fs::rename(&old, folder).is_err() {
            // Neither the new nor the old code may go with the scratch folder.
            return Err(Error::Stranded { path: folder.to_owned(), kept: scratch.keep(), source });
        }
        return Err(Error::Write { path: folder.to_owned(), source });
    }
    Ok(())
}

/// Whether a file can be written there, before there is anything to write.
pub(crate) fn check(path: &Path, replace: bool) -> Result<(), Error> {
    if path.exists() && !replace {
        return Err(Error::Exists { path: path.to_owned() });
    }
    let source = match fs::metadata(folder(path)) {
        Err(error) => error,
        Ok(folder) if !folder.is_dir() => io::ErrorKind::NotADirectory.into(),
        Ok(_) if path.is_dir() => io::ErrorKind::IsADirectory.into(),
        Ok(_) => return Ok(()),
    };
    Err(Error::Write { path: path.to_owned(), source })
}

/// The folder of a file; the parent of a name alone would be an empty path.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Replaces a file as a whole.
pub(crate) fn replace_file(path: &Path, text: &str) -> Result<(), Error> {
    fs::create_dir_all(folder(path)).map_err(|source| Error::Write { path: path.to_owned(), source })?;
    write_file(path, text, true)
}

/// Writes a file as a whole; one that exists is only replaced if `replace` says so.
pub(crate) fn write_file(path: &Path, text: &str, replace: bool) -> Result<(), Error> {
    check(path, replace)?;
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let mut file = NamedTempFile::new_in(folder(path)).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    terminal::detail("writing", path.display());
    let kept = persist(file, path, replace)?;
    // A temporary file is for its owner alone; a file of the repository is for everybody.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        kept.set_permissions(fs::Permissions::from_mode(0o644)).map_err(failed)?;
    }
    drop(kept);
    Ok(())
}

/// Gives a temporary file its name.
pub(crate) fn persist(file: NamedTempFile, path: &Path, replace: bool) -> Result<File, Error> {
    let result = if replace { file.persist(path) } else { file.persist_noclobber(path) };
    result.map_err(|error| match error.error {
        source if source.kind() == io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
        source => Error::Write { path: path.to_owned(), source },
    })
}

/// A file to write, or to remove.
pub(crate) struct FileChange {
    pub(crate) path: PathBuf,
    /// None if the file goes.
    pub(crate) text: Option<String>,
}

/// What files were before they were changed.
pub(crate) struct Former(Vec<FileChange>);

/// Changes all files or none; returns what they were, since a later step may fail.
pub(crate) fn change_files(changes: &[FileChange]) -> Result<Former, Error> {
    let mut former = Vec::new();
    for FileChange { path, .. } in changes {
        let text = match fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(Error::Read { path: path.clone(), source }),
        };
        former.push(FileChange { path: path.clone(), text });
    }
    for (done, change) in changes.iter().enumerate() {
        if let Err(error) = change.apply() {
            former.truncate(done);
            return Err(Former(former).restore(error));
        }
    }
    Ok(Former(former))
}

impl Former {
    /// Puts the files back after an error; returns the error, or one that also names the files that stay changed.
    pub(crate) fn restore(self, error: Error) -> Error {
        let changed = self.0.into_iter().rev().filter(|former| former.apply().is_err());
        let changed: Vec<String> = changed.map(|former| former.path.display().to_string()).collect();
        if changed.is_empty() { error } else { Error::NotRestored { changed, source: Box::new(error) } }
    }
}

impl FileChange {
    fn apply(&self) -> Result<(), Error> {
        match &self.text {
            Some(text) => replace_file(&self.path, text),
            None => match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(Error::Write { path: self.path.clone(), source: error })
                }
                _ => Ok(()),
            },
        }
    }
}
