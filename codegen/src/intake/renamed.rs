//! Schemas that have another name than in the release before.

use std::collections::BTreeSet;

use serde_json::Value;

/// Schemas with the same properties that only one of the two documents has, by their old and new names. Where several fit,
/// none is meant.
pub(super) fn renamed(before: &Value, after: &Value) -> Vec<(String, String)> {
    let (gone, new) = (only_in(before, after), only_in(after, before));
    let same = |one: &Schema<'_>, all: &[Schema<'_>]| -> Vec<String> {
        let is_same = |other: &&Schema<'_>| !one.1.is_empty() && other.1 == one.1;
        all.iter().filter(is_same).map(|(name, _)| (*name).to_owned()).collect()
    };
    let pair = |old: &Schema<'_>| match same(old, &new).as_slice() {
        [only] if same(old, &gone).len() == 1 => Some((old.0.to_owned(), only.clone())),
        _ => None,
    };
    gone.iter().filter_map(pair).collect()
}

/// The schema that a target names, and that is gone.
pub(super) fn gone(target: &str, before: &Value, after: &Value) -> Option<String> {
    let is_named = |name: &str| target.contains(&format!("'{name}'")) || follows(target, name);
    only_in(before, after).into_iter().find(|(name, _)| is_named(name)).map(|(name, _)| name.to_owned())
}

/// The new schema that has most properties of one that is gone; at least half of all of both.
pub(super) fn similar(gone: &str, before: &Value, after: &Value) -> Option<String> {
    let (_, gone) = only_in(before, after).into_iter().find(|(name, _)| *name == gone)?;
    let mut best: Option<(usize, &str)> = None;
    let new = only_in(after, before);
    for (name, properties) in &new {
        let (common, all) = (gone.intersection(properties).count(), gone.union(properties).count());
        if common * 2 >= all && common > best.map_or(0, |(most, _)| most) {
            best = Some((common, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

/// All schemas that are gone, with the new one that is similar; none that is similar to several.
pub(super) fn all_similar(before: &Value, after: &Value) -> Vec<(String, String)> {
    let gone = only_in(before, after).into_iter();
    let all: Vec<(String, String)> =
        gone.filter_map(|(old, _)| Some((old.to_owned(), similar(old, before, after)?))).collect();
    let is_once = |new: &str| all.iter().filter(|(_, other)| other == new).count() == 1;
    all.iter().filter(|(_, new)| is_once(new)).cloned().collect()
}

/// Whether the target has the name behind a dot.
fn follows(target: &str, name: &str) -> bool {
    target.split(['.', '[']).any(|part| part == name)
}

type Schema<'a> = (&'a str, BTreeSet<&'a str>);

/// The schemas that only the first document has, with their properties.
fn only_in<'a>(one: &'a Value, other: &Value) -> Vec<Schema<'a>> {
    let other = other.pointer("/components/schemas").and_then(Value::as_object);
    let schemas = one.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let is_alone = |name: &String| other.is_none_or(|other| !other.contains_key(name));
    let properties = |schema: &'a Value| {
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        properties.map(|(name, _)| name.as_str()).collect()
    };
    schemas.filter(|(name, _)| is_alone(name)).map(|(name, schema)| (name.as_str(), properties(schema))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(schemas: &[(&str, &[&str])]) -> Value {
        let schema = |properties: &[&str]| {
            let properties: serde_json::Map<_, _> =
                properties.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
            json!({"properties": properties})
        };
        let schemas: serde_json::Map<_, _> =
            schemas.iter().map(|(name, properties)| ((*name).to_owned(), schema(properties))).collect();
        json!({"components": {"schemas": schemas}})
    }

    #[test]
    fn a_schema_with_the_same_properties_is_the_same() {
        let before = document(&[("A", &["x", "y"]), ("B", &["z"]), ("C", &["p"]), ("E", &[])]);
        let after = document(&[("A2", &["y", "x"]), ("B", &["z"]), ("D", &["p"]), ("D2", &["p"]), ("F", &[])]);
        assert_eq!(renamed(&before, &after), [("A".to_owned(), "A2".to_owned())]);
    }

    #[test]
    fn half_of_the_properties_make_it_similar() {
        let before = document(&[("Tag", &["id", "name", "color"])]);
        let after = document(&[("Label", &["id", "name", "visible"]), ("Other", &["id"])]);
        assert_eq!(similar("Tag", &before, &after), Some("Label".to_owned()));
        assert_eq!(similar("Label", &before, &after), None);
        assert_eq!(all_similar(&before, &after), [("Tag".to_owned(), "Label".to_owned())]);
        let two = document(&[("Tag", &["id", "name", "color"]), ("Mark", &["id", "name"])]);
        assert!(all_similar(&two, &after).is_empty());
        for (target, schema) in [
            ("$.components.schemas.Tag.properties", Some("Tag")),
            ("$.components.schemas['A','Tag']", Some("Tag")),
            ("$.components.schemas.TagEntity", None),
        ] {
            assert_eq!(gone(target, &before, &after).as_deref(), schema);
        }
    }
}
