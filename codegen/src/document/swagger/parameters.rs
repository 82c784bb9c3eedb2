//! Parameters get schemas; those in `body` and `formData` become the request body.

use serde_json::{Map, Value, json};

use super::media::MediaTypes;
use super::query::{self, Query};
use super::{Shared, Upgrade};
use crate::{Error, Pointer};

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const SHARED: &str = "#/parameters/";

/// Whether the parameter, or the shared one to which it refers, belongs into the request body.
pub(super) fn is_body(parameter: &Value, components: &Map<String, Value>) -> bool {
    match parameter.get("in").and_then(Value::as_str) {
        Some(place) => place == "body" || place == "formData",
        None => shared_body(parameter, components).is_some(),
    }
}

/// The name of the shared body to which a parameter refers.
fn shared_body<'a>(parameter: &'a Value, components: &Map<String, Value>) -> Option<&'a str> {
    let name = parameter.get("$ref")?.as_str()?.strip_prefix(SHARED)?;
    components.get("requestBodies")?.get(name).map(|_| name)
}

impl Upgrade {
    pub(super) fn operation_parameters(
        &mut self,
        operation: &mut Map<String, Value>,
        method: &str,
        shared: Shared<'_>,
        media: &MediaTypes,
        place: &Pointer,
    ) -> Result<(), Error> {
        let components = shared.components;
        let own = match operation.remove("parameters") {
            Some(Value::Array(parameters)) => parameters,
            Some(other) => {
                operation.insert("parameters".to_owned(), other);
                return Ok(());
            }
            None => Vec::new(),
        };
        let (mut others, mut bodies, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        let own_body = own.iter().any(|parameter| is_body(parameter, components));
        let of_path = if own_body { &[] } else { shared.bodies };
        for (index, parameter) in own.into_iter().chain(of_path.iter().cloned()).enumerate() {
            let place = place.join("parameters").index(index);
            match parameter.get("in").and_then(Value::as_str) {
                Some("body") => bodies.push(self.body(parameter, media, &place)),
                Some("formData") => parts.push((parameter, place)),
                _ => match shared_body(&parameter, components) {
                    Some(name) => bodies.push(json!({"$ref": format!("#/components/requestBodies/{name}")})),
                    None => others.push(self.parameter(parameter, &place)),
                },
            }
        }
        if bodies.len() + usize::from(!parts.is_empty()) > 1 {
            let problem =
                "an operation has only one body: remove the other one, or the 'formData' parameters".to_owned();
            return Err(Error::Malformed { pointer: place.join("parameters"), problem });
        }
        let mut body = bodies.pop();
        if query::is_without_body(method) {
            let taken = query::names(others.iter().chain(shared.parameters), components);
            let mut query = Query { method, place, components, taken };
            if let Some(declared) = &body
                && let Some(parameters) = self.query_of_body(declared, &mut query)?
            {
                others.extend(parameters);
                body = None;
            }
            if !parts.is_empty() {
                others.extend(self.query_of_form(std::mem::take(&mut parts), &mut query));
            }
        }
        if !parts.is_empty() {
            body = Some(self.form(parts, media));
        }
        if !others.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(others));
        }
        if let Some(body) = body {
            operation.insert("requestBody".to_owned(), body);
        }
        Ok(())
    }

    /// A parameter in the path, the query or a header.
    pub(super) fn parameter(&mut self, mut parameter: Value, place: &Pointer) -> Value {
        let Value::Object(object) = &mut parameter else { return parameter };
        if object.contains_key("$ref") {
            return parameter;
        }
        let in_query = object.get("in") == Some(&json!("query"));
        if !in_query {
            object.remove("allowEmptyValue");
        }
        if object.get("type") == Some(&json!("array")) {
            let format = object.remove("collectionFormat");
            let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
            let (style, explode) = match (format, in_query) {
                ("multi", true) => ("form", true),
                ("csv", true) => ("form", false),
                ("ssv", true) => ("spaceDelimited", false),
                ("pipes", true) => ("pipeDelimited", false),
                ("csv", false) => ("simple", false),
                (other, _) => {
                    let text =
                        format!("lists with '{other}' have no equivalent in OpenAPI 3.0: read as a list with commas");
                    self.note(&place.join("collectionFormat"), text);
                    (if in_query { "form" } else { "simple" }, false)
                }
            };
            object.insert("style".to_owned(), json!(style));
            object.insert("explode".to_owned(), json!(explode));
        }
        let schema = self.schema_of_value(object, place);
        object.insert("schema".to_owned(), schema);
        parameter
    }

    pub(super) fn body(&mut self, mut parameter: Value, media: &MediaTypes, place: &Pointer) -> Value {
        let Value::Object(object) = &mut parameter else { return parameter };
        let mut schema = object.remove("schema").unwrap_or_else(|| json!({}));
        self.schema(&mut schema, &place.join("schema"));
        // A form would not be in the body.
        let types = media.consumes.iter().filter(|name| !matches!(name.as_str(), MULTIPART | URL_ENCODED));
        let content: Map<String, Value> = types.map(|name| (name.clone(), json!({"schema": schema.clone()}))).collect();
        object.retain(|key, _| matches!(key.as_str(), "description" | "required") || key.starts_with("x-"));
        object.insert("content".to_owned(), Value::Object(content));
        parameter
    }

    fn form(&mut self, parts: Vec<(Value, Pointer)>, media: &MediaTypes) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        let mut has_file = false;
        for (mut part, place) in parts {
            let Value::Object(object) = &mut part else { continue };
            let Some(Value::String(name)) = object.remove("name") else { continue };
            has_file |= object.get("type") == Some(&json!("file"));
            if object.get("required") == Some(&json!(true)) {
                required.push(json!(name));
            }
            if object.get("collectionFormat").is_some_and(|format| format == "multi") {
                object.remove("collectionFormat");
            }
            let mut schema = self.schema_of_value(object, &place);
            if let (Value::Object(schema), Some(description)) = (&mut schema, object.remove("description")) {
                schema.insert("description".to_owned(), description);
            }
            properties.insert(name, schema);
        }
        let mut schema = json!({"type": "object", "properties": properties});
        let is_required = !required.is_empty();
        if let (true, Value::Object(schema)) = (is_required, &mut schema) {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        let encoded = !has_file && media.consumes.iter().all(|name| name != MULTIPART);
        let name = if encoded { URL_ENCODED } else { MULTIPART };
        json!({"required": is_required, "content": {name: {"schema": schema}}})
    }
}
