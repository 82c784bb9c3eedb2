//! A document of one's own: none of the snapshots, but a file or the document of a server.

use std::collections::BTreeSet;

use codegen::Release;
use codegen::api::{self, Api, Partial};
use codegen::document::{self, Applied, Comparison, Document, KnownParts, Overlay, Skipped};
use codegen::history::{History, Known};

use crate::count::counted;
use crate::error::Error;
use crate::index::Index;
use crate::models::Models;
use crate::source::{SaidBy, Source};
use crate::workspace::Workspace;

/// What there is to say of a document that is not Kimai's.
pub(crate) const NOT_KIMAI: &str = "none: the document has fewer than a quarter of the operations of any known release of \
    Kimai, so it gets no corrections and no history (say the release with --kimai if it is Kimai's)";

/// How many differences from its release are told.
const MOST_DIFFERENCES: usize = 10;

/// How many actions of an overlay that do not fit are told.
const MOST_ACTIONS: usize = 10;

/// What is known of a document of one's own.
pub(crate) struct Own {
    /// The release that it is taken for.
    pub(crate) release: Release,
    /// Why it is taken for that, if neither the user nor the server said it.
    pub(crate) assumption: Option<String>,
    /// Whether it is a document of Kimai at all.
    pub(crate) is_kimai: bool,
    /// The release whose corrections fit.
    corrections: Release,
    /// How it differs from its release, a line each.
    pub(crate) notes: Vec<String>,
    parts: KnownParts,
    /// The types of the published client.
    reserved: BTreeSet<String>,
}

/// What the snapshots have.
pub(crate) fn parts(workspace: &Workspace, index: &Index) -> Result<KnownParts, Error> {
    let mut parts = KnownParts::new();
    for snapshot in &index.snapshots {
        let in_snapshot = |source| {
            let name = workspace.shown(&snapshot.path(workspace)).display().to_string();
            Error::Document { name, source }
        };
        parts.read(&snapshot.read(workspace)?, snapshot.releases().collect()).map_err(in_snapshot)?;
    }
    Ok(parts)
}

/// Adds the exact releases of the history file, in the models of the releases that show them.
fn date(parts: &mut KnownParts, models: &Models, known: &Known) {
    for exact in &known.exact {
        let first = models.iter().find(|(release, _)| *release >= exact.since);
        for place in first.into_iter().flat_map(|(_, api)| exact.places(api)) {
            parts.date(&place, &exact.since);
        }
    }
}

impl Own {
    /// Compares the document with the releases; nothing for a snapshot.
    pub(crate) fn find(
        workspace: &Workspace,
        index: &Index,
        source: &Source,
        models: &Models,
        known: &Known,
    ) -> Result<Option<Self>, Error> {
        if source.said_by == SaidBy::Snapshot {
            return Ok(None);
        }
        let mut parts = parts(workspace, index)?;
        date(&mut parts, models, known);
        let in_document = |error| Error::Document { name: source.name.clone(), source: error };
        let shape = document::shape(&source.bytes).map_err(in_document)?;
        let mut own = {
            let comparison = parts.compare(&shape);
            Self::compared(source, &comparison).ok_or(Error::NoSnapshot)?
        };
        own.parts = parts;
        own.reserved = published_types(models, known);
        Ok(Some(own))
    }

    /// Nothing if nobody says the release, and none is known.
    fn compared(source: &Source, comparison: &Comparison<'_>) -> Option<Self> {
        let likeness = comparison.likeness();
        let is_said = source.said_by == SaidBy::User;
        let is_kimai = is_said || likeness.is_none() || comparison.is_kimai();
        let newest = comparison.newest().filter(|_| !is_kimai);
        let likely = newest.or(likeness.as_ref().map(|likeness| &likeness.newest));
        let release = if is_kimai { source.release.as_ref().or(likely) } else { likely }?.clone();
        let mut own = Self {
            release: release.clone(),
            assumption: None,
            is_kimai,
            corrections: release.clone(),
            notes: Vec::new(),
            parts: KnownParts::new(),
            reserved: BTreeSet::new(),
        };
        if !is_kimai {
            return Some(own);
        }
        own.assumption = match (&source.release, &likeness) {
            (Some(_), _) if is_said => None,
            (Some(_), _) => Some("from the file name".to_owned()),
            (None, Some(likeness)) => {
                let looks = &likeness.releases;
                Some(format!("guessed: the document looks like {looks}; set another with --kimai"))
            }
            (None, None) => None,
        };
        if let Some(likeness) = likeness.filter(|_| comparison.fits_worse(&release)) {
            let (looks, newest) = (likeness.releases, likeness.newest);
            let text =
                format!("the document looks like {looks}, not like {release}: the corrections for {newest} apply");
            own.notes.push(text);
            own.corrections = newest;
        }
        own.notes.extend(differences(comparison, &release));
        Some(own)
    }

    /// Reads the document, with the corrections that fit it. `beside` is whether its types stand beside those of the
    /// published client.
    pub(crate) fn load(&self, source: &Source, overlays: &[Overlay], beside: bool) -> Result<Document, codegen::Error> {
        let overlays = if self.is_kimai { overlays } else { &[] };
        // A client for something else has no types of Kimai.
        let none = BTreeSet::new();
        let reserved = if self.is_kimai || beside { &self.reserved } else { &none };
        document::load_own(&source.bytes, &self.corrections, overlays, &self.parts, reserved)
    }

    /// The model of the document, without what cannot be generated.
    pub(crate) fn model(&self, document: &Document, known: &Known) -> Result<Partial, codegen::Error> {
        let mut model = api::build_partial(document, &self.release)?;
        if !self.is_kimai {
            model.api.is_kimai = false;
            model.api.oldest = known.floor.clone();
        }
        Ok(model)
    }

    /// The history, with what the document has beside its release. A document that is not Kimai's has none.
    pub(crate) fn history(&self, api: &Api, models: &Models, known: &Known) -> Result<History, Error> {
        if !self.is_kimai {
            return Ok(History::default());
        }
        let mut history = History::new(models, known).map_err(Error::Generate)?;
        history.add_own(&self.release, api);
        Ok(history)
    }
}

/// What the overlays could not do, a line each.
pub(crate) fn skipped(overlay: &Applied) -> Vec<String> {
    let file = &overlay.file;
    let line = |Skipped { action, target, problem }: &Skipped| {
        format!("overlay {file}, action {action}, target {target}: {problem}")
    };
    let mut lines: Vec<String> = overlay.skipped.iter().take(MOST_ACTIONS).map(line).collect();
    let more = overlay.skipped.len().saturating_sub(MOST_ACTIONS);
    if more > 0 {
        lines.push(format!(
            "overlay {file}: {} not fit the document",
            counted(more, "more action does", "more actions do")
        ));
    }
    lines
}

/// The types of the published client.
fn published_types(models: &Models, known: &Known) -> BTreeSet<String> {
    let supported = models.iter().filter(|(release, _)| *release >= known.floor);
    supported.flat_map(|(_, api)| api.types.keys().cloned()).collect()
}

fn differences(comparison: &Comparison<'_>, release: &Release) -> Vec<String> {
    let mut differences = comparison.differences(release);
    let more = differences.len().saturating_sub(MOST_DIFFERENCES);
    if more > 0 {
        differences.truncate(MOST_DIFFERENCES);
        differences.push(format!(
            "and {} between the document and Kimai {release}",
            counted(more, "more difference", "more differences")
        ));
    }
    differences
}
