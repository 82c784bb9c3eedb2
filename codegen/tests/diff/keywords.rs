//! Every keyword of the specification: a difference is reported, or there is a reason why not.

mod cases;
mod document;

use std::collections::BTreeSet;

use codegen::diff::{Change, Kind, Object, Severity, Treatment, catalogue, compare, keywords};
use serde_json::{Value, json};

use cases::cases;
use document::document;

/// The fixed fields of each object in OpenAPI 3.0.4, copied from the specification; those whose names the document
/// chooses are in braces.
#[rustfmt::skip]
const SPECIFICATION: &[(&str, &[&str])] = &[
    ("OpenAPI", &["openapi", "info", "servers", "paths", "components", "security", "tags", "externalDocs"]),
    ("Info", &["title", "description", "termsOfService", "contact", "license", "version"]),
    ("Contact", &["name", "url", "email"]),
    ("License", &["name", "url"]),
    ("Server", &["url", "description", "variables"]),
    ("Server Variable", &["enum", "default", "description"]),
    ("Components", &["schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links", "callbacks"]),
    ("Paths", &["{path}"]),
    ("Path Item", &["$ref", "summary", "description", "get", "put", "post", "delete", "options", "head", "patch", "trace", "servers", "parameters"]),
    ("Operation", &["tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody", "responses", "callbacks", "deprecated", "security", "servers"]),
    ("External Documentation", &["description", "url"]),
    ("Parameter", &["name", "in", "description", "required", "deprecated", "allowEmptyValue", "style", "explode", "allowReserved", "schema", "example", "examples", "content"]),
    ("Request Body", &["description", "content", "required"]),
    ("Media Type", &["schema", "example", "examples", "encoding"]),
    ("Encoding", &["contentType", "headers", "style", "explode", "allowReserved"]),
    ("Responses", &["default", "{status}"]),
    ("Response", &["description", "headers", "content", "links"]),
    ("Callback", &["{expression}"]),
    ("Example", &["summary", "description", "value", "externalValue"]),
    ("Link", &["operationRef", "operationId", "parameters", "requestBody", "description", "server"]),
    ("Header", &["description", "required", "deprecated", "style", "explode", "schema", "example", "examples", "content"]),
    ("Tag", &["name", "description", "externalDocs"]),
    ("Reference", &["$ref"]),
    ("Schema", &[
        "title", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
        "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties", "required", "enum",
        "type", "allOf", "oneOf", "anyOf", "not", "items", "properties", "additionalProperties", "description", "format", "default",
        "nullable", "discriminator", "readOnly", "writeOnly", "xml", "externalDocs", "example", "deprecated",
    ]),
    ("Discriminator", &["propertyName", "mapping"]),
    ("XML", &["name", "namespace", "prefix", "attribute", "wrapped"]),
    ("Security Scheme", &["type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"]),
    ("OAuth Flows", &["implicit", "password", "clientCredentials", "authorizationCode"]),
    ("OAuth Flow", &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"]),
    ("Security Requirement", &["{name}"]),
];

/// Short forms in the table of cases.
fn place(short: &str) -> String {
    const SHORT: [(&str, &str); 6] = [
        ("/post/", "/paths/~1pets~1{id}/post/"),
        ("/answer/", "/components/schemas/Answer/"),
        ("/encoding/", "/paths/~1pets~1{id}/post/requestBody/content/multipart~1form-data/encoding/photo/"),
        ("/links/", "/paths/~1pets~1{id}/post/responses/200/links/"),
        ("/headers/", "/paths/~1pets~1{id}/post/responses/200/headers/"),
        ("/flows/", "/components/securitySchemes/oauth/flows/"),
    ];
    let long = SHORT.iter().find_map(|(known, long)| Some(format!("{long}{}", short.strip_prefix(known)?)));
    long.unwrap_or_else(|| short.to_owned())
}

/// The document with another value at a place.
fn with(mut document: Value, place: &str, value: Value) -> Value {
    let (parent, token) = place.rsplit_once('/').unwrap();
    let token = token.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent).unwrap_or_else(|| panic!("nothing is at {parent}")) {
        Value::Array(list) if value.is_null() => drop(list.remove(token.parse().unwrap())),
        Value::Array(list) if list.len() == token.parse::<usize>().unwrap() => list.push(value),
        Value::Array(list) => list[token.parse::<usize>().unwrap()] = value,
        Value::Object(object) if value.is_null() => drop(object.remove(&token).unwrap()),
        Value::Object(object) => drop(object.insert(token, value)),
        other => panic!("{other}"),
    }
    document
}

#[test]
fn the_table_has_all_keywords_of_the_specification_and_no_others() {
    let expected: Vec<(&str, &str)> =
        SPECIFICATION.iter().flat_map(|(object, names)| names.iter().map(|name| (*object, *name))).collect();
    let found: Vec<(&str, &str)> = keywords().map(|keyword| (keyword.object.as_str(), keyword.name)).collect();
    assert_eq!(found, expected);
    assert_eq!(SPECIFICATION.len(), Object::ALL.len());
}

#[test]
fn a_difference_in_any_keyword_is_one_change_or_ignored_for_a_reason() {
    let document = document();
    let rules: BTreeSet<String> = catalogue().into_iter().map(|rule| rule.id).collect();
    let cases = cases();
    let mut wrong = Vec::new();
    for keyword in keywords() {
        let (object, name) = (keyword.object.as_str(), keyword.name);
        let mut own = cases.iter().filter(|(of, known, ..)| (*of, *known) == (object, name)).peekable();
        assert!(own.peek().is_some(), "{object}: {name} has no case");
        for (.., short, value) in own {
            let other = with(document.clone(), &place(short), value.clone());
            assert_ne!(document, other, "{object}: {name}");
            for (old, new) in [(&document, &other), (&other, &document)] {
                let changes = compare(old, new);
                assert!(changes.iter().all(|change| rules.contains(&change.id())), "{object}: {name}");
                if !is_as(keyword.treatment, &changes) {
                    let said: Vec<String> =
                        changes.iter().map(|one| format!("{}: {}", one.id(), one.message())).collect();
                    wrong.push(format!("{object}: {name} at {short}: {said:#?}"));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
}

/// Whether the changes are what the table says of a difference.
fn is_as(treatment: Treatment, changes: &[Change]) -> bool {
    match (treatment, changes) {
        (Treatment::Compared(kinds), [change]) => kinds.contains(&change.kind),
        (Treatment::NotCompared, [change]) => change.kind == Kind::NotCompared,
        (Treatment::Followed, [_]) => true,
        (Treatment::Ignored(reason), []) => reason.len() > 5,
        _ => false,
    }
}

/// Keywords of later specifications, and misspelled ones.
#[test]
fn unknown_keywords_are_reported_and_extensions_are_not() {
    let document = document();
    for (place, called, keyword) in [
        ("/webhooks", "the document differs", "webhooks"),
        ("/paths/~1shops/query", "3 operations differ", "query"),
        ("/post/more", "POST /pets/{id} differs", "more"),
        ("/paths/~1pets~1{id}/parameters/0/more", "{id} differs", "more"),
        ("/post/parameters/0/more", "?list differs", "more"),
        ("/post/requestBody/more", "POST /pets/{id} body differs", "more"),
        (
            "/post/requestBody/content/multipart~1form-data/itemSchema",
            "a media type of POST /pets/{id} body differs",
            "itemSchema",
        ),
        ("/post/responses/200/more", "POST /pets/{id} 200 differs", "more"),
        ("/headers/X-List/more", "header x-list differs", "more"),
        ("/answer/contains", "Answer differs", "contains"),
        ("/answer/properties/text/contentMediaType", "Answer.text differs", "contentMediaType"),
        ("/answer/properties/one/discriminator/defaultMapping", "Answer.one differs", "discriminator.defaultMapping"),
        ("/components/securitySchemes/key/more", "header X-KEY differs", "more"),
    ] {
        let place = self::place(place);
        let other = with(document.clone(), &place, json!("more"));
        let message = format!("{called} in a keyword that is not compared: {keyword}");
        for (old, new) in [(&document, &other), (&other, &document)] {
            let changes = compare(old, new);
            let found: Vec<(String, Severity)> =
                changes.iter().map(|change| (change.message(), change.severity())).collect();
            assert_eq!(found, [(message.clone(), Severity::Warning)]);
        }
        let (object, name) = place.rsplit_once('/').unwrap();
        let extension = with(document.clone(), &format!("{object}/x-{name}"), json!("more"));
        assert_eq!(compare(&document, &extension), [], "{place}");
    }
}
