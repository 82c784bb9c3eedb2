//! Random parts that plugins add, in all versions of the specification: each part is in the client, or a note says why not.

use std::collections::BTreeSet;

use codegen::api::{self, Partial};
use codegen::document;
use codegen::history::History;
use codegen::rust;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::support::compile::compiles;
use crate::support::{check, release};

/// The version of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Swagger2,
    OpenApi30,
    OpenApi31,
}

/// The schemas that each document has.
const SCHEMAS: [&str; 4] = ["Expense", "Task", "Color", "Size"];

const NAMES: [&str; 14] = [
    "id",
    "project",
    "tag",
    "type",
    "color-safe",
    "begin",
    "users[]",
    "size",
    "page",
    "order",
    "language",
    "ä b",
    "rateId",
    "value",
];

fn formats() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(vec![
        "date",
        "date-time",
        "password",
        "byte",
        "binary",
        "uuid",
        "email",
        "duration",
        "DateTime",
        "int64",
        "float",
        "double",
        "int32",
        "uri",
        "made-up",
        "color",
        "time-zone",
    ]))
}

fn reference(version: Version, name: &str) -> Value {
    let place = if version == Version::Swagger2 { "definitions" } else { "components/schemas" };
    json!({"$ref": format!("#/{place}/{name}")})
}

/// A value without properties.
fn plain(version: Version) -> impl Strategy<Value = Value> {
    let types = prop::sample::select(vec!["string", "integer", "number", "boolean"]);
    let patterns = prop::option::of(prop::sample::select(vec![r"\d+", "a|b", "0|1", "[a-z]+", r"\d+|all", "ASC|DESC"]));
    let values = prop::option::of(prop::sample::subsequence(vec!["a", "b", "2nd", "", "ä/ö", "self"], 1..4));
    (types, formats(), patterns, values, any::<(bool, bool, bool)>()).prop_map(
        move |(ty, format, pattern, values, (nullable, odd, has_default))| {
            let mut schema = json!({"type": ty});
            if let Some(format) = format {
                schema["format"] = format.into();
            }
            if ty == "string" {
                if let Some(values) = values {
                    schema["enum"] = json!(values);
                } else if let Some(pattern) = pattern {
                    schema["pattern"] = pattern.into();
                }
            } else if ty == "integer" && odd {
                schema["enum"] = json!([1, 2]);
            }
            if has_default && ty == "boolean" {
                schema["default"] = true.into();
            }
            match (nullable, version) {
                (false, _) => {}
                (true, Version::OpenApi31) => schema["type"] = json!([ty, "null"]),
                (true, Version::OpenApi30) => schema["nullable"] = true.into(),
                (true, Version::Swagger2) => schema["x-nullable"] = true.into(),
            }
            if version == Version::OpenApi31 && odd && ty != "boolean" {
                schema["exclusiveMinimum"] = 3.into();
                schema["examples"] = json!([1]);
            }
            schema
        },
    )
}

fn schema(version: Version) -> BoxedStrategy<Value> {
    let named = prop::sample::select(SCHEMAS.to_vec()).prop_map(move |name| reference(version, name));
    let odd: Vec<Value> = match version {
        Version::Swagger2 => vec![json!({}), json!({"type": "object"}), json!({"type": "array", "items": {}})],
        Version::OpenApi30 => {
            vec![json!({}), json!({"not": {"type": "string"}}), json!({"type": "array", "items": {}})]
        }
        Version::OpenApi31 => vec![
            json!({}),
            json!({"const": "x"}),
            json!({"const": 3}),
            json!({"type": ["string", "integer", "null"]}),
            json!({"type": "null"}),
            json!({"type": "array", "prefixItems": [{"type": "string"}]}),
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ],
    };
    let leaf = prop_oneof![4 => plain(version), 2 => named, 1 => prop::sample::select(odd)];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let properties = prop::collection::vec((prop::sample::select(NAMES.to_vec()), inner.clone()), 0..4);
        let object = (properties, any::<[bool; 4]>()).prop_map(|(properties, [is_required, is_open, read, write])| {
            let properties: Map<String, Value> =
                properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
            let mut object = json!({"type": "object"});
            if let (true, Some(first)) = (is_required, properties.keys().next()) {
                object["required"] = json!([first]);
            }
            object["properties"] = properties.into();
            if is_open {
                object["additionalProperties"] = if read { json!({"type": "string"}) } else { json!(write) };
            }
            object
        });
        let list = inner.clone().prop_map(|items| json!({"type": "array", "items": items}));
        let several = prop::collection::vec(inner, 1..4);
        let combined = (several, prop::sample::select(vec!["oneOf", "anyOf", "allOf"]))
            .prop_map(|(schemas, keyword)| json!({keyword: schemas}));
        if version == Version::Swagger2 {
            prop_oneof![3 => object, 2 => list].boxed()
        } else {
            prop_oneof![3 => object, 2 => list, 1 => combined].boxed()
        }
    })
    .boxed()
}

fn parameter(version: Version) -> BoxedStrategy<Value> {
    let name = prop::sample::select(NAMES.to_vec());
    if version == Version::Swagger2 {
        let places = prop::sample::select(vec!["query", "header", "formData"]);
        let lists = prop::option::of(prop::sample::select(vec!["csv", "ssv", "pipes", "multi", "tsv"]));
        let all = (name, places, lists, plain(version), any::<bool>());
        return all
            .prop_map(|(name, place, list, schema, is_required)| {
                let mut parameter = match list {
                    Some(format) => json!({"type": "array", "items": schema, "collectionFormat": format}),
                    None => schema,
                };
                parameter["name"] = name.into();
                parameter["in"] = place.into();
                parameter["required"] = is_required.into();
                parameter
            })
            .boxed();
    }
    let places = prop::sample::select(vec![
        ("query", "form"),
        ("query", "deepObject"),
        ("query", "spaceDelimited"),
        ("query", "pipeDelimited"),
        ("header", "simple"),
        ("cookie", "form"),
    ]);
    (name, places, any::<(Option<bool>, bool, bool)>(), schema(version))
        .prop_map(|(name, (place, style), (explode, is_required, has_content), schema)| {
            let mut parameter = json!({"name": name, "in": place, "required": is_required, "style": style});
            if let Some(explode) = explode {
                parameter["explode"] = explode.into();
            }
            if has_content && style == "form" {
                parameter.as_object_mut().unwrap().remove("style");
                parameter["content"] = json!({"application/json": {"schema": schema}});
            } else {
                parameter["schema"] = schema;
            }
            parameter
        })
        .boxed()
}

const MEDIA_TYPES: [&str; 9] = [
    "application/json",
    "application/problem+json",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/octet-stream",
    "application/xml",
    "image/*",
    "text/csv; charset=utf-8",
];

/// A path and an operation with this method.
fn operation(version: Version) -> BoxedStrategy<(String, &'static str, Value)> {
    let methods = prop::sample::select(vec!["get", "post", "put", "patch", "delete", "head", "options"]);
    let paths = prop::sample::select(vec![
        "/api/expenses",
        "/api/expenses/{id}",
        "/api/expenses/{id}/receipts/{receipt}",
        "/api/absences/{date}/approve",
        "/api/v2/tasks",
        "/reports",
        "/",
        "/api/{id}",
        "/api/export-{id}.csv",
        "/api/timesheets/{id}/expenses",
    ]);
    let media = || prop::sample::subsequence(MEDIA_TYPES.to_vec(), 0..3);
    let codes = prop::sample::subsequence(vec!["200", "201", "204", "2XX", "404", "default"], 0..3);
    let parts = (prop::collection::vec(parameter(version), 0..3), schema(version), schema(version), plain(version));
    (methods, paths, media(), media(), codes, parts, any::<bool>())
        .prop_map(move |(method, path, sent, received, codes, (mut parameters, body, answer, in_path), has_body)| {
            parameters.dedup_by(|a, b| a["name"] == b["name"]);
            for name in path.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                let mut parameter =
                    if version == Version::Swagger2 { in_path.clone() } else { json!({"schema": in_path}) };
                parameter["name"] = name.into();
                parameter["in"] = "path".into();
                parameter["required"] = true.into();
                parameters.push(parameter);
            }
            let content = |media: &[&str], schema: &Value| -> Value {
                media.iter().map(|name| ((*name).to_owned(), json!({"schema": schema}))).collect::<Map<_, _>>().into()
            };
            let mut operation = json!({});
            let mut responses = Map::new();
            for code in codes {
                let mut response = json!({"description": ""});
                if version == Version::Swagger2 {
                    response["schema"] = answer.clone();
                } else if !received.is_empty() {
                    response["content"] = content(&received, &answer);
                }
                responses.insert(code.to_owned(), response);
            }
            operation["responses"] = responses.into();
            if version == Version::Swagger2 {
                operation["consumes"] = json!(sent);
                operation["produces"] = json!(received);
                let has_form = parameters.iter().any(|parameter| parameter["in"] == "formData");
                if has_body && !has_form {
                    parameters.push(json!({"name": "body", "in": "body", "schema": body}));
                }
            } else if has_body {
                operation["requestBody"] = json!({"content": content(&sent, &body)});
            }
            operation["parameters"] = parameters.into();
            (path.to_owned(), method, operation)
        })
        .boxed()
}

fn plugin(version: Version) -> BoxedStrategy<Value> {
    let schemas = prop::collection::vec(schema(version), SCHEMAS.len());
    (prop::collection::vec(operation(version), 1..6), schemas)
        .prop_map(move |(operations, schemas)| {
            let mut paths = json!({});
            for (path, method, operation) in operations {
                paths[path][method] = operation;
            }
            let named = SCHEMAS.iter().map(|name| (*name).to_owned());
            let schemas: Map<String, Value> = named.zip(schemas).collect();
            match version {
                Version::Swagger2 => json!({"swagger": "2.0", "info": {}, "paths": paths, "definitions": schemas}),
                Version::OpenApi30 => json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}}),
                Version::OpenApi31 => json!({"openapi": "3.1.0", "paths": paths, "components": {"schemas": schemas}}),
            }
        })
        .boxed()
}

/// The operations of a document by place.
fn places(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let path = path.replace('~', "~0").replace('/', "~1");
        item.as_object().unwrap().keys().map(|method| format!("/paths/{path}/{method}")).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

fn read(document: &Value) -> Partial {
    let loaded =
        document::load(document.to_string().as_bytes(), &release(), &[]).unwrap_or_else(|error| panic!("{error}"));
    api::build_partial(&loaded, &release()).unwrap_or_else(|error| panic!("{error}"))
}

fn check(document: &Value) -> Partial {
    let partial = read(document);
    let generated = partial.api.operations.iter().map(|operation| operation.pointer.to_string());
    let left_out = partial.left_out.iter().filter(|part| part.is_operation).map(|part| part.pointer.to_string());
    let all: Vec<String> = generated.chain(left_out).collect();
    assert_eq!(all.iter().cloned().collect::<BTreeSet<_>>(), places(document), "each operation is there or left out");
    assert_eq!(all.len(), places(document).len(), "no operation is there and left out");
    let files = rust::generate(&partial.api, &History::default()).unwrap_or_else(|error| panic!("{error}"));
    check::files(&partial.api, &files);
    partial
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn additions_of_openapi_3_0(document in plugin(Version::OpenApi30)) {
        check(&document);
    }

    #[test]
    fn additions_of_openapi_3_1(document in plugin(Version::OpenApi31)) {
        check(&document);
    }

    #[test]
    fn additions_of_swagger_2_0(document in plugin(Version::Swagger2)) {
        check(&document);
    }
}

/// Many random plugins in one document.
fn many(version: Version, count: usize) -> Value {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let schemas_at = if version == Version::Swagger2 { "/definitions" } else { "/components/schemas" };
    let mut all = match version {
        Version::Swagger2 => json!({"swagger": "2.0", "info": {}, "paths": {}, "definitions": {}}),
        Version::OpenApi30 => json!({"openapi": "3.0.3", "paths": {}, "components": {"schemas": {}}}),
        Version::OpenApi31 => json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {}}}),
    };
    for number in 0..count {
        let text = plugin(version).new_tree(&mut runner).unwrap().current().to_string();
        let text = text.replace(&format!("#{schemas_at}/"), &format!("#{schemas_at}/P{number}"));
        let one: Value = serde_json::from_str(&text).unwrap();
        for (path, item) in one["paths"].as_object().unwrap() {
            let path = match path.strip_prefix("/api/") {
                Some(rest) => format!("/api/p{number}-{rest}"),
                None => format!("/p{number}{path}"),
            };
            all["paths"][path] = item.clone();
        }
        for (name, schema) in one.pointer(schemas_at).unwrap().as_object().unwrap() {
            all.pointer_mut(schemas_at).unwrap()[format!("P{number}{name}")] = schema.clone();
        }
    }
    all
}

#[test]
fn random_additions_compile() {
    for version in [Version::Swagger2, Version::OpenApi30, Version::OpenApi31] {
        let partial = check(&many(version, 40));
        assert!(partial.api.operations.len() > 40, "{version:?}: {} operations", partial.api.operations.len());
        compiles(&rust::generate(&partial.api, &History::default()).unwrap());
    }
}
