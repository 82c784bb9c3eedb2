//! What a schema accepts, and the severity of changes to that.

use codegen::diff::{Change, compare};
use serde_json::{Value, json};

/// An operation that accepts and returns an object with one property, next to one that stays.
fn exchanging(request: &Value, answer: &Value, schemas: &Value) -> Value {
    let content = |schema: &Value| {
        let properties = json!({"a": schema, "stays": {"type": "string"}});
        json!({"application/json": {"schema": {"type": "object", "properties": properties}}})
    };
    json!({
        "paths": {"/api/x": {"post": {
            "requestBody": {"content": content(request)},
            "responses": {"200": {"content": content(answer)}},
        }}},
        "components": {"schemas": schemas},
    })
}

/// Rules, severities and messages for requests and responses; the property is `a` in both.
fn told(old: &Value, new: &Value, schemas: &Value) -> [Vec<String>; 2] {
    let fixed = json!({"type": "boolean"});
    let pairs = [
        (exchanging(old, &fixed, schemas), exchanging(new, &fixed, schemas)),
        (exchanging(&fixed, old, schemas), exchanging(&fixed, new, schemas)),
    ];
    pairs.map(|(old, new)| {
        let changes = compare(&old, &new).into_iter();
        changes
            .map(|change| {
                let message = change.message().replace("POST /api/x body.", "").replace("POST /api/x 200.", "");
                format!("{} {}: {message}", change.severity().as_str(), change.id())
            })
            .collect()
    })
}

/// The changes between two schemas, without `request-property-` and `response-property-`.
#[track_caller]
fn assert_told(old: &Value, new: &Value, request: &[&str], answer: &[&str]) {
    let [sent, answered] = told(old, new, &json!({}));
    let plain = |texts: Vec<String>, part: &str| -> Vec<String> {
        texts.into_iter().map(|text| text.replace(part, "")).collect()
    };
    assert_eq!(plain(sent, "request-property-"), request, "sent");
    assert_eq!(plain(answered, "response-property-"), answer, "answered");
}

fn number(limits: Value) -> Value {
    let Value::Object(mut schema) = limits else { panic!("{limits}") };
    schema.insert("type".to_owned(), json!("number"));
    Value::Object(schema)
}

#[test]
fn greater_minima_and_smaller_maxima_let_less_through() {
    for (name, tight, loose) in [
        ("minimum", 6, 5),
        ("maximum", 5, 6),
        ("minLength", 6, 5),
        ("maxLength", 5, 6),
        ("minItems", 6, 5),
        ("maxItems", 5, 6),
        ("minProperties", 6, 5),
        ("maxProperties", 5, 6),
        ("multipleOf", 6, 3),
    ] {
        let (tight, loose) = (json!({name: tight}), json!({name: loose}));
        let text = |before: &Value, after: &Value| format!("{name} {} → {name} {}", before[name], after[name]);
        let tightened = text(&loose, &tight);
        let loosened = text(&tight, &loose);
        assert_told(
            &loose,
            &tight,
            &[&format!("breaking constraint-tightened: a has a tighter limit: {tightened}")],
            &[&format!("info constraint-tightened: a has a tighter limit: {tightened}")],
        );
        let expected = format!("info constraint-loosened: a has a looser limit: {loosened}");
        assert_told(&tight, &loose, &[&expected], &[&expected]);
    }
}

#[test]
fn limits_that_limit_nothing_and_limits_as_texts_are_no_change() {
    for (old, new) in [
        (json!({"type": "string"}), json!({"type": "string", "minLength": 0})),
        (json!({"type": "string", "maxLength": 5}), json!({"type": "string", "maxLength": "5"})),
        (number(json!({"minimum": 5, "exclusiveMinimum": true})), number(json!({"exclusiveMinimum": 5}))),
        (number(json!({"minimum": 5})), number(json!({"minimum": 5.0, "exclusiveMinimum": false}))),
        (number(json!({"multipleOf": 0.1})), number(json!({"multipleOf": 0.1}))),
        (json!({"type": "array", "uniqueItems": false}), json!({"type": "array"})),
    ] {
        assert_told(&old, &new, &[], &[]);
        assert_told(&new, &old, &[], &[]);
    }
}

#[test]
fn a_limit_that_is_no_longer_among_the_values_is_one_change() {
    let tightened = "constraint-tightened: a has a tighter limit: minimum 5 → exclusiveMinimum 5";
    assert_told(
        &number(json!({"minimum": 5})),
        &number(json!({"minimum": 5, "exclusiveMinimum": true})),
        &[&format!("breaking {tightened}")],
        &[&format!("info {tightened}")],
    );
    let loosened = "info constraint-loosened: a has a looser limit: exclusiveMaximum 5 → maximum 5";
    let (old, new) = (json!({"maximum": 5, "exclusiveMaximum": true}), json!({"maximum": 5}));
    assert_told(&number(old), &number(new), &[loosened], &[loosened]);
}

#[test]
fn of_multiples_that_share_no_values_both_are_tighter() {
    let tightened = "constraint-tightened: a has a tighter limit: multipleOf 6 → multipleOf 4";
    assert_told(
        &number(json!({"multipleOf": 6})),
        &number(json!({"multipleOf": 4})),
        &[&format!("breaking {tightened}")],
        &[&format!("info {tightened}")],
    );
    let loosened = "info constraint-loosened: a has a looser limit: multipleOf 0.3 → multipleOf 0.1";
    assert_told(&number(json!({"multipleOf": 0.3})), &number(json!({"multipleOf": 0.1})), &[loosened], &[loosened]);
}

#[test]
fn parts_of_all_of_are_one_whatever_their_order_and_depth() {
    let properties = json!({"type": "object", "properties": {"b": {"type": "string"}}});
    let required = json!({"required": ["b"]});
    let whole = json!({"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]});
    for other in [
        json!({"allOf": [properties, required]}),
        json!({"allOf": [required, properties]}),
        json!({"allOf": [{"allOf": [{"allOf": [required]}, properties]}]}),
        json!({"properties": {"b": {"type": "string"}}, "required": ["b"]}),
    ] {
        assert_told(&whole, &other, &[], &[]);
    }
    let limits = [json!({"type": "string", "maxLength": 5}), json!({"maxLength": 9, "nullable": true})];
    let (forth, back) = (json!({"allOf": [limits[0], limits[1]]}), json!({"allOf": [limits[1], limits[0]]}));
    assert_told(&forth, &back, &[], &[]);
    assert_told(&forth, &json!({"type": "string", "maxLength": 5, "nullable": true}), &[], &[]);
    let values = |list: Value| json!({"type": "string", "enum": list});
    let both = json!({"allOf": [values(json!(["x", "y"])), values(json!(["y", "z"]))]});
    assert_told(&both, &values(json!(["y"])), &[], &[]);
}

#[test]
fn spellings_of_one_type_are_no_change() {
    let text = || json!({"type": "string"});
    for (old, new) in [
        (json!({"type": "string", "format": "DateTime"}), json!({"type": "string", "format": "date-time"})),
        (json!({"items": text()}), json!({"type": "array", "items": text()})),
        (json!({"enum": ["x", "y"]}), json!({"type": "string", "enum": ["y", "x"]})),
        (json!({"enum": [1, 2]}), json!({"type": "integer", "enum": [2, 1]})),
        (json!({"oneOf": [text()]}), text()),
        (json!({"oneOf": [text(), {"type": "integer"}]}), json!({"anyOf": [{"type": "integer"}, text()]})),
        (json!({"type": "array"}), json!({"type": "array", "items": {}})),
        (json!({"type": "object"}), json!({"type": "object", "additionalProperties": true})),
        (json!({"type": "string", "pattern": "x|y"}), json!({"type": "string", "enum": ["x", "y"]})),
        (json!({"type": "string", "default": null}), text()),
    ] {
        assert_told(&old, &new, &[], &[]);
        assert_told(&new, &old, &[], &[]);
    }
    assert_told(
        &json!({"enum": [1, 2]}),
        &json!({"enum": ["1", "2"]}),
        &["breaking type-changed: a has a different type: integer → string"],
        &["breaking type-changed: a has a different type: integer → string"],
    );
}

#[test]
fn what_passes_both_a_list_and_a_pattern_counts() {
    let schema = |values: Value| json!({"type": "string", "pattern": "^(x|y)$", "enum": values});
    assert_told(&schema(json!(["x", "y"])), &schema(json!(["x", "y", "z"])), &[], &[]);
    assert_told(
        &schema(json!(["x", "y"])),
        &schema(json!(["x", "z"])),
        &["breaking value-removed: a value of a was removed: y"],
        &["info value-removed: a value of a was removed: y"],
    );
    // A pattern that is no list of words says something of its own.
    let other = |values: Value| json!({"type": "string", "pattern": "^[a-z]$", "enum": values});
    assert_told(
        &other(json!(["x"])),
        &other(json!(["x", "z"])),
        &["info value-added: a value of a was added: z"],
        &["warning value-added: a value of a was added: z"],
    );
}

#[test]
fn properties_that_go_one_way_only_are_not_there_the_other_way() {
    let object = |property: Value| json!({"type": "object", "properties": {"b": property, "c": {"type": "string"}}});
    let plain = object(json!({"type": "string"}));
    let read = object(json!({"type": "string", "readOnly": true}));
    let written = object(json!({"type": "string", "writeOnly": true}));
    assert_told(&plain, &read, &["breaking removed: a.b was removed: string"], &[]);
    assert_told(&read, &plain, &["info added: a.b was added: string"], &[]);
    assert_told(&plain, &written, &[], &["breaking removed: a.b was removed: string"]);
    assert_told(&plain, &object(json!({"type": "string", "readOnly": false})), &[], &[]);
    let limited = object(json!({"type": "string", "readOnly": true, "maxLength": 5}));
    let tightened = "info constraint-tightened: a.b has a tighter limit: maxLength 5";
    assert_told(&read, &limited, &[], &[tightened]);
    let renamed = json!({"type": "object", "properties": {
        "B": {"type": "string", "writeOnly": true}, "c": {"type": "string"},
    }});
    assert_told(
        &plain,
        &renamed,
        &["breaking renamed: a.b was renamed: b → B"],
        &["breaking removed: a.b was removed: string"],
    );
}

#[test]
fn properties_without_a_name_are_of_a_type_or_refused() {
    let object = |more: Value| {
        let mut schema = json!({"type": "object", "properties": {"b": {"type": "string"}}});
        if !more.is_null() {
            schema["additionalProperties"] = more;
        }
        schema
    };
    let (unsaid, refused, texts) = (object(Value::Null), object(json!(false)), object(json!({"type": "string"})));
    // Servers reject unknown properties, and may return whatever a document does not exclude.
    assert_told(&unsaid, &refused, &[], &["info constraint-tightened: a.* has a tighter limit: others → no others"]);
    assert_told(&refused, &unsaid, &[], &["info constraint-loosened: a.* has a looser limit: no others → others"]);
    let loosened = "info constraint-loosened: a.* has a looser limit: no others → others";
    assert_told(&refused, &texts, &[loosened], &[loosened]);
    assert_told(&refused, &object(json!(true)), &[loosened], &[loosened]);
    assert_told(&object(json!({})), &object(json!(true)), &[], &[]);
    assert_told(&unsaid, &texts, &[loosened], &["info type-narrowed: a.* has a narrower type: any → string"]);
    assert_told(
        &texts,
        &unsaid,
        &["breaking constraint-tightened: a.* has a tighter limit: others → no others"],
        &["breaking type-widened: a.* has a wider type: string → any"],
    );
    // An object without any names is a map.
    let map = |more: Value| json!({"type": "object", "additionalProperties": more});
    assert_told(
        &map(json!({"type": "string"})),
        &map(json!(true)),
        &["info type-widened: a.* has a wider type: string → any"],
        &["breaking type-widened: a.* has a wider type: string → any"],
    );
    assert_told(
        &map(json!({"type": "string"})),
        &map(json!({"type": "integer"})),
        &["breaking type-changed: a.* has a different type: string → integer"],
        &["breaking type-changed: a.* has a different type: string → integer"],
    );
}

/// Without a type, a schema can still limit its values.
#[test]
fn limits_without_a_type_are_found_wherever_anything_was_allowed() {
    let list = |items: Value| json!({"type": "array", "items": items});
    let map = |values: Value| json!({"type": "object", "additionalProperties": values});
    let limited = || json!({"maxLength": 5});
    for (old, new, place) in [
        (list(json!({})), list(limited()), "a[]"),
        (json!({"type": "array"}), list(limited()), "a[]"),
        (map(json!({})), map(limited()), "a.*"),
        (json!({"type": "object"}), map(limited()), "a.*"),
    ] {
        let tightened = format!("constraint-tightened: {place} has a tighter limit: maxLength 5");
        assert_told(&old, &new, &[&format!("breaking {tightened}")], &[&format!("info {tightened}")]);
        let loosened = format!("info constraint-loosened: {place} has a looser limit: maxLength 5");
        assert_told(&new, &old, &[&loosened], &[&loosened]);
    }
}

#[test]
fn excluded_values_are_limits() {
    let excluding = |list: Value| json!({"type": "string", "not": {"enum": list}});
    let text = json!({"type": "string"});
    let added = "constraint-tightened: a has a tighter limit: not {\"enum\":[\"x\"]}";
    assert_told(&text, &excluding(json!(["x"])), &[&format!("breaking {added}")], &[&format!("info {added}")]);
    let gone = "info constraint-loosened: a has a looser limit: not {\"enum\":[\"x\"]}";
    assert_told(&excluding(json!(["x"])), &text, &[gone], &[gone]);
    let changed = "a has a tighter limit: not {\"enum\":[\"x\"]} → not {\"enum\":[\"y\"]}";
    assert_told(
        &excluding(json!(["x"])),
        &excluding(json!(["y"])),
        &[&format!("breaking constraint-tightened: {changed}")],
        &[&format!("info constraint-tightened: {changed}")],
    );
    assert_told(&excluding(json!(["x", "y"])), &excluding(json!(["y", "x"])), &[], &[]);
}

#[test]
fn names_are_required_with_and_without_a_property() {
    let object =
        |required: Value| json!({"type": "object", "properties": {"b": {"type": "string"}}, "required": required});
    let required = "a.more is now";
    assert_told(
        &object(json!(["b"])),
        &object(json!(["b", "more"])),
        &[&format!("breaking became-required: {required} required")],
        &[&format!("info became-required: {required} always present")],
    );
    assert_told(
        &object(json!(["b", "more"])),
        &object(json!(["b"])),
        &["info became-optional: a.more is no longer required"],
        &["warning became-optional: a.more is no longer always present"],
    );
}

/// How Kimai behaves: 'Required fields and defaults'.
#[test]
fn a_default_does_not_make_a_required_property_optional() {
    let object =
        |more: Value| json!({"type": "object", "properties": {"b": {"type": "string"}, "c": more}, "required": ["c"]});
    let old = json!({"type": "object", "properties": {"b": {"type": "string"}}});
    for more in [json!({"type": "boolean"}), json!({"type": "boolean", "default": true})] {
        assert_told(
            &old,
            &object(more),
            &["breaking added-required: a.c was added and is required: boolean"],
            &["info added: a.c was added: boolean, required"],
        );
    }
}

#[test]
fn alternatives_come_and_go_and_change_inside() {
    let object = |name: &str, ty: &str| json!({"type": "object", "properties": {name: {"type": ty}}});
    let (one, two, three) = (object("x", "string"), object("y", "string"), object("z", "string"));
    let one_of = |all: &[&Value]| json!({"oneOf": all});
    let added = "alternative-added: an alternative of a was added: object";
    let removed = "alternative-removed: an alternative of a was removed: object";
    for (few, more) in [
        (one.clone(), one_of(&[&one, &two])),
        (one_of(&[&two]), one_of(&[&one, &two])),
        (one_of(&[&two, &one]), one_of(&[&one, &three, &two])),
    ] {
        assert_told(&few, &more, &[&format!("info {added}")], &[&format!("breaking {added}")]);
        assert_told(&more, &few, &[&format!("breaking {removed}")], &[&format!("info {removed}")]);
    }
    let changed = |name: &str| format!("breaking type-changed: a.{name} has a different type: string → integer");
    let (first, second) = (changed("x"), changed("y"));
    let (other_one, other_two) = (object("x", "integer"), object("y", "integer"));
    for new in [one_of(&[&other_one, &other_two]), one_of(&[&other_two, &other_one])] {
        assert_told(&one_of(&[&one, &two]), &new, &[&first, &second], &[&first, &second]);
    }
    assert_told(&one_of(&[&one, &two]), &one_of(&[&two, &other_one]), &[&first], &[&first]);
    // A schema replaced by an unrelated one.
    let gone = ["breaking removed: a.y was removed: string", "info added: a.z was added: string"];
    assert_told(&one_of(&[&one, &two]), &one_of(&[&one, &three]), &gone, &gone);
    // The alternatives are nullable, the single schema was not.
    let mut nullable = one.clone();
    nullable["nullable"] = json!(true);
    let mut choice = one_of(&[&one, &two]);
    choice["nullable"] = json!(true);
    assert_told(&nullable, &choice, &[&format!("info {added}")], &[&format!("breaking {added}")]);
    let lost = "alternative-removed: an alternative of a was removed: string";
    let (number, text) = (json!({"type": "integer"}), json!({"type": "string"}));
    assert_told(
        &one_of(&[&number, &text, &one]),
        &one_of(&[&one, &number]),
        &[&format!("breaking {lost}")],
        &[&format!("info {lost}")],
    );
}

#[test]
fn anything_is_wider_than_something() {
    let any = json!({});
    for some in [json!({"type": "string"}), json!({"oneOf": [{"type": "string"}, {"type": "integer"}]})] {
        let name = if some["type"].is_null() { "one of several" } else { "string" };
        let (wider, narrower) = (
            format!("type-widened: a has a wider type: {name} → any"),
            format!("type-narrowed: a has a narrower type: any → {name}"),
        );
        assert_told(&some, &any, &[&format!("info {wider}")], &[&format!("breaking {wider}")]);
        assert_told(&any, &some, &[&format!("breaking {narrower}")], &[&format!("info {narrower}")]);
    }
    let (integer, number) = (json!({"type": "integer"}), json!({"type": "number"}));
    let wider = "type-widened: a has a wider type: integer → number";
    assert_told(&integer, &number, &[&format!("info {wider}")], &[&format!("breaking {wider}")]);
    let narrower = "type-narrowed: a has a narrower type: number → integer";
    assert_told(&number, &integer, &[&format!("breaking {narrower}")], &[&format!("info {narrower}")]);
    // Where that is limited otherwise, neither has the other in it.
    let limited = json!({"type": "number", "maximum": 5});
    let other = "breaking type-changed: a has a different type: integer → number";
    assert_told(&integer, &limited, &[other], &[other]);
    let list = json!({"type": "array", "items": {"type": "string"}});
    assert_told(
        &list,
        &json!({"type": "array"}),
        &["info type-widened: a[] has a wider type: string → any"],
        &["breaking type-widened: a[] has a wider type: string → any"],
    );
}

/// The schemas of a document in which a property refers to one of them.
fn people() -> Value {
    let object = |names: &[&str]| {
        let properties: Value = names.iter().map(|name| ((*name).to_owned(), json!({"type": "string"}))).collect();
        json!({"type": "object", "properties": properties})
    };
    json!({
        "User": object(&["id", "name", "alias", "title", "enabled"]),
        "Team": object(&["id", "members", "color", "projects"]),
        "UserEntity": object(&["id", "name", "alias", "title", "enabled", "language"]),
    })
}

#[test]
fn another_schema_in_a_place_is_told_of_that_place() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let [sent, answered] = told(&to("User"), &to("Team"), &people());
    assert_eq!(sent, ["breaking request-property-type-changed: a has a different type: User → Team"]);
    assert_eq!(answered, ["breaking response-property-type-changed: a has a different type: User → Team"]);
    // If schemas have much in common, the additions are reported at their place.
    let [sent, answered] = told(&to("User"), &to("UserEntity"), &people());
    assert_eq!(sent, ["info request-property-added: a.language was added: string"]);
    assert_eq!(answered, ["info response-property-added: a.language was added: string"]);
    let two = |name: &str| json!({"type": "object", "properties": {"b": to(name), "c": to(name)}});
    let [sent, _] = told(&two("User"), &two("UserEntity"), &people());
    assert_eq!(sent, ["info request-property-added: language of a.b and a.c was added: string"]);
    // Two properties of which one has another name are the same only if their schemas are.
    let object = |name: &str, ty: &str| json!({"type": "object", "properties": {name: {"type": ty}}});
    let [sent, _] = told(&object("line1", "string"), &object("line_1", "integer"), &json!({}));
    assert_eq!(
        sent,
        [
            "breaking request-property-removed: a.line1 was removed: string",
            "info request-property-added: a.line_1 was added: integer",
        ]
    );
    // An inline schema may have been a named one.
    assert_eq!(told(&to("User"), &people()["User"], &people()), [vec![], vec![]] as [Vec<String>; 2]);
    let [sent, _] = told(&to("User"), &people()["Team"], &people());
    assert_eq!(sent, ["breaking request-property-type-changed: a has a different type: User → object"]);
    let small = json!({"type": "object", "properties": {"label": {"type": "string"}}});
    let [sent, _] = told(&to("User"), &small, &people());
    assert_eq!(sent, ["breaking request-property-type-changed: a has a different type: User → object"]);
    let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
    for (old, new, text) in [(&to("User"), &map, "User → map"), (&map, &to("User"), "map → User")] {
        let [sent, _] = told(old, new, &people());
        assert_eq!(sent, [format!("breaking request-property-type-changed: a has a different type: {text}")]);
    }
    let [sent, _] = told(&to("User"), &json!({"type": "integer"}), &people());
    assert_eq!(sent, ["breaking request-property-type-changed: a has a different type: object → integer"]);
}

#[test]
fn a_schema_that_keeps_its_name_is_told_property_by_property() {
    let to = json!({"$ref": "#/components/schemas/User"});
    let fixed = json!({"type": "boolean"});
    let mut other = people();
    other["User"] = other["Team"].take();
    let changes = compare(&exchanging(&fixed, &to, &people()), &exchanging(&fixed, &to, &other));
    let mut subjects: Vec<String> = changes.iter().map(Change::subject).collect();
    subjects.sort_unstable();
    let names = ["alias", "color", "enabled", "members", "name", "projects", "title"];
    assert_eq!(subjects, names.map(|name| format!("User.{name}")));
}

#[test]
fn a_schema_with_another_name_is_called_by_the_shorter_one() {
    let document = |name: &str, ty: &str| {
        let to = json!({"$ref": format!("#/components/schemas/{name}")});
        exchanging(&to, &json!({}), &json!({name: {"type": "object", "properties": {"b": {"type": ty}}}}))
    };
    let (long, short) = (document("TagEntity", "string"), document("Tag", "integer"));
    for (old, new) in [(&long, &short), (&short, &long)] {
        let subjects: Vec<String> = compare(old, new).into_iter().map(|change| change.subject()).collect();
        assert_eq!(subjects, ["Tag.b"]);
    }
}

#[test]
fn alternatives_with_names_are_known_by_them() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let choice = json!({"oneOf": [to("Cat"), to("Dog"), {"type": "string"}]});
    let schemas = |cat: &str, dog: &str| {
        let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        json!({"Cat": object(cat), "Dog": object(dog)})
    };
    let fixed = json!({"type": "boolean"});
    let document = |schemas: &Value| exchanging(&fixed, &choice, schemas);
    let changes = compare(&document(&schemas("claws", "tail")), &document(&schemas("fur", "teeth")));
    let mut subjects: Vec<String> = changes.iter().map(Change::subject).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, ["Cat.claws", "Cat.fur", "Dog.tail", "Dog.teeth"]);
}

/// Siblings of a reference apply to its place, not to the schema.
#[test]
fn what_stands_beside_a_reference_is_of_that_place() {
    let to = || json!({"$ref": "#/components/schemas/User"});
    let two = |schema: &Value| json!({"type": "object", "properties": {"b": schema, "c": schema, "d": to()}});
    for (beside, rule) in [
        (json!({"allOf": [to()], "nullable": true}), "breaking response-property-became-nullable"),
        (json!({"oneOf": [to()], "nullable": true}), "breaking response-property-became-nullable"),
        (json!({"allOf": [to()], "deprecated": true}), "warning response-property-deprecated"),
    ] {
        let fixed = json!({"type": "boolean"});
        let (old, new) = (exchanging(&fixed, &two(&to()), &people()), exchanging(&fixed, &two(&beside), &people()));
        let changes = compare(&old, &new);
        assert_eq!(changes.len(), 2, "{rule}");
        for (change, place) in changes.iter().zip(["b", "c"]) {
            assert_eq!(format!("{} {}", change.severity().as_str(), change.id()), rule);
            assert_eq!(change.places(), [format!("POST /api/x 200.a.{place}")]);
        }
    }
    // The change is reported for the schema, whatever siblings its references have.
    let nullable = json!({"allOf": [to()], "nullable": true});
    let mut other = people();
    other["User"]["properties"]["name"] = json!({"type": "integer"});
    let fixed = json!({"type": "boolean"});
    for (old, new) in [(&nullable, &nullable), (&to(), &to())] {
        let changes = compare(&exchanging(&fixed, old, &people()), &exchanging(&fixed, new, &other));
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].places(), ["User.name"]);
    }
    // Also if the schema itself gets what its references already have.
    let level = |more: Value| {
        let mut schema = json!({"type": "integer", "default": 1});
        schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"Level": schema})
    };
    for (beside, more, rule) in [
        (json!({"nullable": true}), json!({"nullable": true}), "breaking response-property-became-nullable"),
        (json!({"deprecated": true}), json!({"deprecated": true}), "warning response-property-deprecated"),
        (json!({"title": "x"}), json!({"default": 2}), "info response-property-default-changed"),
    ] {
        let mut schema = beside.clone();
        schema["allOf"] = json!([{"$ref": "#/components/schemas/Level"}]);
        let changes =
            compare(&exchanging(&fixed, &schema, &level(json!({}))), &exchanging(&fixed, &schema, &level(more)));
        let told: Vec<String> =
            changes.iter().map(|change| format!("{} {}", change.severity().as_str(), change.id())).collect();
        assert_eq!(told, [rule]);
        assert_eq!(changes[0].places(), ["Level"]);
        let place = "/components/schemas/Level";
        assert!(changes[0].pointers.iter().all(|side| side.iter().eq([place])), "{:?}", changes[0].pointers);
    }
    let [_, answered] = told(&to(), &json!({"allOf": [to(), {"properties": {"more": {"type": "string"}}}]}), &people());
    assert_eq!(answered, ["info response-property-added: a.more was added: string"]);
    let [_, answered] = told(&to(), &json!({"allOf": [to(), {"properties": {"name": {"title": "x"}}}]}), &people());
    assert_eq!(answered, [""; 0]);
}

#[test]
fn all_parts_of_all_of_count() {
    let two = |first: Value, second: Value| json!({"allOf": [first, second]});
    let a = |schema: Value| json!({"type": "object", "properties": {"b": schema}});
    let text = || json!({"type": "string"});
    let changed = "a.b has a different type: string → integer";
    assert_told(
        &two(a(text()), a(json!({"nullable": true}))),
        &two(a(json!({"type": "integer"})), a(json!({"nullable": true}))),
        &[&format!("breaking type-changed: {changed}")],
        &[&format!("breaking type-changed: {changed}")],
    );
    let patterns =
        |first: &str, second: &str| two(json!({"pattern": first}), json!({"type": "string", "pattern": second}));
    assert_told(&patterns("^a", "b$"), &patterns("b$", "^a"), &[], &[]);
    let changed = "pattern-changed: a has a different pattern: ^a and b$ → ^c and b$";
    assert_told(
        &patterns("^a", "b$"),
        &patterns("^c", "b$"),
        &[&format!("warning {changed}")],
        &[&format!("info {changed}")],
    );
    let list = |items: Value| json!({"type": "array", "items": items});
    let tightened = "constraint-tightened: a[] has a tighter limit: maxLength 5";
    assert_told(
        &two(list(text()), list(json!({"maxLength": 9}))),
        &two(list(json!({"type": "string", "maxLength": 9})), list(text())),
        &[],
        &[],
    );
    assert_told(
        &two(list(text()), list(json!({}))),
        &two(list(json!({"type": "string", "maxLength": 5})), list(json!({}))),
        &[&format!("breaking {tightened}")],
        &[&format!("info {tightened}")],
    );
    let read_only = two(json!({"type": "string"}), json!({"readOnly": true}));
    assert_told(&a(text()), &a(read_only), &["breaking removed: a.b was removed: string"], &[]);
}

/// A wider number type that is also nullable: the type does not cover null in the response.
#[test]
fn a_type_that_widens_does_not_hide_that_null_comes() {
    let (number, integer) = (json!({"type": "number"}), json!({"type": "integer", "nullable": true}));
    assert_told(
        &number,
        &integer,
        &["breaking type-narrowed: a has a narrower type: number → integer", "info became-nullable: a can now be null"],
        &["breaking became-nullable: a can now be null", "info type-narrowed: a has a narrower type: number → integer"],
    );
    // Limits and precision that both have change nothing about which type is the wider one.
    let limited = |ty: &str| json!({"type": ty, "minimum": 0});
    let wider = "type-widened: a has a wider type: integer → number";
    assert_told(&limited("integer"), &limited("number"), &[&format!("info {wider}")], &[&format!("breaking {wider}")]);
    let float = json!({"type": "number", "format": "float"});
    let wider = "type-widened: a has a wider type: integer → number (float)";
    assert_told(&json!({"type": "integer"}), &float, &[&format!("info {wider}")], &[&format!("breaking {wider}")]);
    // Where anything may come, null may; and null among the values is what nullable says.
    assert_told(&json!({}), &json!({"nullable": true}), &[], &[]);
    let values = json!({"type": "string", "enum": ["x", null], "nullable": true});
    let nullable = "became-nullable: a can now be null";
    assert_told(
        &json!({"type": "string", "enum": ["x"]}),
        &values,
        &[&format!("info {nullable}")],
        &[&format!("breaking {nullable}")],
    );
}

#[test]
fn a_schema_with_a_name_becomes_one_of_several() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let choice = json!({"oneOf": [to("Team"), to("User")], "nullable": true});
    let [sent, answered] = told(&to("User"), &choice, &people());
    let (added, nullable) =
        ("alternative-added: an alternative of a was added: object", "became-nullable: a can now be null");
    assert_eq!(sent, [format!("info request-property-{added}"), format!("info request-property-{nullable}")]);
    assert_eq!(
        answered,
        [format!("breaking response-property-{added}"), format!("breaking response-property-{nullable}")]
    );
    let [sent, _] = told(&choice, &to("User"), &people());
    assert_eq!(
        sent,
        [
            "breaking request-property-alternative-removed: an alternative of a was removed: object",
            "breaking request-property-became-not-nullable: a can no longer be null",
        ]
    );
}

/// Schemas with several branches that lead back to themselves, with and without names on the way.
#[test]
fn recursion_in_many_branches_ends_and_is_told_once() {
    let branches = |schema: &Value, last: &str| {
        let mut properties: serde_json::Map<String, Value> =
            (0..12).map(|place| (format!("p{place}"), schema.clone())).collect();
        properties.insert("last".to_owned(), json!({"type": last}));
        json!({"X": {"type": "object", "properties": properties}, "Y": {"type": "object", "properties": {
            "inner": {"type": "object", "properties": {
                "b": {"$ref": "#/components/schemas/Y/properties/inner"},
                "c": {"$ref": "#/components/schemas/Y/properties/inner"},
                "d": {"type": last},
            }},
        }}})
    };
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let plain = branches(&to("X"), "string");
    let choice = branches(&json!({"oneOf": [to("X"), to("Y")]}), "string");
    let document = |schemas: &Value, name: &str| exchanging(&json!({}), &to(name), schemas);
    let changes = compare(&document(&plain, "X"), &document(&choice, "X"));
    let mut places: Vec<String> = changes.iter().flat_map(|change| change.places().clone()).collect();
    places.sort_unstable();
    let mut expected: Vec<String> = (0..12).map(|place| format!("X.p{place}")).collect();
    expected.sort_unstable();
    assert_eq!(places, expected);
    assert!(changes.iter().all(|change| change.id() == "response-property-alternative-added"));
    let changes = compare(&document(&plain, "Y"), &document(&branches(&to("X"), "integer"), "Y"));
    let places: Vec<String> = changes.iter().flat_map(Change::places).collect();
    assert_eq!(places, ["Y.inner.d"]);
}

/// Chains and nets of schemas that refer to each other.
fn net(count: usize, width: usize, last: &Value) -> Value {
    let schemas: serde_json::Map<String, Value> = (0..count)
        .map(|place| {
            let next = (1..=width).map(|step| {
                let target = (place + step) % count;
                (format!("p{step}"), json!({"$ref": format!("#/components/schemas/S{target}x")}))
            });
            let mut properties: serde_json::Map<String, Value> = next.collect();
            if place + 1 == count {
                properties.insert("last".to_owned(), last.clone());
            }
            (format!("S{place}x"), json!({"type": "object", "properties": properties}))
        })
        .collect();
    Value::Object(schemas)
}

#[test]
fn what_is_far_away_is_compared_too() {
    let first = json!({"oneOf": [{"$ref": "#/components/schemas/S0x"}, {"type": "string"}]});
    for (count, width) in [(5000, 1), (80, 79)] {
        let (old, new) =
            (net(count, width, &json!({"type": "string"})), net(count, width, &json!({"type": "integer"})));
        let changes = compare(&exchanging(&first, &first, &old), &exchanging(&first, &first, &new));
        let messages: Vec<String> = changes.iter().map(Change::message).collect();
        assert_eq!(messages, [format!("S{}x.last has a different type: string → integer", count - 1)]);
    }
}

#[test]
fn what_differs_far_down_in_an_alternative_is_a_change_of_it() {
    let deep = |last: &str| {
        let mut schema = json!({"type": last});
        for name in ["e", "d", "c", "b"] {
            schema = json!({"type": "object", "properties": {name: schema}});
        }
        schema
    };
    let of = |last: &str| json!({"oneOf": [deep(last), {"type": "object", "properties": {"b": {"type": "string"}}}]});
    let changed = "breaking type-changed: a.b.c.d.e has a different type: string → integer";
    assert_told(&of("string"), &of("integer"), &[changed], &[changed]);
}

#[test]
fn long_and_wide_schemas_end() {
    let to = |index: usize| json!({"$ref": format!("#/components/schemas/S{index}")});
    let schemas = |inside: &dyn Fn(usize) -> Value, count: usize| -> Value {
        let all = (0..count).map(|index| (format!("S{index}"), inside(index)));
        Value::Object(all.collect())
    };
    let fixed = json!({"type": "boolean"});
    let chain = schemas(&|index| json!({"not": to(index + 1)}), 20_000);
    let document = exchanging(&fixed, &to(0), &chain);
    assert_eq!(compare(&document, &document), []);
    let doubled =
        schemas(&|index| json!({"allOf": [to(index + 1), to(index + 1)], "properties": {"a": to(index + 1)}}), 30);
    let document = exchanging(&fixed, &to(0), &doubled);
    assert_eq!(compare(&document, &document), []);
}

#[test]
fn a_multiple_of_zero_limits_nothing() {
    let zero = json!({"type": "integer", "multipleOf": 0});
    assert_told(&zero, &zero, &[], &[]);
    assert_told(&zero, &json!({"type": "integer"}), &[], &[]);
}

#[test]
fn a_renamed_property_is_declared_in_two_places() {
    let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let schemas = |name: &str| json!({"Tag": object(name)});
    let (fixed, tag) = (json!({"type": "boolean"}), json!({"$ref": "#/components/schemas/Tag"}));
    let changes =
        compare(&exchanging(&tag, &fixed, &schemas("colorSafe")), &exchanging(&tag, &fixed, &schemas("color_safe")));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].id(), "request-property-renamed");
    let pointers = changes[0].pointers.each_ref().map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(
        pointers,
        [["/components/schemas/Tag/properties/colorSafe"], ["/components/schemas/Tag/properties/color_safe"]]
    );
}

/// References may lead to any place of the document, not only to schemas with a name.
#[test]
fn a_shared_schema_without_a_name_is_told_of_each_place() {
    let to = json!({"$ref": "#/components/responses/Shared/content/application~1json/schema"});
    let named = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let get =
        |schema: &Value| json!({"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}});
    let object = json!({"type": "object", "properties": {"p": to}});
    let document = |ty: &str, answers: [Value; 2]| {
        json!({
            "paths": {"/api/a": get(&answers[0]), "/api/b": get(&answers[1])},
            "components": {
                "schemas": {"A": object, "B": object},
                "responses": {"Shared": {"content": {"application/json": {"schema": {"type": ty}}}}},
            },
        })
    };
    for (answers, places) in [
        ([to.clone(), to.clone()], ["GET /api/a 200", "GET /api/b 200"]),
        ([named("A"), named("B")], ["A.p", "B.p"]),
        // Both named schemas are compared after the one answer.
        ([json!({"type": "object", "properties": {"a": named("A"), "b": named("B")}}), json!({})], ["A.p", "B.p"]),
    ] {
        let changes = compare(&document("string", answers.clone()), &document("integer", answers));
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].id(), "response-property-type-changed");
        assert_eq!(changes[0].places(), places);
    }
}
