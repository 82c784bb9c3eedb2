//! The differences of two JSON values.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

/// The properties in the document of 2.65.0. No newer release was recorded.
static RECORDED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let snapshot = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/2.65.0.json")).unwrap();
    let document: Value = serde_json::from_slice(&snapshot).unwrap();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).unwrap().values();
    let properties = schemas.filter_map(|schema| schema.get("properties")?.as_object());
    properties.flat_map(|properties| properties.keys().cloned()).collect()
});

/// Compares in both directions: what the client lost, and what it made up.
pub(crate) fn compare(recorded: &Value, again: &Value, path: &str, differences: &mut Vec<(String, String)>) {
    match (recorded, again) {
        (Value::Object(recorded), Value::Object(again)) => {
            for (key, value) in recorded {
                let place = format!("{path}.{key}");
                match again.get(key) {
                    Some(again) => compare(value, again, &place, differences),
                    None => differences.push((place, format!("lost: {value}"))),
                }
            }
            for (key, value) in again.iter().filter(|(key, _)| !recorded.contains_key(*key)) {
                if value.is_null() && !RECORDED.contains(key) {
                    // A property of a newer release.
                    continue;
                }
                differences.push((format!("{path}.{key}"), format!("made up: {value}")));
            }
        }
        (Value::Array(recorded), Value::Array(again)) => {
            if recorded.len() != again.len() {
                differences.push((path.to_owned(), "another number of elements".to_owned()));
            }
            for (recorded, again) in recorded.iter().zip(again) {
                compare(recorded, again, &format!("{path}[]"), differences);
            }
        }
        (recorded, again) if recorded == again => {}
        // 60 and 60.0 are the same number.
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        (recorded, again) => differences.push((path.to_owned(), format!("recorded {recorded}, written {again}"))),
    }
}
