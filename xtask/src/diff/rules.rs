//! The rules by their names: which there are, and which one was meant.

use codegen::diff::{Rule, catalogue};
use serde::Serialize;

use crate::error::Error;
use crate::similar;

/// How many names a message gives.
const MOST: usize = 3;

/// Checks the name of a rule; the error names similar ones.
pub(super) fn check(id: &str) -> Result<(), String> {
    let rules = catalogue();
    if rules.iter().any(|rule| rule.id == id) {
        return Ok(());
    }
    let similar = similar::names(id, rules.iter().map(|rule| rule.id.as_str()), MOST);
    Err(match similar.as_slice() {
        [] => format!("unknown rule '{id}': `cargo xtask diff --list-rules` shows all"),
        names => format!("unknown rule '{id}': similar rules are {}", names.join(", ")),
    })
}

/// All rules, one after the other.
pub(super) fn text() -> String {
    let mut text = String::new();
    for Rule { id, meaning, severity, is_quiet, .. } in catalogue() {
        let only = if is_quiet { " (with --all)" } else { "" };
        text.push_str(&format!("{id}\n    {}{only}: {meaning}\n", severity.as_str()));
    }
    text
}

#[derive(Serialize)]
struct One {
    id: String,
    severity: &'static str,
    /// Whether it is listed with `--all` only.
    all_only: bool,
    meaning: String,
}

/// The same for programs.
pub(super) fn json() -> Result<String, Error> {
    let rules: Vec<One> = catalogue()
        .into_iter()
        .map(|Rule { id, meaning, severity, is_quiet, .. }| One {
            id,
            severity: severity.as_str(),
            all_only: is_quiet,
            meaning,
        })
        .collect();
    let text = serde_json::to_string_pretty(&rules).map_err(|source| Error::Json { source })?;
    Ok(text + "\n")
}
