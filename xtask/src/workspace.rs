//! The folders and files of the workspace.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use codegen::document::{MAX_BYTES, Overlay};
use codegen::intake::OverlayText;

use crate::error::Error;
use crate::terminal;

/// The repository's folders.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Cargo says where this package is; the workspace is one folder up.
    pub(crate) fn find() -> Result<Self, Error> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").ok_or(Error::NoWorkspace)?;
        let root = Path::new(&package).parent().ok_or(Error::NoWorkspace)?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn client(&self) -> PathBuf {
        self.root.join("generated-client")
    }

    /// Where cargo builds.
    pub(crate) fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }

    pub(crate) fn specs(&self) -> PathBuf {
        self.root.join("specs")
    }

    pub(crate) fn overlay_folder(&self) -> PathBuf {
        self.specs().join("overlays")
    }

    /// The folder with the documentation of the commands.
    pub(crate) fn docs(&self) -> PathBuf {
        self.root.join("xtask").join("docs")
    }

    pub(crate) fn generated(&self) -> PathBuf {
        self.client().join("src").join("generated")
    }

    /// A path as people write it, relative to the repository where it is inside.
    pub(crate) fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    /// The path of a file from the root of the repository, with slashes; nothing for files that are not in it.
    pub(crate) fn in_repository(&self, file: &Path) -> Option<String> {
        let file = fs::canonicalize(file).ok()?;
        let root = fs::canonicalize(&self.root).ok()?;
        let repository = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&root);
        let path = file.strip_prefix(repository).ok()?;
        Some(path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// The overlays of `specs/overlays/`, in the order of their names.
    pub(crate) fn overlays(&self) -> Result<Vec<Overlay>, Error> {
        let parse = |overlay: &OverlayText| Overlay::parse(&overlay.file, &overlay.text).map_err(Error::Overlay);
        self.overlay_texts()?.iter().map(parse).collect()
    }

    /// The same as text.
    pub(crate) fn overlay_texts(&self) -> Result<Vec<OverlayText>, Error> {
        let folder = self.overlay_folder();
        let entries = fs::read_dir(&folder).map_err(Error::read(&folder, "the folder of the overlays"))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|source| Error::Read { path: folder.clone(), source })?.path();
            if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut overlays = Vec::new();
        for path in paths {
            let text = fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
            terminal::detail("reading", path.display());
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            overlays.push(OverlayText { file: name.into_owned(), text });
        }
        Ok(overlays)
    }
}

/// Reads a document from a file, or from standard input for `-`; one byte more than is allowed at the most. `expected`
/// says what the file should be.
pub(crate) fn read_document(path: &Path, expected: &'static str) -> Result<Vec<u8>, Error> {
    if path == Path::new("-") {
        return read_limited(io::stdin().lock()).map_err(|source| Error::ReadInput { source });
    }
    read_file(path, expected)
}

fn read_file(path: &Path, expected: &'static str) -> Result<Vec<u8>, Error> {
    let bytes = File::open(path).and_then(read_limited).map_err(Error::read(path, expected))?;
    terminal::detail("reading", format_args!("{} ({} bytes)", path.display(), bytes.len()));
    Ok(bytes)
}

/// Reads a file of settings, such as that of `--ignore`. It may begin with a byte order mark.
pub(crate) fn read_settings(path: &Path, expected: &'static str) -> Result<String, Error> {
    let bytes = read_file(path, expected)?;
    let not_text = || io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8: save it as UTF-8");
    let text = String::from_utf8(bytes).map_err(|_| Error::Read { path: path.to_owned(), source: not_text() })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The name of a document in messages.
pub(crate) fn document_name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

fn read_limited(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_path_from_the_root_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().join("project") };
        let file = folder.path().join("project/specs/mine.json");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "{}").unwrap();
        assert_eq!(workspace.in_repository(&file).unwrap(), "specs/mine.json");
        fs::create_dir(folder.path().join(".git")).unwrap();
        assert_eq!(workspace.in_repository(&file).unwrap(), "project/specs/mine.json");
        let other = tempfile::tempdir().unwrap();
        assert_eq!(workspace.in_repository(other.path()), None);
        assert_eq!(workspace.in_repository(&folder.path().join("none.json")), None);
    }
}
