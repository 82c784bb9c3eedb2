use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, SET_COOKIE};
use serde::de::DeserializeOwned;

use crate::error::DecodeError;
use crate::wire::{Map, Read, Wire};

/// A complete response.
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
    /// Creates a response from its parts; the body must not be compressed.
    #[must_use]
    pub fn new(status: StatusCode, mut headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        // A session cookie is as good as a password, and errors contain headers.
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

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is empty, a web page, or JSON that cannot be decoded as `T`; it names the place.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let body = self.body.trim_ascii();
        match body.first() {
            None => return Err(DecodeError::empty()),
            Some(b'<') => return Err(DecodeError::html(body)),
            Some(_) => {}
        }
        serde_json::from_slice(body).map_err(|error| DecodeError::json(error, body))
    }

    /// Decodes the body as a JSON object with any keys, or as `[]`, which PHP writes for an empty object.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::json`].
    pub fn map<T: DeserializeOwned>(&self) -> Result<BTreeMap<String, T>, DecodeError> {
        self.json().map(|Map(map)| map)
    }

    /// Decodes the body as JSON with this encoding; for generated code.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::json`].
    #[doc(hidden)]
    pub fn json_as<W: Wire<T>, T>(&self) -> Result<T, DecodeError> {
        self.json().map(Read::<W, T>::into_value)
    }

    /// Ignores the body; some operations return `null`.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is a web page, which does not come from the API.
    pub fn empty(&self) -> Result<(), DecodeError> {
        match self.body.trim_ascii().first() {
            Some(b'<') => Err(DecodeError::html(&self.body)),
            _ => Ok(()),
        }
    }
}
