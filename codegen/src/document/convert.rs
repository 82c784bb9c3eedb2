//! A JSON value becomes the typed document, or an error with the place that does not fit.

use openapiv3::{
    Components, Header, Info, MediaType, OpenAPI, Operation, Parameter, PathItem, RequestBody, Response, Schema,
    SecurityScheme, Tag,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::Note;
use super::structure::{Kind, walk};
use crate::{Error, Pointer};

/// What OpenAPI 3.0 says of a schema; anything else would be dropped by the typed document.
const SCHEMA_KEYWORDS: [&str; 36] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// The specification that the document declares, such as `OpenAPI 3.0.0`.
pub(super) fn declared_version(document: &Value) -> Result<String, Error> {
    let Value::Object(root) = document else {
        return Err(Error::Version { found: "a document that is no object".to_owned() });
    };
    let found = match (root.get("openapi"), root.get("swagger")) {
        (Some(Value::String(version)), _) => {
            if version.starts_with("3.0.") {
                return Ok(format!("OpenAPI {version}"));
            }
            format!("OpenAPI {version}")
        }
        (Some(other), _) => format!("\"openapi\": {other}"),
        (None, Some(Value::String(version))) => format!("Swagger {version}"),
        (None, Some(other)) => format!("\"swagger\": {other}"),
        (None, None) => "a document without \"openapi\"".to_owned(),
    };
    Err(Error::Version { found })
}

/// The typed document, and the keywords which it cannot hold.
pub(super) fn to_openapi(mut document: Value) -> Result<(OpenAPI, Vec<Note>), Error> {
    let mut notes = Vec::new();
    walk(&mut document, &mut |value, kind, pointer| {
        if let Value::Object(object) = value {
            note_unknown_keywords(object, kind, pointer, &mut notes);
            fill_in(object, kind);
            wrap_reference(object, kind);
        }
    });
    match serde_json::from_value(document.clone()) {
        Ok(openapi) => Ok((openapi, notes)),
        Err(error) => Err(locate(&mut document, &error)),
    }
}

fn note_unknown_keywords(object: &Map<String, Value>, kind: Kind, pointer: &Pointer, notes: &mut Vec<Note>) {
    if kind != Kind::Schema {
        return;
    }
    for key in object.keys().filter(|key| !key.starts_with("x-") && !SCHEMA_KEYWORDS.contains(&key.as_str())) {
        let text = "OpenAPI 3.0 has no such keyword in a schema: it is left out".to_owned();
        notes.push(Note { pointer: pointer.join(key), text });
    }
}

/// Puts back, empty, the prose that the specification requires and snapshots leave out.
fn fill_in(object: &mut Map<String, Value>, kind: Kind) {
    let required: &[&str] = match kind {
        Kind::Info => &["title", "version"],
        Kind::Response if !object.contains_key("$ref") => &["description"],
        _ => &[],
    };
    for key in required {
        object.entry(*key).or_insert_with(|| json!(""));
    }
    if kind == Kind::Root {
        object.entry("info").or_insert_with(|| json!({"title": "", "version": ""}));
    }
}

/// OpenAPI 3.0 ignores what stands beside a `$ref`; overlays write there what holds for this one use.
fn wrap_reference(object: &mut Map<String, Value>, kind: Kind) {
    if kind == Kind::Schema
        && object.len() > 1
        && let Some(reference) = object.remove("$ref")
    {
        object.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}

/// The innermost place that does not fit, with the reason.
fn locate(document: &mut Value, error: &serde_json::Error) -> Error {
    let mut found: Option<(Pointer, String)> = None;
    walk(document, &mut |value, kind, pointer| {
        // Parents come first: a later match is an inner one, or a second defect, which can wait.
        let inner = found.as_ref().is_none_or(|(place, _)| pointer.as_str().starts_with(place.as_str()));
        if inner && let Some(problem) = problem_of(value, kind) {
            found = Some((pointer.clone(), problem));
        }
    });
    let (pointer, problem) = found.unwrap_or_else(|| (Pointer::root(), error.to_string()));
    Error::Malformed { pointer, problem }
}

fn problem_of(value: &Value, kind: Kind) -> Option<String> {
    if kind == Kind::Schema && value.is_boolean() {
        // `additionalProperties` may be a boolean; elsewhere the parent says what is wrong.
        return None;
    }
    if kind.is_object() && !value.is_object() {
        return Some(format!("an object is expected here, but this is {}", type_name(value)));
    }
    if !kind.is_object() && !value.is_array() {
        return Some(format!("an array is expected here, but this is {}", type_name(value)));
    }
    if value.get("$ref").is_some_and(Value::is_string) {
        return None;
    }
    match kind {
        Kind::Schema => problem_as::<Schema>(value),
        Kind::Parameter => problem_as::<Parameter>(value),
        Kind::Header => problem_as::<Header>(value),
        Kind::RequestBody => problem_as::<RequestBody>(value),
        Kind::Response => problem_as::<Response>(value),
        Kind::MediaType => problem_as::<MediaType>(value),
        Kind::Operation => problem_as::<Operation>(value),
        Kind::PathItem => problem_as::<PathItem>(value),
        Kind::Components => problem_as::<Components>(value),
        Kind::SecurityScheme => problem_as::<SecurityScheme>(value),
        Kind::Info => problem_as::<Info>(value),
        Kind::Tag => problem_as::<Tag>(value),
        Kind::Root => problem_as::<OpenAPI>(value),
        _ => None,
    }
}

fn problem_as<T: DeserializeOwned>(value: &Value) -> Option<String> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let path = error.path().to_string();
    let reason = error.into_inner();
    Some(if path == "." { reason.to_string() } else { format!("{path}: {reason}") })
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
