//! Which changes on the wire are behind an item of the client.

use std::collections::BTreeSet;

use super::Change;
use super::items::{Difference, has_word};
use crate::rust::{Item, Surface, Wire};

/// Finds the changes that account for a difference.
pub(super) struct Finder<'a> {
    changes: &'a [Change],
    surfaces: [&'a Surface; 2],
}

/// A change that accounts for a difference.
pub(super) struct Found {
    pub(super) index: usize,
    /// Whether it is about the same type, and not only about a property of the same name.
    is_exact: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(changes: &'a [Change], surfaces: [&'a Surface; 2]) -> Self {
        Self { changes, surfaces }
    }

    /// The changes, by their place, which account for a difference between clients.
    pub(super) fn causes(&self, difference: &Difference<'_>) -> BTreeSet<usize> {
        let mut wire: BTreeSet<&Wire> = difference.items().flat_map(|item| &item.wire).collect();
        let mut found = Vec::new();
        if wire.is_empty()
            && let Some(owner) = difference.owner()
        {
            wire = self.users(owner).flat_map(|item| &item.wire).collect();
            // Of all that happens to what takes an enum, its values are meant.
            found = wire.iter().flat_map(|wire| self.of_wire(wire)).filter(|found| self.is_of_values(found)).collect();
        }
        if found.is_empty() {
            found = wire.into_iter().flat_map(|wire| self.of_wire(wire)).collect();
        }
        if found.is_empty() {
            return self.of_schemas(difference).collect();
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

    /// The items which have a type in their signature.
    fn users(&self, name: &str) -> impl Iterator<Item = &Item> {
        let items = self.surfaces.into_iter().flat_map(|surface| surface.items.values());
        items.filter(move |item| has_word(&item.signature, name))
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
    fn of_schemas(&self, difference: &Difference<'_>) -> impl Iterator<Item = usize> {
        let is_meant = |change: &Change| {
            let types = self.surfaces.iter().flat_map(|surface| &surface.types);
            let is_renamed = |name: &String| change.id == "schema-renamed" && change.new.as_ref() == Some(name);
            let is_it = |name: &String| change.places.contains(name) || is_renamed(name);
            let mut meant = types.filter(|(_, origin)| origin.schema.as_ref().is_some_and(is_it));
            meant.any(|(name, _)| difference.subject() == name || difference.mentions(name))
        };
        self.changes.iter().enumerate().filter(move |(_, change)| is_meant(change)).map(|(index, _)| index)
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
        let is_meant = |change: &&Change| {
            let goes = match kind {
                "answer" => change.in_responses,
                "patch" | "form" | "form of parts" => change.in_requests,
                _ => true,
            };
            let is_it = |place: &String| property(place) == name;
            goes && change.id.contains("-property-")
                && (change.places.iter().chain(&change.new).any(is_it) || change.new.as_deref() == Some(name))
                && change.operations.iter().any(reaches)
        };
        let names: Vec<String> =
            origins().filter_map(|origin| origin.schema.as_ref()).map(|schema| format!("{schema}.{name}")).collect();
        let is_exact = |change: &Change| {
            change.places.iter().any(|place| names.iter().any(|name| name == place.trim_end_matches("[]")))
        };
        let all = self.changes.iter().enumerate().filter(|(_, change)| is_meant(change));
        all.map(|(index, change)| Found { index, is_exact: is_exact(change) }).collect()
    }
}

/// The name of a property at the end of a place: `tags` of `TimesheetEntity.tags[]`.
fn property(place: &str) -> &str {
    let place = place.trim_end_matches("[]").trim_end_matches(".*").trim_end_matches("[]");
    place.rsplit_once('.').map_or("*", |(_, name)| name)
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
