//! GET and HEAD have no body: servers read the query, so what is declared as a body becomes query parameters.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::Upgrade;
use crate::{Error, Pointer};

/// The most schemas and properties that are read for bodies of such operations; real documents have some dozens.
/// References repeat what they refer to, so a small document could have parameters without end.
const MAX_READ: usize = 100_000;

/// The longest chain of references and of schemas in 'allOf'.
const MAX_DEPTH: usize = 32;

/// Definitions keep their place in references until the whole document is upgraded.
const DEFINITIONS: [&str; 2] = ["#/definitions/", "#/components/schemas/"];

/// Whether requests of the method, as documents write it, have no body.
pub(super) fn is_without_body(method: &str) -> bool {
    matches!(method, "get" | "head")
}

/// What the schemas of a body declare.
#[derive(Default)]
struct Members {
    properties: Map<String, Value>,
    required: HashSet<String>,
}

/// An operation whose body becomes query parameters.
pub(super) struct Query<'a> {
    pub(super) method: &'a str,
    pub(super) place: &'a Pointer,
    pub(super) components: &'a Map<String, Value>,
    /// The names of parameters that the query has already.
    pub(super) taken: HashSet<String>,
}

impl Upgrade {
    /// The query parameters in place of a body; nothing if the body is not an object, which stays an error or a body.
    pub(super) fn query_of_body(&mut self, body: &Value, query: &mut Query<'_>) -> Result<Option<Vec<Value>>, Error> {
        let body = shared(body, query.components).unwrap_or(body);
        let content = body.get("content").and_then(Value::as_object);
        let Some(schema) = content.and_then(|content| content.values().next()).and_then(|media| media.get("schema"))
        else {
            return Ok(None);
        };
        let mut members = Members::default();
        let mut seen = HashSet::new();
        self.members(schema, query, MAX_DEPTH, &mut seen, &mut members)?;
        if members.properties.is_empty() {
            return Ok(None);
        }
        self.note_query(query);
        let body_required = body.get("required") == Some(&Value::Bool(true));
        let mut parameters = Vec::new();
        for (name, mut schema) in members.properties {
            if schema.get("readOnly") == Some(&Value::Bool(true)) || !query.taken.insert(name.clone()) {
                continue;
            }
            let is_list = is_list(&schema, query.components);
            let mut parameter = json!({"in": "query", "name": name});
            if let Value::Object(parameter) = &mut parameter {
                if body_required && members.required.contains(&name) {
                    parameter.insert("required".to_owned(), json!(true));
                }
                if let Some(description) = schema.as_object_mut().and_then(|schema| schema.remove("description")) {
                    parameter.insert("description".to_owned(), description);
                }
                let style = match is_list {
                    Some(true) => Some("form"),
                    Some(false) => None,
                    None => Some("deepObject"),
                };
                if let Some(style) = style {
                    parameter.insert("style".to_owned(), json!(style));
                    parameter.insert("explode".to_owned(), json!(true));
                }
                parameter.insert("schema".to_owned(), schema);
            }
            parameters.push(parameter);
        }
        Ok(Some(parameters))
    }

    /// The query parameters in place of the parts of a form.
    pub(super) fn query_of_form(&mut self, parts: Vec<(Value, Pointer)>, query: &mut Query<'_>) -> Vec<Value> {
        self.note_query(query);
        let mut parameters = Vec::new();
        for (mut part, place) in parts {
            let Value::Object(object) = &mut part else { continue };
            let Some(name) = object.get("name").and_then(Value::as_str).map(str::to_owned) else { continue };
            if !query.taken.insert(name.clone()) {
                continue;
            }
            if is_list(&Value::Object(object.clone()), query.components).is_none() {
                self.note_left_out(&name, query);
                continue;
            }
            object.insert("in".to_owned(), json!("query"));
            parameters.push(self.parameter(part, &place));
        }
        parameters
    }

    fn note_query(&mut self, query: &Query<'_>) {
        let method = query.method.to_uppercase();
        self.note(query.place, format!("a {method} request has no body: its properties are query parameters"));
    }

    fn note_left_out(&mut self, name: &str, query: &Query<'_>) {
        let text =
            format!("property '{name}' of the body is neither a plain value nor a list of these: it is left out");
        self.note(query.place, text);
    }

    fn members(
        &mut self,
        schema: &Value,
        query: &Query<'_>,
        depth: usize,
        seen: &mut HashSet<String>,
        members: &mut Members,
    ) -> Result<(), Error> {
        let read = 1 + schema.get("properties").and_then(Value::as_object).map_or(0, Map::len);
        self.read_for_queries += read;
        if self.read_for_queries > MAX_READ || depth == 0 {
            return Err(Error::Unsupported {
                pointer: query.place.clone(),
                what: format!("so large a body of a {} request", query.method.to_uppercase()),
                instead: "declare query parameters".to_owned(),
            });
        }
        if let Some(name) = definition(schema) {
            if seen.insert(name.to_owned())
                && let Some(target) = query.components.get("schemas").and_then(|schemas| schemas.get(name))
            {
                self.members(target, query, depth - 1, seen, members)?;
            }
            return Ok(());
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.members(part, query, depth - 1, seen, members)?;
        }
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            members.properties.insert(name.clone(), property.clone());
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        members.required.extend(required.filter_map(|name| name.as_str().map(str::to_owned)));
        Ok(())
    }
}

/// The names of the parameters that are in the query.
pub(super) fn names<'a>(
    parameters: impl IntoIterator<Item = &'a Value>,
    components: &Map<String, Value>,
) -> HashSet<String> {
    let resolved = parameters.into_iter().filter_map(|parameter| match parameter.get("$ref").and_then(Value::as_str) {
        Some(reference) => {
            let name = reference.strip_prefix("#/parameters/")?;
            components.get("parameters")?.get(name)
        }
        None => Some(parameter),
    });
    resolved
        .filter(|parameter| parameter.get("in").is_some_and(|place| place == "query"))
        .filter_map(|parameter| parameter.get("name")?.as_str().map(str::to_owned))
        .collect()
}

/// The shared body to which a body refers.
fn shared<'a>(body: &Value, components: &'a Map<String, Value>) -> Option<&'a Value> {
    let name = body.get("$ref")?.as_str()?.strip_prefix("#/components/requestBodies/")?;
    components.get("requestBodies")?.get(name)
}

fn definition(schema: &Value) -> Option<&str> {
    let reference = schema.get("$ref")?.as_str()?;
    DEFINITIONS.iter().find_map(|prefix| reference.strip_prefix(prefix))
}

/// Whether the values are lists of plain values, or plain values themselves; nothing for all others.
fn is_list(schema: &Value, components: &Map<String, Value>) -> Option<bool> {
    let schema = target(schema, components)?;
    if schema.get("type")? != "array" {
        return is_plain(schema).then_some(false);
    }
    is_plain(target(schema.get("items")?, components)?).then_some(true)
}

fn is_plain(schema: &Value) -> bool {
    let is_binary = schema.get("format").is_some_and(|format| format == "binary");
    let plain = ["string", "integer", "number", "boolean"];
    !is_binary && schema.get("type").and_then(Value::as_str).is_some_and(|typ| plain.contains(&typ))
}

/// The schema, or that to which it refers.
fn target<'a>(schema: &'a Value, components: &'a Map<String, Value>) -> Option<&'a Value> {
    let mut schema = schema;
    for _ in 0..MAX_DEPTH {
        match definition(schema) {
            Some(name) => schema = components.get("schemas")?.get(name)?,
            None => return Some(schema),
        }
    }
    None
}
