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
use crate::terminal;

/// The file that counts without an option, in the current folder.
const FILE: &str = ".kimai-diff.yaml";

/// What a file sets.
#[derive(Default)]
pub(super) struct Severities(BTreeMap<String, Setting>);

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
            None if Path::new(FILE).exists() => Self::read(Path::new(FILE)),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, Error> {
        let expected = "a YAML list of {id, severity, reason}";
        let text = fs::read_to_string(path).map_err(Error::read(path, expected))?;
        terminal::detail("reading", path.display());
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
        Ok(Self(by_rule))
    }

    /// Gives the changes their severities, and puts the worst first. Counts what it hides by reason.
    pub(super) fn apply(&self, changes: &mut Vec<Change>, hidden: &mut BTreeMap<String, usize>) {
        changes.retain_mut(|change| match self.0.get(&change.id()) {
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
