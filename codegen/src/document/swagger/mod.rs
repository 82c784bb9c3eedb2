//! Converts Swagger 2.0 to OpenAPI 3.0.
//!
//! Everything with an equivalent in OpenAPI 3.0 is converted; the rest is reported. Places are those of
//! the upgraded document from here on.

mod media;
mod parameters;
mod query;
mod references;
mod schemas;
mod security;

use serde_json::{Map, Value, json};

use super::{Note, UPGRADED, servers};
use crate::{Error, Pointer};
use media::MediaTypes;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Upgrades a document that declares Swagger 2.0.
pub(super) fn upgrade(document: &mut Value) -> Result<Vec<Note>, Error> {
    let Value::Object(root) = document else { return Ok(Vec::new()) };
    let mut upgrade =
        Upgrade { media: MediaTypes::of(root, &MediaTypes::default()), notes: Vec::new(), read_for_queries: 0 };
    upgrade.root(root)?;
    references::rewrite(document);
    Ok(upgrade.notes)
}

/// An upgrade under way.
struct Upgrade {
    /// What the document says for operations that do not say it themselves.
    media: MediaTypes,
    notes: Vec<Note>,
    /// How many schemas and properties were read to make query parameters of bodies.
    read_for_queries: usize,
}

/// What the operations of a path have in common.
#[derive(Clone, Copy)]
struct Shared<'a> {
    /// Bodies, which belong to operations in OpenAPI 3.0.
    bodies: &'a [Value],
    parameters: &'a [Value],
    components: &'a Map<String, Value>,
}

impl Upgrade {
    fn note(&mut self, pointer: &Pointer, text: impl Into<String>) {
        self.notes.push(Note { pointer: pointer.clone(), text: text.into() });
    }

    fn root(&mut self, root: &mut Map<String, Value>) -> Result<(), Error> {
        root.remove("swagger");
        for key in ["consumes", "produces"] {
            root.remove(key);
        }
        root.insert("openapi".to_owned(), json!(UPGRADED));
        if let Some(Value::Object(info)) = root.get_mut("info")
            && let Some(version) = info.get_mut("version").filter(|version| version.is_number())
        {
            *version = json!(version.to_string());
        }
        for key in ["host", "schemes"] {
            if root.remove(key).is_some() {
                let text = "it comes from the request and is not the server's address: it is ignored";
                self.note(&Pointer::root().join(key), text);
            }
        }
        let base = root.remove("basePath");
        let components = self.components(root)?;
        if let Some(Value::Object(paths)) = root.get_mut("paths") {
            let base = base.as_ref().and_then(Value::as_str).filter(|_| !servers::are_complete(paths));
            let base = base.unwrap_or_default().trim_end_matches('/').to_owned();
            let mut upgraded = Map::new();
            for (path, mut item) in std::mem::take(paths) {
                let path = if path.starts_with('/') { format!("{base}{path}") } else { path };
                self.path_item(&mut item, &Pointer::root().join("paths").join(&path), &components)?;
                upgraded.insert(path, item);
            }
            *paths = upgraded;
        }
        if !components.is_empty() {
            root.insert("components".to_owned(), Value::Object(components));
        }
        Ok(())
    }

    fn components(&mut self, root: &mut Map<String, Value>) -> Result<Map<String, Value>, Error> {
        let mut components = Map::new();
        let place = Pointer::root().join("components");
        if let Some(mut definitions) = root.remove("definitions") {
            if let Value::Object(definitions) = &mut definitions {
                for (name, schema) in definitions {
                    self.schema(schema, &place.join("schemas").join(name));
                }
            }
            components.insert("schemas".to_owned(), definitions);
        }
        if let Some(Value::Object(parameters)) = root.remove("parameters") {
            let (mut upgraded, mut bodies) = (Map::new(), Map::new());
            for (name, parameter) in parameters {
                match parameter.get("in").and_then(Value::as_str) {
                    Some("body") => {
                        let place = place.join("requestBodies").join(&name);
                        let media = self.media.clone();
                        bodies.insert(name, self.body(parameter, &media, &place));
                    }
                    Some("formData") => {
                        return Err(Error::Unsupported {
                            pointer: place.join("parameters").join(&name),
                            what: "a shared part of a form".to_owned(),
                            instead: "write it into the operations that use it".to_owned(),
                        });
                    }
                    _ => {
                        let place = place.join("parameters").join(&name);
                        upgraded.insert(name, self.parameter(parameter, &place));
                    }
                }
            }
            for (key, members) in [("parameters", upgraded), ("requestBodies", bodies)] {
                if !members.is_empty() {
                    components.insert(key.to_owned(), Value::Object(members));
                }
            }
        }
        if let Some(mut responses) = root.remove("responses") {
            if let Value::Object(responses) = &mut responses {
                let media = self.media.clone();
                for (name, response) in responses {
                    self.response(response, &media, &place.join("responses").join(name));
                }
            }
            components.insert("responses".to_owned(), responses);
        }
        if let Some(schemes) = root.remove("securityDefinitions") {
            let schemes = self.security_schemes(schemes, &place.join("securitySchemes"));
            components.insert("securitySchemes".to_owned(), schemes);
        }
        Ok(components)
    }

    fn path_item(&mut self, item: &mut Value, place: &Pointer, components: &Map<String, Value>) -> Result<(), Error> {
        let Value::Object(item) = item else { return Ok(()) };
        let (mut bodies, mut own) = (Vec::new(), Vec::new());
        if let Some(Value::Array(parameters)) = item.remove("parameters") {
            let (of_body, others): (Vec<Value>, Vec<Value>) =
                parameters.into_iter().partition(|parameter| parameters::is_body(parameter, components));
            bodies = of_body;
            let place = place.join("parameters");
            own = others
                .into_iter()
                .enumerate()
                .map(|(index, parameter)| self.parameter(parameter, &place.index(index)))
                .collect();
        }
        let shared = Shared { bodies: &bodies, parameters: &own, components };
        for (key, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            if let Value::Object(operation) = operation {
                self.operation(operation, key, shared, &place.join(key))?;
            }
        }
        if !own.is_empty() {
            item.insert("parameters".to_owned(), Value::Array(own));
        }
        Ok(())
    }

    fn operation(
        &mut self,
        operation: &mut Map<String, Value>,
        method: &str,
        shared: Shared<'_>,
        place: &Pointer,
    ) -> Result<(), Error> {
        let media = MediaTypes::of(operation, &self.media);
        for key in ["consumes", "produces"] {
            operation.remove(key);
        }
        if operation.remove("schemes").is_some() {
            self.note(&place.join("schemes"), "the client's base URL decides the scheme: it is ignored");
        }
        self.operation_parameters(operation, method, shared, &media, place)?;
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            let place = place.join("responses");
            for (code, response) in responses.iter_mut().filter(|(code, _)| !code.starts_with("x-")) {
                self.response(response, &media, &place.join(code));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
