//! A document by what people call it: a release of specs/, a file, a file in a revision of git, standard input, or a
//! running server.

use std::path::{Path, PathBuf};

use codegen::Release;

use crate::command_line::server::{ServerOptions, is_url};
use crate::error::Error;
use crate::git;
use crate::index::{self, Index};
use crate::server;
use crate::workspace::{Workspace, document_name, read_document};

/// What a file should be.
const EXPECTED: &str = "a file with an API document (JSON or YAML), REVISION:FILE as git has it, a release such as 2.65.0, \
     the URL of a running Kimai, or - for standard input";

/// A document, not yet read.
pub(crate) struct Source {
    /// Its name in messages.
    pub(crate) name: String,
    /// The file, if it is one.
    pub(crate) file: Option<PathBuf>,
    pub(crate) bytes: Vec<u8>,
    /// The release of Kimai, if it is known.
    pub(crate) release: Option<Release>,
    /// Who says the release.
    pub(crate) said_by: SaidBy,
}

/// A document as a server gave it.
pub(crate) struct Fetched {
    /// Where it comes from.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) release: Release,
}

/// Who says the release of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SaidBy {
    /// It is a snapshot.
    Snapshot,
    /// The option `--kimai`, or the server itself.
    User,
    /// The name of the file, or nobody.
    FileName,
}

impl Source {
    /// Fetches the document that is meant; `kimai` says the release of what does not say it.
    pub(crate) fn find(
        workspace: &Workspace,
        index: &Index,
        spec: &str,
        kimai: Option<&Release>,
        options: &ServerOptions,
    ) -> Result<Self, Error> {
        if let Ok(release) = spec.parse::<Release>() {
            let Some(snapshot) = index.find(&release) else {
                return Err(Error::UnknownRelease { release, known: index.releases() });
            };
            if let Some(kimai) = kimai.filter(|kimai| **kimai != release) {
                return Err(Error::OtherRelease { kimai: kimai.clone(), snapshot: release.to_string() });
            }
            let path = snapshot.path(workspace);
            let name = workspace.shown(&path).display().to_string();
            let bytes = snapshot.read(workspace)?;
            return Ok(Self { name, file: Some(path), bytes, release: Some(release), said_by: SaidBy::Snapshot });
        }
        if is_url(spec) {
            let Fetched { name, bytes, release } = server::fetch(spec, kimai, options)?;
            return Ok(Self { name, file: None, bytes, release: Some(release), said_by: SaidBy::User });
        }
        let said_by = if kimai.is_some() { SaidBy::User } else { SaidBy::FileName };
        let release = |path| kimai.cloned().or_else(|| index::release_of_file(path));
        if git::is_revision(spec) {
            let (bytes, release) = (git::show(spec)?, release(git::file(spec)));
            return Ok(Self { name: spec.to_owned(), file: None, bytes, release, said_by });
        }
        let path = Path::new(spec);
        let file = (spec != "-").then(|| path.to_owned());
        let bytes = read_document(path, EXPECTED)?;
        Ok(Self { name: document_name(path), file, bytes, release: release(path), said_by })
    }
}
