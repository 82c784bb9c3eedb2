//! The example bodies against the schemas of their release.

use std::fs;

use codegen::document::{self, Overlay};
use jsonschema::Draft;
use serde_json::{Value, json};

use super::{SPREAD, collection, requests};
use crate::support::{Copy, repository};

/// The corrected document of a release.
fn corrected(release: &str) -> Value {
    let specs = repository().join("specs");
    let mut overlays: Vec<_> =
        fs::read_dir(specs.join("overlays")).unwrap().map(|entry| entry.unwrap().path()).collect();
    overlays.sort();
    let overlays: Vec<Overlay> = overlays
        .iter()
        .map(|path| Overlay::parse(&path.display().to_string(), &fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    let bytes = fs::read(specs.join(format!("{release}.json"))).unwrap();
    document::load(&bytes, &release.parse().unwrap(), &overlays).unwrap().value().clone()
}

/// The path of the document which a request of the collection has.
fn template<'a>(document: &'a Value, request: &Value) -> &'a str {
    let segments: Vec<&str> =
        request["url"]["path"].as_array().unwrap().iter().map(|segment| segment.as_str().unwrap()).collect();
    let is_same = |path: &&String| {
        let others: Vec<&str> = path.split('/').skip(1).collect();
        others.len() == segments.len()
            && others.iter().zip(&segments).all(|(a, b)| a == b || (a.starts_with('{') && b.starts_with(':')))
    };
    document["paths"].as_object().unwrap().keys().find(is_same).unwrap()
}

/// The schema of a body. Servers refuse properties that they do not know. The document requires properties of changes
/// although servers do not.
fn schema(document: &Value, method: &str, path: &str) -> Value {
    let operation = &document["paths"][path][method.to_lowercase()];
    let mut schema = operation["requestBody"]["content"]["application/json"]["schema"].clone();
    let mut components = document["components"].clone();
    let name = schema["$ref"].as_str().map(|reference| reference.rsplit('/').next().unwrap().to_owned());
    let form = match name {
        Some(name) => &mut components["schemas"][&name],
        None => &mut schema,
    };
    if let Some(form) = form.as_object_mut() {
        if form.contains_key("properties") {
            form.insert("additionalProperties".to_owned(), json!(false));
        }
        if method == "PATCH" {
            form.remove("required");
        }
    }
    json!({"allOf": [schema], "components": components})
}

#[test]
fn each_example_is_accepted_by_the_schema_of_its_release() {
    let copy = Copy::with_all_snapshots();
    let mut checked = 0;
    for release in SPREAD {
        let document = corrected(release);
        let collection = collection(&copy, release);
        for (_, item) in requests(&collection) {
            let request = &item["request"];
            let Some(raw) = request["body"]["raw"].as_str() else { continue };
            let body: Value = serde_json::from_str(raw).unwrap();
            let method = request["method"].as_str().unwrap();
            let path = template(&document, request);
            let schema = schema(&document, method, path);
            // Kimai's times are local, without the offset that the format `date-time` requires.
            let options = jsonschema::options().with_draft(Draft::Draft4).should_validate_formats(false);
            let validator = options.build(&schema).unwrap_or_else(|error| panic!("{release} {method} {path}: {error}"));
            let problems: Vec<String> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
            assert!(problems.is_empty(), "{release} {method} {path} {body}: {}", problems.join("; "));
            if let Value::Object(mut wrong) = body {
                wrong.insert("unknown".to_owned(), json!(1));
                assert!(!validator.is_valid(&Value::Object(wrong)), "{release} {method} {path} accepts anything");
            }
            checked += 1;
        }
    }
    assert_eq!(checked, 190);
}

#[test]
fn a_form_has_what_is_required_and_a_change_has_one_property() {
    let copy = Copy::with_all_snapshots();
    let newest = collection(&copy, "2.65.0");
    let body = |name: &str| -> Value {
        serde_json::from_str(super::request(&newest, name)["body"]["raw"].as_str().unwrap()).unwrap()
    };
    assert_eq!(
        body("Creates a time record and returns it with its price and duration"),
        json!({"activity": 1, "project": 1})
    );
    // Servers read the absence of these three as no.
    assert_eq!(
        body("Creates a project"),
        json!({"billable": true, "customer": 1, "globalActivities": true, "name": "Example", "visible": true})
    );
    assert_eq!(body("Changes a time record and returns it"), json!({"description": "Example"}));
    assert_eq!(body("Changes a user and returns the user"), json!({"title": "Example"}));
    assert_eq!(body("Creates a team with its members"), json!({"members": [{"user": 1}], "name": "Example"}));
}
