//! The releases that a document is compared with.

use super::{KnownParts, Part};
use crate::{Pointer, Release};

/// A release.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) release: Release,
    at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Snapshot(usize),
    /// Between this snapshot and the next one.
    After(usize),
}

impl Candidate {
    /// Whether the release has the part; nothing if that is not known.
    pub(super) fn has(&self, part: &Part) -> Option<bool> {
        match self.at {
            At::Snapshot(snapshot) => Some(part.is_in(snapshot)),
            At::After(snapshot) => match (part.is_in(snapshot), part.is_in(snapshot + 1)) {
                (before, after) if before == after => Some(before),
                (false, true) => part.since.as_ref().map(|since| *since <= self.release),
                _ => None,
            },
        }
    }

    /// Whether the release has no document of its own.
    pub(super) fn is_between(&self) -> bool {
        matches!(self.at, At::After(_))
    }
}

impl KnownParts {
    /// Says the release that added a part, where two snapshots tell it less exactly. The place is a JSON pointer, in
    /// which a parameter is written as `in` and `name`: `/paths/~1api~1tags/get/parameters/query name`. Returns whether
    /// a snapshot has the place.
    pub fn date(&mut self, place: &Pointer, since: &Release) -> bool {
        let tokens = place.as_str().split('/').skip(1);
        let way: Vec<String> = tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
        let Some(part) = self.root.find_mut(&way) else { return false };
        part.since = Some(since.clone());
        self.dates.insert(since.clone());
        true
    }

    /// The releases of the snapshots, and those that the history file dates, the oldest first.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for (snapshot, releases) in self.snapshots.iter().enumerate() {
            let of_snapshot = |release: &Release| Candidate { release: release.clone(), at: At::Snapshot(snapshot) };
            candidates.extend(releases.iter().map(of_snapshot));
            let next = self.snapshots.get(snapshot + 1).and_then(|releases| releases.first());
            let (Some(last), Some(next)) = (releases.last(), next) else { continue };
            let between = self.dates.iter().filter(|date| *date > last && *date < next);
            candidates.extend(between.map(|date| Candidate { release: date.clone(), at: At::After(snapshot) }));
        }
        candidates
    }
}
