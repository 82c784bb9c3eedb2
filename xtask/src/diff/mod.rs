//! `cargo xtask diff`: what changed between two documents.

mod github;
mod html;
mod ignore;
mod json;
mod lines;
mod markdown;
pub(crate) mod page;
mod report;
mod rules;
mod sarif;
mod severities;
mod side;
mod sources;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::diff::{Change, Effect, Severity, add_rust_effects, compare, compare_with, retain_used};
use codegen::document::{KnownParts, Overlay};
use codegen::surface::Surface;
use serde_json::Value;

use crate::command_line::{help, server};
use crate::error::Error;
use crate::exit;
use crate::index::Index;
use crate::own;
use crate::source::{SaidBy, Source};
use crate::terminal;
use crate::workspace::Workspace;
use ignore::Ignored;
pub(crate) use report::in_line;
use report::{Report, UsedBy, of_path, resource, worst};
use severities::Severities;
use side::{Context, Side};

/// Clap would write both documents as optional, since `--list-rules` needs none.
const USAGE: &str = "\
cargo xtask diff [OPTIONS] <OLD> <NEW>
       cargo xtask diff --list-rules";

#[derive(clap::Args)]
#[command(after_help = help::diff(), override_usage = USAGE)]
pub(crate) struct Arguments {
    /// Older document: a release in specs/, a JSON or YAML file, REVISION:FILE as git has it, - for standard input, or the
    /// URL of a running Kimai.
    #[arg(value_name = "OLD", required_unless_present = "list_rules")]
    old: Option<String>,

    /// Newer document, in the same forms.
    #[arg(value_name = "NEW", required_unless_present = "list_rules")]
    new: Option<String>,

    /// Output format.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Exit with 1 if there is a change of this severity or worse.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,

    /// Show only changes that affect operations of this resource, such as timesheets; can be repeated.
    #[arg(long, value_name = "RESOURCE")]
    only: Vec<String>,

    /// Show only changes that affect the Rust crate in this folder, which uses the client.
    #[arg(long, value_name = "DIR")]
    used_by: Option<PathBuf>,

    /// Hide the changes listed in this YAML file: a list of {id, subject, reason}, where subject is optional; subjects
    /// are as in a report without --used-by.
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,

    /// Take the severities of rules from this YAML file: a list of {id, severity, reason} [default: .kimai-diff.yaml, if
    /// the current folder has it].
    #[arg(long, value_name = "FILE")]
    severities: Option<PathBuf>,

    /// List all rules with their severities and meanings, as text or with --format json.
    #[arg(long, conflicts_with_all = ["old", "new"])]
    list_rules: bool,

    /// Leave out what no release in specs/ has, such as what plugins add.
    #[arg(long)]
    without_plugins: bool,

    /// Also show changes that clients rarely notice: error responses, operation ids and tags, renamed schemas, and
    /// changes of the client only.
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    server: server::ServerOptions,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
    Html,
    /// Annotations in the log of a GitHub workflow.
    Github,
    /// SARIF 2.1.0, for GitHub code scanning and editors.
    Sarif,
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

impl Arguments {
    pub(crate) fn names_server(&self) -> bool {
        [&self.old, &self.new].into_iter().flatten().any(|spec| server::is_url(spec))
    }
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    if arguments.list_rules {
        terminal::print(listed(arguments.format)?);
        return Ok(ExitCode::SUCCESS);
    }
    let report = report(workspace, arguments)?;
    terminal::print(written(&report, arguments.format)?);
    // What is listed only on request is no reason to fail.
    let is_met = |level: Level| {
        let mut changes = report.changes.iter().filter(|change| !change.is_quiet());
        changes.any(|change| change.severity() >= level.severity())
    };
    Ok(exit::found(arguments.fail_on.is_some_and(is_met)))
}

/// The rules.
fn listed(format: Format) -> Result<String, Error> {
    match format {
        Format::Text => Ok(rules::text()),
        Format::Json => rules::json(),
        _ => Err(Error::ListFormat),
    }
}

fn written(report: &Report, format: Format) -> Result<String, Error> {
    Ok(match format {
        Format::Text => text::render(report, terminal::has_colors(&io::stdout())),
        Format::Markdown => markdown::render(report),
        Format::Json => json::render(report)?,
        Format::Html => html::render(report),
        Format::Github => github::render(report),
        Format::Sarif => sarif::render(report)?,
    })
}

fn report(workspace: &Workspace, arguments: &Arguments) -> Result<Report, Error> {
    // Both are there, unless the rules are listed.
    let (old, new) = (arguments.old.as_deref().unwrap_or_default(), arguments.new.as_deref().unwrap_or_default());
    if old == "-" && new == "-" {
        return Err(Error::InputTwice);
    }
    let severities = Severities::find(arguments.severities.as_deref())?;
    let ignored = arguments.ignore.as_deref().map(Ignored::read).transpose()?.unwrap_or_default();
    let index = Index::read(workspace)?;
    let find = |spec| Source::find(workspace, &index, spec, None, &arguments.server);
    let (old, new) = (find(old)?, find(new)?);
    let is_own = [&old, &new].iter().any(|source| source.said_by != SaidBy::Snapshot);
    let parts = if is_own { own::parts(workspace, &index)? } else { KnownParts::new() };
    let overlays = workspace.overlays()?;
    let without_plugins = arguments.without_plugins;
    let context = Context { overlays: &overlays, index: &index, parts: &parts, without_plugins };
    let (old, new) = Side::both(old, new, &context)?;
    for side in [&old, &new] {
        for note in &side.notes {
            let text = format!("{}: {}: {}", side.name, note.pointer, note.text);
            terminal::note(report::in_line(&text));
        }
    }
    let mut changes = changes(&old, &new);
    for entry in ignored.idle(&changes) {
        terminal::note(format_args!("no change matches {}, which the --ignore file lists", report::in_line(&entry)));
    }
    // Before subjects are those of one program: entries mean what the report of all changes says.
    let mut left_out = BTreeMap::new();
    changes.retain(|change| match ignored.reason(change) {
        Some(reason) => {
            *left_out.entry(reason.to_owned()).or_default() += 1;
            false
        }
        None => true,
    });
    severities.apply(&mut changes, &mut left_out);
    let used_by = match &arguments.used_by {
        Some(folder) => Some(only_used(&mut changes, &old, &new, folder)?),
        None => None,
    };
    if !arguments.only.is_empty() {
        check_resources(&arguments.only, &[&old, &new])?;
        // What has no operations is about all of them.
        let is_of = |operation: &String| arguments.only.contains(&resource(operation));
        changes.retain(|change| change.operations.is_empty() || change.operations.iter().any(is_of));
    }
    let quiet = if arguments.all { 0 } else { without_quiet(&mut changes) };
    // A page has those of the client, and shows them when that is asked there.
    let hides = !arguments.all && !matches!(arguments.format, Format::Html);
    let hidden = if hides { without_client(&mut changes) } else { (0, Effect::None) };
    let file = new.file.as_deref().and_then(|file| workspace.in_repository(file));
    let severities = severities.file().map(str::to_owned);
    Ok(Report { old, new, used_by, changes, file, hidden, quiet, ignored: left_out, severities })
}

/// The first line of the report on two snapshots.
pub(crate) fn headline(old: Source, new: Source, index: &Index, overlays: &[Overlay]) -> Result<String, Error> {
    let context = Context { overlays, index, parts: &KnownParts::new(), without_plugins: false };
    let (old, new) = Side::both(old, new, &context)?;
    let mut changes = changes(&old, &new);
    let quiet = without_quiet(&mut changes);
    let hidden = without_client(&mut changes);
    let ignored = BTreeMap::new();
    let report = Report { old, new, used_by: None, changes, file: None, hidden, quiet, ignored, severities: None };
    Ok(report.headline())
}

/// All changes, with what they do to the client where both documents have one.
fn changes(old: &Side, new: &Side) -> Vec<Change> {
    match (&old.client, &new.client) {
        (Ok(before), Ok(after)) => {
            let mut changes = compare_with(&old.value, &new.value, [before, after]);
            add_rust_effects(&mut changes, before, after);
            changes
        }
        _ => compare(&old.value, &new.value),
    }
}

/// Takes away what is listed only on request; returns how much that is.
fn without_quiet(changes: &mut Vec<Change>) -> usize {
    let all = changes.len();
    changes.retain(|change| !change.is_quiet() || change.severity() == Severity::None);
    all - changes.len()
}

/// Takes away what does not affect requests and responses; returns how much that is, and what it does to the client.
fn without_client(changes: &mut Vec<Change>) -> (usize, Effect) {
    let (shown, others): (Vec<Change>, _) =
        std::mem::take(changes).into_iter().partition(|change| change.severity() > Severity::None);
    *changes = shown;
    let others: Vec<Change> = others;
    (others.len(), worst(&others))
}

/// Keeps the changes that a program meets.
fn only_used(changes: &mut Vec<Change>, old: &Side, new: &Side, folder: &Path) -> Result<UsedBy, Error> {
    let operations = retain_used(changes, client(old)?, client(new)?, &sources::usage(folder)?);
    if operations == 0 {
        return Err(Error::NoUse { folder: folder.to_owned() });
    }
    Ok(UsedBy { folder: folder.display().to_string(), operations })
}

fn client(side: &Side) -> Result<&Surface, Error> {
    side.client.as_ref().map_err(|error| Error::NoClient { name: side.name.clone(), problem: error.to_string() })
}

/// A name that no document has was mistyped.
fn check_resources(names: &[String], sides: &[&Side]) -> Result<(), Error> {
    let paths = sides.iter().filter_map(|side| side.value.get("paths")).filter_map(Value::as_object);
    let known: BTreeSet<String> = paths.flat_map(|paths| paths.keys()).map(|path| of_path(path)).collect();
    match names.iter().find(|name| !known.contains(*name)) {
        Some(name) => Err(Error::UnknownResource { name: name.clone(), known: known.into_iter().collect() }),
        None => Ok(()),
    }
}
