//! `cargo xtask audit`: what servers answer, compared with the document of their release.

mod compared;
mod corrected;
mod json;
mod markdown;
mod mask;
mod range;
mod report;
mod text;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use codegen::document::Overlay;

use crate::command_line::audit::{Arguments, Format, Level};
use crate::command_line::server::is_url;
use crate::error::Error;
use crate::exit;
use crate::har;
use crate::index::Index;
use crate::terminal;
use crate::walk;
use crate::workspace::Workspace;
use compared::Evidence;
use report::Report;

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let report = report(workspace, arguments)?;
    terminal::print(written(&report, arguments.format)?);
    if report.is_incomplete() {
        return Ok(ExitCode::from(exit::FAILED));
    }
    let is_met = |level: Level| report.has_finding(level == Level::Breaking);
    Ok(exit::found(arguments.fail_on.is_some_and(is_met)))
}

fn written(report: &Report, format: Format) -> Result<String, Error> {
    let text = match format {
        Format::Text => text::render(report, terminal::has_colors(&io::stdout())),
        Format::Markdown => markdown::render(report),
        Format::Json => json::render(report)?,
    };
    Ok(report.redact(&text))
}

fn report(workspace: &Workspace, arguments: &Arguments) -> Result<Report, Error> {
    let mut evidence = Evidence::default();
    match arguments.sources.as_slice() {
        [url] if is_url(url) => {
            evidence.add_walk(walk::of_server(workspace, url, arguments.kimai.as_ref(), &arguments.walk)?);
        }
        sources if sources.iter().any(|source| is_url(source)) => return Err(Error::ServerAmongFiles),
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
