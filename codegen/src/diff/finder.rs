//! Which changes on the wire are behind an item of the client.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Change;
use super::items::{Difference, words};
use super::place::property;
use crate::rust::{Item, Surface, Wire};

/// Finds the changes that account for a difference.
pub(super) struct Finder<'a> {
    changes: &'a [Change],
    surfaces: [&'a Surface; 2],
    /// The changes of properties, by the last name of their places.
    properties: HashMap<&'a str, BTreeSet<usize>>,
    /// The changes of schemas as a whole, by the types that were made of them.
    schemas: BTreeMap<&'a str, BTreeSet<usize>>,
    /// The items that have a type in their signature.
    users: HashMap<&'a str, Vec<&'a Item>>,
}

/// A change that accounts for a difference.
pub(super) struct Found {
    pub(super) index: usize,
    /// Whether it is about the same type, and not only about a property of the same name.
    is_exact: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(changes: &'a [Change], surfaces: [&'a Surface; 2]) -> Self {
        let mut properties: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        let mut by_place: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for (index, change) in changes.iter().enumerate() {
            if change.id.contains("-property-") {
                let names = change.places.iter().map(|place| property(place)).chain(change.new.as_deref());
                for name in names {
                    properties.entry(name).or_default().insert(index);
                }
            }
            let renamed = change.new.as_ref().filter(|_| change.id == "schema-renamed");
            for place in change.places.iter().chain(renamed) {
                by_place.entry(place.as_str()).or_default().insert(index);
            }
        }
        let mut schemas: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut users: HashMap<&str, Vec<&Item>> = HashMap::new();
        for surface in surfaces {
            for (ty, origin) in &surface.types {
                let found = origin.schema.as_deref().and_then(|schema| by_place.get(schema));
                schemas.entry(ty.as_str()).or_default().extend(found.into_iter().flatten());
            }
            for item in surface.items.values() {
                let types = words(&item.signature).filter(|word| surface.items.contains_key(*word));
                types.for_each(|ty| users.entry(ty).or_default().push(item));
            }
        }
        schemas.retain(|_, changes| !changes.is_empty());
        Self { changes, surfaces, properties, schemas, users }
    }

    /// The changes, by their place, which account for a difference between clients.
    pub(super) fn causes(&self, difference: &Difference<'_>) -> BTreeSet<usize> {
        let mut wire: BTreeSet<&Wire> = difference.items().flat_map(|item| &item.wire).collect();
        let mut found = Vec::new();
        if wire.is_empty()
            && let Some(owner) = difference.owner()
        {
            let users = self.users.get(owner).into_iter().flatten();
            wire = users.flat_map(|item| &item.wire).collect();
            // Of all that happens to what takes an enum, its values are meant.
            found = wire.iter().flat_map(|wire| self.of_wire(wire)).filter(|found| self.is_of_values(found)).collect();
        }
        if found.is_empty() {
            found = wire.into_iter().flat_map(|wire| self.of_wire(wire)).collect();
        }
        if found.is_empty() {
            return self.of_schemas(difference);
        }
        // Where one is about this very type, others that reach it by the same name are not meant; and where one changes
        // what a value can be, others are not that only limit it.
        let is_exact = found.iter().any(|found| found.is_exact);
        found.retain(|found| found.is_exact == is_exact);
        if found.iter().any(|found| self.is_of_shape(found)) {
            found.retain(|found| self.is_of_shape(found));
        }
        found.into_iter().map(|found| found.index).collect()
    }

    fn is_of_shape(&self, found: &Found) -> bool {
        const OTHERS: [&str; 4] =
            ["-default-changed", "-constraint-tightened", "-constraint-loosened", "-permissions-changed"];
        self.changes.get(found.index).is_some_and(|change| !OTHERS.iter().any(|kind| change.id.ends_with(kind)))
    }

    fn is_of_values(&self, found: &Found) -> bool {
        self.changes.get(found.index).is_some_and(|change| change.id.contains("-value-"))
    }

    /// The changes to a schema as a whole, of which a type of the difference was made.
    fn of_schemas(&self, difference: &Difference<'_>) -> BTreeSet<usize> {
        let is_meant = |ty: &str| difference.subject() == ty || difference.mentions(ty);
        let meant = self.schemas.iter().filter(|(ty, _)| is_meant(ty));
        meant.flat_map(|(_, changes)| changes.iter().copied()).collect()
    }

    /// The changes which are about something on the wire.
    pub(super) fn of_wire(&self, wire: &Wire) -> Vec<Found> {
        let exact = |is_meant: &dyn Fn(&Change) -> bool| {
            let all = self.changes.iter().enumerate().filter(|(_, change)| is_meant(change));
            all.map(|(index, _)| Found { index, is_exact: true }).collect()
        };
        match wire {
            Wire::Property(ty, name) => self.of_property(ty, name),
            Wire::Parameter(operation, name) => exact(&|change| {
                change.id.starts_with("request-parameter-")
                    && change.operations.contains(operation)
                    && change.places.iter().chain(&change.new).any(|place| is_parameter(place, name))
            }),
            Wire::Operation(operation) => exact(&|change| {
                change.places.iter().chain(&change.new).any(|place| is_operation(place, operation))
                    || (change.id.starts_with("path-parameter-") && change.operations.contains(operation))
            }),
        }
    }

    fn of_property(&self, ty: &str, name: &str) -> Vec<Found> {
        let origins = || self.surfaces.iter().filter_map(|surface| surface.types.get(ty));
        let reaches = |operation: &String| origins().any(|origin| origin.operations.contains(operation));
        let kind = self.surfaces.iter().find_map(|surface| surface.items.get(ty)).map_or("", |item| &item.signature);
        let is_meant = |change: &Change| {
            let goes = match kind {
                "answer" => change.in_responses,
                "patch" | "form" | "form of parts" => change.in_requests,
                _ => true,
            };
            goes && change.operations.iter().any(reaches)
        };
        let names: Vec<String> =
            origins().filter_map(|origin| origin.schema.as_ref()).map(|schema| format!("{schema}.{name}")).collect();
        let is_exact = |change: &Change| {
            change.places.iter().any(|place| names.iter().any(|name| name == place.trim_end_matches("[]")))
        };
        let all = self.properties.get(name).into_iter().flatten();
        let all = all.filter_map(|index| Some((*index, self.changes.get(*index)?)));
        all.filter(|(_, change)| is_meant(change))
            .map(|(index, change)| Found { index, is_exact: is_exact(change) })
            .collect()
    }
}

/// Whether a place such as `?tags[]` or `header X-Name` is a parameter, or in it.
fn is_parameter(place: &str, name: &str) -> bool {
    let shown = place.strip_prefix('?').or_else(|| place.split_once(' ').map(|(_, rest)| rest));
    let rest = shown.and_then(|shown| shown.strip_prefix(name));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
}

/// Whether a place such as `GET /api/tags 200` is an operation, or in it.
fn is_operation(place: &str, operation: &str) -> bool {
    place.strip_prefix(operation).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', '[']))
}
