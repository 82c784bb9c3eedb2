//! `cargo xtask regenerate`: an API document becomes the generated part of the client.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use codegen::api::{self, Partial};
use codegen::document::{Document, Note};
use codegen::history::{self, History};
use codegen::intake::OverlayText;
use codegen::rust::Files;
use codegen::{Release, document};

use crate::command_line::{help, server};
use crate::count::counted;
use crate::diff::page as rules;
use crate::error::Error;
use crate::exit;
use crate::history::{page, stored};
use crate::index::Index;
use crate::left_out;
use crate::made::Made;
use crate::models::{self, Models};
use crate::output::{self, Difference};
use crate::own::{self, Own};
use crate::plugins;
use crate::readme;
use crate::source::{SaidBy, Source};
use crate::terminal::{report, result};
use crate::workspace::Workspace;

#[derive(clap::Args)]
#[command(after_help = help::regenerate())]
pub(crate) struct Arguments {
    /// API document: a release in specs/, a JSON or YAML file, REVISION:FILE as git has it, - for standard input, or the URL
    /// of a running Kimai [default: all supported releases in specs/].
    #[arg(long, value_name = "RELEASE|FILE|URL")]
    spec: Option<String>,

    /// Release of Kimai that the file comes from, such as 2.65.0 [default: taken from the file name, or guessed from the
    /// document].
    #[arg(long, value_name = "RELEASE")]
    kimai: Option<Release>,

    /// Output folder [default: generated-client/src/generated].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Fail if the document contains an operation or parameter that cannot be generated, instead of leaving it out.
    #[arg(long, requires = "spec")]
    strict: bool,

    /// Generate only what the client does not have, such as operations of plugins, as a module of a crate that depends on
    /// the client.
    #[arg(long, requires = "spec", requires = "out")]
    only_plugins: bool,

    /// What that crate calls the client in its code.
    #[arg(
        long,
        value_name = "NAME",
        default_value = plugins::CLIENT,
        value_parser = plugins::crate_name,
        requires = "only_plugins"
    )]
    client_crate: String,

    /// Do not write anything; exit with 1 if files are not up to date.
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    server: server::ServerOptions,
}

/// A page which is made of the rest of the repository.
pub(crate) struct Page {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// What it is made of, for a message.
    source: &'static str,
}

impl Arguments {
    pub(crate) fn names_server(&self) -> bool {
        self.spec.as_deref().is_some_and(server::is_url)
    }
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let index = Index::read(workspace)?;
    if arguments.check {
        check_snapshots(workspace, &index)?;
    }
    let source = source(workspace, &index, arguments)?;
    let texts = workspace.overlay_texts()?;
    let overlays = models::parsed(&texts)?;
    let in_document = |error| Error::Document { name: source.name.clone(), source: error };
    let known = models::known(workspace)?;
    let is_one_release = arguments.spec.is_some() && source.said_by == SaidBy::Snapshot && !arguments.only_plugins;
    let models = match source.said_by {
        _ if is_one_release => Models::new(),
        SaidBy::Snapshot => models::of_all_releases(workspace, &index, &overlays)?,
        _ => models::beside_own(workspace, &index, &overlays)?,
    };
    let own = Own::find(workspace, &index, &source, &models, &known)?;
    let release = own.as_ref().map_or(source.release.as_ref(), |own| Some(&own.release)).ok_or(Error::NoSnapshot)?;
    let document = match &own {
        Some(own) => own.load(&source, &overlays, arguments.only_plugins),
        None => document::load(&source.bytes, release, &overlays),
    };
    let document = document.map_err(in_document)?;
    let model = match &own {
        Some(own) => own.model(&document, &known),
        None => api::build(&document, release).map(|(api, notes)| Partial { api, notes, left_out: Vec::new() }),
    };
    let model = model.map_err(in_document)?;
    let made = if arguments.only_plugins {
        plugins::make(model, models, &known, &arguments.client_crate)?
    } else if let Some(own) = &own {
        Made::of_own(model, own, &models, known)?
    } else if is_one_release {
        let history = stored::of_all_releases(workspace, &index, &texts, &known)?;
        Made::of_release(model, history, known)?
    } else {
        Made::of_all_releases(model, models, known)?
    };
    if arguments.strict {
        left_out::refuse(&source.name, &made.left_out)?;
    }
    let folder = output::resolve(&arguments.out.clone().unwrap_or_else(|| workspace.generated()))?;
    let difference = output::compare(&folder, &made.files)?;
    // A document of one's own is a part of the history for its client, not for the page.
    let is_whole = arguments.spec.is_none() && arguments.out.is_none();
    let pages = match &made.history {
        Some((history, known)) if is_whole => pages(workspace, &index, &texts, history, known)?,
        Some(_) => lists(workspace, &index),
        None => Vec::new(),
    };
    if arguments.check {
        return Ok(check(workspace, &pages, (&folder, &made), &difference, arguments));
    }
    if let Some(file) = difference.foreign {
        return Err(Error::ForeignFile { path: workspace.shown(&folder), file });
    }
    if !made.files.is_empty() && !difference.is_empty() {
        output::replace_folder(&folder, &made.files)?;
    }
    if arguments.out.is_none() {
        for page in pages.iter().filter(|page| !page.is_fresh()) {
            output::replace_file(&page.path, &page.text)?;
        }
    }
    report(&source, own.as_ref(), release, &document, &made.notes);
    if let Some(compared) = &made.compared {
        report!("compared   {compared}");
    }
    let (operations, types, ids) = made.counts;
    let operations = counted(operations, "operation", "operations");
    let types = counted(types, "type", "types");
    report!("generated  {operations}, {types}, {}", counted(ids, "kind of ids", "kinds of ids"));
    if made.files.is_empty() {
        plugins::report_nothing(&workspace.shown(&folder), &difference, &made.left_out);
    } else {
        report_files(&workspace.shown(&folder), &made.files, &difference);
    }
    for line in left_out::lines(&made.left_out) {
        report!("{line}");
    }
    report!("took       {:.2} s", start.elapsed().as_secs_f64());
    Ok(ExitCode::SUCCESS)
}

fn source(workspace: &Workspace, index: &Index, arguments: &Arguments) -> Result<Source, Error> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => index.newest().map(|(release, _)| release).ok_or(Error::NoSnapshot)?.to_string(),
    };
    Source::find(workspace, index, &spec, arguments.kimai.as_ref(), &arguments.server)
}

fn report(source: &Source, own: Option<&Own>, release: &Release, document: &Document, notes: &[Note]) {
    let report = &document.report;
    report!(
        "read       {} ({}, {}, {} bytes)",
        source.name,
        report.declared,
        report.format.as_str(),
        source.bytes.len()
    );
    match own {
        Some(own) if !own.is_kimai => report!("release    {}", own::NOT_KIMAI),
        Some(Own { assumption: Some(assumption), .. }) => report!("release    Kimai {release} ({assumption})"),
        _ => report!("release    Kimai {release}"),
    }
    if report.repairs.is_empty() {
        report!("repaired   nothing");
    }
    for repair in &report.repairs {
        report!("repaired   {} × {}: {}", repair.count, repair.name, repair.reason);
    }
    for overlay in &report.overlays {
        let actions = counted(overlay.actions, "action", "actions");
        report!("corrected  {}: {actions}, {}", overlay.file, counted(overlay.places, "place", "places"));
    }
    let of_own = own.into_iter().flat_map(|own| own.notes.iter().cloned());
    for note in of_own.chain(report.overlays.iter().flat_map(own::skipped)) {
        report!("note       {note}");
    }
    for note in notes {
        report!("note       {}: {}", note.pointer, note.text);
    }
}

pub(crate) fn report_files(folder: &Path, files: &Files, difference: &Difference) {
    let lines: usize = files.values().map(|text| text.lines().count()).sum();
    report!("files      {} in {}, {}", files.len(), folder.display(), counted(lines, "line", "lines"));
    if difference.is_empty() {
        report!("changed    nothing");
        return;
    }
    report!(
        "changed    {} changed, {} new, {} removed",
        difference.changed.len(),
        difference.missing.len(),
        difference.superfluous.len()
    );
}

/// Snapshots, and what is made of the index, are what they were when they were taken.
fn check_snapshots(workspace: &Workspace, index: &Index) -> Result<(), Error> {
    for snapshot in &index.snapshots {
        let bytes = snapshot.read(workspace)?;
        let name = snapshot.path(workspace).display().to_string();
        let canonical = document::canonical(&bytes).map_err(|source| Error::Document { name, source })?;
        // What an upgraded document declared is gone from its snapshot.
        let declares = snapshot.declared.is_upgraded() || canonical.declared == snapshot.declared;
        let says = (canonical.operations, canonical.schemas, canonical.json.as_bytes());
        if !declares || says != (snapshot.operations, snapshot.schemas, bytes.as_slice()) {
            return Err(Error::WrongEntry { release: snapshot.release.clone() });
        }
    }
    index.check_folder(workspace)
}

fn check(
    workspace: &Workspace,
    pages: &[Page],
    (folder, made): (&Path, &Made),
    difference: &Difference,
    arguments: &Arguments,
) -> ExitCode {
    let mut fresh = true;
    for Page { path, source, .. } in pages.iter().filter(|page| !page.is_fresh()) {
        let path = workspace.shown(path);
        result!("{} does not match {source}: run `cargo xtask regenerate`", path.display());
        fresh = false;
    }
    let folder = workspace.shown(folder);
    if made.files.is_empty() && !difference.superfluous.is_empty() {
        fresh = false;
        result!("{} is obsolete, since {}: delete it", folder.display(), plugins::why_nothing(&made.left_out));
    } else if !difference.is_empty() {
        fresh = false;
        let lists = [
            ("differs", &difference.changed),
            ("is missing", &difference.missing),
            ("is obsolete", &difference.superfluous),
        ];
        for (what, names) in lists {
            for name in names {
                result!("{} {what}", folder.join(name).display());
            }
        }
        match &difference.foreign {
            Some(name) => result!(
                "{} was not generated: delete it, then run `{}`",
                folder.join(name).display(),
                command(arguments)
            ),
            None => result!("the generated code is not up to date: run `{}`", command(arguments)),
        }
    }
    if fresh {
        result!("the generated code is up to date");
    }
    exit::found(!fresh)
}

/// The pages that go with the client for all releases.
pub(crate) fn pages(
    workspace: &Workspace,
    index: &Index,
    overlays: &[OverlayText],
    history: &History,
    known: &history::Known,
) -> Result<Vec<Page>, Error> {
    let mut pages = lists(workspace, index);
    let source = "the documents in specs/";
    pages.push(Page { path: page::path(workspace), text: page::text(history, &known.floor), source });
    let text = history.text(&stored::made_of(index, overlays, known)).map_err(Error::Generate)?;
    pages.push(Page { path: stored::path(workspace), text, source });
    Ok(pages)
}

/// The pages that go with any client.
fn lists(workspace: &Workspace, index: &Index) -> Vec<Page> {
    vec![
        Page { path: readme::path(workspace), text: readme::text(index), source: "specs/index.yaml" },
        Page { path: rules::path(workspace), text: rules::text(), source: "the rules of diff" },
    ]
}

impl Page {
    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|text| text == self.text)
    }
}

/// The command which writes what was checked.
fn command(arguments: &Arguments) -> String {
    let mut words: Vec<String> = ["cargo", "xtask", "regenerate"].map(str::to_owned).into();
    let mut add = |name: &str, value: String| words.extend([name.to_owned(), value]);
    if let Some(spec) = &arguments.spec {
        add("--spec", spec.clone());
    }
    if let Some(release) = &arguments.kimai {
        add("--kimai", release.to_string());
    }
    if let Some(out) = &arguments.out {
        add("--out", out.display().to_string());
    }
    if arguments.only_plugins && arguments.client_crate != plugins::CLIENT {
        add("--client-crate", arguments.client_crate.clone());
    }
    let flags = [("--only-plugins", arguments.only_plugins), ("--strict", arguments.strict)];
    words.extend(flags.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| flag.to_owned()));
    words.extend(arguments.server.arguments());
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    words.join(" ")
}

/// A word as a shell reads it.
fn quoted(word: String) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) { word } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
