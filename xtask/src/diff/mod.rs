//! `cargo xtask diff`: what changed between two documents.

mod html;
mod ignore;
mod json;
mod markdown;
pub(crate) mod page;
mod side;
mod sources;
mod text;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use codegen::diff::{Change, Effect, RustEffect, Severity, add_rust_effects, compare, retain_used};

use serde::Serialize;

use crate::error::Error;
use crate::index::Index;
use crate::server;
use crate::source::Source;
use crate::workspace::Workspace;
use ignore::Ignored;
use side::Side;

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

    /// Only changes that a Rust crate meets which uses the client: the folder of its sources.
    #[arg(long, value_name = "DIR")]
    used_by: Option<PathBuf>,

    /// Leave out what this file lists, YAML: a list of {id, subject, reason}, where subject may be left out.
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,

    /// Also what does not show on the wire: names of schemas, and what changes in the client alone.
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    server: server::Options,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
    Html,
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

/// The crate of which only the changes are reported that it meets.
#[derive(Serialize)]
struct UsedBy {
    folder: String,
    /// How many operations of the client it calls.
    operations: usize,
}

/// What there is to report.
pub(crate) struct Report {
    old: Side,
    new: Side,
    used_by: Option<UsedBy>,
    changes: Vec<Change>,
    /// Changes that do not show on the wire and were not asked for: how many, and what they do to the client.
    hidden: (usize, Effect),
    /// How many were left out, by the reason for it.
    ignored: BTreeMap<String, usize>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> ExitCode {
    let done = report(workspace, arguments).and_then(|report| Ok((written(&report, arguments.format)?, report)));
    let (text, report) = match done {
        Ok(done) => done,
        Err(error) => {
            error.print();
            return ExitCode::from(UNREADABLE);
        }
    };
    // Who closed the pipe has read enough.
    let _ = io::stdout().write_all(text.as_bytes());
    let is_met = |level: Level| report.changes.iter().any(|change| change.severity >= level.severity());
    if arguments.fail_on.is_some_and(is_met) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn written(report: &Report, format: Format) -> Result<String, Error> {
    Ok(match format {
        Format::Text => text::render(report, io::stdout().is_terminal()),
        Format::Markdown => markdown::render(report),
        Format::Json => json::render(report)?,
        Format::Html => html::render(report),
    })
}

fn report(workspace: &Workspace, arguments: &Arguments) -> Result<Report, Error> {
    if arguments.old == "-" && arguments.new == "-" {
        return Err(Error::InputTwice);
    }
    let ignored = arguments.ignore.as_deref().map(Ignored::read).transpose()?.unwrap_or_default();
    let index = Index::read(workspace)?;
    let newest = index.newest().map(|(release, _)| release).ok_or(Error::NoSnapshot)?;
    let find = |spec| Source::find(workspace, &index, spec, None, &arguments.server);
    let (old, new) = Side::both(find(&arguments.old)?, find(&arguments.new)?, &workspace.overlays()?, &newest)?;
    let mut changes = compare(&old.value, &new.value);
    if let (Ok(before), Ok(after)) = (&old.client, &new.client) {
        add_rust_effects(&mut changes, before, after);
    }
    let mut used_by = None;
    if let Some(folder) = &arguments.used_by {
        let clients = match (&old.client, &new.client) {
            (Ok(before), Ok(after)) => (before, after),
            (Err(error), _) => return Err(Error::NoClient { name: old.name.clone(), problem: error.to_string() }),
            (_, Err(error)) => return Err(Error::NoClient { name: new.name.clone(), problem: error.to_string() }),
        };
        let operations = retain_used(&mut changes, clients.0, clients.1, &sources::usage(folder)?);
        if operations == 0 {
            return Err(Error::NoUse { folder: folder.clone() });
        }
        used_by = Some(UsedBy { folder: folder.display().to_string(), operations });
    }
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
    let mut hidden = (0, Effect::None);
    // A page has all of them, and shows them when that is asked there.
    if !arguments.all && !matches!(arguments.format, Format::Html) {
        let (shown, others) = changes.into_iter().partition(|change| change.severity > Severity::None);
        changes = shown;
        let others: Vec<Change> = others;
        hidden = (others.len(), worst(&others));
    }
    Ok(Report { old, new, used_by, changes, hidden, ignored: left_out })
}

/// The worst that changes do to the client.
fn worst(changes: &[Change]) -> Effect {
    let effects = changes.iter().filter_map(|change| change.rust.as_ref()).map(RustEffect::effect);
    effects.max().unwrap_or(Effect::None)
}

impl Report {
    /// What is compared, and for whom.
    fn title(&self) -> String {
        let title = format!("{} → {}", self.old.title(), self.new.title());
        match &self.used_by {
            Some(UsedBy { folder, operations: 1 }) => format!("{title} for {folder}, which calls 1 operation"),
            Some(UsedBy { folder, operations }) => format!("{title} for {folder}, which calls {operations} operations"),
            None => title,
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.changes.iter().filter(|change| change.severity == severity).count()
    }

    /// `2 breaking, 1 warning, 3 info; Rust: major`.
    fn summary(&self) -> String {
        let shown = Severity::ALL.iter().rev().filter(|severity| {
            // Nobody misses what does not show on the wire.
            **severity != Severity::None || self.count(**severity) > 0
        });
        let counts: Vec<String> =
            shown.map(|severity| format!("{} {}", self.count(*severity), severity.as_str())).collect();
        let effect = self.effect().map_or("not known", Effect::as_str);
        format!("{}; Rust: {effect}", counts.join(", "))
    }

    /// The worst that happens to the client; nothing where that is not known.
    fn effect(&self) -> Option<Effect> {
        self.unknown().is_none().then(|| worst(&self.changes).max(self.hidden.1))
    }

    /// Why nothing is known of the client: the document of which there can be none, and what is wrong with it.
    fn unknown(&self) -> Option<String> {
        let side = [&self.old, &self.new];
        let problem = |side: &&Side| side.client.as_ref().err().map(|error| format!("{}: {error}", side.name));
        side.iter().find_map(problem)
    }

    /// What is not shown, in a sentence.
    fn hidden(&self) -> Option<String> {
        let (count, effect) = self.hidden;
        let what = match count {
            0 => return None,
            1 => "1 change does".to_owned(),
            count => format!("{count} changes do"),
        };
        Some(format!("{what} not show on the wire (Rust: {}); --all lists what", effect.as_str()))
    }
}

/// What stands above the changes of a severity.
fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::None => "not on the wire",
        severity => severity.as_str(),
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
