//! Builds the model of the API from the document.
//!
//! Responses and requests have separate types, even if the document uses one schema for both: a
//! response tolerates what servers omit, a request requires what they need. Parameters get the types
//! that the document only shows in patterns.

mod alias;
mod descent;
mod enums;
mod extensions;
mod ids;
mod model;
mod objects;
mod one_of;
mod operations;
mod parameters;
mod paths;
mod pattern;
mod recursion;
mod resolve;
mod schemas;
mod security;

pub use model::*;

use std::collections::{BTreeMap, HashMap, HashSet};

use openapiv3::OpenAPI;

use crate::document::{Document, Note};
use crate::{Error, Pointer, Release};
use descent::Step;
use ids::Ids;
use resolve::Resolver;

/// Builds the model, with notes on what it ignores.
///
/// # Errors
///
/// Returns an error if a reference has no target, or if the client cannot express something.
pub fn build(document: &Document, release: &Release) -> Result<(Api, Vec<Note>), Error> {
    let openapi = &document.openapi;
    let mut builder = Builder {
        openapi,
        resolver: Resolver::new(openapi),
        aliases: alias::find(openapi)?,
        ids: Ids::collect(openapi),
        types: BTreeMap::new(),
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
    let mut notes = builder.notes;
    notes.sort_by(|a, b| (&a.pointer, &a.text).cmp(&(&b.pointer, &b.text)));
    notes.dedup();
    let ids = builder.ids.used();
    if let Some(def) = builder.types.values().find(|def| def.name.strip_suffix("Id").is_some_and(|id| ids.contains(id)))
    {
        return Err(Error::NameConflict {
            pointer: def.pointer.clone(),
            other: Pointer::root(),
            name: def.name.clone(),
            instead: "an id type has this name; rename this type with x-rust-type in an overlay",
        });
    }
    let oldest = release.clone();
    let release = release.clone();
    Ok((Api { release, is_kimai: true, oldest, operations, resources, types: builder.types, ids }, notes))
}

/// Completes types with what is known only after all types are read.
pub(crate) fn complete(types: &mut BTreeMap<String, TypeDef>) {
    recursion::box_cycles(types);
    one_of::recognise(types);
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
    resolver: Resolver<'a>,
    /// Schemas that are the same as another one.
    aliases: BTreeMap<String, String>,
    ids: Ids,
    types: BTreeMap<String, TypeDef>,
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
            if existing.kind == def.kind {
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
