use std::io;
use std::path::{Path, PathBuf};

use codegen::{InvalidRelease, Release};

use crate::exit;
use crate::terminal;
#[cfg(feature = "network")]
use crate::{har::HarError, server::ServerError};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },

    #[error("cannot read {}: there is no such file or folder; expected {expected}", path.display())]
    Missing { path: PathBuf, expected: &'static str },

    #[error("these files were changed, and cannot be put back; restore them with `git checkout`: {}", changed.join(", "))]
    NotRestored { changed: Vec<String>, source: Box<Error> },

    #[error("cannot read {text}: there is no such file, and as a revision, {problem}")]
    Revision { text: String, problem: String },

    #[error("cannot read standard input")]
    ReadInput { source: io::Error },

    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },

    #[error("{name}")]
    Document { name: String, source: codegen::Error },

    #[error("{name}: {sum} cannot be generated; omit --strict to leave them out{reasons}")]
    LeftOut { name: String, sum: String, reasons: String },

    #[error(transparent)]
    Overlay(codegen::Error),

    #[error(transparent)]
    Generate(codegen::Error),

    #[error("{}: {problem}", path.display())]
    Index { path: PathBuf, problem: String },

    #[error("neither document has the resource {name}; they have {}", known.join(", "))]
    UnknownResource { name: String, known: Vec<String> },

    #[error(
        "--used-by requires a client of both documents, but {name} has none: {problem}; omit --used-by, or correct the document"
    )]
    NoClient { name: String, problem: String },

    #[error(
        "{} calls no operation of either document: pass the source folder of a crate that uses generated-client",
        folder.display()
    )]
    NoUse { folder: PathBuf },

    #[error("specs/ has no snapshots: add one with `cargo xtask fetch --from FILE --kimai RELEASE`")]
    NoSnapshot,

    #[error(
        "specs/ has no snapshot of {release}; it has {known}; add one with `cargo xtask fetch --from FILE --kimai {release}`"
    )]
    UnknownRelease { release: Release, known: String },

    #[error("--kimai {kimai} contradicts the snapshot of {snapshot}: omit --kimai, or use --spec FILE")]
    OtherRelease { kimai: Release, snapshot: String },

    #[error(
        "{} does not match its checksum in specs/index.yaml: only `cargo xtask fetch` writes snapshots; \
         restore it with `git checkout {}`, or fetch it again with `cargo xtask fetch --from FILE --kimai {release}`",
        path.display(), path.display()
    )]
    ChangedSnapshot { path: PathBuf, release: Release },

    #[error(
        "specs/ already has a different snapshot of {release}: if that one is wrong, use --replace; \
         differences (- only in the old one, + only in the new one, ~ in both):\n    {}",
        differences.join("\n    ")
    )]
    SnapshotExists { release: Release, differences: Vec<String> },

    #[error(
        "specs/ already has a different snapshot of {release}: if that one is wrong, replace it with \
         `cargo xtask fetch --replace`, then run `cargo xtask intake {release}`; \
         differences (- only in the old one, + only in the new one, ~ in both):\n    {}",
        differences.join("\n    ")
    )]
    OtherSnapshot { release: Release, differences: Vec<String> },

    #[error(
        "{release} is older than {newest}, the newest release in specs/: take it in with `cargo xtask fetch` and \
         `cargo xtask regenerate`"
    )]
    NotNewest { release: String, newest: String },

    #[error(
        "{name} has {kept} of the {all} operations of {before}: make sure that it is the document of Kimai {release}; if most \
         operations really are gone, take it in with `cargo xtask fetch` and `cargo xtask regenerate`"
    )]
    FewOperations { name: String, release: String, before: String, kept: usize, all: usize },

    #[error("cannot take in {release}; nothing was written")]
    NotTakenIn { release: String, source: codegen::Error },

    #[error(
        "the client for {release} does not compile; nothing was written, and the copy that was compiled is {}:\n{messages}",
        folder.display()
    )]
    DoesNotCompile { release: String, folder: PathBuf, messages: String },

    #[error("{} contains {file}, which was not generated: choose an empty folder, or one with generated files only", path.display())]
    ForeignFile { path: PathBuf, file: String },

    #[error("{} is not a folder: choose a new or empty folder, or one with generated files only", path.display())]
    NoFolder { path: PathBuf },

    #[error(
        "cannot write {}; {} has the new code in `new`, and the old code in `old`: move one of them there",
        path.display(), kept.display()
    )]
    Stranded { path: PathBuf, kept: PathBuf, source: io::Error },

    #[error("{} has no entry in specs/index.yaml: delete it, or add it with `cargo xtask fetch`", path.display())]
    UnknownSnapshot { path: PathBuf },

    #[error(
        "the entry of {release} in specs/index.yaml does not match its snapshot: restore it with `git checkout specs`"
    )]
    WrongEntry { release: String },

    #[error("standard input can only be one of the documents: pass the other one as a file")]
    InputTwice,

    #[error("{}: {problem}; the file must be a list of {{id, subject, reason}}", path.display())]
    IgnoreFile { path: PathBuf, problem: String },

    #[error("--since {since}: there is no such release; specs/ has {known}; near it {}", near.join(" and "))]
    UnknownSince { since: Release, known: String, near: Vec<String> },

    #[error("{}: {problem}; the file must be a list of {{id, severity, reason}}", path.display())]
    SeverityFile { path: PathBuf, problem: String },

    #[error("--list-rules writes text, or JSON with --format json: xtask/docs/rules.md has the rules as Markdown")]
    ListFormat,

    #[error("no release has a type {name}: {}", instead_of_type(similar))]
    UnknownType { name: String, similar: Vec<String> },

    #[error("a server and files cannot be compared at once: pass the URL of one server, or files")]
    ServerAmongFiles,

    #[error("{name} does not say the release of Kimai: add --kimai RELEASE, such as --kimai 2.65.0")]
    NoRelease { name: String },

    #[error("{name} is of Kimai {release}, not of the release of --kimai: omit --kimai")]
    OtherReleaseInFile { name: String, release: Release },

    #[error("cannot write JSON")]
    Json { source: serde_json::Error },

    #[error("{}: {problem}", path.display())]
    Manifest { path: PathBuf, problem: String },

    #[error("cannot run cargo: make sure that it is installed, and in PATH")]
    Cargo { source: io::Error },

    #[error(transparent)]
    Release(#[from] InvalidRelease),

    #[error(
        "no document: pass the URL of a running Kimai, or a file and its release:\n  \
         cargo xtask fetch https://kimai.example.com\n  \
         cargo xtask fetch --from kimai.json --kimai 2.65.0"
    )]
    NoDocument,

    #[cfg(feature = "network")]
    #[error(transparent)]
    Server(#[from] ServerError),

    #[cfg(feature = "network")]
    #[error(transparent)]
    Har(#[from] HarError),

    #[cfg(not(feature = "network"))]
    #[error("this build of xtask cannot contact a server: compile it with the feature `network`")]
    NoNetwork,

    #[error("{} exists: choose another name, or use --replace", path.display())]
    Exists { path: PathBuf },

    #[error(
        "specs/ has no snapshot of {release} or an older release; it has {known}; add one with `cargo xtask fetch --from FILE --kimai {release}`"
    )]
    NoOlderSnapshot { release: Release, known: String },

    #[error("cannot find the workspace: run `cargo xtask` inside the repository")]
    NoWorkspace,
}

impl Error {
    /// Why a file cannot be read; if there is none, the message says what it should be.
    pub(crate) fn read(path: &Path, expected: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| {
            let path = path.to_owned();
            match source.kind() {
                io::ErrorKind::NotFound => Self::Missing { path, expected },
                _ => Self::Read { path, source },
            }
        }
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        if self.is_usage() { exit::USAGE } else { exit::FAILED }
    }

    /// Whether the arguments are to blame, and nothing that was read.
    fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::InputTwice
                | Self::NoDocument
                | Self::ListFormat
                | Self::OtherRelease { .. }
                | Self::UnknownRelease { .. }
                | Self::UnknownSince { .. }
                | Self::UnknownType { .. }
                | Self::UnknownResource { .. }
                | Self::ServerAmongFiles
                | Self::NoRelease { .. }
                | Self::OtherReleaseInFile { .. }
        )
    }

    /// Prints it to standard error, with all causes.
    pub(crate) fn print(&self) {
        terminal::error(self);
        let mut source = std::error::Error::source(self);
        while let Some(inner) = source {
            terminal::cause(inner);
            source = inner.source();
        }
    }
}

fn instead_of_type(similar: &[String]) -> String {
    if similar.is_empty() {
        return "`cargo doc --package generated-client` shows all types".to_owned();
    }
    format!("similar types are {}", similar.join(", "))
}
