//! Actions that match a release, but say something that changed in its document.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::document::{self, Document, Overlay, Repaired, Traced};
use crate::{Error, Pointer, Release, api, json_path};

/// A release and its snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// The release.
    pub release: &'a Release,
    /// The snapshot.
    pub bytes: &'a [u8],
}

/// Asks about actions that may be out of date in the newer of two releases: the value that they replace changed, or
/// something that they name no longer exists.
///
/// # Errors
///
/// Returns an error if the overlays do not fit the releases.
pub fn outdated(before: Snapshot<'_>, after: Snapshot<'_>, overlays: &[Overlay]) -> Result<Vec<String>, Error> {
    let (raw_before, raw_after) = (document::canonical(before.bytes)?.value, document::canonical(after.bytes)?.value);
    let (_, traced_before) = Repaired::read(before.bytes)?.load_traced(before.release, overlays)?;
    let (document, traced) = Repaired::read(after.bytes)?.load_traced(after.release, overlays)?;
    let mut questions = Vec::new();
    for action in &traced {
        let place = format!("{}, target {}", action.file, action.target);
        for target in &action.places {
            let Some(change) = replaced(action, target, &document, &raw_before, &raw_after) else { continue };
            questions.push(format!(
                "{} changed in the document: {change}; {place} replaces it: is that still right?",
                name(target)
            ));
        }
        let former = traced_before.iter().find(|one| (&one.file, one.action) == (&action.file, action.action));
        let mut gone = lost(action, former, &raw_after);
        gone.extend(action.places.iter().flat_map(|target| lost_always(action, target, &raw_before, document.value())));
        if !gone.is_empty() {
            let gone: Vec<String> = gone.into_iter().map(|name| format!("`{name}`")).collect();
            let (release, gone) = (after.release, gone.join(", "));
            questions.push(format!(
                "{place}: names {gone}, which {release} does not have; limit it to older releases, and write one without \
                 that for {release}"
            ));
        }
    }
    Ok(questions)
}

/// What an action replaces, if the snapshots differ there.
fn replaced(action: &Traced, target: &Pointer, document: &Document, before: &Value, after: &Value) -> Option<String> {
    let update = action.update.as_ref()?.as_object()?;
    if update.keys().all(|key| is_added(key)) {
        return None;
    }
    // Parameters are found by their names, since others may come before them.
    let path = JsonPath::parse(&json_path::of(document.value(), target)).ok()?;
    let at = |value| path.query(value).first();
    let mut changes = Vec::new();
    collect(update, at(before)?, at(after)?, "", &mut changes);
    (!changes.is_empty()).then(|| changes.join(", "))
}

/// The members that an update sets and that differ in the snapshots, each with both values.
fn collect(
    update: &serde_json::Map<String, Value>,
    before: &Value,
    after: &Value,
    way: &str,
    changes: &mut Vec<String>,
) {
    for (key, value) in update.iter().filter(|(key, _)| !is_added(key)) {
        let way = format!("{way}{key}");
        match (value, before.get(key), after.get(key)) {
            (_, before, after) if before == after => {}
            (Value::Object(inner), Some(before), Some(after)) => {
                collect(inner, before, after, &format!("{way}."), changes);
            }
            (_, before, after) => changes.push(format!("`{way}` was {} and is {}", words(before), words(after))),
        }
    }
}

/// Members that no snapshot has.
fn is_added(key: &str) -> bool {
    key.starts_with("x-") || matches!(key, "description" | "example" | "title")
}

fn words(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

/// The properties that an action names and does not find any more, of schemas that the release has.
fn lost(action: &Traced, former: Option<&Traced>, after: &Value) -> Vec<String> {
    let words: BTreeSet<&str> = action.target.split(['.', '[', ']', ',', '\'', ' ']).collect();
    let is_named = |place: &Pointer| place.as_str().split('/').skip(1).all(|token| words.contains(token));
    let is_lost = |place: &&Pointer| {
        let properties = place.parent().map(|(properties, _)| properties);
        let is_there = |place: &Pointer| after.pointer(place.as_str()).is_some();
        let is_property = properties.is_some_and(|place| place.last() == "properties" && is_there(&place));
        is_property && !is_there(place) && !action.places.contains(place) && is_named(place)
    };
    former.iter().flat_map(|former| &former.places).filter(is_lost).map(name).collect()
}

/// The properties of a schema that an action says are always there, and that only the release before has.
fn lost_always(action: &Traced, target: &Pointer, before: &Value, document: &Value) -> Vec<String> {
    let always = action.update.as_ref().and_then(|update| update.get(api::ALWAYS)).and_then(Value::as_array);
    let has = |document: &Value, property: &str| {
        document.pointer(target.join("properties").join(property).as_str()).is_some()
    };
    let names = always.into_iter().flatten().filter_map(Value::as_str);
    let gone = names.filter(|property| has(before, property) && !has(document, property));
    gone.map(|property| format!("{}.{property}", name(target))).collect()
}

/// A place in few words, such as `Tag.name` for a property.
fn name(place: &Pointer) -> String {
    let text = place.as_str();
    match text.strip_prefix("/components/schemas/") {
        Some(schema) => schema.replace("/properties/", "."),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn questions(actions: &str, before: &Value, after: &Value) -> Vec<String> {
        let text = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
        let overlays = [Overlay::parse("test.yaml", &text).unwrap()];
        let document = |properties: &Value| {
            let schemas = json!({"Tag": {"type": "object", "properties": properties}});
            json!({"openapi": "3.0.0", "info": {"title": "t", "version": "1"}, "paths": {},
                "components": {"schemas": schemas}})
            .to_string()
        };
        let (before, after) = (document(before), document(after));
        let (old, new) = ("2.65.0".parse().unwrap(), "2.66.0".parse().unwrap());
        let snapshot = |release, bytes| Snapshot { release, bytes };
        outdated(snapshot(&old, before.as_bytes()), snapshot(&new, after.as_bytes()), &overlays).unwrap()
    }

    #[test]
    fn a_change_that_an_action_hides_is_a_question() {
        let text = json!({"tags": {"type": "string"}});
        let list = json!({"tags": {"type": "array", "items": {"type": "string"}}});
        let action =
            "  - target: $.components.schemas.Tag.properties.tags\n    update: {type: array, items: {type: string}}\n";
        assert_eq!(
            questions(action, &text, &list),
            [
                "Tag.tags changed in the document: `items` was nothing and is {\"type\":\"string\"}, `type` was \"string\" and is \
                 \"array\"; test.yaml, target $.components.schemas.Tag.properties.tags replaces it: is that \
                 still right?"
            ]
        );
        assert!(questions(action, &text, &text).is_empty());
        // A part that changed elsewhere.
        let named =
            "  - target: $.components.schemas.Tag.properties.tags\n    update: {format: color, description: Tags}\n";
        assert!(questions(named, &text, &list).is_empty());
    }

    #[test]
    fn names_of_properties_that_are_gone_are_a_question() {
        let before = json!({"color": {"type": "string"}, "name": {"type": "string"}});
        let after = json!({"name": {"type": "string"}});
        let always = "  - target: $.components.schemas.Tag\n    update: {x-kimai-always: [color, name]}\n";
        let rest = "which 2.66.0 does not have; limit it to older releases, and write one without that for 2.66.0";
        assert_eq!(
            questions(always, &before, &after),
            [format!("test.yaml, target $.components.schemas.Tag: names `Tag.color`, {rest}")]
        );
        let list = "  - target: $.components.schemas['Tag'].properties['color','name']\n    update: {nullable: true}\n";
        assert_eq!(
            questions(list, &before, &after),
            [format!(
                "test.yaml, target $.components.schemas['Tag'].properties['color','name']: names `Tag.color`, {rest}"
            )]
        );
        let all = "  - target: $.components.schemas.*.properties['color','name']\n    update: {nullable: true}\n";
        assert!(questions(all, &before, &after).is_empty());
        for action in [always, list] {
            assert!(questions(action, &before, &before).is_empty());
        }
    }
}
