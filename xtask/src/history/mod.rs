//! `cargo xtask history`: which releases have which parts of the API.

mod html;
mod json;
mod lines;
mod markdown;
pub(crate) mod page;
pub(crate) mod stored;
mod table;
mod text;

use std::process::ExitCode;

use codegen::Release;
use codegen::history::{History, ReleaseChanges, Subject};

use crate::command_line::help;
use crate::error::Error;
use crate::index::Index;
use crate::models;
use crate::similar;
use crate::terminal;
use crate::workspace::Workspace;
use table::Members;

/// How many similar types a message names.
const MOST_SIMILAR: usize = 5;

#[derive(clap::Args)]
#[command(after_help = help::history())]
pub(crate) struct Arguments {
    /// Show the properties or values of this type of the client instead of the operations.
    #[arg(long, value_name = "TYPE", conflicts_with = "since")]
    fields: Option<String>,

    /// Show what each release changed, from this one on, newest first.
    #[arg(long, value_name = "RELEASE")]
    since: Option<Release>,

    /// Output format.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
    Html,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let index = Index::read(workspace)?;
    if index.snapshots.is_empty() {
        return Err(Error::NoSnapshot);
    }
    let history = stored::of_all_releases(workspace, &index, &workspace.overlay_texts()?, &models::known(workspace)?)?;
    let text = match (&arguments.fields, &arguments.since) {
        (Some(ty), _) => {
            let members = members(&history, ty)?;
            match arguments.format {
                Format::Text => text::members(&history, &members),
                Format::Markdown => markdown::members(&members),
                Format::Json => json::members(&history, &members)?,
                Format::Html => html::members(&history, &members),
            }
        }
        (None, Some(since)) => {
            check_since(&index, &history, since)?;
            let changes = changes_since(&history, since);
            match arguments.format {
                Format::Text => text::changelog(&changes, since),
                Format::Markdown => markdown::changelog(&changes, 2),
                Format::Json => json::changelog(&changes, since)?,
                Format::Html => html::changelog(&changes, since),
            }
        }
        (None, None) => {
            let operations = table::operations(&history);
            match arguments.format {
                Format::Text => text::operations(&history, &operations),
                Format::Markdown => markdown::operations(&operations),
                Format::Json => json::operations(&history, &operations)?,
                Format::Html => html::operations(&history, &operations),
            }
        }
    };
    terminal::print(text);
    Ok(ExitCode::SUCCESS)
}

fn members<'a>(history: &'a History, ty: &str) -> Result<Members<'a>, Error> {
    let types = history.lives().filter_map(|(subject, _)| match subject {
        Subject::Type(name) => Some(name.as_str()),
        _ => None,
    });
    Members::of(history, ty)
        .ok_or_else(|| Error::UnknownType { name: ty.to_owned(), similar: similar::names(ty, types, MOST_SIMILAR) })
}

/// A release that nobody knows was mistyped, or is not in specs/ yet.
fn check_since(index: &Index, history: &History, since: &Release) -> Result<(), Error> {
    let mut releases = history.releases().to_vec();
    releases.extend(history.changelog().into_iter().map(|changes| changes.release));
    if releases.contains(since) {
        return Ok(());
    }
    let older = releases.iter().filter(|release| *release < since).max();
    let newer = releases.iter().filter(|release| *release > since).min();
    let near = older.into_iter().chain(newer).map(Release::to_string).collect();
    Err(Error::UnknownSince { since: since.clone(), known: index.releases(), near })
}

/// The changes of the release and of all newer ones, the newest first.
fn changes_since(history: &History, since: &Release) -> Vec<ReleaseChanges> {
    let mut changes = history.changelog();
    changes.retain(|changes| changes.release >= *since);
    changes.reverse();
    changes
}
