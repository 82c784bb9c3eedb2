//! The report for programs: `diff.schema.json` says what there is in it.

use codegen::diff::{Change, Effect, RustEffect, Severity};
use serde::Serialize;

use super::report::{Report, UsedBy};
use super::side::Side;
use crate::error::Error;

/// The number of the format, which grows if a property is removed or changes its meaning.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Json<'a> {
    format: u32,
    old: Document<'a>,
    new: Document<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_by: Option<&'a UsedBy>,
    /// The file that sets severities.
    #[serde(skip_serializing_if = "Option::is_none")]
    severities: Option<&'a str>,
    summary: Summary,
    changes: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    name: &'a str,
    release: Option<&'a str>,
}

#[derive(Serialize)]
struct Summary {
    breaking: usize,
    warning: usize,
    info: usize,
    none: usize,
    ignored: usize,
    hidden: usize,
    rust: Option<&'static str>,
    rust_unknown: Option<String>,
}

#[derive(Serialize)]
struct One<'a> {
    id: String,
    severity: &'static str,
    /// The severity of the rule, if a file sets another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    usual_severity: Option<&'static str>,
    rust: Option<&'static str>,
    rust_changes: Vec<&'a str>,
    subject: String,
    places: Vec<String>,
    old_pointers: Vec<&'a str>,
    new_pointers: Vec<&'a str>,
    operations: &'a [String],
    old: Option<&'a str>,
    new: Option<&'a str>,
    message: String,
}

pub(super) fn render(report: &Report) -> Result<String, Error> {
    let json = Json {
        format: FORMAT,
        old: document(&report.old),
        new: document(&report.new),
        used_by: report.used_by.as_ref(),
        severities: report.severities.as_deref(),
        summary: Summary {
            breaking: report.count(Severity::Breaking),
            warning: report.count(Severity::Warning),
            info: report.count(Severity::Info),
            none: report.count(Severity::None),
            ignored: report.ignored.values().sum(),
            hidden: report.hidden.0 + report.quiet,
            rust: report.effect().map(Effect::as_str),
            rust_unknown: report.unknown(),
        },
        changes: report.changes.iter().map(one).collect(),
    };
    let text = serde_json::to_string_pretty(&json).map_err(|source| Error::Json { source })?;
    Ok(text + "\n")
}

fn document(side: &Side) -> Document<'_> {
    Document { name: &side.name, release: side.release.as_ref().map(codegen::Release::as_str) }
}

fn one(change: &Change) -> One<'_> {
    let [old_pointers, new_pointers] = &change.pointers;
    let usual = change.default_severity();
    One {
        id: change.id(),
        severity: change.severity().as_str(),
        usual_severity: (change.severity() != usual).then_some(usual.as_str()),
        rust: change.rust.as_ref().map(|rust| rust.effect().as_str()),
        rust_changes: change.rust.iter().flat_map(RustEffect::words).collect(),
        subject: change.subject(),
        places: change.places(),
        old_pointers: old_pointers.iter().map(String::as_str).collect(),
        new_pointers: new_pointers.iter().map(String::as_str).collect(),
        operations: &change.operations,
        old: change.old.as_deref(),
        new: change.new.as_deref(),
        message: change.message(),
    }
}
