//! `cargo xtask fetch`: an API document becomes the snapshot of a release.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::{Release, document};

use crate::error::Error;
use crate::index::{self, Index, Snapshot, sha256};
use crate::output::replace_file;
use crate::workspace::{Workspace, document_name, read_document};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The document: a file (JSON or YAML, also as the API page carries it), or - for standard input.
    #[arg(long, value_name = "FILE|-")]
    from: PathBuf,

    /// The release of Kimai that served it, such as 2.65.0; the document itself does not say it.
    #[arg(long, value_name = "RELEASE")]
    kimai: Release,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let bytes = read_document(&arguments.from)?;
    let name = document_name(&arguments.from);
    let canonical = document::canonical(&bytes).map_err(|source| Error::Document { name: name.clone(), source })?;
    let mut index = Index::read(workspace)?;
    let mut snapshot = Snapshot {
        release: arguments.kimai.to_string(),
        declared: canonical.declared.clone(),
        source_sha256: sha256(&bytes),
        snapshot_sha256: sha256(canonical.json.as_bytes()),
        operations: canonical.operations,
        schemas: canonical.schemas,
    };
    if let Some(existing) = index.find(&arguments.kimai) {
        if existing.snapshot_sha256 != snapshot.snapshot_sha256 {
            let path = workspace.shown(&existing.path(workspace));
            return Err(Error::SnapshotExists { path, release: arguments.kimai.clone() });
        }
        // The same document in another spelling: the first source stays on record.
        snapshot = existing.clone();
    } else if path_is_taken(&snapshot.path(workspace), &canonical.json) {
        let path = workspace.shown(&snapshot.path(workspace));
        return Err(Error::SnapshotExists { path, release: arguments.kimai.clone() });
    }
    let path = snapshot.path(workspace);
    index.insert(snapshot);
    replace_file(&path, &canonical.json)?;
    replace_file(&index::path(workspace), &index.yaml(workspace)?)?;
    replace_file(&index::readme_path(workspace), &index.readme())?;

    println!("read       {name} ({}, {} bytes)", canonical.declared, bytes.len());
    for repair in &canonical.repairs {
        println!("repaired   {} × {}: {}", repair.count, repair.name, repair.reason);
    }
    println!("snapshot   {}", workspace.shown(&path).display());
    println!("holds      {} operations, {} schemas", canonical.operations, canonical.schemas);
    println!("next       cargo xtask regenerate");
    Ok(ExitCode::SUCCESS)
}

/// Whether a file without an entry in the index holds something else.
fn path_is_taken(path: &Path, json: &str) -> bool {
    path.exists() && fs::read(path).ok().as_deref() != Some(json.as_bytes())
}
