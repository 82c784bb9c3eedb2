//! `cargo xtask postman`: the requests of a release as a Postman collection.

use std::path::PathBuf;
use std::process::ExitCode;

use codegen::api::{self, Api};
use codegen::{Release, collection, document};

use crate::error::Error;
use crate::index::Index;
use crate::output;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Release of Kimai in specs/ [default: the newest].
    #[arg(long, value_name = "RELEASE")]
    release: Option<Release>,

    /// File to write [default: standard output].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let text = collection::postman(&model(workspace, arguments.release.as_ref())?);
    match &arguments.out {
        Some(path) => {
            output::replace_file(path, &text)?;
            println!("written    {}", path.display());
        }
        None => print!("{text}"),
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
