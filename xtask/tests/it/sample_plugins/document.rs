//! The documents.

use std::fs;

use serde_json::{Value, json};

use crate::support::{document, repository};

/// The document of Kimai 2.60.0 with all that the sample plugins add.
pub(crate) fn with_plugins() -> Value {
    // 2.60.0 has the API of 2.58.0.
    let text = fs::read_to_string(repository().join("specs/2.58.0.json")).unwrap();
    let mut document = serde_json::from_str(&text).unwrap();
    let text = include_str!("../fixtures/sample_plugins.yaml");
    let plugins: Value = codegen::yaml::read("sample_plugins.yaml", text).unwrap();
    merge(&mut document, plugins, "");
    document
}

/// Merges objects, and extends lists.
fn merge(document: &mut Value, added: Value, place: &str) {
    match (document, added) {
        (Value::Object(document), Value::Object(added)) => {
            for (name, value) in added {
                match document.get_mut(&name) {
                    Some(known) => merge(known, value, &format!("{place}/{name}")),
                    None => drop(document.insert(name, value)),
                }
            }
        }
        (Value::Array(document), Value::Array(added)) => document.extend(added),
        _ => panic!("{place} is there already"),
    }
}

/// A made-up document of Kimai 2.66.0, with one operation more than 2.65.0.
pub(crate) fn next_release() -> Value {
    let mut document = document();
    let content = json!({"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}});
    document["paths"]["/api/tags/popular"] = json!({"get": {
        "tags": ["Tag"], "operationId": "get_popular_tags",
        "responses": {"200": {"description": "Names of tags", "content": content}},
    }});
    document
}
