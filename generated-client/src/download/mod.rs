//! Files in responses.

mod file_name;
mod save;
mod stream;
mod temporary;

pub use stream::DownloadStream;

use std::fmt;

use bytes::Bytes;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::error::DecodeError;
use crate::http::HttpResponse;

/// A downloaded file, in memory.
///
/// [Open](crate::Request::open) large files instead, and read them piece by piece.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Download {
    /// The file name from the server, made safe: it has no path, and is never hidden, `.` or `..`.
    pub file_name: Option<String>,
    /// The media type, such as `application/pdf`.
    pub media_type: Option<String>,
    /// The content of the file.
    pub content: Bytes,
}

impl HttpResponse {
    /// Returns the body as a file, with the name and media type from the headers.
    ///
    /// # Errors
    ///
    /// Returns no error at present.
    pub fn download(&self) -> Result<Download, DecodeError> {
        let headers = self.headers();
        let content = self.body().clone();
        Ok(Download { file_name: file_name(headers), media_type: media_type(headers), content })
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({:?}, {:?}, {} bytes)", self.file_name, self.media_type, self.content.len())
    }
}

/// Returns the file name, made safe, or `None` if the server sends no usable name.
fn file_name(headers: &HeaderMap) -> Option<String> {
    file_name::of_disposition(&text(headers.get(CONTENT_DISPOSITION)?))
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    headers.get(CONTENT_TYPE).map(text)
}

/// Decodes a header as UTF-8, or else as ISO 8859-1; servers send both.
fn text(value: &HeaderValue) -> String {
    let bytes = value.as_bytes();
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), ToOwned::to_owned)
}
