//! Schemas: keywords of JSON Schema 2020-12.

use serde_json::{Map, Value, json};

use super::{Upgrade, alternatives, media};
use crate::Pointer;
use crate::document::structure::Kind;

/// Keywords that say nothing about values.
const ANNOTATIONS: [&str; 5] = ["$comment", "$id", "$schema", "$vocabulary", "examples"];

/// Keywords without an equivalent.
const UNKNOWN: [&str; 20] = [
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$recursiveAnchor",
    "$recursiveRef",
    "additionalItems",
    "contains",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

impl Upgrade {
    /// Upgrades a schema and all schemas in it.
    pub(super) fn schema(&mut self, value: &mut Value, place: &Pointer) {
        if let Value::Bool(any) = *value {
            if !any {
                self.note(
                    place,
                    "no value is valid here, which has no equivalent in OpenAPI 3.0: any value is accepted",
                );
            }
            *value = json!({});
        }
        let Value::Object(schema) = value else { return };
        for key in ANNOTATIONS {
            schema.remove(key);
        }
        for key in UNKNOWN {
            if schema.remove(key).is_some() {
                self.note(&place.join(key), format!("'{key}' has no equivalent in OpenAPI 3.0: it is ignored"));
            }
        }
        self.tuple(schema, place);
        self.patterns(schema, place);
        self.impossible_properties(schema, place);
        self.impossible_alternatives(schema, place);
        self.members(schema, place);
        exclusive(schema, "exclusiveMinimum", "minimum", |bound, limit| bound < limit);
        exclusive(schema, "exclusiveMaximum", "maximum", |bound, limit| bound > limit);
        self.encoding(schema, place);
        self.constant(schema, place);
        self.types(schema, place);
        alternatives::unite(schema);
        self.schema_reference(schema, place);
    }

    fn members(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        for (key, member) in schema {
            let kind = Kind::Schema.member(key);
            let is_flag = key == "additionalProperties" && member.is_boolean();
            if kind != Kind::Raw && !is_flag {
                self.visit(member, kind, &place.join(key));
            }
        }
    }

    /// Properties that never occur.
    fn impossible_properties(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
        let place = place.join("properties");
        properties.retain(|name, property| {
            let is_possible = *property != Value::Bool(false);
            if !is_possible {
                self.note(&place.join(name), "no value is valid here: the property is left out");
            }
            is_possible
        });
    }

    fn encoding(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        let encoding = schema.remove("contentEncoding");
        let media_type = schema.remove("contentMediaType");
        if encoding.is_none() && media_type.is_none() {
            return;
        }
        let is_text = match schema.get("type") {
            None => true,
            Some(Value::Array(types)) => types.contains(&json!("string")),
            Some(name) => name == "string",
        };
        let media_type = media_type.as_ref().map(|name| name.as_str().unwrap_or_default());
        let encoding = encoding.as_ref().map(|name| name.as_str().unwrap_or_default());
        let format = match encoding {
            Some(encoding) if encoding.eq_ignore_ascii_case("base64") => Some("byte"),
            None if media_type.is_some_and(media::is_binary) => Some("binary"),
            _ => None,
        };
        let format = format.filter(|format| is_text && schema.get("format").is_none_or(|known| known == format));
        if let Some(format) = format {
            schema.entry("type").or_insert_with(|| json!("string"));
            schema.insert("format".to_owned(), json!(format));
        }
        // Both formats are bytes of any kind.
        let said = format.is_some() && media_type.is_none_or(|name| name == "application/octet-stream");
        let lost = [
            ("contentEncoding", encoding.is_some() && format.is_none()),
            ("contentMediaType", media_type.is_some() && !said && format != Some("binary")),
        ];
        for (key, _) in lost.iter().filter(|(_, is_lost)| *is_lost) {
            self.note(&place.join(key), format!("'{key}' has no equivalent in OpenAPI 3.0 here: it is ignored"));
        }
    }
}

/// A number as the exclusive limit becomes the limit, with a flag; the stricter of two limits counts.
fn exclusive(schema: &mut Map<String, Value>, flag: &str, limit: &str, is_looser: fn(f64, f64) -> bool) {
    let Some(Value::Number(exclusive)) = schema.get(flag) else { return };
    let exclusive = Value::Number(exclusive.clone());
    let is_stricter = match (exclusive.as_f64(), schema.get(limit).and_then(Value::as_f64)) {
        (Some(exclusive), Some(inclusive)) => !is_looser(exclusive, inclusive),
        _ => true,
    };
    if is_stricter {
        schema.insert(limit.to_owned(), exclusive);
        schema.insert(flag.to_owned(), json!(true));
    } else {
        schema.remove(flag);
    }
}
