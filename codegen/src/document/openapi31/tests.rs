use super::*;

mod definitions;
mod schemas;

/// The upgraded document, and its notes.
fn upgraded(mut document: Value) -> (Value, Vec<(String, String)>) {
    let notes = upgrade(&mut document).unwrap();
    (document, notes.into_iter().map(|note| (note.pointer.to_string(), note.text)).collect())
}

fn refusal(mut document: Value) -> String {
    upgrade(&mut document).unwrap_err().to_string()
}

fn note(place: &str, text: &str) -> (String, String) {
    (place.to_owned(), text.to_owned())
}

#[test]
fn the_root_and_what_it_may_omit() {
    let (document, notes) = upgraded(json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {"title": "T", "version": "1", "summary": "S", "license": {"name": "MIT", "identifier": "MIT"}},
        "webhooks": {"created": {"post": {}}, "deleted": {"post": {}}},
        "components": {"callbacks": {"c": {}}},
    }));
    assert_eq!(
        document,
        json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1", "license": {"name": "MIT"}},
            "components": {},
            "paths": {},
        })
    );
    assert_eq!(notes, [note("/webhooks", "webhooks are requests that the server sends: they are ignored")]);
    let (document, notes) = upgraded(json!({"openapi": 3.1, "paths": {"/api/a": {"get": {"callbacks": {}}}}}));
    assert_eq!(document, json!({"openapi": "3.0.3", "paths": {"/api/a": {"get": {"responses": {}}}}}));
    let text = "callbacks are requests that the server sends: they are ignored";
    assert_eq!(notes, [note("/paths/~1api~1a/get/callbacks", text)]);
}

#[test]
fn paths_get_the_content_of_path_items() {
    let (document, notes) = upgraded(json!({
        "openapi": "3.1.0",
        "components": {"pathItems": {
            "a~b": {"$ref": "#/components/pathItems/Base", "get": {"responses": {"204": {}}}},
            "Base": {"get": {"deprecated": true}, "post": {"responses": {}}},
        }},
        "paths": {"/api/a": {"$ref": "#/components/pathItems/a~0b", "summary": "own"}},
    }));
    assert_eq!(
        document["paths"],
        json!({"/api/a": {"summary": "own", "get": {"responses": {"204": {}}}, "post": {"responses": {}}}})
    );
    assert_eq!(document["components"], json!({}));
    assert_eq!(notes, []);
}

#[test]
fn path_items_that_lead_nowhere() {
    let to = |name: &str| json!({"$ref": format!("#/components/pathItems/{name}")});
    let document = |items: Value| {
        let paths = json!({"/api/a": {"$ref": "#/components/pathItems/A"}});
        json!({"openapi": "3.1.0", "components": {"pathItems": items}, "paths": paths})
    };
    let (a, b) = ("#/components/pathItems/A", "#/components/pathItems/B");
    assert_eq!(
        refusal(document(json!({"A": to("B"), "B": to("A")}))),
        format!("/paths/~1api~1a: circular reference: {a} → {b} → {a}")
    );
    for items in [json!({}), json!([]), json!(1), json!({"A": 1})] {
        let expected =
            "/paths/~1api~1a: #/components/pathItems/A does not exist; correct the reference or add its target";
        assert_eq!(refusal(document(items)), expected);
    }
    let large: Map<String, Value> = (0..2000).map(|index| (format!("x-{index}"), json!(0))).collect();
    let mut many = document(json!({"A": large}));
    for index in 0..2000 {
        many["paths"][format!("/api/{index}")] = to("A");
    }
    assert_eq!(
        refusal(many),
        "/paths/~1api~11448: a document with as many references to large path items cannot be generated; \
         write the operations into the paths"
    );
}

#[test]
fn client_certificates_are_left_out() {
    let (document, notes) = upgraded(json!({
        "openapi": "3.1.0",
        "security": [{"certificate": []}, {"token": []}],
        "components": {"securitySchemes": {
            "certificate": {"type": "mutualTLS"}, "token": {"type": "http", "scheme": "bearer"},
        }},
        "paths": {"/api/a": {
            "get": {"security": [{"token": [], "certificate": []}], "responses": {}},
            "post": {"security": [{"token": ["a"]}], "responses": {}},
        }},
    }));
    assert_eq!(document["security"], json!([{"token": []}]));
    assert_eq!(document["components"]["securitySchemes"], json!({"token": {"type": "http", "scheme": "bearer"}}));
    assert_eq!(document["paths"]["/api/a"]["get"]["security"], json!([]));
    assert_eq!(document["paths"]["/api/a"]["post"]["security"], json!([{"token": ["a"]}]));
    let needs = "'certificate' needs a client certificate, which is not supported: it is ignored";
    assert_eq!(
        notes,
        [
            note(
                "/components/securitySchemes/certificate",
                "client certificates (mutualTLS) are not supported: it is ignored"
            ),
            note("/security/0", needs),
            note("/paths/~1api~1a/get/security/0", needs),
        ]
    );
}

#[test]
fn nothing_stands_beside_a_reference() {
    let (document, notes) = upgraded(json!({
        "openapi": "3.1.0",
        "paths": {"/api/a": {"get": {
            "parameters": [{"$ref": "#/components/parameters/P", "description": "D", "required": true}],
            "responses": {"200": {"$ref": "#/components/responses/R", "summary": "S", "description": "D"}},
        }}},
    }));
    let get = &document["paths"]["/api/a"]["get"];
    assert_eq!(get["parameters"], json!([{"$ref": "#/components/parameters/P"}]));
    assert_eq!(get["responses"], json!({"200": {"$ref": "#/components/responses/R"}}));
    assert_eq!(notes, [note("/paths/~1api~1a/get/parameters/0/required", "it stands beside '$ref': it is ignored")]);
}

#[test]
fn bytes_need_no_schema() {
    let bytes = json!({"schema": {"type": "string", "format": "binary"}});
    for media in [json!({}), json!({"schema": {}}), json!({"schema": true})] {
        let content = json!({"application/octet-stream": media, "image/png": media, "application/json": media});
        let (document, notes) = upgraded(json!({
            "openapi": "3.1.0",
            "paths": {"/api/a": {"get": {"responses": {"200": {"content": content}}}}},
        }));
        let content = &document["paths"]["/api/a"]["get"]["responses"]["200"]["content"];
        assert_eq!(content["application/octet-stream"], bytes, "{media}");
        assert_eq!(content["image/png"], bytes, "{media}");
        let json = content["application/json"].get("schema").cloned();
        assert_eq!(json, media.get("schema").map(|_| json!({})));
        assert_eq!(notes, []);
    }
}

#[test]
fn parts_of_forms_without_a_type_are_files() {
    let (document, notes) = upgraded(json!({
        "openapi": "3.1.0",
        "paths": {"/api/a": {"post": {"requestBody": {"content": {"multipart/form-data": {
            "encoding": {"file": {"headers": {"X": {"schema": {"type": ["string", "null"]}}}}},
            "schema": {"type": "object", "properties": {
                "file": {"description": "D"},
                "image": {"type": "string", "contentMediaType": "image/png"},
                "all": {"type": "array", "items": {}},
                "name": {"type": "string"},
            }},
        }}}}}},
    }));
    let bytes = json!({"type": "string", "format": "binary"});
    assert_eq!(
        document["paths"]["/api/a"]["post"]["requestBody"]["content"]["multipart/form-data"],
        json!({"encoding": {"file": {}}, "schema": {"type": "object", "properties": {
            "file": {"description": "D", "type": "string", "format": "binary"},
            "image": bytes,
            "all": {"type": "array", "items": bytes},
            "name": {"type": "string"},
        }}})
    );
    assert_eq!(notes, []);
}

/// What is damaged stays, so that the typed document reports its place.
#[test]
fn damage_stays_where_it_is() {
    for document in [
        json!({"openapi": "3.1.0", "paths": 1}),
        json!({"openapi": "3.1.0", "paths": {"/api/a": 1}}),
        json!({"openapi": "3.1.0", "paths": {}, "components": 1}),
        json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"A": {"type": [1]}, "B": {"type": ["text", "null"]}}}}),
        json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"A": {"allOf": 1, "properties": 1}}}}),
    ] {
        let mut expected = document.clone();
        expected["openapi"] = json!("3.0.3");
        assert_eq!(upgraded(document), (expected, vec![]));
    }
}
