//! Requests and responses, as the test server sees them.

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A request that was received.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) method: Method,
    /// As it was sent, with its escapes.
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Call {
    pub(super) fn new(method: Method, path_and_query: &str, headers: HeaderMap, body: Bytes) -> Self {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
        Self { method, path: path.to_owned(), query: pairs.collect(), headers, body }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The last value of a query parameter, as PHP reads it.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a query parameter.
    pub(super) fn parameters(&self, name: &str) -> Vec<&str> {
        self.query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// A response.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Bytes,
}

impl Reply {
    pub(super) fn json(body: &Value) -> Self {
        Self::with_status(200, body)
    }

    pub(super) fn with_status(status: u16, body: &Value) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string().into() }.header("content-type", "application/json")
    }

    pub(super) fn empty() -> Self {
        Self { status: 204, headers: Vec::new(), body: Bytes::new() }
    }

    /// An error in the shape that Kimai uses for most of them.
    pub(super) fn error(status: u16) -> Self {
        let known = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        let message = known.unwrap_or("Error");
        Self::with_status(status, &json!({"code": status, "message": message}))
    }

    /// Adds a header. A value that no header can have is left out.
    pub(super) fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }
}

/// Why a request is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// With this status, in the usual shape.
    Status(u16),
    /// A form with errors.
    Form(Value),
    /// With a response of its own.
    Reply(Box<Reply>),
}

impl Refusal {
    /// An operation that the client has and the server does not.
    pub(super) fn unknown() -> Self {
        let body = json!({"code": 501, "message": "The test server does not have this operation."});
        Self::Reply(Box::new(Reply::with_status(501, &body)))
    }

    /// A permission that an operation requires and the server does not know.
    pub(super) fn unknown_permission(names: &[&str]) -> Self {
        let message = format!("The test server does not know the permission {}.", names.join(" or "));
        Self::Reply(Box::new(Reply::with_status(501, &json!({"code": 501, "message": message}))))
    }

    pub(super) fn reply(self) -> Reply {
        match self {
            Self::Status(status) => Reply::error(status),
            Self::Form(errors) => {
                Reply::with_status(400, &json!({"code": 400, "message": "Validation Failed", "errors": errors}))
            }
            Self::Reply(reply) => *reply,
        }
    }
}

/// The result of a request.
pub(super) type Answer = Result<Reply, Refusal>;

pub(super) const BAD_REQUEST: Refusal = Refusal::Status(400);
pub(super) const FORBIDDEN: Refusal = Refusal::Status(403);
pub(super) const NOT_FOUND: Refusal = Refusal::Status(404);
pub(super) const BROKEN: Refusal = Refusal::Status(500);
