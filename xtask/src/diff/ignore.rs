//! Changes that are known, and why they do not matter.

use std::path::Path;

use codegen::diff::Change;
use codegen::yaml;
use serde::Deserialize;

use super::rules;
use crate::error::Error;
use crate::workspace::read_settings;

/// What a file lists.
#[derive(Default)]
pub(super) struct Ignored(Vec<Entry>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    subject: Option<String>,
    reason: String,
}

impl Ignored {
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let text = read_settings(path, "a YAML list of {id, subject, reason}")?;
        let wrong = |problem: String| Error::IgnoreFile { path: path.to_owned(), problem };
        let file = path.display().to_string();
        let entries: Vec<Entry> = yaml::read(&file, &text).map_err(|error| wrong(error.message()))?;
        for entry in &entries {
            rules::check(&entry.id).map_err(wrong)?;
            if entry.reason.trim().is_empty() {
                return Err(wrong(format!("the entry for {} needs a reason", entry.id)));
            }
        }
        Ok(Self(entries))
    }

    /// Why a change is ignored; nothing if it is not.
    pub(super) fn reason(&self, change: &Change) -> Option<&str> {
        self.0.iter().find(|entry| entry.is_of(change)).map(|entry| entry.reason.as_str())
    }

    /// The entries that are about none of the changes, as messages call them.
    pub(super) fn idle(&self, changes: &[Change]) -> impl Iterator<Item = String> {
        let idle = self.0.iter().filter(|entry| !changes.iter().any(|change| entry.is_of(change)));
        idle.map(|entry| match &entry.subject {
            Some(subject) => format!("{} of {subject}", entry.id),
            None => entry.id.clone(),
        })
    }
}

impl Entry {
    fn is_of(&self, change: &Change) -> bool {
        self.id == change.id() && self.subject.as_ref().is_none_or(|subject| *subject == change.subject())
    }
}
