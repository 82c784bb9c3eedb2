//! Which numbers are ids, and of what.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr, SchemaKind, Type};
use serde_json::Value;

use super::extensions::TYPE;
use super::paths::Template;
use crate::names;

/// The objects to which Kimai's fields and parameters refer by number under their plain names, such as `project`. Any
/// other plain name may be that of a count or an amount.
const REFERENCES: [&str; 6] = ["Activity", "Customer", "Project", "Team", "Timesheet", "User"];

/// The things which the document identifies by a number.
pub(super) struct Ids {
    known: BTreeSet<String>,
    used: BTreeSet<String>,
}

/// What a parameter that may be an id is declared as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Declaration {
    /// A number.
    Number,
    /// Any text.
    Text,
}

impl Ids {
    /// Every named object with a numeric `id` has ids, under the name of the schema and under that which an overlay gives
    /// it.
    pub(super) fn collect(openapi: &OpenAPI) -> Self {
        let mut known = BTreeSet::new();
        let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
        for (name, schema) in schemas {
            let ReferenceOr::Item(schema) = schema else { continue };
            let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else { continue };
            let id = object.properties.get("id").and_then(ReferenceOr::as_item);
            if id.is_some_and(|id| matches!(id.schema_kind, SchemaKind::Type(Type::Integer(_)))) {
                let given = schema.schema_data.extensions.get(TYPE).and_then(Value::as_str);
                known.extend([Some(name.as_str()), given].into_iter().flatten().map(names::subject).map(names::pascal));
            }
        }
        Self { known, used: BTreeSet::new() }
    }

    /// What a number identifies, by its name: `customer`, `customers[]`, `customerId`, and
    /// `rateId` below `customers`.
    pub(super) fn by_name(&mut self, name: &str, below: Option<&str>) -> Option<String> {
        let stem = name.trim_end_matches("[]");
        let with_id = stem.strip_suffix("Id").or_else(|| stem.strip_suffix("_id"));
        let found = self.find(with_id.unwrap_or(stem), below)?;
        let is_reference = with_id.is_some() || REFERENCES.contains(&found.as_str());
        is_reference.then(|| self.take(&found))
    }

    /// What a parameter of the path identifies: an object of the collection before it, or the one that its name says.
    pub(super) fn in_path(&mut self, name: &str, template: &Template<'_>, declared: Declaration) -> Option<String> {
        let before = template.before(name)?;
        let stem = name.strip_suffix("Id").or_else(|| name.strip_suffix("_id"));
        let is_of_collection = name == "id" || stem.unwrap_or(name) == names::singular(before);
        let thing = match stem {
            _ if name == "id" => before,
            Some(stem) => stem,
            None if is_of_collection => name,
            None => return self.by_name(name, Some(template.resource())),
        };
        let below = (name != "id").then(|| template.resource());
        if let Some(found) = self.find(thing, below) {
            return Some(self.take(&found));
        }
        // The document has no schema for the object.
        let is_number = declared == Declaration::Number && (name == "id" || stem.is_some());
        is_number.then(|| self.take(&names::pascal(&names::singular(thing))))
    }

    fn find(&self, stem: &str, below: Option<&str>) -> Option<String> {
        let thing = names::pascal(&names::singular(stem));
        let composed = below.map(|below| format!("{}{thing}", names::pascal(&names::singular(below))));
        composed.into_iter().chain([thing]).find(|thing| self.known.contains(thing))
    }

    /// The id of a thing which is named by an overlay, or by its own property `id`.
    pub(super) fn take(&mut self, thing: &str) -> String {
        self.used.insert(thing.to_owned());
        thing.to_owned()
    }

    /// The things whose ids occur in the model.
    pub(super) fn used(self) -> BTreeSet<String> {
        self.used
    }
}
