//! The models of all releases of `specs/`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use codegen::api::{self, Api};
use codegen::document::{self, Document, Note, Overlay};
use codegen::intake::OverlayText;
use codegen::{Release, history};
use serde_json::Value;

use crate::count::counted;
use crate::error::Error;
use crate::index::{Index, Snapshot};
use crate::terminal::Line;
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

/// What is made of it.
type Make<T> = fn(&Document, &Release) -> Result<T, codegen::Error>;

/// What was made, by release.
type Made<T> = Result<Vec<(Release, Arc<T>)>, Error>;

/// The model of each release, the oldest first.
pub(crate) fn of_all_releases(workspace: &Workspace, index: &Index, overlays: &[Overlay]) -> Result<Models, Error> {
    read(workspace, index, overlays, document::load, model)
}

/// The same beside a document of one's own, for which some of the actions are.
pub(crate) fn beside_own(workspace: &Workspace, index: &Index, overlays: &[Overlay]) -> Result<Models, Error> {
    read(workspace, index, overlays, document::load_fitting, model)
}

/// The corrected document of each release, the oldest first.
pub(crate) fn documents(
    workspace: &Workspace,
    index: &Index,
    overlays: &[Overlay],
) -> Result<Vec<(Release, Arc<Value>)>, Error> {
    read(workspace, index, overlays, document::load, |document, _| Ok(document.value().clone()))
}

/// The overlays.
pub(crate) fn parsed(texts: &[OverlayText]) -> Result<Vec<Overlay>, Error> {
    let parse = |overlay: &OverlayText| Overlay::parse(&overlay.file, &overlay.text).map_err(Error::Overlay);
    texts.iter().map(parse).collect()
}

fn model(document: &Document, release: &Release) -> Result<Api, codegen::Error> {
    api::build(document, release).map(|(api, _)| api)
}

/// What is made of the document of each release, the oldest first.
fn read<T: Send + Sync>(
    workspace: &Workspace,
    index: &Index,
    overlays: &[Overlay],
    load: Load,
    make: Make<T>,
) -> Made<T> {
    let count = index.snapshots.iter().map(|snapshot| snapshot.sources.len()).sum();
    let _line = Line::of("reading", &counted(count, "release", "releases"));
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
    let results: Vec<Made<T>> = thread::scope(|scope| {
        // Documents grow from release to release: each thread gets some of all sizes.
        let work = |first: usize| {
            let jobs = jobs.iter().skip(first).step_by(threads);
            scope.spawn(move || {
                let mut results = Vec::new();
                for job in jobs {
                    results.extend(job.make(overlays, load, make)?);
                }
                Ok(results)
            })
        };
        let running: Vec<_> = (0..threads).map(work).collect();
        let result = |thread: thread::ScopedJoinHandle<'_, _>| match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        running.into_iter().map(result).collect()
    });
    let mut all = Vec::new();
    for result in results {
        all.extend(result?);
    }
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(all)
}

impl Job {
    fn make<T>(&self, overlays: &[Overlay], load: Load, make: Make<T>) -> Made<T> {
        let Some(release) = self.releases.first() else { return Ok(Vec::new()) };
        let failed = |source| Error::Document { name: self.name.clone(), source };
        let document = load(&self.bytes, release, overlays).map_err(failed)?;
        let result = Arc::new(make(&document, release).map_err(failed)?);
        Ok(self.releases.iter().map(|release| (release.clone(), Arc::clone(&result))).collect())
    }
}

/// The newest release with a snapshot that is not newer than this one.
pub(crate) fn nearest_snapshot<'a>(index: &'a Index, release: &Release) -> Result<(Release, &'a Snapshot), Error> {
    let all = index.snapshots.iter().flat_map(|snapshot| snapshot.releases().map(move |known| (known, snapshot)));
    let nearest = all.filter(|(known, _)| known <= release).max_by(|(a, _), (b, _)| a.cmp(b));
    nearest.ok_or_else(|| Error::NoOlderSnapshot { release: release.clone(), known: index.releases() })
}

/// The model of that release.
pub(crate) fn nearest(workspace: &Workspace, release: &Release) -> Result<(Release, Api), Error> {
    let index = Index::read(workspace)?;
    let (nearest, snapshot) = nearest_snapshot(&index, release)?;
    let name = workspace.shown(&snapshot.path(workspace)).display().to_string();
    let failed = |source| Error::Document { name, source };
    let bytes = snapshot.read(workspace)?;
    let document = document::load(&bytes, &nearest, &workspace.overlays()?);
    let api = document.and_then(|document| model(&document, &nearest)).map_err(failed)?;
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
    let text = std::fs::read_to_string(&path)
        .map_err(Error::read(&path, "the oldest supported release and the exact releases"))?;
    history::Known::parse(&workspace.shown(&path).display().to_string(), &text).map_err(Error::Generate)
}
