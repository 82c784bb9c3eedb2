//! What the union decides although releases differ.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Model;
use crate::document::Note;
use crate::{Pointer, Release};

/// What differs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The type of a property.
    Type,
    /// How a property is written.
    Format,
    /// Only some releases declare the response.
    Response,
}

/// The differences, each with the numbers of the releases and the release that decides.
#[derive(Default)]
pub(super) struct Notes(BTreeMap<(Pointer, Kind), (BTreeSet<usize>, Release)>);

impl Notes {
    pub(super) fn add(&mut self, pointer: Pointer, kind: Kind, model: &Model<'_>, decides: Release) {
        let (numbers, _) = self.0.entry((pointer, kind)).or_insert_with(|| (BTreeSet::new(), decides));
        numbers.extend(model.numbers.clone());
    }

    /// The notes, by place.
    pub(super) fn finish(self, releases: &[&Release]) -> Vec<Note> {
        let note = |((pointer, kind), (numbers, decides)): ((Pointer, Kind), (BTreeSet<usize>, Release))| {
            let which = which(&numbers, releases);
            let text = match kind {
                Kind::Type => format!("Kimai {which} has another type: that of {decides} is used"),
                Kind::Format => format!("Kimai {which} writes it in another way: that of {decides} is used"),
                Kind::Response => format!("Kimai {which} does not declare the response: that of {decides} is used"),
            };
            Note { pointer, text }
        };
        self.0.into_iter().map(note).collect()
    }
}

/// The releases in words, such as `2.0.0, 2.4.0 to 2.7.0`.
fn which(numbers: &BTreeSet<usize>, releases: &[&Release]) -> String {
    let numbers: Vec<usize> = numbers.iter().copied().collect();
    let runs = numbers.chunk_by(|before, now| before + 1 == *now).filter_map(|run| {
        let (first, last) = (releases.get(*run.first()?)?, releases.get(*run.last()?)?);
        Some(if run.len() == 1 { first.to_string() } else { format!("{first} to {last}") })
    });
    runs.collect::<Vec<_>>().join(", ")
}
