//! `specs/index.yaml`: what there is to say about each snapshot.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::document::Declared;
use codegen::{Release, yaml};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::terminal;
use crate::workspace::Workspace;

/// The index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Index {
    pub(crate) snapshots: Vec<Snapshot>,
}

/// What there is to say about a snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Snapshot {
    /// The first release of Kimai that has it, after which the file is called.
    pub(crate) release: String,
    /// The specification that the source declares.
    pub(crate) declared: Declared,
    /// SHA-256 of the snapshot.
    pub(crate) snapshot_sha256: String,
    /// How many operations it has.
    pub(crate) operations: usize,
    /// How many named schemas it has.
    pub(crate) schemas: usize,
    /// The releases which have it, the oldest first.
    pub(crate) sources: Vec<Source>,
}

/// Where a release's snapshot comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// The release of Kimai.
    pub(crate) release: String,
    /// SHA-256 of the source, before anything was changed.
    pub(crate) sha256: String,
}

impl Index {
    pub(crate) fn read(workspace: &Workspace) -> Result<Self, Error> {
        let path = path(workspace);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path).map_err(Error::read(&path, "the index of the snapshots"))?;
        terminal::detail("reading", path.display());
        let wrong = |problem: String| Error::Index { path: path.clone(), problem };
        let index: Self = yaml::read("index.yaml", &text).map_err(|error| wrong(error.message()))?;
        for snapshot in &index.snapshots {
            for source in &snapshot.sources {
                source.release.parse::<Release>().map_err(|error| wrong(error.to_string()))?;
            }
            if snapshot.sources.first().is_none_or(|first| first.release != snapshot.release) {
                return Err(wrong(format!("the first source of {} must be that release", snapshot.release)));
            }
        }
        Ok(index)
    }

    /// The index as text.
    pub(crate) fn yaml(&self, workspace: &Workspace) -> Result<String, Error> {
        let body = yaml::write("index.yaml", self)
            .map_err(|error| Error::Index { path: path(workspace), problem: error.message() })?;
        Ok(format!("# Written by `cargo xtask fetch`.\n{body}"))
    }

    /// Every snapshot in the folder has an entry.
    pub(crate) fn check_folder(&self, workspace: &Workspace) -> Result<(), Error> {
        let folder = workspace.specs();
        let entries = fs::read_dir(&folder).map_err(Error::read(&folder, "the folder of the snapshots"))?;
        for entry in entries {
            let path = entry.map_err(|source| Error::Read { path: folder.clone(), source })?.path();
            let is_snapshot = path.extension().is_some_and(|extension| extension == "json");
            if is_snapshot && !self.snapshots.iter().any(|snapshot| snapshot.path(workspace) == path) {
                return Err(Error::UnknownSnapshot { path: workspace.shown(&path) });
            }
        }
        Ok(())
    }

    /// The snapshot of a release.
    pub(crate) fn find(&self, release: &Release) -> Option<&Snapshot> {
        self.snapshots.iter().find(|snapshot| snapshot.releases().any(|known| known == *release))
    }

    /// The index without a release.
    pub(crate) fn without(&self, release: &Release) -> Self {
        let mut index = self.clone();
        for snapshot in &mut index.snapshots {
            snapshot.sources.retain(|source| source.release.parse::<Release>().ok().as_ref() != Some(release));
        }
        index.snapshots.retain(|snapshot| !snapshot.sources.is_empty());
        index
    }

    /// The newest release, and its snapshot.
    pub(crate) fn newest(&self) -> Option<(Release, &Snapshot)> {
        let all =
            self.snapshots.iter().flat_map(|snapshot| snapshot.releases().map(move |release| (release, snapshot)));
        all.max_by(|(a, _), (b, _)| a.cmp(b))
    }

    /// The releases whose corrections may fit a document of an unknown release, the best one first: that of the same
    /// snapshot, or else the newest of each snapshot.
    pub(crate) fn alike(&self, canonical: &str) -> Vec<Release> {
        let sum = sha256(canonical.as_bytes());
        let same = self.snapshots.iter().find(|snapshot| snapshot.snapshot_sha256 == sum);
        if let Some(release) = same.and_then(|snapshot| snapshot.releases().next()) {
            return vec![release];
        }
        let mut releases: Vec<Release> =
            self.snapshots.iter().filter_map(|snapshot| snapshot.releases().last()).collect();
        releases.sort_by(|a, b| b.cmp(a));
        releases
    }

    /// The known releases, for an error.
    pub(crate) fn releases(&self) -> String {
        let mut releases: Vec<Release> = self.snapshots.iter().flat_map(Snapshot::releases).collect();
        releases.sort();
        match releases.as_slice() {
            [] => "none".to_owned(),
            [only] => only.to_string(),
            [first, .., last] => format!("{} releases from {first} to {last}", releases.len()),
        }
    }
}

impl Snapshot {
    /// The releases which have it.
    pub(crate) fn releases(&self) -> impl Iterator<Item = Release> {
        self.sources.iter().filter_map(|source| source.release.parse().ok())
    }

    pub(crate) fn path(&self, workspace: &Workspace) -> PathBuf {
        workspace.specs().join(format!("{}.json", self.release))
    }

    /// Reads the snapshot and makes sure that it is the one which was taken.
    pub(crate) fn read(&self, workspace: &Workspace) -> Result<Vec<u8>, Error> {
        let path = self.path(workspace);
        let bytes = crate::workspace::read_document(&path, "the snapshot that specs/index.yaml names")?;
        if sha256(&bytes) == self.snapshot_sha256 {
            return Ok(bytes);
        }
        let release = self.release.parse()?;
        Err(Error::ChangedSnapshot { path: workspace.shown(&path), release })
    }
}

pub(crate) fn path(workspace: &Workspace) -> PathBuf {
    workspace.specs().join("index.yaml")
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The release that a file is named after, such as `2.65.0.json`.
pub(crate) fn release_of_file(path: &Path) -> Option<Release> {
    path.file_stem()?.to_str()?.parse().ok()
}
