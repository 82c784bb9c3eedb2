//! One model for a range of releases: everything that any of them has, with properties of responses that not all
//! contain as optional.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::observe::names;
use crate::api::{
    self, Answer, Api, Body, Field, Operation, Parameter, ParameterPlace, Segment, Type, TypeDef, TypeKind,
};
use crate::document::Note;
use crate::{Error, Release};

/// Unites the models of releases, oldest first; if they contradict each other, the newest one is used.
///
/// A property of a response is always there if it is in all releases that have the type, and may be null if it may be
/// in
/// one of them. An operation for which the newest release returns only status 410 is as in the last release that
/// supported it.
///
/// # Errors
///
/// Returns an error if a type of an older release has the name of another kind of type, or two properties would get
/// the same name.
pub fn unite(apis: &[(Release, Arc<Api>)]) -> Result<Option<(Api, Vec<Note>)>, Error> {
    let Some(((_, newest), older)) = apis.split_last() else { return Ok(None) };
    let mut united = Union { api: Api::clone(newest), notes: Vec::new() };
    if let Some((oldest, _)) = older.first() {
        united.api.oldest = oldest.clone();
    }
    let mut before: Option<&Arc<Api>> = Some(newest);
    for (_, api) in older.iter().rev() {
        // Releases with the same document share their model.
        if before.is_some_and(|before| Arc::ptr_eq(before, api)) {
            continue;
        }
        before = Some(api);
        united.add(api)?;
    }
    Ok(Some(united.finish()))
}

struct Union {
    api: Api,
    notes: Vec<Note>,
}

impl Union {
    fn add(&mut self, older: &Api) -> Result<(), Error> {
        for operation in &older.operations {
            self.operation(operation);
        }
        for def in older.types.values() {
            self.def(def)?;
        }
        for (name, resource) in &older.resources {
            self.api.resources.entry(name.clone()).or_insert_with(|| resource.clone());
        }
        self.api.ids.extend(older.ids.iter().cloned());
        Ok(())
    }

    fn operation(&mut self, older: &Operation) {
        let same = |other: &&mut Operation| {
            other.method == older.method
                && other.outside_api == older.outside_api
                && paths_agree(&other.path, &older.path)
        };
        let Some(operation) = self.api.operations.iter_mut().find(same) else {
            self.api.operations.push(older.clone());
            return;
        };
        if operation.gone && !older.gone {
            let (doc, example) = (operation.doc.clone(), operation.example.clone());
            *operation = Operation { doc, example, ..older.clone() };
            return;
        }
        for parameter in &older.parameters {
            let is_same = |known: &Parameter| {
                known.name == parameter.name || names(&known.value).iter().any(|(wire, _)| writes(parameter, wire))
            };
            let known = operation.parameters.iter().any(is_same);
            // A body that is one value has no room for others.
            let has_room = parameter.place != ParameterPlace::Body || operation.body.is_none();
            // What is required by an old release only cannot be asked of everybody.
            if !known && has_room {
                operation.parameters.push(Parameter { required: false, ..parameter.clone() });
                operation.parameters.sort_by(|a, b| a.name.cmp(&b.name));
            }
        }
        if operation.full.is_none() {
            operation.full.clone_from(&older.full);
        }
        let takes_body = |operation: &Operation| {
            operation.body.is_some() || operation.parameters.iter().any(|one| one.place == ParameterPlace::Body)
        };
        if older.body.is_some() && !takes_body(operation) {
            let text = "an older release accepts a body, the newest does not: it is ignored".to_owned();
            self.notes.push(Note { pointer: operation.pointer.clone(), text });
        }
    }

    fn def(&mut self, older: &TypeDef) -> Result<(), Error> {
        let Some(def) = self.api.types.get_mut(&older.name) else {
            self.api.types.insert(older.name.clone(), older.clone());
            return Ok(());
        };
        let notes = &mut self.notes;
        match (&mut def.kind, &older.kind) {
            (TypeKind::Answer { fields, .. }, TypeKind::Answer { fields: older, .. }) => {
                let is_there = |field: &Field| older.iter().any(|other| other.wire == field.wire);
                for field in fields.iter_mut().filter(|field| !is_there(field)) {
                    field.keeps_null |= field.required && field.nullable;
                    field.required = false;
                }
                merge_fields(fields, older, &def.name, false, notes)?;
            }
            (TypeKind::Form { fields, .. }, TypeKind::Form { fields: older, .. })
            | (TypeKind::Patch { fields, .. }, TypeKind::Patch { fields: older, .. }) => {
                merge_fields(fields, older, &def.name, true, notes)?;
            }
            (TypeKind::Enum { variants, .. }, TypeKind::Enum { variants: older, .. }) => {
                let new: Vec<_> =
                    older.iter().filter(|older| !variants.iter().any(|known| known.wire == older.wire)).collect();
                for variant in new {
                    let mut variant = variant.clone();
                    while variants.iter().any(|known| known.name == variant.name) {
                        variant.name.push_str("Former");
                    }
                    variants.push(variant);
                }
            }
            (TypeKind::OneOf { .. }, TypeKind::OneOf { .. }) => {}
            _ => {
                return Err(Error::NameConflict {
                    pointer: older.pointer.clone(),
                    other: def.pointer.clone(),
                    name: def.name.clone(),
                    instead: "rename the type of the older release with x-rust-type in an overlay",
                });
            }
        }
        Ok(())
    }

    fn finish(mut self) -> (Api, Vec<Note>) {
        self.api
            .operations
            .sort_by(|a, b| (&a.resource, &a.template, a.method).cmp(&(&b.resource, &b.template, b.method)));
        self.check_objects();
        let used = reachable(&self.api);
        self.api.types.retain(|name, _| used.contains(name));
        api::complete(&mut self.api.types);
        self.notes.sort_by(|a, b| (&a.pointer, &a.text).cmp(&(&b.pointer, &b.text)));
        self.notes.dedup();
        (self.api, self.notes)
    }
}

impl Union {
    /// What has no id of its own cannot stand for it.
    fn check_objects(&mut self) {
        let has_id = |def: &TypeDef| match &def.kind {
            TypeKind::Answer { fields, .. } => fields.iter().any(|field| {
                field.wire == "id" && field.required && !field.nullable && matches!(field.ty, Type::Id(_))
            }),
            _ => false,
        };
        let with_id: BTreeSet<String> =
            self.api.types.values().filter(|def| has_id(def)).map(|def| def.name.clone()).collect();
        for def in self.api.types.values_mut() {
            let TypeKind::Answer { fields, .. } = &mut def.kind else { continue };
            for field in fields {
                if let Type::IdOr(_, object) = &field.ty
                    && !with_id.contains(object)
                {
                    field.ty = Type::Named(object.clone());
                }
            }
        }
    }
}

/// Whether the parameter has this name on the wire, as one of its names.
fn writes(parameter: &Parameter, wire: &str) -> bool {
    names(&parameter.value).iter().any(|(name, _)| *name == wire)
}

/// Whether two paths differ in nothing but the names of their parameters.
pub(crate) fn paths_agree(a: &[Segment], b: &[Segment]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|pair| match pair {
            (Segment::Literal(a), Segment::Literal(b)) => a == b,
            (Segment::Parameter(_), Segment::Parameter(_)) => true,
            _ => false,
        })
}

fn merge_fields(
    fields: &mut Vec<Field>,
    older: &[Field],
    ty: &str,
    is_request: bool,
    notes: &mut Vec<Note>,
) -> Result<(), Error> {
    for old in older {
        if let Some(field) = fields.iter_mut().find(|field| field.wire == old.wire) {
            field.nullable |= old.nullable;
            if let Some(both) = both(&field.ty, &old.ty) {
                field.ty = both;
            } else if field.ty != old.ty {
                let pointer = crate::Pointer::root().join(ty).join(&old.wire);
                let text = "an older release declares another type: the newer one is used".to_owned();
                notes.push(Note { pointer, text });
            }
            continue;
        }
        // It was renamed on the wire, which its spellings tell.
        if is_request && fields.iter().any(|field| field.name == old.name && field.ty == old.ty) {
            continue;
        }
        if fields.iter().any(|field| field.name == old.name) {
            return Err(Error::NameConflict {
                pointer: crate::Pointer::root().join(ty).join(&old.wire),
                other: crate::Pointer::root().join(ty),
                name: old.name.clone(),
                instead: "rename the one of the older release with x-rust-name in an overlay",
            });
        }
        // Between those that are optional, by name.
        let is_behind = |field: &&Field| field.required || field.wire < old.wire;
        let place = fields.iter().take_while(is_behind).count();
        fields.insert(place, Field { required: false, ..old.clone() });
    }
    Ok(())
}

/// A type for both, where one release sends an id and the other one the object.
fn both(newer: &Type, older: &Type) -> Option<Type> {
    match (newer, older) {
        (Type::Named(object), Type::Id(thing)) | (Type::Id(thing), Type::Named(object)) => {
            Some(Type::IdOr(thing.clone(), object.clone()))
        }
        (Type::IdOr(thing, object), Type::Id(_) | Type::Named(_)) => Some(Type::IdOr(thing.clone(), object.clone())),
        _ => None,
    }
}

/// The types to which some operation leads.
pub(crate) fn reachable(api: &Api) -> BTreeSet<String> {
    let mut open: Vec<&str> = Vec::new();
    for operation in &api.operations {
        let answers = [Some(&operation.answer), operation.full.as_ref().map(|full| &full.answer)];
        open.extend(answers.into_iter().flatten().filter_map(Answer::json).filter_map(api::named));
        open.extend(operation.body.as_ref().and_then(Body::type_name));
        for parameter in &operation.parameters {
            open.extend(parameter.value.type_name());
        }
        for segment in &operation.path {
            if let Segment::Parameter(parameter) = segment {
                open.extend(parameter.ty.enum_name());
            }
        }
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name.to_owned()) {
            continue;
        }
        let Some(def) = api.types.get(name) else { continue };
        open.extend(def.kind.types().into_iter().filter_map(api::named));
    }
    seen
}
