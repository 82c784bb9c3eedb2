//! What a document has and a client does not: operations of plugins, and what they need.

mod left_out;
mod notes;
mod stand;

pub use left_out::without_known;

use std::collections::BTreeSet;

use crate::Error;
use crate::api::{self, Api, Body, LeftOut, Operation, Scalar, Segment, Type, TypeDef};
use crate::document::Note;
use notes::note;
use stand::Comparison;

/// The operations that a client lacks, in a model of their own.
#[derive(Debug)]
pub struct Additions {
    /// The operations, with all that they lead to. What the client has is as the client has it.
    pub api: Api,
    /// The types, ids and resources of the client, by name. A type of the document hides the client's only if the client's
    /// cannot stand for it.
    pub client: Names,
    /// The number of operations that the client has.
    pub known: usize,
    /// What the document declares for operations and types of the client, and the client lacks or has in another way.
    pub notes: Vec<Note>,
    /// The new operations that have the method name of another operation of the client.
    pub left_out: Vec<LeftOut>,
}

/// Names that a client has.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Types.
    pub types: BTreeSet<String>,
    /// Kinds of ids, such as `Customer` for `CustomerId`.
    pub ids: BTreeSet<String>,
    /// Resources, by module.
    pub resources: BTreeSet<String>,
}

impl Additions {
    /// Finds what the model of a document has and that of the client does not. An operation is known by method and path,
    /// whatever its parameters are called; a type by its name.
    #[must_use]
    pub fn find(own: &Api, client: &Api) -> Self {
        let mut notes = Vec::new();
        let (mut operations, mut shared) = (Vec::new(), Vec::new());
        let mut left_out = Vec::new();
        let objects = Comparison::of_objects(own, client);
        for operation in &own.operations {
            match client.operations.iter().find(|known| known.is_same(operation)) {
                Some(known) => {
                    notes::of_operation(operation, known, &objects, client, &mut notes);
                    shared.push(operation.clone());
                }
                None if operation.gone => notes.push(note(&operation.pointer, "it returns only status 410: left out")),
                None => match checked(operation, client) {
                    Ok(()) => operations.push(Operation { plugin: own.is_kimai, ..operation.clone() }),
                    Err(reason) => {
                        let pointer = operation.pointer.clone();
                        left_out.push(LeftOut { pointer, is_operation: true, reason });
                    }
                },
            }
        }
        let known = shared.len();
        let types_of_client = api::reachable(&Api { operations: shared, ..own.clone() });
        let comparison = Comparison::new(own, client);
        for (def, known) in own.types.values().filter_map(|def| Some((def, client.types.get(&def.name)?))) {
            // Nobody misses a part of a type for which the module has its own.
            if !comparison.is_apart(&def.name) || types_of_client.contains(&def.name) {
                notes::of_type(def, known, &mut notes);
            }
        }
        let mut names = Names {
            types: comparison.shared().map(|def| def.name.clone()).collect(),
            ids: client.ids.clone(),
            resources: client.resources.keys().cloned().collect(),
        };
        let mut types = own.types.clone();
        types.extend(comparison.shared().map(|def| (def.name.clone(), def.clone())));
        // The client's types may lead to others of the client.
        for (name, def) in &client.types {
            types.entry(name.clone()).or_insert_with(|| {
                names.types.insert(name.clone());
                def.clone()
            });
        }
        let has_operations = |name: &String| operations.iter().any(|operation| operation.resource == *name);
        let resources = own.resources.iter().filter(|(name, _)| has_operations(name));
        let resources = resources.map(|(name, resource)| (name.clone(), resource.clone())).collect();
        let mut api = Api {
            release: own.release.clone(),
            is_kimai: own.is_kimai,
            oldest: own.oldest.clone(),
            operations,
            resources,
            types,
            ids: BTreeSet::new(),
        };
        api::keep_reachable(&mut api);
        api.ids = ids(&api);
        for def in api.types.values() {
            let Some(why) = comparison.why(&def.name) else { continue };
            let name = &def.name;
            let text = format!("the module has its own `{name}`, since the client's cannot stand for it ({why})");
            notes.push(note(&def.pointer, text));
        }
        notes.sort_by(|a, b| (&a.pointer, &a.text).cmp(&(&b.pointer, &b.text)));
        notes.dedup();
        Self { api, client: names, known, notes, left_out }
    }

    /// The types that the client lacks.
    pub fn types(&self) -> impl Iterator<Item = &TypeDef> {
        self.api.types.values().filter(|def| !self.client.types.contains(&def.name))
    }

    /// The kinds of ids that the client lacks.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.api.ids.difference(&self.client.ids).map(String::as_str)
    }
}

/// Fails if the client has another one of this name: its methods hide those of an extension trait.
fn checked(operation: &Operation, client: &Api) -> Result<(), Error> {
    let is_called_so = |known: &&Operation| known.resource == operation.resource && known.name == operation.name;
    match client.operations.iter().find(is_called_so) {
        None => Ok(()),
        Some(known) => Err(Error::NameConflict {
            pointer: operation.pointer.clone(),
            other: known.pointer.clone(),
            name: format!("{}().{}()", operation.resource, operation.name),
            instead: "the client has the other one already: rename this one with x-rust-name in an overlay",
        }),
    }
}

/// The kinds of ids in operations and types.
fn ids(api: &Api) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for operation in &api.operations {
        let path = operation.path.iter().filter_map(|segment| match segment {
            Segment::Parameter(parameter) => Some(&parameter.ty),
            Segment::Literal(_) => None,
        });
        let scalars = path.chain(operation.parameters.iter().filter_map(|parameter| parameter.value.scalar()));
        found.extend(
            scalars.filter_map(|scalar| if let Scalar::Id(thing) = scalar { Some(thing.clone()) } else { None }),
        );
        let answers = [Some(&operation.answer), operation.full.as_ref().map(|full| &full.answer)];
        for answer in answers.into_iter().flatten() {
            found.extend(answer.json().and_then(id).map(str::to_owned));
        }
        if let Some(Body::Json(ty)) = &operation.body {
            found.extend(id(ty).map(str::to_owned));
        }
    }
    for def in api.types.values() {
        found.extend(def.kind.types().into_iter().filter_map(id).map(str::to_owned));
    }
    found
}

fn id(ty: &Type) -> Option<&str> {
    match ty {
        Type::Id(thing) | Type::IdOr(thing, _) => Some(thing),
        Type::List(item) | Type::Map(item) | Type::Nullable(item) => id(item),
        _ => None,
    }
}
