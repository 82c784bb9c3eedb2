//! Schemas that contain themselves.

use serde_json::{Value, json};

use crate::support::{answering, document, exchanging, in_query, refusal, text, valid, with_parameters};

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn references_in_a_circle() {
    let place = "/paths/~1api~1things/get/responses/200/content/application~1json/schema";
    let schemas = "#/components/schemas";
    assert_eq!(
        refusal(&answering(&json!({"Thing": to("Thing")}))),
        format!("{place}: circular reference: {schemas}/Thing → {schemas}/Thing")
    );
    assert_eq!(
        refusal(&answering(&json!({"Thing": to("A"), "A": to("B"), "B": to("A")}))),
        format!("{place}: circular reference: {schemas}/Thing → {schemas}/A → {schemas}/B → {schemas}/A")
    );
    let inside = json!({"type": "object", "properties": {"a": to("A")}});
    assert_eq!(
        refusal(&answering(&json!({"Thing": inside, "A": to("B"), "B": to("A")}))),
        format!(
            "/components/schemas/Thing/properties/a: circular reference: \
             {schemas}/A → {schemas}/B → {schemas}/A"
        )
    );
}

#[test]
fn references_to_other_things_in_a_circle() {
    for (section, paths, place) in [
        (
            "parameters",
            json!({"get": {"parameters": [in_query("x"), {"$ref": "#/components/parameters/A"}], "responses": {}}}),
            "get/parameters/1",
        ),
        (
            "requestBodies",
            json!({"post": {"requestBody": {"$ref": "#/components/requestBodies/A"}, "responses": {}}}),
            "post/requestBody",
        ),
        (
            "responses",
            json!({"get": {"responses": {"200": {"$ref": "#/components/responses/A"}}}}),
            "get/responses/200",
        ),
    ] {
        let [a, b] = ["A", "B"].map(|name| format!("#/components/{section}/{name}"));
        let wrong = document(&json!({"/api/x": paths}), &json!({section: {"A": {"$ref": b}, "B": {"$ref": a}}}));
        let expected = format!("/paths/~1api~1x/{place}: circular reference: {a} → {b} → {a}");
        assert_eq!(refusal(&wrong), expected);
    }
}

/// Schemas which hold themselves with nothing in between: no type can be that.
#[test]
fn nothing_but_itself() {
    let place = "/components/schemas";
    let circle = |place: &str, names: &[&str]| {
        let chain: Vec<String> = names.iter().map(|name| format!("#/components/schemas/{name}")).collect();
        format!("{place}: circular reference: {}", chain.join(" → "))
    };
    let described = json!({"$ref": "#/components/schemas/Thing", "description": "itself"});
    for (schema, inner) in [
        (described, "allOf/0"),
        (json!({"allOf": [to("Thing")]}), "allOf/0"),
        (json!({"oneOf": [to("Thing")]}), "oneOf/0"),
        (json!({"anyOf": [to("Thing")]}), "anyOf/0"),
        (json!({"type": "array", "items": to("Thing")}), "items"),
        (json!({"type": "object", "additionalProperties": to("Thing")}), "additionalProperties"),
        (json!({"allOf": [to("Thing"), {"type": "object", "properties": {"a": {}}}]}), "allOf/0"),
        (
            json!({"allOf": [{"type": "object", "properties": {"a": {}}}, {"allOf": [to("Thing"), to("Thing")]}]}),
            "allOf/1/allOf/0",
        ),
    ] {
        let expected = circle(&format!("{place}/Thing/{inner}"), &["Thing", "Thing"]);
        assert_eq!(refusal(&answering(&json!({"Thing": schema}))), expected, "{schema}");
    }
    let longer = json!({
        "Thing": {"type": "array", "items": to("A")},
        "A": {"allOf": [to("B")]},
        "B": {"type": "object", "additionalProperties": {"type": "array", "items": to("A")}},
    });
    assert_eq!(
        refusal(&answering(&longer)),
        circle("/components/schemas/B/additionalProperties/items", &["A", "B", "A"])
    );
    let two = json!({
        "Thing": {"allOf": [to("A"), {"type": "object", "properties": {"a": {}}}]},
        "A": {"allOf": [to("Thing"), {"type": "object", "properties": {"b": {}}}]},
    });
    assert_eq!(refusal(&answering(&two)), circle("/components/schemas/A/allOf/0", &["Thing", "A", "Thing"]));
    let parameter =
        json!([{"in": "query", "name": "a", "schema": {"$ref": "#/components/schemas/A", "nullable": true}}]);
    let mut looped = with_parameters("/api/a", &parameter);
    looped["components"] = json!({"schemas": {"A": {"allOf": [to("A")]}}});
    let error = refusal(&looped);
    assert!(error.starts_with("/components/schemas/A"), "{error}");
}

#[test]
fn objects_that_contain_themselves() {
    for (what, properties, boxed) in [
        ("directly", json!({"a": to("Thing")}), true),
        ("with a description", json!({"a": {"allOf": [to("Thing")], "description": "x", "nullable": true}}), true),
        ("in a list", json!({"a": {"type": "array", "items": to("Thing")}}), false),
        ("in a map", json!({"a": {"type": "object", "additionalProperties": to("Thing")}}), false),
        ("through another", json!({"a": to("Other")}), true),
        ("through an alternative", json!({"a": {"oneOf": [to("Thing"), {"type": "string"}]}}), false),
    ] {
        for required in [json!([]), json!(["a"])] {
            let schemas = json!({
                "Thing": {"type": "object", "properties": properties, "required": required},
                "Other": {"type": "object", "properties": {"b": to("Thing"), "c": {"type": "string"}}},
            });
            let code = text(&valid(&exchanging(&schemas)));
            assert_eq!(code.contains("pub a: Option<Box<"), boxed, "{what}: {code}");
        }
    }
}

#[test]
fn all_of_that_leads_back_through_a_property() {
    let schemas = json!({
        "Thing": {"allOf": [to("Base"), {"type": "object", "properties": {"parent": to("Thing"), "all": {"type": "array", "items": to("Base")}}}]},
        "Base": {"type": "object", "properties": {"owner": to("Thing"), "name": {"type": "string"}}},
    });
    let code = text(&valid(&exchanging(&schemas)));
    assert!(code.contains("pub parent: Option<Box<Thing>>"), "{code}");
}

#[test]
fn alternatives_that_contain_themselves() {
    let schemas = json!({"Thing": {"oneOf": [{"type": "string"}, {"type": "array", "items": to("Thing")}]}});
    let code = text(&valid(&answering(&schemas)));
    assert!(code.contains("pub enum Thing"), "{code}");
    assert!(code.contains("Vec<Thing>"), "{code}");
    let schemas = json!({"Thing": {"oneOf": [{"type": "string"}, to("Thing")]}});
    let error = refusal(&answering(&schemas));
    assert!(error.starts_with("/components/schemas/Thing/oneOf/1: circular reference: "), "{error}");
}

/// A required property of the type itself: no such value exists, but the code is valid.
#[test]
fn objects_that_need_themselves() {
    let schemas = json!({"Thing": {"type": "object", "required": ["a"], "properties": {"a": to("Thing")}}});
    assert!(text(&valid(&exchanging(&schemas))).contains("Box<"));
}
