use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::runtime::Runtime;
use crate::download;
use crate::error::{Error, TransportError};

/// A file that a server answers with, read piece by piece (fact E11); made by
/// [`Request::open`](crate::Request::open).
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

    /// The name that the server gives it, made safe: without a path, never hidden, `.` or `..`.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.stream.file_name()
    }

    /// Its media type, such as `application/pdf`.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.stream.media_type()
    }

    /// How many bytes it has, if the server says so.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.stream.length()
    }

    /// Writes it, and returns how many bytes that were.
    ///
    /// # Errors
    ///
    /// The connection broke, the server kept silent for too long, the file is larger than allowed
    /// ([`Request::with_max_size`](crate::Request::with_max_size)), or cannot be written ([`Error::Write`]). Then a
    /// part of it may have been written.
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

    /// As [`save_to`](crate::DownloadStream::save_to) of the async client.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn save_to(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref().to_owned();
        self.wait(|stream| stream.save_to(path))
    }

    /// As [`save_in`](crate::DownloadStream::save_in) of the async client.
    ///
    /// # Errors
    ///
    /// As there.
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
