//! Bytes in, one well-formed OpenAPI 3.0 document out.
//!
//! The steps, in order: parse, upgrade from Swagger 2.0 or OpenAPI 3.1, repair, escape the document's own prose, apply the
//! overlays, convert to [`openapiv3::OpenAPI`]. Each step that changes something reports it.

mod canonical;
mod clash;
mod convert;
mod declared;
mod edit;
mod openapi31;
mod overlay;
mod own;
mod parts;
mod prose;
mod repair;
mod repaired;
mod selection;
mod servers;
mod source;
mod structure;
mod swagger;
mod target;
mod written;

pub use canonical::{Canonical, canonical, shape};
pub use declared::{Declared, InvalidDeclared};
pub(crate) use overlay::Traced;
pub use overlay::{Applied, Overlay, Skipped};
pub use own::{load_fitting, load_own};
pub use parts::{Comparison, KnownParts, Likeness};
pub(crate) use prose::without_prose;
pub use repair::Repair;
pub use repaired::Repaired;
pub use source::{Format, MAX_BYTES};
pub(crate) use written::{WrittenAction, WrittenChange, write_actions};

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::{Error, Pointer, Release};

/// What an upgraded document declares.
const UPGRADED: &str = "3.0.3";

/// A well-formed document, and what was done to make it so.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document after repairs and overlays.
    pub openapi: OpenAPI,
    /// What was done on the way.
    pub report: Report,
    /// The document before it got its types.
    value: Value,
}

impl Document {
    /// The document as JSON, in the form of OpenAPI 3.0, after repairs and overlays.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The document without the member of an object at this place; none if there is no such member.
    pub(crate) fn without(&self, place: &Pointer) -> Option<Result<Self, Error>> {
        let mut value = self.value.clone();
        let (parent, token) = place.as_str().rsplit_once('/')?;
        let token = token.replace("~1", "/").replace("~0", "~");
        value.pointer_mut(parent)?.as_object_mut()?.remove(&token)?;
        let openapi = convert::to_openapi(&mut value).map(|(openapi, _)| openapi);
        Some(openapi.map(|openapi| Self { openapi, report: self.report.clone(), value }))
    }
}

/// What was read, repaired, corrected and ignored.
#[derive(Clone, Debug)]
pub struct Report {
    /// How the bytes are written.
    pub format: Format,
    /// The specification that the document declares.
    pub declared: Declared,
    /// The repairs that changed something.
    pub repairs: Vec<Repair>,
    /// The overlays in the order of their application.
    pub overlays: Vec<Applied>,
    /// What was read but does not reach the client.
    pub notes: Vec<Note>,
}

/// Something in the document that does not reach the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The place.
    pub pointer: Pointer,
    /// What is ignored, and why.
    pub text: String,
}

/// Loads a document of the given release and applies the overlays in their order.
///
/// # Errors
///
/// Returns an error if the bytes are not a document, the document is damaged beyond the known repairs, or an action
/// of an
/// overlay matches nothing.
pub fn load(bytes: &[u8], release: &Release, overlays: &[Overlay]) -> Result<Document, Error> {
    Repaired::read(bytes)?.load_with(release, overlays, Overlay::apply)
}

/// What was done to make a document well-formed OpenAPI 3.0.
struct Mended {
    declared: Declared,
    repairs: Vec<Repair>,
    notes: Vec<Note>,
}

fn mend(value: &mut Value) -> Result<Mended, Error> {
    let mut mended = mend_without_servers(value)?;
    mended.notes.extend(servers::apply(value));
    Ok(mended)
}

fn mend_without_servers(value: &mut Value) -> Result<Mended, Error> {
    let mut repairs: Vec<Repair> = repair::unwrap(value).into_iter().collect();
    let declared = Declared::of(value)?;
    let notes = match &declared {
        Declared::Swagger2 => swagger::upgrade(value)?,
        Declared::OpenApi31(_) => openapi31::upgrade(value)?,
        Declared::OpenApi30(version) => {
            // YAML reads a version without a patch number as a number.
            if let Some(written) = value.get_mut("openapi").filter(|written| written.is_number()) {
                *written = Value::String(version.clone());
            }
            Vec::new()
        }
    };
    repairs.extend(repair::apply(value));
    Ok(Mended { declared, repairs, notes })
}
