//! `cargo xtask check-releases`: each release as a target of its own, generated and compiled.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use codegen::api::Api;
use codegen::history::History;
use codegen::{Release, rust};

use crate::command_line::help;
use crate::count::counted;
use crate::error::Error;
use crate::exit;
use crate::index::Index;
use crate::models::{self, Models};
use crate::scratch::{self, Scratch};
use crate::terminal::{report, result};
use crate::workspace::Workspace;

#[derive(clap::Args)]
#[command(after_help = help::check_releases())]
pub(crate) struct Arguments {
    /// Releases to check [default: all in specs/].
    releases: Vec<Release>,

    /// Check only this many releases, evenly spread from the oldest to the newest.
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
    if let Some(release) = arguments.releases.iter().find(|release| index.find(release).is_none()) {
        return Err(Error::UnknownRelease { release: release.clone(), known: index.releases() });
    }
    let overlays = workspace.overlays()?;
    let models = models::of_all_releases(workspace, &index, &overlays)?;
    let history = History::new(&models, &models::known(workspace)?).map_err(Error::Generate)?;
    report!("read       {} in specs/", counted(models.len(), "release", "releases"));
    let targets = chosen(targets(models), arguments);
    let scratch = Scratch::for_each_core(workspace)?;
    let mut failed = 0_usize;
    for targets in targets.chunks(scratch.size()) {
        let generate = |target: &Target| rust::generate(&target.api, &history).map_err(Error::Generate);
        let files = targets.iter().map(generate).collect::<Result<Vec<_>, _>>()?;
        for (Target { releases, api }, checked) in targets.iter().zip(scratch.check_all(&files, scratch::GENERATED)?) {
            let Some((first, others)) = releases.split_first() else { continue };
            let about = format!("{first:<10} {:>3} operations, {:>3} types", api.operations.len(), api.types.len());
            match checked {
                Ok(()) => report!("{about}   compiles"),
                Err(messages) => {
                    failed += 1;
                    result!("{about}   does not compile:\n{messages}");
                }
            }
            for other in others {
                report!("{other:<10} same as {first}");
            }
        }
    }
    let releases: usize = targets.iter().map(|target| target.releases.len()).sum();
    let clients = counted(targets.len(), "client", "clients");
    result!("checked    {clients} for {}, {failed} failed", counted(releases, "release", "releases"));
    report!("took       {:.0} s", start.elapsed().as_secs_f64());
    Ok(exit::found(failed > 0))
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

fn chosen(targets: Vec<Target>, arguments: &Arguments) -> Vec<Target> {
    if !arguments.releases.is_empty() {
        let is_meant = |target: &Target| target.releases.iter().any(|release| arguments.releases.contains(release));
        return targets.into_iter().filter(is_meant).collect();
    }
    let (Some(number), Some(last)) = (arguments.spread.map(usize::from), targets.len().checked_sub(1)) else {
        return targets;
    };
    let places: Vec<usize> = (0..number).map(|step| step * last / (number - 1)).collect();
    targets.into_iter().enumerate().filter(|(place, _)| places.contains(place)).map(|(_, target)| target).collect()
}

#[cfg(test)]
mod tests {
    use codegen::document::load;

    use super::*;

    fn release(text: &str) -> Release {
        text.parse().unwrap()
    }

    /// Seven releases, of which the last two are the same.
    fn all() -> Vec<Target> {
        let document = load(br#"{"openapi": "3.0.0", "paths": {}}"#, &release("1.0"), &[]).unwrap();
        let model = || Arc::new(codegen::api::build(&document, &release("1.0")).unwrap().0);
        let mut models: Models = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"].map(|text| (release(text), model())).into();
        models.push((release("1.6"), Arc::clone(&models[5].1)));
        targets(models)
    }

    fn chosen_of(releases: &[&str], spread: Option<u16>) -> Vec<String> {
        let releases = releases.iter().map(|text| release(text)).collect();
        let targets = chosen(all(), &Arguments { releases, spread });
        let texts = |target: &Target| target.releases.iter().map(Release::as_str).collect::<Vec<_>>().join("+");
        targets.iter().map(texts).collect()
    }

    #[test]
    fn releases_with_the_same_client_are_compiled_once() {
        assert_eq!(chosen_of(&[], None), ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5+1.6"]);
    }

    #[test]
    fn some_are_spread_over_all() {
        assert_eq!(chosen_of(&[], Some(2)), ["1.0", "1.5+1.6"]);
        assert_eq!(chosen_of(&[], Some(3)), ["1.0", "1.2", "1.5+1.6"]);
        assert_eq!(chosen_of(&[], Some(100)).len(), 6);
    }

    #[test]
    fn releases_can_be_named() {
        assert_eq!(chosen_of(&["1.6", "1.1"], None), ["1.1", "1.5+1.6"]);
    }
}
