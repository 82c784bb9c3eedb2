use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::save::{Existing, Saving};
use super::{file_name, media_type};
use crate::error::Error;
use crate::incoming::{Incoming, Opened};

/// A file that is read piece by piece; returned by [`Request::open`](crate::Request::open).
///
/// It counts as a request under way until it is read to its end, fails or is dropped; see
/// [`ClientBuilder::max_concurrency`](crate::ClientBuilder::max_concurrency).
///
/// ```no_run
/// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
/// use generated_client::ids::InvoiceId;
///
/// let download = kimai.invoices().download(InvoiceId::new(1)).open().await?;
/// println!("{:?} is a {:?}", download.file_name(), download.media_type());
/// let path = download.save_in("invoices").await?;
/// println!("saved as {}", path.display());
/// # Ok(())
/// # }
/// ```
pub struct DownloadStream {
    file_name: Option<String>,
    media_type: Option<String>,
    body: Incoming,
}

impl DownloadStream {
    pub(crate) fn new(opened: Opened) -> Self {
        Self {
            file_name: file_name(&opened.headers),
            media_type: media_type(&opened.headers),
            body: opened.body.without_end(),
        }
    }

    /// The file name from the server, made safe: it has no path, and is never hidden, `.` or `..`.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type, such as `application/pdf`.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The number of bytes that remain, if the server says so.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.body.length()
    }

    /// Returns the next part, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection breaks, if the server sends nothing for too long, or if the file is larger than
    /// allowed ([`Request::with_max_size`](crate::Request::with_max_size)).
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.body.chunk().await
    }

    /// Writes the file and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::chunk`] and [`Error::Write`]. Part of the file may have been written.
    pub async fn write_to(mut self, writer: &mut (impl AsyncWrite + Unpin + ?Sized)) -> Result<u64, Error> {
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            writer.write_all(&chunk).await.map_err(|error| self.failed("the writer", error))?;
            written += chunk.len() as u64;
        }
        writer.flush().await.map_err(|error| self.failed("the writer", error))?;
        Ok(written)
    }

    /// Saves the download to a path and returns the number of bytes. An existing file is replaced and keeps its
    /// permissions. On errors, it stays unchanged.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::chunk`] and [`Error::Write`]. No temporary file remains.
    pub async fn save_to(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.save(path.as_ref(), Existing::Replace).await
    }

    /// Saves the download in a folder under the file name from the server, and returns the path. An existing file is never
    /// replaced, because the server chooses the name. An incomplete file is never left there.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::chunk`], and [`Error::Write`] also if the server sends no file name. No temporary file
    /// remains.
    pub async fn save_in(self, folder: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let folder = folder.as_ref();
        let Some(name) = &self.file_name else {
            let problem = "the server sent no file name; choose one with save_to";
            return Err(
                self.failed(&folder.display().to_string(), io::Error::new(io::ErrorKind::InvalidInput, problem))
            );
        };
        let path = folder.join(name);
        self.save(&path, Existing::Keep).await?;
        Ok(path)
    }

    async fn save(mut self, path: &Path, existing: Existing) -> Result<u64, Error> {
        let to = path.display().to_string();
        let mut saving = Saving::begin(path, existing).await.map_err(|error| self.failed(&to, error))?;
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            written += chunk.len() as u64;
            saving.write(chunk).await.map_err(|error| self.failed(&to, error))?;
        }
        saving.finish().await.map_err(|error| self.failed(&to, error))?;
        Ok(written)
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn info(&self) -> &crate::operation::Info {
        self.body.info()
    }

    pub(crate) fn failed(&self, to: &str, reason: io::Error) -> Error {
        Error::Write { operation: self.body.info().name, to: to.to_owned(), reason }
    }
}

impl fmt::Debug for DownloadStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DownloadStream({:?}, {:?})", self.file_name, self.media_type)
    }
}
