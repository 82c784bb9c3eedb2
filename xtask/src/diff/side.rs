//! A document that is compared, and the client that would be generated of it.

use std::thread;

use codegen::document::{self, Overlay};
use codegen::rust::Surface;
use codegen::{Release, api};
use serde_json::Value;

use crate::error::Error;
use crate::index::Index;
use crate::source::Source;

/// One of the two documents.
pub(crate) struct Side {
    /// Its name in messages.
    pub(super) name: String,
    pub(super) release: Option<Release>,
    /// In canonical form.
    pub(super) value: Value,
    /// What programs see of its client, or why there can be none.
    pub(super) client: Result<Surface, codegen::Error>,
}

impl Side {
    /// Reads both, each on a thread of its own.
    pub(super) fn both(old: Source, new: Source, overlays: &[Overlay], index: &Index) -> Result<(Self, Self), Error> {
        thread::scope(|scope| {
            let other = scope.spawn(|| Self::read(old, overlays, index));
            let new = Self::read(new, overlays, index);
            match other.join() {
                Ok(old) => Ok((old?, new?)),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    fn read(source: Source, overlays: &[Overlay], index: &Index) -> Result<Self, Error> {
        let Source { name, bytes, release } = source;
        let document = match document::canonical(&bytes) {
            Ok(canonical) => canonical,
            Err(error) => return Err(Error::Document { name, source: error }),
        };
        let releases = release.clone().map_or_else(|| index.alike(&document.json), |release| vec![release]);
        let client = client(&bytes, &releases, overlays).ok_or(Error::NoSnapshot)?;
        Ok(Self { name, release, value: document.value, client })
    }

    /// What a reader calls it.
    pub(super) fn title(&self) -> String {
        self.release.as_ref().map_or_else(|| self.name.clone(), |release| format!("Kimai {release}"))
    }
}

/// The corrections of specs/overlays/ are for documents as Kimai serves them; a document of one's own takes what
/// fits, of
/// the first release with whose corrections there can be a client.
fn client(bytes: &[u8], releases: &[Release], overlays: &[Overlay]) -> Option<Result<Surface, codegen::Error>> {
    let surface = |release: &Release| {
        let document = document::load_foreign(bytes, release, overlays)?;
        let (api, _) = api::build(&document, release)?;
        Ok(Surface::of(&api))
    };
    let mut all = releases.iter().map(surface);
    let first = all.next()?;
    Some(first.or_else(|error| all.find_map(Result::ok).ok_or(error)))
}
