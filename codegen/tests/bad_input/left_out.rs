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

/// Callbacks may refer to components.
#[test]
fn callbacks_are_reported_and_kept_in_the_canonical_form() {
    let mut document = operation(&json!({
        "callbacks": {"done": {"$ref": "#/components/callbacks/Done"}},
        "responses": {"204": {"description": ""}},
    }));
    document["components"]["callbacks"] =
        json!({"Done": {"{$request.query.url}": {"post": {"responses": {"204": {"description": "text"}}}}}});
    assert_eq!(notes(&document), ["/paths/~1api~1things/post/callbacks: unknown member: it is ignored"]);
    let canonical = document::canonical(document.to_string().as_bytes()).unwrap().value;
    let done = json!({"Done": {"{$request.query.url}": {"post": {"responses": {"204": {"description": ""}}}}}});
    assert_eq!(canonical["components"]["callbacks"], done);
    let callbacks = json!({"done": {"$ref": "#/components/callbacks/Done"}});
    assert_eq!(canonical["paths"]["/api/things"]["post"]["callbacks"], callbacks);
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

/// The model without what cannot be expressed, and what that is.
fn partial(document: &Value) -> (api::Api, Vec<String>, Vec<String>) {
    let loaded = document::load(document.to_string().as_bytes(), &support::release(), &[]).unwrap();
    let partial = api::build_partial(&loaded, &support::release()).unwrap();
    let left_out = partial.left_out.iter().map(|part| {
        let kind = if part.is_operation { "operation" } else { "parameter" };
        format!("{kind} {}: {}", part.pointer, part.reason)
    });
    let notes = partial.notes.into_iter().map(|note| format!("{}: {}", note.pointer, note.text));
    (partial.api, left_out.collect(), notes.collect())
}

#[test]
fn a_method_that_does_not_fit_is_left_out() {
    let lookup = json!({"type": "array", "items": {"type": "string"}, "x-kimai-lookup": "meta"});
    let thing = json!({"type": "object", "properties": {"metaFields": lookup}});
    let (api, left_out, notes) = partial(&support::answering(&json!({"Thing": thing})));
    let TypeKind::Answer { fields, .. } = &api.types["Thing"].kind else { panic!("no answer") };
    assert_eq!((fields[0].name.as_str(), &fields[0].lookup), ("meta_fields", &None));
    assert!(left_out.is_empty(), "{left_out:?}");
    let place = "/components/schemas/Thing/properties/metaFields/x-kimai-lookup";
    assert_eq!(
        notes,
        [format!(
            "{place}: it does not fit this document and is ignored: {place}: an array of objects with the texts 'name' and \
             'value' is expected here"
        )]
    );
}

#[test]
fn one_operation_that_cannot_be_expressed_does_not_stop_the_rest() {
    let empty = json!({"204": {}});
    let wrong = json!({"type": "object", "properties": {"bad": {"not": {}}, "good": reference("Shared")}});
    let query = |name: &str, required: bool| json!({"in": "query", "name": name, "required": required, "content": {"application/json": {}}});
    let document = support::document(
        &json!({
            "/api/a": {"get": {"responses": {"200": json_of(&wrong)}}, "post": {"responses": empty}},
            "/api/b": {"get": {"responses": {"200": json_of(&reference("Shared"))}}, "options": {"responses": empty}},
            "/api/c": {"get": {"parameters": [query("filter", false)], "responses": empty}},
            "/api/d": {"get": {"parameters": [query("filter", true)], "responses": empty}},
            "/api/e-{id}": {"get": {"responses": empty}},
            "/api/f": {"$ref": "#/paths/~1api~1a"},
            "/api/g": {"get": {"responses": {"200": json_of(&reference("Missing"))}}},
        }),
        &json!({"schemas": {"Shared": {"type": "object", "properties": {"name": {"type": "string"}}}}}),
    );
    let (api, left_out, _) = partial(&document);
    let paths: Vec<String> =
        api.operations.iter().map(|one| format!("{} {}", one.method.as_str(), one.template)).collect();
    assert_eq!(paths, ["POST /api/a", "GET /api/b", "GET /api/c"]);
    assert_eq!(api.types.keys().collect::<Vec<_>>(), ["Shared"]);
    let media = "a parameter with a media type cannot be generated; give it a schema";
    assert_eq!(
        left_out,
        [
            "operation /paths/~1api~1b/options: /paths/~1api~1b/options: an operation with method OPTIONS cannot be \
             generated; remove it with an overlay"
                .to_owned(),
            "operation /paths/~1api~1e-{id}/get: /paths/~1api~1e-{id}/get: a path segment that mixes text and parameters \
             cannot be generated; use whole segments"
                .to_owned(),
            "operation /paths/~1api~1f: /paths/~1api~1f: a path that is a reference cannot be generated; write its \
             operations here"
                .to_owned(),
            "operation /paths/~1api~1a/get: /paths/~1api~1a/get/responses/200/content/application~1json/schema/properties/\
             bad/not: 'not' cannot be generated; declare the type of the value, in the document or with an overlay"
                .to_owned(),
            "operation /paths/~1api~1g/get: /paths/~1api~1g/get/responses/200/content/application~1json/schema: \
             #/components/schemas/Missing does not exist; correct the reference or add its target"
                .to_owned(),
            format!("parameter /paths/~1api~1c/get/parameters/0: /paths/~1api~1c/get/parameters/0/content: {media}"),
            format!("operation /paths/~1api~1d/get: /paths/~1api~1d/get/parameters/0/content: {media}"),
        ]
    );
}

#[test]
fn an_extension_that_does_not_fit_is_ignored_in_part_of_a_document() {
    let visible = json!({"type": "string", "pattern": "1|2", "x-enum-varnames": ["Only"]});
    let paths = json!({"/api/a": {"get": {
        "x-kimai-full": reference("Missing"),
        "parameters": [{"in": "query", "name": "visible", "schema": visible}],
        "responses": {"200": json_of(&json!({"type": "string", "x-rust-type": "Language"}))},
    }}});
    let (api, left_out, notes) = partial(&support::document(&paths, &json!({})));
    assert_eq!((api.operations.len(), left_out.len()), (1, 0));
    let places: Vec<&str> = notes.iter().filter_map(|note| note.split(": ").next()).collect();
    assert_eq!(
        places,
        [
            "/paths/~1api~1a/get/x-kimai-full",
            "/paths/~1api~1a/get/parameters/0/schema/x-enum-varnames",
            "/paths/~1api~1a/get/responses/200/content/application~1json/schema/x-rust-type",
        ]
    );
}

#[test]
fn a_type_with_the_name_of_an_id_type_is_renamed() {
    let thing = json!({"type": "object", "properties": {"id": {"type": "integer"}, "other": reference("ThingId")}});
    let schemas = json!({"Thing": thing, "ThingId": {"type": "object", "properties": {"a": {"type": "string"}}}});
    let (api, _, notes) = partial(&support::answering(&schemas));
    assert_eq!(api.types.keys().collect::<Vec<_>>(), ["Thing", "ThingIdType"]);
    assert_eq!(
        notes,
        ["/components/schemas/ThingId: ThingId is the name of an id type: this type becomes ThingIdType"]
    );
}

#[test]
fn parameters_that_can_never_be_sent_are_left_out() {
    let parameter = |place: &str, name: &str, required: bool| json!({"in": place, "name": name, "required": required, "schema": {"type": "string"}});
    let get = |parameters: Value| json!({"get": {"parameters": parameters, "responses": {"204": {}}}});
    let matrix = json!({"in": "path", "name": "id", "required": true, "style": "matrix", "schema": {"type": "string"}});
    let paths = json!({
        "/api/a": get(json!([
            parameter("header", "Cookie", false),
            parameter("header", "X-Auth-User", false),
            parameter("header", "a b", false),
            parameter("cookie", "c;d", false),
            parameter("query", "same", false),
            parameter("header", "same", false),
        ])),
        "/api/b": get(json!([parameter("header", "Host", true)])),
        "/api/c/{id}": get(json!([matrix])),
    });
    let (api, left_out, _) = partial(&support::document(&paths, &json!({})));
    let names: Vec<&str> = api.operations[0].parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!((api.operations.len(), names), (1, vec!["same"]));
    let reasons = left_out.iter().filter_map(|part| Some(part.split_once(": ")?.1));
    let reasons: Vec<&str> = reasons.map(|reason| reason.split_once(": ").map_or(reason, |(_, why)| why)).collect();
    assert_eq!(
        reasons,
        [
            "the header Cookie cannot be generated; the client sets it or does without: remove it",
            "the header X-Auth-User cannot be generated; the client sets it or does without: remove it",
            "a header with the name \"a b\" cannot be generated; correct the name",
            "a cookie with the name \"c;d\" cannot be generated; correct the name",
            "/paths/~1api~1a/get/parameters/5 and /paths/~1api~1a/get/parameters/4 would both be called same; give one of \
             them another name with x-rust-name in an overlay",
            "the header Host cannot be generated; the client sets it or does without: remove it",
            "a path parameter with a style other than 'simple' cannot be generated; declare it with style 'simple'",
        ]
    );
}

#[test]
fn an_enum_with_other_values_than_the_one_that_an_overlay_names_has_a_name_of_its_own() {
    let get = |pattern: &str| {
        let schema = json!({"type": "string", "pattern": pattern, "x-rust-type": "Order"});
        json!({"get": {"parameters": [{"in": "query", "name": "order", "schema": schema}], "responses": {"204": {}}}})
    };
    let paths = json!({"/api/a": get("ASC|DESC"), "/api/b": get("ASC|DESC|RAND")});
    let (api, left_out, notes) = partial(&support::document(&paths, &json!({})));
    assert_eq!((api.operations.len(), left_out.len()), (2, 0));
    assert_eq!(api.types.keys().collect::<Vec<_>>(), ["BOrder", "Order"]);
    assert_eq!(
        notes,
        ["/paths/~1api~1b/get/parameters/0/schema/x-rust-type: it does not fit this document and is ignored: \
             /paths/~1api~1b/get/parameters/0/schema and /paths/~1api~1a/get/parameters/0/schema would both be called \
             Order; give one of them another name with x-rust-type in an overlay"]
    );
}
