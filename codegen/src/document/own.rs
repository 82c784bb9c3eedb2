//! A document of one's own: the overlays are made for the documents of Kimai's releases, and this one may have more, less or
//! something else.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::overlay::{self, Overlay};
use super::parts::KnownParts;
use super::structure::{Kind, walk};
use super::{Document, Mended, Report, clash, convert, mend, prose, source};
use crate::{Error, Release};

const SCHEMAS: &str = "#/components/schemas/";

/// Where a description of the document is while overlays are applied. No overlay can reach it, and it goes where its
/// object goes.
const KEPT: &str = "x-own-description";

/// Loads a document that is none of the snapshots.
///
/// * Actions that do not fit it are in the report.
/// * Actions that select schemas or paths by a wildcard, a filter or a descent change only what some snapshot has.
/// * The document's own descriptions stay; overlays describe the rest.
/// * A schema that no snapshot has is renamed if its type would have the name of another one, or a reserved name.
///
/// # Errors
///
/// Returns an error if the bytes are not a document, or the document is damaged beyond the known repairs.
pub fn load_own(
    bytes: &[u8],
    release: &Release,
    overlays: &[Overlay],
    known: &KnownParts,
    reserved: &BTreeSet<String>,
) -> Result<Document, Error> {
    let source::Parsed { mut value, format } = source::parse(bytes)?;
    let Mended { declared, repairs, notes: upgrade_notes } = mend(&mut value)?;
    prose::escape(&mut value);
    let own = Own { parts: KnownParts::of(&value), known, schemas: schemas(&value, release, overlays) };
    keep_descriptions(&mut value);
    let applied = overlays.iter().map(|overlay| overlay.apply_own(&mut value, release, &own)).collect();
    restore_descriptions(&mut value);
    let is_own = |name: &str| own.parts.has_schema(name) && !known.has_schema(name);
    let renamed = clash::rename(&mut value, is_own, reserved);
    let (openapi, mut notes) = convert::to_openapi(value)?;
    notes.extend(upgrade_notes);
    notes.extend(renamed);
    Ok(Document { openapi, report: Report { format, declared, repairs, overlays: applied, notes } })
}

/// The document as overlays need to know it.
struct Own<'a> {
    /// What the document had before any of them.
    parts: KnownParts,
    known: &'a KnownParts,
    schemas: BTreeSet<String>,
}

impl overlay::Own for Own<'_> {
    fn is_own(&self, document: &Value, place: &str) -> bool {
        self.parts.has(document, place) && !self.known.has(document, place)
    }

    fn missing_schema(&self, value: &Value) -> Option<String> {
        match value {
            Value::Object(object) => {
                let target = object.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix(SCHEMAS));
                let missing = target.filter(|name| !self.schemas.contains(*name)).map(str::to_owned);
                missing.or_else(|| object.values().find_map(|member| self.missing_schema(member)))
            }
            Value::Array(array) => array.iter().find_map(|element| self.missing_schema(element)),
            _ => None,
        }
    }
}

/// The schemas of the document, and those that overlays add.
fn schemas(document: &Value, release: &Release, overlays: &[Overlay]) -> BTreeSet<String> {
    let of_document = document.pointer("/components/schemas").and_then(Value::as_object);
    let added = overlays.iter().flat_map(|overlay| overlay.additions(release, "$.components.schemas"));
    let all = of_document.into_iter().chain(added.filter_map(Value::as_object));
    all.flat_map(Map::keys).cloned().collect()
}

fn keep_descriptions(document: &mut Value) {
    walk(document, &mut |value, kind, _| {
        if let (false, Value::Object(object)) = (kind.has_own_names(), value)
            && let Some(text) = object.remove("description")
        {
            object.insert(KEPT.to_owned(), text);
        }
    });
}

fn restore_descriptions(document: &mut Value) {
    walk(document, &mut |value, kind, pointer| {
        let Value::Object(object) = value else { return };
        let Some(text) = object.remove(KEPT) else { return };
        object.insert("description".to_owned(), text);
        object.remove("x-kimai-patch-description");
        // Elsewhere this describes the type of a property, and the document the property.
        let is_named = pointer.as_str().rsplit_once('/').is_some_and(|(parent, _)| parent == "/components/schemas");
        if kind == Kind::Schema && is_named {
            object.remove("x-rust-type-description");
        }
    });
}
