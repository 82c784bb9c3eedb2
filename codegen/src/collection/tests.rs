//! What documents may have, and Kimai's have not.

use serde_json::{Value, json};

use super::{http, postman};
use crate::api::{self, Api};
use crate::{Release, document};

/// The model of a document with this operation.
fn model(operation: &Value) -> Api {
    let document = json!({
        "openapi": "3.0.0", "info": {"title": "T", "version": "1"},
        "paths": {"/api/things/{id}": {"post": operation}},
    });
    let release: Release = "2.65.0".parse().unwrap();
    let document = document::load(document.to_string().as_bytes(), &release, &[]).unwrap();
    api::build(&document, &release).unwrap().0
}

/// An operation with these parameters besides the id, and this body.
fn operation(parameters: &[Value], body: &Value) -> Value {
    let mut all = vec![json!({"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}})];
    all.extend_from_slice(parameters);
    json!({
        "tags": ["Thing"], "parameters": all, "requestBody": {"required": true, "content": body},
        "responses": {"204": {"description": ""}},
    })
}

fn request(api: &Api) -> Value {
    let collection: Value = serde_json::from_str(&postman(api)).unwrap();
    collection["item"][0]["item"][0]["request"].clone()
}

/// A form with required properties, one of them a file, and an optional one.
fn form() -> Value {
    json!({"schema": {"type": "object", "required": ["file", "name"], "properties": {
        "file": {"type": "string", "format": "binary"}, "name": {"type": "string"}, "note": {"type": "string"},
    }}})
}

#[test]
fn a_form_in_parts_has_a_row_for_each_part() {
    let api = model(&operation(&[], &json!({"multipart/form-data": form()})));
    let rows = request(&api)["body"]["formdata"].clone();
    assert_eq!(
        rows,
        json!([
            {"key": "file", "type": "file", "src": null},
            {"key": "name", "type": "text", "value": "Example"},
            {"key": "note", "type": "text", "value": "Example", "disabled": true},
        ])
    );
    let text = http(&api);
    assert!(
        text.ends_with(
            "Content-Type: multipart/form-data; boundary=part-of-the-form\n\n\
             --part-of-the-form\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\n\n< ./file\n\
             --part-of-the-form\nContent-Disposition: form-data; name=\"name\"\n\nExample\n\
             --part-of-the-form--\n"
        ),
        "{text}"
    );
}

#[test]
fn a_form_in_a_line_has_a_row_for_each_property() {
    let form = json!({"schema": {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "note": {"type": "string"},
    }}});
    let api = model(&operation(&[], &json!({"application/x-www-form-urlencoded": form})));
    assert_eq!(
        request(&api)["body"],
        json!({"mode": "urlencoded", "urlencoded": [
            {"key": "name", "value": "Example"}, {"key": "note", "value": "Example", "disabled": true},
        ]})
    );
    let text = http(&api);
    assert!(text.ends_with("\nContent-Type: application/x-www-form-urlencoded\n\nname=Example\n"), "{text}");
}

#[test]
fn required_parameters_are_sent() {
    let parameters = [
        json!({"name": "kind", "in": "query", "required": true, "schema": {"type": "string", "enum": ["", "big"]}}),
        json!({"name": "X-Trace", "in": "header", "schema": {"type": "string"}}),
        json!({"name": "session", "in": "cookie", "required": true, "schema": {"type": "string"}}),
        json!({"name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": {
            "type": "object", "required": ["from"], "properties": {"from": {"type": "integer"}},
        }}),
    ];
    let text_body = json!({"text/plain": {"schema": {"type": "string"}}});
    let api = model(&operation(&parameters, &text_body));
    let request = request(&api);
    assert_eq!(request["url"]["raw"], "{{baseUrl}}/api/things/:id?kind=big");
    assert_eq!(request["url"]["query"][1], json!({"key": "kind", "value": "big", "description": "One of `big`."}));
    assert_eq!(request["url"]["query"][0], json!({"key": "filter[from]", "value": "1", "disabled": true}));
    assert_eq!(
        request["header"],
        json!([
            {"key": "Accept", "value": "application/json"},
            {"key": "Content-Type", "value": "text/plain"},
            {"key": "X-Trace", "value": "Example", "disabled": true},
            {"key": "Cookie", "value": "session=Example"},
        ])
    );
    let text = http(&api);
    assert!(text.contains("\nPOST {{baseUrl}}/api/things/1?kind=big\nAuthorization: "), "{text}");
    assert!(text.contains("\nCookie: session=Example\n") && !text.contains("\nX-Trace"), "{text}");
}
