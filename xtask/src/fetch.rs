//! `cargo xtask fetch`: an API document becomes the snapshot of a release.

use std::path::PathBuf;
use std::process::ExitCode;

use codegen::document::Canonical;
use codegen::{Release, document};

use crate::command_line::{help, server as options};
use crate::count::counted;
use crate::differences::differences;
use crate::error::Error;
use crate::server;
use crate::snapshots::Snapshots;
use crate::terminal::report;
use crate::workspace::{Workspace, document_name, read_document};

#[derive(clap::Args)]
#[command(after_help = help::fetch())]
pub(crate) struct Arguments {
    /// URL of a running Kimai, as of its start page.
    #[arg(conflicts_with = "from")]
    url: Option<String>,

    /// File with the API document (JSON, YAML or the saved API page), or - for standard input.
    #[arg(long, value_name = "FILE|-", requires = "kimai")]
    from: Option<PathBuf>,

    /// Release of Kimai that the document comes from, such as 2.65.0; a running server reports it.
    #[arg(long, value_name = "RELEASE")]
    kimai: Option<Release>,

    /// Replace a different snapshot of the same release.
    #[arg(long)]
    replace: bool,

    #[command(flatten)]
    server: options::ServerOptions,
}

impl Arguments {
    pub(crate) fn names_server(&self) -> bool {
        self.url.is_some()
    }
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let (bytes, name, release) = document(arguments)?;
    take(workspace, &bytes, &name, &release, arguments.replace)
}

/// The document, what messages call it, and its release.
fn document(arguments: &Arguments) -> Result<(Vec<u8>, String, Release), Error> {
    match (&arguments.url, &arguments.from, &arguments.kimai) {
        (Some(url), _, kimai) => {
            let fetched = server::fetch(url, kimai.as_ref(), &arguments.server)?;
            Ok((fetched.bytes, fetched.name, fetched.release))
        }
        (None, Some(from), Some(kimai)) => Ok((
            read_document(from, "an API document (JSON, YAML or the saved API page)")?,
            document_name(from),
            kimai.clone(),
        )),
        (None, ..) => Err(Error::NoDocument),
    }
}

/// Makes a document the snapshot of a release.
fn take(workspace: &Workspace, bytes: &[u8], name: &str, release: &Release, replace: bool) -> Result<ExitCode, Error> {
    let canonical = document::canonical(bytes).map_err(|source| Error::Document { name: name.to_owned(), source })?;
    let mut snapshots = Snapshots::read(workspace)?;
    match snapshots.of(release) {
        // The same document in another spelling: the first source stays on record.
        Some(existing) if existing == canonical.json => {}
        Some(existing) if !replace => {
            let differences = differences(existing, &canonical.json);
            return Err(Error::SnapshotExists { release: release.clone(), differences });
        }
        _ => snapshots.insert(release, bytes, &canonical),
    }
    let index = snapshots.write(workspace)?;

    report_read(name, bytes, &canonical);
    if let Some(snapshot) = index.find(release) {
        let shared = if snapshot.release == release.as_str() { "" } else { " (no changes since then)" };
        report!("snapshot   {}{shared}", workspace.shown(&snapshot.path(workspace)).display());
    }
    report_contents(&canonical);
    report!("next       cargo xtask regenerate");
    Ok(ExitCode::SUCCESS)
}

/// What was read, and what was done to it.
pub(crate) fn report_read(name: &str, bytes: &[u8], canonical: &Canonical) {
    report!("read       {name} ({}, {} bytes)", canonical.declared, bytes.len());
    for repair in &canonical.repairs {
        report!("repaired   {} × {}: {}", repair.count, repair.name, repair.reason);
    }
    for note in &canonical.notes {
        report!("note       {}: {}", note.pointer, note.text);
    }
}

/// How much there is in a snapshot.
pub(crate) fn report_contents(canonical: &Canonical) {
    let operations = counted(canonical.operations, "operation", "operations");
    report!("contains   {operations}, {}", counted(canonical.schemas, "schema", "schemas"));
}
