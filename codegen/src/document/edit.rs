//! Changes of JSON values, as overlays make them.

use serde_json::Value;

/// What orders places as they stand in the document, elements of an array by their number.
pub(super) fn by_place(place: &str) -> Vec<(Option<usize>, String)> {
    place.split('/').map(|token| (token.parse().ok(), token.to_owned())).collect()
}

/// Removes what is in a place. An earlier removal may have taken it along.
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

/// Merges as the specification says: objects by member, arrays by appending, all else replaces.
pub(super) fn merge(target: &mut Value, update: &Value) -> Result<(), String> {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(member) => merge(member, value)?,
                    None => {
                        target.insert(key.clone(), value.clone());
                    }
                }
            }
            Ok(())
        }
        (Value::Array(target), Value::Array(update)) => {
            target.extend(update.iter().cloned());
            Ok(())
        }
        (target, update) if target.is_object() || target.is_array() => {
            Err(format!("{update} cannot be merged with an object or array; remove that first"))
        }
        (target, update) => {
            *target = update.clone();
            Ok(())
        }
    }
}
