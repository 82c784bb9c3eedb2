//! What is true of the collections of all releases.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{SPREAD, collection, requests};
use crate::support::{Copy, repository};

/// The operations of a snapshot, with `{}` in place of parameters.
fn operations(release: &str) -> BTreeSet<String> {
    let path = repository().join(format!("specs/{release}.json"));
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path: Vec<&str> =
            path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect();
        for method in item.as_object().unwrap().keys() {
            operations.insert(format!("{} {}", method.to_uppercase(), path.join("/")));
        }
    }
    operations
}

#[test]
fn each_operation_is_in_exactly_one_folder() {
    let copy = Copy::with_all_snapshots();
    for release in SPREAD {
        let collection = collection(&copy, release);
        let mut found = BTreeSet::new();
        for (_, item) in requests(&collection) {
            let segments = item["request"]["url"]["path"].as_array().unwrap().iter();
            let path: Vec<&str> = segments
                .map(|segment| segment.as_str().unwrap())
                .map(|segment| if segment.starts_with(':') { "{}" } else { segment })
                .collect();
            let operation = format!("{} /{}", item["request"]["method"].as_str().unwrap(), path.join("/"));
            assert!(found.insert(operation.clone()), "{release}: {operation} is there twice");
        }
        assert_eq!(found, operations(release), "{release}");
    }
}

#[test]
fn each_parameter_of_a_path_has_a_value() {
    let copy = Copy::with_all_snapshots();
    for release in SPREAD {
        let collection = collection(&copy, release);
        for (_, item) in requests(&collection) {
            let url = &item["request"]["url"];
            let path = url["path"].as_array().unwrap().iter().map(|segment| segment.as_str().unwrap());
            let in_path: Vec<&str> = path.filter_map(|segment| segment.strip_prefix(':')).collect();
            let variables = url["variable"].as_array().into_iter().flatten();
            let with_value = variables.filter(|variable| !variable["value"].as_str().unwrap().is_empty());
            let named: Vec<&str> = with_value.map(|variable| variable["key"].as_str().unwrap()).collect();
            assert_eq!(in_path, named, "{release}: {}", item["name"]);
        }
    }
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let copy = Copy::with_all_snapshots();
    for release in ["1.0", "2.65.0"] {
        let arguments = ["postman", "--release", release];
        assert_eq!(copy.ok(&arguments), copy.ok(&arguments));
    }
}

#[test]
fn no_text_refers_to_the_rust_client() {
    let copy = Copy::with_all_snapshots();
    for release in SPREAD {
        let text = copy.ok(&["postman", "--release", release]);
        for word in ["crate::", "().", "`None`", "`Some"] {
            assert!(!text.contains(word), "{release}: {word}");
        }
    }
}
