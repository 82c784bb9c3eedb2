use super::*;

/// The upgraded schema, and its notes with places inside of it.
fn schema(value: &Value) -> (Value, Vec<(String, String)>) {
    let (document, notes) = upgraded(json!({"openapi": "3.1.0", "components": {"schemas": {"S": value}}}));
    let inside = |place: String| place.strip_prefix("/components/schemas/S").unwrap().to_owned();
    let notes = notes.into_iter().map(|(place, text)| (inside(place), text)).collect();
    (document["components"]["schemas"]["S"].clone(), notes)
}

/// The schema becomes the other one, without a note.
#[track_caller]
fn becomes(before: &Value, after: &Value) {
    let shown = before.to_string();
    assert_eq!(schema(before), (after.clone(), vec![]), "{shown}");
}

/// The schema becomes the other one, with notes.
#[track_caller]
fn noted(before: &Value, after: &Value, notes: &[(&str, &str)]) {
    let expected: Vec<_> = notes.iter().map(|(place, text)| note(place, text)).collect();
    assert_eq!(schema(before), (after.clone(), expected));
}

const ONLY_NULL: &str = "only null is valid here, which has no equivalent in OpenAPI 3.0: any value is accepted";

#[test]
fn one_type_in_a_list() {
    becomes(&json!({"type": ["string"]}), &json!({"type": "string"}));
    becomes(
        &json!({"type": ["string", "null"], "maxLength": 3}),
        &json!({"type": "string", "nullable": true, "maxLength": 3}),
    );
    // YAML reads the word without quotes as the value.
    becomes(&json!({"type": ["string", null]}), &json!({"type": "string", "nullable": true}));
    becomes(&json!({"type": ["number", "integer"]}), &json!({"type": "number"}));
    noted(&json!({"type": "null"}), &json!({"nullable": true}), &[("/type", ONLY_NULL)]);
    noted(&json!({"type": ["null"], "title": "T"}), &json!({"nullable": true, "title": "T"}), &[("/type", ONLY_NULL)]);
}

#[test]
fn several_types_are_alternatives() {
    becomes(
        &json!({
            "type": ["string", "integer", "array", "object", "null"], "description": "D", "default": 1,
            "format": "date", "maxLength": 3, "minimum": 1, "items": {"type": ["boolean", "null"]},
            "properties": {"a": {"type": "string"}}, "required": ["a"],
        }),
        &json!({
            "description": "D", "default": 1, "nullable": true,
            "anyOf": [
                {"type": "string", "format": "date", "maxLength": 3},
                {"type": "integer", "minimum": 1},
                {"type": "array", "items": {"type": "boolean", "nullable": true}},
                {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
            ],
        }),
    );
    becomes(
        &json!({"type": ["string", "integer"], "format": "int64", "enum": ["a", 1, "b"]}),
        &json!({"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "integer", "format": "int64", "enum": [1]}]}),
    );
    noted(
        &json!({"type": ["string", "integer"], "anyOf": [{"type": "string"}, {"type": "integer"}]}),
        &json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        &[("/type", "several types beside other schemas: the other schemas are used")],
    );
}

#[test]
fn null_among_alternatives() {
    for key in ["anyOf", "oneOf"] {
        for nothing in
            [json!({"type": "null"}), json!({"type": ["null"]}), json!({"const": null}), json!({"enum": [null]})]
        {
            let reference = json!({"$ref": "#/components/schemas/A"});
            becomes(
                &json!({key: [reference, nothing], "description": "D"}),
                &json!({"allOf": [reference], "nullable": true, "description": "D"}),
            );
            becomes(
                &json!({key: [nothing, {"type": "string", "description": "inner", "title": "T"}], "description": "D"}),
                &json!({"type": "string", "nullable": true, "description": "D", "title": "T"}),
            );
            becomes(
                &json!({key: [reference, nothing, {"type": ["integer", "null"]}]}),
                &json!({key: [reference, {"type": "integer"}], "nullable": true}),
            );
            let place = format!("/{key}");
            noted(&json!({key: [nothing]}), &json!({"nullable": true}), &[(&place, ONLY_NULL)]);
        }
    }
    // One alternative without null is no other in OpenAPI 3.0.
    becomes(&json!({"anyOf": [{"type": "string"}]}), &json!({"anyOf": [{"type": "string"}]}));
    becomes(
        &json!({"type": "object", "anyOf": [{"type": "string"}, {"type": "null"}]}),
        &json!({"type": "object", "nullable": true, "anyOf": [{"type": "string"}]}),
    );
}

#[test]
fn values() {
    becomes(&json!({"const": "a"}), &json!({"type": "string", "enum": ["a"]}));
    becomes(&json!({"const": 1, "type": "number"}), &json!({"type": "number", "enum": [1]}));
    becomes(&json!({"const": true, "enum": [true, false]}), &json!({"type": "boolean", "enum": [true]}));
    becomes(&json!({"enum": ["a", null]}), &json!({"type": "string", "nullable": true, "enum": ["a", null]}));
    becomes(
        &json!({"type": ["integer", "null"], "enum": [1, null]}),
        &json!({"type": "integer", "nullable": true, "enum": [1, null]}),
    );
    becomes(&json!({"type": "string", "enum": ["a", null]}), &json!({"type": "string", "enum": ["a"]}));
    becomes(&json!({"enum": [1, 2.5]}), &json!({"type": "number", "enum": [1, 2.5]}));
    becomes(
        &json!({"enum": ["a", false]}),
        &json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "boolean", "enum": [false]}]}),
    );
    noted(&json!({"const": null}), &json!({"nullable": true}), &[("/const", ONLY_NULL)]);
    noted(&json!({"enum": [null]}), &json!({"nullable": true}), &[("/enum", ONLY_NULL)]);
    let text = "a constant that is an object or an array has no equivalent in the client: it is ignored";
    noted(&json!({"const": {"a": 1}}), &json!({"type": "object"}), &[("/const", text)]);
    noted(&json!({"const": [1]}), &json!({"type": "array"}), &[("/const", text)]);
}

#[test]
fn exclusive_limits() {
    becomes(
        &json!({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10}),
        &json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 10, "exclusiveMaximum": true}),
    );
    // The stricter limit counts.
    becomes(
        &json!({"type": "integer", "exclusiveMinimum": 0, "minimum": 5, "exclusiveMaximum": 10, "maximum": 10}),
        &json!({"type": "integer", "minimum": 5, "maximum": 10, "exclusiveMaximum": true}),
    );
}

#[test]
fn references_beside_other_keywords() {
    let reference = "#/components/schemas/A";
    let described = json!({"$ref": reference, "description": "D", "deprecated": true});
    becomes(&described, &described);
    becomes(
        &json!({"$ref": reference, "description": "D", "properties": {"b": {"type": "string"}}, "required": ["b"]}),
        &json!({"description": "D", "allOf": [
            {"$ref": reference},
            {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]},
        ]}),
    );
    becomes(
        &json!({"$ref": reference, "allOf": [{"$ref": "#/components/schemas/B"}]}),
        &json!({"allOf": [{"$ref": reference}, {"$ref": "#/components/schemas/B"}]}),
    );
    noted(
        &json!({"$ref": reference, "type": "string"}),
        &json!({"$ref": reference}),
        &[("/type", "the schema to which '$ref' refers declares the type: it is ignored")],
    );
    noted(
        &json!({"$ref": reference, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}),
        &json!({"$ref": reference}),
        &[("/oneOf", "it stands beside '$ref': the schema to which that refers is used")],
    );
}

#[test]
fn schemas_that_are_booleans() {
    becomes(&json!({"type": "array", "items": true}), &json!({"type": "array", "items": {}}));
    becomes(&json!({"properties": {"a": true}}), &json!({"properties": {"a": {}}}));
    let flag = json!({"type": "object", "additionalProperties": false});
    becomes(&flag, &flag);
    noted(
        &json!({"type": "array", "items": false}),
        &json!({"type": "array", "items": {}}),
        &[("/items", "no value is valid here, which has no equivalent in OpenAPI 3.0: any value is accepted")],
    );
    noted(
        &json!({"properties": {"a": false, "b": {}}}),
        &json!({"properties": {"b": {}}}),
        &[("/properties/a", "no value is valid here: the property is left out")],
    );
    noted(
        &json!({"oneOf": [{"type": "string"}, false]}),
        &json!({"oneOf": [{"type": "string"}]}),
        &[("/oneOf/1", "no value is valid here: the alternative is left out")],
    );
}

#[test]
fn bytes_in_text() {
    let octets = "application/octet-stream";
    becomes(&json!({"type": "string", "contentEncoding": "base64"}), &json!({"type": "string", "format": "byte"}));
    becomes(
        &json!({"type": ["string", "null"], "contentEncoding": "base64", "contentMediaType": octets}),
        &json!({"type": "string", "nullable": true, "format": "byte"}),
    );
    becomes(&json!({"contentMediaType": octets}), &json!({"type": "string", "format": "binary"}));
    let lost = |key: &str| format!("'{key}' has no equivalent in OpenAPI 3.0 here: it is ignored");
    noted(
        &json!({"type": "string", "contentMediaType": "application/jwt", "contentEncoding": "base64url"}),
        &json!({"type": "string"}),
        &[("/contentEncoding", &lost("contentEncoding")), ("/contentMediaType", &lost("contentMediaType"))],
    );
    noted(
        &json!({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}),
        &json!({"type": "string", "format": "byte"}),
        &[("/contentMediaType", &lost("contentMediaType"))],
    );
}

#[test]
fn tuples() {
    let of = |text: &'static str| [("/prefixItems", text)];
    let list = of("elements by position have no equivalent in OpenAPI 3.0: it is read as a list of them");
    let any = of("elements by position have no equivalent in OpenAPI 3.0: any elements are accepted");
    let number = json!({"type": "number"});
    let numbers = json!({"type": "array", "items": number});
    noted(&json!({"type": "array", "prefixItems": [number, number], "items": false}), &numbers, &list);
    noted(&json!({"type": "array", "prefixItems": [number], "items": number}), &numbers, &list);
    noted(
        &json!({"type": "array", "prefixItems": [number, number], "maxItems": 2}),
        &json!({"type": "array", "items": number, "maxItems": 2}),
        &list,
    );
    let anything = json!({"type": "array", "items": {}});
    noted(&json!({"type": "array", "prefixItems": [number]}), &anything, &any);
    noted(&json!({"type": "array", "prefixItems": [number, {"type": "string"}], "items": false}), &anything, &any);
    noted(&json!({"type": "array", "prefixItems": 1}), &anything, &any);
}

#[test]
fn properties_by_pattern() {
    let of = |text: &'static str| [("/patternProperties", text)];
    let all = of("patterns of names have no equivalent in OpenAPI 3.0: it applies to all further properties");
    let any = of("patterns of names have no equivalent in OpenAPI 3.0: any further properties are accepted");
    let patterns = json!({"^x": {"type": "string"}});
    noted(
        &json!({"type": "object", "patternProperties": patterns, "additionalProperties": false}),
        &json!({"type": "object", "additionalProperties": {"type": "string"}}),
        &all,
    );
    noted(
        &json!({"type": "object", "patternProperties": patterns, "additionalProperties": {"type": "integer"}}),
        &json!({"type": "object", "additionalProperties": true}),
        &any,
    );
    noted(&json!({"type": "object", "patternProperties": patterns}), &json!({"type": "object"}), &any);
}

#[test]
fn what_has_no_equivalent() {
    for key in [
        "if",
        "then",
        "else",
        "dependentSchemas",
        "dependentRequired",
        "propertyNames",
        "contains",
        "minContains",
        "maxContains",
        "unevaluatedProperties",
        "unevaluatedItems",
        "$anchor",
        "$dynamicAnchor",
        "$dynamicRef",
        "contentSchema",
    ] {
        let text = format!("'{key}' has no equivalent in OpenAPI 3.0: it is ignored");
        for value in [json!({}), json!(1), json!("text"), json!(null)] {
            noted(&json!({"type": "object", key: value}), &json!({"type": "object"}), &[(&format!("/{key}"), &text)]);
        }
    }
    let prose = json!({"$comment": "C", "$id": "https://a", "$schema": "https://s", "examples": [1], "type": "string"});
    becomes(&prose, &json!({"type": "string"}));
    let names = json!({"properties": {"if": {"type": "string"}, "examples": {"type": "string"}}});
    becomes(&names, &names);
}
