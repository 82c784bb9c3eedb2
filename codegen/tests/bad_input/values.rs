//! Enums, and other lists of values, of every ugly kind.

use codegen::api::{Shape, TypeKind};
use serde_json::{Value, json};

use crate::support::{answering, model, refusal, valid, with_parameters};

/// The variants of the enum that is made of these values, as `Name = "value"`.
#[track_caller]
fn variants(values: &Value) -> Vec<String> {
    let document = answering(&json!({"Thing": {"type": "string", "enum": values}}));
    valid(&document);
    let api = model(document.to_string().as_bytes()).unwrap();
    let TypeKind::Enum { variants, .. } = &api.types["Thing"].kind else { panic!("this is no enum") };
    variants.iter().map(|variant| format!("{} = {:?}", variant.name, variant.wire)).collect()
}

#[test]
fn lists_without_a_text() {
    for values in [json!([]), json!([null]), json!([null, null])] {
        let document = answering(&json!({"Thing": {"type": "string", "enum": values}}));
        let api = model(document.to_string().as_bytes()).unwrap();
        assert!(api.types.is_empty(), "{values}: text, not an enum");
        valid(&document);
    }
}

#[test]
fn values_that_are_hard_to_name() {
    assert_eq!(variants(&json!(["", null, "a", "a"])), [r#"Empty = """#, r#"A = "a""#]);
    assert_eq!(
        variants(&json!(["a", "A", "a-", "A2"])),
        [r#"A = "a""#, r#"A2 = "A""#, r#"A3 = "a-""#, r#"A22 = "A2""#]
    );
    assert_eq!(
        variants(&json!(["unknown", "Unknown", "self", "Self", "crate", "type", "_", "new", "super", "async"])),
        [
            r#"UnknownValue = "unknown""#,
            r#"UnknownValue2 = "Unknown""#,
            r#"SelfValue = "self""#,
            r#"SelfValue2 = "Self""#,
            r#"Crate = "crate""#,
            r#"Type = "type""#,
            r#"Other = "_""#,
            r#"New = "new""#,
            r#"Super = "super""#,
            r#"Async = "async""#,
        ]
    );
    assert_eq!(
        variants(&json!(["1.2", "12", "V12", "-1", "+", "-", "🎉", "!", "?", "empty", " ", "日本", "\u{202e}"])).len(),
        13
    );
    assert_eq!(
        variants(&json!(["\"", "\\", "\n", "\0", "{}", "*/", "//", "\u{2028}", "r#\"x\"#", "'", "\r", "\u{202e}x"]))
            .len(),
        12
    );
}

#[test]
fn more_values_than_a_file_has_lines() {
    let values: Vec<String> = (0..5000).map(|number| format!("value {number}")).collect();
    assert_eq!(variants(&json!(values)).len(), 5000);
}

#[test]
fn values_of_another_type() {
    let unsupported = |typ: &str| {
        format!(
            "/components/schemas/Thing: this schema (type: {typ}) cannot be generated; \
             use only keywords that belong to its type, and values of that type in 'enum'"
        )
    };
    for values in [json!(["a", 1]), json!([1]), json!([true, "a"]), json!([{}]), json!([["a"]])] {
        let schema = json!({"type": "string", "enum": values});
        assert_eq!(refusal(&answering(&json!({"Thing": schema}))), unsupported("string"), "{values}");
    }
    assert_eq!(refusal(&answering(&json!({"Thing": {"enum": ["a"]}}))), unsupported("none"));
    assert_eq!(refusal(&answering(&json!({"Thing": {"type": "text"}}))), unsupported("text"));
    valid(&answering(&json!({"Thing": {"type": "integer", "enum": [1, 2, null]}})));
    let error = refusal(&answering(&json!({"Thing": {"type": "string", "enum": "a"}})));
    assert!(error.starts_with("/components/schemas/Thing/enum: invalid type"), "{error}");
}

#[test]
fn the_same_alternative_twice() {
    let thing = |one_of: Value| json!({"Thing": {"oneOf": one_of}, "A": {"type": "object", "properties": {"a": {}}}});
    let a = json!({"$ref": "#/components/schemas/A"});
    valid(&answering(&thing(json!([a, a, {"type": "string"}]))));
    valid(&answering(&thing(json!([{"type": "string"}, {"type": "string", "format": "email"}]))));
    valid(&answering(&thing(json!([a, a]))));
    let expected =
        "/components/schemas/Thing/oneOf: an empty list of alternatives cannot be generated; list the alternatives";
    assert_eq!(refusal(&answering(&thing(json!([])))), expected);
    valid(&answering(&json!({"Thing": {"type": "object", "properties": {"b": {"oneOf": [{"type": "string"}]}}}})));
}

#[test]
fn alternatives_have_the_values_of_the_discriminator() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let document = answering(&json!({
        "Thing": {
            "oneOf": [to("Cat"), to("Kitten"), to("Dog"), to("Cow"), object("a"), object("b")],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "#/components/schemas/Dog"}},
        },
        "Cat": object("cat"),
        "Kitten": {"allOf": [to("Cat")]},
        "Dog": object("dog"),
        "Cow": object("cow"),
    }));
    valid(&document);
    let api = model(document.to_string().as_bytes()).unwrap();
    let TypeKind::OneOf { alternatives } = &api.types["Thing"].kind else { panic!("this is one type") };
    let values = |shape: &Shape| match shape {
        Shape::Object { tag: Some((property, values)), .. } => format!("{property} {values:?}"),
        other => format!("{other:?}"),
    };
    let found: Vec<String> = alternatives.iter().map(|one| format!("{}: {}", one.name, values(&one.shape))).collect();
    assert_eq!(
        found,
        [
            r#"Cat: kind ["cat", "Kitten"]"#,
            r#"Dog: kind ["dog"]"#,
            r#"Cow: kind ["Cow"]"#,
            "Thing5: kind []",
            "Thing6: kind []",
        ]
    );
}

#[test]
fn words_for_yes_and_no_are_a_boolean() {
    for (pattern, expected) in [
        ("0|1", r#"One { wire: "visible", ty: Bool { yes: "1", no: "0" } }"#),
        ("true|false", r#"One { wire: "visible", ty: Bool { yes: "true", no: "false" } }"#),
        ("0|1|true|false", r#"One { wire: "visible", ty: Bool { yes: "true", no: "false" } }"#),
        // Of three words, one has no opposite.
        ("0|true|false", r#"One { wire: "visible", ty: Enum("ThingVisible") }"#),
        ("true|false|all|none", r#"One { wire: "visible", ty: Enum("ThingVisible") }"#),
    ] {
        let schema = json!({"type": "string", "pattern": pattern});
        let parameter = json!({"in": "query", "name": "visible", "schema": schema});
        let document = with_parameters("/api/things", &json!([parameter]));
        valid(&document);
        let api = model(document.to_string().as_bytes()).unwrap();
        assert_eq!(format!("{:?}", api.operations[0].parameters[0].value), expected, "{pattern}");
    }
}

#[test]
fn one_and_many_values_are_one_parameter_only_in_one_place() {
    let text = json!({"type": "string"});
    let many = json!({"in": "query", "name": "things[]", "schema": {"type": "array", "items": text}});
    let names = |place: &str| -> Vec<String> {
        let one = json!({"in": place, "name": "thing", "schema": text});
        let document = with_parameters("/api/x", &json!([one, many]));
        valid(&document);
        let api = model(document.to_string().as_bytes()).unwrap();
        api.operations[0].parameters.iter().map(|parameter| parameter.name.clone()).collect()
    };
    assert_eq!(names("query"), ["thing"]);
    assert_eq!(names("header"), ["thing", "things"]);
}

#[test]
fn two_types_of_successful_responses_are_refused() {
    let content = |ty: &str| json!({"description": "", "content": {"application/json": {"schema": {"type": ty}}}});
    let document =
        |responses: Value| json!({"openapi": "3.0.0", "paths": {"/api/things": {"get": {"responses": responses}}}});
    let empty = json!({"description": ""});
    valid(&document(json!({"200": content("string"), "201": content("string"), "204": empty})));
    for responses in [
        json!({"200": content("string"), "201": content("boolean")}),
        json!({"200": content("string"), "201": content("boolean"), "204": empty}),
    ] {
        assert_eq!(
            refusal(&document(responses)),
            "/paths/~1api~1things/get/responses/201: a second type of successful response cannot be generated; \
             describe both with 'oneOf', or remove one with an overlay"
        );
    }
}

/// What looks like Markdown, Rust or a control character stays text.
#[test]
fn prose_that_would_be_code() {
    for prose in [
        "*/ pub fn evil() {} /*",
        "a\r\nb\rc",
        "\u{202e}backwards\u{2066}",
        "```\nfn main() {}\n```",
        "#![allow(warnings)]",
        "nul \0 bell \u{7} escape \u{1b}[31m",
        "\u{2028}line\u{2029}paragraph\u{85}next",
        "\"#\"##",
        "\\",
        "",
        " ",
    ] {
        let schemas = json!({"Thing": {
            "type": "object", "description": prose,
            "properties": {
                "a": {"type": "string", "description": prose},
                "kind": {"type": "string", "enum": ["x", prose], "description": prose},
                format!("{prose}b"): {"type": "integer"},
            },
        }});
        let mut document = crate::support::exchanging(&schemas);
        document["info"] = json!({"title": prose, "description": prose});
        document["paths"]["/api/things"]["post"]["summary"] = json!(prose);
        document["paths"]["/api/things"]["post"]["security"] = json!([{"x": [prose]}]);
        for text in valid(&document).values() {
            // The compiler refuses these in comments; in literals they are escaped.
            let odd = |c: char| {
                (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!text.contains(odd), "{prose:?}: {text}");
        }
    }
}
