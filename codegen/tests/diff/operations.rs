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

/// Only operations that return nothing but status 410 are gone.
#[test]
fn an_operation_without_responses_is_there() {
    let document = |responses: &Value| json!({"paths": {"/api/a": {"get": {"responses": responses}}}});
    let [none, gone, some] = [json!({}), json!({"410": {}}), json!({"204": {}})].map(|one| document(&one));
    let ids = |old: &Value, new: &Value| compare(old, new).iter().map(Change::id).collect::<Vec<String>>();
    assert_eq!(ids(&gone, &none), ["operation-added"]);
    assert_eq!(ids(&none, &gone), ["operation-removed"]);
    assert_eq!(ids(&gone, &some), ["operation-added"]);
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

/// The pointers of each change, in the old and in the new document.
fn declared(old: &Value, new: &Value) -> Vec<(String, [Vec<String>; 2])> {
    let changes = compare(old, new);
    let pointers = |change: &Change| change.pointers.each_ref().map(|side| side.iter().cloned().collect());
    changes.iter().map(|change| (change.id(), pointers(change))).collect()
}

#[test]
fn a_change_names_all_its_places_in_both_documents() {
    let document = |status: &str, name: &str, ty: &str| {
        let to = json!({"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}});
        let other = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Other"}}}});
        let object = json!({"type": "object", "properties": {"a": {"type": ty}}});
        json!({
            "paths": {"/x": {"get": {"responses": {status: to}}, "put": {"responses": {"200": other}}}},
            "components": {"schemas": {name: object, "Other": object}},
        })
    };
    let old = document("200", "Thing", "string");
    let one = |id: &str, old: &[&str], new: &[&str]| {
        let owned = |side: &[&str]| side.iter().map(|pointer| (*pointer).to_owned()).collect::<Vec<_>>();
        [(id.to_owned(), [owned(old), owned(new)])]
    };
    let responses = "/paths/~1x/get/responses";
    assert_eq!(
        declared(&old, &document("201", "Thing", "string")),
        one("response-status-changed", &[&format!("{responses}/200")], &[&format!("{responses}/201")])
    );
    // One change for the properties of both types.
    let places = ["/components/schemas/Other/properties/a", "/components/schemas/Thing/properties/a"];
    assert_eq!(
        declared(&old, &document("200", "Thing", "integer")),
        one("response-property-type-changed", &places, &places)
    );
}

#[test]
fn parameters_that_become_required_are_changes_of_their_own() {
    let document = |required: bool| {
        let query =
            |name: &str| json!({"in": "query", "name": name, "required": required, "schema": {"type": "string"}});
        json!({"paths": {"/api/a": {"get": {"parameters": [query("a"), query("b")], "responses": {"204": {}}}}}})
    };
    assert_eq!(
        told(&document(false), &document(true)),
        [
            "breaking request-parameter-became-required: ?a is now required",
            "breaking request-parameter-became-required: ?b is now required",
        ]
    );
}

#[test]
fn a_change_of_requests_and_responses_is_told_of_requests() {
    let document = |ty: &str| {
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}});
        json!({
            "paths": {"/x": {"post": {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}}},
            "components": {"schemas": {"Thing": {"type": "object", "properties": {"a": {"type": ty}}}}},
        })
    };
    assert_eq!(
        told(&document("string"), &document("integer")),
        ["breaking request-property-type-changed: Thing.a has a different type: string → integer"]
    );
}
