//! Schemas: what Swagger 2.0 spells in another way.

use serde_json::{Map, Value, json};

use super::Upgrade;
use crate::Pointer;
use crate::document::structure::{Kind, walk_schema};

/// What parameters, headers and their items say of their values, outside of a schema.
const OF_VALUES: [&str; 17] = [
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "type",
    "uniqueItems",
    "x-nullable",
];

impl Upgrade {
    /// Upgrades a schema and all schemas in it.
    pub(super) fn schema(&mut self, schema: &mut Value, place: &Pointer) {
        walk_schema(schema, &mut |value, kind, inner| {
            let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return };
            if let Some(nullable) = schema.remove("x-nullable") {
                schema.insert("nullable".to_owned(), nullable);
            }
            if schema.get("type") == Some(&json!("file")) {
                schema.insert("type".to_owned(), json!("string"));
                schema.insert("format".to_owned(), json!("binary"));
            }
            if let Some(name) = schema.get_mut("discriminator").filter(|name| name.is_string()) {
                *name = json!({"propertyName": name.take()});
            }
            // In schemas it is a word without meaning; real documents have it nowhere.
            if schema.remove("collectionFormat").is_some() {
                let place = Pointer::from_text(&format!("{}{}", place.as_str(), inner.pointer().as_str()));
                self.note(&place.join("collectionFormat"), "JSON has one way to write lists: it is ignored");
            }
        });
    }

    /// Takes what the object says of its value, as a schema.
    pub(super) fn schema_of_value(&mut self, object: &mut Map<String, Value>, place: &Pointer) -> Value {
        let mut schema = Map::new();
        for key in OF_VALUES {
            if let Some(value) = object.remove(key) {
                schema.insert(key.to_owned(), value);
            }
        }
        if let Some(format) = object.remove("collectionFormat")
            && format != "csv"
        {
            self.note(&place.join("collectionFormat"), format!("lists in headers have commas: {format} is ignored"));
        }
        self.inner_lists(&mut schema, place);
        let mut schema = Value::Object(schema);
        self.schema(&mut schema, &place.join("schema"));
        schema
    }

    /// Lists in lists may be written with signs of their own, which OpenAPI 3.0 does not know.
    fn inner_lists(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        if let Some(Value::Object(items)) = schema.get_mut("items") {
            let place = place.join("items");
            if items.remove("collectionFormat").is_some() {
                let text = "the format of nested lists has no equivalent in OpenAPI 3.0: it is ignored";
                self.note(&place.join("collectionFormat"), text);
            }
            self.inner_lists(items, &place);
        }
    }
}
