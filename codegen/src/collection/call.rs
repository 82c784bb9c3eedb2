//! An operation as a request with example values.

use serde_json::{Map, Value, json};

use super::describe;
use super::rows::{self, Row};
use super::sample::Samples;
use crate::api::{Answer, Api, Body, Field, Operation, ParameterPlace, Segment, Type};

/// A request.
pub(super) struct Call {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) method: &'static str,
    /// The path; a parameter is its name and an example value.
    pub(super) path: Vec<Part>,
    pub(super) query: Vec<Row>,
    pub(super) headers: Vec<Row>,
    pub(super) payload: Option<Payload>,
    /// What comes back, if it is JSON.
    pub(super) answer: Option<Value>,
}

/// A part of a path.
pub(super) enum Part {
    Literal(String),
    Parameter { name: String, value: String },
}

/// The body of a request.
pub(super) enum Payload {
    Json(Value),
    Multipart(Vec<Row>),
    UrlEncoded(Vec<Row>),
    Text,
    File,
}

impl Call {
    pub(super) fn new(api: &Api, operation: &Operation) -> Self {
        let samples = Samples::new(api);
        let mut query = rows::at(ParameterPlace::Query, &operation.parameters, &samples);
        query.extend(operation.full.as_ref().map(rows::full));
        let payload = payload(operation, &samples);
        let mut headers = vec![header("Accept", accept(&operation.answer))];
        headers.extend(content_type(operation.body.as_ref(), payload.as_ref()).map(|ty| header("Content-Type", ty)));
        headers.extend(rows::at(ParameterPlace::Header, &operation.parameters, &samples));
        headers.extend(rows::at(ParameterPlace::Cookie, &operation.parameters, &samples).into_iter().map(|row| Row {
            value: format!("{}={}", row.key, row.value),
            key: "Cookie".to_owned(),
            ..row
        }));
        Self {
            name: describe::title(operation),
            doc: describe::request(api, operation),
            method: operation.method.as_str(),
            path: path(operation, &samples),
            query,
            headers,
            payload,
            answer: (!operation.gone).then(|| answer(&operation.answer, &samples)).flatten(),
        }
    }
}

fn path(operation: &Operation, samples: &Samples<'_>) -> Vec<Part> {
    let base = (!operation.outside_api).then(|| Part::Literal("api".to_owned()));
    let part = |segment: &Segment| match segment {
        Segment::Literal(text) => Part::Literal(text.clone()),
        Segment::Parameter(parameter) => {
            Part::Parameter { name: parameter.name.clone(), value: samples.text(&parameter.name, &parameter.ty) }
        }
    };
    base.into_iter().chain(operation.path.iter().map(part)).collect()
}

fn header(key: &str, value: &str) -> Row {
    Row { key: key.to_owned(), value: value.to_owned(), doc: String::new(), enabled: true, is_file: false }
}

fn accept(answer: &Answer) -> &'static str {
    match answer {
        Answer::Text | Answer::Download => "*/*",
        _ => "application/json",
    }
}

fn payload(operation: &Operation, samples: &Samples<'_>) -> Option<Payload> {
    let form = |name: &str| samples.form(name).into_iter().map(form_row).collect();
    match &operation.body {
        Some(Body::Json(ty)) => Some(Payload::Json(samples.json(ty))),
        Some(Body::Multipart(name)) => Some(Payload::Multipart(form(name))),
        Some(Body::UrlEncoded(name)) => Some(Payload::UrlEncoded(form(name))),
        Some(Body::Text(_)) => Some(Payload::Text),
        Some(Body::Bytes(_)) => Some(Payload::File),
        None => {
            let members = rows::at(ParameterPlace::Body, &operation.parameters, samples);
            let required = members.iter().filter(|row| row.enabled);
            let body: Map<String, Value> = required.map(|row| (row.key.clone(), json!(row.value))).collect();
            (!members.is_empty()).then_some(Payload::Json(Value::Object(body)))
        }
    }
}

fn form_row((field, value, enabled): (&Field, String, bool)) -> Row {
    let is_file = field.ty == Type::Upload;
    Row { key: field.wire.clone(), value, doc: describe::plain(&field.doc), enabled, is_file }
}

/// The media type of the body. Programs write that of a form themselves, because it names the boundary of the parts.
fn content_type<'a>(body: Option<&'a Body>, payload: Option<&Payload>) -> Option<&'a str> {
    match (body, payload) {
        (Some(Body::Text(media) | Body::Bytes(media)), _) => Some(media),
        (_, Some(Payload::Json(_))) => Some("application/json"),
        _ => None,
    }
}

fn answer(answer: &Answer, samples: &Samples<'_>) -> Option<Value> {
    let value = samples.json(answer.json()?);
    Some(if matches!(answer, Answer::Page(_)) { Value::Array(vec![value]) } else { value })
}
