//! One thing changed in a real document. The comparison with other tools makes the same edits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// The documents that are edited.
pub(crate) const RELEASES: [&str; 4] = ["1.30.11", "2.0.35", "2.45.0", "2.65.0"];

/// A kind of edit: its name, and what it makes of a place; nothing where it cannot be made.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) place: Where,
    /// The rule, or what follows `request-` and `response-`.
    pub(crate) expected: &'static str,
    make: fn(&mut Value) -> Option<()>,
}

/// The places that can be edited, as JSON pointers.
pub(crate) type Places = BTreeMap<Where, Vec<String>>;

/// What an edit changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Where {
    /// The document.
    Document,
    /// A path with its operations.
    Path,
    /// An operation with a successful response.
    Operation,
    /// A query parameter.
    Query,
    /// A query parameter's schema that is text.
    Text,
    /// An object in a request or response.
    Object,
    /// The schema of a property that is text.
    Property,
}

fn object(value: &mut Value) -> &mut serde_json::Map<String, Value> {
    value.as_object_mut().unwrap()
}

/// Adds a keyword that is not there.
fn put(value: &mut Value, name: &str, new: Value) -> Option<()> {
    let object = value.as_object_mut()?;
    (!object.contains_key(name) && !object.contains_key("$ref")).then(|| drop(object.insert(name.to_owned(), new)))
}

fn first_property(value: &mut Value) -> Option<String> {
    value.get("properties")?.as_object()?.keys().next().cloned()
}

/// Words of a choice, as an enum or a pattern.
fn with_words(value: &mut Value, change: impl Fn(&mut Vec<String>)) -> Option<()> {
    if let Some(Value::Array(list)) = value.get_mut("enum") {
        let mut words: Vec<String> = list.iter().map(|word| word.as_str().map(str::to_owned)).collect::<Option<_>>()?;
        change(&mut words);
        *list = words.into_iter().map(Value::from).collect();
        return Some(());
    }
    let pattern = value.get("pattern")?.as_str()?.to_owned();
    let is_choice = pattern.contains('|') && !pattern.contains('[') && !pattern.contains('\\');
    let mut words: Vec<String> = is_choice.then(|| pattern.split('|').map(str::to_owned).collect())?;
    change(&mut words);
    value["pattern"] = json!(words.join("|"));
    Some(())
}

fn flip_required(value: &mut Value, from: bool) -> Option<()> {
    let name = first_property(value)?;
    let required = object(value).entry("required").or_insert_with(|| json!([])).as_array_mut()?;
    let place = required.iter().position(|other| *other == json!(name));
    match place {
        Some(place) if from => drop(required.remove(place)),
        None if !from => required.push(json!(name)),
        _ => return None,
    }
    Some(())
}

fn responses(value: &mut Value) -> Option<&mut serde_json::Map<String, Value>> {
    value.get_mut("responses")?.as_object_mut()
}

#[rustfmt::skip]
pub(crate) const EDITS: &[Edit] = &[
    Edit { name: "an authentication method is added", place: Where::Document, expected: "authentication-added", make: |document| {
        document["components"]["securitySchemes"]["more"] = json!({"type": "apiKey", "in": "header", "name": "X-More"});
        document["security"].as_array_mut()?.push(json!({"more": []}));
        Some(())
    }},
    Edit { name: "the document names other servers", place: Where::Document, expected: "operation-servers-changed", make: |document| {
        put(document, "servers", json!([{"url": "https://other.example.com"}]))
    }},
    Edit { name: "a path names other servers", place: Where::Path, expected: "operation-servers-changed", make: |path| {
        // Of operations that return only status 410, nothing is compared.
        let is_success = |status: &String| status.starts_with('2') || status == "default";
        let mut operations = path.as_object()?.values();
        let is_alive = operations.any(|operation| operation["responses"].as_object().is_some_and(|all| all.keys().any(is_success)));
        is_alive.then_some(())?;
        put(path, "servers", json!([{"url": "https://{name}.example.com", "variables": {"name": {"default": "other"}}}]))
    }},
    Edit { name: "an operation comes", place: Where::Path, expected: "operation-added", make: |path| {
        put(path, "put", json!({"responses": {"204": {"description": ""}}}))
    }},
    Edit { name: "an operation is moved", place: Where::Document, expected: "operation-moved", make: |document| {
        let paths = object(document.get_mut("paths")?);
        let is_alone = |path: &Value| path.get("get").is_some() && path.as_object().is_some_and(|path| path.len() == 1);
        let path = paths.iter().find(|(_, path)| is_alone(path))?.0.clone();
        let operations = paths.remove(&path)?;
        paths.insert(path.replacen("/api/", "/api/next/", 1), operations);
        Some(())
    }},
    Edit { name: "an operation goes", place: Where::Operation, expected: "operation-removed", make: |operation| {
        (operation.get("deprecated").is_none()).then(|| *operation = Value::Null)
    }},
    Edit { name: "a deprecated operation goes", place: Where::Operation, expected: "operation-removed-after-deprecation", make: |operation| {
        (operation.get("deprecated").is_some()).then(|| *operation = Value::Null)
    }},
    Edit { name: "an operation returns only status 410", place: Where::Operation, expected: "operation-removed", make: |operation| {
        (operation.get("deprecated").is_none()).then(|| operation["responses"] = json!({"410": {"description": ""}}))
    }},
    Edit { name: "an operation is deprecated", place: Where::Operation, expected: "operation-deprecated", make: |operation| put(operation, "deprecated", json!(true)) },
    Edit { name: "a permission is added", place: Where::Operation, expected: "operation-permissions-changed", make: |operation| {
        let name = operation.get("security")?.get(0)?.as_object()?.keys().next()?.clone();
        operation["security"][0][name].as_array_mut()?.push(json!("more"));
        Some(())
    }},
    Edit { name: "authentication becomes optional", place: Where::Operation, expected: "operation-authentication-widened", make: |operation| {
        operation.get_mut("security")?.as_array_mut()?.push(json!({}));
        Some(())
    }},
    Edit { name: "an operation names other servers", place: Where::Operation, expected: "operation-servers-changed", make: |operation| {
        put(operation, "servers", json!([{"url": "https://other.example.com"}]))
    }},
    Edit { name: "an operation gets callbacks", place: Where::Operation, expected: "operation-not-compared", make: |operation| {
        put(operation, "callbacks", json!({"done": {"{$request.query.url}": {"post": {"responses": {"204": {"description": ""}}}}}}))
    }},
    Edit { name: "an operation changes its id", place: Where::Operation, expected: "operation-id-changed", make: |operation| {
        operation.get("operationId")?;
        operation["operationId"] = json!("more");
        Some(())
    }},
    Edit { name: "an operation gets another tag", place: Where::Operation, expected: "operation-tags-changed", make: |operation| {
        operation.get_mut("tags")?.as_array_mut()?.push(json!("More"));
        Some(())
    }},
    Edit { name: "an error response comes", place: Where::Operation, expected: "error-response-added", make: |operation| {
        put(operation.get_mut("responses")?, "404", json!({"description": ""}))
    }},
    Edit { name: "a response gets links", place: Where::Operation, expected: "response-status-not-compared", make: |operation| {
        put(responses(operation)?.get_mut("200")?, "links", json!({"more": {"operationId": "more"}}))
    }},
    Edit { name: "a status comes", place: Where::Operation, expected: "response-status-added", make: |operation| {
        let responses = responses(operation)?;
        responses.contains_key("200").then(|| drop(responses.insert("202".to_owned(), json!({"description": ""}))))
    }},
    Edit { name: "a status changes", place: Where::Operation, expected: "response-status-changed", make: |operation| {
        let responses = responses(operation)?;
        let is_only = responses.keys().filter(|status| status.starts_with('2')).count() == 1;
        let answer = is_only.then(|| responses.remove("200"))??;
        responses.insert("203".to_owned(), answer);
        Some(())
    }},
    Edit { name: "a response media type is added", place: Where::Operation, expected: "response-media-type-added", make: |operation| {
        let content = responses(operation)?.get_mut("200")?.get_mut("content")?;
        put(content, "application/xml", json!({"schema": {"type": "string"}}))
    }},
    Edit { name: "a response header is added", place: Where::Operation, expected: "response-header-added", make: |operation| {
        put(responses(operation)?.get_mut("200")?, "headers", json!({"X-More": {"schema": {"type": "string"}}}))
    }},
    Edit { name: "a body is asked for", place: Where::Operation, expected: "request-body-became-required", make: |operation| {
        put(operation.get_mut("requestBody")?, "required", json!(true))
    }},
    Edit { name: "a request media type is added", place: Where::Operation, expected: "request-media-type-added", make: |operation| {
        put(operation.get_mut("requestBody")?.get_mut("content")?, "application/xml", json!({"schema": {"type": "string"}}))
    }},
    Edit { name: "a part of a body gets an encoding", place: Where::Operation, expected: "request-media-type-encoding-changed", make: |operation| {
        let media = operation.get_mut("requestBody")?.get_mut("content")?.as_object_mut()?.values_mut().next()?;
        put(media, "encoding", json!({"more": {"contentType": "text/plain"}}))
    }},
    Edit { name: "a parameter comes", place: Where::Operation, expected: "request-parameter-added", make: |operation| {
        operation.get_mut("parameters")?.as_array_mut()?.push(json!({"in": "query", "name": "more", "schema": {"type": "string"}}));
        Some(())
    }},
    Edit { name: "a required parameter comes", place: Where::Operation, expected: "request-parameter-added-required", make: |operation| {
        let more = json!({"in": "query", "name": "more", "required": true, "schema": {"type": "string"}});
        operation.get_mut("parameters")?.as_array_mut()?.push(more);
        Some(())
    }},
    Edit { name: "a parameter goes", place: Where::Query, expected: "request-parameter-removed", make: |parameter| { *parameter = Value::Null; Some(()) } },
    Edit { name: "a parameter gets brackets", place: Where::Query, expected: "request-parameter-renamed", make: |parameter| {
        let name = parameter["name"].as_str()?.to_owned();
        // Where there are both, the other one is the list of this one.
        let is_alone = !["user", "tags", "customer", "project", "activity"].iter().any(|other| name.starts_with(other) || other.starts_with(&name));
        (is_alone && !name.ends_with("[]")).then(|| parameter["name"] = json!(format!("{name}[]")))
    }},
    Edit { name: "a parameter moves into a header", place: Where::Query, expected: "request-parameter-moved", make: |parameter| {
        parameter["in"] = json!("header");
        Some(())
    }},
    Edit { name: "a parameter is asked for", place: Where::Query, expected: "request-parameter-became-required", make: |parameter| {
        (parameter.get("required") != Some(&json!(true))).then(|| parameter["required"] = json!(true))
    }},
    Edit { name: "a parameter is deprecated", place: Where::Query, expected: "request-parameter-deprecated", make: |parameter| put(parameter, "deprecated", json!(true)) },
    Edit { name: "a parameter may have reserved characters", place: Where::Query, expected: "request-parameter-allow-reserved-changed", make: |parameter| {
        put(parameter, "allowReserved", json!(true))
    }},
    Edit { name: "a list is written with commas", place: Where::Query, expected: "request-parameter-style-changed", make: |parameter| {
        (parameter["schema"]["type"] == json!("array")).then(|| parameter["explode"] = json!(false))
    }},
    Edit { name: "a parameter changes its type", place: Where::Text, expected: "request-parameter-type-changed", make: |schema| { *schema = json!({"type": "boolean"}); Some(()) } },
    Edit { name: "a parameter gets a format", place: Where::Text, expected: "request-parameter-format-changed", make: |schema| put(schema, "format", json!("uuid")) },
    Edit { name: "a parameter gets a pattern", place: Where::Text, expected: "request-parameter-pattern-changed", make: |schema| put(schema, "pattern", json!("[a-z]{3}")) },
    Edit { name: "a parameter knows a word more", place: Where::Text, expected: "request-parameter-value-added", make: |schema| with_words(schema, |words| words.push("more".to_owned())) },
    Edit { name: "a parameter knows a word less", place: Where::Text, expected: "request-parameter-value-removed", make: |schema| with_words(schema, |words| drop(words.pop())) },
    Edit { name: "a parameter changes its default", place: Where::Text, expected: "request-parameter-default-changed", make: |schema| { schema["default"] = json!("more"); Some(()) } },
    Edit { name: "a parameter is limited", place: Where::Text, expected: "request-parameter-constraint-tightened", make: |schema| put(schema, "maxLength", json!(7)) },
    Edit { name: "a parameter excludes a value", place: Where::Text, expected: "request-parameter-constraint-tightened", make: |schema| put(schema, "not", json!({"enum": ["more"]})) },
    Edit { name: "a property is added", place: Where::Object, expected: "property-added", make: |schema| put(schema.get_mut("properties")?, "more", json!({"type": "string"})) },
    Edit { name: "a required property is added", place: Where::Object, expected: "property-added", make: |schema| {
        put(schema.get_mut("properties")?, "more", json!({"type": "string"}))?;
        object(schema).entry("required").or_insert_with(|| json!([])).as_array_mut()?.push(json!("more"));
        Some(())
    }},
    Edit { name: "a property is removed", place: Where::Object, expected: "property-removed", make: |schema| {
        let name = first_property(schema)?;
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|other| *other != json!(name));
        }
        schema["properties"].as_object_mut()?.remove(&name).map(drop)
    }},
    Edit { name: "a property becomes required", place: Where::Object, expected: "property-became-required", make: |schema| flip_required(schema, false) },
    Edit { name: "a property becomes optional", place: Where::Object, expected: "property-became-optional", make: |schema| flip_required(schema, true) },
    Edit { name: "a name without a property becomes required", place: Where::Object, expected: "property-became-required", make: |schema| {
        object(schema).entry("required").or_insert_with(|| json!([])).as_array_mut()?.push(json!("more"));
        Some(())
    }},
    Edit { name: "an object gets a discriminator", place: Where::Object, expected: "property-discriminator-changed", make: |schema| {
        put(schema, "discriminator", json!({"propertyName": "kind"}))
    }},
    Edit { name: "an object gets a discriminator with a mapping", place: Where::Object, expected: "property-discriminator-changed", make: |schema| {
        put(schema, "discriminator", json!({"propertyName": "kind", "mapping": {"more": "More"}}))
    }},
    Edit { name: "a property changes its type", place: Where::Property, expected: "property-type-changed", make: |schema| { *schema = json!({"type": "boolean"}); Some(()) } },
    Edit { name: "a list no longer declares its elements", place: Where::Object, expected: "property-type-widened", make: |schema| {
        let mut properties = schema.get_mut("properties")?.as_object_mut()?.values_mut();
        let list = properties.find(|property| property.get("items").is_some_and(|items| *items != json!({})))?;
        object(list).remove("items").map(drop)
    }},
    Edit { name: "a property changes its format", place: Where::Property, expected: "property-format-changed", make: |schema| { schema["format"] = json!("uuid"); Some(()) } },
    Edit { name: "a property changes its pattern", place: Where::Property, expected: "property-pattern-changed", make: |schema| { schema["pattern"] = json!("[a-z]{3}"); Some(()) } },
    Edit { name: "a property becomes nullable", place: Where::Property, expected: "property-became-nullable", make: |schema| put(schema, "nullable", json!(true)) },
    Edit { name: "a property gets another value", place: Where::Property, expected: "property-value-added", make: |schema| with_words(schema, |words| words.push("more".to_owned())) },
    Edit { name: "a property loses a value", place: Where::Property, expected: "property-value-removed", make: |schema| with_words(schema, |words| drop(words.pop())) },
    Edit { name: "a property changes its default", place: Where::Property, expected: "property-default-changed", make: |schema| { schema["default"] = json!("more"); Some(()) } },
    Edit { name: "a property gets a limit", place: Where::Property, expected: "property-constraint-tightened", make: |schema| { schema["maxLength"] = json!(1); Some(()) } },
    Edit { name: "a property loses its limit", place: Where::Property, expected: "property-constraint-loosened", make: |schema| object(schema).remove("maxLength").map(drop) },
    Edit { name: "a property excludes a value", place: Where::Property, expected: "property-constraint-tightened", make: |schema| put(schema, "not", json!({"enum": ["more"]})) },
    Edit { name: "a property is written as an attribute in XML", place: Where::Property, expected: "property-not-compared", make: |schema| put(schema, "xml", json!({"attribute": true})) },
    Edit { name: "a property is deprecated", place: Where::Property, expected: "property-deprecated", make: |schema| put(schema, "deprecated", json!(true)) },
];

/// The names of the schemas to which some operation leads.
fn reached(document: &Value) -> BTreeSet<String> {
    fn collect(value: &Value, open: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                if let Some(target) = object.get("$ref").and_then(Value::as_str) {
                    open.extend(target.strip_prefix("#/components/schemas/").map(str::to_owned));
                }
                object.values().for_each(|value| collect(value, open));
            }
            Value::Array(list) => list.iter().for_each(|value| collect(value, open)),
            _ => {}
        }
    }
    let mut open = Vec::new();
    collect(&document["paths"], &mut open);
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if seen.insert(name.clone()) {
            collect(&document["components"]["schemas"][&name], &mut open);
        }
    }
    seen
}

/// The JSON pointers of all places of a kind to which some operation leads.
pub(crate) fn places(document: &Value) -> Places {
    let mut places = Places::new();
    let mut add = |place, pointer: String| places.entry(place).or_default().push(pointer);
    add(Where::Document, String::new());
    let escaped = |token: &str| token.replace('~', "~0").replace('/', "~1");
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = format!("/paths/{}", escaped(path));
        add(Where::Path, path.clone());
        for (method, operation) in item.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap();
            if !answers.keys().any(|status| status.starts_with('2') || status == "default") {
                continue;
            }
            let operation_at = format!("{path}/{method}");
            add(Where::Operation, operation_at.clone());
            for (index, parameter) in operation["parameters"].as_array().into_iter().flatten().enumerate() {
                if parameter["in"] == json!("query") {
                    add(Where::Query, format!("{operation_at}/parameters/{index}"));
                    if parameter["schema"]["type"] == json!("string") {
                        add(Where::Text, format!("{operation_at}/parameters/{index}/schema"));
                    }
                }
            }
        }
    }
    for name in reached(document) {
        let schema = format!("/components/schemas/{}", escaped(&name));
        let properties = document.pointer(&format!("{schema}/properties")).and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if property["type"] == json!("string") {
                add(Where::Property, format!("{schema}/properties/{}", escaped(name)));
            }
        }
        if properties.is_some() {
            add(Where::Object, schema);
        }
    }
    places
}

/// Some of the places where an edit can be made, spread over the document.
pub(crate) fn chosen<'a>(document: &Value, places: &'a Places, edit: &Edit) -> Vec<&'a String> {
    let fits = |pointer: &&String| (edit.make)(&mut document.pointer(pointer).unwrap().clone()).is_some();
    let all: Vec<&String> = places[&edit.place].iter().filter(fits).collect();
    let step = all.len().div_ceil(8).max(1);
    all.into_iter().step_by(step).collect()
}

/// Makes an edit; nothing where it cannot be made.
pub(crate) fn edited(document: &Value, pointer: &str, edit: &Edit) -> Option<Value> {
    let mut document = document.clone();
    let place = document.pointer_mut(pointer).unwrap();
    (edit.make)(place)?;
    // What is null was taken out.
    if place.is_null() {
        let (parent, token) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Array(list) => drop(list.remove(token.parse().unwrap())),
            Value::Object(object) => drop(object.remove(&token.replace("~1", "/").replace("~0", "~"))),
            other => panic!("{other}"),
        }
    }
    Some(document)
}
