//! Enums that have the same name and not the same values.

use serde_json::Value;

use crate::{Error, Pointer, json_path};

/// The end of a sentence on a conflict of names: the values that only the first place has, and what adds them to the other.
pub(super) fn missing(error: &Error, document: &Value) -> Option<String> {
    let Error::NameConflict { pointer, other, name, .. } = error else { return None };
    let (new, known) = (values(document, pointer)?, values(document, other)?);
    let missing: Vec<&str> = new.into_iter().filter(|value| !known.contains(value)).collect();
    if missing.is_empty() {
        return None;
    }
    let quoted: Vec<String> = missing.iter().map(|value| format!("`{value}`")).collect();
    let update = Value::from(missing);
    Some(format!(
        "; {pointer} has {}, which {other} lacks: if servers send that there too, add it with target {} and update \
         {{enum: {update}}}, and likewise at the other places with the name {name}",
        quoted.join(", "),
        json_path::of(document, other)
    ))
}

fn values<'a>(document: &'a Value, place: &Pointer) -> Option<Vec<&'a str>> {
    let values = document.pointer(place.as_str())?.get("enum")?.as_array()?;
    Some(values.iter().filter_map(Value::as_str).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_that_another_place_lacks_are_named() {
        let schema = |values: Value| json!({"properties": {"kind": {"type": "string", "enum": values}}});
        let document = json!({"components": {"schemas": {"A": schema(json!(["x", "y"])), "B": schema(json!(["x"]))}}});
        let place = |name: &str| Pointer::from_text(&format!("/components/schemas/{name}/properties/kind"));
        let conflict = |pointer: &str, other: &str| Error::NameConflict {
            pointer: place(pointer),
            other: place(other),
            name: "Kind".to_owned(),
            instead: "",
        };
        assert_eq!(
            missing(&conflict("A", "B"), &document).unwrap(),
            "; /components/schemas/A/properties/kind has `y`, which /components/schemas/B/properties/kind lacks: if servers \
             send that there too, add it with target $.components.schemas.B.properties.kind and update {enum: [\"y\"]}, \
             and likewise at the other places with the name Kind"
        );
        assert_eq!(missing(&conflict("B", "A"), &document), None);
    }
}
