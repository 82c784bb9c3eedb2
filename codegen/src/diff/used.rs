//! Selects the changes that affect a program.

use std::collections::BTreeSet;

use super::Change;
use super::catalogue::Kind;
use super::finder::{Finder, is_operation};
use super::subject::Nature;
use crate::rust::{Item, Surface, Wire};
use crate::usage::Usage;

/// The items of clients that a program uses.
struct Used<'a> {
    usage: &'a Usage,
    surfaces: [&'a Surface; 2],
    /// The operations that it calls.
    operations: BTreeSet<String>,
}

/// Keeps the changes and effects that affect a program. Returns the number of operations that it calls.
pub(super) fn retain(changes: &mut Vec<Change>, surfaces: [&Surface; 2], usage: &Usage) -> usize {
    let mut used = Used { usage, surfaces, operations: BTreeSet::new() };
    used.operations = used.called();
    let told = super::finder::Told::all(changes);
    let finder = Finder::new(&told, surfaces);
    let items = surfaces.into_iter().flat_map(|surface| &surface.items);
    let wire: BTreeSet<&Wire> =
        items.filter(|(path, item)| used.has(path, item)).flat_map(|(_, item)| &item.wire).collect();
    let reached: BTreeSet<usize> =
        wire.into_iter().flat_map(|wire| finder.of_wire(wire)).map(|found| found.index).collect();
    let mut index = 0;
    changes.retain_mut(|change| {
        let is_reached = reached.contains(&index) || used.is_met_anyway(change);
        index += 1;
        if let Some(rust) = &mut change.rust {
            rust.0.retain(|change| {
                let find = |surface: &&Surface| surface.items.get(&change.item).cloned();
                surfaces.iter().find_map(find).is_some_and(|item| used.has(&change.item, &item))
            });
        }
        used.narrow(change);
        is_reached || change.rust.as_ref().is_some_and(|rust| !rust.0.is_empty())
    });
    used.operations.len()
}

impl Used<'_> {
    fn called(&self) -> BTreeSet<String> {
        let items = self.surfaces.iter().flat_map(|surface| &surface.items);
        let called = items.filter(|(path, _)| self.is_called(path)).flat_map(|(_, item)| &item.wire);
        called
            .filter_map(|wire| if let Wire::Operation(operation) = wire { Some(operation.clone()) } else { None })
            .collect()
    }

    /// Whether an item such as `timesheets.list()` is called.
    fn is_called(&self, path: &str) -> bool {
        let call = path.strip_suffix("()").and_then(|path| path.split_once('.'));
        call.is_some_and(|(resource, method)| !method.contains('.') && self.usage.calls(resource, method))
    }

    /// Whether the program uses an item.
    fn has(&self, path: &str, item: &Item) -> bool {
        if path.contains("().") {
            let setting = path.rsplit('.').next().unwrap_or_default().trim_end_matches("()");
            return item.owner.as_deref().is_some_and(|owner| self.is_called(owner)) && self.usage.has_member(setting);
        }
        if let Some((ty, name)) = path.split_once("::") {
            return self.usage.names(ty) && self.usage.names(name);
        }
        // The sources do not show the conversions of a type.
        if let Some((ty, _)) = path.split_once(": ") {
            return self.reaches(ty);
        }
        match path.split_once('.') {
            Some((ty, name)) if ty.starts_with(char::is_uppercase) => {
                self.reaches(ty) && self.usage.has_member(name.trim_end_matches("()"))
            }
            Some(_) => self.is_called(path),
            None => self.usage.names(path),
        }
    }

    /// Whether a program uses a type: it names the type, or calls an operation that refers to it.
    fn reaches(&self, ty: &str) -> bool {
        let origins = || self.surfaces.iter().filter_map(|surface| surface.types.get(ty));
        self.usage.names(ty) || origins().any(|origin| !origin.operations.is_disjoint(&self.operations))
    }

    /// Keeps the operations that the program calls.
    fn narrow(&self, change: &mut Change) {
        if change.operations.iter().any(|operation| self.operations.contains(operation)) {
            change.operations.retain(|operation| self.operations.contains(operation));
            // Other subjects do not depend on the operations.
            if change.subjects.len() > 1 && change.subjects.iter().all(|subject| subject.nature == Nature::Operation) {
                let is_called = |text: &str| self.operations.iter().any(|operation| is_operation(text, operation));
                change.subjects.retain(|subject| is_called(&subject.to_string()));
            }
            return;
        }
        // The client may know more types of an operation than the documents.
        let items = change.rust.iter().flat_map(|rust| &rust.0).filter_map(|change| self.owner(&change.item));
        let origins = items.flat_map(|ty| self.surfaces.iter().filter_map(move |surface| surface.types.get(ty)));
        let called: BTreeSet<&String> = origins.flat_map(|origin| &origin.operations).collect();
        let called: Vec<String> = called.into_iter().filter(|one| self.operations.contains(*one)).cloned().collect();
        if !called.is_empty() {
            change.operations = called;
        }
    }

    /// The type of an item.
    fn owner(&self, path: &str) -> Option<&str> {
        self.surfaces.iter().find_map(|surface| surface.items.get(path))?.owner.as_deref()
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
