//! A small response with every kind of place, to test the changes themselves.

use codegen::api::{Api, Type};
use serde_json::{Value, json};

/// Returns the model, the type of the response, and the response.
pub(crate) fn thing() -> (Api, Type, Value) {
    let document = json!({
        "openapi": "3.0.0",
        "paths": {"/api/things": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Thing"}
        }}}}}}},
        "components": {"schemas": {
            "Thing": {
                "type": "object",
                "x-kimai-always": ["id", "end", "tags", "state"],
                "properties": {
                    "id": {"type": "integer"},
                    "end": {"type": "string", "format": "date-time", "nullable": true},
                    "tags": {"type": "array", "items": {"type": "string", "enum": ["a"]}},
                    "attr": {"type": "object", "additionalProperties": {"type": "string"}},
                    "gone": {"type": "string"},
                    "parent": {"$ref": "#/components/schemas/Parent"},
                    "state": {"type": "string", "enum": ["b"], "nullable": true},
                }
            },
            "Parent": {
                "type": "object",
                "x-kimai-always": ["name"],
                "properties": {"name": {"type": "string"}, "uncles": {"type": "array", "items": {"type": "string"}}}
            }
        }}
    });
    let release = "2.65.0".parse().unwrap();
    let document = codegen::document::load(document.to_string().as_bytes(), &release, &[]).unwrap();
    let api = codegen::api::build(&document, &release).unwrap().0;
    let answer = json!({
        "id": 1, "end": null, "tags": ["a", "b"], "attr": {"x": "y"},
        "parent": {"name": "p", "uncles": null}, "state": null
    });
    (api, Type::Named("Thing".to_owned()), answer)
}
