use super::*;

fn upgraded(mut document: Value) -> (Value, Vec<(String, String)>) {
    let notes = upgrade(&mut document).unwrap();
    (document, notes.into_iter().map(|note| (note.pointer.to_string(), note.text)).collect())
}

fn operation(value: &Value) -> (Value, Vec<(String, String)>) {
    let (document, notes) =
        upgraded(json!({"swagger": "2.0", "info": {}, "paths": {"/api/a": {"post": value.clone()}}}));
    (document["paths"]["/api/a"]["post"].clone(), notes)
}

#[test]
fn other_documents_stay_as_they_are() {
    for document in [json!({"openapi": "3.0.0", "paths": {}}), json!({"swagger": "1.2"}), json!([]), json!({})] {
        assert_eq!(upgraded(document.clone()), (document, vec![]));
    }
}

/// How Kimai behaves: 'Swagger 2.0 and OpenAPI 3.0'.
#[test]
fn the_root_and_its_named_parts() {
    let (document, notes) = upgraded(json!({
        "swagger": "2.0",
        "info": {"title": "Kimai", "version": 0.3},
        "host": "127.0.0.1", "schemes": ["http"], "basePath": "/sub/",
        "securityDefinitions": {
            "apiUser": {"type": "apiKey", "in": "header", "name": "X-AUTH-USER"},
            "basic": {"type": "basic"},
            "oauth": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://a", "tokenUrl": "https://t"},
        },
        "definitions": {"A": {"type": "object", "discriminator": "kind", "properties": {
            "b": {"$ref": "#/definitions/B"}, "c": {"type": "string", "x-nullable": true},
        }}},
        "parameters": {"size": {"in": "query", "name": "size", "type": "integer", "maximum": 500}},
        "responses": {"missing": {"description": "", "schema": {"$ref": "#/definitions/A"}}},
        "paths": {"/a": {
            "parameters": [{"$ref": "#/parameters/size"}],
            "get": {"responses": {"404": {"$ref": "#/responses/missing"}}},
        }},
    }));
    assert_eq!(
        document,
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Kimai", "version": "0.3"},
            "components": {
                "securitySchemes": {
                    "apiUser": {"type": "apiKey", "in": "header", "name": "X-AUTH-USER"},
                    "basic": {"type": "http", "scheme": "basic"},
                    "oauth": {"type": "oauth2", "flows": {"authorizationCode": {
                        "authorizationUrl": "https://a", "tokenUrl": "https://t", "scopes": {},
                    }}},
                },
                "schemas": {"A": {"type": "object", "discriminator": {"propertyName": "kind"}, "properties": {
                    "b": {"$ref": "#/components/schemas/B"}, "c": {"type": "string", "nullable": true},
                }}},
                "parameters": {"size": {"in": "query", "name": "size", "schema": {"type": "integer", "maximum": 500}}},
                "responses": {"missing": {
                    "description": "",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}},
                }},
            },
            "paths": {"/sub/a": {
                "parameters": [{"$ref": "#/components/parameters/size"}],
                "get": {"responses": {"404": {"$ref": "#/components/responses/missing"}}},
            }},
        })
    );
    let left_out = "it comes from the request and is not the server's address: it is ignored".to_owned();
    assert_eq!(notes, [("/host".to_owned(), left_out.clone()), ("/schemes".to_owned(), left_out)]);
}

#[test]
fn lists_in_parameters_keep_the_way_they_are_written() {
    let list = |format: &str| json!({"in": "query", "name": "a", "type": "array", "items": {"type": "integer"}, "collectionFormat": format});
    let (upgraded, notes) = operation(&json!({"parameters": [
        list("multi"), list("csv"), list("ssv"), list("pipes"), list("tsv"),
        {"in": "header", "name": "h", "type": "array", "items": {"type": "string"}},
    ]}));
    let styles: Vec<(&str, bool)> = upgraded["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| (parameter["style"].as_str().unwrap(), parameter["explode"].as_bool().unwrap()))
        .collect();
    let expected = [
        ("form", true),
        ("form", false),
        ("spaceDelimited", false),
        ("pipeDelimited", false),
        ("form", false),
        ("simple", false),
    ];
    assert_eq!(styles, expected);
    assert_eq!(upgraded["parameters"][0]["schema"], json!({"type": "array", "items": {"type": "integer"}}));
    assert_eq!(
        notes,
        [(
            "/paths/~1api~1a/post/parameters/4/collectionFormat".to_owned(),
            "lists with 'tsv' have no equivalent in OpenAPI 3.0: read as a list with commas".to_owned()
        )]
    );
}

#[test]
fn bodies_and_answers_get_their_media_types() {
    let (upgraded, notes) = operation(&json!({
        "consumes": ["application/json", "text/json"],
        "produces": ["application/pdf"],
        "schemes": ["https"],
        "parameters": [{"in": "body", "name": "a", "required": true, "schema": {"$ref": "#/definitions/A"}}],
        "responses": {"200": {
            "description": "", "schema": {"type": "file"},
            "headers": {"X-Page": {"type": "integer", "description": "Page"}},
            "examples": {"application/pdf": "%PDF", "text/plain": "?"},
        }},
    }));
    let reference = json!({"schema": {"$ref": "#/components/schemas/A"}});
    assert_eq!(
        upgraded,
        json!({
            "requestBody": {"required": true, "content": {"application/json": reference, "text/json": reference}},
            "responses": {"200": {
                "description": "",
                "headers": {"X-Page": {"description": "Page", "schema": {"type": "integer"}}},
                "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}, "example": "%PDF"}},
            }},
        })
    );
    let places: Vec<&str> = notes.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["/paths/~1api~1a/post/schemes", "/paths/~1api~1a/post/responses/200/examples/text~1plain"]);
}

#[test]
fn parts_of_forms_become_properties() {
    let part = |name: &str, ty: &str| json!({"in": "formData", "name": name, "type": ty, "required": name == "a"});
    let (upgraded, _) = operation(&json!({"parameters": [part("a", "string"), part("b", "file")]}));
    assert_eq!(
        upgraded,
        json!({"requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {
            "type": "object", "required": ["a"],
            "properties": {"a": {"type": "string"}, "b": {"type": "string", "format": "binary"}},
        }}}}})
    );
    let (upgraded, _) = operation(&json!({"parameters": [part("b", "string")]}));
    let content = upgraded["requestBody"]["content"].as_object().unwrap();
    assert_eq!(content.keys().collect::<Vec<_>>(), ["application/x-www-form-urlencoded"]);
}

#[test]
fn a_body_of_the_path_belongs_to_each_operation_that_has_none() {
    let (document, _) = upgraded(json!({"swagger": 2.0, "paths": {"/api/a": {
        "parameters": [{"in": "body", "name": "a", "schema": {"type": "string"}}, {"in": "path", "name": "id", "type": "integer"}],
        "post": {}, "patch": {"parameters": [{"in": "body", "name": "b", "schema": {"type": "integer"}}]},
    }}}));
    let body = |ty: &str| json!({"requestBody": {"content": {"application/json": {"schema": {"type": ty}}}}});
    assert_eq!(
        document["paths"]["/api/a"],
        json!({
            "parameters": [{"in": "path", "name": "id", "schema": {"type": "integer"}}],
            "post": body("string"), "patch": body("integer"),
        })
    );
}

#[test]
fn two_bodies_are_refused() {
    let body = json!({"in": "body", "name": "a", "schema": {}});
    let mut document = json!({"swagger": "2.0", "paths": {"/api/a": {"post": {"parameters": [body.clone(), body]}}}});
    assert_eq!(
        upgrade(&mut document).unwrap_err().to_string(),
        "/paths/~1api~1a/post/parameters: an operation has only one body: remove the other one, or the 'formData' parameters"
    );
}
