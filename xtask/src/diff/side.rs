//! A document that is compared, and the client that would be generated of it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::thread;

use codegen::document::{KnownParts, Note, Overlay, Repaired};
use codegen::surface::Surface;
use codegen::{Release, api};
use serde_json::Value;

use crate::error::Error;
use crate::index::Index;
use crate::source::{SaidBy, Source};

/// One of the two documents.
pub(crate) struct Side {
    /// Its name in messages.
    pub(super) name: String,
    /// The file, if it is one.
    pub(super) file: Option<PathBuf>,
    pub(super) release: Option<Release>,
    /// As it was read.
    pub(super) bytes: Vec<u8>,
    /// In canonical form, with its servers.
    pub(super) value: Value,
    /// What the canonical form leaves out, so that it is not compared.
    pub(super) notes: Vec<Note>,
    /// What programs see of its client, or why there can be none.
    pub(super) client: Result<Surface, codegen::Error>,
}

/// What is known besides the two documents.
pub(super) struct Context<'a> {
    pub(super) overlays: &'a [Overlay],
    pub(super) index: &'a Index,
    /// What the snapshots have; empty if both documents are snapshots.
    pub(super) parts: &'a KnownParts,
    /// Whether to leave out what no snapshot has.
    pub(super) without_plugins: bool,
}

impl Side {
    /// Reads both, each on a thread of its own.
    pub(super) fn both(old: Source, new: Source, context: &Context<'_>) -> Result<(Self, Self), Error> {
        thread::scope(|scope| {
            let other = scope.spawn(|| Self::read(old, context));
            let new = Self::read(new, context);
            match other.join() {
                Ok(old) => Ok((old?, new?)),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    fn read(source: Source, context: &Context<'_>) -> Result<Self, Error> {
        let Source { name, file, bytes, release, said_by } = source;
        let in_document = |source| Error::Document { name: name.clone(), source };
        let mut repaired = Repaired::read(&bytes).map_err(in_document)?;
        let mut document = repaired.canonical().map_err(in_document)?;
        let mut value = repaired.with_servers();
        let parts = (said_by != SaidBy::Snapshot).then_some(context.parts);
        if let Some(parts) = parts.filter(|_| context.without_plugins) {
            parts.retain(&mut document.value);
            parts.retain(&mut value);
            document.json = format!("{:#}\n", document.value);
            repaired = Repaired::read(document.json.as_bytes()).map_err(in_document)?;
        }
        let releases = release.clone().map_or_else(|| context.index.alike(&document.json), |release| vec![release]);
        let client = client(&repaired, &releases, context.overlays, parts).ok_or(Error::NoSnapshot)?;
        Ok(Self { name, file, bytes, release, value, notes: document.notes, client })
    }

    /// What a reader calls it.
    pub(super) fn title(&self) -> String {
        self.release.as_ref().map_or_else(|| self.name.clone(), |release| format!("Kimai {release}"))
    }
}

/// The corrections of specs/overlays/ are for documents as Kimai serves them; a document of one's own, which is compared
/// with the parts of the snapshots, takes what fits, of the first release with whose corrections there can be a client.
fn client(
    document: &Repaired,
    releases: &[Release],
    overlays: &[Overlay],
    parts: Option<&KnownParts>,
) -> Option<Result<Surface, codegen::Error>> {
    let surface = |release: &Release| {
        if let Some(parts) = parts {
            let document = document.load_own(release, overlays, parts, &BTreeSet::new())?;
            return Surface::new(&api::build_partial(&document, release)?.api, document.value());
        }
        let document = document.load_fitting(release, overlays)?;
        Surface::new(&api::build(&document, release)?.0, document.value())
    };
    let mut all = releases.iter().map(surface);
    let first = all.next()?;
    Some(first.or_else(|error| all.find_map(Result::ok).ok_or(error)))
}
