use std::io;
use std::path::PathBuf;

use codegen::{InvalidRelease, Release};

use crate::server::ServerError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },

    #[error("cannot read standard input")]
    ReadInput { source: io::Error },

    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },

    #[error("{name}")]
    Document { name: String, source: codegen::Error },

    #[error(transparent)]
    Overlay(codegen::Error),

    #[error(transparent)]
    Generate(codegen::Error),

    #[error("{}: {problem}", path.display())]
    Index { path: PathBuf, problem: String },

    #[error("neither document has the resource {name}; they have {}", known.join(", "))]
    UnknownResource { name: String, known: Vec<String> },

    #[error("--used-by needs the clients of both documents, and of {name} there can be none: {problem}")]
    NoClient { name: String, problem: String },

    #[error(
        "{} calls no operation that either document has: give the folder with the sources of a crate that uses generated-client",
        folder.display()
    )]
    NoUse { folder: PathBuf },

    #[error("specs/ has no snapshot yet: take one with `cargo xtask fetch --from FILE --kimai RELEASE`")]
    NoSnapshot,

    #[error(
        "specs/ has no snapshot of {release}; it has {known}; take one with `cargo xtask fetch --from FILE --kimai {release}`"
    )]
    UnknownRelease { release: Release, known: String },

    #[error("--kimai {kimai} is for files: the snapshot is of {snapshot}; leave --kimai out, or give --spec FILE")]
    OtherRelease { kimai: Release, snapshot: String },

    #[error(
        "{} is not what specs/index.yaml says: snapshots are written by `cargo xtask fetch` only; \
         restore it with `git checkout {}`, or take it again with `cargo xtask fetch --from FILE --kimai {release}`",
        path.display(), path.display()
    )]
    ChangedSnapshot { path: PathBuf, release: Release },

    #[error(
        "specs/ has another snapshot of {release}, and a release does not change: if that one is wrong, say --replace; \
         these places differ (- only there, + only here):\n    {}",
        differences.join("\n    ")
    )]
    SnapshotExists { release: Release, differences: Vec<String> },

    #[error("{} holds {file}, which regenerate did not write: give an empty or a generated folder", path.display())]
    ForeignFile { path: PathBuf, file: String },

    #[error("{} is no folder: give one that is empty, new or generated", path.display())]
    NoFolder { path: PathBuf },

    #[error("cannot write {}; the new code is kept in {}, and the old code beside it", path.display(), kept.display())]
    Stranded { path: PathBuf, kept: PathBuf, source: io::Error },

    #[error("{} stands in specs/ without an entry in specs/index.yaml: delete it, or take it with `cargo xtask fetch`", path.display())]
    UnknownSnapshot { path: PathBuf },

    #[error("specs/index.yaml does not say of {release} what its snapshot holds: restore it with `git checkout specs`")]
    WrongEntry { release: String },

    #[error("standard input is only one document: give the other one as a file")]
    InputTwice,

    #[error("{}: {problem}; write it as a list of {{id, subject, reason}}", path.display())]
    IgnoreFile { path: PathBuf, problem: String },

    #[error("no release has a type {name}; {}", instead_of_type(similar))]
    UnknownType { name: String, similar: Vec<String> },

    #[error("cannot write JSON")]
    Json { source: serde_json::Error },

    #[error("cannot run cargo")]
    Cargo { source: io::Error },

    #[error(transparent)]
    Release(#[from] InvalidRelease),

    #[error("give the URL of a Kimai, or --from FILE with --kimai RELEASE")]
    NoDocument,

    #[error(transparent)]
    Server(#[from] ServerError),

    #[error("the workspace is not found: run this as `cargo xtask` inside of the repository")]
    NoWorkspace,
}

impl Error {
    /// Whether the arguments are to blame, and nothing that was read.
    pub(crate) fn is_usage(&self) -> bool {
        matches!(self, Self::InputTwice | Self::UnknownResource { .. })
    }

    /// Tells it on standard error, with all that lies behind it.
    pub(crate) fn print(&self) {
        eprintln!("error: {self}");
        let mut source = std::error::Error::source(self);
        while let Some(inner) = source {
            eprintln!("  because: {inner}");
            source = inner.source();
        }
    }
}

fn instead_of_type(similar: &[String]) -> String {
    if similar.is_empty() {
        return "`cargo doc --package generated-client` shows all types".to_owned();
    }
    format!("there are {}", similar.join(", "))
}
