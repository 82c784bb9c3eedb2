//! Converts OpenAPI 3.1 to OpenAPI 3.0.
//!
//! Everything with an equivalent in OpenAPI 3.0 is converted; the rest is removed and reported. Places are those of
//! the upgraded document from here on.

mod alternatives;
mod containers;
mod definitions;
mod media;
mod paths;
mod references;
mod schemas;
mod security;
mod types;

use serde_json::{Map, Value, json};

use super::structure::Kind;
use super::{Note, UPGRADED};
use crate::{Error, Pointer};

/// Members that say nothing about requests and responses.
const ANNOTATIONS: [(Kind, &str); 2] = [(Kind::Root, "jsonSchemaDialect"), (Kind::Info, "summary")];

/// Upgrades a document that declares OpenAPI 3.1.
pub(super) fn upgrade(document: &mut Value) -> Result<Vec<Note>, Error> {
    // Names of lifted schemas must not depend on the order of keys.
    document.sort_all_objects();
    let mut upgrade = Upgrade::default();
    if let Value::Object(root) = document {
        root.insert("openapi".to_owned(), json!(UPGRADED));
        upgrade.paths(root)?;
        upgrade.security(root);
    }
    definitions::lift(document);
    upgrade.visit(document, Kind::Root, &Pointer::root());
    Ok(upgrade.notes)
}

/// An upgrade under way.
#[derive(Default)]
struct Upgrade {
    notes: Vec<Note>,
}

impl Upgrade {
    fn note(&mut self, pointer: &Pointer, text: impl Into<String>) {
        self.notes.push(Note { pointer: pointer.clone(), text: text.into() });
    }

    fn visit(&mut self, value: &mut Value, kind: Kind, place: &Pointer) {
        if kind == Kind::Schema {
            self.schema(value, place);
            return;
        }
        match value {
            Value::Object(object) => {
                self.object(object, kind, place);
                for (key, member) in object {
                    let kind = kind.member(key);
                    if kind != Kind::Raw {
                        self.visit(member, kind, &place.join(key));
                    }
                }
            }
            Value::Array(array) if kind.element() != Kind::Raw => {
                for (index, element) in array.iter_mut().enumerate() {
                    self.visit(element, kind.element(), &place.index(index));
                }
            }
            _ => {}
        }
    }

    /// Converts an object that is no schema; its members follow.
    fn object(&mut self, object: &mut Map<String, Value>, kind: Kind, place: &Pointer) {
        for (_, key) in ANNOTATIONS.iter().filter(|(of, _)| *of == kind) {
            object.remove(*key);
        }
        match kind {
            Kind::Info => {
                if let Some(Value::Object(license)) = object.get_mut("license") {
                    license.remove("identifier");
                }
            }
            Kind::Operation => self.operation(object, place),
            Kind::Content => media::declare_binary(object),
            Kind::MediaType => media::without_encoding_headers(object),
            Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response | Kind::SecurityScheme => {
                self.plain_reference(object, place);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
