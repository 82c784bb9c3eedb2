//! The differences of two JSON values.

use serde_json::Value;

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
