//! The places in a response, found without its type; the walk along the type must find the same.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Returns all places, without the indices of lists.
pub(crate) fn places(answer: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(answer, String::new(), &mut found);
    found
}

fn collect(value: &Value, place: String, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(key, member)| collect(member, format!("{place}.{key}"), found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, format!("{place}[]"), found)),
        _ => {}
    }
    found.insert(place);
}

#[test]
fn places_are_found_in_all_elements() {
    let found = places(&json!([{"a": 1}, {"b": {"c": null}, "d": [[]]}]));
    assert_eq!(found.iter().collect::<Vec<_>>(), ["", "[]", "[].a", "[].b", "[].b.c", "[].d", "[].d[]"]);
}
