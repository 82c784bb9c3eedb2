//! A whole document in which one value is something else.

use codegen::Error;
use codegen::document::load;
use codegen::history::History;
use codegen::{api, rust};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{release, snapshot};

/// The pointers of all values, the document itself included.
pub(crate) fn pointers(value: &Value, pointer: &str, all: &mut Vec<String>) {
    all.push(pointer.to_owned());
    match value {
        Value::Object(object) => {
            for (key, member) in object {
                pointers(member, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Value::Array(array) => {
            for (index, element) in array.iter().enumerate() {
                pointers(element, &format!("{pointer}/{index}"), all);
            }
        }
        _ => {}
    }
}

pub(crate) fn other_values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        Just(json!(0)),
        Just(json!(-1)),
        Just(json!(1.5)),
        Just(json!("")),
        Just(json!("text")),
        Just(json!([])),
        Just(json!([1])),
        Just(json!(["a", "a"])),
        Just(json!({})),
        Just(json!({"": {}})),
        Just(json!({"$ref": 1})),
        Just(json!({"$ref": "#/components/schemas/User"})),
        Just(json!({"$ref": "#/nowhere"})),
        Just(json!({"type": "object", "properties": {"a": {"$ref": "#/components/schemas/User"}}})),
    ]
}

fn attempt(document: &Value) -> Result<rust::Files, Error> {
    let document = load(document.to_string().as_bytes(), &release(), &[])?;
    rust::generate(&api::build(&document, &release())?.0, &History::default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_value_is_something_else(place: prop::sample::Index, value in other_values()) {
        let mut document: Value = serde_json::from_str(&snapshot()).unwrap();
        let mut places = Vec::new();
        pointers(&document, "", &mut places);
        let place = place.get(&places);
        *document.pointer_mut(place).unwrap() = value;
        match attempt(&document) {
            Ok(files) => {
                for (path, text) in files {
                    prop_assert!(syn::parse_file(&text).is_ok(), "{place}: {path} is no Rust");
                }
            }
            Err(Error::Malformed { pointer, problem }) => {
                let pointer = pointer.as_str();
                prop_assert!(document.pointer(pointer).is_some(), "{place}: {pointer}: {problem}");
                prop_assert!(near(pointer, place), "{place}: the error is at {pointer}: {problem}");
            }
            Err(Error::InvalidCode { file, problem }) => prop_assert!(false, "{place}: {file}: {problem}"),
            Err(_) => {}
        }
    }
}

/// Whether the value of which the error speaks holds the changed place, or is a part of it, not the whole document.
fn near(pointer: &str, place: &str) -> bool {
    let within = |inner: &str, outer: &str| inner == outer || inner.starts_with(&format!("{outer}/"));
    let depth = place.split('/').count().saturating_sub(1);
    let far = depth.saturating_sub(pointer.split('/').count() - 1) > 3;
    (within(place, pointer) && !far) || within(pointer, place)
}
