use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, SET_COOKIE};
use serde::de::DeserializeOwned;
use serde_json::Value;

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

    /// Decodes the body as JSON, or returns `None` if it is empty.
    ///
    /// ```
    /// use generated_client::operation::{HeaderMap, HttpResponse, StatusCode};
    ///
    /// let empty = HttpResponse::new(StatusCode::NO_CONTENT, HeaderMap::new(), "");
    /// assert_eq!(empty.optional::<u64>()?, None);
    /// let number = HttpResponse::new(StatusCode::OK, HeaderMap::new(), "7");
    /// assert_eq!(number.optional::<u64>()?, Some(7));
    /// # Ok::<(), generated_client::error::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::json`], except for an empty body.
    pub fn optional<T: DeserializeOwned>(&self) -> Result<Option<T>, DecodeError> {
        if self.is_empty() { Ok(None) } else { self.json().map(Some) }
    }

    /// Decodes the body like [`Self::map`], or returns `None` if it is empty.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use generated_client::operation::{HeaderMap, HttpResponse, StatusCode};
    ///
    /// let response = |body: &'static str| HttpResponse::new(StatusCode::OK, HeaderMap::new(), body);
    /// assert_eq!(response("").optional_map::<u64>()?, None);
    /// assert_eq!(response("[]").optional_map::<u64>()?, Some(BTreeMap::new()));
    /// # Ok::<(), generated_client::error::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::json`], except for an empty body.
    pub fn optional_map<T: DeserializeOwned>(&self) -> Result<Option<BTreeMap<String, T>>, DecodeError> {
        self.optional().map(|map| map.map(|Map(map)| map))
    }

    /// Decodes the body as JSON with this encoding, or returns `None` if it is empty; for generated code.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::json`], except for an empty body.
    #[doc(hidden)]
    pub fn optional_as<W: Wire<T>, T>(&self) -> Result<Option<T>, DecodeError> {
        self.optional().map(|read| read.map(Read::<W, T>::into_value))
    }

    /// Returns the body as text.
    ///
    /// ```
    /// use generated_client::operation::{HeaderMap, HttpResponse, StatusCode};
    ///
    /// let response = HttpResponse::new(StatusCode::OK, HeaderMap::new(), "date;hours\n2026-11-02;8");
    /// assert_eq!(response.text()?, "date;hours\n2026-11-02;8");
    /// # Ok::<(), generated_client::error::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not UTF-8, or if it is a web page, which does not come from the API: its content
    /// type is `text/html`, or it begins with `<` and its content type is neither `text/plain` nor XML.
    pub fn text(&self) -> Result<String, DecodeError> {
        if self.is_web_page() {
            return Err(DecodeError::html(self.body.trim_ascii()));
        }
        let text = std::str::from_utf8(&self.body).map_err(|_| DecodeError::new("it is not text in UTF-8"))?;
        Ok(text.to_owned())
    }

    /// Returns the body as JSON of any form: `None` if it is empty or null, and a string if it is text and not JSON.
    ///
    /// For responses whose content the API document does not declare.
    ///
    /// ```
    /// use generated_client::operation::{HeaderMap, HttpResponse, StatusCode};
    ///
    /// let value = |body: &str| HttpResponse::new(StatusCode::OK, HeaderMap::new(), body.to_owned()).value();
    /// assert_eq!(value("")?, None);
    /// assert_eq!(value("{\"id\": 7}")?, Some(serde_json::json!({"id": 7})));
    /// assert_eq!(value("done")?, Some(serde_json::json!("done")));
    /// # Ok::<(), generated_client::error::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::text`], and an error if the content type is JSON and the body is not.
    pub fn value(&self) -> Result<Option<Value>, DecodeError> {
        if self.is_empty() {
            return Ok(None);
        }
        match serde_json::from_slice(self.body.trim_ascii()) {
            Ok(Value::Null) => Ok(None),
            Ok(value) => Ok(Some(value)),
            Err(_) if self.media_type().is_some_and(|media_type| is_kind(&media_type, "json")) => self.json().map(Some),
            Err(_) => self.text().map(|text| Some(Value::String(text))),
        }
    }

    fn is_empty(&self) -> bool {
        self.body.trim_ascii().is_empty()
    }

    /// Whether the body is a web page and not text.
    fn is_web_page(&self) -> bool {
        let media_type = self.media_type();
        let media_type = media_type.as_deref();
        match self.body.trim_ascii().first() {
            None => false,
            Some(_) if media_type == Some("text/html") => true,
            Some(b'<') => !media_type.is_some_and(|media_type| {
                media_type == "text/plain" || (is_kind(media_type, "xml") && media_type != "application/xhtml+xml")
            }),
            Some(_) => false,
        }
    }

    /// The media type in lower case, without parameters.
    fn media_type(&self) -> Option<String> {
        let text = self.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        Some(text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
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

/// Whether the media type is `application/json` or such as `application/problem+json`, for the kind `json`.
fn is_kind(media_type: &str, kind: &str) -> bool {
    media_type.rsplit(['/', '+']).next() == Some(kind)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::DateOnly;

    fn response(media_type: &str, body: impl Into<Bytes>) -> HttpResponse {
        let mut headers = HeaderMap::new();
        if !media_type.is_empty() {
            headers.insert(header::CONTENT_TYPE, media_type.parse().unwrap());
        }
        HttpResponse::new(StatusCode::OK, headers, body)
    }

    const PAGE: &str = "it is a web page; is the base URL that of a Kimai, and not of a login page or proxy?";

    #[test]
    fn text_is_any_text_but_a_web_page() {
        for (media_type, body) in [
            ("text/plain", " a\n"),
            ("text/plain; charset=utf-8", "<b>"),
            ("text/csv", "ä;b"),
            ("application/xml", "<a/>"),
            ("", "x"),
            ("text/html", ""),
            ("", ""),
        ] {
            assert_eq!(response(media_type, body).text().unwrap(), body, "{media_type}");
        }
        for (media_type, body) in [
            ("text/html", "x"),
            ("Text/HTML; charset=UTF-8", "<p>"),
            ("", " <p>"),
            ("text/csv", "<p>"),
            ("application/xhtml+xml", "<p>"),
        ] {
            assert_eq!(response(media_type, body).text().unwrap_err().problem(), PAGE, "{media_type}");
        }
        let error = response("text/plain", &b"\xff"[..]).text().unwrap_err();
        assert_eq!(error.to_string(), "the response could not be decoded: it is not text in UTF-8");
    }

    #[test]
    fn optional_values_may_be_empty() {
        for body in ["", " \r\n"] {
            assert_eq!(response("", body).optional::<u64>().unwrap(), None);
            assert_eq!(response("", body).optional_map::<u64>().unwrap(), None);
            assert_eq!(response("", body).optional_as::<DateOnly, jiff::civil::Date>().unwrap(), None);
        }
        assert_eq!(response("", "7").optional::<u64>().unwrap(), Some(7));
        assert_eq!(response("", "[]").optional_map::<u64>().unwrap(), Some(BTreeMap::new()));
        assert_eq!(
            response("", r#"{"a":1}"#).optional_map::<u64>().unwrap(),
            Some(BTreeMap::from([("a".to_owned(), 1)]))
        );
        let date = response("", r#""2026-11-02""#).optional_as::<DateOnly, jiff::civil::Date>().unwrap();
        assert_eq!(date, Some(jiff::civil::date(2026, 11, 2)));
        assert!(response("", "null").optional::<u64>().is_err());
        assert_eq!(response("", "<p>").optional::<u64>().unwrap_err().problem(), PAGE);
    }

    #[test]
    fn a_value_is_json_or_text() {
        let value = |media_type, body: &'static str| response(media_type, body).value().unwrap();
        assert_eq!(value("", ""), None);
        assert_eq!(value("application/json", "null"), None);
        assert_eq!(value("application/json", r#"{"a":[1]}"#), Some(json!({"a": [1]})));
        // Symfony sends this content type where a program sets none.
        assert_eq!(value("text/html", "[1]"), Some(json!([1])));
        assert_eq!(value("text/plain", "not JSON"), Some(json!("not JSON")));
        assert_eq!(value("text/plain", "<b>"), Some(json!("<b>")));
        for (media_type, body) in [("text/html", "text"), ("", "<p>")] {
            assert_eq!(response(media_type, body).value().unwrap_err().problem(), PAGE);
        }
        assert!(response("application/problem+json", "{").value().unwrap_err().problem().starts_with("EOF while"));
        assert_eq!(response("application/json", "<p>").value().unwrap_err().problem(), PAGE);
        assert_eq!(response("", &b"\xff"[..]).value().unwrap_err().problem(), "it is not text in UTF-8");
    }
}
