//! Unusual spellings are read, and what is ignored is reported.

use codegen::api::{self, Answer, Body, Permission, Type, TypeKind};
use codegen::document::{self, Note};
use codegen::history::History;
use codegen::rust;
use serde_json::{Value, json};

use crate::support::{self, in_path, in_query, json_of, reference, refusal, release, valid};

fn notes(document: &Value) -> Vec<String> {
    let document = document::load(document.to_string().as_bytes(), &release(), &[]).unwrap();
    let (_, notes) = api::build(&document, &release()).unwrap();
    notes.iter().map(|Note { pointer, text }| format!("{pointer}: {text}")).collect()
}

fn operation(operation: &Value) -> Value {
    let schemas = json!({"Thing": {"type": "object", "nullable": true, "properties": {"a": {"type": "string"}}}});
    support::document(&json!({"/api/things": {"post": operation}}), &json!({"schemas": schemas}))
}

fn first(document: &Value) -> api::Operation {
    support::model(document.to_string().as_bytes()).unwrap().operations.remove(0)
}

#[test]
fn members_that_the_generator_does_not_know_are_reported() {
    let mut document =
        operation(&json!({"requestbody": {}, "callbacks": {}, "responses": {"204": {"description": ""}}}));
    document["paths"]["/api/things"]["GET"] = json!({});
    let text = "unknown member: it is ignored";
    assert_eq!(
        notes(&document),
        ["/GET", "/post/callbacks", "/post/requestbody"].map(|place| format!("/paths/~1api~1things{place}: {text}"))
    );
}

#[test]
fn a_misspelt_extension_is_an_error() {
    let mut document = operation(&json!({"responses": {"204": {"description": ""}}}));
    document["components"]["schemas"]["Thing"]["x-kimai-alwys"] = json!(["a"]);
    let error = refusal(&document);
    assert!(
        error.starts_with(
            "/components/schemas/Thing/x-kimai-alwys: unknown extension; known extensions are x-kimai-always, "
        ),
        "{error}"
    );
}

#[test]
fn the_default_answer_counts_where_there_is_no_other() {
    let default = json_of(&reference("Thing"));
    let answer = first(&operation(&json!({"responses": {"default": default}}))).answer;
    // The whole response may be null.
    assert_eq!(answer, Answer::Json(Type::Nullable(Box::new(Type::Named("Thing".into())))));
    let both = json!({"responses": {"204": {"description": ""}, "default": default}});
    assert_eq!(first(&operation(&both)).answer, Answer::Empty);
}

#[test]
fn of_several_security_requirements_one_is_enough() {
    let permissions = |security: Value| {
        let responses = json!({"204": {"description": ""}});
        first(&operation(&json!({"security": security, "responses": responses}))).permissions
    };
    let all = |names: &[&[&str]]| -> Vec<Permission> {
        names.iter().map(|one| Permission(one.iter().map(|name| (*name).to_owned()).collect())).collect()
    };
    assert_eq!(permissions(json!([{"b": ["API", "view", "edit"]}])), all(&[&["view"], &["edit"]]));
    assert_eq!(permissions(json!([{"b": ["a"]}, {"b": ["b", "c"]}])), all(&[&["a", "b and c"]]));
    assert_eq!(permissions(json!([{"b": ["a"]}, {}])), []);
    assert_eq!(
        permissions(json!([{"b": ["is_granted('a') or is_granted('b')", "is_granted('a', x) and is_granted('b')"]}])),
        all(&[&["a", "b"], &["is_granted('a', x) and is_granted('b')"]])
    );
}

#[test]
fn an_optional_body_that_needs_more_than_values_is_a_form() {
    let form = json!({"type": "object", "properties": {"secret": {"type": "string", "format": "password"}}});
    let mut body = json_of(&form);
    let body_of = |body: &Value| {
        let responses = json!({"204": {"description": ""}});
        first(&operation(&json!({"requestBody": body, "responses": responses})))
    };
    assert_eq!(body_of(&body).body, Some(Body::Json(Type::Named("NewThing".into()))));
    body = json_of(&json!({"type": "object", "properties": {"copy": {"type": "string"}}}));
    let settings = body_of(&body);
    assert_eq!((settings.body, settings.parameters.len()), (None, 1));
}

#[test]
fn a_body_in_two_media_types_is_reported() {
    let form = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}});
    let content = json!({"application/json": {"schema": form}, "multipart/form-data": {"schema": form}});
    let document = operation(&json!({"requestBody": {"content": content}, "responses": {"204": {"description": ""}}}));
    assert_eq!(
        notes(&document),
        ["/paths/~1api~1things/post/requestBody/content/multipart~1form-data: the body is sent in another of \
             its media types: this one is ignored"]
    );
}

#[test]
fn a_schema_does_not_take_the_paging_away() {
    let mut document = operation(&json!({"responses": {"204": {"description": ""}}}));
    document["components"]["schemas"]["Size"] = json!({"type": "object", "properties": {"id": {"type": "integer"}}});
    let number = |name: &str| json!({"in": "query", "name": name, "schema": {"type": "string", "pattern": "\\d+"}});
    let list = json_of(&json!({"type": "array", "items": reference("Size")}));
    document["paths"]["/api/things"]["get"] =
        json!({"parameters": [number("page"), number("size"), in_query("term")], "responses": {"200": list}});
    let api = support::model(document.to_string().as_bytes()).unwrap();
    assert_eq!(api.operations[0].answer, Answer::Page(Type::Named("Size".into())));
}

#[test]
fn large_documents_compile() {
    let properties: serde_json::Map<String, Value> =
        (0..300).map(|number| (format!("property{number}x"), json!({"type": "string"}))).collect();
    let mut paths = serde_json::Map::new();
    for number in 0..120 {
        let answer = json!({"200": json_of(&json!({"type": "string"}))});
        let get = json!({"parameters": [in_path("id"), in_query("term")], "responses": answer});
        paths.insert(format!("/api/users/{{id}}/thing{number}x"), json!({"get": get}));
    }
    let body = json_of(&json!({"type": "object", "required": ["property1x"], "properties": properties}));
    paths
        .insert("/api/users".into(), json!({"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}));
    paths.insert("/api/users-2".into(), json!({"get": {"responses": {"204": {"description": ""}}}}));
    let document = support::document(&Value::Object(paths), &json!({}));
    let files = valid(&document);
    let written: usize = files.values().map(|text| text.matches("impl Operation for ").count()).sum();
    assert_eq!(written, 122);
    support::compile::compiles(&files);
}

#[test]
fn a_long_list_of_the_same_name_is_no_long_wait() {
    let values: Vec<String> = (0..20_000).map(|number| "!".repeat(1 + number % 7) + &"?".repeat(number / 7)).collect();
    let thing = json!({"type": "object", "properties": {"a": {"type": "string", "enum": values}}});
    let api = support::model(support::answering(&json!({"Thing": thing})).to_string().as_bytes()).unwrap();
    let TypeKind::Enum { variants, .. } = &api.types["ThingA"].kind else { panic!("no enum") };
    assert_eq!(variants.len(), 20_000);
    assert_eq!(variants[1].name, "Other2");
    assert!(rust::generate(&api, &History::default()).is_ok());
}
