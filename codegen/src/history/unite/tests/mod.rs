mod operations;
mod types;

use std::sync::Arc;

use super::unite;
use crate::Release;
use crate::api::{self, Api, Field, Operation, TypeKind};
use crate::document::load;

type Model = (Release, Arc<Api>);

/// Objects for all cases: `User` always has an id, `Tag` may lack it, `Person` is `User` under another name,
/// `Member` has a further property.
const SCHEMAS: &str = "
    'User': {'type': 'object', 'x-kimai-always': ['id'], 'properties': {'id': {'type': 'integer', 'x-rust-id': 'User'}}},
    'Person': {'type': 'object', 'x-kimai-always': ['id'], 'properties': {'id': {'type': 'integer', 'x-rust-id': 'User'}}},
    'Member': {'type': 'object', 'x-kimai-always': ['id'], 'properties': {
        'id': {'type': 'integer', 'x-rust-id': 'User'}, 'team': {'type': 'string'}
    }},
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
const MEMBER: &str = "{'$ref': '#/components/schemas/Member'}";
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

    // The client writes a date as each release reads it.
    let dated = |at: &str, wire: &str| {
        let form = "{'$ref': '#/components/schemas/Thing'}";
        let path =
            format!("'/api/things': {{'post': {{'requestBody': {{{}}}, 'responses': {{'204': {{}}}}}}}}", json(form));
        let day = format!("'day': {{'type': 'string', 'format': 'date'{wire}}}");
        model(at, &path, &format!("'Thing': {{'type': 'object', 'properties': {{{day}}}}}"))
    };
    assert_eq!(notes(&[dated("1.0", ", 'x-kimai-wire': 'date-time'"), dated("1.1", "")]), [""; 0]);
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
