//! Which release has which parts of the API, from the models of all releases.
//!
//! An operation that returns only status 410 counts as absent.

mod changelog;
mod exact;
mod life;
mod observe;
mod places;
mod sent;
mod spelling;
mod stored;
mod subject;
mod unite;

pub use changelog::{Change, Event, Kind, ReleaseChanges};
pub use exact::{Exact, Known};
pub use life::{Life, Span, covers};
pub(crate) use life::{union, without};
pub(crate) use observe::names;
pub use sent::{Sent, sent};
pub use spelling::{Named, Spelling, Way, of_parameter};
pub use subject::Subject;
pub use unite::unite;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::api::Api;
use crate::{Error, Release};

/// When each part of the API was there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    releases: Vec<Release>,
    lives: BTreeMap<Subject, Life>,
    spellings: BTreeMap<Named, Vec<(Span, Spelling)>>,
}

impl History {
    /// Compares the models of all releases, the oldest first, and takes what is known more exactly than the releases
    /// with a document tell.
    ///
    /// # Errors
    ///
    /// Returns an error if an entry of the history file contradicts the documents, or matches nothing in them.
    pub fn new(apis: &[(Release, Arc<Api>)], known: &Known) -> Result<Self, Error> {
        let releases: Vec<Release> = apis.iter().map(|(release, _)| release.clone()).collect();
        let mut observed: BTreeMap<Subject, Vec<(usize, observe::Observed)>> = BTreeMap::new();
        for (index, (_, api)) in apis.iter().enumerate() {
            observe::all(api, &mut |subject, what| {
                let sightings = observed.entry(subject).or_default();
                // The same type may be met twice in a release.
                if sightings.last().is_none_or(|(last, _)| *last != index) {
                    sightings.push((index, what));
                }
            });
        }
        let lives = observed.into_iter().map(|(subject, sightings)| (subject, Life::new(&sightings, &releases)));
        let lives = lives.collect();
        let spellings = spelling::of_all(apis, &releases);
        let mut history = Self { releases, lives, spellings };
        for exact in &known.exact {
            exact.apply(&mut history)?;
        }
        Ok(history)
    }

    /// Adds what the document of a server of this release has, beside the models of all releases.
    ///
    /// From its release on, the server has what its document has. What no release has, such as the parts that a plugin
    /// adds, gets no life: when it exists is not known.
    pub fn add_own(&mut self, release: &Release, api: &Api) {
        let is_known = |life: &&mut Life| !life.covers(release);
        observe::all(api, &mut |subject, _| {
            if let Some(life) = self.lives.get_mut(&subject).filter(is_known) {
                life.extend_from(release);
            }
        });
        for (named, spelling) in spelling::of_one(api) {
            let Some(known) = self.spellings.get_mut(&named) else { continue };
            if known.iter().all(|(span, other)| *other != spelling || !span.covers(release)) {
                spelling::set_from(known, release, spelling);
            }
        }
    }

    /// The releases that were compared, the oldest first.
    #[must_use]
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// When the subject was there; nothing for what no release has.
    #[must_use]
    pub fn life(&self, subject: &Subject) -> Option<&Life> {
        self.lives.get(subject)
    }

    /// When at least one of the subjects was there.
    #[must_use]
    pub fn spans(&self, subjects: &[Subject]) -> Vec<Span> {
        let lives = subjects.iter().filter_map(|subject| self.lives.get(subject));
        life::union(lives.flat_map(|life| life.spans.iter().cloned()))
    }

    /// How the releases write what has this name in Rust, the oldest first.
    #[must_use]
    pub fn spellings(&self, named: &Named) -> &[(Span, Spelling)] {
        self.spellings.get(named).map_or(&[], Vec::as_slice)
    }

    /// The subject that is written so, in which parameters of paths may have names; nothing for what no release has.
    #[must_use]
    pub fn find(&self, what: &str) -> Option<(&Subject, &Life)> {
        self.lives.iter().find(|(subject, _)| subject.is_written(what))
    }

    /// All subjects, in their order.
    pub fn lives(&self) -> impl Iterator<Item = (&Subject, &Life)> {
        self.lives.iter()
    }
}

#[cfg(test)]
mod tests;
