//! Builds the model of the API from the document.
//!
//! Responses and requests have separate types, even if the document uses one schema for both: a
//! response tolerates what servers omit, a request requires what they need. Parameters get the types
//! that the document only shows in patterns.

mod alias;
mod answers;
mod bodies;
mod complete;
mod descent;
mod drafts;
mod enums;
mod extensions;
mod failure;
mod field_names;
mod headers;
mod ids;
mod lookups;
mod media;
mod model;
mod objects;
mod one_of;
mod operations;
mod parameters;
mod paths;
mod pattern;
mod reach;
mod recursion;
mod resolve;
mod schemas;
mod security;
mod shared_enums;
mod usage;

pub(crate) use extensions::{ALWAYS, ANSWER_FORMAT, FULL};
pub use failure::LeftOut;
pub(crate) use lookups::{LookupFields, lookups};
pub(crate) use media::{essence, is_json};
pub use model::*;
pub(crate) use reach::{keep_reachable, reachable};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use openapiv3::OpenAPI;

use crate::document::{Document, Note};
use crate::{Error, Pointer, Release};
use complete::complete;
use descent::Step;
use failure::{Cause, Failure};
use ids::Ids;
use resolve::Resolver;
use shared_enums::SharedEnums;

/// Builds the model, with notes on what it ignores.
///
/// # Errors
///
/// Returns an error if a reference has no target, or if the client cannot express something.
pub fn build(document: &Document, release: &Release) -> Result<(Api, Vec<Note>), Error> {
    attempt(document, release, &Omitted::default()).map_err(|failure| failure.error)
}

/// A model without the parts that cannot be generated.
#[derive(Debug)]
pub struct Partial {
    /// The model.
    pub api: Api,
    /// Notes on what is ignored.
    pub notes: Vec<Note>,
    /// The operations and optional parameters that cannot be generated.
    pub left_out: Vec<LeftOut>,
}

/// Builds the model like [`build`], without the operations and optional parameters that the client cannot express, and
/// without the extensions that do not fit the document.
///
/// # Errors
///
/// Returns an error that concerns the whole document.
pub fn build_partial(document: &Document, release: &Release) -> Result<Partial, Error> {
    let mut document = Cow::Borrowed(document);
    let mut omitted = Omitted::default();
    let (mut left_out, mut more) = (Vec::new(), Vec::new());
    // A failed operation may leave types behind, so everything is read again without it.
    loop {
        let failure = match attempt(&document, release, &omitted) {
            Ok((api, mut notes)) => {
                notes.append(&mut more);
                return Ok(Partial { api, notes, left_out });
            }
            Err(failure) => failure,
        };
        let without = failure.extensions().into_iter().find_map(|place| Some((document.without(&place)?, place)));
        if let Some((without, pointer)) = without {
            let text = format!("it does not fit this document and is ignored: {}", failure.error);
            more.push(Note { pointer, text });
            document = Cow::Owned(without?);
            continue;
        }
        let is_operation = matches!(failure.cause, Cause::Operation(_));
        match failure.cause {
            Cause::Operation(pointer) | Cause::Parameter(pointer) if omitted.places.insert(pointer.clone()) => {
                left_out.push(LeftOut { pointer, is_operation, reason: failure.error });
            }
            Cause::TypeName(name) if omitted.names.insert(name.clone()) => {
                let text = format!("{name} is the name of an id type: this type becomes {name}Type");
                more.push(Note { pointer: type_place(&failure.error), text });
            }
            _ => return Err(failure.error),
        }
    }
}

/// The first part of the document that [`build`] cannot express, and the error: an extension, an operation or a parameter.
pub(crate) fn obstacle(document: &Document, release: &Release) -> Result<Option<(Pointer, Error)>, Error> {
    let Err(failure) = attempt(document, release, &Omitted::default()) else { return Ok(None) };
    let is_there = |place: &Pointer| document.value().pointer(place.as_str()).is_some();
    let extension = failure.extensions().into_iter().find(is_there);
    match (extension, failure.cause) {
        (Some(place), _) | (None, Cause::Operation(place) | Cause::Parameter(place)) => {
            Ok(Some((place, failure.error)))
        }
        (None, Cause::TypeName(_) | Cause::Document) => Err(failure.error),
    }
}

/// Where the type is that has the name of another one.
fn type_place(error: &Error) -> Pointer {
    match error {
        Error::NameConflict { pointer, .. } => pointer.clone(),
        _ => Pointer::root(),
    }
}

/// Parts of the document to skip.
#[derive(Default)]
struct Omitted {
    /// Operations and parameters.
    places: BTreeSet<Pointer>,
    /// Names of types that are taken.
    names: BTreeSet<String>,
}

fn attempt(document: &Document, release: &Release, omitted: &Omitted) -> Result<(Api, Vec<Note>), Failure> {
    let openapi = &document.openapi;
    let mut builder = Builder {
        openapi,
        omitted,
        resolver: Resolver::new(openapi),
        aliases: alias::find(openapi)?,
        ids: Ids::collect(openapi),
        shared_enums: SharedEnums::collect(openapi)?,
        types: BTreeMap::new(),
        given_enums: HashSet::new(),
        assigned: HashMap::new(),
        claimed: HashMap::new(),
        named_texts: BTreeMap::new(),
        in_progress: HashSet::new(),
        way: Vec::new(),
        nesting: 0,
        notes: document.report.notes.clone(),
    };
    for (alias, original) in &builder.aliases {
        let pointer = Pointer::root().join("components").join("schemas").join(alias);
        let text = format!("same shape as {original}: both become this type");
        builder.notes.push(Note { pointer, text });
    }
    let operations = operations::build(&mut builder)?;
    builder.check_named_texts()?;
    let resources = operations::resources(&operations, openapi);
    complete(&mut builder.types);
    for def in builder.types.values() {
        lookups(def, &builder.types)?;
    }
    let mut notes = builder.notes;
    notes.sort_by(|a, b| (&a.pointer, &a.text).cmp(&(&b.pointer, &b.text)));
    notes.dedup();
    let ids = builder.ids.used();
    if let Some(def) = builder.types.values().find(|def| def.name.strip_suffix("Id").is_some_and(|id| ids.contains(id)))
    {
        let error = Error::NameConflict {
            pointer: def.pointer.clone(),
            other: Pointer::root(),
            name: def.name.clone(),
            instead: "an id type has this name; rename this type with x-rust-type in an overlay",
        };
        return Err(Failure::new(Cause::TypeName(def.name.clone()), error));
    }
    let oldest = release.clone();
    let release = release.clone();
    Ok((Api { release, is_kimai: true, oldest, operations, resources, types: builder.types, ids }, notes))
}

/// What a schema is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Direction {
    Answer,
    Request,
    Patch,
}

/// What is known while the model is being built.
struct Builder<'a> {
    openapi: &'a OpenAPI,
    omitted: &'a Omitted,
    resolver: Resolver<'a>,
    /// Schemas that are the same as another one.
    aliases: BTreeMap<String, String>,
    ids: Ids,
    shared_enums: SharedEnums,
    types: BTreeMap<String, TypeDef>,
    /// The enums whose name the document gives.
    given_enums: HashSet<String>,
    /// The type that was made of a named schema.
    assigned: HashMap<(String, Direction), String>,
    /// Which schema uses a type name.
    claimed: HashMap<String, Pointer>,
    /// Enums that strings refer to by name, and where.
    named_texts: BTreeMap<String, Pointer>,
    /// Types whose fields are being read, further up.
    in_progress: HashSet<String>,
    /// How the schema that is being read was reached.
    way: Vec<Step<'a>>,
    /// The nesting depth of the schema that is being read.
    nesting: usize,
    notes: Vec<Note>,
}

impl Builder<'_> {
    fn is_left_out(&self, place: &Pointer) -> bool {
        self.omitted.places.contains(place)
    }

    fn note(&mut self, pointer: &Pointer, text: impl Into<String>) {
        self.notes.push(Note { pointer: pointer.clone(), text: text.into() });
    }

    /// A string without values may have the name of an enum, which another schema must define.
    fn check_named_texts(&self) -> Result<(), Error> {
        for (name, pointer) in &self.named_texts {
            if !matches!(self.types.get(name).map(|def| &def.kind), Some(TypeKind::Enum { .. })) {
                let problem = format!("no schema defines the enum '{name}': list its values here or elsewhere");
                return Err(Error::Malformed { pointer: pointer.clone(), problem });
            }
        }
        Ok(())
    }

    /// Adds a type. The same shape under the same name is the same type.
    fn add_type(&mut self, def: TypeDef) -> Result<(), Error> {
        if let Some(existing) = self.types.get_mut(&def.name) {
            if existing.doc.is_empty() {
                existing.doc.clone_from(&def.doc);
            }
            // Where a type is used, a document may describe it in other words.
            if existing.kind.is_same(&def.kind) {
                return Ok(());
            }
            if let Some(merged) = enums::merge(&existing.kind, &def.kind) {
                existing.kind = merged;
                return Ok(());
            }
            return Err(Error::NameConflict {
                pointer: def.pointer,
                other: existing.pointer.clone(),
                name: def.name,
                instead: "give one of them another name with x-rust-type in an overlay",
            });
        }
        self.in_progress.remove(&def.name);
        self.types.insert(def.name.clone(), def);
        Ok(())
    }
}
