//! Which of several schemas a value has.

use codegen::diff::{Change, compare};
use serde_json::{Value, json};

/// An operation that returns one of several animals.
fn answering(animals: &Value, names: &[&str]) -> Value {
    let object =
        |name: &str| json!({"type": "object", "properties": {"kind": {"type": "string"}, name: {"type": "string"}}});
    let schemas: Value = names.iter().map(|name| ((*name).to_owned(), object(&name.to_lowercase()))).collect();
    json!({
        "paths": {"/api/x": {"get": {"responses": {"200": {"content": {"application/json": {"schema": animals}}}}}}},
        "components": {"schemas": schemas},
    })
}

fn animals(names: &[&str], discriminator: &Value) -> Value {
    let to = |name: &&str| json!({"$ref": format!("#/components/schemas/{name}")});
    json!({"oneOf": names.iter().map(to).collect::<Vec<_>>(), "discriminator": discriminator})
}

#[track_caller]
fn assert_told(old: &Value, new: &Value, expected: &[&str]) {
    let told = |changes: Vec<Change>| -> Vec<String> {
        let text = |change: &Change| format!("{} {}: {}", change.severity().as_str(), change.id(), change.message());
        changes.iter().map(text).collect()
    };
    let names = ["Cat", "Dog", "Cow"];
    assert_eq!(told(compare(&answering(old, &names), &answering(new, &names))), expected);
}

const CHANGED: &str =
    "breaking response-property-discriminator-changed: GET /api/x 200 has a different discriminator: ";

#[test]
fn names_of_schemas_are_values_unless_a_mapping_has_others() {
    let plain = animals(&["Cat", "Dog"], &json!({"propertyName": "kind"}));
    let pointer = |name: &str| format!("#/components/schemas/{name}");
    for mapping in [json!({"Cat": pointer("Cat"), "Dog": pointer("Dog")}), json!({"Cat": "Cat"}), json!({})] {
        let same = animals(&["Dog", "Cat"], &json!({"propertyName": "kind", "mapping": mapping}));
        assert_told(&plain, &same, &[]);
        assert_told(&same, &plain, &[]);
    }
    let mapped = animals(&["Cat", "Dog"], &json!({"propertyName": "kind", "mapping": {"cat": "Cat"}}));
    let (before, after) = ("kind: Cat = Cat, Dog = Dog", "kind: Dog = Dog, cat = Cat");
    assert_told(&plain, &mapped, &[&format!("{CHANGED}{before} → {after}")]);
    let other = animals(&["Cat", "Dog"], &json!({"propertyName": "type"}));
    assert_told(&plain, &other, &[&format!("{CHANGED}{before} → type: Cat = Cat, Dog = Dog")]);
    let none = animals(&["Cat", "Dog"], &Value::Null);
    assert_told(&none, &plain, &[&format!("{CHANGED}{before}")]);
}

#[test]
fn the_value_of_an_added_alternative_is_no_change_of_its_own() {
    for mapping in [json!({}), json!({"cow": "Cow"})] {
        let old = animals(&["Cat", "Dog"], &json!({"propertyName": "kind"}));
        let new = animals(&["Cat", "Dog", "Cow"], &json!({"propertyName": "kind", "mapping": mapping}));
        let text = "alternative-added: an alternative of GET /api/x 200 was added: object";
        assert_told(&old, &new, &[&format!("breaking response-property-{text}")]);
        let text = "alternative-removed: an alternative of GET /api/x 200 was removed: object";
        assert_told(&new, &old, &[&format!("info response-property-{text}")]);
    }
}

/// The values are the same, and stand for other schemas.
#[test]
fn swapped_values_are_a_change() {
    let mapping = |first: &str, second: &str| json!({"propertyName": "kind", "mapping": {"a": first, "b": second}});
    let (old, new) =
        (animals(&["Cat", "Dog"], &mapping("Cat", "Dog")), animals(&["Cat", "Dog"], &mapping("Dog", "Cat")));
    assert_told(&old, &new, &[&format!("{CHANGED}kind: a = Cat, b = Dog → kind: a = Dog, b = Cat")]);
}
