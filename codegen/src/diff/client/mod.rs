//! What changes do to the generated client.

mod causes;
mod differences;
mod renames;
mod used;

pub(super) use used::retain;

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Kind, Part};
use super::change::Change;
use super::effect::RustEffect;
use super::subject::Subject;
use crate::surface::Surface;
use causes::{ByPlace, causes};
use differences::differences;
use renames::Renames;

/// Adds the effects on the client to each change, and further changes for effects without a known cause.
pub(super) fn attach(changes: &mut Vec<Change>, old: &Surface, new: &Surface) {
    let renames = Renames::new(old, new, changes);
    let differences = differences(old, new, &renames);
    let causes = causes(&differences, &ByPlace::new(changes), [old, new]);
    let mut left: BTreeMap<&str, RustEffect> = BTreeMap::new();
    for change in &mut *changes {
        change.rust = Some(RustEffect::default());
    }
    for (difference, causes) in differences.iter().zip(causes) {
        if causes.is_empty() {
            let subject = difference.owner().unwrap_or(difference.path);
            left.entry(subject).or_default().0.push(difference.change());
        }
        for index in causes {
            if let Some(rust) = changes.get_mut(index).and_then(|change| change.rust.as_mut()) {
                rust.0.push(difference.change());
            }
        }
    }
    changes.extend(left.into_iter().map(|(subject, rust)| unexplained(subject, rust, [old, new])));
}

/// A change of the client without a known cause.
fn unexplained(subject: &str, rust: RustEffect, surfaces: [&Surface; 2]) -> Change {
    let items = surfaces.iter().filter_map(|surface| surface.items.get(subject));
    let operations: BTreeSet<String> = items.flat_map(|item| item.operations.iter().cloned()).collect();
    Change {
        parts: BTreeSet::from([Part::Client]),
        kind: Kind::Changed,
        subjects: vec![Subject::other(subject.trim_end_matches("()"))],
        operations: operations.into_iter().collect(),
        pointers: Default::default(),
        old: None,
        new: None,
        rust: Some(rust),
        assigned: None,
    }
}
