//! The text of the overlays, and the links to the page 'How Kimai behaves'.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::api::TypeKind;
use serde_json::Value;

use crate::{API, field, specs};

const OVERLAYS: [&str; 4] = ["corrections.yaml", "docs.yaml", "examples.yaml", "names.yaml"];

fn overlay(name: &str) -> String {
    fs::read_to_string(specs().join("overlays").join(name)).unwrap()
}

/// All texts of these members, at any depth.
fn texts<'a>(value: &'a Value, members: &[&str], found: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(text) if members.contains(&name.as_str()) => found.push(text),
                    // The documentation of the handles, by the name of the handle.
                    Value::Object(handles) if name == "x-kimai-resources" => {
                        found.extend(handles.values().filter_map(Value::as_str));
                    }
                    _ => texts(value, members, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| texts(value, members, found)),
        _ => {}
    }
}

/// Whether the text names a release, such as `2.45` or `1.x`.
fn names_a_release(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').any(|word| {
        let mut parts = word.split('.');
        matches!((parts.next(), parts.next()), (Some("1" | "2"), Some(minor))
            if minor == "x" || minor.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// The words that are a letter and a number, such as `R6`.
fn codes(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| {
            word.strip_prefix(['D', 'T', 'R', 'E', 'A'])
                .is_some_and(|number| matches!(number.len(), 1 | 2) && number.bytes().all(|b| b.is_ascii_digit()))
        })
        .collect()
}

#[test]
fn releases_and_codes_are_recognised() {
    for text in ["since 2.45", "2.45.", "before 2.0.15", "(1.x)", "1.30.11"] {
        assert!(names_a_release(text), "{text}");
    }
    for text in ["version 2", "#ff0000", "2026-01-01", "major × 10000", "2.", "0.5", "12.5"] {
        assert!(!names_a_release(text), "{text}");
    }
    assert_eq!(codes("(fact R6), facts D12, T3: A4; `E1`"), ["R6", "D12", "T3", "A4", "E1"]);
    assert_eq!(codes("R600, RE1, A, T-3, d6, UTF8, R12x"), Vec::<&str>::new());
}

#[test]
fn the_documentation_in_overlays_names_no_releases() {
    let mut checked = 0;
    for name in OVERLAYS {
        let document: Value = codegen::yaml::read(name, &overlay(name)).unwrap();
        for action in document["actions"].as_array().unwrap() {
            let mut found = Vec::new();
            texts(
                &action["update"],
                &["description", "x-kimai-patch-description", "x-rust-type-description"],
                &mut found,
            );
            for text in found {
                assert!(!names_a_release(text), "{name}: the generator says when things came and went: {text}");
                checked += 1;
            }
        }
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn overlays_name_no_codes() {
    for name in OVERLAYS {
        assert_eq!(codes(&overlay(name)), Vec::<&str>::new(), "{name}");
    }
}

/// The anchors that rustdoc gives to the headings of a page.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    headings
        .map(|heading| {
            let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
        })
        .collect()
}

/// The Rust files below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn links_to_how_kimai_behaves_lead_to_its_headings() {
    let root = specs().join("..");
    let anchors = anchors(&fs::read_to_string(root.join("generated-client/docs/how-kimai-behaves.md")).unwrap());
    assert!(anchors.contains("swagger-20-and-openapi-30") && anchors.contains("paging"), "{anchors:?}");
    let mut files: Vec<PathBuf> = OVERLAYS.iter().map(|name| specs().join("overlays").join(name)).collect();
    sources(&root.join("generated-client/src"), &mut files);
    sources(&root.join("codegen/src"), &mut files);
    let mut links = 0;
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("how_kimai_behaves#").skip(1) {
            let end = link.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(link.len());
            let anchor = &link[..end];
            assert!(anchors.contains(anchor), "{}: the page has no heading for #{anchor}", path.display());
            links += 1;
        }
    }
    assert!(links > 0);
}

#[test]
fn patches_are_described_as_changes_and_forms_are_not() {
    let mut patches = 0;
    for def in API.types.values() {
        let is_change = def.doc.starts_with("Changes to a");
        match def.kind {
            TypeKind::Patch { .. } => assert!(is_change, "{}: {}", def.name, def.doc),
            _ => assert!(!is_change, "{}: {}", def.name, def.doc),
        }
        patches += usize::from(is_change);
    }
    assert_eq!(patches, 6);
}

#[test]
fn an_enum_of_several_properties_has_a_description_of_its_own() {
    assert_eq!(API.types["Language"].doc, "A language, such as `en` or `pt_BR`.");
    assert_eq!(field("CustomerPatch", "language").doc, "Language of the invoices, such as `en` or `pt_BR`.");
    assert_eq!(field("UserPatch", "language").doc, "Language of the user interface, such as `en` or `pt_BR`.");
}
