//! `anyOf` and `oneOf`: null as an alternative becomes `nullable`.

use serde_json::{Map, Value, json};

use super::Upgrade;
use super::references::{add_part, is_annotation};
use super::types::ONLY_NULL;
use crate::Pointer;

const KEYWORDS: [&str; 2] = ["anyOf", "oneOf"];

impl Upgrade {
    /// Removes the alternatives that allow only null, or nothing, before the others are upgraded.
    pub(super) fn impossible_alternatives(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        for key in KEYWORDS {
            let Some(Value::Array(alternatives)) = schema.get_mut(key) else { continue };
            let place = place.join(key);
            let (mut index, mut has_null, was_empty) = (0, false, alternatives.is_empty());
            alternatives.retain(|alternative| {
                let is_never = *alternative == Value::Bool(false);
                if is_never {
                    self.note(&place.index(index), "no value is valid here: the alternative is left out");
                }
                index += 1;
                let is_null = is_only_null(alternative);
                has_null |= is_null;
                !is_never && !is_null
            });
            if alternatives.is_empty() && !was_empty {
                schema.remove(key);
                if has_null {
                    self.note(&place, ONLY_NULL);
                }
            }
            if has_null {
                schema.insert("nullable".to_owned(), json!(true));
            }
        }
    }
}

/// An alternative beside null takes the place of the whole; that one of several may be null is said once.
pub(super) fn unite(schema: &mut Map<String, Value>) {
    for key in KEYWORDS {
        let Some(Value::Array(alternatives)) = schema.get_mut(key) else { continue };
        let mut nullable = false;
        for alternative in alternatives.iter_mut().filter_map(Value::as_object_mut) {
            nullable |= alternative.get("nullable") == Some(&Value::Bool(true));
            alternative.remove("nullable");
        }
        if nullable {
            schema.insert("nullable".to_owned(), json!(true));
        }
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            collapse(schema, key);
        }
    }
}

/// Moves the only alternative into the schema, unless the two contradict each other.
fn collapse(schema: &mut Map<String, Value>, key: &str) {
    let only = match schema.get(key) {
        Some(Value::Array(alternatives)) => match alternatives.as_slice() {
            [Value::Object(only)] => only.clone(),
            _ => return,
        },
        _ => return,
    };
    if only.contains_key("$ref") {
        schema.remove(key);
        add_part(schema, Value::Object(only));
        return;
    }
    let contradicts = |(name, value): (&String, &Value)| {
        !is_annotation(name) && name != key && schema.get(name).is_some_and(|known| known != value)
    };
    if only.iter().any(contradicts) {
        return;
    }
    schema.remove(key);
    for (name, value) in only {
        schema.entry(name).or_insert(value);
    }
}

/// Whether null is the only value that the schema allows.
fn is_only_null(schema: &Value) -> bool {
    let Value::Object(schema) = schema else { return false };
    let is_null = |value: &Value| value.as_array().is_some_and(|all| all.len() == 1 && all.iter().all(Value::is_null));
    match (schema.get("type"), schema.get("const"), schema.get("enum")) {
        (Some(name), ..) if name == "null" => true,
        (Some(Value::Array(names)), ..) if matches!(names.as_slice(), [name] if name == "null") => true,
        (None, Some(Value::Null), _) => true,
        (None, None, Some(values)) => is_null(values),
        _ => false,
    }
}
