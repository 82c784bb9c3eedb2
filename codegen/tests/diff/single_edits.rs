//! One thing changed in a real document: that one change is reported, under the right rule.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use codegen::diff::{Rule, catalogue, compare};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::edits::{EDITS, Edit, RELEASES, Where, chosen, edited, places};
use crate::laws::assert_mirrored;
use crate::{said, snapshot};

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(catalogue);

fn check(document: &Value, pointer: &str, edit: &Edit) -> Option<()> {
    let other = edited(document, pointer, edit)?;
    let changes = compare(document, &other);
    let [change] = changes.as_slice() else {
        panic!("{} at {pointer}: {:#?}", edit.name, said(&changes));
    };
    let id = change.id();
    let plain = id.strip_prefix("request-").or_else(|| id.strip_prefix("response-"));
    let is_it =
        |id: &str| id == edit.expected || (id == "property-added-required" && edit.expected == "property-added");
    assert!(
        is_it(&change.id()) || plain.is_some_and(is_it),
        "{} at {pointer}: {} in place of {}",
        edit.name,
        change.id(),
        edit.expected
    );
    match told_at(edit.place, pointer) {
        Told::Place(place) => assert_eq!(change.places(), [place], "{}", edit.name),
        Told::Operation(operation) => assert_eq!(change.operations, [operation], "{}", edit.name),
        Told::Anywhere => {}
    }
    assert_mirrored(document, &other, &RULES, edit.name);
    Some(())
}

/// Where an edit must be reported.
enum Told {
    Place(String),
    Operation(String),
    Anywhere,
}

/// The place or the operation at a pointer, as reports call it.
fn told_at(place: Where, pointer: &str) -> Told {
    let tokens: Vec<String> = pointer.split('/').map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match (place, tokens.as_slice()) {
        // The numbers of copies are no part of names.
        (Where::Property, ["", "components", "schemas", schema, "properties", name]) if name.contains('.') => {
            Told::Place(format!("{}.'{name}'", schema.trim_end_matches(char::is_numeric)))
        }
        (Where::Property, ["", "components", "schemas", schema, "properties", name]) => {
            Told::Place(format!("{}.{name}", schema.trim_end_matches(char::is_numeric)))
        }
        (Where::Operation | Where::Query | Where::Text, ["", "paths", path, method, ..]) => {
            Told::Operation(format!("{} {path}", method.to_uppercase()))
        }
        _ => Told::Anywhere,
    }
}

/// Every kind of edit, at some places of each document.
#[test]
fn every_kind_of_edit_is_found_under_its_rule() {
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    for release in RELEASES {
        let document = snapshot(release);
        let places = places(document);
        for edit in EDITS {
            let pointers = chosen(document, &places, edit);
            *made.entry(edit.name).or_default() +=
                pointers.iter().filter_map(|pointer| check(document, pointer, edit)).count();
        }
    }
    for edit in EDITS {
        assert!(made[edit.name] > 0, "{} was never made", edit.name);
    }
}

/// `cargo xtask diff` compares documents in their canonical form, which keeps each edit.
#[test]
fn every_kind_of_edit_is_kept_by_the_canonical_form() {
    for release in RELEASES {
        let document = snapshot(release);
        let places = places(document);
        for edit in EDITS {
            let Some(other) = chosen(document, &places, edit).iter().find_map(|at| edited(document, at, edit)) else {
                continue;
            };
            let canonical = codegen::document::canonical(other.to_string().as_bytes());
            let mut canonical = canonical.unwrap_or_else(|error| panic!("{}: {error}", edit.name)).value;
            let mut expected = other.clone();
            // Their servers are compared as declared.
            for document in [&mut canonical, &mut expected] {
                without_servers(document);
            }
            assert!(canonical == expected, "{}", edit.name);
        }
    }
}

fn without_servers(document: &mut Value) {
    let paths = document["paths"].as_object_mut().unwrap().values_mut();
    let operations = paths.flat_map(|item| {
        let item = item.as_object_mut().unwrap();
        item.remove("servers");
        item.values_mut()
    });
    for operation in operations.filter_map(Value::as_object_mut) {
        operation.remove("servers");
    }
    document.as_object_mut().unwrap().remove("servers");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_edit_is_the_one_change(release in 0..RELEASES.len(), edit in 0..EDITS.len(), place in any::<Index>()) {
        let document = snapshot(RELEASES[release]);
        let edit = &EDITS[edit];
        let places = places(document);
        let pointer = place.get(&places[&edit.place]);
        check(document, pointer, edit);
    }
}
