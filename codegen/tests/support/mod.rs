//! Short documents, and what is generated from them.

pub(crate) mod check;
pub(crate) mod compile;
pub(crate) mod shuffle;

use codegen::api::Api;
use codegen::history::History;
use codegen::rust::Files;
use codegen::{Error, Release, api, document, rust};
use serde_json::{Value, json};

/// The release for which documents are read.
pub(crate) fn release() -> Release {
    "2.65.0".parse().unwrap()
}

/// The newest snapshot.
pub(crate) fn snapshot() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/2.65.0.json")).unwrap()
}

/// A document of these paths and components.
pub(crate) fn document(paths: &Value, components: &Value) -> Value {
    json!({"openapi": "3.0.0", "paths": paths, "components": components})
}

/// A document that returns `Thing`, one of these schemas.
pub(crate) fn answering(schemas: &Value) -> Value {
    let paths = json!({"/api/things": {"get": {"responses": {"200": json_of(&reference("Thing"))}}}});
    document(&paths, &json!({"schemas": schemas}))
}

/// A document with these schemas, in which `Thing` is returned, sent to create, and sent to update something.
pub(crate) fn exchanging(schemas: &Value) -> Value {
    let responses = json!({"200": json_of(&reference("Thing"))});
    let body = json_of(&reference("Thing"));
    let paths = json!({
        "/api/things": {"post": {"requestBody": body, "responses": responses}},
        "/api/things/{id}": {
            "parameters": [{"in": "path", "name": "id", "required": true, "schema": {"type": "integer"}}],
            "get": {"responses": responses},
            "patch": {"requestBody": body, "responses": responses},
        },
    });
    document(&paths, &json!({"schemas": schemas}))
}

/// A document whose only operation has these parameters.
pub(crate) fn with_parameters(path: &str, parameters: &Value) -> Value {
    let paths = json!({path: {"get": {"parameters": parameters, "responses": {"204": {"description": ""}}}}});
    document(&paths, &json!({}))
}

/// A required path parameter.
pub(crate) fn in_path(name: &str) -> Value {
    json!({"in": "path", "name": name, "required": true, "schema": {"type": "string"}})
}

/// An optional query parameter.
pub(crate) fn in_query(name: &str) -> Value {
    json!({"in": "query", "name": name, "schema": {"type": "string"}})
}

/// The JSON content of a body or a response.
pub(crate) fn json_of(schema: &Value) -> Value {
    json!({"description": "", "content": {"application/json": {"schema": schema}}})
}

pub(crate) fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

/// The model of a document.
pub(crate) fn model(bytes: &[u8]) -> Result<Api, Error> {
    let document = document::load(bytes, &release(), &[])?;
    Ok(api::build(&document, &release())?.0)
}

/// The code for a document.
pub(crate) fn generate(bytes: &[u8]) -> Result<Files, Error> {
    rust::generate(&model(bytes)?, &History::default())
}

/// Why the bytes are refused.
#[track_caller]
pub(crate) fn refusal_of_bytes(bytes: impl AsRef<[u8]>) -> String {
    match generate(bytes.as_ref()) {
        Ok(_) => panic!("this should be refused"),
        Err(error) => error.to_string(),
    }
}

/// Why the document is refused.
#[track_caller]
pub(crate) fn refusal(document: &Value) -> String {
    match generate(document.to_string().as_bytes()) {
        Ok(_) => panic!("this should be refused: {:.1000}", document.to_string()),
        Err(error) => error.to_string(),
    }
}

/// The code for the document, which is Rust, defines nothing twice, and is the same every time.
#[track_caller]
pub(crate) fn valid(document: &Value) -> Files {
    let bytes = document.to_string().into_bytes();
    let api = match model(&bytes) {
        Ok(api) => api,
        Err(error) => panic!("{error}\n{:.1000}", document.to_string()),
    };
    let files = rust::generate(&api, &History::default()).unwrap_or_else(|error| panic!("{error}"));
    check::files(&api, &files);
    assert_eq!(files, generate(&bytes).unwrap(), "the same document makes the same code");
    files
}

/// The text of all files.
pub(crate) fn text(files: &Files) -> String {
    files.values().map(String::as_str).collect()
}
