//! `cargo xtask postman`: the requests of a release as a Postman collection, or as a file for editors.

use std::path::PathBuf;
use std::process::ExitCode;

use codegen::api::{self, Api};
use codegen::{Release, collection, document};

use crate::command_line::help;
use crate::error::Error;
use crate::index::Index;
use crate::output;
use crate::terminal::{self, report};
use crate::workspace::Workspace;

#[derive(clap::Args)]
#[command(after_help = help::postman())]
pub(crate) struct Arguments {
    /// Release of Kimai in specs/ [default: the newest].
    #[arg(long, value_name = "RELEASE")]
    release: Option<Release>,

    /// Format of the output.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "postman")]
    format: Format,

    /// File to write [default: standard output].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Replace the file if it exists.
    #[arg(long, requires = "out")]
    replace: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A Postman collection v2.1.
    Postman,
    /// A file for the HTTP clients of editors, such as the REST Client of VS Code.
    Http,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let model = model(workspace, arguments.release.as_ref())?;
    let text = match arguments.format {
        Format::Postman => collection::postman(&model),
        Format::Http => collection::http(&model),
    };
    match &arguments.out {
        Some(path) => {
            output::write_file(path, &text, arguments.replace)?;
            report!("written    {}", path.display());
        }
        None => terminal::print(text),
    }
    Ok(ExitCode::SUCCESS)
}

/// The model of the release, or of the newest one.
fn model(workspace: &Workspace, release: Option<&Release>) -> Result<Api, Error> {
    let index = Index::read(workspace)?;
    let newest = || index.newest().map(|(release, _)| release).ok_or(Error::NoSnapshot);
    let release = release.cloned().map_or_else(newest, Ok)?;
    let Some(snapshot) = index.find(&release) else {
        return Err(Error::UnknownRelease { known: index.releases(), release });
    };
    let bytes = snapshot.read(workspace)?;
    let built = document::load(&bytes, &release, &workspace.overlays()?)
        .and_then(|document| api::build(&document, &release))
        .map_err(|source| Error::Document {
            name: workspace.shown(&snapshot.path(workspace)).display().to_string(),
            source,
        });
    built.map(|(api, _)| api)
}
