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

fn told(old: &Value, new: &Value) -> Vec<String> {
    let text = |change: &Change| format!("{} {}: {}", change.severity().as_str(), change.id(), change.message());
    compare(old, new).iter().map(text).collect()
}

#[track_caller]
fn assert_told(old: &Value, new: &Value, expected: &[&str]) {
    let names = ["Cat", "Dog", "Cow"];
    assert_eq!(told(&answering(old, &names), &answering(new, &names)), expected);
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

#[test]
fn a_mapping_names_schemas_with_any_name() {
    let document = |first: &str, second: &str| {
        let mapping = json!({"propertyName": "kind", "mapping": {"a": first, "b": second}});
        answering(&animals(&["Pets~1Cat", "Pets~1Dog"], &mapping), &["Pets/Cat", "Pets/Dog"])
    };
    assert_eq!(
        told(&document("Pets/Cat", "Pets/Dog"), &document("Pets/Dog", "Pets/Cat")),
        [format!("{CHANGED}kind: a = Pets/Cat, b = Pets/Dog → kind: a = Pets/Dog, b = Pets/Cat")]
    );
}

#[test]
fn the_value_of_a_removed_alternative_stands_for_another_one() {
    let mapping = |first: &str| json!({"propertyName": "kind", "mapping": {"a": first, "b": "Dog", "c": "Cow"}});
    let old = animals(&["Cat", "Dog", "Cow"], &mapping("Cat"));
    let new = animals(&["Dog", "Cow"], &mapping("Dog"));
    assert_told(
        &old,
        &new,
        &[
            &format!("{CHANGED}kind: a = Cat, b = Dog, c = Cow → kind: a = Dog, b = Dog, c = Cow"),
            "info response-property-alternative-removed: an alternative of GET /api/x 200 was removed: object",
        ],
    );
}

/// A mapping may name schemas that are no alternatives: those that extend the schema, for example.
#[test]
fn a_mapping_without_alternatives_follows_names_and_contents() {
    let document = |name: &str, ty: &str| {
        let pointer = format!("#/components/schemas/{name}");
        let base = json!({
            "type": "object",
            "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"cat": pointer}},
        });
        let get = |schema: Value| json!({"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}});
        json!({
            "paths": {"/api/x": get(base), "/api/y": get(json!({"$ref": pointer}))},
            "components": {"schemas": {name: {"type": "object", "properties": {"size": {"type": ty}}}}},
        })
    };
    assert_eq!(
        told(&document("Cat", "string"), &document("Cat", "integer")),
        ["breaking response-property-type-changed: Cat.size has a different type: string → integer"]
    );
    // Only the name differs.
    let renamed = told(&document("Cat", "string"), &document("Feline", "string"));
    assert!(renamed.iter().all(|text| !text.contains("discriminator")), "{renamed:?}");
}

/// A base schema names its variants only by the values of its discriminator.
#[test]
fn schemas_that_only_a_mapping_names_are_compared() {
    let pet = |color: &Value| {
        let animal = json!({
            "type": "object",
            "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}},
        });
        let mut document = answering(&json!({"$ref": "#/components/schemas/Animal"}), &[]);
        let cat = json!({"allOf": [
            {"$ref": "#/components/schemas/Animal"},
            {"type": "object", "properties": {"color": color}},
        ]});
        document["components"]["schemas"] = json!({"Animal": animal, "Cat": cat});
        document
    };
    let (old, new) = (pet(&json!({"type": "string"})), pet(&json!({"type": "integer"})));
    let text = "breaking response-property-type-changed: Cat.color has a different type: string → integer";
    assert_eq!(told(&old, &new), [text]);
    assert_eq!(told(&old, &old.clone()), [""; 0]);
}
