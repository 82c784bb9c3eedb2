//! Names that are invalid in Rust, and names that would become equal.

use serde_json::{Map, Value, json};

use crate::support::{
    answering, document, exchanging, in_path, in_query, json_of, reference, refusal, text, valid, with_parameters,
};

/// Names of every ugly kind; no two become the same one in Rust.
pub(crate) const UGLY: &[&str] = &[
    "type",
    "self",
    "crate",
    "super",
    "async",
    "_",
    "new",
    "default",
    "clone",
    "extra",
    "clear",
    "match",
    "fn",
    "gen",
    "2fa",
    "🎉",
    "größe",
    "日本",
    "C",
    "a b",
    "d.e",
    "f/g",
    "h~i",
    "j:k",
    "l\"m",
    "n\\o",
    "p\nq",
    "r\0s",
    "t\u{202e}u",
    "{v}",
    "$w",
    "x'y",
    "#z",
    "r#if",
    "map",
    "send",
    "request",
    "operation",
    "value",
    "form",
    "patch",
    "body",
    "form_",
    "serde_json",
];

fn object(names: &[&str], schema: &Value) -> Value {
    let properties: Map<_, _> = names.iter().map(|name| ((*name).to_owned(), schema.clone())).collect();
    json!({"type": "object", "properties": properties})
}

#[test]
fn properties() {
    for schema in [json!({"type": "string"}), json!({"type": "integer"}), json!({"type": "array", "items": {}})] {
        let mut thing = object(UGLY, &schema);
        valid(&exchanging(&json!({"Thing": thing})));
        thing["required"] = json!(UGLY);
        thing["additionalProperties"] = json!({"type": "string"});
        valid(&exchanging(&json!({"Thing": thing})));
    }
}

#[test]
fn properties_that_become_the_same() {
    let names =
        ["foo-bar", "foo_bar", "fooBar", "FooBar", "foo_bar_2", "clear_foo_bar", "clear_foo_bar_2", "", "-", "unnamed"];
    let files = text(&valid(&exchanging(&json!({"Thing": object(&names, &json!({"type": "string"}))}))));
    for wire in names.iter().filter(|wire| **wire != "foo_bar") {
        assert!(files.contains(&format!("{wire:?}")), "{wire} is still what goes over the wire");
    }
    let mut clearing = vec!["x", "X", "clear_x", "clear_x_2", "clear_clear_x", "default", "new", "extra"];
    for _ in 0..clearing.len() {
        clearing.rotate_left(1);
        let mut thing = object(&clearing, &json!({"type": "string"}));
        valid(&exchanging(&json!({"Thing": thing})));
        thing["additionalProperties"] = json!(true);
        valid(&exchanging(&json!({"Thing": thing})));
    }
    // Inline objects are called after their property.
    let inner = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let other = json!({"type": "object", "properties": {"b": {"type": "string"}}});
    let thing = json!({"type": "object", "properties": {"foo-bar": inner, "fooBar": other}});
    assert_eq!(
        refusal(&answering(&json!({"Thing": thing}))),
        "/components/schemas/Thing/properties/fooBar and /components/schemas/Thing/properties/foo-bar would both be \
         called ThingFooBar; give one of them another name with x-rust-type in an overlay"
    );
}

#[test]
fn parameters() {
    for required in [false, true] {
        for schema in [json!({"type": "string"}), json!({"type": "boolean"}), json!({"type": "array", "items": {}})] {
            let parameter = |name: &&str| json!({"in": "query", "name": name, "required": required, "schema": schema});
            let parameters: Vec<Value> = UGLY.iter().filter(|name| **name != "form_").map(parameter).collect();
            valid(&with_parameters("/api/things", &json!(parameters)));
        }
    }
    let usable = UGLY.iter().filter(|name| !name.contains(['/', '{']) && **name != "form_");
    for name in usable {
        let path = format!("/api/things/{{{name}}}");
        valid(&with_parameters(&path, &json!([in_path(name), in_query(name), in_query("other")])));
    }
}

#[test]
fn parameters_that_become_the_same() {
    let conflict = |parameters: Value| refusal(&with_parameters("/api/things", &parameters));
    assert_eq!(
        conflict(json!([in_query("foo-bar"), in_query("x"), in_query("fooBar")])),
        "/paths/~1api~1things/get/parameters/2 and /paths/~1api~1things/get/parameters/0 would both be called foo_bar; \
         give one of them another name with x-rust-name in an overlay"
    );
    let header = json!({"in": "header", "name": "foo-bar", "schema": {}});
    assert!(conflict(json!([in_query("foo_bar"), header])).contains("would both be called foo_bar"));
    assert_eq!(
        refusal(&with_parameters("/api/things/{foo-bar}/{fooBar}", &json!([in_path("foo-bar"), in_path("fooBar")]))),
        "/paths/~1api~1things~1{foo-bar}~1{fooBar}/get/parameters/1 and \
         /paths/~1api~1things~1{foo-bar}~1{fooBar}/get/parameters/0 would both be called foo_bar; \
         give one of them another name with x-rust-name in an overlay"
    );
}

#[test]
fn schemas() {
    for name in
        UGLY.iter().chain(&["Self", "Option", "Vec", "Box", "From", "Copy", "Clone", "Some", "ids", "types", ""])
    {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        let thing = json!({"type": "object", "properties": {
            "one": reference(&escaped),
            "other": {"oneOf": [reference(&escaped), {"type": "string"}]},
        }});
        for schema in [object(&["a", "b"], &json!({"type": "string"})), json!({"type": "string", "enum": ["a"]})] {
            valid(&exchanging(&json!({"Thing": thing, *name: schema})));
        }
    }
}

#[test]
fn schemas_that_become_the_same() {
    let thing = json!({"type": "object", "properties": {"a": reference("foo"), "b": reference("Foo")}});
    let [a, b] = ["a", "b"].map(|name| object(&[name], &json!({"type": "string"})));
    assert_eq!(
        refusal(&answering(&json!({"Thing": thing, "foo": a, "Foo": b}))),
        "/components/schemas/Foo and /components/schemas/foo would both be called Foo; \
         give one of them another name with x-rust-type in an overlay"
    );
    // What is the same anyway may have the same name.
    valid(&answering(&json!({"Thing": thing, "foo": a, "Foo": a})));
    let [x, y] = ["x", "y"].map(|value| json!({"type": "string", "enum": [value]}));
    let error = refusal(&answering(&json!({"Thing": thing, "foo": x, "Foo": y})));
    assert!(error.contains("would both be called Foo;"), "{error}");
    let error = refusal(&answering(&json!({"Thing": thing, "foo": a, "Foo": y})));
    assert!(error.contains("would both be called Foo;"), "{error}");
    let nested = json!({"type": "object", "properties": {"foo": reference("Foo")}});
    let error = refusal(&answering(&json!({"Thing": thing, "foo": nested, "Foo": b})));
    assert!(error.contains("would both be called Foo;"), "{error}");
    // `x-rust-type` cannot hide an id.
    let ids = json!({"type": "object", "properties": {"customer": {"type": "integer"}, "b": reference("CustomerId")}});
    let customer = object(&["id"], &json!({"type": "integer"}));
    let error = refusal(&answering(&json!({"Thing": ids, "Customer": customer, "CustomerId": a})));
    assert!(error.contains("would both be called CustomerId;"), "{error}");
}

/// Operations of several methods at each of these paths; PATCH without a body would be called as GET is.
pub(crate) fn operations(paths: &[String]) -> Value {
    let operation = json!({"responses": {"200": json_of(&json!({"type": "string"}))}});
    let all = json!({"get": operation, "post": operation, "put": operation, "delete": operation});
    let paths: Map<_, _> = paths.iter().map(|path| (path.clone(), all.clone())).collect();
    document(&Value::Object(paths), &json!({}))
}

#[test]
fn resources_and_methods() {
    let usable = || {
        UGLY.iter()
            .chain(&["list", "visit", "mod", "std", "create", "copy", "into-future", "ENUMS"])
            .filter(|name| !name.contains(['/', '{']) && **name != "form_")
    };
    let resources: Vec<String> = usable().map(|name| format!("/api/{name}")).collect();
    valid(&operations(&resources));
    // A segment without a letter adds nothing to a method's name.
    for name in usable().filter(|name| !["_", "list", "create"].contains(name)) {
        valid(&operations(&[format!("/api/{name}/{name}"), format!("/api/{name}")]));
    }
}

#[test]
fn methods_that_become_the_same() {
    let get = json!({"get": {"responses": {}}});
    let conflict = |one: &str, other: &str| refusal(&document(&json!({one: get, other: get}), &json!({})));
    assert_eq!(
        conflict("/api/things/foo-bar", "/api/things/fooBar"),
        "/paths/~1api~1things~1fooBar/get and /paths/~1api~1things~1foo-bar/get would both be called things().foo_bar(); \
         give one of them another name with x-rust-name in an overlay"
    );
    // The methods differ, their types would not.
    assert_eq!(
        conflict("/api/things/rates-1", "/api/things/rates1"),
        "/paths/~1api~1things~1rates1/get and /paths/~1api~1things~1rates-1/get would both be called things::Rates1; \
         give one of them another name with x-rust-name in an overlay"
    );
    // Two resources of the same name are one.
    valid(&document(&json!({"/api/foo-bar": get, "/api/fooBar/x": get}), &json!({})));
}

#[test]
fn handles_and_files_that_become_the_same() {
    let get = json!({"get": {"responses": {}}});
    valid(&document(&json!({"/api/list": get, "/api/list/list-resource": get}), &json!({})));
    // The types of a resource go into a file that is called as it is; so does every enum.
    let thing = json!({"200": json_of(&json!({"type": "object", "properties": {
        "a": {"type": "string", "enum": ["a"]},
        "b": {"type": "object", "properties": {"c": {"type": "string"}}},
    }}))});
    for resource in ["ENUMS", "mods", "commons", "stds", "serdes", "cores", "ids", "types"] {
        let paths = json!({format!("/api/{resource}"): {"get": {"responses": thing}}});
        valid(&document(&paths, &json!({})));
    }
    // A resource that needs several files.
    let mut paths = Map::new();
    for number in 0..60 {
        paths.insert(format!("/api/users/x{number}"), get.clone());
    }
    valid(&document(&Value::Object(paths), &json!({})));
}
