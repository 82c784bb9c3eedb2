use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::task::spawn_blocking;

use super::temporary::TemporaryFile;

/// What to do with a file that already exists.
#[derive(Clone, Copy, Debug)]
pub(super) enum Existing {
    Replace,
    Keep,
}

/// A temporary file that gets its name when it is complete.
pub(super) struct Saving {
    file: TemporaryFile,
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
            // Only the owner may read the content before the file has the permissions of the file that it replaces.
            let is_private = matches!(existing, Existing::Replace) && std::fs::metadata(&path).is_ok();
            let file = TemporaryFile::create(folder, is_private)?;
            Ok(Self { file, path, existing })
        })
        .await
    }

    pub(super) async fn write(&mut self, chunk: Bytes) -> io::Result<()> {
        let mut file = self.file.file().try_clone()?;
        blocking(move || file.write_all(&chunk)).await
    }

    pub(super) async fn finish(self) -> io::Result<()> {
        blocking(move || {
            if let (Existing::Replace, Ok(replaced)) = (self.existing, std::fs::metadata(&self.path)) {
                self.file.file().set_permissions(replaced.permissions())?;
            }
            // The name must not be on disk before the content.
            self.file.file().sync_all()?;
            match self.existing {
                Existing::Replace => self.file.replace(&self.path),
                Existing::Keep => self.file.keep_others(&self.path),
            }
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
