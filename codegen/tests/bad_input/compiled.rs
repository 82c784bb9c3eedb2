//! The ugliest documents, compiled for good.

use serde_json::{Map, Value, json};

use crate::names::{UGLY, operations};
use crate::support::compile::compiles;
use crate::support::{document, in_query, json_of, reference, valid, with_parameters};

/// Everything that is hard to name, in one document.
fn ugly() -> Value {
    let names = || UGLY.iter().filter(|name| !name.contains(['/', '{']) && **name != "form_");
    let paths: Vec<String> = names().map(|name| format!("/api/{name}")).collect();
    let mut ugly = operations(&paths);
    for name in names() {
        let answer = json_of(&json!({"type": "string"}));
        ugly["paths"][format!("/api/x/{name}")] = json!({"get": {"responses": {"200": answer}}});
    }
    let plain: Map<_, _> = UGLY.iter().map(|name| ((*name).to_owned(), json!({"type": "string"}))).collect();
    let strings = json!({"type": "object", "properties": plain, "additionalProperties": {"type": "integer"}});
    let mut required = strings.clone();
    required["required"] = json!(UGLY);
    let values: Vec<&str> =
        UGLY.iter().copied().chain(["", "Self", "unknown", "a", "A", "\r\u{202e}", "1.2", "12"]).collect();
    let mut schemas = json!({
        "Thing": strings,
        "Required": required,
        "Values": {"type": "string", "enum": values, "description": "*/ ``` [x] \u{202e}"},
        "Node": {"type": "object", "required": ["next"], "properties": {
            "next": reference("Node"),
            "all": {"type": "array", "items": reference("Node")},
            "other": {"oneOf": [reference("Node"), reference("Thing"), {"type": "string"}, {"type": "string"}]},
            "value": reference("Values"),
            "tree": reference("Tree"),
        }},
        "Tree": {"allOf": [reference("Base"), {"type": "object", "required": ["up"], "properties": {
            "up": reference("Tree"),
            "down": {"type": "array", "items": reference("Base")},
        }}]},
        "Base": {"type": "object", "properties": {"tree": reference("Tree"), "name": {"type": "string"}}},
        "List": {"oneOf": [{"type": "string"}, {"type": "array", "items": reference("List")}]},
    });
    for name in ["Self", "Option", "Vec", "From", "Copy", "Clone", "D", "Iterator", "Sized", "Send", "Debug", "Value"] {
        schemas[name] = json!({"type": "object", "properties": {"a": {"type": "string"}, "b": reference("Values")}});
        schemas["Node"]["properties"][name] = json!({"oneOf": [reference(name), reference("Thing")]});
    }
    ugly["components"] = json!({"schemas": schemas});
    let parameters: Vec<Value> = names().map(|name| in_query(name)).collect();
    for (path, schema) in [("/api/a1", "Thing"), ("/api/a2", "Required"), ("/api/a3", "Node"), ("/api/a4", "List")] {
        let body = json_of(&reference(schema));
        let id = json!({"in": "path", "name": "self", "required": true, "schema": {"type": "string"}});
        ugly["paths"][path] = json!({
            "get": {"parameters": parameters, "responses": {"200": body}},
            "post": {"requestBody": body, "responses": {"200": body}},
        });
        ugly["paths"][format!("{path}/{{self}}")] = json!({
            "parameters": [id],
            "patch": {"requestBody": body, "parameters": parameters, "responses": {"200": body}},
            "get": {"responses": {"200": json_of(&json!({"type": "array", "items": reference(schema)}))}},
        });
    }
    ugly
}

#[test]
fn everything_ugly_at_once() {
    compiles(&valid(&ugly()));
}

#[test]
fn almost_nothing() {
    compiles(&valid(&document(&json!({}), &json!({}))));
}

#[test]
fn lists_with_every_separator() {
    let mut parameters = Vec::new();
    for style in ["form", "spaceDelimited", "pipeDelimited"] {
        for items in
            [json!({"type": "boolean"}), json!({"type": "integer"}), json!({"type": "string", "format": "date"})]
        {
            for required in [false, true] {
                let schema = json!({"type": "array", "items": items});
                let name = format!("list{}", parameters.len());
                parameters.push(json!({"in": "query", "name": name, "style": style, "explode": false, "required": required, "schema": schema}));
            }
        }
    }
    compiles(&valid(&with_parameters("/api/gadgets", &json!(parameters))));
}
