//! `cargo xtask audit`: each release as a target of its own, generated and compiled.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use codegen::api::Api;
use codegen::history::History;
use codegen::{Release, rust};

use crate::error::Error;
use crate::index::Index;
use crate::models::{self, Models};
use crate::scratch::Scratch;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The releases; without any, all of specs/.
    releases: Vec<Release>,

    /// Only so many, spread over all: the oldest and the newest among them.
    #[arg(long, value_name = "NUMBER", conflicts_with = "releases", value_parser = clap::value_parser!(u16).range(2..))]
    spread: Option<u16>,
}

/// Releases of which the generator makes the same client, the oldest first.
struct Target {
    releases: Vec<Release>,
    api: Arc<Api>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let index = Index::read(workspace)?;
    let overlays = workspace.overlays()?;
    let models = models::of_all_releases(workspace, &index, &overlays)?;
    let history = History::new(&models, &models::known(workspace)?).map_err(Error::Generate)?;
    println!("read       {} releases of specs/", models.len());
    let targets = chosen(targets(models), arguments, &index)?;
    let scratch = Scratch::new(workspace)?;
    let mut failed = 0_usize;
    for Target { releases, api } in &targets {
        let Some((first, others)) = releases.split_first() else { continue };
        let since = Instant::now();
        let files = rust::generate(api, &history).map_err(Error::Generate)?;
        print!("{first:<10} {:>3} operations, {:>3} types", api.operations.len(), api.types.len());
        // What is compiled stands there while it is.
        let _ = io::stdout().flush();
        match scratch.check(&files)? {
            Ok(()) => println!("   compiles ({:.1} s)", since.elapsed().as_secs_f64()),
            Err(messages) => {
                failed += 1;
                println!("   does not compile:\n{messages}");
            }
        }
        for other in others {
            println!("{other:<10} as {first}");
        }
    }
    let releases: usize = targets.iter().map(|target| target.releases.len()).sum();
    println!("clients    {} for {releases} releases, {failed} do not compile", targets.len());
    println!("took       {:.0} s", start.elapsed().as_secs_f64());
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn targets(models: Models) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for (release, api) in models {
        match targets.last_mut().filter(|target| Arc::ptr_eq(&target.api, &api)) {
            Some(target) => target.releases.push(release),
            None => targets.push(Target { releases: vec![release], api }),
        }
    }
    targets
}

fn chosen(targets: Vec<Target>, arguments: &Arguments, index: &Index) -> Result<Vec<Target>, Error> {
    if let Some(release) = arguments.releases.iter().find(|release| index.find(release).is_none()) {
        return Err(Error::UnknownRelease { release: release.clone(), known: index.releases() });
    }
    if !arguments.releases.is_empty() {
        let is_meant = |target: &Target| target.releases.iter().any(|release| arguments.releases.contains(release));
        return Ok(targets.into_iter().filter(is_meant).collect());
    }
    let (Some(number), Some(last)) = (arguments.spread.map(usize::from), targets.len().checked_sub(1)) else {
        return Ok(targets);
    };
    let places: Vec<usize> = (0..number).map(|step| step * last / (number - 1)).collect();
    Ok(targets.into_iter().enumerate().filter(|(place, _)| places.contains(place)).map(|(_, target)| target).collect())
}
