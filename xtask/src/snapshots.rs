//! All snapshots together: a release joins them, or takes the place of its former snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use codegen::Release;
use codegen::document::{Canonical, Declared};

use crate::error::Error;
use crate::index::{self, Index, Snapshot, Source, sha256};
use crate::output::{FileChange, change_files};
use crate::readme;
use crate::workspace::Workspace;

/// The document of one release.
#[derive(Clone)]
struct Taken {
    release: Release,
    source_sha256: String,
    declared: Declared,
    operations: usize,
    schemas: usize,
    json: Rc<str>,
}

/// The documents of all releases, the oldest first.
pub(crate) struct Snapshots {
    all: Vec<Taken>,
    files: BTreeSet<String>,
}

impl Snapshots {
    pub(crate) fn read(workspace: &Workspace) -> Result<Self, Error> {
        let index = Index::read(workspace)?;
        let mut all = Vec::new();
        for snapshot in &index.snapshots {
            let bytes = snapshot.read(workspace)?;
            let json: Rc<str> = String::from_utf8_lossy(&bytes).into();
            for source in &snapshot.sources {
                all.push(Taken {
                    release: source.release.parse()?,
                    source_sha256: source.sha256.clone(),
                    declared: snapshot.declared.clone(),
                    operations: snapshot.operations,
                    schemas: snapshot.schemas,
                    json: Rc::clone(&json),
                });
            }
        }
        all.sort_by(|a, b| a.release.cmp(&b.release));
        let files = index.snapshots.into_iter().map(|snapshot| snapshot.release).collect();
        Ok(Self { all, files })
    }

    /// The snapshot of a release.
    pub(crate) fn of(&self, release: &Release) -> Option<&str> {
        self.all.iter().find(|taken| taken.release == *release).map(|taken| &*taken.json)
    }

    /// Puts a release in its place; a former snapshot of it goes.
    pub(crate) fn insert(&mut self, release: &Release, source: &[u8], canonical: &Canonical) {
        self.all.retain(|taken| taken.release != *release);
        self.all.push(Taken {
            release: release.clone(),
            source_sha256: sha256(source),
            declared: canonical.declared.clone(),
            operations: canonical.operations,
            schemas: canonical.schemas,
            json: canonical.json.as_str().into(),
        });
        self.all.sort_by(|a, b| a.release.cmp(&b.release));
    }

    /// The index, and the snapshots by the release after which their files are called.
    fn collapse(&self) -> (Index, BTreeMap<String, Rc<str>>) {
        let mut snapshots: Vec<Snapshot> = Vec::new();
        let mut files: BTreeMap<String, Rc<str>> = BTreeMap::new();
        let mut before: Option<&Taken> = None;
        for taken in &self.all {
            let source = Source { release: taken.release.to_string(), sha256: taken.source_sha256.clone() };
            let is_same = before.is_some_and(|before| before.json == taken.json && before.declared == taken.declared);
            before = Some(taken);
            match snapshots.last_mut() {
                Some(last) if is_same => last.sources.push(source),
                _ => {
                    files.insert(taken.release.to_string(), Rc::clone(&taken.json));
                    snapshots.push(Snapshot {
                        release: taken.release.to_string(),
                        declared: taken.declared.clone(),
                        snapshot_sha256: sha256(taken.json.as_bytes()),
                        operations: taken.operations,
                        schemas: taken.schemas,
                        sources: vec![source],
                    });
                }
            }
        }
        (Index { snapshots }, files)
    }

    /// The index.
    pub(crate) fn index(&self) -> Index {
        self.collapse().0
    }

    /// Writes what differs from what there is.
    pub(crate) fn write(&self, workspace: &Workspace) -> Result<Index, Error> {
        change_files(&self.changes(workspace)?)?;
        Ok(self.index())
    }

    /// What differs from what there is. Files come first and go last, so that the index never names one that is not
    /// there.
    pub(crate) fn changes(&self, workspace: &Workspace) -> Result<Vec<FileChange>, Error> {
        let (index, files) = self.collapse();
        let mut changes = Vec::new();
        let mut write = |path: PathBuf, text: String| {
            if !fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes()) {
                changes.push(FileChange { path, text: Some(text) });
            }
        };
        for snapshot in &index.snapshots {
            let path = snapshot.path(workspace);
            let Some(json) = files.get(&snapshot.release) else { continue };
            if !self.files.contains(&snapshot.release) && fs::read(&path).is_ok_and(|bytes| bytes != json.as_bytes()) {
                return Err(Error::UnknownSnapshot { path: workspace.shown(&path) });
            }
            write(path, json.to_string());
        }
        write(index::path(workspace), index.yaml(workspace)?);
        write(readme::path(workspace), readme::text(&index));
        let gone = self.files.iter().filter(|release| !files.contains_key(*release));
        changes.extend(gone.map(|release| {
            let path = workspace.specs().join(format!("{release}.json"));
            FileChange { path, text: None }
        }));
        Ok(changes)
    }
}
