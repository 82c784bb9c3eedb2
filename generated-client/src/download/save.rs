use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tempfile::NamedTempFile;
use tokio::task::spawn_blocking;

/// What to do with a file that already exists.
#[derive(Clone, Copy, Debug)]
pub(super) enum Existing {
    Replace,
    Keep,
}

/// A temporary file that gets its name when it is complete.
pub(super) struct Saving {
    file: NamedTempFile,
    path: PathBuf,
    existing: Existing,
}

impl Saving {
    pub(super) async fn begin(path: &Path, existing: Existing) -> io::Result<Self> {
        let path = path.to_owned();
        blocking(move || {
            // Links are followed, as for other files that are written.
            let path = match existing {
                Existing::Replace => std::fs::canonicalize(&path).unwrap_or(path),
                Existing::Keep => path,
            };
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let replaced = matches!(existing, Existing::Replace).then(|| std::fs::metadata(&path)).and_then(Result::ok);
            let mut builder = tempfile::Builder::new();
            // Only the owner may read the content before the file has the permissions of the file that it replaces.
            // Without one, it has the permissions of ordinary new files.
            #[cfg(unix)]
            if replaced.is_none() {
                builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            }
            let file = builder.prefix(".download-").suffix(".part").tempfile_in(folder)?;
            Ok(Self { file, path, existing })
        })
        .await
    }

    pub(super) async fn write(&mut self, chunk: Bytes) -> io::Result<()> {
        let mut file = self.file.as_file().try_clone()?;
        blocking(move || file.write_all(&chunk)).await
    }

    pub(super) async fn finish(self) -> io::Result<()> {
        blocking(move || {
            if let (Existing::Replace, Ok(replaced)) = (self.existing, std::fs::metadata(&self.path)) {
                self.file.as_file().set_permissions(replaced.permissions())?;
            }
            // The name must not be on disk before the content.
            self.file.as_file().sync_all()?;
            let persisted = match self.existing {
                Existing::Replace => self.file.persist(&self.path),
                Existing::Keep => self.file.persist_noclobber(&self.path),
            };
            persisted.map(drop).map_err(|error| error.error)
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
