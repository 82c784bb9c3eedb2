//! What changes do to the client in Rust.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Change;
use super::catalogue::{Kind, Part, id, severity};
use super::finder::Finder;
use super::items::{Difference, differences, words};
use crate::rust::{Surface, Wire};

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
pub struct RustEffect(pub Vec<ItemChange>);

/// A change of an item of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The item as [`Surface`] calls it.
    pub item: String,
    /// How much a program has to follow.
    pub effect: Effect,
    /// A few words: `Activity.billable: bool → Option<bool>`; nothing where those of another item say it.
    pub words: Option<String>,
}

impl RustEffect {
    /// How much a program has to follow.
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
    let finder = Finder::new(changes, [old, new]);
    let mut causes: Vec<BTreeSet<usize>> = found.iter().map(|difference| finder.causes(difference)).collect();
    inherit(&found, &mut causes);
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

/// A type comes and goes with what uses it, and so on.
fn inherit(found: &[Difference<'_>], causes: &mut [BTreeSet<usize>]) {
    let mut users: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, difference) in found.iter().enumerate() {
        let mentioned: BTreeSet<&str> = difference.items().flat_map(|item| words(&item.signature)).collect();
        for name in mentioned {
            users.entry(name).or_default().push(index);
        }
    }
    for _ in 0..found.len() {
        let mut is_done = true;
        for (index, difference) in found.iter().enumerate() {
            if causes.get(index).is_none_or(|causes| !causes.is_empty()) {
                continue;
            }
            let users = users.get(difference.subject()).into_iter().flatten();
            let inherited: BTreeSet<usize> =
                users.filter_map(|user| causes.get(*user)).flat_map(|causes| causes.iter().copied()).collect();
            if let Some(causes) = causes.get_mut(index).filter(|_| !inherited.is_empty()) {
                *causes = inherited;
                is_done = false;
            }
        }
        if is_done {
            break;
        }
    }
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
        breaks_responses: false,
        old: None,
        new: None,
        rust: Some(rust),
    }
}
