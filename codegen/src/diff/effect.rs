//! The effects of changes on the Rust client.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Change;
use super::catalogue::{Kind, Part, id, severity};
use super::finder::Finder;
use super::items::{Difference, differences};
use crate::rust::{Surface, Wire};

/// How much a program must adapt after the client is regenerated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The Rust API stays as it is.
    #[default]
    None,
    /// It has additions; programs still compile.
    Minor,
    /// Programs may fail to compile.
    Major,
}

/// The effect of a change on the Rust API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustEffect(pub Vec<ItemChange>);

/// A change of an item of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The item as [`Surface`] calls it.
    pub item: String,
    /// How much a program must adapt.
    pub effect: Effect,
    /// A short text such as `Activity.billable: bool → Option<bool>`; none if another item covers it.
    pub words: Option<String>,
}

impl RustEffect {
    /// How much a program must adapt.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.0.iter().map(|change| change.effect).max().unwrap_or_default()
    }

    /// Each item in a few words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|change| change.words.as_deref())
    }
}

impl Effect {
    /// The name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Adds its effect on the client to each change, and adds changes for effects without a cause.
pub(super) fn attach(changes: &mut Vec<Change>, old: &Surface, new: &Surface) {
    let found = differences(old, new);
    let finder = Finder::new(changes, [old, new]);
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

/// A type comes and goes with what uses it, and so on; and so do the fields of one that has the name of another then.
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

/// What names one of several types that were made of copies of one schema follows it where nothing else is behind it.
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

/// A type of another kind and what is in it have their causes in common.
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

/// Passes causes on, as long as there is somebody who has not got them.
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

/// A change of the client only, by names or by corrections of documents.
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
        message: format!("{subject} changes in the client only"),
        places: vec![subject.clone()],
        subject,
        operations: operations.into_iter().collect(),
        in_requests: false,
        in_responses: false,
        breaks_responses: false,
        old: None,
        new: None,
        rust: Some(rust),
    }
}
