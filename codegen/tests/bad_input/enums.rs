//! The names of enums and of their variants, which overlays give.

use codegen::api::TypeKind;
use serde_json::{Value, json};

use crate::support::{self, answering, model};

/// A document with one response. Its properties are enums with these values and further keywords.
fn document(enums: &[(&[&str], Value)]) -> Value {
    let mut properties = json!({});
    for (index, (values, more)) in enums.iter().enumerate() {
        let mut schema = json!({"type": "string", "enum": values});
        schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        properties[format!("p{index}")] = schema;
    }
    answering(&json!({"Thing": {"type": "object", "properties": properties}}))
}

/// The values of an enum, and the names of their variants.
fn variants(document: &Value, name: &str) -> Vec<String> {
    let api = model(document.to_string().as_bytes()).unwrap();
    let TypeKind::Enum { variants, .. } = &api.types[name].kind else { panic!("{name} is no enum") };
    variants.iter().map(|variant| format!("{} {}", variant.wire, variant.name)).collect()
}

#[test]
fn variants_are_named_in_order_or_by_value() {
    for (names, expected) in [
        (json!(["Up", "Down"]), ["asc Up", "desc Down"]),
        (json!({"desc": "Down", "asc": "Up", "random": "Random"}), ["asc Up", "desc Down"]),
        (json!({"asc": "Up"}), ["asc Up", "desc Desc"]),
    ] {
        let document = document(&[(&["asc", "desc"], json!({"x-rust-type": "Order", "x-enum-varnames": names}))]);
        assert_eq!(variants(&document, "Order"), expected);
    }
    for (names, expected) in [
        (json!(["Up"]), "one name for each of the 2 values"),
        (json!({"asc": 1}), "an object with texts"),
        (json!("Up"), "an array of strings"),
    ] {
        assert_eq!(
            support::refusal(&document(&[(&["asc", "desc"], json!({"x-enum-varnames": names}))])),
            format!("/components/schemas/Thing/properties/p0/x-enum-varnames: {expected} is expected here")
        );
    }
}

/// A form may list a value that responses do not list.
#[test]
fn places_with_the_same_given_name_are_one_enum_with_all_values() {
    let role = || json!({"x-rust-type": "Role"});
    let all = document(&[(&["user", "admin"], role()), (&["admin", "auditor"], role()), (&["user"], role())]);
    assert_eq!(variants(&all, "Role"), ["user User", "admin Admin", "auditor Auditor"]);

    // An unnamed place with the name and the values of another one has its type.
    let mut third = document(&[(&["user"], role()), (&["user", "admin"], role()), (&["user"], json!({}))]);
    let schemas = &mut third["components"]["schemas"];
    let unnamed = schemas["Thing"]["properties"]["p2"].clone();
    schemas["Other"] = json!({"type": "object", "properties": {"p0": unnamed}});
    schemas["Thing"]["properties"]["p2"] = support::reference("Other");
    assert_eq!(variants(&third, "Role"), ["user User", "admin Admin"]);

    let same_variant = document(&[(&["a-b"], role()), (&["a_b"], role())]);
    let same_by_chance = document(&[(&["a"], json!({})), (&["b"], json!({"x-rust-type": "ThingP0"}))]);
    for (document, name) in [(same_variant, "Role"), (same_by_chance, "ThingP0")] {
        let error = support::refusal(&document);
        assert!(error.contains(&format!("would both be called {name}; give one of them another name")), "{error}");
    }
}
