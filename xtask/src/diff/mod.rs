//! `cargo xtask diff`: what changed between two documents.

mod ignore;
mod json;
mod markdown;
mod text;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use codegen::diff::{Change, Severity, compare};
use codegen::{Release, document};
use serde_json::Value;

use crate::error::Error;
use crate::index::Index;
use crate::server;
use crate::source::Source;
use crate::workspace::Workspace;
use ignore::Ignored;

/// The exit code for what could not be read.
const UNREADABLE: u8 = 3;

#[derive(clap::Args)]
#[command(after_help = "\
Exit codes: 0 nothing to report, or --fail-on is not met; 1 changes as --fail-on names them; 2 wrong usage; 3 a document
could not be read.")]
pub(crate) struct Arguments {
    /// The older document: a release of specs/, a file (JSON or YAML), - for standard input, or the address of a
    /// running Kimai.
    #[arg(value_name = "OLD")]
    old: String,

    /// The newer document, of the same kinds.
    #[arg(value_name = "NEW")]
    new: String,

    /// How to report.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Exit with 1 if there is such a change, or a worse one.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,

    /// Only changes that reach operations of this resource, such as timesheets.
    #[arg(long, value_name = "RESOURCE")]
    only: Vec<String>,

    /// Leave out what this file lists, YAML: a list of {id, subject, reason}, where subject may be left out.
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,

    #[command(flatten)]
    server: server::Options,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Level {
    Breaking,
    Warning,
    Any,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Self::Breaking => Severity::Breaking,
            Self::Warning => Severity::Warning,
            Self::Any => Severity::Info,
        }
    }
}

/// One of the two documents.
pub(crate) struct Side {
    name: String,
    release: Option<Release>,
    value: Value,
}

/// What there is to report.
pub(crate) struct Report {
    old: Side,
    new: Side,
    changes: Vec<Change>,
    /// How many were left out, by the reason for it.
    ignored: BTreeMap<String, usize>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> ExitCode {
    let report = match report(workspace, arguments) {
        Ok(report) => report,
        Err(error) => {
            error.print();
            return ExitCode::from(UNREADABLE);
        }
    };
    let text = match arguments.format {
        Format::Text => text::render(&report, io::stdout().is_terminal()),
        Format::Markdown => markdown::render(&report),
        Format::Json => json::render(&report),
    };
    // Who closed the pipe has read enough.
    let _ = io::stdout().write_all(text.as_bytes());
    let is_met = |level: Level| report.changes.iter().any(|change| change.severity >= level.severity());
    if arguments.fail_on.is_some_and(is_met) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn report(workspace: &Workspace, arguments: &Arguments) -> Result<Report, Error> {
    if arguments.old == "-" && arguments.new == "-" {
        return Err(Error::InputTwice);
    }
    let ignored = arguments.ignore.as_deref().map(Ignored::read).transpose()?.unwrap_or_default();
    let index = Index::read(workspace)?;
    let old = side(workspace, &index, &arguments.old, &arguments.server)?;
    let new = side(workspace, &index, &arguments.new, &arguments.server)?;
    let mut changes = compare(&old.value, &new.value);
    if !arguments.only.is_empty() {
        let is_of =
            |change: &Change| change.operations.iter().any(|operation| arguments.only.contains(&resource(operation)));
        changes.retain(is_of);
    }
    let mut left_out = BTreeMap::new();
    changes.retain(|change| match ignored.reason(change) {
        Some(reason) => {
            *left_out.entry(reason.to_owned()).or_default() += 1;
            false
        }
        None => true,
    });
    Ok(Report { old, new, changes, ignored: left_out })
}

fn side(workspace: &Workspace, index: &Index, spec: &str, options: &server::Options) -> Result<Side, Error> {
    let source = Source::find(workspace, index, spec, None, options)?;
    let wrong = |error| Error::Document { name: source.name.clone(), source: error };
    let canonical = document::canonical(&source.bytes).map_err(wrong)?;
    let value = serde_json::from_str(&canonical.json).unwrap_or_default();
    Ok(Side { name: source.name.clone(), release: source.release, value })
}

impl Side {
    /// What a reader calls it.
    fn title(&self) -> String {
        self.release.as_ref().map_or_else(|| self.name.clone(), |release| format!("Kimai {release}"))
    }
}

impl Report {
    fn count(&self, severity: Severity) -> usize {
        self.changes.iter().filter(|change| change.severity == severity).count()
    }

    /// `2 breaking, 1 warning, 3 info`.
    fn summary(&self) -> String {
        let counts = [Severity::Breaking, Severity::Warning, Severity::Info]
            .iter()
            .map(|severity| format!("{} {}", self.count(*severity), severity.as_str()));
        counts.collect::<Vec<_>>().join(", ")
    }
}

/// The resource of an operation: `timesheets` of `GET /api/timesheets/{id}`.
fn resource(operation: &str) -> String {
    let path = operation.split_whitespace().nth(1).unwrap_or_default();
    path.trim_start_matches("/api/").split('/').next().unwrap_or_default().to_owned()
}

/// The operations by their resources, each in its order.
fn by_resource(operations: &[String]) -> BTreeMap<String, Vec<&str>> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for operation in operations {
        groups.entry(resource(operation)).or_default().push(operation);
    }
    groups
}
