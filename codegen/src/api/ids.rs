//! Which numbers are ids, and of what.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr, SchemaKind, Type};

use crate::names;

/// The things which the document identifies by a number.
pub(super) struct Ids {
    known: BTreeSet<String>,
    used: BTreeSet<String>,
}

impl Ids {
    /// Every named object with a numeric `id` has ids.
    pub(super) fn collect(openapi: &OpenAPI) -> Self {
        let mut known = BTreeSet::new();
        let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
        for (name, schema) in schemas {
            let ReferenceOr::Item(schema) = schema else { continue };
            let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else { continue };
            let id = object.properties.get("id").and_then(ReferenceOr::as_item);
            if id.is_some_and(|id| matches!(id.schema_kind, SchemaKind::Type(Type::Integer(_)))) {
                known.insert(names::pascal(names::subject(name)));
            }
        }
        Self { known, used: BTreeSet::new() }
    }

    /// What a number identifies, by its name: `customer`, `customers[]`, `customerId`, and
    /// `rateId` below `customers`.
    pub(super) fn by_name(&mut self, name: &str, below: Option<&str>) -> Option<String> {
        let stem = name.trim_end_matches("[]");
        // A plugin's schema `Size` is not what the pages of lists are about.
        if matches!(stem, "page" | "size") {
            return None;
        }
        let stem = stem.strip_suffix("Id").or_else(|| stem.strip_suffix("_id")).unwrap_or(stem);
        let thing = names::pascal(&names::singular(stem));
        let composed = below.map(|below| format!("{}{thing}", names::pascal(&names::singular(below))));
        let found = composed.into_iter().chain([thing]).find(|thing| self.known.contains(thing))?;
        Some(self.take(&found))
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
