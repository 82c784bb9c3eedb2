//! `type` as a list, null as a type, `const` and `enum`.

use serde_json::{Map, Value, json};

use super::Upgrade;
use super::references::COMBINATIONS;
use crate::Pointer;

/// Keywords that belong to a type, in the order of the alternatives that are made of them.
const BY_TYPE: [(&str, &[&str]); 6] = [
    ("string", &["minLength", "maxLength", "pattern"]),
    ("integer", NUMERIC),
    ("number", NUMERIC),
    ("boolean", &[]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("object", &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]),
];

const NUMERIC: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// Formats of numbers; all others belong to text.
const NUMERIC_FORMATS: [&str; 4] = ["int32", "int64", "float", "double"];

pub(super) const ONLY_NULL: &str =
    "only null is valid here, which has no equivalent in OpenAPI 3.0: any value is accepted";

impl Upgrade {
    /// `const` becomes a list of one value.
    pub(super) fn constant(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        let Some(value) = schema.remove("const") else { return };
        if value.is_object() || value.is_array() {
            let text = "a constant that is an object or an array has no equivalent in the client: it is ignored";
            self.note(&place.join("const"), text);
            let name = if value.is_object() { "object" } else { "array" };
            schema.entry("type").or_insert_with(|| json!(name));
            return;
        }
        if value.is_null() {
            schema.retain(|key, _| !matches!(key.as_str(), "type" | "enum"));
            schema.insert("nullable".to_owned(), json!(true));
            self.note(&place.join("const"), ONLY_NULL);
            return;
        }
        schema.insert("enum".to_owned(), json!([value]));
    }

    /// One type and `nullable`, or alternatives of one type each.
    pub(super) fn types(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        let values = schema.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty()).cloned();
        let is_combined = COMBINATIONS.iter().any(|key| schema.contains_key(*key));
        let listed = listed_types(schema);
        let has_list = listed.is_some();
        let from_values =
            || values.as_deref().filter(|_| !is_combined && !schema.contains_key("type")).and_then(types_of);
        let Some(mut types) = listed.or_else(from_values) else { return };
        let was_nullable = schema.get("nullable") == Some(&Value::Bool(true));
        let only_null = values.as_ref().is_some_and(|values| values.iter().all(Value::is_null));
        let mut nullable = was_nullable || types.iter().any(|name| name == "null");
        types.retain(|name| name != "null");
        if types.iter().any(|name| name == "number") {
            types.retain(|name| name != "integer");
        }
        if types.is_empty() || (only_null && nullable) {
            let key = if has_list { "type" } else { "enum" };
            schema.remove("type");
            schema.remove("enum");
            schema.insert("nullable".to_owned(), json!(true));
            self.note(&place.join(key), ONLY_NULL);
            return;
        }
        if let Some(values) = values.filter(|values| values.iter().any(Value::is_null)) {
            // Null is a value only if the types allow it.
            nullable |= !has_list;
            if !nullable {
                let others: Vec<Value> = values.into_iter().filter(|value| !value.is_null()).collect();
                schema.insert("enum".to_owned(), Value::Array(others));
            }
        }
        if nullable {
            schema.insert("nullable".to_owned(), json!(true));
        }
        if let [name] = types.as_slice() {
            schema.insert("type".to_owned(), json!(name));
        } else if is_combined {
            schema.remove("type");
            self.note(&place.join("type"), "several types beside other schemas: the other schemas are used");
        } else {
            schema.remove("type");
            split(schema, &types);
        }
    }
}

/// The declared types without repetitions; nothing if there are none, or they are damaged.
fn listed_types(schema: &Map<String, Value>) -> Option<Vec<String>> {
    let names = match schema.get("type")? {
        Value::String(name) => return Some(vec![name.clone()]),
        Value::Array(names) => names,
        _ => return None,
    };
    let mut types: Vec<String> = Vec::new();
    for name in names {
        // YAML reads the word without quotes as the value.
        let name = if name.is_null() { "null" } else { name.as_str()? };
        if name != "null" && !BY_TYPE.iter().any(|(known, _)| *known == name) {
            return None;
        }
        if !types.iter().any(|known| known == name) {
            types.push(name.to_owned());
        }
    }
    (!types.is_empty()).then_some(types)
}

/// The types of values; nothing if one of them is an object or an array.
fn types_of(values: &[Value]) -> Option<Vec<String>> {
    let mut types: Vec<String> = Vec::new();
    for value in values {
        let name = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::String(_) => "string",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::Array(_) | Value::Object(_) => return None,
        };
        if !types.iter().any(|known| known == name) {
            types.push(name.to_owned());
        }
    }
    Some(types)
}

/// Moves the keywords of each type, and the values that belong to it, into an alternative of its own.
fn split(schema: &mut Map<String, Value>, types: &[String]) {
    let values = match schema.remove("enum") {
        Some(Value::Array(values)) => Some(values),
        _ => None,
    };
    let format = schema.remove("format");
    let mut alternatives = Vec::new();
    for name in types {
        let mut alternative = Map::new();
        alternative.insert("type".to_owned(), json!(name));
        if let Some(values) = &values {
            let own: Vec<Value> = values.iter().filter(|value| is_of_type(value, name)).cloned().collect();
            if own.is_empty() {
                continue;
            }
            alternative.insert("enum".to_owned(), Value::Array(own));
        }
        if let Some(format) = format.as_ref().filter(|format| has_format(name, format)) {
            alternative.insert("format".to_owned(), format.clone());
        }
        let own = BY_TYPE.iter().find(|(known, _)| known == name).map(|(_, keywords)| *keywords).unwrap_or_default();
        for keyword in own {
            if let Some(value) = schema.get(*keyword) {
                alternative.insert((*keyword).to_owned(), value.clone());
            }
        }
        alternatives.push(alternative);
    }
    for keyword in BY_TYPE.iter().flat_map(|(_, keywords)| *keywords) {
        schema.remove(*keyword);
    }
    if alternatives.len() == 1 {
        schema.extend(alternatives.into_iter().flatten());
    } else {
        let alternatives = alternatives.into_iter().map(Value::Object).collect();
        schema.insert("anyOf".to_owned(), Value::Array(alternatives));
    }
}

fn has_format(name: &str, format: &Value) -> bool {
    let is_numeric = format.as_str().is_some_and(|format| NUMERIC_FORMATS.contains(&format));
    match name {
        "string" => !is_numeric,
        "integer" | "number" => is_numeric,
        _ => false,
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
