//! Compares a response with what its operation declares.

use serde_json::Value;

use super::compare::{Problem, Seen, What, compare, problems};
use super::operations::Operation;
use super::schemas::{Place, Schemas};
use super::{Exchange, Kind, headers};
use crate::Pointer;
use crate::api::{FULL, essence, is_json};

/// Statuses of errors that clients know without a declaration.
const ERRORS: [u16; 13] = [400, 401, 403, 404, 405, 410, 413, 429, 500, 501, 502, 503, 504];

/// The body of a response.
pub(super) enum Body {
    Empty,
    Json(Value),
    Other,
}

impl Body {
    pub(super) fn of(exchange: &Exchange) -> Self {
        match serde_json::from_slice(&exchange.body) {
            _ if exchange.body.trim_ascii().is_empty() => Self::Empty,
            Ok(value) => Self::Json(value),
            Err(_) => Self::Other,
        }
    }

    fn json(&self) -> Option<&Value> {
        if let Self::Json(value) = self { Some(value) } else { None }
    }
}

pub(super) struct Comparison<'a, 'v> {
    pub(super) schemas: Schemas<'a>,
    pub(super) operation: &'a Operation<'a>,
    pub(super) exchange: &'v Exchange,
    pub(super) body: &'v Body,
}

impl<'v> Comparison<'_, 'v> {
    pub(super) fn seen(&self) -> Vec<Seen<'v>> {
        let responses = self.operation.pointer.join("responses");
        let mut seen = vec![value(&responses)];
        let Some(place) = self.declared(&responses) else {
            if !self.is_known_status(&responses) {
                seen.push(self.problem(&responses, Kind::Status, Some(self.exchange.status.to_string()), ""));
            }
            return seen;
        };
        let (response, _) = self.schemas.resolve(place);
        seen.push(value(&response.pointer));
        // Errors have bodies and headers of their own.
        if self.exchange.status < 400 {
            seen.extend(self.headers(&response));
            seen.extend(self.content(&response));
        }
        seen
    }

    fn declared(&self, responses: &Pointer) -> Option<Place<'_>> {
        let status = self.exchange.status;
        let range = format!("{}XX", status / 100);
        [status.to_string(), range, "default".to_owned()]
            .iter()
            .find_map(|status| self.schemas.at(&responses.join(status)))
    }

    fn is_known_status(&self, responses: &Pointer) -> bool {
        // For a client, null is as good as no body.
        let is_empty = matches!(self.body, Body::Empty | Body::Json(Value::Null));
        let declares_none = self.schemas.at(&responses.join("204")).is_some();
        ERRORS.contains(&self.exchange.status) || (self.exchange.status == 200 && is_empty && declares_none)
    }

    fn headers(&self, response: &Place<'_>) -> Vec<Seen<'v>> {
        let headers = response.schema.get("headers").and_then(Value::as_object);
        let mut seen = Vec::new();
        for (name, value) in &self.exchange.headers {
            let declared = headers.into_iter().flatten().find(|(known, _)| known.eq_ignore_ascii_case(name));
            let sent = if headers::is_integer(value) { "integer" } else { "string" };
            let member = match declared {
                Some((known, header)) if headers::is_declared_as_integer(header) && sent == "string" => known.clone(),
                None if headers::have_meaning(name) => headers::usual_spelling(name),
                _ => continue,
            };
            let problem = self.problem(&response.pointer, Kind::Header, Some(member), sent);
            seen.push(Seen { value: None, ..problem });
        }
        seen
    }

    fn content(&self, response: &Place<'_>) -> Vec<Seen<'v>> {
        let content = response.schema.get("content").and_then(Value::as_object).filter(|content| !content.is_empty());
        let Some(content) = content else {
            let has_body = !matches!(self.body, Body::Empty | Body::Json(Value::Null));
            let problem = || self.problem(&response.pointer, Kind::Body, None, "none, but servers send one");
            return has_body.then(problem).into_iter().collect();
        };
        if matches!(self.body, Body::Empty) {
            // A list of media types may hold files, which may be empty.
            let is_missing = content.keys().any(|name| is_json(name));
            let problem = || self.problem(&response.pointer, Kind::Body, None, "declared, but servers send none");
            return is_missing.then(problem).into_iter().collect();
        }
        let sent = self.exchange.header("Content-Type").unwrap_or("application/json");
        let media = content.iter().find(|(name, _)| essence(name) == essence(sent) || essence(name) == "*/*");
        let Some((name, media)) = media else {
            return vec![self.problem(&response.pointer, Kind::MediaType, Some(essence(sent)), "")];
        };
        let pointer = response.pointer.join("content").join(name).join("schema");
        match (media.get("schema"), self.body.json()) {
            (Some(schema), Some(body)) if is_json(sent) => self.json(Place { schema, pointer }, body),
            (Some(_), None) if is_json(sent) => {
                vec![self.problem(&pointer, Kind::Type, None, "JSON, but servers send other text")]
            }
            _ => Vec::new(),
        }
    }

    /// A response to a request with `full` has the shape of the extension. Servers do not know all values of the parameter:
    /// with another value than `true` and `1`, the plain shape is as good.
    fn json(&self, place: Place<'_>, body: &'v Value) -> Vec<Seen<'v>> {
        let plain = compare(self.schemas, place, body);
        let Some(value) = self.full() else { return plain };
        let Some(place) = self.schemas.at(&self.operation.pointer.join(FULL)) else {
            let is_other = plain.iter().any(|seen| {
                matches!(&seen.what, What::Problem(problem) if matches!(problem.kind, Kind::Type | Kind::Undeclared))
            });
            return if is_other { vec![self.problem(&self.operation.pointer, Kind::Full, None, "")] } else { plain };
        };
        let full = compare(self.schemas, place, body);
        if matches!(value, "true" | "1") || problems(&full) <= problems(&plain) { full } else { plain }
    }

    /// The value of the parameter `full`, if the operation has it. Servers ignore parameters that they do not know.
    fn full(&self) -> Option<&str> {
        let is_full = |parameter: &Value| parameter.get("name").and_then(Value::as_str) == Some("full");
        let parameters = self.operation.value.get("parameters").and_then(Value::as_array);
        let declares = parameters.is_some_and(|parameters| parameters.iter().any(is_full));
        let mut sent = self.exchange.query.iter().filter(|(name, _)| name == "full" && declares);
        sent.next().map(|(_, value)| value.as_str())
    }

    fn problem(&self, pointer: &Pointer, kind: Kind, member: Option<String>, detail: &str) -> Seen<'v> {
        let problem = Problem { kind, member, detail: detail.to_owned() };
        let value = self.body.json();
        Seen { pointer: pointer.clone(), path: String::new(), value, what: What::Problem(problem) }
    }
}

fn value<'v>(pointer: &Pointer) -> Seen<'v> {
    Seen { pointer: pointer.clone(), path: String::new(), value: None, what: What::Value }
}
