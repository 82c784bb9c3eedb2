//! What changes do to the client in Rust.

use std::collections::{BTreeMap, BTreeSet};

use super::Change;
use super::catalogue::{Kind, Part, id, severity};
use super::items::{Difference, differences, has_word};
use crate::rust::{Item, Surface, Wire};

/// How much a program has to follow, once the client is generated anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The Rust API stays as it is.
    #[default]
    None,
    /// It has more than before; what compiled still does.
    Minor,
    /// What compiled may do so no more.
    Major,
}

/// What a change does to the Rust API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustEffect {
    /// How much that is.
    pub effect: Effect,
    /// Each item in a few words: `Activity.billable: bool → Option<bool>`.
    pub changes: Vec<String>,
}

impl Effect {
    /// As reports write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Says of each change what it does to the client, and adds changes for what none of them accounts for.
pub(super) fn attach(changes: &mut Vec<Change>, old: &Surface, new: &Surface) {
    let found = differences(old, new);
    let finder = Finder { changes, surfaces: [old, new] };
    let mut causes: Vec<BTreeSet<usize>> = found.iter().map(|difference| finder.causes(difference)).collect();
    // A type comes and goes with what uses it, and so on.
    for _ in 0..found.len() {
        let mut is_done = true;
        for index in 0..found.len() {
            let (Some(difference), Some(true)) = (found.get(index), causes.get(index).map(BTreeSet::is_empty)) else {
                continue;
            };
            let users = found.iter().zip(&causes).filter(|(other, _)| other.mentions(difference.subject()));
            let inherited: BTreeSet<usize> = users.flat_map(|(_, causes)| causes.iter().copied()).collect();
            if let Some(causes) = causes.get_mut(index).filter(|_| !inherited.is_empty()) {
                *causes = inherited;
                is_done = false;
            }
        }
        if is_done {
            break;
        }
    }
    let mut left: BTreeMap<&str, RustEffect> = BTreeMap::new();
    for change in &mut *changes {
        change.rust = Some(RustEffect::default());
    }
    for (difference, causes) in found.iter().zip(causes) {
        if causes.is_empty() {
            left.entry(difference.subject()).or_default().add(difference);
        }
        for index in causes {
            if let Some(rust) = changes.get_mut(index).and_then(|change| change.rust.as_mut()) {
                rust.add(difference);
            }
        }
    }
    changes.extend(left.into_iter().map(|(subject, rust)| alone(subject, rust, [old, new])));
}

/// A change in the client alone: of names, and by corrections of documents.
fn alone(subject: &str, rust: RustEffect, surfaces: [&Surface; 2]) -> Change {
    let mut operations = BTreeSet::new();
    for surface in surfaces {
        operations.extend(surface.types.get(subject).into_iter().flat_map(|origin| origin.operations.clone()));
        let wire = surface.items.get(subject).into_iter().flat_map(|item| &item.wire);
        operations.extend(wire.filter_map(|wire| match wire {
            Wire::Operation(operation) => Some(operation.clone()),
            _ => None,
        }));
    }
    let subject = subject.trim_end_matches("()").to_owned();
    Change {
        id: id(Part::Client, Kind::Changed),
        severity: severity(Part::Client, Kind::Changed),
        message: format!("{subject} changes in the client alone"),
        places: vec![subject.clone()],
        subject,
        operations: operations.into_iter().collect(),
        in_requests: false,
        in_responses: false,
        old: None,
        new: None,
        rust: Some(rust),
    }
}

impl RustEffect {
    fn add(&mut self, difference: &Difference<'_>) {
        self.effect = self.effect.max(difference.effect());
        self.changes.extend(difference.words());
    }
}

/// Finds the changes that account for a difference.
struct Finder<'a> {
    changes: &'a [Change],
    surfaces: [&'a Surface; 2],
}

/// A change that accounts for a difference.
struct Found {
    index: usize,
    /// Whether it is about the same type, and not only about a property of the same name.
    is_exact: bool,
}

impl Finder<'_> {
    fn causes(&self, difference: &Difference<'_>) -> BTreeSet<usize> {
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
        // Where one is about this very type, others that reach it by the same name are not meant.
        let is_exact = found.iter().any(|found| found.is_exact);
        found.into_iter().filter(|found| found.is_exact == is_exact).map(|found| found.index).collect()
    }

    /// The items which have a type in their signature.
    fn users(&self, name: &str) -> impl Iterator<Item = &Item> {
        let items = self.surfaces.into_iter().flat_map(|surface| surface.items.values());
        items.filter(move |item| has_word(&item.signature, name))
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
    fn of_wire(&self, wire: &Wire) -> Vec<Found> {
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
