//! Methods that find a value in a list of names and values.

use serde_json::{Value, json};

use crate::support::{answering, compile, exchanging, reference, refusal, valid};

/// `Thing` with these properties, and elements for its lists; of the first kind, every response has the name.
fn schemas(properties: &Value) -> Value {
    let (name, value) = (json!({"type": "string"}), json!({"type": "string", "nullable": true}));
    let element = json!({"type": "object", "properties": {"name": name, "value": value}});
    let mut always = element.clone();
    always["x-kimai-always"] = json!(["name", "value"]);
    let always_text = json!({
        "type": "object", "properties": {"name": name, "value": name}, "x-kimai-always": ["name", "value"],
    });
    json!({
        "Thing": {"type": "object", "properties": properties, "x-kimai-always": ["always", "metaFields"]},
        "Always": always,
        "AlwaysText": always_text,
        "Sometimes": element,
        "Number": {"type": "object", "properties": {"name": name, "value": {"type": "integer"}}},
        "Nameless": {"type": "object", "properties": {"value": value}},
    })
}

/// A list of these, and the method for it.
fn list(items: &str, method: &str) -> Value {
    json!({"type": "array", "items": reference(items), "x-kimai-lookup": method})
}

#[test]
fn a_value_is_found_by_its_name() {
    let mut meta_fields = list("Always", "meta");
    meta_fields["description"] = json!("Custom fields.\n\nOnly visible ones.");
    let files = valid(&exchanging(&schemas(&json!({
        "always": list("AlwaysText", "text"),
        "metaFields": meta_fields,
        "preferences": list("Sometimes", "preference"),
    }))));
    let text = &files["types/thing.rs"];
    let method = "
impl Thing {
    /// Returns the value of the first element of [`always`](Self::always) with this name.
    ///
    /// `None` if there is none, or if its value is null.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.always.iter().find(|one| one.name == name).map(|one| one.value.as_str())
    }

    /// Returns the value of the first element of [`meta_fields`](Self::meta_fields) with this name.
    ///
    /// `None` if there is none, or if its value is null.
    ///
    /// Only visible ones.
    #[must_use]
    pub fn meta(&self, name: &str) -> Option<&str> {
        self.meta_fields
            .iter()
            .find(|one| one.name == name)
            .and_then(|one| one.value.as_deref())
    }

    /// Returns the value of the first element of [`preferences`](Self::preferences) with this name.
    ///
    /// `None` if there is none, or if its value is null.
    #[must_use]
    pub fn preference(&self, name: &str) -> Option<&str> {
        self.preferences
            .iter()
            .flatten()
            .find(|one| one.name.as_deref() == Some(name))
            .and_then(|one| one.value.as_deref())
    }
}
";
    assert!(text.contains(method), "{text}");
    // The form has setters only.
    assert_eq!(text.matches("fn meta(").count(), 1, "{text}");
    compile::compiles(&files);
}

#[test]
fn objects_of_several_schemas_have_their_methods() {
    let mut document = answering(&schemas(&json!({"metaFields": list("Always", "meta")})));
    let schemas = &mut document["components"]["schemas"];
    schemas["Base"] = schemas["Thing"].take();
    schemas["Thing"] = json!({"allOf": [reference("Base"), {"properties": {"meta": {"type": "string"}}}]});
    assert_eq!(
        refusal(&document),
        "/components/schemas/Base/properties/metaFields/x-kimai-lookup: Thing has a field or method 'meta' already: give \
         this one another name"
    );
    document["components"]["schemas"]["Base"]["properties"]["metaFields"]["x-kimai-lookup"] = json!("meta_field");
    let files = valid(&document);
    let text = &files["types/thing.rs"];
    assert!(text.contains("pub fn meta_field(&self, name: &str) -> Option<&str> {"), "{text}");
}

#[test]
fn inline_objects_of_one_name_may_have_the_same_method() {
    let thing = json!({
        "type": "object", "x-rust-type": "Shared", "properties": {"metaFields": list("Always", "meta")},
    });
    let two = json!({"first": thing, "second": thing});
    let text = &valid(&answering(&schemas(&two)))["types/common.rs"].clone();
    assert_eq!(text.matches("pub fn meta(&self, name: &str)").count(), 1, "{text}");
}

#[test]
fn the_property_is_a_list_of_names_and_values() {
    let expected = "/components/schemas/Thing/properties/metaFields/x-kimai-lookup: an array of objects with the texts \
                    'name' and 'value' is expected here";
    for schema in [
        json!({"type": "string", "x-kimai-lookup": "meta"}),
        json!({"type": "array", "items": {"type": "string"}, "x-kimai-lookup": "meta"}),
        json!({"$ref": "#/components/schemas/Always", "x-kimai-lookup": "meta"}),
        list("Number", "meta"),
        list("Nameless", "meta"),
    ] {
        assert_eq!(refusal(&answering(&schemas(&json!({"metaFields": schema})))), expected, "{schema}");
    }
    let number = json!({"metaFields": {"type": "array", "items": reference("Always"), "x-kimai-lookup": 1}});
    assert_eq!(
        refusal(&answering(&schemas(&number))),
        "/components/schemas/Thing/properties/metaFields/x-kimai-lookup: text is expected here"
    );
}

#[test]
fn the_method_has_a_name_of_its_own() {
    let refused = |properties: Value| refusal(&answering(&schemas(&properties)));
    let place = "/components/schemas/Thing/properties";
    assert_eq!(
        refused(json!({"metaFields": list("Always", "meta"), "meta": {"type": "string"}})),
        format!(
            "{place}/metaFields/x-kimai-lookup: Thing has a field or method 'meta' already: give this one another name"
        )
    );
    assert_eq!(
        refused(json!({"metaFields": list("Always", "meta"), "others": list("Always", "meta")})),
        format!(
            "{place}/others/x-kimai-lookup: Thing has a field or method 'meta' already: give this one another name"
        )
    );
    let mut schemas = schemas(&json!({"metaFields": list("Always", "extra")}));
    schemas["Thing"]["additionalProperties"] = json!(true);
    assert_eq!(
        refusal(&answering(&schemas)),
        format!(
            "{place}/metaFields/x-kimai-lookup: Thing has a field or method 'extra' already: give this one another name"
        )
    );
}
