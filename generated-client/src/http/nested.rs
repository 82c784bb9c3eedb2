//! Nested values in queries and url-encoded forms, as PHP reads them: `a[b]=1` and `a[]=2`.

use serde_json::Value;

/// Adds the pairs that express a value. Null is left out, and so are empty objects; empty lists cannot be expressed.
pub(super) fn add(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            let list = name.strip_suffix("[]").unwrap_or(name);
            // PHP would read `a[][b]=1&a[][c]=2` as two elements.
            let is_plain = items.iter().all(|item| !item.is_array() && !item.is_object());
            for (index, item) in items.iter().enumerate() {
                let name = if is_plain { format!("{list}[]") } else { format!("{list}[{index}]") };
                add(&name, item, pairs);
            }
        }
        Value::Object(members) => members.iter().for_each(|(key, value)| add(&format!("{name}[{key}]"), value, pairs)),
        value => pairs.extend(plain(value).map(|text| (name.to_owned(), text))),
    }
}

/// The text of a value that is neither null nor composed.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Checks that PHP reads each name within brackets as it is.
pub(super) fn check_keys(value: &Value) -> Result<(), String> {
    match value {
        Value::Array(items) => items.iter().try_for_each(check_keys),
        Value::Object(members) => {
            if let Some(key) = members.keys().find(|key| key.is_empty() || key.contains(['[', ']'])) {
                return Err(format!("{key:?} is empty or contains brackets, and cannot be the name of a field here"));
            }
            members.values().try_for_each(check_keys)
        }
        _ => Ok(()),
    }
}

pub(super) fn has_empty_list(value: &Value) -> bool {
    empty_list("", value).is_some()
}

/// The name of the first empty list in a value, such as `a[b]` within `a`.
pub(super) fn empty_list(name: &str, value: &Value) -> Option<String> {
    match value {
        Value::Array(items) if items.is_empty() => Some(name.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| empty_list(&format!("{name}[{index}]"), item))
        }
        Value::Object(members) => members.iter().find_map(|(key, value)| empty_list(&format!("{name}[{key}]"), value)),
        _ => None,
    }
}

pub(super) fn holds_object(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(holds_object),
        value => value.is_object(),
    }
}
