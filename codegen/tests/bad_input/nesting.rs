//! Deeply nested values.

use codegen::Error;
use serde_json::{Map, Value, json};

use crate::support::{answering, generate, refusal, valid};

const DEEP: usize = 10_000;

/// How a schema holds the next one.
type Link = fn(Value) -> Value;

fn nested(open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(DEEP), close.repeat(DEEP))
}

/// One error, and not a screenful.
#[track_caller]
fn too_deep(text: &str, format: &str) {
    let error = generate(text.as_bytes()).unwrap_err();
    assert!(matches!(error, Error::Syntax { .. }), "{error}");
    let error = error.to_string();
    assert!(error.starts_with(&format!("the document is not well-formed {format} at /")), "{error}");
    // YAML's own parser looks ahead, and may be the first to refuse.
    let deep = ["values are nested more than 64 levels deep, as in no API document", "recursion limit exceeded"];
    assert!(deep.iter().any(|deep| error.contains(deep)), "{error}");
    assert!(error.len() < 1500, "{error}");
}

#[test]
fn json() {
    too_deep(&nested("[", "", "]"), "JSON");
    too_deep(&"[".repeat(DEEP), "JSON");
    too_deep(&nested("{\"a\":", "1", "}"), "JSON");
    too_deep(&nested("[{\"a\":", "1", "}]"), "JSON");
    let schema = nested("{\"type\": \"array\", \"items\": ", "{}", "}");
    too_deep(&format!(r#"{{"openapi": "3.0.0", "components": {{"schemas": {{"A": {schema}}}}}}}"#), "JSON");
}

#[test]
fn yaml() {
    too_deep(&format!("a: {}", nested("[", "", "]")), "YAML");
    too_deep(&format!("a: {}", nested("{a: ", "1", "}")), "YAML");
    too_deep(&"- ".repeat(DEEP), "YAML");
    too_deep(&format!("a: {}", nested("[{a: ", "1", "}]")), "YAML");
    let schema = nested("{type: array, items: ", "{}", "}");
    too_deep(&format!("openapi: 3.0.0\ncomponents: {{schemas: {{A: {schema}}}}}\n"), "YAML");
    let mut block = String::new();
    for level in 0..1000 {
        block.push_str(&format!("{}a:\n", " ".repeat(level)));
    }
    too_deep(&block, "YAML");
}

#[test]
fn what_is_just_deep_enough_is_read() {
    let links: [Link; 5] = [
        |inner| json!({"type": "array", "items": inner}),
        |inner| json!({"type": "object", "properties": {"x": inner}}),
        |inner| json!({"allOf": [inner], "nullable": true}),
        |inner| json!({"oneOf": [inner, {"type": "boolean"}]}),
        |inner| json!({"properties": {"x": inner}, "description": "no type"}),
    ];
    for link in links {
        for (end, is_valid) in [(json!({"type": "string"}), true), (json!({"type": ["string"]}), false)] {
            let nested = |depth: usize| (0..depth).fold(end.clone(), |inner, _| link(inner));
            let just = answering(&json!({"Thing": nested(15)}));
            if is_valid {
                valid(&just);
            } else {
                assert!(refusal(&just).contains("/type: invalid type: sequence, expected a string"));
            }
            let error = refusal(&answering(&json!({"Thing": nested(16)})));
            assert!(error.starts_with("/components/schemas/Thing/"), "{error}");
            let expected = ": a schema nested in 16 others cannot be generated; \
                            give it a name in components/schemas and refer to it";
            assert!(error.ends_with(expected), "{error}");
        }
    }
}

/// Schemas of which each refers to the next one.
fn chain(count: usize, link: impl Fn(Value) -> Value) -> Value {
    let mut schemas = Map::new();
    for index in 0..count {
        let name = if index == 0 { "Thing".to_owned() } else { format!("Link{index}x") };
        let next = format!("#/components/schemas/Link{}x", index + 1);
        schemas.insert(name, link(json!({"$ref": next})));
    }
    schemas.insert(format!("Link{count}x"), json!({"type": "string"}));
    answering(&Value::Object(schemas))
}

#[test]
fn references_that_lead_on_and_on() {
    let links: [(&str, Link); 7] = [
        ("array", |next| json!({"type": "array", "items": next})),
        ("map", |next| json!({"type": "object", "additionalProperties": next})),
        ("property", |next| json!({"type": "object", "properties": {"next": next}})),
        ("all of one", |next| json!({"allOf": [next]})),
        ("all of two", |next| json!({"allOf": [next, {"type": "object", "properties": {"a": {}}}]})),
        ("one of one", |next| json!({"oneOf": [next]})),
        ("one of two", |next| json!({"oneOf": [next, {"type": "boolean"}]})),
    ];
    for (what, link) in links {
        let error = refusal(&chain(DEEP, link));
        assert!(
            error.contains("schemas that refer to each other more than 64 deep cannot be generated"),
            "{what}: {error}"
        );
        assert!(error.starts_with("/components/schemas/Link"), "{what}: {error}");
        if what != "all of two" {
            valid(&chain(40, link));
        }
    }
    // A reference to a reference is no level of its own.
    valid(&chain(1000, |next| next));
}

#[test]
fn references_that_double_at_every_step() {
    let links: [Link; 4] = [
        |next| json!({"allOf": [next, next, {"type": "object", "properties": {"a": {"type": "string"}}}]}),
        |next| json!({"oneOf": [next, {"type": "array", "items": next}, {"type": "boolean"}]}),
        |next| json!({"type": "object", "properties": {"a": next, "b": next, "c": {"type": "array", "items": next}}}),
        |next| json!({"type": "object", "properties": {"a": {"oneOf": [next, {"type": "array", "items": next}]}}}),
    ];
    for link in links {
        let mut document = chain(30, link);
        document["components"]["schemas"]["Link30x"] =
            json!({"type": "object", "properties": {"end": {"type": "string"}}});
        valid(&document);
    }
}

#[test]
fn long_chains_of_deep_schemas() {
    // Each limit on its own is kept; together they would overflow the stack, or the compiler's patience.
    for (links, arrays) in [(60, 4), (20, 14), (10, 14)] {
        let document = |index: usize| {
            let next = format!("#/components/schemas/Link{}x", index + 1);
            (0..arrays).fold(json!({"$ref": next}), |inner, _| json!({"type": "array", "items": inner}))
        };
        let mut schemas = serde_json::Map::new();
        for index in 0..links {
            let name = if index == 0 { "Thing".to_owned() } else { format!("Link{index}x") };
            schemas.insert(name, document(index));
        }
        schemas.insert(format!("Link{links}x"), json!({"type": "string"}));
        let error = refusal(&answering(&Value::Object(schemas)));
        assert!(error.contains("schemas nested more than"), "{error}");
    }
}
