//! Documents that violate OpenAPI 3.0, or use what the client does not support.

use serde_json::{Value, json};

use crate::support::{
    answering, document, in_path, in_query, json_of, reference, refusal, refusal_of_bytes, valid, with_parameters,
};

/// A document whose only operation is this one.
fn operation(operation: &Value) -> Value {
    document(&json!({"/api/things": {"post": operation}}), &json!({}))
}

#[track_caller]
fn refused(document: &Value, expected: &str) {
    assert_eq!(refusal(document), expected);
}

#[test]
fn what_is_missing() {
    refused(&json!({"openapi": "3.0.0"}), "/ (the whole document): missing field `paths`");
    refused(&operation(&json!({})), "/paths/~1api~1things/post: missing field `responses`");
    refused(
        &with_parameters("/api/things", &json!([{"in": "query", "name": "a"}])),
        "/paths/~1api~1things/get/parameters/0: 'schema' is expected here, to declare the type",
    );
    refused(
        &with_parameters("/api/things", &json!([{"in": "query", "schema": {}}])),
        "/paths/~1api~1things/get/parameters/0: missing field `name`",
    );
    valid(&document(&json!({}), &json!({})));
    valid(&json!({"openapi": "3.0.0", "paths": {}}));
    valid(&operation(&json!({"responses": {}})));
    valid(&operation(&json!({"requestBody": {}, "responses": {}})));
    valid(&operation(&json!({"responses": {"200": {}}})));
    valid(&operation(&json!({"requestBody": {"content": {}}, "responses": {"default": {}}})));
    valid(&operation(&json!({"requestBody": {"content": {"application/json": {}}}, "responses": {"200": {}}})));
}

#[test]
fn the_wrong_type_of_value() {
    for (wrong, expected) in [
        (json!({"openapi": "3.0.0", "paths": 1}), "/paths: an object is expected here, but this is a number"),
        (
            document(&json!({"/api/a": null}), &json!({})),
            "/paths/~1api~1a: an object is expected here, but this is null",
        ),
        (
            document(&json!({"/api/a": {"get": "text"}}), &json!({})),
            "/paths/~1api~1a/get: an object is expected here, but this is text",
        ),
        (
            operation(&json!({"responses": {"200": [1]}})),
            "/paths/~1api~1things/post/responses/200: an object is expected here, but this is an array",
        ),
        (
            operation(&json!({"responses": {"200": {"content": {"application/json": true}}}})),
            "/paths/~1api~1things/post/responses/200/content/application~1json: an object is expected here, but this is a boolean",
        ),
        (
            with_parameters("/api/a", &json!({"a": 1})),
            "/paths/~1api~1a/get/parameters: an array is expected here, but this is an object",
        ),
        (
            with_parameters("/api/a", &json!(["text"])),
            "/paths/~1api~1a/get/parameters/0: an object is expected here, but this is text",
        ),
        (
            answering(&json!({"Thing": {"type": "object", "properties": {"a": true}}})),
            "/components/schemas/Thing/properties/a: an object is expected here, but this is a boolean",
        ),
        (
            answering(&json!({"Thing": {"type": "object", "properties": []}, "A": {"type": "array", "items": false}})),
            "/components/schemas/A/items: an object is expected here, but this is a boolean",
        ),
        (
            answering(&json!({"Thing": {"allOf": {"$ref": "#/components/schemas/Thing"}}})),
            "/components/schemas/Thing/allOf: an array is expected here, but this is an object",
        ),
        (
            // A key that begins as another one does is no place inside of it.
            document(&json!({"/api/a": {"get": 1}, "/api/ab": {"get": 1}}), &json!({})),
            "/paths/~1api~1a/get: an object is expected here, but this is a number",
        ),
        (
            document(&json!({}), &json!({"schemas": {"A": {"required": 1}, "AB": {"required": 1}}})),
            "/components/schemas/A/required: invalid type: integer `1`, expected a sequence",
        ),
    ] {
        refused(&wrong, expected);
    }
    let error = refusal(&answering(&json!({"Thing": {"type": ["string", "null"]}})));
    assert!(error.starts_with("/components/schemas/Thing/type: invalid type: sequence, expected a string"), "{error}");
    let error = refusal(&answering(&json!({"Thing": {"type": "string", "minLength": -1}})));
    assert!(error.starts_with("/components/schemas/Thing/minLength: "), "{error}");
    let error = refusal(&operation(&json!({"responses": {"abc": {"description": ""}}})));
    assert!(error.starts_with("/paths/~1api~1things/post/responses/abc: a status code is expected"), "{error}");
    let error = refusal(&with_parameters("/api/a", &json!([{"in": "nowhere", "name": "a", "schema": {}}])));
    assert!(error.starts_with("/paths/~1api~1a/get/parameters/0: in: unknown variant `nowhere`"), "{error}");
}

#[test]
fn references_that_lead_nowhere() {
    let nothing = |place: &str, target: &str| {
        format!("{place}: {target} does not exist; correct the reference or add its target")
    };
    for target in [
        "#/components/schemas/Nowhere",
        "#/components/schemas/",
        "#/components/schemas",
        "#/components/parameters/Thing",
        "#/definitions/Thing",
        "other.json#/components/schemas/Thing",
        "https://example.org/api.json",
        "#",
        "",
        "Thing",
    ] {
        let wrong = answering(&json!({"Thing": {"type": "array", "items": {"$ref": target}}}));
        refused(&wrong, &nothing("/components/schemas/Thing/items", target));
        let wrong = answering(&json!({"Thing": {"type": "object", "properties": {"a/b": {"$ref": target}}}}));
        refused(&wrong, &nothing("/components/schemas/Thing/properties/a~1b", target));
    }
    let target = "#/components/responses/R";
    let wrong = operation(&json!({"responses": {"200": {"$ref": target}}}));
    refused(&wrong, &nothing("/paths/~1api~1things/post/responses/200", target));
    let target = "#/components/requestBodies/B";
    let wrong = operation(&json!({"requestBody": {"$ref": target}, "responses": {}}));
    refused(&wrong, &nothing("/paths/~1api~1things/post/requestBody", target));
    let target = "#/components/parameters/P";
    let wrong = with_parameters("/api/a", &json!([in_query("b"), {"$ref": target}]));
    refused(&wrong, &nothing("/paths/~1api~1a/get/parameters/1", target));
    let without_components = json!({
        "openapi": "3.0.0",
        "paths": {"/api/a": {"get": {"responses": {"200": json_of(&reference("A"))}}}},
    });
    let place = "/paths/~1api~1a/get/responses/200/content/application~1json/schema";
    refused(&without_components, &nothing(place, "#/components/schemas/A"));
    // What nobody refers to may be broken.
    valid(&answering(&json!({"Thing": {}, "Unused": {"$ref": "#/nowhere"}})));
    valid(&answering(&json!({"Thing": {"$ref": "#/components/schemas/a~1b~0c"}, "a/b~c": {"type": "string"}})));
}

#[test]
fn operations_that_are_there_twice() {
    let get = json!({"get": {"parameters": [], "responses": {}}});
    let by = |name: &str| json!({"get": {"parameters": [in_path(name)], "responses": {}}});
    refused(
        &document(&json!({"/api/a/{id}": by("id"), "/api/a/{name}": by("name")}), &json!({})),
        "/paths/~1api~1a~1{name}/get and /paths/~1api~1a~1{id}/get are the same operation; remove one of the two",
    );
    refused(
        &document(&json!({"/api/a": get, "/api/a/": get}), &json!({})),
        "/paths/~1api~1a~1/get and /paths/~1api~1a/get are the same operation; remove one of the two",
    );
    assert_eq!(
        refusal_of_bytes(r#"{"openapi": "3.0.0", "paths": {"/api/a": {"get": {}, "get": {}}}}"#),
        "/paths/~1api~1a/get: duplicate key; remove one of the two"
    );
    // Another method, or another fixed segment, is another operation.
    let name = json!({"delete": {"parameters": [in_path("name")], "responses": {}}});
    valid(&document(&json!({"/api/a/{id}": by("id"), "/api/a/{name}": name, "/api/a/me": get}), &json!({})));
}

#[test]
fn paths_that_the_client_cannot_build() {
    for (path, expected) in [
        ("/api/{id}", "a path that begins with a parameter cannot be generated; begin it with the name of a resource"),
        ("/api/a-{id}", "a path segment that mixes text and parameters cannot be generated; use whole segments"),
        ("/api/a/{}", "a path segment that mixes text and parameters cannot be generated; use whole segments"),
        ("/api/a//b", "an empty path segment cannot be generated; remove one of the two slashes"),
        ("/api//", "an empty path segment cannot be generated; remove one of the two slashes"),
        ("/api/a/../b", "the path segment '..' cannot be generated; write the resolved path"),
        ("/api/./b", "the path segment '.' cannot be generated; write the resolved path"),
    ] {
        let pointer = format!("/paths/{}/get", path.replace('/', "~1"));
        refused(&with_parameters(path, &json!([])), &format!("{pointer}: {expected}"));
    }
    refused(&json!({"openapi": "3.0.0", "paths": {"api/a": {}}}), "/paths/api~1a: a path begins with '/'");
    refused(
        &json!({"openapi": "3.0.0", "paths": {"/api/a": {"$ref": "#/paths/b"}}}),
        "/paths/~1api~1a: a path that is a reference cannot be generated; write its operations here",
    );
}

#[test]
fn path_parameters() {
    let undeclared = "/paths/~1api~1a~1{id}/get: the path contains {id}, which is not declared as a path parameter";
    refused(&with_parameters("/api/a/{id}", &json!([])), undeclared);
    refused(&with_parameters("/api/a/{id}", &json!([in_query("id")])), undeclared);
    refused(&with_parameters("/api/a/{id}", &json!([in_path("ID")])), undeclared);
    refused(
        &with_parameters("/api/a/{id}/{id}", &json!([in_path("id")])),
        "/paths/~1api~1a~1{id}~1{id}/get: the path contains {id} twice; rename the second one",
    );
    refused(
        &with_parameters("/api/a/{id}", &json!([{"in": "path", "name": "id", "schema": {"type": "object"}}])),
        "/paths/~1api~1a~1{id}/get/parameters/0/schema: a parameter that is not a string, number, boolean or \
         list of these cannot be generated; send such values in the body",
    );
    let list = json!([{"in": "path", "name": "id", "required": true, "schema": {"type": "array", "items": {}}}]);
    refused(
        &with_parameters("/api/a/{id}", &list),
        "/paths/~1api~1a~1{id}/get/parameters/0/schema: a parameter that is not a string, number, boolean or \
         list of these cannot be generated; send such values in the body",
    );
    // A declared parameter that does not occur in the path is ignored.
    valid(&with_parameters("/api/a", &json!([in_path("id")])));
}

#[test]
fn parameters_elsewhere() {
    let header = json!({"in": "header", "name": "X-Kind", "schema": {"type": "string"}});
    let files = valid(&with_parameters("/api/a", &json!([header])));
    assert!(files["operations/a.rs"].contains("request.header(\"X-Kind\", self.x_kind.as_ref())?;"));
    let cookie = json!({"in": "cookie", "name": "theme", "schema": {"type": "string"}});
    let files = valid(&with_parameters("/api/a", &json!([cookie])));
    assert!(files["operations/a.rs"].contains("request.cookie(\"theme\", self.theme.as_ref())?;"));
    // Their values may be secrets.
    let id = json!({"in": "path", "name": "id", "required": true, "schema": {"type": "string"}});
    let all = json!([id, header, cookie, {"in": "query", "name": "size", "schema": {"type": "integer"}}]);
    let code = &valid(&with_parameters("/api/a/{id}", &all))["operations/a.rs"];
    let (_, derived) = code.split_once("#[derive(").unwrap();
    assert!(derived.starts_with("Clone)]\n"), "{derived}");
    let shown = "f.debug_struct(\"Get\").field(\"id\",&self.id).field(\"size\",&self.size).finish_non_exhaustive()";
    let plain: String = code.split_whitespace().collect();
    assert!(plain.contains(shown), "{code}");
    refused(
        &with_parameters("/api/a", &json!([{"in": "query", "name": "a", "content": {"application/json": {}}}])),
        "/paths/~1api~1a/get/parameters/0/content: a parameter with a media type cannot be generated; give it a schema",
    );
    let list = json!([{"in": "header", "name": "a", "schema": {"type": "array", "items": {"type": "string"}}}]);
    refused(
        &with_parameters("/api/a", &list),
        "/paths/~1api~1a/get/parameters/0: a list outside of the query, or with style 'deepObject' cannot be \
         generated; declare it in the query, with style 'form'",
    );
}

#[test]
fn media_types() {
    let body = |media: &str| operation(&json!({"requestBody": {"content": {media: {}}}, "responses": {}}));
    for (media, sent) in [
        ("application/xml", "application/xml"),
        ("application/octet-stream", "application/octet-stream"),
        ("", "application/octet-stream"),
        ("*/*", "application/octet-stream"),
    ] {
        let code = &valid(&body(media))["operations/things.rs"];
        assert!(code.contains(&format!("request.bytes(\"{sent}\", self.body.clone());")), "{media}");
        assert!(code.contains("pub fn new(body: impl Into<Bytes>) -> Self"), "{media}");
    }
    for media in ["text/plain", "text/csv; charset=utf-8"] {
        let code = &valid(&body(media))["operations/things.rs"];
        assert!(code.contains(&format!("request.text(\"{media}\", self.body.clone());")), "{media}");
    }
    let fields = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let form = json!({"application/x-www-form-urlencoded": {"schema": fields}});
    let form = operation(&json!({"requestBody": {"content": form}, "responses": {}}));
    assert!(valid(&form)["operations/things.rs"].contains("request.form(&self.form)?;"));
    for media in ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/ld+json"] {
        assert!(valid(&body(media))["operations/things.rs"].contains("request.json(&self.body)?"), "{media}");
    }
    for media in ["multipart/form-data", "application/x-www-form-urlencoded"] {
        let place = media.replace('/', "~1");
        refused(
            &body(media),
            &format!(
                "/paths/~1api~1things/post/requestBody/content/{place}: a form that is not an object cannot be \
                 generated; declare an object with a property for each part"
            ),
        );
    }
    let answer = json!({"responses": {"200": {"content": {"text/csv": {}}}}});
    assert!(valid(&operation(&answer))["operations/things.rs"].contains("type Output = Download;"));
}

#[test]
fn what_the_client_does_not_have() {
    refused(
        &answering(&json!({"Thing": {"not": {"type": "string"}}})),
        "/components/schemas/Thing/not: 'not' cannot be generated; declare the type of the value, in the document or with an overlay",
    );
    for method in ["trace", "options"] {
        let expected = format!(
            "/paths/~1api~1a/{method}: an operation with method {} cannot be generated; remove it with an overlay",
            method.to_uppercase()
        );
        refused(&document(&json!({"/api/a": {method: {"responses": {}}}}), &json!({})), &expected);
    }
    refused(
        &answering(&json!({"Thing": {"allOf": [{"type": "string"}, {"type": "object"}]}})),
        "/components/schemas/Thing/allOf/0: 'allOf' of anything but objects cannot be generated; \
         write the properties into one object",
    );
    refused(
        &answering(
            &json!({"Thing": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}}),
        ),
        "/components/schemas/Thing/properties/file/format: binary data inside JSON cannot be generated; \
         send files as multipart/form-data",
    );
    for schema in [json!({"type": "array"}), json!({"type": "object"}), json!({}), json!({"nullable": true})] {
        valid(&answering(&json!({"Thing": schema})));
    }
}

#[test]
fn pages_of_which_the_number_is_no_plain_number() {
    let things = json!({"200": json_of(&json!({"type": "array", "items": {"type": "string"}}))});
    let pages = |page: &Value, required: bool| {
        let parameters = json!([
            {"in": "query", "name": "page", "required": required, "schema": page},
            {"in": "query", "name": "size", "schema": {"type": "integer"}},
        ]);
        let paths = json!({"/api/things": {"get": {"parameters": parameters, "responses": things}}});
        valid(&document(&paths, &json!({})))
    };
    let digits = json!({"type": "string", "pattern": "\\d+"});
    for (page, required) in [(&digits, false), (&digits, true), (&json!({"type": "integer"}), false)] {
        assert!(pages(page, required)["operations/things.rs"].contains("impl Paged for List"), "{page}");
    }
    for (page, required) in [(json!({"type": "string"}), false), (json!({"type": "boolean"}), true)] {
        assert!(!pages(&page, required)["operations/things.rs"].contains("Paged"), "{page}");
    }
}
