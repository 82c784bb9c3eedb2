//! History that the documents of releases do not show.

use serde::Deserialize;

use super::{History, Subject};
use crate::{Error, Release, yaml};

/// The history file `specs/history.yaml`.
#[derive(Clone, Debug)]
pub struct Known {
    /// The oldest release that the client supports.
    pub floor: Release,
    /// Releases that added something, between two releases with a document.
    pub exact: Vec<Exact>,
}

/// The release that added something.
#[derive(Clone, Debug)]
pub struct Exact {
    /// The subject, as [`Subject`] writes it.
    pub what: String,
    /// The first release that has it.
    pub since: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    floor: String,
    #[serde(default)]
    exact: Vec<RawExact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExact {
    what: String,
    since: String,
}

impl Known {
    /// Reads the YAML file.
    ///
    /// # Errors
    ///
    /// Returns an error if the text has another shape, or a release is invalid.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let wrong = |problem: String| Error::HistoryFile { file: file.to_owned(), problem };
        let raw: Raw = yaml::read(file, text).map_err(|error| wrong(error.message()))?;
        let release = |text: &str| text.parse::<Release>().map_err(|error| wrong(error.to_string()));
        let exact = |raw: &RawExact| Ok(Exact { what: raw.what.clone(), since: release(&raw.since)? });
        Ok(Self { floor: release(&raw.floor)?, exact: raw.exact.iter().map(exact).collect::<Result<_, Error>>()? })
    }
}

impl Exact {
    /// Corrects the beginning of the life. It has to lie between the last release without the subject and the first
    /// one with it.
    pub(super) fn apply(&self, history: &mut History) -> Result<(), Error> {
        let wrong = |problem: String| Error::HistoryEntry { what: self.what.clone(), problem };
        let subject: Option<Subject> = history.find(&self.what).map(|(subject, _)| subject.clone());
        let life = subject.as_ref().and_then(|subject| history.lives.get_mut(subject));
        let life = life.ok_or_else(|| wrong("no release has it; correct the name, or delete the entry".to_owned()))?;
        let Some(first) = life.spans.first_mut() else { return Ok(()) };
        let before = history.releases.iter().rev().find(|release| **release < first.since);
        if self.since > first.since || before.is_some_and(|before| self.since <= *before) {
            let before = before.map_or_else(|| "the beginning".to_owned(), ToString::to_string);
            let problem = format!(
                "not added in {}, but after {before} and at the latest in {}; correct or delete the entry",
                self.since, first.since
            );
            return Err(wrong(problem));
        }
        if let Some(required) = life.required.first_mut().filter(|required| required.since == first.since) {
            required.since = self.since.clone();
        }
        first.since = self.since.clone();
        Ok(())
    }
}
