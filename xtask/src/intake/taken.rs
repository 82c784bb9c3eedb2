//! The document of the release, and where it goes among the snapshots.

use std::collections::BTreeSet;

use codegen::Release;
use codegen::document::{self, Canonical};
use serde_json::Value;

use crate::differences::differences;
use crate::error::Error;
use crate::index::Index;
use crate::output::FileChange;
use crate::snapshots::Snapshots;
use crate::source::{SaidBy, Source};
use crate::workspace::Workspace;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The document of the newest release.
pub(super) struct Taken {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) release: Release,
    pub(super) canonical: Canonical,
    /// What its snapshot changes in specs/; nothing if it has one already.
    pub(super) files: Vec<FileChange>,
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
    pub(super) bytes: Vec<u8>,
    name: String,
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
            before.check_kept(&release, &name, &canonical.value)?;
            snapshots.insert(&release, &bytes, &canonical);
        }
        let index = snapshots.index();
        let files = if is_known { Vec::new() } else { snapshots.changes(workspace)? };
        Ok(Self { name, bytes, release, canonical, files, index, older, before })
    }
}

impl Before {
    fn find(workspace: &Workspace, older: &Index) -> Result<Self, Error> {
        let (release, snapshot) = older.newest().ok_or(Error::NoSnapshot)?;
        let bytes = snapshot.read(workspace)?;
        let name = workspace.shown(&snapshot.path(workspace)).display().to_string();
        let canonical = document::canonical(&bytes);
        let value = canonical.map_err(|source| Error::Document { name: name.clone(), source })?.value;
        Ok(Self { release, value, bytes, name })
    }

    /// A document that lost most of the operations is probably not the one that was meant.
    fn check_kept(&self, release: &Release, name: &str, value: &Value) -> Result<(), Error> {
        let (former, present) = (operations(&self.value), operations(value));
        let kept = former.intersection(&present).count();
        if kept * 2 >= former.len() {
            return Ok(());
        }
        let (release, before) = (release.to_string(), self.release.to_string());
        Err(Error::FewOperations { name: name.to_owned(), release, before, kept, all: former.len() })
    }

    pub(super) fn source(&self) -> Source {
        Source {
            name: self.name.clone(),
            file: None,
            bytes: self.bytes.clone(),
            release: Some(self.release.clone()),
            said_by: SaidBy::Snapshot,
        }
    }
}

/// The operations of a document by their methods and paths; parameters in a path may have other names.
fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let of_path = |(path, item): (&String, &Value)| -> Vec<(String, String)> {
        let methods = item.as_object().into_iter().flat_map(|item| item.keys());
        let methods = methods.filter(|key| METHODS.contains(&key.as_str()));
        methods.map(|method| (method.clone(), without_names(path))).collect()
    };
    paths.flat_map(of_path).collect()
}

fn without_names(path: &str) -> String {
    let segments: Vec<&str> =
        path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect();
    segments.join("/")
}
