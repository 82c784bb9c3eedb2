use serde_json::Value;

use super::message::Call;

/// A request that a [`TestServer`](super::TestServer) received, without its credentials.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The HTTP method, such as `GET`.
    pub method: String,
    /// The path, such as `/api/timesheets`.
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
    pub(super) fn new(call: &Call, operation: Option<&'static str>, status: Option<u16>) -> Self {
        let body = match serde_json::from_slice(&call.body) {
            Ok(body) => body,
            Err(_) if call.body.is_empty() => Value::Null,
            Err(_) => Value::String(String::from_utf8_lossy(&call.body).into_owned()),
        };
        let (method, path, query) = (call.method.to_string(), call.path.clone(), call.query.clone());
        Self { method, path, query, body, operation, status }
    }
}
