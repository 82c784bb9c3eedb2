use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::runtime::Runtime;
use crate::download;
use crate::error::{Error, TransportError};

/// A file that is read piece by piece; returned by [`Request::open`](crate::Request::open).
///
/// It counts as a request under way until it is read to its end, fails or is dropped; see
/// [`ClientBuilder::max_concurrency`](crate::ClientBuilder::max_concurrency).
///
/// ```no_run
/// # fn example(kimai: &generated_client::blocking::Client) -> Result<(), generated_client::Error> {
/// use generated_client::ids::InvoiceId;
///
/// let mut text = Vec::new();
/// kimai.invoices().download(InvoiceId::new(1)).open()?.write_to(&mut text)?;
/// # Ok(())
/// # }
/// ```
pub struct DownloadStream {
    stream: download::DownloadStream,
    runtime: Runtime,
}

impl DownloadStream {
    pub(super) fn new(stream: download::DownloadStream, runtime: Runtime) -> Self {
        Self { stream, runtime }
    }

    /// The file name from the server, made safe: it has no path, and is never hidden, `.` or `..`.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.stream.file_name()
    }

    /// The media type, such as `application/pdf`.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.stream.media_type()
    }

    /// The size in bytes, if the server says so.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.stream.length()
    }

    /// Writes the file and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection breaks, if the server sends nothing for too long, if the file is larger than
    /// allowed ([`Request::with_max_size`](crate::Request::with_max_size)), or if it cannot be written
    /// ([`Error::Write`]). Part of the file may have been written.
    pub fn write_to(self, writer: &mut (impl Write + ?Sized)) -> Result<u64, Error> {
        let Self { mut stream, runtime } = self;
        let info = stream.info().clone();
        let mut written = 0;
        loop {
            let next = runtime.wait(async move {
                let chunk = stream.chunk().await;
                (stream, chunk)
            });
            let chunk: Option<Bytes>;
            (stream, chunk) = match next {
                Some((stream, chunk)) => (stream, chunk?),
                None => return Err(TransportError::stopped(&info).into()),
            };
            let Some(chunk) = chunk else { break };
            writer.write_all(&chunk).map_err(|error| stream.failed("the writer", error))?;
            written += chunk.len() as u64;
        }
        writer.flush().map_err(|error| stream.failed("the writer", error))?;
        Ok(written)
    }

    /// Saves the download to a path; see [`save_to`](crate::DownloadStream::save_to) of the async client.
    ///
    /// # Errors
    ///
    /// Returns the errors of that method.
    pub fn save_to(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref().to_owned();
        self.wait(|stream| stream.save_to(path))
    }

    /// Saves the download in a folder; see [`save_in`](crate::DownloadStream::save_in) of the async client.
    ///
    /// # Errors
    ///
    /// Returns the errors of that method.
    pub fn save_in(self, folder: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let folder = folder.as_ref().to_owned();
        self.wait(|stream| stream.save_in(folder))
    }

    fn wait<T: Send + 'static, F>(self, save: impl FnOnce(download::DownloadStream) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let info = self.stream.info().clone();
        let saved = self.runtime.wait(save(self.stream));
        saved.unwrap_or_else(|| Err(TransportError::stopped(&info).into()))
    }
}

impl fmt::Debug for DownloadStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "blocking::{:?}", self.stream)
    }
}
