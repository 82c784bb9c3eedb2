//! Responses by release, and what comparing them finds.

use std::collections::BTreeMap;

use codegen::Release;
use codegen::audit::{Exchange, Finding, audit, review};
use codegen::document::{self, Overlay};

use super::corrected::{self, Shown};
use super::range::Ranges;
use super::report::{Compared, Source};
use crate::error::Error;
use crate::har::Recording;
use crate::index::Index;
use crate::models;
use crate::secrets::Secrets;
use crate::walk::Walk;
use crate::workspace::Workspace;

/// What servers answered, by release.
#[derive(Default)]
pub(super) struct Evidence {
    exchanges: BTreeMap<Release, Vec<Exchange>>,
    sources: Vec<Source>,
    secrets: Secrets,
}

/// What responses are compared with.
pub(super) struct Context<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) index: &'a Index,
    pub(super) overlays: &'a [Overlay],
    /// Whether the overlays are reviewed.
    pub(super) reviews: bool,
}

impl Evidence {
    /// Adds a file. `kimai` says its release if the file does not.
    pub(super) fn add(&mut self, recording: Recording, kimai: Option<&Release>) -> Result<(), Error> {
        let Some(release) = recording.release.clone().or_else(|| kimai.cloned()) else {
            return Err(Error::NoRelease { name: recording.name });
        };
        if kimai.is_some_and(|kimai| *kimai != release) {
            return Err(Error::OtherReleaseInFile { name: recording.name, release });
        }
        self.take(recording, release);
        Ok(())
    }

    pub(super) fn add_walk(&mut self, walk: Walk) {
        let Walk { recording, walked, note } = walk;
        let Some(release) = recording.release.clone() else { return };
        self.take(recording, release);
        if let Some(source) = self.sources.last_mut() {
            source.notes.extend(note);
            source.not_sent = walked.skipped;
            source.stopped = walked.stopped.map(|error| error.to_string());
        }
    }

    fn take(&mut self, recording: Recording, release: Release) {
        let ignored = recording.ignored.into_iter().map(|ignored| (ignored.reason, ignored.count));
        self.sources.push(Source {
            name: recording.name,
            release: release.clone(),
            responses: recording.exchanges.len(),
            ignored: ignored.collect(),
            notes: Vec::new(),
            not_sent: Vec::new(),
            stopped: None,
        });
        self.exchanges.entry(release).or_default().extend(recording.exchanges);
        self.secrets.add_all(&recording.secrets);
    }

    /// Compares the responses of each release with its document.
    pub(super) fn compare(mut self, context: &Context<'_>) -> Result<(Vec<Compared>, Vec<Source>, Secrets), Error> {
        let mut compared = Vec::new();
        let mut shown = Vec::new();
        for (release, exchanges) in &self.exchanges {
            let (one, findings) = compare(release, exchanges, context)?;
            shown.push(Shown {
                release: release.clone(),
                snapshot: one.snapshot.clone(),
                document: one.document.clone(),
                findings,
            });
            compared.push(one);
        }
        let mut ranges = Ranges::new(context.workspace, context.index, context.overlays);
        let corrected = corrected::correct(&shown, &mut ranges)?;
        let releases: Vec<Compared> =
            compared.into_iter().zip(corrected).map(|(one, findings)| Compared { findings, ..one }).collect();
        for source in &mut self.sources {
            let compared = releases.iter().find(|compared| compared.release == source.release);
            if let Some(other) = compared.filter(|compared| compared.snapshot != source.release) {
                source.notes.push(format!("no snapshot of {}: compared with {}", source.release, other.snapshot));
            }
        }
        Ok((releases, self.sources, self.secrets))
    }
}

/// The findings have no corrections yet.
fn compare(
    release: &Release,
    exchanges: &[Exchange],
    context: &Context<'_>,
) -> Result<(Compared, Vec<Finding>), Error> {
    let (nearest, snapshot) = models::nearest_snapshot(context.index, release)?;
    let name = context.workspace.shown(&snapshot.path(context.workspace)).display().to_string();
    let failed = |source| Error::Document { name: name.clone(), source };
    let bytes = snapshot.read(context.workspace)?;
    let document = document::load(&bytes, &nearest, context.overlays).map_err(failed)?;
    let audit = audit(&document, exchanges);
    let verdicts = if context.reviews {
        review(&bytes, &nearest, context.overlays, exchanges).map_err(failed)?
    } else {
        Vec::new()
    };
    let compared = Compared {
        release: release.clone(),
        snapshot: nearest,
        document: name,
        responses: audit.responses,
        operations: audit.operations.len(),
        unknown: audit.unknown,
        findings: Vec::new(),
        verdicts,
    };
    Ok((compared, audit.findings))
}
