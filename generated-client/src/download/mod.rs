//! Files that a server answers with (fact E11).

mod file_name;
mod save;
mod stream;

pub use stream::DownloadStream;

use std::fmt;

use bytes::Bytes;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderValue};

/// A file that a server answered with, whole (fact E11).
///
/// What may be large is better [opened](crate::Request::open), and read piece by piece.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Download {
    /// The name that the server gives it, made safe: without a path, never hidden, `.` or `..`.
    pub file_name: Option<String>,
    /// Its media type, such as `application/pdf`.
    pub media_type: Option<String>,
    /// What it holds.
    pub content: Bytes,
}

impl Download {
    pub(crate) fn new(content: Bytes, headers: &HeaderMap) -> Self {
        Self { file_name: file_name(headers), media_type: media_type(headers), content }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({:?}, {:?}, {} bytes)", self.file_name, self.media_type, self.content.len())
    }
}

/// The file name, made safe; none if the server gives none that could be one.
fn file_name(headers: &HeaderMap) -> Option<String> {
    file_name::of_disposition(&text(headers.get(CONTENT_DISPOSITION)?))
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    headers.get(CONTENT_TYPE).map(text)
}

/// A header's text: UTF-8, or else ISO 8859-1, as servers write it.
fn text(value: &HeaderValue) -> String {
    let bytes = value.as_bytes();
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), ToOwned::to_owned)
}
