//! Selects the changes that affect a program.

use std::collections::BTreeSet;

use super::causes::ByPlace;
use crate::diff::catalogue::Kind;
use crate::diff::change::Change;
use crate::diff::subject::{Nature, Subject};
use crate::surface::{Item, Role, Surface};
use crate::usage::Usage;

/// The items of clients that a program uses.
struct Used<'a> {
    usage: &'a Usage,
    surfaces: [&'a Surface; 2],
    /// The operations that it calls.
    operations: BTreeSet<String>,
}

/// Keeps the changes and effects that affect a program. Returns the number of operations that it calls.
pub(in crate::diff) fn retain(changes: &mut Vec<Change>, surfaces: [&Surface; 2], usage: &Usage) -> usize {
    let mut used = Used { usage, surfaces, operations: BTreeSet::new() };
    used.operations = used.called();
    let by_place = ByPlace::new(changes);
    let [old, new] = surfaces.map(|surface| surface.items.values().filter(|item| is_value(item) && used.has(item)));
    let mut reached: BTreeSet<usize> = BTreeSet::new();
    old.for_each(|item| reached.extend(by_place.at([Some(item), None])));
    new.for_each(|item| reached.extend(by_place.at([None, Some(item)])));
    let mut index = 0;
    changes.retain_mut(|change| {
        let is_reached = reached.contains(&index) || used.is_met_anyway(change);
        index += 1;
        if let Some(rust) = &mut change.rust {
            rust.0.retain(|change| {
                let find = |surface: &&Surface| surface.items.get(&change.item).is_some_and(|item| used.has(item));
                surfaces.iter().any(find)
            });
        }
        used.narrow(change);
        is_reached || change.rust.as_ref().is_some_and(|rust| !rust.0.is_empty())
    });
    used.operations.len()
}

/// Whether it stands for something that is sent or returned; types and the values of enums only name it.
fn is_value(item: &Item) -> bool {
    !matches!(item.role, Role::Id { .. } | Role::Type { .. } | Role::Variant { .. })
}

impl Used<'_> {
    fn called(&self) -> BTreeSet<String> {
        let items = self.surfaces.iter().flat_map(|surface| surface.items.values());
        let methods = items.filter(|item| matches!(item.role, Role::Method { .. }) && self.has(item));
        methods.flat_map(|item| item.operations.iter().cloned()).collect()
    }

    /// Whether the program uses an item.
    fn has(&self, item: &Item) -> bool {
        let usage = self.usage;
        match &item.role {
            Role::Id { name } | Role::Type { name } => usage.names(name),
            Role::Variant { ty, name } | Role::Constructor { ty, name } => usage.names(ty) && usage.names(name),
            Role::Field { ty, name } | Role::Setter { ty, name } | Role::Lookup { ty, name } => {
                self.reaches(ty) && usage.has_member(name)
            }
            // The sources do not show the conversions of a type.
            Role::Identified { ty } => self.reaches(ty),
            Role::Method { resource, name } => usage.calls(resource, name),
            Role::Setting { resource, method, name } => usage.calls(resource, method) && usage.has_member(name),
        }
    }

    /// Whether a program uses a type: it names the type, or calls an operation that leads to it.
    fn reaches(&self, ty: &str) -> bool {
        let mut types = self.surfaces.iter().filter_map(|surface| surface.items.get(ty));
        self.usage.names(ty) || types.any(|item| !item.operations.is_disjoint(&self.operations))
    }

    /// Keeps the operations that the program calls.
    fn narrow(&self, change: &mut Change) {
        let is_called = |operation: &String| self.operations.contains(operation);
        if change.operations.iter().any(is_called) {
            change.operations.retain(is_called);
            // Other subjects do not depend on the operations.
            let is_operation = |subject: &Subject| subject.nature == Nature::Operation;
            if change.subjects.len() > 1 && change.subjects.iter().all(is_operation) {
                change.subjects.retain(|subject| subject.operation.as_ref().is_some_and(is_called));
            }
            return;
        }
        // The client may know more types of an operation than the documents.
        let names = change.rust.iter().flat_map(|rust| &rust.0).map(|change| &change.item);
        let items = names.flat_map(|name| self.surfaces.iter().filter_map(move |surface| surface.items.get(name)));
        let called: BTreeSet<String> =
            items.flat_map(|item| &item.operations).filter(|one| is_called(one)).cloned().collect();
        if !called.is_empty() {
            change.operations = called.into_iter().collect();
        }
    }

    /// Whether it affects every program that calls the operation: new required values, changed defaults, responses that
    /// cannot be decoded, and parts without a name in a program.
    fn is_met_anyway(&self, change: &Change) -> bool {
        if change.operations.is_empty() {
            return true;
        }
        let is_called = change.operations.iter().any(|operation| self.operations.contains(operation));
        let is_asked = change.in_requests()
            && matches!(change.kind, Kind::AddedRequired | Kind::BecameRequired | Kind::DefaultChanged);
        is_called && (is_asked || change.breaks_responses() || is_of_whole(change))
    }
}

/// Whether it is a change of a whole schema rather than a property, so that the fields that it affects are unknown.
fn is_of_whole(change: &Change) -> bool {
    let is_in_body = change.parts.iter().any(|part| part.is_body());
    is_in_body && change.subjects.iter().any(|subject| subject.nature != Nature::Property)
}
