//! Tuples, and properties by patterns of their names.

use serde_json::{Map, Value, json};

use super::Upgrade;
use crate::Pointer;

impl Upgrade {
    /// A tuple becomes a list: of the schema that all elements have, or of any value.
    pub(super) fn tuple(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        let Some(tuple) = schema.remove("prefixItems") else { return };
        let rest = schema.remove("items");
        let elements = tuple.as_array().map(Vec::as_slice).unwrap_or_default();
        let ends = rest == Some(Value::Bool(false))
            || schema.get("maxItems").and_then(Value::as_u64).is_some_and(|most| most <= elements.len() as u64);
        let others = if ends { None } else { Some(rest.unwrap_or(Value::Bool(true))) };
        let items = common(elements.iter().chain(&others));
        let text = match items {
            Some(_) => "elements by position have no equivalent in OpenAPI 3.0: it is read as a list of them",
            None => "elements by position have no equivalent in OpenAPI 3.0: any elements are accepted",
        };
        self.note(&place.join("prefixItems"), text);
        schema.insert("items".to_owned(), items.unwrap_or_else(|| json!({})));
    }

    /// Properties by pattern become further properties.
    pub(super) fn patterns(&mut self, schema: &mut Map<String, Value>, place: &Pointer) {
        let Some(patterns) = schema.remove("patternProperties") else { return };
        let others = schema.get("additionalProperties").cloned();
        // What is not declared may be anything, as it may without the patterns.
        let items = others.map(|others| {
            let others = Some(others).filter(|others| *others != Value::Bool(false));
            common(patterns.as_object().into_iter().flat_map(Map::values).chain(&others))
        });
        let text = match items {
            Some(Some(_)) => {
                "patterns of names have no equivalent in OpenAPI 3.0: it applies to all further properties"
            }
            _ => "patterns of names have no equivalent in OpenAPI 3.0: any further properties are accepted",
        };
        self.note(&place.join("patternProperties"), text);
        if let Some(items) = items {
            schema.insert("additionalProperties".to_owned(), items.unwrap_or(Value::Bool(true)));
        }
    }
}

/// The schema, if all are the same.
fn common<'a>(mut schemas: impl Iterator<Item = &'a Value>) -> Option<Value> {
    let first = schemas.next()?;
    (schemas.all(|schema| schema == first) && !first.is_boolean()).then(|| first.clone())
}
