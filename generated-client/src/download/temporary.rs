use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// How many names are tried; they are random, so that the second one is not needed in practice.
const NAMES: u32 = 100;

/// A file with a name of its own in the folder of the file that it becomes. If it does not become one, it is deleted.
pub(super) struct TemporaryFile {
    file: File,
    path: PathBuf,
}

impl TemporaryFile {
    /// Creates the file. Only the owner may read one that is private; others have the permissions of new files.
    pub(super) fn create(folder: &Path, is_private: bool) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if is_private {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        #[cfg(not(unix))]
        let _ = is_private;
        let mut tried = 0;
        loop {
            let path = folder.join(format!(".download-{:016x}.part", fastrand::u64(..)));
            match options.open(&path) {
                Ok(file) => return Ok(Self { file, path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < NAMES => tried += 1,
                Err(error) => return Err(error),
            }
        }
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Gives the file this name, in place of a file that has it.
    pub(super) fn replace(self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)
    }

    /// Gives the file this name, unless another file has it.
    pub(super) fn keep_others(self, path: &Path) -> io::Result<()> {
        // A second name for the content fails if it is taken. The first one is deleted with this value.
        let Err(error) = fs::hard_link(&self.path, path) else { return Ok(()) };
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Err(error);
        }
        // Some file systems have no second names: an empty file takes the name first.
        take_and_replace(&self.path, path)
    }
}

fn take_and_replace(from: &Path, to: &Path) -> io::Result<()> {
    drop(File::create_new(to)?);
    fs::rename(from, to).inspect_err(|_| drop(fs::remove_file(to)))
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // It no longer exists if it was renamed.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_name_that_is_taken_stays_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        fs::write(&path, "old").unwrap();
        let file = TemporaryFile::create(folder.path(), false).unwrap();
        assert_eq!(names(folder.path()).len(), 2);
        assert_eq!(file.keep_others(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(
            (names(folder.path()), fs::read_to_string(&path).unwrap()),
            (vec!["a.pdf".to_owned()], "old".to_owned())
        );
    }

    #[test]
    fn without_links_a_name_that_is_taken_stays_with_its_file_too() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(&from, "new").unwrap();
        take_and_replace(&from, &to).unwrap();
        assert_eq!((names(folder.path()), fs::read_to_string(&to).unwrap()), (vec!["to".to_owned()], "new".to_owned()));

        fs::write(&from, "newer").unwrap();
        assert_eq!(take_and_replace(&from, &to).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&to).unwrap(), "new");

        // What cannot be renamed takes no name.
        let gone = folder.path().join("gone");
        take_and_replace(&gone, &folder.path().join("other")).unwrap_err();
        assert_eq!(names(folder.path()), ["from", "to"]);
    }

    #[test]
    fn a_file_that_gets_no_name_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let file = TemporaryFile::create(folder.path(), true).unwrap();
        file.file().write_all(b"x").unwrap();
        drop(file);
        assert_eq!(names(folder.path()), [""; 0]);
    }
}
