use std::sync::Arc;

use super::unite;
use crate::Release;
use crate::api::{self, Api, Field, Operation, TypeKind};
use crate::document::load;

type Model = (Release, Arc<Api>);

/// Objects for all cases: `User` always has an id, `Tag` may lack it, `Person` is `User` under another name.
const SCHEMAS: &str = "
    'User': {'type': 'object', 'x-kimai-always': ['id'], 'properties': {'id': {'type': 'integer', 'x-rust-id': 'User'}}},
    'Person': {'type': 'object', 'x-kimai-always': ['id'], 'properties': {'id': {'type': 'integer', 'x-rust-id': 'User'}}},
    'Tag': {'type': 'object', 'properties': {'id': {'type': 'integer', 'x-rust-id': 'Tag'}}},
    'Form': {'type': 'object', 'properties': {'name': {'type': 'string'}}},
    'Form2': {'type': 'object', 'required': ['name'], 'properties': {'name': {'type': 'string'}}}";

/// The model of a document with these paths and schemas; with `'` in place of `\"`.
fn model(at: &str, paths: &str, schemas: &str) -> Model {
    let json = format!("{{'openapi': '3.0.0', 'paths': {{{paths}}}, 'components': {{'schemas': {{{schemas}}}}}}}");
    let release: Release = at.parse().unwrap();
    let document = load(json.replace('\'', "\"").as_bytes(), &release, &[]).unwrap();
    let api = api::build(&document, &release).unwrap().0;
    (release, Arc::new(api))
}

/// What one client has for two documents, the older of 1.0 and the newer of 2.0, or why there is none.
fn of_two(older: Model, newer: Model, show: impl Fn(&Api) -> String) -> String {
    match unite(&[older, newer]) {
        Ok(united) => show(&united.unwrap().0),
        Err(error) => error.to_string(),
    }
}

/// The same for an operation.
fn of_operations(older: &str, newer: &str, show: impl Fn(&Operation) -> String) -> String {
    let post = |at: &str, operation: &str| model(at, &format!("'/api/things': {{'post': {{{operation}}}}}"), SCHEMAS);
    of_two(post("1.0", older), post("2.0", newer), |api| show(&api.operations[0]))
}

fn differ(place: &str, what: &str) -> String {
    format!(
        "{place}: {what} of Kimai 1.0 and 2.0 cannot be expressed by one client; correct one of the two documents with \
         an overlay"
    )
}

const USER: &str = "{'$ref': '#/components/schemas/User'}";
const PERSON: &str = "{'$ref': '#/components/schemas/Person'}";
const TAG: &str = "{'$ref': '#/components/schemas/Tag'}";
const USER_ID: &str = "{'type': 'integer', 'x-rust-id': 'User'}";
const TAG_ID: &str = "{'type': 'integer', 'x-rust-id': 'Tag'}";
const TEXT: &str = "{'type': 'string'}";

fn list(item: &str) -> String {
    format!("{{'type': 'array', 'items': {item}}}")
}

fn map(item: &str) -> String {
    format!("{{'type': 'object', 'additionalProperties': {item}}}")
}

fn json(schema: &str) -> String {
    format!("'content': {{'application/json': {{'schema': {schema}}}}}")
}

#[test]
fn a_response_is_as_one_release_or_the_other() {
    let ok = |schema: &str| format!("'200': {{{}}}", json(schema));
    let nullable = "{'type': 'integer', 'x-rust-id': 'User', 'nullable': true}";
    let (empty, undeclared) = ("'204': {}".to_owned(), "'200': {}".to_owned());
    let optional = format!("{}, {empty}", ok(USER));
    let text = "'200': {'content': {'text/plain': {}}}".to_owned();
    let file = "'200': {'content': {'application/pdf': {}}}".to_owned();
    let error = differ("POST /api/things", "the responses");
    let cases = [
        (&ok(TEXT), &ok(TEXT), "Json(String)"),
        (&empty, &ok(USER), r#"OptionalJson(Named("User"))"#),
        (&ok(USER), &empty, r#"OptionalJson(Named("User"))"#),
        (&optional, &ok(USER), r#"OptionalJson(Named("User"))"#),
        (&ok(USER_ID), &optional, r#"OptionalJson(IdOr("User", "User"))"#),
        (&empty, &optional, r#"OptionalJson(Named("User"))"#),
        (&undeclared, &ok(TEXT), "Json(String)"),
        (&ok(TEXT), &undeclared, "Json(String)"),
        (&undeclared, &empty, "Empty"),
        (&text, &empty, "Text"),
        (&empty, &text, "Text"),
        (&file, &empty, "Download"),
        (&empty, &file, "Download"),
        (&file, &text, &error),
        (&file, &ok(TEXT), &error),
        (&ok(TEXT), &text, &error),
        (&ok(TEXT), &ok(USER), &error),
        (&ok(USER_ID), &ok(USER), r#"Json(IdOr("User", "User"))"#),
        (&ok(USER), &ok(USER_ID), r#"Json(IdOr("User", "User"))"#),
        (&ok(&list(USER_ID)), &ok(&list(USER)), r#"Json(List(IdOr("User", "User")))"#),
        (&ok(&map(USER_ID)), &ok(&map(USER)), r#"Json(Map(IdOr("User", "User")))"#),
        (&ok(&list(nullable)), &ok(&list(USER)), r#"Json(List(Nullable(IdOr("User", "User"))))"#),
        (&ok(&list(USER_ID)), &ok(&list(nullable)), r#"Json(List(Nullable(Id("User"))))"#),
        (&ok(&list(nullable)), &ok(&list(USER_ID)), r#"Json(List(Nullable(Id("User"))))"#),
        (&ok(USER), &ok(&list(USER)), &error),
        // The id is that of another object, or the object may lack it.
        (&ok(TAG_ID), &ok(USER), &error),
        (&ok(TAG_ID), &ok(TAG), &error),
        (&ok(PERSON), &ok(USER), r#"Json(Named("User"))"#),
        (&ok(TAG), &ok(USER), &error),
    ];
    for (older, newer, expected) in cases {
        let [old, new] = [older, newer].map(|one| format!("'responses': {{{one}}}"));
        let found = of_operations(&old, &new, |operation| format!("{:?}", operation.answer));
        assert_eq!(found, *expected, "{older} {newer}");
    }
}

#[test]
fn a_list_is_read_like_a_page() {
    let number = |name: &str| format!("{{'name': '{name}', 'in': 'query', 'schema': {{'type': 'integer'}}}}");
    let plain = format!("'responses': {{'200': {{{}}}}}", json(&list(USER_ID)));
    let paged = format!("'parameters': [{}, {}], {}", number("page"), number("size"), plain.replace(USER_ID, USER));
    for (older, newer) in [(&plain, &paged), (&paged, &plain)] {
        let found = of_operations(older, newer, |operation| format!("{:?}", operation.answer));
        assert_eq!(found, r#"Page(IdOr("User", "User"))"#);
    }
    assert_eq!(
        of_operations(&plain.replace(USER_ID, TEXT), &paged, |_| String::new()),
        differ("POST /api/things", "the responses")
    );
}

#[test]
fn a_full_response_is_as_one_release_or_the_other() {
    let operation = |parameter: &str, schema: &str| {
        format!(
            "'parameters': [{{'name': 'full', 'in': 'query', 'schema': {{'type': 'string', 'pattern': '{parameter}'}}}}],
            'x-kimai-full': {schema}, 'responses': {{'200': {{{}}}}}",
            json(TEXT)
        )
    };
    let words = "true|false";
    let plain = format!("'responses': {{'200': {{{}}}}}", json(TEXT));
    let error = differ("POST /api/things", "the full responses");
    for (older, newer, expected) in [
        (&operation(words, USER), &operation(words, USER), r#"Json(Named("User"))"#),
        (&operation(words, USER), &plain, r#"Json(Named("User"))"#),
        (&plain, &operation(words, USER), r#"Json(Named("User"))"#),
        (&operation(words, PERSON), &operation(words, USER), r#"Json(Named("User"))"#),
        (&operation(words, TAG), &operation(words, USER), &error),
        (&operation(words, &list(USER)), &operation(words, USER), &error),
        // Each release has its own word for yes.
        (&operation("0|1", USER), &operation(words, USER), &error),
    ] {
        let found = of_operations(older, newer, |operation| format!("{:?}", operation.full.as_ref().unwrap().answer));
        assert_eq!(found, *expected, "{older} {newer}");
    }
}

#[test]
fn a_body_is_as_both_releases_accept_it() {
    let content = |media: &str, schema: &str| {
        format!(
            "'requestBody': {{'required': true, 'content': {{'{media}': {{'schema': {schema}}}}}}}, \
             'responses': {{'204': {{}}}}"
        )
    };
    let form = |name: &str| format!("{{'$ref': '#/components/schemas/{name}'}}");
    let body = |schema: &str| content("application/json", schema);
    let none = "'responses': {'204': {}}".to_owned();
    let settings = body("{'type': 'object', 'properties': {'color': {'type': 'string'}}}")
        .replace("'required': true", "'required': false");
    let (parts, bytes) = ("multipart/form-data", "application/octet-stream");
    let error = differ("POST /api/things", "the bodies");
    let cases = [
        (&body(&form("Form")), &body(&form("Form")), r#"Some(Json(Named("Form")))"#),
        (&body(TEXT), &body(&form("Form")), &error),
        (&body(&form("Form2")), &body(&form("Form")), &error),
        (&body(&list(TEXT)), &body(TEXT), &error),
        (&body(&form("Form")), &content(parts, &form("Form")), &error),
        (&content(parts, &form("Form")), &content(parts, &form("Form2")), &error),
        (&content(parts, &form("Form")), &content(parts, &form("Form")), r#"Some(Multipart("Form"))"#),
        (&content(bytes, TEXT), &content(bytes, TEXT), r#"Some(Bytes("application/octet-stream"))"#),
        (&content("image/png", TEXT), &content(bytes, TEXT), &error),
        // An id and its object are not one type in a request.
        (&body(USER_ID), &body(USER), &error),
        // An empty object does no harm.
        (&none, &body(&form("Form")), r#"Some(Json(Named("Form")))"#),
        (&body(&form("Form")), &none, r#"Some(Json(Named("Form")))"#),
        (&none, &body(&form("Form2")), &error),
        (&body(&form("Form2")), &none, &error),
        (&body(TEXT), &none, &error),
        (&none, &settings, "None"),
        (&settings, &none, "None"),
        (&settings, &settings, "None"),
        // A body that is one value has no room for settings.
        (&settings, &body(&form("Form")), &error),
        (&body(&form("Form")), &settings, &error),
    ];
    for (older, newer, expected) in cases {
        let found = of_operations(older, newer, |operation| format!("{:?}", operation.body));
        assert_eq!(found, *expected, "{older} {newer}");
    }
}

/// Words in place of a parameter's value in Debug.
fn parameters(operation: &Operation) -> String {
    let one = |parameter: &api::Parameter| {
        let required = if parameter.required { " required" } else { "" };
        format!("{}: {:?}{required}", parameter.name, parameter.value)
    };
    operation.parameters.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_parameter_is_written_as_each_release_reads_it() {
    let query = |name: &str, schema: &str| format!("{{'name': '{name}', 'in': 'query', 'schema': {schema}}}");
    let named = |wire: &str| query(wire, TEXT).replace("'in'", "'x-rust-name': 'sort', 'in'");
    let words = |words: &str| format!("{{'type': 'string', 'pattern': '{words}'}}");
    let header = query("a", TEXT).replace("'query'", "'header'");
    let required = query("a", TEXT).replace("'schema'", "'required': true, 'schema'");
    let (number, date) = ("{'type': 'integer'}", "{'type': 'string', 'format': 'date'}");
    let object = "{'type': 'object', 'properties': {'a': {'type': 'string'}}}";
    let (one, many) = (query("user", USER_ID), query("users[]", &list(USER_ID)));
    let error = differ("POST /api/things", "the parameters 'a'");
    let none = String::new();
    let cases = [
        (&none, &query("a", TEXT), r#"a: One { wire: "a", ty: String }"#),
        (&query("b", TEXT), &query("a", TEXT), r#"a: One { wire: "a", ty: String }; b: One { wire: "b", ty: String }"#),
        // What an old release requires is not required of everybody.
        (&required, &none, r#"a: One { wire: "a", ty: String }"#),
        (&required, &query("a", TEXT), r#"a: One { wire: "a", ty: String }"#),
        (&query("a", TEXT), &required, r#"a: One { wire: "a", ty: String } required"#),
        // A text takes all that a number may be, and the other way round the server tells.
        (&query("a", TEXT), &query("a", number), r#"a: One { wire: "a", ty: Integer }"#),
        (&query("a", number), &query("a", TEXT), r#"a: One { wire: "a", ty: String }"#),
        (&query("a", &words("1|2")), &query("a", number), r#"a: One { wire: "a", ty: Integer }"#),
        (&query("a", &words("b|c")), &query("a", number), &error),
        (&query("a", date), &query("a", number), &error),
        (&query("a", &words("0|1")), &query("a", &words("true|false")), &error),
        (
            &query("a", &words("true")),
            &query("a", &words("true|false")),
            r#"a: One { wire: "a", ty: Bool { yes: "true", no: "false" } }"#,
        ),
        (
            &query("a", &words("on")),
            &query("a", &words("true|false")),
            &differ("POST /api/things", "the parameters 'a_on'"),
        ),
        (&query("a", &words("true")), &query("a", &words("on")), &error),
        (&query("a", &list(TEXT)), &query("a", TEXT), &error),
        (&query("a", object), &query("a", TEXT), &error),
        (&header, &query("a", TEXT), &error),
        // The spellings tell what releases call it.
        (&named("a"), &named("b"), r#"sort: One { wire: "b", ty: String }"#),
        (
            &named("a").replace("'query'", "'header'"),
            &named("b").replace("'query'", "'header'"),
            &differ("POST /api/things", "the parameters 'sort'"),
        ),
        (
            &one,
            &format!("{one}, {many}"),
            r#"user: Select { one: "user", many: Some("users[]"), style: Repeated, all: None, ty: Id("User") }"#,
        ),
        (
            &format!("{one}, {many}"),
            &one,
            r#"user: Select { one: "user", many: Some("users[]"), style: Repeated, all: None, ty: Id("User") }"#,
        ),
        (&format!("{one}, {many}"), &many, r#"users: List { wire: "users[]", style: Repeated, ty: Id("User") }"#),
    ];
    for (older, newer, expected) in cases {
        let [old, new] = [older, newer].map(|one| format!("'parameters': [{one}], 'responses': {{'204': {{}}}}"));
        assert_eq!(of_operations(&old, &new, parameters), *expected, "{older} {newer}");
    }
}

#[test]
fn parameters_of_the_path_are_written_in_the_same_way() {
    let path = |at: &str, name: &str, schema: &str| {
        let parameter = format!("{{'name': '{name}', 'in': 'path', 'required': true, 'schema': {schema}}}");
        let operation = format!("'parameters': [{parameter}], 'responses': {{'204': {{}}}}");
        model(at, &format!("'/api/things/{{{name}}}': {{'get': {{{operation}}}}}"), "")
    };
    let show = |api: &Api| format!("{} {:?}", api.operations.len(), api.operations[0].path[1]);
    let date = "{'type': 'string', 'format': 'date'}";
    assert_eq!(
        of_two(path("1.0", "id", "{'type': 'integer'}"), path("2.0", "key", TEXT), show),
        r#"1 Parameter(PathParameter { name: "key", ty: String })"#
    );
    assert_eq!(
        of_two(path("1.0", "id", "{'type': 'integer'}"), path("2.0", "day", date), show),
        differ("GET /api/things/{id}", "the parameters 'day'")
    );
}

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

fn thing(at: &str, schema: &str) -> Model {
    let thing = "{'$ref': '#/components/schemas/Thing'}";
    let path = format!("'/api/things': {{'get': {{'responses': {{'200': {{{}}}}}}}}}", json(thing));
    model(at, &path, &format!("{SCHEMAS}, 'Thing': {schema}"))
}

fn object(properties: &str, always: &str) -> String {
    let comma = if properties.is_empty() { "" } else { ", " };
    format!("{{'type': 'object', 'x-kimai-always': [{always}], 'properties': {{{properties}{comma}'z': {TEXT}}}}}")
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
fn an_operation_that_is_gone_is_as_it_was() {
    let with = |at: &str, responses: &str| {
        let name = "'parameters': [{'name': 'name', 'in': 'query', 'schema': {'type': 'string'}}]";
        let name = if responses.contains("200") { name } else { "'parameters': []" };
        let operation = format!("'summary': 'of {at}', {name}, 'responses': {{{responses}}}");
        model(at, &format!("'/api/things': {{'get': {{{operation}}}}}"), "")
    };
    let show = |api: &Api| {
        let operation = &api.operations[0];
        format!("{} {:?} {}", operation.gone, operation.answer, operation.parameters.len())
    };
    let there = format!("'200': {{{}}}", json(TEXT));
    let (gone, default) = ("'410': {}", "'410': {}, 'default': {}");
    for (older, newer, expected) in [
        (there.as_str(), gone, "false Json(String) 1"),
        (gone, &there, "false Json(String) 1"),
        (gone, gone, "true Empty 0"),
        // Another response may come too.
        (&there, default, "false Json(String) 1"),
        (gone, default, "false Undeclared 0"),
    ] {
        assert_eq!(of_two(with("1.0", older), with("2.0", newer), show), expected, "{older} {newer}");
    }
}

/// The notes that the releases get.
fn notes(models: &[Model]) -> Vec<String> {
    let notes = unite(models).unwrap().unwrap().1;
    notes.into_iter().map(|note| format!("{}: {}", note.pointer, note.text)).collect()
}

#[test]
fn a_note_names_the_releases() {
    let a = |at: &str, schema: &str| thing(at, &object(&format!("'a': {schema}"), ""));
    let (text, number) = ("{'type': 'string'}", "{'type': 'boolean'}");
    let shared = |(_, api): &Model, at: &str| (at.parse().unwrap(), Arc::clone(api));
    let first = a("1.0", number);
    let models = [
        first.clone(),
        shared(&first, "1.1"),
        a("1.2", number),
        a("1.3", text),
        a("1.4", number),
        a("1.5", text),
        thing("1.6", &object("", "")),
    ];
    assert_eq!(notes(&models), ["/Thing/a: Kimai 1.0 to 1.2, 1.4 has another type: that of 1.5 is used"]);
    assert_eq!(notes(&models[3..4]), [""; 0]);

    let declared = |at: &str, schema: &str| {
        let response = if schema.is_empty() { String::new() } else { json(schema) };
        model(at, &format!("'/api/things': {{'get': {{'responses': {{'200': {{{response}}}}}}}}}"), "")
    };
    assert_eq!(
        notes(&[declared("1.0", ""), declared("1.1", TEXT), declared("1.2", "")]),
        ["/paths/~1api~1things/get: Kimai 1.0, 1.2 does not declare the response: that of 1.1 is used"]
    );
    assert_eq!(notes(&[declared("1.0", ""), declared("1.1", "")]), [""; 0]);

    let sent = |at: &str, wire: &str| {
        let form = "{'$ref': '#/components/schemas/Thing'}";
        let path =
            format!("'/api/things': {{'post': {{'requestBody': {{{}}}, 'responses': {{'204': {{}}}}}}}}", json(form));
        let list = format!("'tags': {{'type': 'array', 'items': {{'type': 'string'}}{wire}}}");
        model(at, &path, &format!("'Thing': {{'type': 'object', 'properties': {{{list}}}}}"))
    };
    assert_eq!(
        notes(&[sent("1.0", ", 'x-kimai-wire': 'comma-separated'"), sent("1.1", "")]),
        ["/Thing/tags: Kimai 1.0 writes it in another way: that of 1.1 is used"]
    );
}

#[test]
fn further_properties_are_of_a_type_of_both() {
    let extra = |at: &str, schema: &str| {
        let further = if schema.is_empty() { String::new() } else { format!(", 'additionalProperties': {schema}") };
        thing(at, &format!("{{'type': 'object', 'properties': {{'a': {TEXT}}}{further}}}"))
    };
    let show = |api: &Api| match &api.types["Thing"].kind {
        TypeKind::Answer { extra, .. } => format!("{extra:?}"),
        other => panic!("{other:?}"),
    };
    for (older, newer, expected, noted) in [
        (TEXT, "", "Some(String)", 0),
        ("", TEXT, "Some(String)", 0),
        (USER_ID, USER, r#"Some(IdOr("User", "User"))"#, 0),
        (USER, TEXT, "Some(String)", 1),
    ] {
        let models = [extra("1.0", older), extra("2.0", newer)];
        assert_eq!(notes(&models).len(), noted, "{older} {newer}");
        let [old, new] = models;
        assert_eq!(of_two(old, new, show), expected);
    }
}

#[test]
fn releases_that_are_the_same_change_nothing() {
    let shown = |models: &[Model]| {
        let api = unite(models).unwrap().unwrap().0;
        format!("{:?} {:?} {:?} {:?}", api.operations, api.types, api.resources, api.ids)
    };
    let number = "'a': {'type': 'integer', 'x-rust-id': 'User'}, 'c': {'type': 'string', 'nullable': true}";
    let user = "'a': {'$ref': '#/components/schemas/User'}, 'b': {'type': 'string'}";
    let (old, new) = (object(number, "'a', 'c'"), object(user, "'a', 'b'"));
    let expected = shown(&[thing("1.0", &old), thing("2.0", &new)]);
    for releases in [[&old, &old, &new], [&old, &new, &new], [&old, &new, &new]] {
        let models: Vec<Model> = ["1.0", "1.1", "2.0"].iter().zip(releases).map(|(at, one)| thing(at, one)).collect();
        assert_eq!(shown(&models), expected);
    }
    // Which of the older releases is the newer one does not matter, as long as they agree.
    let third = object("'d': {'type': 'string'}", "");
    let first = shown(&[thing("1.0", &old), thing("1.1", &third), thing("2.0", &new)]);
    assert_eq!(shown(&[thing("1.0", &third), thing("1.1", &old), thing("2.0", &new)]), first);
}

#[test]
fn what_only_older_releases_have_stays() {
    let get = |path: &str| format!("'/api/{path}': {{'get': {{'responses': {{'204': {{}}}}}}}}");
    let older = model("1.0", &format!("{}, {}", get("tags"), get("things")), "");
    let show = |api: &Api| {
        let paths = api.operations.iter().map(|operation| operation.template.as_str()).collect::<Vec<_>>();
        format!("{} {:?} {}", paths.join(" "), api.resources.keys().collect::<Vec<_>>(), api.oldest)
    };
    let expected = r#"/api/tags /api/things ["tags", "things"] 1.0"#;
    assert_eq!(of_two(older, model("2.0", &get("things"), ""), show), expected);
    assert!(unite(&[]).unwrap().is_none());
}
