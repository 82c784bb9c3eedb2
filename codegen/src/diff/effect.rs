//! The effects of changes on the Rust client.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Change;
use super::catalogue::{Kind, Part};
use super::client::RustEffect;
use super::finder::Finder;
use super::items::{Difference, differences};
use super::subject::Subject;
use crate::rust::{Surface, Wire};

/// Adds the effects on the client to each change, and further changes for effects without a cause.
pub(super) fn attach(changes: &mut Vec<Change>, old: &Surface, new: &Surface) {
    let found = differences(old, new);
    let told = super::finder::Told::all(changes);
    let finder = Finder::new(&told, [old, new]);
    let mut causes: Vec<BTreeSet<usize>> = found.iter().map(|difference| finder.causes(difference)).collect();
    follow(&found, &mut causes, &finder);
    for (difference, causes) in found.iter().zip(&mut causes).filter(|(_, causes)| causes.is_empty()) {
        *causes = finder.of_exchange(difference);
    }
    inherit(&found, &mut causes, &finder);
    share(&found, &mut causes);
    inherit(&found, &mut causes, &finder);
    let mut left: BTreeMap<&str, RustEffect> = BTreeMap::new();
    for change in &mut *changes {
        change.rust = Some(RustEffect::default());
    }
    for (difference, causes) in found.iter().zip(causes) {
        if causes.is_empty() {
            left.entry(difference.subject()).or_default().0.push(difference.change());
        }
        for index in causes {
            if let Some(rust) = changes.get_mut(index).and_then(|change| change.rust.as_mut()) {
                rust.0.push(difference.change());
            }
        }
    }
    changes.extend(left.into_iter().map(|(subject, rust)| alone(subject, rust, [old, new])));
}

/// Passes causes to types that are added or removed with the items that use them, and to the fields of renamed types.
fn inherit(found: &[Difference<'_>], causes: &mut [BTreeSet<usize>], finder: &Finder<'_>) {
    let is_heir = |one: &Difference<'_>| one.is_of_type() || finder.is_twin(one.subject());
    let mut heirs: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, difference) in found.iter().enumerate() {
        if causes.get(index).is_some_and(BTreeSet::is_empty) && is_heir(difference) {
            heirs.entry(difference.subject()).or_default().push(index);
        }
    }
    pass(causes, |user| {
        let names: BTreeSet<&str> = found.get(user).into_iter().flat_map(Difference::words).collect();
        names.into_iter().filter_map(|name| heirs.get(name)).flatten().copied().collect()
    });
}

/// Passes causes to items that refer to types of copied schemas, if they have no other cause.
fn follow(found: &[Difference<'_>], causes: &mut [BTreeSet<usize>], finder: &Finder<'_>) {
    let mut users: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, difference) in found.iter().enumerate() {
        if causes.get(index).is_some_and(BTreeSet::is_empty) {
            let meant: BTreeSet<&str> = difference.words().filter(|name| finder.is_twin(name)).collect();
            for name in meant {
                users.entry(name).or_default().push(index);
            }
        }
    }
    let ty = |one: &&Difference<'_>| one.owner().is_none() && one.is_one_sided();
    pass(causes, |from| {
        let users = found.get(from).filter(ty).and_then(|one| users.get(one.subject()));
        users.cloned().unwrap_or_default()
    });
}

/// Shares causes between a type that changes its kind and its parts.
fn share(found: &[Difference<'_>], causes: &mut [BTreeSet<usize>]) {
    let kinds = found.iter().enumerate().filter(|(_, difference)| difference.is_of_kind());
    let kinds: HashMap<&str, usize> = kinds.map(|(index, difference)| (difference.subject(), index)).collect();
    let mut inside: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, difference) in found.iter().enumerate() {
        if let Some(ty) = difference.owner().and_then(|owner| kinds.get(owner)) {
            inside.entry(*ty).or_default().push(index);
        }
    }
    let is_empty = |causes: &[BTreeSet<usize>], index: usize| causes.get(index).is_none_or(BTreeSet::is_empty);
    for (ty, inside) in inside {
        if is_empty(causes, ty) {
            let all = inside.iter().filter_map(|index| causes.get(*index)).flatten().copied().collect();
            causes.get_mut(ty).into_iter().for_each(|causes| causes.clone_from(&all));
        }
        let given = causes.get(ty).cloned().unwrap_or_default();
        for index in inside {
            causes
                .get_mut(index)
                .into_iter()
                .filter(|causes| causes.is_empty())
                .for_each(|causes| causes.clone_from(&given));
        }
    }
}

/// Passes causes on until nothing changes.
fn pass(causes: &mut [BTreeSet<usize>], heirs: impl Fn(usize) -> Vec<usize>) {
    let mut open: Vec<usize> = (0..causes.len()).collect();
    while let Some(from) = open.pop() {
        let Some(given) = causes.get(from).filter(|given| !given.is_empty()).cloned() else { continue };
        for heir in heirs(from) {
            let Some(causes) = causes.get_mut(heir) else { continue };
            let before = causes.len();
            causes.extend(&given);
            if causes.len() > before {
                open.push(heir);
            }
        }
    }
}

/// A change in the client only, due to names or corrections.
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
    let subject = Subject::other(subject.trim_end_matches("()"));
    Change {
        parts: BTreeSet::from([Part::Client]),
        kind: Kind::Changed,
        subjects: vec![subject],
        operations: operations.into_iter().collect(),
        pointers: Default::default(),
        old: None,
        new: None,
        rust: Some(rust),
    }
}
