//! Converts a JSON value to the typed document, or returns an error with the place that does not fit.

use openapiv3::{
    Components, Header, Info, MediaType, OpenAPI, Operation, Parameter, PathItem, RequestBody, Response, Responses,
    Schema, SecurityScheme, Tag,
};
use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::Note;
use super::structure::{Kind, Way, walk};
use crate::{Error, Pointer};

/// The deepest nesting of schemas; real documents have three levels.
const MAX_SCHEMA_DEPTH: usize = 16;

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

/// What the generator reads of the other objects, and what needs no reading.
fn known_members(kind: Kind) -> Option<&'static [&'static str]> {
    Some(match kind {
        Kind::Root => &["openapi", "info", "paths", "components", "tags", "security", "servers", "externalDocs"],
        Kind::PathItem => &[
            "get",
            "put",
            "post",
            "delete",
            "options",
            "head",
            "patch",
            "trace",
            "parameters",
            "summary",
            "description",
            "$ref",
        ],
        Kind::Operation => &[
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "deprecated",
            "security",
        ],
        Kind::Parameter => &[
            "name",
            "in",
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
            "style",
            "explode",
            "schema",
            "content",
            "example",
            "examples",
            "$ref",
        ],
        Kind::RequestBody => &["description", "content", "required", "$ref"],
        Kind::Response => &["description", "headers", "content", "$ref"],
        Kind::MediaType => &["schema", "example", "examples"],
        Kind::Schema => &SCHEMA_KEYWORDS,
        _ => return None,
    })
}

/// Extensions in overlays, see `specs/README.md`.
const EXTENSIONS: [&str; 19] = [
    "x-kimai-always",
    "x-kimai-answer-format",
    "x-kimai-clears",
    "x-kimai-full",
    "x-kimai-initial",
    "x-kimai-lookup",
    "x-kimai-patch-description",
    "x-kimai-patch-wire",
    "x-kimai-post-only",
    "x-kimai-replaced-by",
    "x-kimai-resources",
    "x-kimai-wire",
    "x-kimai-writes",
    "x-rust-example",
    "x-rust-id",
    "x-rust-name",
    "x-rust-resource",
    "x-rust-type",
    "x-rust-type-description",
];

/// The typed document, and the keywords that it cannot contain.
pub(super) fn to_openapi(document: &mut Value) -> Result<(OpenAPI, Vec<Note>), Error> {
    check_depth(document)?;
    let mut notes = Vec::new();
    let mut unknown = None;
    walk(document, &mut |value, kind, way| {
        if let Value::Object(object) = value {
            note_unknown_members(object, kind, way, &mut notes);
            drop_callbacks(object, kind);
            unknown = unknown.take().or_else(|| unknown_extension(object, kind, way));
            fill_in(object, kind);
            wrap_reference(object, kind);
        }
    });
    if let Some(error) = unknown {
        return Err(error);
    }
    check_keys(document)?;
    match OpenAPI::deserialize(&*document) {
        Ok(openapi) => Ok((openapi, notes)),
        Err(error) => {
            // The typed document's own error names no place.
            check_places(document)?;
            Err(Error::Malformed { pointer: Pointer::root(), problem: error.to_string() })
        }
    }
}

/// The typed document is read by trial and error, which takes a deep stack.
fn check_depth(document: &mut Value) -> Result<(), Error> {
    let mut too_deep = None;
    walk(document, &mut |_, kind, way| {
        if kind == Kind::Schema && too_deep.is_none() && way.schemas() > MAX_SCHEMA_DEPTH {
            too_deep = Some(way.pointer());
        }
    });
    match too_deep {
        None => Ok(()),
        Some(pointer) => Err(Error::Unsupported {
            pointer,
            what: format!("a schema nested in {MAX_SCHEMA_DEPTH} others"),
            instead: "give it a name in components/schemas and refer to it".to_owned(),
        }),
    }
}

fn note_unknown_members(object: &Map<String, Value>, kind: Kind, way: &Way, notes: &mut Vec<Note>) {
    let Some(known) = known_members(kind) else { return };
    for key in object.keys().filter(|key| !key.starts_with("x-") && !known.contains(&key.as_str())) {
        let text = "unknown member: it is ignored".to_owned();
        notes.push(Note { pointer: way.pointer().join(key), text });
    }
}

/// The typed document knows no references to callbacks, which the specification allows.
fn drop_callbacks(object: &mut Map<String, Value>, kind: Kind) {
    if matches!(kind, Kind::Operation | Kind::Components) {
        object.remove("callbacks");
    }
}

/// A misspelled extension would have no effect.
fn unknown_extension(object: &Map<String, Value>, kind: Kind, way: &Way) -> Option<Error> {
    let ours = |key: &&String| key.starts_with("x-rust-") || key.starts_with("x-kimai-");
    let key = object.keys().filter(ours).find(|key| kind != Kind::Raw && !EXTENSIONS.contains(&key.as_str()))?;
    let problem = format!("unknown extension; known extensions are {}", EXTENSIONS.join(", "));
    Some(Error::Malformed { pointer: way.pointer().join(key), problem })
}

/// Adds empty texts that the specification requires and snapshots omit.
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

/// OpenAPI 3.0 ignores siblings of `$ref`; overlays put there what applies to this one use.
fn wrap_reference(object: &mut Map<String, Value>, kind: Kind) {
    if kind == Kind::Schema
        && object.len() > 1
        && let Some(reference) = object.remove("$ref")
    {
        object.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}

/// Paths and status codes, of which the typed document takes any text, or none at all.
fn check_keys(document: &mut Value) -> Result<(), Error> {
    let mut found = None;
    walk(document, &mut |value, kind, way| found = found.take().or_else(|| wrong_key(value, kind, way)));
    match found {
        None => Ok(()),
        Some((pointer, problem)) => Err(Error::Malformed { pointer, problem }),
    }
}

fn wrong_key(value: &Value, kind: Kind, way: &Way) -> Option<(Pointer, String)> {
    if let (Kind::Paths, Value::Object(paths)) = (kind, value)
        && let Some(path) = paths.keys().find(|path| !path.starts_with('/') && !path.starts_with("x-"))
    {
        return Some((way.pointer().join(path), "a path begins with '/'".to_owned()));
    }
    if let (true, Value::Object(responses)) = (is_by_code(kind, way), value)
        && let Some(code) = responses.keys().find(|code| !is_code(code))
    {
        let problem = "a status code is expected here: 200, 2XX or default".to_owned();
        return Some((way.pointer().join(code), problem));
    }
    None
}

/// Checks every place by itself, so that the error names the innermost one that does not fit.
fn check_places(document: &mut Value) -> Result<(), Error> {
    let mut found: Option<(Pointer, String)> = None;
    walk(document, &mut |value, kind, way| {
        let pointer = way.pointer();
        // Parents come first: a later match is an inner one, or a second defect, which can wait.
        let inner = found.as_ref().is_none_or(|(place, _)| pointer.is_within(place));
        if inner && let Some(defect) = defect_of(value, kind, way) {
            found = Some(defect);
        }
    });
    match found {
        None => Ok(()),
        Some((pointer, problem)) => Err(Error::Malformed { pointer, problem }),
    }
}

/// What is wrong with the value itself, and where: at its member, if it would do without that.
fn defect_of(value: &Value, kind: Kind, way: &Way) -> Option<(Pointer, String)> {
    let (path, reason) = problem_of(value, kind, way)?;
    if let Value::Object(object) = value {
        for key in object.keys() {
            let mut without = object.clone();
            without.remove(key);
            if problem_of(&without.into(), kind, way).is_none() {
                return Some((way.pointer().join(key), reason));
            }
        }
    }
    let problem = if path.is_empty() { reason } else { format!("{path}: {reason}") };
    Some((way.pointer(), problem))
}

/// What is wrong with the value itself: the path inside of it, if the parser knows it, and the reason.
fn problem_of(value: &Value, kind: Kind, way: &Way) -> Option<(String, String)> {
    let wrong = |expected: &str| {
        Some((String::new(), format!("{expected} is expected here, but this is {}", type_name(value))))
    };
    if kind == Kind::Schema && value.is_boolean() && way.key() == Some("additionalProperties") {
        return None;
    }
    if kind.is_object() && !value.is_object() {
        return wrong("an object");
    }
    if !kind.is_object() && !value.is_array() {
        return wrong("an array");
    }
    if value.get("$ref").is_some_and(Value::is_string) {
        return None;
    }
    let value = &alone(value, kind);
    match kind {
        Kind::Schema => problem_as::<Schema>(value),
        Kind::Parameter => problem_as::<Parameter>(value),
        Kind::Header => problem_as::<Header>(value),
        Kind::RequestBody => problem_as::<RequestBody>(value),
        Kind::Response => problem_as::<Response>(value),
        Kind::Responses if is_by_code(kind, way) => problem_as::<Responses>(value),
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

/// Among the components, responses have names.
fn is_by_code(kind: Kind, way: &Way) -> bool {
    kind == Kind::Responses && way.keys() != Some(["components", "responses"])
}

fn is_code(key: &str) -> bool {
    key == "default"
        || key.starts_with("x-")
        || matches!(key.as_bytes(), [b'1'..=b'5', b'X', b'X'] | [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'])
}

/// The value with stand-ins for what has a place of its own.
fn alone(value: &Value, kind: Kind) -> Value {
    let Value::Object(object) = value else { return json!([]) };
    let member = |key: &str, member: &Value| match kind.member(key) {
        Kind::Raw => member.clone(),
        Kind::Schema if member.is_boolean() => member.clone(),
        Kind::Operation => json!({"responses": {}}),
        Kind::Info => json!({"title": "", "version": ""}),
        Kind::Schema
        | Kind::Parameter
        | Kind::Header
        | Kind::RequestBody
        | Kind::Response
        | Kind::PathItem
        | Kind::SecurityScheme => json!({"$ref": ""}),
        place if place.is_object() => json!({}),
        _ => json!([]),
    };
    object.iter().map(|(key, value)| (key.clone(), member(key, value))).collect::<Map<_, _>>().into()
}

fn problem_as<T: DeserializeOwned>(value: &Value) -> Option<(String, String)> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let path = error.path().to_string();
    let reason = error.into_inner().to_string();
    let reason = if reason.contains("ParameterSchemaOrContent") {
        "'schema' is expected here, to declare the type".to_owned()
    } else {
        reason
    };
    Some((if path == "." { String::new() } else { path }, reason))
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
