//! What a document has and a client does not: operations of plugins, and what they need.

use std::collections::BTreeSet;

use crate::api::{self, Api, Body, Field, LeftOut, Operation, Parameter, Scalar, Segment, Type, TypeDef, TypeKind};
use crate::document::Note;
use crate::history::{names, paths_agree, reachable};
use crate::{Error, Pointer};

/// The operations that a client lacks, in a model of their own.
#[derive(Debug)]
pub struct Additions {
    /// The operations, with all that they lead to. What the client has is as the client has it.
    pub api: Api,
    /// The types, ids and resources of the client, by name. A type of the document hides the client's only if the client's
    /// cannot stand for it.
    pub client: Names,
    /// What the document adds to operations and types of the client, which therefore is missing.
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
        let mut operations = Vec::new();
        let mut left_out = Vec::new();
        for operation in &own.operations {
            match client.operations.iter().find(|known| is_same(known, operation)) {
                Some(known) => operation_notes(operation, known, &mut notes),
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
        let parts = parts(own);
        let mut names = Names {
            types: BTreeSet::new(),
            ids: client.ids.clone(),
            resources: client.resources.keys().cloned().collect(),
        };
        let client_parts = self::parts(client);
        for def in own.types.values() {
            let Some(known) = client.types.get(&def.name) else { continue };
            let is_form = parts.contains(&def.name) && !client_parts.contains(&def.name);
            if is_form || std::mem::discriminant(&def.kind) != std::mem::discriminant(&known.kind) {
                continue;
            }
            type_notes(def, known, &mut notes);
            names.types.insert(def.name.clone());
        }
        let mut types = own.types.clone();
        for (name, def) in types.iter_mut().filter(|(name, _)| names.types.contains(*name)) {
            if let Some(known) = client.types.get(name) {
                *def = known.clone();
            }
        }
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
        let used = reachable(&api);
        api.types.retain(|name, _| used.contains(name));
        api::complete(&mut api.types);
        api.ids = ids(&api);
        notes.sort_by(|a, b| (&a.pointer, &a.text).cmp(&(&b.pointer, &b.text)));
        notes.dedup();
        Self { api, client: names, notes, left_out }
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

fn is_same(a: &Operation, b: &Operation) -> bool {
    a.method == b.method && a.outside_api == b.outside_api && paths_agree(&a.path, &b.path)
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

fn note(pointer: &Pointer, text: impl Into<String>) -> Note {
    Note { pointer: pointer.clone(), text: text.into() }
}

/// Parameters and bodies that the client's operation does not have.
fn operation_notes(own: &Operation, known: &Operation, notes: &mut Vec<Note>) {
    let is_known = |parameter: &&Parameter| {
        let wires = wires(parameter);
        known.parameters.iter().any(|other| other.name == parameter.name || !self::wires(other).is_disjoint(&wires))
    };
    for parameter in own.parameters.iter().filter(|parameter| !is_known(parameter)) {
        let text = format!("the client's operation has no parameter `{}`: left out", parameter.name);
        notes.push(note(&own.pointer, text));
    }
    let takes_body = |operation: &Operation| {
        let in_body = |parameter: &Parameter| parameter.place == api::ParameterPlace::Body;
        operation.body.is_some() || operation.parameters.iter().any(in_body)
    };
    if takes_body(own) && !takes_body(known) {
        notes.push(note(&own.pointer, "the client's operation has no body: left out"));
    }
}

/// The names of a parameter in requests.
fn wires(parameter: &Parameter) -> BTreeSet<&str> {
    names(&parameter.value).into_iter().map(|(wire, _)| wire).collect()
}

/// Fields and values that the client's type does not have.
fn type_notes(own: &TypeDef, known: &TypeDef, notes: &mut Vec<Note>) {
    let mut add = |what: &str, name: &str| {
        let text = format!("the client's type `{}` has no {what} `{name}`: left out", own.name);
        notes.push(note(&own.pointer, text));
    };
    match (&own.kind, &known.kind) {
        (TypeKind::Enum { variants, open: false }, TypeKind::Enum { variants: known, open: false }) => {
            let is_new = |variant: &&api::Variant| !known.iter().any(|other| other.wire == variant.wire);
            variants.iter().filter(is_new).for_each(|variant| add("value", &variant.wire));
        }
        (TypeKind::OneOf { alternatives }, TypeKind::OneOf { alternatives: known }) => {
            let is_new = |one: &&api::Alternative| !known.iter().any(|other| other.ty == one.ty);
            alternatives.iter().filter(is_new).for_each(|one| add("alternative", &one.name));
        }
        (own, known) => {
            let known = fields(known);
            let is_new = |field: &&Field| {
                !known
                    .iter()
                    .any(|other| other.wire == field.wire || (other.name == field.name && other.ty == field.ty))
            };
            fields(own).iter().filter(is_new).for_each(|field| add("field", &field.wire));
            let is_other = |field: &&Field| {
                let same = known.iter().find(|other| other.wire == field.wire);
                same.is_some_and(|other| other.ty != field.ty && !matches!(other.ty, Type::IdOr(..)))
            };
            fields(own).iter().filter(is_other).for_each(|field| add("such type of the field", &field.wire));
        }
    }
}

fn fields(kind: &TypeKind) -> &[Field] {
    match kind {
        TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. } => fields,
        TypeKind::Enum { .. } | TypeKind::OneOf { .. } => &[],
    }
}

/// The forms that are sent as parts.
fn parts(api: &Api) -> BTreeSet<String> {
    let parts = api.operations.iter().filter_map(|operation| match &operation.body {
        Some(Body::Multipart(name)) => Some(name.clone()),
        _ => None,
    });
    parts.collect()
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
        let types: Vec<&Type> = match &def.kind {
            TypeKind::Answer { fields, extra }
            | TypeKind::Form { fields, extra }
            | TypeKind::Patch { fields, extra } => fields.iter().map(|field| &field.ty).chain(extra).collect(),
            TypeKind::OneOf { alternatives } => alternatives.iter().map(|alternative| &alternative.ty).collect(),
            TypeKind::Enum { .. } => Vec::new(),
        };
        found.extend(types.into_iter().filter_map(id).map(str::to_owned));
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
