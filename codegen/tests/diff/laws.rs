//! What holds for all documents.

use std::collections::BTreeSet;
use std::thread;

use codegen::diff::{Change, Rule, Severity, catalogue, compare};
use serde_json::{Value, json};

use crate::spellings::{inlined, renamed, reworded};
use crate::{SNAPSHOTS, said, snapshot};

#[test]
fn a_document_is_as_itself() {
    for (release, document) in SNAPSHOTS.iter() {
        assert_eq!(said(&compare(document, document)), [""; 0], "{release}");
    }
}

#[test]
fn another_spelling_is_no_change() {
    for (release, document) in SNAPSHOTS.iter() {
        let mut other = document.clone();
        reworded(&mut other);
        assert_eq!(said(&compare(document, &other)), [""; 0], "{release} reworded");
        assert_eq!(said(&compare(document, &renamed(document))), [""; 0], "{release} renamed");
        let flat = inlined(document);
        assert_eq!(said(&compare(document, &flat)), [""; 0], "{release} inlined");
        assert_eq!(said(&compare(&flat, &renamed(document))), [""; 0], "{release} inlined, the other way");
    }
}

/// The message is the same for named and inline schemas.
#[test]
fn changes_are_found_behind_references_and_in_place() {
    for pair in SNAPSHOTS.windows(2) {
        let [(_, old), (release, new)] = pair else { continue };
        // An inline schema has no name.
        let ids = |changes: &[Change]| -> BTreeSet<String> {
            changes.iter().map(|change| change.id().clone()).filter(|id| id != "schema-renamed").collect()
        };
        assert_eq!(ids(&compare(old, new)), ids(&compare(old, &inlined(new))), "{release}");
    }
}

#[test]
fn the_catalogue_has_a_mirror_or_a_reason_for_each_rule_and_an_opposite() {
    let rules = catalogue();
    let find = |id: &str| rules.iter().find(|rule| rule.id == id);
    for rule in &rules {
        match &rule.mirror {
            Ok(mirror) => assert_eq!(find(mirror).unwrap().mirror.as_deref(), Ok(rule.id.as_str())),
            Err(reason) => assert!(reason.len() > 10, "{}", rule.id),
        }
        assert!(!rule.opposites.is_empty(), "{}", rule.id);
        for opposite in &rule.opposites {
            assert!(find(opposite).unwrap().opposites.contains(&rule.id), "{} and {opposite}", rule.id);
        }
        // A limit in a response breaks no client.
        if rule.id.starts_with("response-") && rule.id.contains("constraint") {
            assert_eq!(rule.severity, Severity::Info);
        }
    }
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), rules.len());
    assert_eq!(rules.len(), 158);
}

/// Swapped documents report the opposite change of each subject.
pub(crate) fn assert_mirrored(old: &Value, new: &Value, rules: &[Rule], pair: &str) {
    let (forth, back) = (compare(old, new), compare(new, old));
    assert_eq!(forth.len(), back.len(), "{pair}\n{:#?}\n{:#?}", said(&forth), said(&back));
    let kinds = |id: &str| -> Vec<String> {
        // For a type in both directions, the worse one counts, which may differ when the documents are swapped.
        let rule = rules.iter().find(|rule| rule.id == id).unwrap();
        let plain = |id: &str| id.replace("request-", "").replace("response-", "");
        rule.opposites.iter().map(|id| plain(id)).collect()
    };
    let mut left: Vec<&Change> = back.iter().collect();
    for change in &forth {
        let opposites = kinds(&change.id());
        let is_opposite = |other: &&Change| {
            let plain = other.id().replace("request-", "").replace("response-", "");
            opposites.contains(&plain) && (&other.old, &other.new) == (&change.new, &change.old)
        };
        let place = left.iter().position(is_opposite);
        let place = place.unwrap_or_else(|| panic!("{pair}: nothing undoes {change:?}"));
        left.remove(place);
    }
    for change in forth.iter().chain(&back) {
        assert!(rules.iter().any(|rule| rule.id == change.id() && rule.severity == change.severity()), "{change:?}");
        let is_global = change.id().starts_with("authentication-");
        assert!(is_global || !change.operations.is_empty(), "{change:?}");
    }
}

#[test]
fn every_pair_of_releases_is_compared_and_mirrored() {
    let rules = catalogue();
    thread::scope(|scope| {
        for first in 0..4 {
            let rules = &rules;
            scope.spawn(move || {
                for (index, (old_release, old)) in SNAPSHOTS.iter().enumerate().skip(first).step_by(4) {
                    for (new_release, new) in &SNAPSHOTS[index + 1..] {
                        assert_mirrored(old, new, rules, &format!("{old_release} and {new_release}"));
                    }
                }
            });
        }
    });
    assert!(SNAPSHOTS.len() >= 63);
}

#[test]
fn damaged_documents_are_compared_without_a_panic() {
    for text in ["null", "[]", "1", "{}", r#"{"paths": 1}"#, r#"{"paths": {"/a": {"get": 1}}}"#] {
        let document: Value = serde_json::from_str(text).unwrap();
        let count = |changes: Vec<Change>| changes.len();
        assert!(count(compare(&document, snapshot("2.65.0"))) >= 80);
        assert!(count(compare(snapshot("2.65.0"), &document)) >= 80);
    }
    let circle: Value = serde_json::from_str(
        r##"{"paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {"schema":
            {"$ref": "#/components/schemas/A"}}}}}}}}, "components": {"schemas": {
            "A": {"$ref": "#/components/schemas/B"}, "B": {"allOf": [{"$ref": "#/components/schemas/A"}]}}}}"##,
    )
    .unwrap();
    assert_eq!(said(&compare(&circle, &circle)), [""; 0]);
}

#[test]
fn what_leads_back_to_itself_ends() {
    let answering = |schema: Value, schemas: Value| {
        let content = json!({"application/json": {"schema": schema}});
        let list = json!({"in": "query", "name": "q", "schema": {"$ref": "#/components/schemas/L"}});
        json!({"paths": {"/api/a": {"get": {"parameters": [list], "responses": {"200": {"content": content}}}}},
            "components": {"schemas": schemas}})
    };
    let document = answering(
        json!({"$ref": "#/components/schemas/Q"}),
        json!({
            "L": {"type": "array", "items": {"$ref": "#/components/schemas/L"}},
            "Q": {
                "allOf": [{"$ref": "#/components/schemas/Q"}, {"$ref": "#/components/schemas/Q"}],
                "properties": {"x": {"type": "object", "properties": {
                    "y": {"$ref": "#/components/schemas/Q/properties/x"},
                }}},
            },
        }),
    );
    assert_eq!(said(&compare(&document, &document)), [""; 0]);
    let mut other = document.clone();
    other["components"]["schemas"]["Q"]["properties"]["z"] = json!({"type": "string"});
    assert_eq!(said(&compare(&document, &other)), ["response-property-added: Q.z was added: string"]);
}
