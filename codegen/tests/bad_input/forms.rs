//! The extensions for requests, and where they do not apply.

use serde_json::{Value, json};

use crate::support::{self, answering, compile, exchanging, refusal, valid};

fn thing(properties: &Value, required: &[&str]) -> Value {
    json!({"Thing": {"type": "object", "required": required, "properties": properties}})
}

#[test]
fn a_text_with_the_name_of_an_enum_that_nobody_defines() {
    let properties = json!({"language": {"type": "string", "x-rust-type": "Language"}});
    assert_eq!(
        refusal(&answering(&thing(&properties, &[]))),
        "/components/schemas/Thing/properties/language/x-rust-type: no schema defines the enum 'Language': list its \
         values here or elsewhere"
    );
    let known = json!({
        "language": {"type": "string", "x-rust-type": "Language"},
        "locale": {"type": "string", "x-rust-type": "Language", "enum": ["de", "en"]},
    });
    let files = valid(&answering(&thing(&known, &[])));
    assert!(files["types/thing.rs"].contains("pub language: Option<Language>"), "{}", files["types/thing.rs"]);
}

#[test]
fn only_a_boolean_has_an_initial_value() {
    let properties = json!({"name": {"type": "string", "x-kimai-initial": true}});
    assert_eq!(
        refusal(&exchanging(&thing(&properties, &[]))),
        "/components/schemas/Thing/properties/name/x-kimai-initial: a boolean property is expected here"
    );
    let properties = json!({"visible": {"type": "boolean", "x-kimai-initial": "yes"}});
    assert!(refusal(&exchanging(&thing(&properties, &[]))).contains("x-kimai-initial: true or false is expected here"));
}

#[test]
fn forms_without_arguments_begin_with_their_initial_values() {
    let properties = json!({"visible": {"type": "boolean", "x-kimai-initial": true}, "name": {"type": "string"}});
    let files = valid(&exchanging(&thing(&properties, &[])));
    let text = &files["types/thing.rs"];
    assert!(text.contains("visible: Some(true),"), "{text}");
    assert!(text.contains("impl Default for NewThing"), "{text}");
    compile::compiles(&files);
}

#[test]
fn required_properties_that_may_be_null_are_no_optional_arguments() {
    let nullable = json!({"type": "string", "nullable": true});
    let one = valid(&exchanging(&thing(&json!({"name": {"type": "string"}, "value": nullable}), &["name", "value"])));
    let text = &one["types/thing.rs"];
    assert!(text.contains("pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self"), "{text}");
    assert!(text.contains("pub fn clear_value(name: impl Into<String>) -> Self"), "{text}");
    let two = json!({"name": {"type": "string"}, "a": nullable, "b": nullable, "clear_a": {"type": "string"}});
    let several = valid(&exchanging(&thing(&two, &["name", "a", "b"])));
    let text = &several["types/thing.rs"];
    assert!(text.contains("pub fn new(name: impl Into<String>) -> Self"), "{text}");
    assert!(text.contains("/// Unless set, null is sent for `a` and `b`."), "{text}");
    assert!(text.contains("pub fn a(mut self, a: impl Into<String>) -> Self"), "{text}");
    // An optional property is left out, not cleared.
    let optional = valid(&exchanging(&thing(&json!({"a": nullable, "clear_a": {"type": "string"}}), &[])));
    let text = &optional["types/thing.rs"];
    assert!(text.contains("pub fn clear_a(mut self, clear_a: impl Into<String>) -> Self"), "{text}");
    let clear = json!({"value": nullable, "clear_value": {"type": "string"}});
    valid(&exchanging(&thing(&clear, &["value"])));
}

#[test]
fn a_property_called_like_a_function_has_another_name_only_beside_it() {
    let answer = valid(&answering(&thing(&json!({"new": {"type": "string"}, "default": {"type": "string"}}), &[])));
    let text = &answer["types/thing.rs"];
    assert!(text.contains("pub new: Option<String>,"), "{text}");
    assert!(text.contains("pub default: Option<String>,"), "{text}");
    let files = valid(&exchanging(&thing(&json!({"default": {"type": "string"}}), &[])));
    let text = &files["types/thing.rs"];
    assert!(text.contains("pub fn default(mut self"), "{text}");
    assert!(text.contains("pub fn default_(mut self"), "{text}");
}

#[test]
fn texts_of_a_known_form_have_their_types() {
    let properties = json!({
        "color": {"type": "string", "format": "color"},
        "country": {"type": "string", "format": "country-code"},
        "currency": {"type": "string", "format": "currency-code"},
        "value": {"type": "string", "format": "field-value"},
        "zone": {"type": "string", "format": "time-zone"},
    });
    let files = valid(&exchanging(&thing(&properties, &[])));
    let text = &files["types/thing.rs"];
    for field in
        ["color: Option<Color>", "country: Option<Country>", "currency: Option<Currency>", "zone: Option<TimeZoneName>"]
    {
        assert_eq!(text.matches(&format!("pub {field},")).count(), 2, "{field}: {text}");
    }
    // Responses contain text, whatever the type of the custom field is.
    assert_eq!(text.matches("pub value: Option<String>,").count(), 1, "{text}");
    assert_eq!(text.matches("pub value: Option<FieldValue>,").count(), 1, "{text}");
    compile::compiles(&files);
}

#[test]
fn a_duration_among_several_types_is_not_sent() {
    let properties = json!({"length": {"oneOf": [{"type": "string", "format": "duration"}, {"type": "boolean"}]}});
    assert_eq!(
        refusal(&exchanging(&thing(&properties, &[]))),
        "/components/schemas/Thing/properties/length/oneOf/0: a duration as one of several types in a request cannot be \
         generated; the server reads plain numbers as hours: declare it as text"
    );
    let files = valid(&answering(&thing(&properties, &[])));
    compile::compiles(&files);
}

#[test]
fn an_example_is_rust() {
    let with = |example: Value| {
        let mut document = answering(&thing(&json!({"name": {"type": "string"}}), &[]));
        document["paths"]["/api/things"]["get"]["x-rust-example"] = example;
        document
    };
    let files = valid(&with(json!("let things = kimai.things().list().await?;\nprintln!(\"{things:?}\");\n")));
    assert!(support::text(&files).contains("/// let things = kimai.things().list().await?;\n"));
    assert_eq!(
        refusal(&with(json!("let things = ;"))),
        "/paths/~1api~1things/get/x-rust-example: the example is not valid Rust: expected an expression"
    );
    assert_eq!(refusal(&with(json!(["x"]))), "/paths/~1api~1things/get/x-rust-example: text is expected here");
}
