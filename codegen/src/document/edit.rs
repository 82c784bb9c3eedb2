//! Changes of JSON values, as overlays make them.

use std::cmp::Ordering;

use serde_json::Value;

/// The order of places as they stand in the document, elements of an array by their number.
pub(super) fn by_place(one: &str, other: &str) -> Ordering {
    fn tokens(place: &str) -> impl Iterator<Item = (Option<usize>, &str)> {
        place.split('/').map(|token| (token.parse().ok(), token))
    }
    tokens(one).cmp(tokens(other))
}

/// Removes the value at a place. It is no error if an earlier removal already removed it.
pub(super) fn remove(document: &mut Value, place: &str) -> Result<(), String> {
    let (parent, token) = place.rsplit_once('/').ok_or("the whole document cannot be removed")?;
    let token = token.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent) {
        Some(Value::Object(object)) => {
            object.remove(&token);
        }
        Some(Value::Array(array)) => {
            let index: usize = token.parse().map_err(|_| "the array has no such element")?;
            if index < array.len() {
                array.remove(index);
            }
        }
        // A match inside something that an earlier match of this action removed.
        _ => {}
    }
    Ok(())
}

/// Merges as the specification says: objects by member, arrays by appending, all else replaces. An update that cannot be
/// merged as a whole changes nothing.
pub(super) fn merge(target: &mut Value, update: &Value) -> Result<(), String> {
    check(target, update)?;
    replace(target, update);
    Ok(())
}

fn check(target: &Value, update: &Value) -> Result<(), String> {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            let members = update.iter().filter_map(|(key, value)| Some((target.get(key)?, value)));
            members.into_iter().try_for_each(|(member, value)| check(member, value))
        }
        (Value::Array(_), Value::Array(_)) => Ok(()),
        (Value::Object(_) | Value::Array(_), _) => {
            Err(format!("{update} cannot be merged with an object or array; remove that first"))
        }
        _ => Ok(()),
    }
}

fn replace(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(member) => replace(member, value),
                    None => drop(target.insert(key.clone(), value.clone())),
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}
