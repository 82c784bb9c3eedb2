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

/// Tasks that a GET finds by a body, with these definitions.
fn with_body(method: &str, body: &Value, own: &Value) -> (Value, Vec<(String, String)>) {
    let mut parameters = vec![body.clone()];
    parameters.extend(own.as_array().unwrap().clone());
    let (document, notes) = upgraded(json!({
        "swagger": "2.0",
        "definitions": {
            "Filter": {"allOf": [{"$ref": "#/definitions/Page"}, {
                "type": "object", "required": ["state"],
                "properties": {
                    "state": {"type": "string", "description": "Which ones", "enum": ["open", "done"]},
                    "labels": {"type": "array", "items": {"$ref": "#/definitions/Label"}},
                    "range": {"type": "object", "properties": {"from": {"type": "string"}}},
                    "id": {"type": "integer", "readOnly": true},
                },
            }]},
            "Page": {"type": "object", "properties": {"size": {"type": "integer", "x-nullable": true}}},
            "Label": {"type": "string"},
        },
        "parameters": {"size": {"in": "query", "name": "size", "type": "string"}},
        "paths": {"/api/tasks": {method: {"parameters": parameters}}},
    }));
    (document["paths"]["/api/tasks"][method].clone(), notes)
}

fn filter(required: bool) -> Value {
    json!({"in": "body", "name": "filter", "required": required, "schema": {"$ref": "#/definitions/Filter"}})
}

#[test]
fn the_body_of_a_get_is_its_query() {
    for (method, name) in [("get", "GET"), ("head", "HEAD")] {
        let (operation, notes) = with_body(method, &filter(true), &json!([]));
        let labels = json!({"type": "array", "items": {"$ref": "#/components/schemas/Label"}});
        let range = json!({"type": "object", "properties": {"from": {"type": "string"}}});
        assert_eq!(
            operation,
            json!({"parameters": [
                {"in": "query", "name": "labels", "style": "form", "explode": true, "schema": labels},
                {"in": "query", "name": "range", "style": "deepObject", "explode": true, "schema": range},
                {"in": "query", "name": "size", "schema": {"type": "integer", "nullable": true}},
                {"in": "query", "name": "state", "required": true, "description": "Which ones",
                 "schema": {"type": "string", "enum": ["open", "done"]}},
            ]})
        );
        let place = format!("/paths/~1api~1tasks/{method}");
        let note = format!("a {name} request has no body: its properties are query parameters");
        assert_eq!(notes, [(place, note)]);
    }
}

#[test]
fn what_the_query_has_already_stays() {
    let (operation, _) = with_body("get", &filter(false), &json!([{"$ref": "#/parameters/size"}]));
    let parameters = operation["parameters"].as_array().unwrap();
    assert_eq!(parameters[0], json!({"$ref": "#/components/parameters/size"}));
    let names: Vec<&Value> = parameters[1..].iter().map(|parameter| &parameter["name"]).collect();
    assert_eq!(names, ["labels", "range", "state"]);
    assert!(parameters.iter().all(|parameter| parameter.get("required").is_none()), "the body is not required");
}

#[test]
fn other_methods_keep_their_bodies() {
    for method in ["delete", "post"] {
        let (operation, notes) = with_body(method, &filter(true), &json!([]));
        let schema = json!({"$ref": "#/components/schemas/Filter"});
        assert_eq!(operation["requestBody"]["content"]["application/json"]["schema"], schema);
        assert_eq!((operation.get("parameters"), notes), (None, vec![]));
    }
    // Neither is a list an object, nor is this a definition: the generator reports it.
    for schema in [json!({"type": "array", "items": {"type": "string"}}), json!({"$ref": "#/definitions/Nowhere"})] {
        let (operation, notes) = with_body("get", &json!({"in": "body", "name": "b", "schema": schema}), &json!([]));
        assert!(operation.get("requestBody").is_some(), "{schema}");
        assert_eq!(notes, []);
    }
}

#[test]
fn the_form_of_a_get_is_its_query() {
    let part = |name: &str, typ: &str| json!({"in": "formData", "name": name, "type": typ, "required": name == "a"});
    let (operation, notes) = with_body("get", &part("a", "string"), &json!([part("b", "file")]));
    assert_eq!(
        operation,
        json!({"parameters": [{"in": "query", "name": "a", "required": true, "schema": {"type": "string"}}]})
    );
    let texts: Vec<&str> = notes.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "a GET request has no body: its properties are query parameters",
            "property 'b' of the body is neither a plain value nor a list of these: it is left out",
        ]
    );
}

#[test]
fn bodies_of_the_path_and_shared_ones_are_queries_too() {
    let (document, _) = upgraded(json!({
        "swagger": "2.0",
        "parameters": {"filter": {"in": "body", "name": "filter", "schema": {"properties": {"a": {"type": "boolean"}}}}},
        "paths": {"/api/tasks": {
            "parameters": [{"$ref": "#/parameters/filter"}, {"in": "path", "name": "a", "type": "string"}],
            "get": {},
        }},
    }));
    assert_eq!(
        document["paths"]["/api/tasks"],
        json!({
            "parameters": [{"in": "path", "name": "a", "schema": {"type": "string"}}],
            "get": {"parameters": [{"in": "query", "name": "a", "schema": {"type": "boolean"}}]},
        })
    );
}

#[test]
fn definitions_that_contain_themselves_end() {
    let mut document = json!({
        "swagger": "2.0",
        "definitions": {
            "A": {"allOf": [{"$ref": "#/definitions/B"}], "properties": {"a": {"$ref": "#/definitions/C"}}},
            "B": {"allOf": [{"$ref": "#/definitions/A"}], "properties": {"b": {"type": "string"}}},
            "C": {"$ref": "#/definitions/C"},
        },
        "paths": {"/api/tasks": {"get": {"parameters": [
            {"in": "body", "name": "b", "schema": {"$ref": "#/definitions/A"}},
        ]}}},
    });
    let notes = upgrade(&mut document).unwrap();
    assert_eq!(document["paths"]["/api/tasks"]["get"]["parameters"].as_array().unwrap().len(), 2);
    assert_eq!(notes.len(), 1);
    let many: Map<String, Value> = (0..1000).map(|n| (format!("p{n}"), json!({"type": "string"}))).collect();
    let get = json!({"get": {"parameters": [{"in": "body", "name": "b", "schema": {"$ref": "#/definitions/A"}}]}});
    let paths: Map<String, Value> = (0..1000).map(|n| (format!("/api/{n}"), get.clone())).collect();
    let mut large = json!({"swagger": "2.0", "definitions": {"A": {"properties": many}}, "paths": paths});
    let error = upgrade(&mut large).unwrap_err().to_string();
    assert!(
        error.ends_with("so large a body of a GET request cannot be generated; declare query parameters"),
        "{error}"
    );
}
