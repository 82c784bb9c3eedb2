//! `cargo xtask audit`: what servers answer, compared with the document of their release.

mod compared;
mod corrected;
mod json;
mod markdown;
mod mask;
mod range;
mod report;
mod text;

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;

use codegen::Release;
use codegen::document::Overlay;

use crate::error::Error;
use crate::har;
use crate::index::Index;
use crate::reported;
use crate::server;
use crate::walk::{self, WalkOptions};
use crate::workspace::Workspace;
use compared::Evidence;
use report::Report;

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// URL of a running Kimai, or HAR files, as browsers and `cargo xtask record` write them.
    #[arg(required = true, value_name = "URL|FILE.har")]
    sources: Vec<String>,

    /// Output format.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Exit with 1 if there is a finding of this level, or with --overlays a contradicted action.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,

    /// Compare with the document as Kimai serves it, without the overlays in specs/overlays.
    #[arg(long)]
    without_overlays: bool,

    /// Review the overlay actions instead: list those that the responses contradict or do not support.
    #[arg(long, conflicts_with = "without_overlays")]
    overlays: bool,

    /// Show requests and values of examples as they are; they may hold names and other personal data.
    #[arg(long)]
    show_values: bool,

    /// Release of Kimai, such as 2.65.0, if neither the server nor the file says it.
    #[arg(long, value_name = "RELEASE")]
    kimai: Option<Release>,

    /// Address of Kimai, if a file has requests to several servers.
    #[arg(long, value_name = "URL")]
    base: Option<String>,

    #[command(flatten)]
    walk: WalkOptions,
}

const AFTER_HELP: &str = "\
With a URL, the command sends GET requests only, and leaves out those that change something on the server. Credentials are
read from the environment and never stored:
  KIMAI_TOKEN                     API token
  KIMAI_USER, KIMAI_API_PASSWORD  user name and API password, for releases before 2.14

Exit codes: 0 success; 1 there is a finding that --fail-on names; 2 wrong usage; 3 a file or server cannot be read.";

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Level {
    /// Findings with which a client may fail to read a response.
    Breaking,
    /// All findings.
    Any,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> ExitCode {
    let done = report(workspace, arguments).and_then(|report| Ok((written(&report, arguments.format)?, report)));
    let report = match reported::print(done) {
        Ok(report) => report,
        Err(code) => return code,
    };
    if report.is_incomplete() {
        return ExitCode::from(reported::UNREADABLE);
    }
    let is_met = |level: Level| report.has_finding(level == Level::Breaking);
    if arguments.fail_on.is_some_and(is_met) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn written(report: &Report, format: Format) -> Result<String, Error> {
    let text = match format {
        Format::Text => text::render(report, io::stdout().is_terminal()),
        Format::Markdown => markdown::render(report),
        Format::Json => json::render(report)?,
    };
    Ok(report.redact(&text))
}

fn report(workspace: &Workspace, arguments: &Arguments) -> Result<Report, Error> {
    let mut evidence = Evidence::default();
    match arguments.sources.as_slice() {
        [url] if server::is_url(url) => {
            evidence.add_walk(walk::of_server(workspace, url, arguments.kimai.as_ref(), &arguments.walk)?);
        }
        sources if sources.iter().any(|source| server::is_url(source)) => return Err(Error::ServerAmongFiles),
        files => {
            for file in files {
                let recording = har::read(Path::new(file), arguments.base.as_deref())?;
                evidence.add(recording, arguments.kimai.as_ref())?;
            }
        }
    }
    let index = Index::read(workspace)?;
    let overlays: Vec<Overlay> = if arguments.without_overlays { Vec::new() } else { workspace.overlays()? };
    let context = compared::Context { workspace, index: &index, overlays: &overlays, reviews: arguments.overlays };
    let (releases, sources, secrets) = evidence.compare(&context)?;
    Ok(Report {
        sources,
        releases,
        has_overlays: !arguments.without_overlays,
        reviews: arguments.overlays,
        shows_values: arguments.show_values,
        secrets,
    })
}
