//! The document of the release, and where it goes among the snapshots.

use codegen::Release;
use codegen::document::{self, Canonical};
use serde_json::Value;

use crate::differences::differences;
use crate::error::Error;
use crate::index::Index;
use crate::snapshots::Snapshots;
use crate::source::{SaidBy, Source};
use crate::workspace::Workspace;

/// The document of the newest release.
pub(super) struct Taken {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) release: Release,
    pub(super) canonical: Canonical,
    /// All snapshots with this one; none if it is one of them already.
    pub(super) snapshots: Option<Snapshots>,
    /// The index with the release.
    pub(super) index: Index,
    /// The index without it.
    pub(super) older: Index,
    pub(super) before: Before,
}

/// The release before.
pub(super) struct Before {
    pub(super) release: Release,
    pub(super) value: Value,
    name: String,
    bytes: Vec<u8>,
}

impl Taken {
    /// Nothing is written yet.
    pub(super) fn find(workspace: &Workspace, index: &Index, source: Source) -> Result<Self, Error> {
        let Source { name, bytes, release, .. } = source;
        let release = release.ok_or_else(|| Error::NoRelease { name: name.clone() })?;
        let in_document = |source| Error::Document { name: name.clone(), source };
        let canonical = document::canonical(&bytes).map_err(in_document)?;
        let older = index.without(&release);
        let before = Before::find(workspace, &older)?;
        if before.release > release {
            let (release, newest) = (release.to_string(), before.release.to_string());
            return Err(Error::NotNewest { release, newest });
        }
        let mut snapshots = Snapshots::read(workspace)?;
        // The same document in another spelling: the first source stays on record.
        let is_known = match snapshots.of(&release) {
            Some(existing) if existing != canonical.json => {
                let differences = differences(existing, &canonical.json);
                return Err(Error::OtherSnapshot { release, differences });
            }
            existing => existing.is_some(),
        };
        if !is_known {
            snapshots.insert(&release, &bytes, &canonical);
        }
        let index = snapshots.index();
        let snapshots = (!is_known).then_some(snapshots);
        Ok(Self { name, bytes, release, canonical, snapshots, index, older, before })
    }
}

impl Before {
    fn find(workspace: &Workspace, older: &Index) -> Result<Self, Error> {
        let (release, snapshot) = older.newest().ok_or(Error::NoSnapshot)?;
        let bytes = snapshot.read(workspace)?;
        let name = workspace.shown(&snapshot.path(workspace)).display().to_string();
        let canonical = document::canonical(&bytes);
        let value = canonical.map_err(|source| Error::Document { name: name.clone(), source })?.value;
        Ok(Self { release, value, name, bytes })
    }

    pub(super) fn source(&self) -> Source {
        Source {
            name: self.name.clone(),
            bytes: self.bytes.clone(),
            release: Some(self.release.clone()),
            said_by: SaidBy::Snapshot,
        }
    }
}
