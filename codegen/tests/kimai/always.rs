//! The overlays list which properties responses always contain. Snapshots differ in their properties, so a name that
//! one of them lacks is no mistake; a name that all of them lack is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use codegen::{Release, document};
use serde_json::Value;

use crate::timeline::Index;
use crate::{overlays, specs};

const ALWAYS: &str = "x-kimai-always";

/// The listed names, and the properties, of each schema that has a list.
#[derive(Default)]
struct Schemas {
    listed: BTreeMap<String, BTreeSet<String>>,
    properties: BTreeMap<String, BTreeSet<String>>,
}

impl Schemas {
    fn read(&mut self, value: &Value, place: &str) {
        match value {
            Value::Object(object) => {
                // How Kimai behaves: 'Copies of schemas'. A list is for a schema and its numbered copies.
                let schema = place.trim_end_matches(|c: char| c.is_ascii_digit());
                if let Some(Value::Array(names)) = object.get(ALWAYS) {
                    let names = names.iter().map(|name| name.as_str().unwrap().to_owned());
                    self.listed.entry(schema.to_owned()).or_default().extend(names);
                }
                if let Some(Value::Object(properties)) = object.get("properties") {
                    self.properties.entry(schema.to_owned()).or_default().extend(properties.keys().cloned());
                }
                for (key, member) in object {
                    self.read(member, &format!("{place}/{key}"));
                }
            }
            Value::Array(array) => {
                for (index, element) in array.iter().enumerate() {
                    self.read(element, &format!("{place}/{index}"));
                }
            }
            _ => {}
        }
    }

    fn unknown(&self) -> Vec<String> {
        let nothing = BTreeSet::new();
        let unknown = |(place, names): (&String, &BTreeSet<String>)| {
            let known = self.properties.get(place).unwrap_or(&nothing);
            names.difference(known).map(|name| format!("{place}: {name}")).collect::<Vec<_>>()
        };
        self.listed.iter().flat_map(unknown).collect()
    }
}

#[test]
fn every_listed_property_is_in_a_snapshot() {
    let index: Index =
        codegen::yaml::read("index.yaml", &fs::read_to_string(specs().join("index.yaml")).unwrap()).unwrap();
    let overlays = overlays();
    let mut schemas = Schemas::default();
    for snapshot in &index.snapshots {
        let bytes = fs::read(specs().join(format!("{}.json", snapshot.release))).unwrap();
        let mut seen = BTreeSet::new();
        for source in &snapshot.sources {
            let release: Release = source.release.parse().unwrap();
            let actions: Vec<Vec<usize>> = overlays.iter().map(|overlay| overlay.actions_for(&release)).collect();
            if seen.insert(actions) {
                let document = document::load(&bytes, &release, &overlays).unwrap();
                schemas.read(&serde_json::to_value(&document.openapi).unwrap(), "");
            }
        }
    }
    assert!(schemas.listed.len() > 30, "{}", schemas.listed.len());
    assert_eq!(schemas.unknown(), Vec::<String>::new());
}

#[test]
fn a_name_without_a_property_is_found() {
    let mut schemas = Schemas::default();
    schemas.read(&serde_json::json!({"A": {ALWAYS: ["a", "b"], "properties": {"a": {}}}}), "");
    schemas.read(&serde_json::json!({"A2": {ALWAYS: ["a", "c"], "properties": {"c": {}}}}), "");
    assert_eq!(schemas.unknown(), ["/A: b"]);
}
