use std::fmt;

use std::collections::BTreeMap;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, SET_COOKIE};
use serde::de::DeserializeOwned;

use crate::download::Download;
use crate::error::DecodeError;
use crate::paging::Page;
use crate::wire::{ListOf, Map, Read, Wire};

/// The answer to a request, whole.
///
/// `Debug` shows neither header values nor the body.
#[derive(Clone)]
pub struct HttpResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl HttpResponse {
    /// An answer of these parts; the body is decompressed.
    #[must_use]
    pub fn new(status: StatusCode, mut headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        // A session cookie (fact E5) is as good as a password, and headers are printed in errors.
        if let header::Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) {
            cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
        }
        Self { status, headers, body: body.into() }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// The body is empty, a web page, or JSON of another shape; the error names the place.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let body = self.body.trim_ascii();
        match body.first() {
            None => return Err(DecodeError::empty()),
            Some(b'<') => return Err(DecodeError::html(body)),
            Some(_) => {}
        }
        serde_json::from_slice(body).map_err(|error| DecodeError::json(error, body))
    }

    /// The body as a JSON object of any keys; PHP writes an empty one as `[]` (fact E7).
    ///
    /// # Errors
    ///
    /// As [`Self::json`].
    pub fn map<T: DeserializeOwned>(&self) -> Result<BTreeMap<String, T>, DecodeError> {
        self.json().map(|Map(map)| map)
    }

    /// The body as one page of a list, with the totals in the headers (fact E1).
    ///
    /// # Errors
    ///
    /// As [`Self::json`].
    pub fn page<T: DeserializeOwned>(&self) -> Result<Page<T>, DecodeError> {
        self.json().map(|items| Page::new(items, &self.headers))
    }

    /// The body as JSON of this encoding.
    #[allow(dead_code, reason = "the document decides whether an operation returns a bare date or time")]
    pub(crate) fn json_as<W: Wire<T>, T>(&self) -> Result<T, DecodeError> {
        self.json().map(Read::<W, T>::into_value)
    }

    /// The body as one page of a list, with elements of this encoding.
    #[allow(dead_code, reason = "the document decides whether an operation returns a page of dates or times")]
    pub(crate) fn page_as<W: Wire<T>, T>(&self) -> Result<Page<T>, DecodeError> {
        self.json_as::<ListOf<W>, _>().map(|items| Page::new(items, &self.headers))
    }

    /// Nothing, whatever the body holds: some operations answer with `null` (fact E3).
    ///
    /// # Errors
    ///
    /// The body is a web page: the answer comes from something else than the API.
    pub fn empty(&self) -> Result<(), DecodeError> {
        match self.body.trim_ascii().first() {
            Some(b'<') => Err(DecodeError::html(&self.body)),
            _ => Ok(()),
        }
    }

    /// The body as a file, with the name and type that the headers give it (fact E11).
    ///
    /// # Errors
    ///
    /// None so far.
    pub fn download(&self) -> Result<Download, DecodeError> {
        Ok(Download::new(self.body.clone(), &self.headers))
    }
}
