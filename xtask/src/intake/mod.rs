//! `cargo xtask intake`: a new release in one command.
//!
//! Everything is computed, and the client compiled, before anything is written.

mod cases;
mod decisions;
mod taken;
mod written;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use codegen::Release;
use codegen::api::{Api, Partial};
use codegen::document::Overlay;
use codegen::intake::{self, Edit, Fitted, Input, OverlayText, fit, left_out};

use crate::command_line::{help, server};
use crate::count::counted;
use crate::diff;
use crate::error::Error;
use crate::fetch;
use crate::index::{Index, Snapshot};
use crate::made::Made;
use crate::models::{self, Models};
use crate::output;
use crate::regenerate;
use crate::scratch::{Scratch, WHOLE};
use crate::source::{SaidBy, Source};
use crate::terminal::{self, Line, report};
use crate::workspace::Workspace;
use decisions::Compared;
use taken::Taken;

#[derive(clap::Args)]
#[command(after_help = help::intake())]
pub(crate) struct Arguments {
    /// API document: the URL of a running Kimai, a JSON or YAML file, REVISION:FILE as git has it, - for standard input; or
    /// the newest release in specs/, to list its decisions again.
    #[arg(value_name = "URL|FILE|RELEASE")]
    document: String,

    /// Release of Kimai that the document comes from, such as 2.65.0; a running server reports it [default: taken from the
    /// file name].
    #[arg(long, value_name = "RELEASE")]
    kimai: Option<Release>,

    /// Do not compile the client.
    #[arg(long)]
    no_check: bool,

    #[command(flatten)]
    server: server::ServerOptions,
}

impl Arguments {
    pub(crate) fn names_server(&self) -> bool {
        server::is_url(&self.document)
    }
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let index = Index::read(workspace)?;
    let source = Source::find(workspace, &index, &arguments.document, arguments.kimai.as_ref(), &arguments.server)?;
    let mut taken = Taken::find(workspace, &index, source)?;
    let texts = workspace.overlay_texts()?;
    let known = models::known(workspace)?;
    let mut older = older(workspace, &taken, &texts)?;
    let refused = |source| Error::NotTakenIn { release: taken.release.to_string(), source };
    let fitted = fit(
        &texts,
        &Input {
            bytes: taken.canonical.json.as_bytes(),
            release: &taken.release,
            before: &taken.before.value,
            older: &older,
            floor: &known.floor,
        },
    )
    .map_err(refused)?;
    let before = older.last().map(|(_, api)| Arc::clone(api)).ok_or(Error::NoSnapshot)?;
    let after = newest(&taken, &fitted, &older);
    older.push((taken.release.clone(), Arc::clone(&after)));
    let newest = Partial { api: Api::clone(&after), notes: fitted.notes.clone(), left_out: Vec::new() };
    let made = Made::of_all_releases(newest, older, known)?;
    let folder = output::resolve(&workspace.generated())?;
    let difference = output::compare(&folder, &made.files)?;
    if let Some(file) = difference.foreign {
        return Err(Error::ForeignFile { path: workspace.shown(&folder), file });
    }
    let pages = match &made.history {
        Some((history, known)) => regenerate::pages(workspace, &taken.index, &fitted.texts, history, known)?,
        None => Vec::new(),
    };
    let headline = diff::headline(taken.before.source(), taken.source(), &taken.index, &fitted.overlays)?;
    let older_snapshot = intake::Snapshot { release: &taken.before.release, bytes: &taken.before.bytes };
    let snapshot = intake::Snapshot { release: &taken.release, bytes: taken.canonical.json.as_bytes() };
    let decisions = decisions::text(&Compared {
        release: &taken.release,
        before: &before,
        after: &after,
        overlays: &fitted.overlays,
        document: &fitted.document,
        outdated: intake::outdated(older_snapshot, snapshot, &fitted.overlays).map_err(Error::Generate)?,
        edits: &fitted.edits,
    })?;
    let compiles = if arguments.no_check { None } else { Some(check(workspace, &taken.release, &made)?) };

    fetch::report_read(&taken.name, &taken.bytes, &taken.canonical);
    fetch::report_contents(&taken.canonical);
    report_snapshot(workspace, &taken);
    report_edits(&fitted, &taken.release);
    let overlays = written::overlays(workspace, &texts, &fitted.texts);
    let changes = written::all(overlays, std::mem::take(&mut taken.files), pages);
    written::write(workspace, &changes, &made.files, &difference)?;
    let left_out = match parts_left_out(&fitted, &taken.release) {
        0 => String::new(),
        count => format!("; left out of the client: {}", counted(count, "part", "parts")),
    };
    report!("compared   {headline}{left_out}");
    report!("           cargo xtask diff {} {}", taken.before.release, taken.release);
    match compiles {
        Some(features) => report!("compiles   generated-client (features {features})"),
        None => report!("compiles   not known: --no-check"),
    }
    report!("took       {:.1} s", start.elapsed().as_secs_f64());
    terminal::print(format_args!("\n{decisions}"));
    Ok(ExitCode::SUCCESS)
}

/// The models of all releases before.
fn older(workspace: &Workspace, taken: &Taken, texts: &[OverlayText]) -> Result<Models, Error> {
    let parse = |overlay: &OverlayText| Overlay::parse(&overlay.file, &overlay.text).map_err(Error::Overlay);
    let overlays: Vec<Overlay> = texts.iter().map(parse).collect::<Result<_, _>>()?;
    models::of_all_releases(workspace, &taken.older, &overlays)
}

/// The model of the release: that of the first release with the same document and the same actions of overlays, as
/// [`models::of_all_releases`] makes it.
fn newest(taken: &Taken, fitted: &Fitted, older: &Models) -> Arc<Api> {
    let actions = |release: &Release| -> Vec<Vec<usize>> {
        fitted.overlays.iter().map(|overlay| overlay.actions_for(release)).collect()
    };
    let wanted = actions(&taken.release);
    let mut same = taken.index.find(&taken.release).into_iter().flat_map(Snapshot::releases);
    let first = same.find(|release| actions(release) == wanted);
    let known = older.iter().find(|(release, _)| first.as_ref() == Some(release));
    known.map_or_else(|| Arc::clone(&fitted.api), |(_, api)| Arc::clone(api))
}

/// Compiles the client without TLS; returns the features.
fn check(workspace: &Workspace, release: &Release, made: &Made) -> Result<&'static str, Error> {
    let _line = Line::of("compiling", "generated-client");
    let scratch = Scratch::new(workspace)?;
    match scratch.check(&made.files, WHOLE)? {
        Ok(()) => Ok(WHOLE),
        Err(messages) => {
            let folder = workspace.shown(&scratch.root());
            Err(Error::DoesNotCompile { release: release.to_string(), folder, messages })
        }
    }
}

/// Releases with the same document share a snapshot.
fn report_snapshot(workspace: &Workspace, taken: &Taken) {
    let shared = taken.index.find(&taken.release).filter(|snapshot| snapshot.release != taken.release.as_str());
    if let Some(snapshot) = shared {
        report!("snapshot   {} (no changes since then)", workspace.shown(&snapshot.path(workspace)).display());
    }
}

/// How many parts of the release the overlays leave out.
fn parts_left_out(fitted: &Fitted, release: &Release) -> usize {
    left_out(&fitted.overlays, release).iter().map(|part| part.targets.len()).sum()
}

/// What the overlays became, in numbers; the decisions name each change.
fn report_edits(fitted: &Fitted, release: &Release) {
    let count = |is_it: fn(&Edit) -> bool| fitted.edits.iter().filter(|edit| is_it(edit)).count();
    let limited = count(|edit| matches!(edit, Edit::Limited { .. }));
    let renamed = count(|edit| matches!(edit, Edit::Renamed { .. }));
    let named = count(|edit| matches!(edit, Edit::Named { .. }));
    let left_out = parts_left_out(fitted, release);
    let parts = [
        (limited, format!("{} limited to older releases", counted(limited, "action", "actions"))),
        (renamed, format!("{} followed", counted(renamed, "renamed schema", "renamed schemas"))),
        (named, format!("{} named like an older one", counted(named, "schema", "schemas"))),
        (left_out, format!("{} left out", counted(left_out, "part", "parts"))),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part).collect();
    report!("overlays   {}", if parts.is_empty() { "fit".to_owned() } else { parts.join(", ") });
}

impl Taken {
    fn source(&self) -> Source {
        Source {
            name: self.name.clone(),
            file: None,
            bytes: self.canonical.json.clone().into_bytes(),
            release: Some(self.release.clone()),
            said_by: SaidBy::Snapshot,
        }
    }
}
