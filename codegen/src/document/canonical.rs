//! The canonical form of snapshots.

use serde_json::Value;

use super::{Declared, Mended, Note, Repair, convert, prose, source};
use crate::Error;

/// A snapshot, and what is known about it.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// JSON text, OpenAPI 3.0: keys sorted, two spaces, LF, no prose (texts that OpenAPI requires are empty), repaired, with a final line break.
    pub json: String,
    /// The same, read.
    pub value: Value,
    /// The specification that the source declares.
    pub declared: Declared,
    /// The repairs that changed something.
    pub repairs: Vec<Repair>,
    /// Parts of the source that are not in the snapshot.
    pub notes: Vec<Note>,
    /// How many operations the document has.
    pub operations: usize,
    /// How many named schemas the document has.
    pub schemas: usize,
}

/// Brings a document into its canonical form. The order of keys in the source makes no difference.
///
/// # Errors
///
/// As [`super::load`], without the overlays.
pub fn canonical(bytes: &[u8]) -> Result<Canonical, Error> {
    let mut value = source::parse(bytes)?.value;
    let mended = super::mend(&mut value)?;
    of(value, mended)
}

/// The canonical form of a repaired document.
pub(super) fn of(mut value: Value, mended: Mended) -> Result<Canonical, Error> {
    let Mended { declared, repairs, mut notes } = mended;
    prose::strip(&mut value);
    // Keys are sorted already, unless some crate in the build makes serde_json keep their order.
    value.sort_all_objects();
    let (openapi, unknown) = convert::to_openapi(&mut value.clone())?;
    let operations = openapi.paths.iter().filter_map(|(_, item)| item.as_item()).map(|item| item.iter().count()).sum();
    let schemas = openapi.components.as_ref().map_or(0, |components| components.schemas.len());
    notes.extend(unknown);
    Ok(Canonical { json: format!("{value:#}\n"), value, declared, repairs, notes, operations, schemas })
}

/// A document as [`KnownParts::compare`](super::KnownParts::compare) takes it: in the form of snapshots, but not checked.
///
/// # Errors
///
/// Returns an error if the bytes are not a document.
pub fn shape(bytes: &[u8]) -> Result<Value, Error> {
    let mut value = source::parse(bytes)?.value;
    super::mend(&mut value)?;
    prose::strip(&mut value);
    Ok(value)
}
