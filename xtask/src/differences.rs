//! What differs between two documents, place by place, for a message.

use codegen::Pointer;
use serde_json::Value;

/// How many places a message names.
const MOST: usize = 20;

/// The outermost places which one of the documents has alone, and the innermost that differ; a line each.
pub(crate) fn differences(old: &str, new: &str) -> Vec<String> {
    let (Ok(old), Ok(new)) = (serde_json::from_str::<Value>(old), serde_json::from_str::<Value>(new)) else {
        return vec!["one of the two is not JSON".to_owned()];
    };
    let mut lines = Vec::new();
    compare(&old, &new, &Pointer::root(), &mut lines);
    let more = lines.len().saturating_sub(MOST);
    if more > 0 {
        lines.truncate(MOST);
        lines.push(format!("and {more} more"));
    }
    lines
}

fn compare(old: &Value, new: &Value, place: &Pointer, lines: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(other) => compare(value, other, &place.join(key), lines),
                    None => lines.push(format!("- {}", place.join(key))),
                }
            }
            for key in new.keys().filter(|key| !old.contains_key(*key)) {
                lines.push(format!("+ {}", place.join(key)));
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(old, new, &place.index(index), lines);
            }
        }
        (old, new) if old != new => lines.push(format!("~ {place}")),
        _ => {}
    }
}
