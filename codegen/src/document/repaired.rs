//! A document that was read once, for all that is made of it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::overlay::Traced;
use super::{
    Applied, Canonical, Declared, Document, Format, KnownParts, Mended, Note, Overlay, Repair, Report, canonical,
    convert, own, prose, servers, source,
};
use crate::{Error, Release};

/// A document after the upgrade and the repairs.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// With its servers.
    value: Value,
    format: Format,
    declared: Declared,
    repairs: Vec<Repair>,
    notes: Vec<Note>,
}

impl Repaired {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a document, or the document is damaged beyond the known repairs.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let source::Parsed { mut value, format } = source::parse(bytes)?;
        let Mended { declared, repairs, notes } = super::mend_without_servers(&mut value)?;
        Ok(Self { value, format, declared, repairs, notes })
    }

    /// As [`canonical`](super::canonical).
    ///
    /// # Errors
    ///
    /// Returns an error if the document does not have the form of OpenAPI.
    pub fn canonical(&self) -> Result<Canonical, Error> {
        let mut value = self.value.clone();
        let mut notes = self.notes.clone();
        notes.extend(servers::apply(&mut value));
        canonical::of(value, Mended { declared: self.declared.clone(), repairs: self.repairs.clone(), notes })
    }

    /// The document as [`crate::diff::compare`] takes it: in canonical form, but with its servers.
    #[must_use]
    pub fn with_servers(&self) -> Value {
        let mut value = self.value.clone();
        prose::strip(&mut value);
        value
    }

    /// As [`load`](super::load).
    ///
    /// # Errors
    ///
    /// Returns an error if an action of an overlay matches nothing, or the document does not have the form of OpenAPI.
    pub fn load(&self, release: &Release, overlays: &[Overlay]) -> Result<Document, Error> {
        self.clone().load_with(release, overlays, Overlay::apply)
    }

    /// As [`load_fitting`](super::load_fitting).
    ///
    /// # Errors
    ///
    /// Returns an error if the document does not have the form of OpenAPI.
    pub fn load_fitting(&self, release: &Release, overlays: &[Overlay]) -> Result<Document, Error> {
        self.clone().load_with(release, overlays, own::apply_fitting)
    }

    /// As [`load`](Self::load), with the places that the actions of the overlays change.
    pub(crate) fn load_traced(
        &self,
        release: &Release,
        overlays: &[Overlay],
    ) -> Result<(Document, Vec<Traced>), Error> {
        let mut traced = Vec::new();
        let document = self.clone().load_with(release, overlays, |overlay, value, release| {
            overlay.apply_traced(value, release, &mut |action| traced.push(action))
        })?;
        Ok((document, traced))
    }

    /// As [`load_own`](super::load_own).
    ///
    /// # Errors
    ///
    /// Returns an error if the document does not have the form of OpenAPI.
    pub fn load_own(
        &self,
        release: &Release,
        overlays: &[Overlay],
        known: &KnownParts,
        reserved: &BTreeSet<String>,
    ) -> Result<Document, Error> {
        let (value, report) = self.clone().for_client();
        own::load(value, report, release, overlays, known, reserved)
    }

    pub(super) fn load_with(
        self,
        release: &Release,
        overlays: &[Overlay],
        mut apply: impl FnMut(&Overlay, &mut Value, &Release) -> Result<Applied, Error>,
    ) -> Result<Document, Error> {
        let (mut value, mut report) = self.for_client();
        for overlay in overlays {
            report.overlays.push(apply(overlay, &mut value, release)?);
        }
        let (openapi, mut notes) = convert::to_openapi(&mut value)?;
        notes.append(&mut report.notes);
        report.notes = notes;
        Ok(Document { openapi, report, value })
    }

    /// The document without servers and with its own text as plain text.
    fn for_client(self) -> (Value, Report) {
        let Self { mut value, format, declared, repairs, mut notes } = self;
        notes.extend(servers::apply(&mut value));
        prose::escape(&mut value);
        (value, Report { format, declared, repairs, overlays: Vec::new(), notes })
    }
}
