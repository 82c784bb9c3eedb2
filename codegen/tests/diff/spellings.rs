//! The same document in different spellings.

use serde_json::{Map, Value, json};

/// Other texts, operation ids and examples; keys and lists without an order in another one.
pub(crate) fn reworded(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if object.contains_key("responses") {
                object.insert("operationId".to_owned(), json!("another_name"));
                object.insert("summary".to_owned(), json!("another text"));
            }
            if object.contains_key("type") && object.get("type").is_some_and(Value::is_string) {
                object.insert("description".to_owned(), json!("another text"));
                object.insert("example".to_owned(), json!(1));
            }
            for name in ["required", "enum", "parameters", "tags"] {
                if let Some(Value::Array(list)) = object.get_mut(name) {
                    list.reverse();
                }
            }
            object.values_mut().for_each(reworded);
        }
        Value::Array(list) => list.iter_mut().for_each(reworded),
        _ => {}
    }
}

/// Other names for all schemas.
pub(crate) fn renamed(document: &Value) -> Value {
    fn rename(value: &mut Value) {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(target)) = object.get_mut("$ref") {
                    *target = target.replace("/schemas/", "/schemas/Other");
                }
                object.values_mut().for_each(rename);
            }
            Value::Array(list) => list.iter_mut().for_each(rename),
            _ => {}
        }
    }
    let mut document = document.clone();
    rename(&mut document);
    let schemas = document["components"]["schemas"].as_object().unwrap().clone();
    let other: Map<String, Value> =
        schemas.into_iter().map(|(name, schema)| (format!("Other{name}"), schema)).collect();
    document["components"]["schemas"] = Value::Object(other);
    document
}

/// No references but those that lead back to themselves.
pub(crate) fn inlined(document: &Value) -> Value {
    fn inline(value: &Value, root: &Value, way: &mut Vec<String>) -> Value {
        match value {
            Value::Object(object) => {
                if let Some(target) = object.get("$ref").and_then(Value::as_str) {
                    let pointer = target.trim_start_matches('#').to_owned();
                    if way.contains(&pointer) {
                        return value.clone();
                    }
                    way.push(pointer.clone());
                    let target = inline(root.pointer(&pointer).unwrap(), root, way);
                    way.pop();
                    return target;
                }
                Value::Object(object.iter().map(|(name, value)| (name.clone(), inline(value, root, way))).collect())
            }
            Value::Array(list) => list.iter().map(|value| inline(value, root, way)).collect(),
            other => other.clone(),
        }
    }
    let mut other = document.clone();
    other["paths"] = inline(&document["paths"], document, &mut Vec::new());
    other
}
