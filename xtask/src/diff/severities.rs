//! Severities of rules that a file sets, in place of those of the catalogue.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codegen::diff::{Change, Severity};
use codegen::yaml;
use serde::Deserialize;

use super::rules;
use crate::error::Error;
use crate::workspace::read_settings;

/// The file that counts without an option, in the current folder.
const FILE: &str = ".kimai-diff.yaml";

/// What a file sets.
#[derive(Default)]
pub(super) struct Severities {
    /// The name of the file in reports.
    file: String,
    by_rule: BTreeMap<String, Setting>,
}

struct Setting {
    /// Nothing for changes that are hidden.
    severity: Option<Severity>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    severity: String,
    reason: String,
}

impl Severities {
    /// Reads the given file, or the one in the current folder if there is one.
    pub(super) fn find(given: Option<&Path>) -> Result<Self, Error> {
        match given {
            Some(path) => Self::read(path),
            // A link to nothing is an error, and not the same as no file.
            None if fs::symlink_metadata(FILE).is_ok() => Self::read(Path::new(FILE)),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, Error> {
        let text = read_settings(path, "a YAML list of {id, severity, reason}")?;
        let wrong = |problem: String| Error::SeverityFile { path: path.to_owned(), problem };
        let file = path.display().to_string();
        let entries: Vec<Entry> = yaml::read(&file, &text).map_err(|error| wrong(error.message()))?;
        let mut by_rule = BTreeMap::new();
        for Entry { id, severity, reason } in entries {
            rules::check(&id).map_err(wrong)?;
            let severity = parsed(&severity).map_err(|problem| wrong(format!("{problem} for {id}")))?;
            if reason.trim().is_empty() {
                return Err(wrong(format!("the entry for {id} needs a reason")));
            }
            if by_rule.insert(id.clone(), Setting { severity, reason }).is_some() {
                return Err(wrong(format!("two entries for {id}: remove one")));
            }
        }
        Ok(Self { file, by_rule })
    }

    /// The file, if it sets anything.
    pub(super) fn file(&self) -> Option<&str> {
        (!self.by_rule.is_empty()).then_some(self.file.as_str())
    }

    /// Gives the changes their severities, and puts the worst first. Counts what it hides by reason.
    pub(super) fn apply(&self, changes: &mut Vec<Change>, hidden: &mut BTreeMap<String, usize>) {
        changes.retain_mut(|change| match self.by_rule.get(&change.id()) {
            Some(Setting { severity: None, reason }) => {
                *hidden.entry(reason.clone()).or_default() += 1;
                false
            }
            Some(Setting { severity, .. }) => {
                change.assigned = *severity;
                true
            }
            None => true,
        });
        changes.sort_by_key(|change| Reverse(change.severity()));
    }
}

/// The severity; nothing for `ignore`.
fn parsed(text: &str) -> Result<Option<Severity>, String> {
    match text {
        "breaking" => Ok(Some(Severity::Breaking)),
        "warning" => Ok(Some(Severity::Warning)),
        "info" => Ok(Some(Severity::Info)),
        "ignore" => Ok(None),
        other => Err(format!("'{other}' is no severity: use breaking, warning, info or ignore")),
    }
}
