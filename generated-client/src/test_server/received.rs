use serde_json::Value;

use super::message::Call;

/// A request that a [`TestServer`](super::TestServer) received.
///
/// It has no credentials: no headers, and `…` in place of passwords and tokens of a body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The HTTP method, such as `GET`.
    pub method: String,
    /// The name of the user whose credentials it had, if they are right.
    pub user: Option<String>,
    /// The path as it was sent, such as `/api/timesheets`.
    pub path: String,
    /// The query parameters in their order, decoded.
    pub query: Vec<(String, String)>,
    /// The body as JSON; null if it is empty, text if it is something else.
    pub body: Value,
    /// The name of the operation, such as `timesheets.list`; none if the release has no operation for it.
    pub operation: Option<&'static str>,
    /// The status of the response; none if there was no response.
    pub status: Option<u16>,
}

impl ReceivedRequest {
    pub(super) fn new(call: &Call, operation: Option<&'static str>, user: Option<String>, status: Option<u16>) -> Self {
        let mut body = match serde_json::from_slice(&call.body) {
            Ok(body) => body,
            Err(_) if call.body.is_empty() => Value::Null,
            Err(_) => Value::String(String::from_utf8_lossy(&call.body).into_owned()),
        };
        for name in ["plainPassword", "plainApiToken"] {
            if let Some(secret) = body.get_mut(name) {
                *secret = Value::from("…");
            }
        }
        let (method, path, query) = (call.method.to_string(), call.path.clone(), call.query.clone());
        Self { method, user, path, query, body, operation, status }
    }
}
