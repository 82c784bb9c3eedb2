//! `$ref` beside other keywords.

use serde_json::{Map, Value, json};

use super::Upgrade;
use crate::Pointer;

/// Keywords that combine schemas.
pub(super) const COMBINATIONS: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

/// Keywords of objects, which cannot stand beside a combination in the client's types.
const OF_OBJECTS: [&str; 3] = ["additionalProperties", "properties", "required"];

/// Whether a keyword describes a value without restricting it.
pub(super) fn is_annotation(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "default"
                | "deprecated"
                | "description"
                | "example"
                | "examples"
                | "externalDocs"
                | "nullable"
                | "readOnly"
                | "title"
                | "writeOnly"
        )
}

/// Adds a schema to those that all apply.
pub(super) fn add_part(schema: &mut Map<String, Value>, part: Value) {
    match schema.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, part),
        _ => {
            schema.insert("allOf".to_owned(), json!([part]));
        }
    }
}

impl Upgrade {
    /// A reference applies together with what is beside it. Descriptions and the like may stay there.
    pub(super) fn schema_reference(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        if !schema.contains_key("$ref") {
            return;
        }
        if let Some(name) = schema.get("type")
            && name != "object"
        {
            schema.remove("type");
            self.note(&place.join("type"), "the schema to which '$ref' refers declares the type: it is ignored");
        }
        for key in ["anyOf", "oneOf"] {
            if schema.remove(key).is_some() {
                self.note(&place.join(key), "it stands beside '$ref': the schema to which that refers is used");
            }
        }
        let has_members = OF_OBJECTS.iter().any(|key| schema.contains_key(*key));
        if !has_members && !schema.contains_key("allOf") {
            return;
        }
        let Some(reference) = schema.remove("$ref") else { return };
        let mut own = Map::new();
        for key in OF_OBJECTS {
            own.extend(schema.remove(key).map(|value| (key.to_owned(), value)));
        }
        schema.remove("type");
        if !own.is_empty() {
            own.insert("type".to_owned(), json!("object"));
            add_part(schema, Value::Object(own));
        }
        add_part(schema, json!({ "$ref": reference }));
    }

    /// Elsewhere, OpenAPI 3.0 allows nothing beside a reference.
    pub(super) fn plain_reference(&mut self, object: &mut Map<String, Value>, place: &Pointer) {
        if !object.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        object.retain(|key, _| {
            let is_prose = matches!(key.as_str(), "description" | "summary");
            let stays = key == "$ref" || key.starts_with("x-");
            if !stays && !is_prose {
                self.note(&place.join(key), "it stands beside '$ref': it is ignored");
            }
            stays
        });
    }
}
