//! Numbered copies of schemas: `User2` next to `User`.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;
use serde_json::Value;

use super::extensions::TYPE;
use crate::document::without_prose;
use crate::{Error, Pointer, names};

/// The schemas that are numbered copies of another schema with the same shape, by name.
pub(super) fn find(openapi: &OpenAPI) -> Result<BTreeMap<String, String>, Error> {
    let mut aliases = BTreeMap::new();
    let Some(components) = &openapi.components else { return Ok(aliases) };
    for (name, schema) in &components.schemas {
        let stem = names::stem(name);
        let Some(original) = components.schemas.get(stem).filter(|_| stem != name) else { continue };
        if shape(schema, name)? == shape(original, stem)? {
            aliases.insert(name.clone(), stem.to_owned());
        }
    }
    Ok(aliases)
}

fn shape(schema: &openapiv3::ReferenceOr<openapiv3::Schema>, name: &str) -> Result<Value, Error> {
    let value = serde_json::to_value(schema).map_err(|error| Error::Malformed {
        pointer: Pointer::root().join("components").join("schemas").join(name),
        problem: error.to_string(),
    })?;
    let mut value = without_prose(value);
    // The copy has the name of the original.
    if let Value::Object(members) = &mut value {
        members.remove(TYPE);
    }
    Ok(value)
}
