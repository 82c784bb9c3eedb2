//! What operations declare besides their parameters, bodies and successful responses.

use codegen::diff::{Change, compare};
use serde_json::{Value, json};

fn told(old: &Value, new: &Value) -> Vec<String> {
    let quiet = |change: &Change| if change.is_quiet() { " (quiet)" } else { "" };
    let text = |change: &Change| {
        format!("{}{} {}: {}", change.severity().as_str(), quiet(change), change.id(), change.message())
    };
    compare(old, new).iter().map(text).collect()
}

/// Two operations of one path.
fn document(root: &Value, path: &Value, operation: &Value) -> Value {
    let mut document = json!({"servers": root, "paths": {"/api/a": {
        "servers": path,
        "get": {"responses": {"204": {}}, "servers": operation},
        "put": {"responses": {"204": {}}},
    }}});
    for pointer in ["", "/paths/~1api~1a", "/paths/~1api~1a/get"] {
        let object = document.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        object.retain(|name, value| name != "servers" || !value.is_null());
    }
    document
}

#[test]
fn the_innermost_servers_count() {
    let none = Value::Null;
    let servers = |urls: &[&str]| -> Value { urls.iter().map(|url| json!({"url": url})).collect() };
    let (one, other) = (servers(&["https://a.example.com"]), servers(&["https://b.example.com"]));
    let changed = "operation-servers-changed";
    let urls = "https://a.example.com → https://b.example.com";
    assert_eq!(
        told(&document(&one, &none, &none), &document(&other, &none, &none)),
        [format!("warning {changed}: 2 operations use different servers: {urls}")]
    );
    assert_eq!(
        told(&document(&one, &none, &one), &document(&other, &none, &one)),
        [format!("warning {changed}: PUT /api/a uses different servers: {urls}")]
    );
    assert_eq!(told(&document(&one, &one, &none), &document(&other, &one, &none)), [""; 0]);
    // The order says nothing, and without servers, requests go to the one that has the document.
    let (ab, ba) = (servers(&["/a", "/b"]), servers(&["/b", "/a"]));
    assert_eq!(told(&document(&ab, &none, &none), &document(&ba, &none, &none)), [""; 0]);
    assert_eq!(told(&document(&none, &json!([]), &none), &document(&servers(&["/"]), &none, &none)), [""; 0]);
    let host = |default: &str| json!([{"url": "https://{host}", "variables": {"host": {"default": default, "enum": ["a", "b"]}}}]);
    assert_eq!(
        told(&document(&host("a"), &none, &none), &document(&host("b"), &none, &none)),
        [format!(
            "warning {changed}: 2 operations use different servers: https://{{host}} (host: a or b) → \
             https://{{host}} (host: b or a)"
        )]
    );
}

#[test]
fn errors_are_compared_by_status_and_listed_on_request() {
    let content = |name: &str, ty: &str| {
        let schema = json!({"type": "object", "properties": {name: {"type": ty}}});
        json!({"content": {"application/json": {"schema": schema}}})
    };
    let document = |errors: Value, schema: Value| {
        let operation = |errors: &Value| {
            let mut responses = errors.clone();
            responses["204"] = json!({});
            json!({ "responses": responses })
        };
        json!({
            "paths": {"/api/a": {"get": operation(&errors), "put": operation(&errors)}},
            "components": {"schemas": {"Error": schema}},
        })
    };
    let error = |ty: &str| json!({"type": "object", "properties": {"code": {"type": ty}}});
    let to = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}});
    let old = document(json!({"404": to, "default": to}), error("string"));
    assert_eq!(
        told(&old, &document(json!({"404": to, "default": to}), error("integer"))),
        [
            "info (quiet) error-response-content-changed: an error response of 2 operations has different content: 404",
            "info (quiet) error-response-content-changed: an error response of 2 operations has different content: default",
        ]
    );
    assert_eq!(
        told(&old, &document(json!({"404": to, "409": {}}), error("string"))),
        [
            "info (quiet) error-response-added: an error response of 2 operations was added: 409",
            "info (quiet) error-response-removed: an error response of 2 operations was removed: default",
        ]
    );
    // A schema in place of a reference is the same, and so is another description.
    let (plain, mut other) = (content("code", "string"), content("code", "string"));
    other["description"] = json!("another text");
    assert_eq!(told(&old, &document(json!({"404": plain, "default": other}), json!({}))), [""; 0]);
}

#[test]
fn operation_ids_and_tags_are_listed_on_request() {
    let document = |id: &str, tags: &[&str]| json!({"paths": {"/api/a": {"get": {"operationId": id, "tags": tags, "responses": {"204": {}}}}}});
    assert_eq!(
        told(&document("a", &["x", "y"]), &document("b", &["y", "z"])),
        [
            "info (quiet) operation-id-changed: GET /api/a has a different operation id: a → b",
            "info (quiet) operation-tags-changed: GET /api/a has different tags: x, y → y, z",
        ]
    );
    assert_eq!(told(&document("a", &["x", "y"]), &document("a", &["y", "x"])), [""; 0]);
}

#[test]
fn values_of_a_path_are_written_in_three_ways() {
    let document = |style: &str, ty: &str| {
        let parameter = json!({"in": "path", "name": "id", "required": true, "style": style, "schema": {"type": ty}});
        json!({"paths": {"/api/{id}": {"get": {"parameters": [parameter], "responses": {"204": {}}}}}})
    };
    let changed = "breaking path-parameter-style-changed: {id} is written differently";
    for ty in ["string", "array"] {
        assert_eq!(
            told(&document("simple", ty), &document("matrix", ty)),
            [format!("{changed}: as it is → after a semicolon and the name")]
        );
        assert_eq!(
            told(&document("label", ty), &document("simple", ty)),
            [format!("{changed}: after a dot → as it is")]
        );
    }
}
