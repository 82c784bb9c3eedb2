//! A document that is compared, and the client that would be generated of it.

use std::thread;

use codegen::document::{self, Overlay};
use codegen::rust::Surface;
use codegen::{Release, api};
use serde_json::Value;

use crate::error::Error;
use crate::source::Source;

/// One of the two documents.
pub(crate) struct Side {
    /// How messages call it.
    pub(super) name: String,
    pub(super) release: Option<Release>,
    /// In canonical form.
    pub(super) value: Value,
    /// What programs see of its client, or why there can be none.
    pub(super) client: Result<Surface, codegen::Error>,
}

impl Side {
    /// Reads both, each on a thread of its own. `newest` is taken for the release of documents that do not say it.
    pub(super) fn both(
        old: Source,
        new: Source,
        overlays: &[Overlay],
        newest: &Release,
    ) -> Result<(Self, Self), Error> {
        thread::scope(|scope| {
            let other = scope.spawn(|| Self::read(old, overlays, newest));
            let new = Self::read(new, overlays, newest);
            match other.join() {
                Ok(old) => Ok((old?, new?)),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    fn read(source: Source, overlays: &[Overlay], newest: &Release) -> Result<Self, Error> {
        let Source { name, bytes, release } = source;
        let value = match document::canonical(&bytes) {
            Ok(canonical) => canonical.value,
            Err(error) => return Err(Error::Document { name, source: error }),
        };
        let client = client(&bytes, release.as_ref().unwrap_or(newest), overlays);
        Ok(Self { name, release, value, client })
    }

    /// What a reader calls it.
    pub(super) fn title(&self) -> String {
        self.release.as_ref().map_or_else(|| self.name.clone(), |release| format!("Kimai {release}"))
    }
}

/// The corrections of specs/overlays/ are for documents as Kimai serves them; a document of one's own takes what fits.
fn client(bytes: &[u8], release: &Release, overlays: &[Overlay]) -> Result<Surface, codegen::Error> {
    let document = document::load_foreign(bytes, release, overlays)?;
    let (api, _) = api::build(&document, release)?;
    Ok(Surface::of(&api))
}
