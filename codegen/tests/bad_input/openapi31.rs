//! Documents of OpenAPI 3.1: they become what the same documents of OpenAPI 3.0 become, and damage ends as an error.

use codegen::Error;
use codegen::document::{canonical, load};
use codegen::history::History;
use codegen::{api, rust};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::replaced::{other_values, pointers};
use crate::support::{generate, json_of, model, reference, refusal_of_bytes, release, valid};

/// A document with all keywords that are new in OpenAPI 3.1.
const NEW: &str = r"
openapi: 3.1
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
info: {title: Tasks, version: '1', summary: Tasks and labels, license: {name: MIT, identifier: MIT}}
webhooks:
  created: {post: {requestBody: {content: {application/json: {schema: {type: [object, 'null']}}}}}}
security: [{certificate: []}, {token: []}]
components:
  securitySchemes:
    certificate: {type: mutualTLS}
    token: {type: http, scheme: bearer}
  responses:
    Task: {description: A task, content: {application/json: {schema: {$ref: '#/components/schemas/Task'}}}}
  pathItems:
    Task:
      parameters: [{in: path, name: id, required: true, schema: {type: [integer], exclusiveMinimum: 0}}]
      get: {responses: {'200': {$ref: '#/components/responses/Task', summary: Found, description: The task}}}
      patch:
        requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Task'}}}}
        responses: {'200': {$ref: '#/components/responses/Task'}}
  schemas:
    Task:
      $id: https://example.org/task
      $schema: https://json-schema.org/draft/2020-12/schema
      $comment: No news
      $anchor: task
      type: object
      required: [name, kind]
      unevaluatedProperties: false
      dependentRequired: {end: [begin]}
      dependentSchemas: {end: {required: [begin]}}
      if: {required: [end]}
      then: {required: [begin]}
      else: {}
      $defs:
        Label: {type: object, propertyNames: {pattern: '^x'}, properties: {name: {type: string}, parent: {$ref: '#/$defs/Label'}}}
      properties:
        name: {type: string, examples: [first, second]}
        kind: {const: task}
        note: {type: [string, 'null'], maxLength: 100}
        state: {enum: [open, done, null]}
        value: {type: [string, integer, 'null'], maxLength: 3, minimum: 1}
        label: {anyOf: [{$ref: '#/components/schemas/Task/$defs/Label'}, {type: 'null'}]}
        count: {oneOf: [{type: integer}, {type: 'null'}]}
        labels: {type: array, items: {$ref: '#/$defs/Label'}, contains: {type: object}, minContains: 1, maxContains: 3}
        position: {type: array, prefixItems: [{type: number}, {type: number}], items: false, unevaluatedItems: false}
        rates: {type: object, patternProperties: {'^r': {type: number}}, additionalProperties: false}
        owner: {$ref: '#/components/schemas/Person', description: Who did it}
        image: {type: string, contentEncoding: base64, contentMediaType: image/png}
        anything: true
        nothing: false
        node: {$dynamicRef: '#node'}
    Person: {type: object, properties: {name: {type: [string, 'null']}}}
paths:
  /api/tasks/{id}: {$ref: '#/components/pathItems/Task'}
  /api/tasks:
    post:
      security: [{certificate: [], token: []}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Task'}}}}
      responses: {'201': {$ref: '#/components/responses/Task'}}
  /api/tasks/{id}/file:
    parameters: [{in: path, name: id, required: true, schema: {type: [integer], exclusiveMinimum: 0}}]
    get: {responses: {'200': {description: A file, content: {application/octet-stream: {}}}}}
    post:
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {
        file: {type: string, contentMediaType: application/octet-stream}, other: {}}}}}}
    delete: {}
";

/// The same document in OpenAPI 3.0.
fn old() -> Value {
    let task = json_of(&reference("Task"));
    let answer = json!({"$ref": "#/components/responses/Task"});
    let id = json!([{"in": "path", "name": "id", "required": true,
        "schema": {"type": "integer", "minimum": 0, "exclusiveMinimum": true}}]);
    let bytes = json!({"type": "string", "format": "binary"});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Tasks", "version": "1", "license": {"name": "MIT"}},
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {"Task": {"description": "A task", "content": task["content"]}},
            "schemas": {
                "Task": {"type": "object", "required": ["name", "kind"], "properties": {
                    "name": {"type": "string"},
                    "kind": {"type": "string", "enum": ["task"]},
                    "note": {"type": "string", "nullable": true, "maxLength": 100},
                    "state": {"type": "string", "nullable": true, "enum": ["open", "done", null]},
                    "value": {"nullable": true, "anyOf": [
                        {"type": "string", "maxLength": 3}, {"type": "integer", "minimum": 1},
                    ]},
                    "label": {"nullable": true, "allOf": [reference("Label")]},
                    "count": {"type": "integer", "nullable": true},
                    "labels": {"type": "array", "items": reference("Label")},
                    "position": {"type": "array", "items": {"type": "number"}},
                    "rates": {"type": "object", "additionalProperties": {"type": "number"}},
                    "owner": {"allOf": [reference("Person")], "description": "Who did it"},
                    "image": {"type": "string", "format": "byte"},
                    "anything": {},
                    "node": {},
                }},
                "Person": {"type": "object", "properties": {"name": {"type": "string", "nullable": true}}},
                "Label": {"type": "object", "properties": {"name": {"type": "string"}, "parent": reference("Label")}},
            },
        },
        "paths": {
            "/api/tasks/{id}": {
                "parameters": id,
                "get": {"responses": {"200": answer}},
                "patch": {"requestBody": {"content": task["content"]}, "responses": {"200": answer}},
            },
            "/api/tasks": {"post": {
                "security": [], "requestBody": {"content": task["content"]}, "responses": {"201": answer},
            }},
            "/api/tasks/{id}/file": {
                "parameters": id,
                "get": {"responses": {"200": {
                    "description": "A file", "content": {"application/octet-stream": {"schema": bytes}},
                }}},
                "post": {
                    "requestBody": {"content": {"multipart/form-data": {"schema": {
                        "type": "object", "properties": {"file": bytes, "other": bytes},
                    }}}},
                    "responses": {},
                },
                "delete": {"responses": {}},
            },
        },
    })
}

/// The document as JSON.
fn new() -> Value {
    codegen::yaml::read("new.yaml", NEW).unwrap()
}

#[test]
fn both_versions_make_the_same_client() {
    let old = old();
    let files = valid(&old);
    let [of_new, of_old] = [NEW.to_owned(), old.to_string()].map(|text| model(text.as_bytes()).unwrap());
    assert_eq!(format!("{:#?}", of_new.types), format!("{:#?}", of_old.types));
    assert_eq!(generate(NEW.as_bytes()).unwrap(), files);
    assert_eq!(valid(&new()), files);
    let types: Vec<&str> = of_new.types.keys().map(String::as_str).collect();
    assert!(types.contains(&"Task") && types.contains(&"Label") && types.contains(&"TaskPatch"), "{types:?}");
}

#[test]
fn what_is_lost_is_reported() {
    let report = load(NEW.as_bytes(), &release(), &[]).unwrap().report;
    assert_eq!(report.declared.to_string(), "OpenAPI 3.1.0");
    let places: Vec<&str> = report.notes.iter().map(|note| note.pointer.as_str()).collect();
    let task = |place: &str| format!("/components/schemas/Task/{place}");
    let mut expected = vec![
        "/webhooks".to_owned(),
        "/components/securitySchemes/certificate".to_owned(),
        "/security/0".to_owned(),
        "/paths/~1api~1tasks/post/security/0".to_owned(),
        "/components/schemas/Label/propertyNames".to_owned(),
    ];
    for place in ["$anchor", "dependentRequired", "dependentSchemas", "else", "if", "then", "unevaluatedProperties"] {
        expected.push(task(place));
    }
    for place in [
        "nothing",
        "image/contentMediaType",
        "labels/contains",
        "labels/maxContains",
        "labels/minContains",
        "node/$dynamicRef",
        "position/unevaluatedItems",
        "position/prefixItems",
        "rates/patternProperties",
    ] {
        expected.push(task(&format!("properties/{place}")));
    }
    assert_eq!(places, expected);
}

#[test]
fn the_snapshot_is_openapi_3_0() {
    let snapshot = canonical(NEW.as_bytes()).unwrap();
    assert_eq!(snapshot.value["openapi"], json!("3.0.3"));
    let again = canonical(snapshot.json.as_bytes()).unwrap();
    assert_eq!(again.json, snapshot.json);
    assert_eq!((again.operations, again.schemas), (snapshot.operations, snapshot.schemas));
    assert!(snapshot.declared.is_upgraded() && !again.declared.is_upgraded());
    let of_old = canonical(old().to_string().as_bytes()).unwrap();
    // A description is prose, and the snapshot of OpenAPI 3.0 keeps the way in which it was attached.
    let mut expected = of_old.value;
    expected["components"]["schemas"]["Task"]["properties"]["owner"] = reference("Person");
    assert_eq!(snapshot.value, expected);
}

#[test]
fn circles_end_as_errors() {
    let circle = r##"{"openapi": "3.1.0", "paths": {"/api/a": {"get": {"responses": {"200": {"content": {"application/json":
        {"schema": {"$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}}, "$ref": "#/$defs/A"}}}}}}}}}"##;
    let schemas = "#/components/schemas";
    assert_eq!(
        refusal_of_bytes(circle),
        format!(
            "/paths/~1api~1a/get/responses/200/content/application~1json/schema: \
             circular reference: {schemas}/A → {schemas}/B → {schemas}/A"
        )
    );
    let circle = r##"{"openapi": "3.1.0", "components": {"pathItems": {"A": {"$ref": "#/components/pathItems/A"}}},
        "paths": {"/api/a": {"$ref": "#/components/pathItems/A"}}}"##;
    let items = "#/components/pathItems";
    assert_eq!(refusal_of_bytes(circle), format!("/paths/~1api~1a: circular reference: {items}/A → {items}/A"));
}

/// Values that mean something in OpenAPI 3.1 only.
fn new_values() -> impl Strategy<Value = Value> {
    prop_oneof![
        other_values(),
        Just(json!(false)),
        Just(json!({"type": "null"})),
        Just(json!({"type": ["string", "null", 1]})),
        Just(json!({"type": ["array", "object", "null"], "items": false, "enum": [1, null]})),
        Just(json!({"anyOf": [{"type": "null"}, false], "oneOf": [true]})),
        Just(json!({"$ref": "#/$defs/Label", "$defs": {"Label": {"$ref": "#/$defs/Label"}}})),
        Just(json!({"$ref": "#/components/pathItems/Task"})),
        Just(json!({"$defs": {"Label": {"$defs": {"Label": {"$ref": "#/$defs/Label"}}, "prefixItems": [1]}}})),
        Just(json!({"const": {"a": null}, "patternProperties": 1, "additionalProperties": false})),
        Just(json!({"type": "mutualTLS"})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_value_of_the_document_is_something_else(place: prop::sample::Index, value in new_values()) {
        let mut document = new();
        let mut places = Vec::new();
        pointers(&document, "", &mut places);
        let place = place.get(&places);
        *document.pointer_mut(place).unwrap() = value;
        let attempt = load(document.to_string().as_bytes(), &release(), &[])
            .and_then(|document| rust::generate(&api::build(&document, &release())?.0, &History::default()));
        match attempt {
            Ok(files) => {
                for (path, text) in files {
                    prop_assert!(syn::parse_file(&text).is_ok(), "{place}: {path} is no Rust");
                }
            }
            Err(Error::InvalidCode { file, problem }) => prop_assert!(false, "{place}: {file}: {problem}"),
            // What is wrong with the root as a whole has no other place.
            Err(Error::Malformed { pointer, problem }) => {
                prop_assert!(!pointer.as_str().is_empty() || place.split('/').count() < 3, "{place}: {problem}");
            }
            Err(_) => {}
        }
    }
}
