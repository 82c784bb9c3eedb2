//! `specs/index.yaml`: what there is to say about each snapshot, and `specs/README.md` made of it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::Release;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::workspace::Workspace;

const INTRODUCTION: &str = "\
# Snapshots of Kimai's API document

One file a release, in canonical form: keys sorted, two spaces, LF, no prose, known damage repaired. They are
written by `cargo xtask fetch` and never by hand; `index.yaml` holds their checksums, and this page is made of it.

`overlays/` holds what we add by hand, in the format of the OpenAPI Overlay Specification 1.0:

| file | what it holds |
|---|---|
| `corrections.yaml` | what the document says and servers do not do, from recorded answers |
| `examples.yaml` | examples for the documentation of the methods that people use most |
| `docs.yaml` | the documentation of the client, in our own words |
| `names.yaml` | names for the Rust API |

Overlays apply in the order of their names; a further file of your own, such as `plugins.yaml`, applies like them.
An action may carry `x-kimai: \">=2.0, <2.35\"` (the releases it is meant for) and `x-kimai-optional: true` (what it
targets depends on the installation). An action that matches nothing is an error.

";

const EXTENSIONS: &str = "
## Extensions that the generator reads

| extension | on | meaning |
|---|---|---|
| `x-rust-type` | schema | the name of its Rust type; on a text without values, the enum that another schema defines |
| `x-rust-name` | property, parameter, operation | the name of its field, setter or method |
| `x-rust-example` | operation | Rust statements that show it, with `kimai: &Client`; compiled as a test of the client |
| `x-rust-resource` | operation | the handle it belongs to |
| `x-rust-id` | schema, parameter | the number is the id of this, such as `User` for `UserId` |
| `x-enum-varnames` | schema with `enum` or a pattern | names of the variants, in the order of the values |
| `x-kimai-always` | schema of an answer | properties which every recorded answer holds, null or not (fact D6) |
| `x-kimai-full` | operation | the schema of the answer when the parameter `full` is given (fact R9) |
| `x-kimai-wire` | property of a request | `comma-separated`: a list, written as one text (fact R5); `date-time`: a date, which is taken only with a time (fact T6) |
| `x-kimai-patch-wire` | property of a request | `date-time`: a date, which PATCH takes only with a time (fact T6) |
| `x-kimai-clears` | property of a request | `false`: PATCH cannot clear it with null (fact R3) |
| `x-kimai-post-only` | property of a request | `true`: PATCH does not take it (fact R2) |
| `x-kimai-initial` | boolean property of a request | the value with which a new form begins (fact R4) |
| `x-kimai-writes` | operation | `true`: a GET that changes something, and so is never sent twice |
| `x-kimai-resources` | the document | the documentation of the handles, by name |

The formats `duration` (a number of seconds in answers, `H:MM:SS` in requests, fact T7), `utc-date-time` (fact T5),
`color`, `country-code`, `currency-code`, `time-zone` and, in requests, `field-value` (fact R12) are ours too.
";

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
    /// The release of Kimai.
    pub(crate) release: String,
    /// What the source declares, such as `OpenAPI 3.0.0`.
    pub(crate) declared: String,
    /// SHA-256 of the source, before anything was changed.
    pub(crate) source_sha256: String,
    /// SHA-256 of the snapshot.
    pub(crate) snapshot_sha256: String,
    /// How many operations it has.
    pub(crate) operations: usize,
    /// How many named schemas it has.
    pub(crate) schemas: usize,
}

impl Index {
    pub(crate) fn read(workspace: &Workspace) -> Result<Self, Error> {
        let path = path(workspace);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let wrong = |problem: String| Error::Index { path: path.clone(), problem };
        let index: Self = serde_saphyr::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        for snapshot in &index.snapshots {
            snapshot.release.parse::<Release>().map_err(|error| wrong(error.to_string()))?;
        }
        Ok(index)
    }

    /// The index as text.
    pub(crate) fn yaml(&self, workspace: &Workspace) -> Result<String, Error> {
        let body = serde_saphyr::to_string(self)
            .map_err(|error| Error::Index { path: path(workspace), problem: error.to_string() })?;
        Ok(format!("# Written by `cargo xtask fetch`.\n{body}"))
    }

    /// `specs/README.md` as text.
    pub(crate) fn readme(&self) -> String {
        let mut text = String::from(INTRODUCTION);
        text.push_str("| release | declared | operations | schemas | SHA-256 of the source |\n|---|---|---|---|---|\n");
        for snapshot in &self.snapshots {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | `{}` |",
                snapshot.release, snapshot.declared, snapshot.operations, snapshot.schemas, snapshot.source_sha256
            );
        }
        text.push_str(EXTENSIONS);
        text
    }

    /// Every snapshot in the folder has an entry.
    pub(crate) fn check_folder(&self, workspace: &Workspace) -> Result<(), Error> {
        let folder = workspace.specs();
        let entries = fs::read_dir(&folder).map_err(|source| Error::Read { path: folder.clone(), source })?;
        for entry in entries {
            let path = entry.map_err(|source| Error::Read { path: folder.clone(), source })?.path();
            let is_snapshot = path.extension().is_some_and(|extension| extension == "json");
            if is_snapshot && !self.snapshots.iter().any(|snapshot| snapshot.path(workspace) == path) {
                return Err(Error::UnknownSnapshot { path: workspace.shown(&path) });
            }
        }
        Ok(())
    }

    pub(crate) fn find(&self, release: &Release) -> Option<&Snapshot> {
        self.snapshots.iter().find(|snapshot| snapshot.parsed().as_ref() == Some(release))
    }

    /// The newest snapshot.
    pub(crate) fn newest(&self) -> Option<&Snapshot> {
        self.snapshots.iter().max_by_key(|snapshot| snapshot.parsed())
    }

    /// The known releases, for an error.
    pub(crate) fn releases(&self) -> String {
        let releases: Vec<&str> = self.snapshots.iter().map(|snapshot| snapshot.release.as_str()).collect();
        if releases.is_empty() { "none".to_owned() } else { releases.join(", ") }
    }

    /// Puts a snapshot in its place.
    pub(crate) fn insert(&mut self, snapshot: Snapshot) {
        self.snapshots.retain(|other| other.parsed() != snapshot.parsed());
        self.snapshots.push(snapshot);
        self.snapshots.sort_by_key(Snapshot::parsed);
    }
}

impl Snapshot {
    fn parsed(&self) -> Option<Release> {
        self.release.parse().ok()
    }

    pub(crate) fn path(&self, workspace: &Workspace) -> PathBuf {
        workspace.specs().join(format!("{}.json", self.release))
    }

    /// Reads the snapshot and makes sure that it is the one which was taken.
    pub(crate) fn read(&self, workspace: &Workspace) -> Result<Vec<u8>, Error> {
        let path = self.path(workspace);
        let bytes = crate::workspace::read_document(&path)?;
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

pub(crate) fn readme_path(workspace: &Workspace) -> PathBuf {
    workspace.specs().join("README.md")
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
