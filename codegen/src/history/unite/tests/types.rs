//! The types in responses and requests.

use super::*;

/// The fields of `Thing` in words, without `z`, which all of them have.
fn fields(api: &Api) -> String {
    let word = |is: bool, word: &'static str| is.then_some(word);
    let one = |field: &Field| {
        let words =
            [word(field.required, "required"), word(field.nullable, "nullable"), word(field.keeps_null, "keeps_null")];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        format!("{}: {:?} {}", field.wire, field.ty, words.join(" ")).trim_end().to_owned()
    };
    match &api.types["Thing"].kind {
        TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } => {
            fields.iter().filter(|field| field.wire != "z").map(one).collect::<Vec<_>>().join("; ")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_property_of_a_response_is_as_one_release_or_the_other() {
    let text = "'a': {'type': 'string'}";
    let nullable = "'a': {'type': 'string', 'nullable': true}";
    let deprecated = "'a': {'type': 'string', 'deprecated': true}";
    let a = |schema: &str| format!("'a': {schema}");
    let cases = [
        (object(text, "'a'"), object(text, "'a'"), "a: String required"),
        (object("", ""), object(text, "'a'"), "a: String"),
        (object(text, "'a'"), object("", ""), "a: String"),
        (object(nullable, "'a'"), object(text, "'a'"), "a: String required nullable"),
        (object(text, "'a'"), object(nullable, "'a'"), "a: String required nullable"),
        (object("", ""), object(nullable, "'a'"), "a: String nullable keeps_null"),
        (object("", ""), object(nullable, ""), "a: String nullable"),
        (object(text, "'a'"), object(deprecated, "'a'"), "a: String"),
        (object(&a(USER_ID), ""), object(&a(USER), ""), r#"a: IdOr("User", "User")"#),
        (object(&a(USER), ""), object(&a(USER_ID), ""), r#"a: IdOr("User", "User")"#),
        (object(&a(&list(USER_ID)), ""), object(&a(&list(USER)), ""), r#"a: List(IdOr("User", "User"))"#),
        (object(&a(PERSON), ""), object(&a(USER), ""), r#"a: Named("User")"#),
        // A note tells these.
        (object(&a(TAG_ID), ""), object(&a(TAG), ""), r#"a: Named("Tag")"#),
        (object(&a(TAG), ""), object(&a(TAG_ID), ""), r#"a: Id("Tag")"#),
        (object(&a(TEXT), ""), object(&a(USER), ""), r#"a: Named("User")"#),
    ];
    for (older, newer, expected) in cases {
        assert_eq!(of_two(thing("1.0", &older), thing("2.0", &newer), fields), expected, "{older} {newer}");
    }
}

#[test]
fn a_method_of_one_release_is_one_of_all() {
    let pair = format!("{{'type': 'object', 'properties': {{'name': {TEXT}, 'value': {TEXT}}}}}");
    let pairs =
        |at: &str, lookup: &str| thing(at, &object(&format!("'a': {{'type': 'array', 'items': {pair}{lookup}}}"), ""));
    let methods = |api: &Api| {
        let TypeKind::Answer { fields, .. } = &api.types["Thing"].kind else { panic!() };
        let lookups = fields.iter().filter_map(|field| field.lookup.as_ref());
        lookups.map(|lookup| lookup.method.clone()).collect::<Vec<_>>().join(" ")
    };
    let (one, other) = (", 'x-kimai-lookup': 'one'", ", 'x-kimai-lookup': 'other'");
    for (older, newer, expected) in [(one, "", "one"), ("", one, "one"), (other, one, "one"), ("", "", "")] {
        assert_eq!(of_two(pairs("1.0", older), pairs("2.0", newer), methods), expected, "{older} {newer}");
    }
    let text = thing("2.0", &object("'a': {'type': 'string'}", ""));
    assert_eq!(of_two(pairs("1.0", one), text, methods), "");
    let gone = thing("2.0", &object("", ""));
    assert_eq!(of_two(pairs("1.0", one), gone, methods), "one");
}

#[test]
fn an_id_or_an_object_takes_further_releases() {
    let a = |at: &str, schema: &str| thing(at, &object(&format!("'a': {schema}"), ""));
    for (oldest, expected) in [
        (USER_ID, r#"a: IdOr("User", "User")"#),
        (USER, r#"a: IdOr("User", "User")"#),
        (PERSON, r#"a: IdOr("User", "User")"#),
        (TAG, r#"a: IdOr("User", "User")"#),
        (TAG_ID, r#"a: IdOr("User", "User")"#),
    ] {
        let (api, notes) = unite(&[a("1.0", oldest), a("1.1", USER_ID), a("2.0", USER)]).unwrap().unwrap();
        assert_eq!(fields(&api), expected);
        assert_eq!(notes.len(), usize::from(oldest == TAG || oldest == TAG_ID), "{oldest}");
    }
}

#[test]
fn an_object_without_an_id_in_some_release_does_not_stand_for_it() {
    let user = |at: &str, id: &str, a: &str| {
        let schemas = format!(
            "'User': {{'type': 'object', 'x-kimai-always': ['id'], 'properties': {{{id}'name': {TEXT}}}}}, 'Thing': {}",
            object(&format!("'a': {a}"), "")
        );
        let thing = json("{'$ref': '#/components/schemas/Thing'}");
        model(at, &format!("'/api/things': {{'get': {{'responses': {{'200': {{{thing}}}}}}}}}"), &schemas)
    };
    let id = "'id': {'type': 'integer', 'x-rust-id': 'User'}, ";
    for (oldest, expected) in [
        (id, r#"a: IdOr("User", "User")"#),
        ("", r#"a: Named("User")"#),
        ("'id': {'type': 'string'}, ", r#"a: Named("User")"#),
        ("'id': {'type': 'integer', 'x-rust-id': 'User', 'nullable': true}, ", r#"a: Named("User")"#),
    ] {
        let models = [user("1.0", oldest, USER), user("1.1", id, USER_ID), user("2.0", id, USER)];
        let (api, _) = unite(&models).unwrap().unwrap();
        assert_eq!(fields(&api), expected, "{oldest}");
    }
}

#[test]
fn types_of_one_name_are_of_one_kind() {
    let text = "{'type': 'string', 'enum': ['a']}";
    assert_eq!(of_two(thing("1.0", text), thing("2.0", &object("", "")), fields), differ("Thing", "the kinds of type"));
}

#[test]
fn an_enum_has_the_values_of_all_releases() {
    let values = |at: &str, values: &str| thing(at, &format!("{{'type': 'string', 'enum': [{values}]}}"));
    let show = |api: &Api| match &api.types["Thing"].kind {
        TypeKind::Enum { variants, .. } => {
            variants.iter().map(|one| format!("{} {}", one.name, one.wire)).collect::<Vec<_>>().join("; ")
        }
        other => panic!("{other:?}"),
    };
    for (older, newer, expected) in [
        ("'a'", "'a'", "A a"),
        ("'b', 'a'", "'a'", "A a; B b"),
        ("'a'", "'b', 'a'", "B b; A a"),
        // Another value has the name already.
        ("'a-b'", "'a_b'", "AB a_b; ABFormer a-b"),
    ] {
        assert_eq!(of_two(values("1.0", older), values("2.0", newer), show), expected);
    }
}

#[test]
fn a_one_of_has_the_alternatives_of_all_releases() {
    let show = |api: &Api| match &api.types["Thing"].kind {
        TypeKind::OneOf { alternatives } => {
            let one = |one: &api::Alternative| match &one.shape {
                api::Shape::Object { known, tag, .. } => format!("{} {known:?} {tag:?}", one.name),
                other => format!("{} {other:?}", one.name),
            };
            alternatives.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        other => panic!("{other:?}"),
    };
    let one_of = |alternatives: &[&str], discriminator: &str| {
        format!("{{'oneOf': [{}]{discriminator}}}", alternatives.join(", "))
    };
    let by = |mapping: &str| format!(", 'discriminator': {{'propertyName': 'kind'{mapping}}}");
    let mapped =
        |value: &str, schema: &str| by(&format!(", 'mapping': {{'{value}': '#/components/schemas/{schema}'}}"));
    let user = r#"User ["id"]"#;
    let error = differ("Thing", "the discriminators of the alternatives");
    let cases = [
        (one_of(&[USER, TEXT], ""), one_of(&[USER, TEXT], ""), format!("{user} None; Text String")),
        (
            one_of(&[TEXT, USER], ""),
            one_of(&[USER, "{'type': 'boolean'}"], ""),
            format!("{user} None; Bool Bool; Text String"),
        ),
        // The same object under another name.
        (one_of(&[PERSON, TEXT], ""), one_of(&[USER, TEXT], ""), format!("{user} None; Text String")),
        (
            one_of(&[USER, TAG], &by("")),
            one_of(&[USER, TEXT], &by("")),
            format!(r#"{user} Some(("kind", ["User"])); Text String; Tag ["id"] Some(("kind", ["Tag"]))"#),
        ),
        (
            one_of(&[USER, TAG], &mapped("person", "User")),
            one_of(&[USER, TAG], &by("")),
            format!(r#"{user} Some(("kind", ["User", "person"])); Tag ["id"] Some(("kind", ["Tag"]))"#),
        ),
        (one_of(&[USER, TAG], ""), one_of(&[USER, TAG], &by("")), error.clone()),
        (one_of(&[USER, TAG], &by("").replace("kind", "type")), one_of(&[USER, TAG], &by("")), error.clone()),
        // The discriminators are of alternatives that only one release has.
        (one_of(&[TAG, TEXT], &by("").replace("kind", "type")), one_of(&[USER, TEXT], &by("")), error.clone()),
        // A value means another alternative.
        (one_of(&[USER, TAG], &mapped("Tag", "User")), one_of(&[TAG, TEXT], &by("")), error),
    ];
    for (older, newer, expected) in cases {
        assert_eq!(of_two(thing("1.0", &older), thing("2.0", &newer), show), expected, "{older} {newer}");
    }
}

#[test]
fn one_of_several_types_stands_for_each_of_them() {
    let several = "'Several': {'oneOf': [{'type': 'string'}, {'type': 'boolean'}]}";
    let answer = |at: &str, schema: &str| {
        let path = format!("'/api/things': {{'get': {{'responses': {{'200': {{{}}}}}}}}}", json(schema));
        model(at, &path, several)
    };
    let show = |api: &Api| format!("{:?} {}", api.operations[0].answer, api.types.len());
    let reference = "{'$ref': '#/components/schemas/Several'}";
    let expected = r#"Json(Named("Several")) 1"#;
    assert_eq!(of_two(answer("1.0", TEXT), answer("2.0", reference), show), expected);
    assert_eq!(of_two(answer("1.0", reference), answer("2.0", TEXT), show), expected);
    let error = differ("GET /api/things", "the responses");
    assert_eq!(of_two(answer("1.0", reference), answer("2.0", "{'type': 'integer'}"), show), error);
}

#[test]
fn enums_of_two_names_are_one_type_if_they_have_the_same_values() {
    let answer = |at: &str, name: &str, values: &str| {
        let schema = format!("{{'$ref': '#/components/schemas/{name}'}}");
        let path = format!("'/api/things': {{'get': {{'responses': {{'200': {{{}}}}}}}}}", json(&schema));
        model(at, &path, &format!("'{name}': {{'type': 'string', 'enum': [{values}]}}"))
    };
    let show = |api: &Api| format!("{:?}", api.operations[0].answer);
    let error = differ("GET /api/things", "the responses");
    for (older, newer, expected) in [
        ("'a', 'b'", "'b', 'a'", r#"Json(Named("Shade"))"#),
        ("'a', 'b'", "'a'", &error),
        ("'a'", "'a', 'b'", &error),
        ("'a'", "'b'", &error),
    ] {
        assert_eq!(of_two(answer("1.0", "Tint", older), answer("2.0", "Shade", newer), show), expected);
    }
}

#[test]
fn a_property_may_have_another_name_on_the_wire_only_in_requests() {
    let properties = |wire: &str| format!("'{wire}': {{'type': 'string', 'x-rust-name': 'a'}}");
    let sent = |at: &str, wire: &str| {
        let body = json("{'$ref': '#/components/schemas/Thing'}");
        let path = format!("'/api/things': {{'post': {{'requestBody': {{{body}}}, 'responses': {{'204': {{}}}}}}}}");
        let thing = format!(
            "'Thing': {{'type': 'object', 'required': ['z'], 'properties': {{{}, 'z': {TEXT}}}}}",
            properties(wire)
        );
        model(at, &path, &thing)
    };
    let form = |api: &Api| match &api.types.values().next().unwrap().kind {
        TypeKind::Form { fields, .. } => fields.iter().map(|field| field.wire.as_str()).collect::<Vec<_>>().join(" "),
        other => panic!("{other:?}"),
    };
    assert_eq!(of_two(sent("1.0", "old"), sent("2.0", "new"), form), "z new");
    let answered = |at: &str, wire: &str| thing(at, &object(&properties(wire), ""));
    assert_eq!(
        of_two(answered("1.0", "old"), answered("2.0", "new"), fields),
        "/Thing/old and /Thing would both be called a; rename the one of the older release with x-rust-name in an overlay"
    );
}
