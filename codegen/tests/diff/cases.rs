//! Cases that a document of real releases does not show by itself.

use codegen::diff::{Severity, compare};
use serde_json::{Value, json};

fn about(old: &Value, new: &Value) -> Vec<(String, Severity, String)> {
    compare(old, new).into_iter().map(|change| (change.id(), change.severity(), change.message())).collect()
}

/// An operation with this security, in a document with two authentication methods.
fn secured(security: &Value) -> Value {
    let scheme = |name: &str| json!({"type": "apiKey", "in": "header", "name": name});
    json!({
        "paths": {"/api/a": {"get": {"security": security, "responses": {"204": {}}}, "put": {
            "security": [{"user": [], "token": []}], "responses": {"204": {}},
        }}},
        "components": {"securitySchemes": {"user": scheme("X-USER"), "token": scheme("X-TOKEN")}},
    })
}

#[test]
fn credentials_that_are_asked_for_beside_others_break_calls() {
    let found = about(&secured(&json!([{"user": []}])), &secured(&json!([{"user": [], "token": []}])));
    let message = "GET /api/a accepts different credentials: header X-USER → header X-TOKEN and header X-USER";
    assert_eq!(found, [("operation-authentication-changed".to_owned(), Severity::Breaking, message.to_owned())]);
}

/// One parameter, before and after.
fn of_parameter(old: &Value, new: &Value) -> Vec<(String, Severity, String)> {
    let document = |parameter: &Value| json!({"paths": {"/api/a": {"get": {"parameters": [parameter], "responses": {"204": {}}}}}});
    about(&document(old), &document(new))
}

#[test]
fn parameters_are_texts_whatever_their_type() {
    let parameter = |schema: Value| json!({"in": "query", "name": "visible", "schema": schema});
    let numbers = parameter(json!({"type": "string", "pattern": "\\d+"}));
    let some = parameter(json!({"type": "string", "pattern": "1|2|3"}));
    assert_eq!(of_parameter(&numbers, &parameter(json!({"type": "integer"}))), [] as [(String, Severity, String); 0]);
    for narrowed in [&some, &parameter(json!({"type": "string", "enum": ["1", "2", "3"]}))] {
        let found = of_parameter(&numbers, narrowed);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "request-parameter-value-removed");
    }
    let found = of_parameter(&numbers, &some);
    assert_eq!(found[0].2, "a value of ?visible was removed: \\d+ → 1, 2, 3");
    let found = of_parameter(&parameter(json!({"type": "integer"})), &some);
    assert_eq!(found[0].2, "a value of ?visible was removed: any → 1, 2, 3");
    let found = of_parameter(&parameter(json!({"type": "integer"})), &parameter(json!({"type": "string"})));
    assert_eq!(found[0].0, "request-parameter-type-widened");
    // Wider types of values break no client.
    let found = of_parameter(&numbers, &parameter(json!({"type": "string"})));
    assert_eq!(found[0].1, Severity::Warning);
}

#[test]
fn a_renamed_parameter_is_compared_further() {
    let old = json!({"in": "query", "name": "order", "schema": {"type": "string"}});
    let new = json!({"in": "query", "name": "order[]", "required": true, "schema": {"type": "string", "enum": ["a"]}});
    let ids: Vec<String> = of_parameter(&old, &new).into_iter().map(|(id, ..)| id).collect();
    assert_eq!(
        ids,
        ["request-parameter-became-required", "request-parameter-renamed", "request-parameter-value-removed"]
    );
}

/// Names may have anything in them; what only looks like a property is none.
#[test]
fn dots_in_names_join_nothing() {
    let answers = |schema: Value| json!({"200": {"content": {"application/json": {"schema": schema}}}});
    let object = |properties: Value| json!({"type": "object", "properties": properties});
    let old = json!({"paths": {
        "/api/a.json": {"get": {"responses": {"204": {}}}},
        "/api/b.json": {"get": {"responses": {"204": {}}}},
        "/api/c": {"get": {"responses": answers(object(json!({"x.name": {"type": "string"}, "y.name": {"type": "string"}})))}},
    }});
    let new = json!({"paths": {"/api/c": {"get": {"responses": answers(object(json!({})))}}}});
    let subjects: Vec<String> = compare(&old, &new).into_iter().map(|change| change.subject()).collect();
    assert_eq!(subjects, ["GET /api/a.json", "GET /api/b.json", "GET /api/c 200.'x.name'", "GET /api/c 200.'y.name'"]);
}
