//! Operations apart from schemas: parameters, headers, media types, statuses, credentials.

use codegen::diff::{Change, compare, compare_with};
use serde_json::{Value, json};

use crate::effects::client;
use crate::{said, snapshot};

fn texts(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .map(|change| format!("{} {}: {}", change.severity().as_str(), change.id(), change.message()))
        .collect()
}

/// A document with one operation.
fn of(operation: &Value) -> Value {
    json!({"paths": {"/api/x": {"get": operation}}})
}

fn with_parameters(parameters: &[&Value]) -> Value {
    of(&json!({"parameters": parameters, "responses": {"204": {}}}))
}

#[track_caller]
fn assert_parameter(old: &Value, new: &Value, expected: &[&str]) {
    assert_eq!(texts(&compare(&with_parameters(&[old]), &with_parameters(&[new]))), expected);
}

#[test]
fn lists_are_written_in_ways_of_which_some_are_usual() {
    let list = |place: &str, more: Value| {
        let mut parameter = json!({"in": place, "name": "l", "schema": {"type": "array", "items": {"type": "string"}}});
        parameter.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        parameter
    };
    for (place, written_out) in [
        ("query", json!({"style": "form", "explode": true})),
        ("query", json!({"explode": true})),
        ("cookie", json!({"style": "form"})),
        ("header", json!({"style": "simple", "explode": false})),
        ("header", json!({"style": "simple"})),
    ] {
        assert_parameter(&list(place, json!({})), &list(place, written_out), &[]);
    }
    let spaces = list("query", json!({"style": "spaceDelimited"}));
    assert_parameter(&spaces, &list("query", json!({"style": "spaceDelimited", "explode": false})), &[]);
    for (style, text) in [
        (json!({"explode": false}), "with commas"),
        (json!({"style": "spaceDelimited"}), "with spaces"),
        (json!({"style": "pipeDelimited", "explode": false}), "with bars"),
        (json!({"style": "deepObject"}), "with names in brackets"),
    ] {
        let expected = "breaking request-parameter-style-changed: ?l is written differently: once for each value → ";
        assert_parameter(&list("query", json!({})), &list("query", style), &[&format!("{expected}{text}")]);
    }
    // A single value is the same in all of them.
    let one = |explode: bool| json!({"in": "query", "name": "l", "explode": explode, "schema": {"type": "string"}});
    assert_parameter(&one(true), &one(false), &[]);
}

#[test]
fn parameters_are_told_apart_by_place_and_name() {
    let parameter = |place: &str, name: &str| json!({"in": place, "name": name, "schema": {"type": "string"}});
    assert_parameter(&parameter("header", "X-Foo"), &parameter("header", "x-foo"), &[]);
    let moved = "breaking request-parameter-moved: ?name was moved: ?name → header name";
    assert_parameter(&parameter("query", "name"), &parameter("header", "name"), &[moved]);
    let renamed = "breaking request-parameter-renamed: ?name was renamed: ?name → ?Name";
    assert_parameter(&parameter("query", "name"), &parameter("query", "Name"), &[renamed]);
    let list = json!({"in": "query", "name": "name[]", "schema": {"type": "array", "items": {"type": "string"}}});
    let renamed = "breaking request-parameter-renamed: ?name was renamed: ?name → ?name[]";
    assert_parameter(&parameter("query", "name"), &list, &[renamed]);
    let elements = |ty: &str| json!({"in": "query", "name": "l[]", "schema": {"type": "array", "items": {"type": ty}}});
    let changed = "breaking request-parameter-type-changed: ?l[] has a different type: string → boolean";
    assert_parameter(&elements("string"), &elements("boolean"), &[changed]);
    let mut empty = parameter("query", "name");
    empty["allowEmptyValue"] = json!(true);
    let loosened = "info request-parameter-constraint-loosened: ?name has a looser limit: may be empty";
    assert_parameter(&parameter("query", "name"), &empty, &[loosened]);
    let tightened = "breaking request-parameter-constraint-tightened: ?name has a tighter limit: may be empty";
    assert_parameter(&empty, &parameter("query", "name"), &[tightened]);
}

#[test]
fn reserved_characters_are_percent_encoded_or_not() {
    let parameter = |place: &str, allows: bool| json!({"in": place, "name": "name", "allowReserved": allows, "schema": {"type": "string"}});
    let changed = "warning request-parameter-allow-reserved-changed: ?name writes reserved characters differently: ";
    let allowed = format!("{changed}percent-encoded → as they are");
    assert_parameter(&parameter("query", false), &parameter("query", true), &[&allowed]);
    let encoded = format!("{changed}as they are → percent-encoded");
    assert_parameter(&parameter("query", true), &parameter("query", false), &[&encoded]);
    let unsaid = json!({"in": "query", "name": "name", "schema": {"type": "string"}});
    assert_parameter(&unsaid, &parameter("query", false), &[]);
    // It means something in the query only.
    assert_parameter(&parameter("header", false), &parameter("header", true), &[]);
}

#[test]
fn a_parameter_without_a_value_has_an_empty_list_for_its_default() {
    let list = |default: Option<Value>| {
        let mut schema = json!({"type": "array", "items": {"type": "string"}});
        if let Some(default) = default {
            schema["default"] = default;
        }
        json!({"in": "query", "name": "l", "schema": schema})
    };
    assert_parameter(&list(None), &list(Some(json!([]))), &[]);
    let changed = r#"warning request-parameter-default-changed: ?l has a different default: ["a"]"#;
    assert_parameter(&list(None), &list(Some(json!(["a"]))), &[changed]);
}

#[test]
fn a_parameter_may_be_a_document() {
    let text = json!({"in": "query", "name": "q", "schema": {"type": "string"}});
    let document =
        |ty: &str| json!({"in": "query", "name": "q", "content": {"application/json": {"schema": {"type": ty}}}});
    let changed = "breaking request-parameter-style-changed: ?q is written differently: as it is → as a document";
    assert_parameter(&text, &document("string"), &[changed]);
    let changed = "breaking request-parameter-type-changed: ?q has a different type: boolean → object";
    assert_parameter(&document("boolean"), &document("object"), &[changed]);
}

#[test]
fn schemas_behind_references_count_in_parameters_and_headers() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let document = |words: &[&str]| {
        let filter = json!({"in": "query", "name": "f", "style": "deepObject", "schema": {
            "type": "object", "properties": {"in": to("Inner")},
        }});
        let choice = json!({"in": "query", "name": "c", "schema": {"oneOf": [to("Word"), {"type": "integer"}]}});
        let headers = json!({"X-C": {"schema": {"oneOf": [to("Word"), {"type": "integer"}]}}});
        let operation = json!({"parameters": [filter, choice], "responses": {"200": {"headers": headers}}});
        json!({"paths": {"/api/x": {"get": operation}}, "components": {"schemas": {
            "Word": {"type": "string", "enum": words}, "Inner": {"type": "object", "properties": {"word": to("Word")}},
        }}})
    };
    assert_eq!(
        texts(&compare(&document(&["a", "b"]), &document(&["a"]))),
        [
            "breaking request-parameter-value-removed: a value of ?c was removed: b",
            "breaking request-parameter-value-removed: a value of ?f.in.word was removed: b",
            "info response-header-value-removed: a value of header x-c was removed: b",
        ]
    );
    let style = |style: &str| {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        json!({"in": "query", "name": "f", "style": style, "schema": schema})
    };
    let changed = "?f is written differently: with names in brackets → once for each value";
    assert_parameter(
        &style("deepObject"),
        &style("form"),
        &[&format!("breaking request-parameter-style-changed: {changed}")],
    );
}

#[test]
fn parameters_of_paths_and_behind_references_are_those_of_the_operation() {
    let id = |ty: &str| json!({"in": "path", "name": "id", "required": true, "schema": {"type": ty}});
    let document = |shared: &[Value], own: &[Value], more: Value| {
        let operation = json!({"parameters": own, "responses": {"204": {}}});
        json!({"paths": {"/api/x/{id}": {"parameters": shared, "get": operation}}, "components": more})
    };
    let plain = document(&[], &[id("integer")], json!({}));
    let chain = json!({"parameters": {"a": {"$ref": "#/components/parameters/b"}, "b": id("integer")}});
    let behind = json!({"$ref": "#/components/parameters/a"});
    for other in [
        document(&[id("integer")], &[], json!({})),
        document(&[id("boolean")], &[id("integer")], json!({})),
        document(&[], &[behind], chain),
    ] {
        assert_eq!(said(&compare(&plain, &other)), [""; 0]);
    }
    let changed = "breaking path-parameter-type-changed: {id} has a different type: integer → boolean";
    assert_eq!(texts(&compare(&plain, &document(&[], &[id("boolean")], json!({})))), [changed]);
    let mut deprecated = id("integer");
    deprecated["deprecated"] = json!(true);
    let changed = "warning path-parameter-deprecated: {id} is deprecated";
    assert_eq!(texts(&compare(&plain, &document(&[], &[deprecated], json!({})))), [changed]);
    // Their names mean nothing, and their order in the path does.
    let two = |path: &str, first: &str, second: &str| {
        let parameter = |name: &str, ty: &str| json!({"in": "path", "name": name, "schema": {"type": ty}});
        let parameters = [parameter(second, "boolean"), parameter(first, "integer")];
        json!({"paths": {path: {"get": {"parameters": parameters, "responses": {"204": {}}}}}})
    };
    assert_eq!(said(&compare(&two("/api/{z}/{a}", "z", "a"), &two("/api/{a}/{z}", "a", "z"))), [""; 0]);
    let export = |name: &str| json!({"paths": {format!("/api/{{{name}}}.pdf"): {"get": {"responses": {"204": {}}}}}});
    assert_eq!(said(&compare(&export("id"), &export("number"))), [""; 0]);
    // A path may be a reference as a whole.
    let mut other = plain.clone();
    let item = other["paths"]["/api/x/{id}"].take();
    other["components"]["pathItems"] = json!({"x": item});
    other["paths"]["/api/x/{id}"] = json!({"$ref": "#/components/pathItems/x"});
    assert_eq!(said(&compare(&plain, &other)), [""; 0]);
    other["components"]["pathItems"]["x"]["get"]["deprecated"] = json!(true);
    assert_eq!(texts(&compare(&plain, &other)), ["warning operation-deprecated: GET /api/x/{id} is deprecated"]);
}

#[test]
fn paths_that_differ_in_a_slash_or_a_name_are_two_where_there_are_two() {
    let operation = |name: &str| {
        json!({"get": {"parameters": [{"in": "query", "name": name, "schema": {"type": "string"}}],
            "responses": {"204": {}}}})
    };
    let one = json!({"paths": {"/api/x": operation("a")}});
    assert_eq!(said(&compare(&one, &json!({"paths": {"/api/x/": operation("a")}}))), [""; 0]);
    let two = |first: &str, second: &str| json!({"paths": {"/api/x": operation(first), "/api/x/": operation(second)}});
    assert_eq!(texts(&compare(&one, &two("a", "a"))), ["info operation-added: GET /api/x/ was added"]);
    let expected = ["breaking request-parameter-removed: ?a was removed", "info request-parameter-added: ?b was added"];
    assert_eq!(texts(&compare(&two("a", "c"), &two("b", "c"))), expected);
    assert_eq!(texts(&compare(&two("c", "a"), &two("c", "b"))), expected);
}

#[test]
fn every_method_counts() {
    let methods = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];
    for method in methods {
        let document = json!({"paths": {"/api/x": {method: {"responses": {"204": {}}}}}});
        let added = format!("info operation-added: {} /api/x was added", method.to_uppercase());
        assert_eq!(texts(&compare(&json!({"paths": {}}), &document)), [added]);
    }
}

#[test]
fn media_types_have_no_case_and_headers_neither() {
    let answering = |media: &str, header: &str| {
        let content = json!({media: {"schema": {"type": "string"}}});
        let headers = json!({header: {"schema": {"type": "string"}}});
        of(&json!({"responses": {"200": {"content": content, "headers": headers}}}))
    };
    let plain = answering("application/json", "X-Page");
    for (media, header) in [
        ("Application/JSON", "x-page"),
        ("application/json; charset=utf-8", "X-Page"),
        ("application/json;charset=UTF-8", "X-PAGE"),
    ] {
        assert_eq!(said(&compare(&plain, &answering(media, header))), [""; 0], "{media} {header}");
    }
    assert_eq!(
        texts(&compare(&plain, &answering("text/csv; header=present", "X-Page"))),
        [
            "breaking response-media-type-removed: a media type of GET /api/x 200 was removed: application/json",
            "info response-media-type-added: a media type of GET /api/x 200 was added: text/csv; header=present",
        ]
    );
}

#[test]
fn one_status_in_the_place_of_another_is_one_change() {
    let answering = |status: &str, ty: &str| {
        let answer = json!({"content": {"application/json": {"schema": {"type": ty}}}});
        of(&json!({"responses": {status: answer, "404": {}}}))
    };
    let replaced = "breaking response-status-changed: GET /api/x 200 was replaced: 200 → 201";
    assert_eq!(texts(&compare(&answering("200", "string"), &answering("201", "string"))), [replaced]);
    let changed = "breaking response-property-type-changed: GET /api/x 200 has a different type: string → integer";
    assert_eq!(texts(&compare(&answering("200", "string"), &answering("201", "integer"))), [changed, replaced]);
    let both = of(&json!({"responses": {"200": {}, "202": {}}}));
    let one = of(&json!({"responses": {"201": {}}}));
    assert_eq!(
        texts(&compare(&both, &one)),
        [
            "breaking response-status-removed: GET /api/x 200 was removed: 200",
            "breaking response-status-removed: GET /api/x 202 was removed: 202",
            "info response-status-added: GET /api/x 201 was added: 201",
        ]
    );
}

/// A document with three authentication methods; `user` and `token` belong together.
fn secured(root: &Value, own: &Value) -> Value {
    let key = |name: &str| json!({"type": "apiKey", "in": "header", "name": name});
    let mut operation = json!({"responses": {"204": {}}});
    if !own.is_null() {
        operation["security"] = own.clone();
    }
    let other = json!([{"bearer": []}, {"user": [], "token": []}]);
    json!({
        "security": root,
        "paths": {"/api/x": {"get": operation}, "/api/y": {"get": {"security": other, "responses": {"204": {}}}}},
        "components": {"securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"}, "user": key("X-USER"), "token": key("X-TOKEN"),
        }},
    })
}

#[test]
fn a_further_way_to_say_who_one_is_breaks_nobody() {
    let bearer = json!([{"bearer": []}]);
    let both = json!([{"bearer": []}, {"user": [], "token": []}]);
    let either = json!([{"bearer": []}, {"user": []}, {"token": []}]);
    let message = |old: &str, new: &str| format!("GET /api/x accepts additional credentials: {old} → {new}");
    let texts_of = |old: &Value, new: &Value| texts(&compare(&secured(&bearer, old), &secured(&bearer, new)));
    let (pair, one) = ("header X-TOKEN and header X-USER", "header X-TOKEN, header X-USER");
    for (old, new, text) in [
        (&bearer, &both, message("http bearer", &format!("{pair}, http bearer"))),
        (&both, &either, message(&format!("{pair}, http bearer"), &format!("{one}, http bearer"))),
        (&bearer, &json!([]), message("http bearer", "nobody")),
        (&Value::Null, &both, message("http bearer", &format!("{pair}, http bearer"))),
    ] {
        assert_eq!(texts_of(old, new), [format!("info operation-authentication-widened: {text}")]);
        let back = texts_of(new, old);
        assert!(
            back[0].starts_with("breaking operation-authentication-changed: GET /api/x accepts different"),
            "{back:?}"
        );
        assert_eq!(back.len(), 1);
    }
    // Calls of nobody are let in either way, and who sends less than another way asks for is let in by it.
    assert_eq!(texts_of(&json!([]), &json!([{}])), [""; 0]);
    assert_eq!(texts_of(&json!([{}]), &json!([{}, {"bearer": []}])), [""; 0]);
    assert_eq!(texts_of(&json!([{"user": []}]), &json!([{"user": []}, {"user": [], "token": []}])), [""; 0]);
    // What the document does not define says nothing.
    assert_eq!(texts_of(&json!([{"unknown": []}]), &bearer), [""; 0]);
}

#[test]
fn one_way_in_the_place_of_another_breaks_calls_and_less_does_not() {
    let document = |security: Value| {
        let key = json!({"type": "apiKey", "in": "header", "name": "X-K"});
        let bearer = json!({"type": "http", "scheme": "bearer"});
        let operation = |security: Value| json!({"get": {"security": security, "responses": {"204": {}}}});
        json!({
            "paths": {"/api/x": operation(security), "/api/y": operation(json!([{"bearer": []}]))},
            "components": {"securitySchemes": {"key": key, "bearer": bearer}},
        })
    };
    let (key, bearer) = (document(json!([{"key": []}])), document(json!([{"bearer": []}])));
    let both = document(json!([{"bearer": [], "key": []}]));
    let gone = "breaking authentication-removed: header X-K was removed";
    let changed = "breaking operation-authentication-changed: GET /api/x accepts different credentials: ";
    assert_eq!(texts(&compare(&key, &bearer)), [gone.to_owned(), format!("{changed}header X-K → http bearer")]);
    let come = "info authentication-added: header X-K was added";
    assert_eq!(texts(&compare(&bearer, &key)), [format!("{changed}http bearer → header X-K"), come.to_owned()]);
    let widened = "info operation-authentication-widened: GET /api/x accepts additional credentials: ";
    assert_eq!(texts(&compare(&both, &bearer)), [format!("{widened}header X-K and http bearer → http bearer")]);
    assert_eq!(texts(&compare(&bearer, &both)), [format!("{changed}http bearer → header X-K and http bearer")]);
}

#[test]
fn what_the_document_asks_for_counts_where_an_operation_says_nothing() {
    let root = |security: Value| secured(&security, &Value::Null);
    let plain = root(json!([{"bearer": []}]));
    let found = texts(&compare(&plain, &root(json!([{"user": []}]))));
    let changed = "GET /api/x accepts different credentials: http bearer → header X-USER";
    assert_eq!(found, [format!("breaking operation-authentication-changed: {changed}")]);
    let found = texts(&compare(&plain, &root(json!([{"bearer": ["API", "view"]}]))));
    let changed = "GET /api/x requires different permissions: none → view";
    assert_eq!(found, [format!("warning operation-permissions-changed: {changed}")]);
    assert_eq!(texts(&compare(&plain, &secured(&json!([{"user": []}]), &json!([{"bearer": []}])))), [""; 0]);
}

#[test]
fn a_header_of_another_name_is_one_change_for_all() {
    let old = secured(&json!([{"bearer": []}]), &Value::Null);
    let mut new = old.clone();
    new["components"]["securitySchemes"]["token"]["name"] = json!("X-KEY");
    let changed = "breaking authentication-changed: header X-TOKEN was replaced: header X-TOKEN → header X-KEY";
    assert_eq!(texts(&compare(&old, &new)), [changed]);
    // Names in the document do not matter, nor does the case of header names.
    new["components"]["securitySchemes"]["token"]["name"] = json!("x-Token");
    assert_eq!(said(&compare(&old, &new)), [""; 0]);
    let renamed = old.to_string().replace("\"token\"", "\"key\"");
    assert_eq!(said(&compare(&old, &serde_json::from_str(&renamed).unwrap())), [""; 0]);
}

/// An operation that returns an object, with a parameter.
fn answering(parameter: &str) -> Value {
    let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    json!({"get": {
        "parameters": [{"in": "query", "name": parameter, "schema": {"type": "string"}}],
        "responses": {"200": {"content": {"application/json": {"schema": object}}}},
    }})
}

#[test]
fn operations_move_if_there_is_only_one_place_where_they_can_be() {
    let old = json!({"paths": {"/api/x": answering("a")}});
    let moved = "breaking operation-moved: GET /api/x was moved: GET /api/x → GET /api/v2/x";
    let new = json!({"paths": {"/api/v2/x": answering("a")}});
    assert_eq!(texts(&compare(&old, &new)), [moved]);
    // Other changes are reported, too.
    let new = json!({"paths": {"/api/v2/x": answering("b")}});
    assert_eq!(
        texts(&compare(&old, &new)),
        [moved, "breaking request-parameter-removed: ?a was removed", "info request-parameter-added: ?b was added",]
    );
    let two = json!({"paths": {"/api/v2/x": answering("a"), "/api/v3/x": answering("a")}});
    let gone = "breaking operation-removed: GET /api/x was removed";
    let come = ["info operation-added: GET /api/v2/x was added", "info operation-added: GET /api/v3/x was added"];
    assert_eq!(texts(&compare(&old, &two)), [&[gone][..], &come].concat());
    assert_eq!(compare(&two, &old).len(), 3);
    // Of two that it can be, the one that is the same is it.
    let two = json!({"paths": {"/api/v2/x": answering("a"), "/api/v3/x": answering("b")}});
    assert_eq!(texts(&compare(&old, &two)), [moved, come[1]]);
    let other = json!({"paths": {"/api/v2/y": answering("a")}});
    assert_eq!(texts(&compare(&old, &other)), [gone, "info operation-added: GET /api/v2/y was added"]);
}

/// Responses decide which of two operations is the moved one, in any spelling.
#[test]
fn what_an_operation_answers_tells_where_it_went() {
    let paths = |all: &[(&str, &Value)]| {
        let operation = |schema: &Value| json!({"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}});
        let paths: Value = all.iter().map(|(path, schema)| ((*path).to_owned(), operation(schema))).collect();
        json!({ "paths": paths })
    };
    let inside = |ty: &str| {
        let inner = json!({"type": "object", "properties": {"b": {"type": "array", "items": {"type": ty}}}});
        json!({"type": "object", "properties": {"a": inner}})
    };
    let choice = |order: [&str; 2]| json!({"oneOf": order.map(|ty| json!({"type": ty}))});
    let object = |more: Value| json!({"type": "object", "additionalProperties": more});
    for (old, same, other) in [
        (inside("string"), inside("string"), inside("integer")),
        (choice(["string", "integer"]), choice(["integer", "string"]), choice(["string", "boolean"])),
        (object(json!(false)), object(json!(false)), object(json!(true))),
        (object(json!({"type": "string"})), object(json!({"type": "string"})), object(json!({"type": "integer"}))),
    ] {
        let new = paths(&[("/api/v2/x", &other), ("/api/v3/x", &same)]);
        assert_eq!(
            texts(&compare(&paths(&[("/api/x", &old)]), &new)),
            [
                "breaking operation-moved: GET /api/x was moved: GET /api/x → GET /api/v3/x",
                "info operation-added: GET /api/v2/x was added",
            ]
        );
    }
}

#[test]
fn answers_of_several_operations_that_change_alike_are_one_change() {
    let document = |ty: &str| {
        let answer = json!({"200": {"content": {"application/json": {"schema": {"type": ty}}}}});
        let operation = json!({"get": {"responses": answer}});
        json!({"paths": {"/api/x": operation, "/api/y": operation}})
    };
    let changes = compare(&document("string"), &document("integer"));
    let message = "responses of 2 operations have a different type: string → integer";
    assert_eq!(texts(&changes), [format!("breaking response-property-type-changed: {message}")]);
    assert_eq!(changes[0].subject(), "2 operations");
    assert_eq!(changes[0].places(), ["GET /api/x 200", "GET /api/y 200"]);
    assert_eq!(changes[0].operations, ["GET /api/x", "GET /api/y"]);
}

#[test]
fn many_names_are_counted() {
    let document = |count: usize| {
        let names: Vec<String> = (0..8).map(|place| format!("p{place}")).collect();
        let properties: Value = names.iter().map(|name| (name.clone(), json!({"type": "string"}))).collect();
        let schema = json!({"type": "object", "properties": properties, "required": names.get(..count).unwrap()});
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
        json!({"paths": {"/api/x": {"get": {"responses": {"200": {"content": content}}}}},
            "components": {"schemas": {"A": schema}}})
    };
    for (count, subject) in [(2, "A.{p0,p1}"), (6, "A.{p0,p1,p2,p3,p4,p5}"), (7, "7 properties")] {
        let changes = compare(&document(0), &document(count));
        assert_eq!((changes.len(), changes[0].subject().as_str()), (1, subject));
    }
}

/// The responses of POST and GET with `full` are in no document, but known to the clients.
#[test]
fn answers_to_full_are_compared_too() {
    let old = snapshot("2.65.0");
    let before = client("2.65.0", old);
    let edited = |schema: &str| {
        let mut new = old.clone();
        new["components"]["schemas"][schema]["properties"]["more"] = json!({"type": "string"});
        let changes = compare_with(old, &new, [&before, &client("2.65.0", &new)]);
        assert_eq!(texts(&changes), [format!("info response-property-added: {schema}.more was added: string")]);
        changes.into_iter().next().unwrap().operations
    };
    assert_eq!(edited("TimesheetExpanded"), ["POST /api/timesheets"]);
    assert!(edited("UserEntity").contains(&"GET /api/users".to_owned()));
    assert_eq!(
        edited("TimesheetCollectionExpanded"),
        ["GET /api/timesheets", "GET /api/timesheets/active", "GET /api/timesheets/recent",]
    );
}

#[test]
fn scopes_belong_to_their_requirement() {
    let asking = |security: Value| of(&json!({"security": security, "responses": {"204": {}}}));
    let either = asking(json!([{"open": ["API", "read"]}, {"open": ["write"]}]));
    let both = asking(json!([{"open": ["write", "API", "read"]}]));
    assert_eq!(
        texts(&compare(&either, &both)),
        [
            "warning operation-permissions-changed: GET /api/x requires different permissions: read, write → read and write"
        ]
    );
}

#[test]
fn a_redirect_is_a_response() {
    let login = |parameters: Value| of(&json!({"parameters": parameters, "responses": {"302": {"description": ""}}}));
    let (old, new) = (login(json!([])), login(json!([{"in": "query", "name": "q", "required": true, "schema": {}}])));
    assert_eq!(
        texts(&compare(&old, &new)),
        ["breaking request-parameter-added-required: ?q was added and is required"]
    );
    assert_eq!(texts(&compare(&old, &json!({}))), ["breaking operation-removed: GET /api/x was removed"]);
}
