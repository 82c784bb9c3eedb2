//! Enums that have a name in one place, for other places that declare the same.

use std::collections::HashMap;

use openapiv3::{OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, Type};

use super::extensions::{Extensions, TYPE, TYPE_DESCRIPTION};
use super::pattern::{self, Pattern};
use super::{Variant, enums};
use crate::{Error, Pointer, names};

/// The enums that have a name, by the name of their parameter or property and by their values.
pub(super) struct SharedEnums(HashMap<(String, Vec<String>), SharedEnum>);

/// An enum that has a name.
#[derive(Clone)]
pub(super) struct SharedEnum {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) variants: Vec<Variant>,
    /// The place that has the name.
    pub(super) place: Pointer,
}

impl SharedEnums {
    pub(super) fn collect(openapi: &OpenAPI) -> Result<Self, Error> {
        let mut all = Self(HashMap::new());
        for (path, item) in openapi.paths.iter() {
            let ReferenceOr::Item(item) = item else { continue };
            let place = Pointer::root().join("paths").join(path);
            let operations = item.iter().map(|(name, operation)| (place.join(name), &operation.parameters));
            for (place, parameters) in operations.chain([(place.clone(), &item.parameters)]) {
                for (index, parameter) in parameters.iter().enumerate() {
                    let ReferenceOr::Item(parameter) = parameter else { continue };
                    let place = place.join("parameters").index(index).join("schema");
                    if let Some((name, schema)) = schema_of(parameter) {
                        all.add(name, schema, &place)?;
                    }
                }
            }
        }
        let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
        for (schema, found) in schemas {
            let ReferenceOr::Item(found) = found else { continue };
            let SchemaKind::Type(Type::Object(object)) = &found.schema_kind else { continue };
            let place = Pointer::root().join("components").join("schemas").join(schema).join("properties");
            for (name, property) in &object.properties {
                let ReferenceOr::Item(property) = property else { continue };
                all.add(name, property, &place.join(name))?;
            }
        }
        Ok(all)
    }

    /// The enum that a place with this name and these values has.
    pub(super) fn find(&self, name: &str, values: &[&str]) -> Option<&SharedEnum> {
        self.0.get(&key(name, values.iter().copied()))
    }

    fn add(&mut self, name: &str, schema: &Schema, place: &Pointer) -> Result<(), Error> {
        let extensions = Extensions::new(&schema.schema_data.extensions, place);
        let (Some(ty), SchemaKind::Type(Type::String(string))) = (extensions.text(TYPE)?, &schema.schema_kind) else {
            return Ok(());
        };
        let listed: Vec<String> = string.enumeration.iter().flatten().cloned().collect();
        let values = match string.pattern.as_deref().and_then(pattern::parse) {
            Some(Pattern::Words(words)) if listed.is_empty() => words,
            _ => listed,
        };
        if values.is_empty() {
            return Ok(());
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let doc = extensions.text(TYPE_DESCRIPTION)?.or(schema.schema_data.description.as_deref());
        let found = SharedEnum {
            name: names::own_type(ty),
            doc: doc.unwrap_or_default().to_owned(),
            variants: enums::variants(&values, extensions)?,
            place: place.clone(),
        };
        self.0.entry(key(name, values.into_iter())).or_insert(found);
        Ok(())
    }
}

fn key<'v>(name: &str, values: impl Iterator<Item = &'v str>) -> (String, Vec<String>) {
    let mut values: Vec<String> = values.map(str::to_owned).collect();
    values.sort_unstable();
    values.dedup();
    (name.to_owned(), values)
}

fn schema_of(parameter: &Parameter) -> Option<(&str, &Schema)> {
    let data = parameter.parameter_data_ref();
    match &data.format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => Some((&data.name, schema)),
        _ => None,
    }
}
