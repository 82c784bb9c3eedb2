//! The models of all releases of `specs/`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use codegen::api::{self, Api};
use codegen::document::{self, Document, Note, Overlay};
use codegen::{Release, history};

use crate::error::Error;
use crate::index::{self, Index};
use crate::workspace::Workspace;

/// The models of releases.
pub(crate) type Models = Vec<(Release, Arc<Api>)>;

/// A snapshot, as the overlays for some of its releases make it.
struct Job {
    name: String,
    bytes: Arc<Vec<u8>>,
    /// The releases for which the same actions apply.
    releases: Vec<Release>,
}

/// How the document of a release is read.
type Load = fn(&[u8], &Release, &[Overlay]) -> Result<Document, codegen::Error>;

/// The model of each release, the oldest first.
pub(crate) fn of_all_releases(workspace: &Workspace, index: &Index, overlays: &[Overlay]) -> Result<Models, Error> {
    read(workspace, index, overlays, document::load)
}

/// The same beside a document of one's own, for which some of the actions are.
pub(crate) fn beside_own(workspace: &Workspace, index: &Index, overlays: &[Overlay]) -> Result<Models, Error> {
    read(workspace, index, overlays, document::load_fitting)
}

fn read(workspace: &Workspace, index: &Index, overlays: &[Overlay], load: Load) -> Result<Models, Error> {
    let mut jobs = Vec::new();
    for snapshot in &index.snapshots {
        let name = workspace.shown(&snapshot.path(workspace)).display().to_string();
        let bytes = Arc::new(snapshot.read(workspace)?);
        let mut by_actions: BTreeMap<Vec<Vec<usize>>, Vec<Release>> = BTreeMap::new();
        for release in snapshot.releases() {
            let actions = overlays.iter().map(|overlay| overlay.actions_for(&release)).collect();
            by_actions.entry(actions).or_default().push(release);
        }
        for releases in by_actions.into_values() {
            jobs.push(Job { name: name.clone(), bytes: Arc::clone(&bytes), releases });
        }
    }
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len().max(1));
    let results: Vec<Result<Models, Error>> = thread::scope(|scope| {
        // Documents grow from release to release: each thread gets some of all sizes.
        let work = |first: usize| {
            let jobs = jobs.iter().skip(first).step_by(threads);
            scope.spawn(move || jobs.map(|job| model(job, overlays, load)).collect::<Result<Vec<_>, Error>>())
        };
        let running: Vec<_> = (0..threads).map(work).collect();
        running
            .into_iter()
            .map(|thread| match thread.join() {
                Ok(result) => result.map(|models| models.into_iter().flatten().collect()),
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    let mut models = Vec::new();
    for result in results {
        models.extend(result?);
    }
    models.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(models)
}

fn model(job: &Job, overlays: &[Overlay], load: Load) -> Result<Models, Error> {
    let Some(release) = job.releases.first() else { return Ok(Vec::new()) };
    let failed = |source| Error::Document { name: job.name.clone(), source };
    let document = load(&job.bytes, release, overlays).map_err(failed)?;
    let (api, _) = api::build(&document, release).map_err(failed)?;
    let api = Arc::new(api);
    Ok(job.releases.iter().map(|release| (release.clone(), Arc::clone(&api))).collect())
}

/// The model of the newest release with a snapshot that is not newer than this one, and that release.
pub(crate) fn nearest(workspace: &Workspace, release: &Release) -> Result<(Release, Arc<Api>), Error> {
    let index = Index::read(workspace)?;
    let all = index.snapshots.iter().flat_map(|snapshot| snapshot.releases().map(move |known| (known, snapshot)));
    let nearest = all.filter(|(known, _)| known <= release).max_by(|(a, _), (b, _)| a.cmp(b));
    let (nearest, snapshot) =
        nearest.ok_or_else(|| Error::NoOlderSnapshot { release: release.clone(), known: index.releases() })?;
    let name = workspace.shown(&snapshot.path(workspace)).display().to_string();
    let bytes = Arc::new(snapshot.read(workspace)?);
    let job = Job { name: name.clone(), bytes, releases: vec![nearest.clone()] };
    let models = model(&job, &workspace.overlays()?, document::load)?;
    let (_, api) = models.into_iter().next().ok_or_else(|| Error::Index {
        path: workspace.shown(&index::path(workspace)),
        problem: format!("{nearest} has no model"),
    })?;
    Ok((nearest, api))
}

/// The model of the client for all supported releases, with notes; none without a document.
pub(crate) fn united(models: Models, known: &history::Known) -> Result<Option<(Api, Vec<Note>)>, Error> {
    let supported: Models = models.into_iter().filter(|(release, _)| *release >= known.floor).collect();
    history::unite(&supported).map_err(Error::Generate)
}

/// What is known of the history beside the documents.
pub(crate) fn known(workspace: &Workspace) -> Result<history::Known, Error> {
    let path = workspace.specs().join("history.yaml");
    let text = std::fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
    history::Known::parse(&workspace.shown(&path).display().to_string(), &text).map_err(Error::Generate)
}
