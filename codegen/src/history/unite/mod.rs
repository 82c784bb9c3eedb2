//! One model for a range of releases: everything that any of them has, with properties of responses that not all
//! contain as optional.

mod alternatives;
mod fields;
mod model;
mod notes;
mod operations;
mod parameters;
mod types;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::api::{self, Answer, Api, Operation, TypeDef, TypeKind, Variant};
use crate::document::Note;
use crate::{Difference, Error, Release};
use model::{Model, Models};
use notes::{Kind, Notes};
use types::Types;

/// Unites the models of releases, oldest first.
///
/// A property of a response is always there if it is in all releases that have the type, and may be null if it may be
/// in one of them. An operation for which the newest release returns only status 410 is as in the last release that
/// supported it. A response that only some releases declare is as they declare it.
///
/// If a property has types that one type cannot express, the newest release decides. The notes name such properties and
/// the releases.
///
/// # Errors
///
/// Returns an error if releases declare a response, a body, a parameter, the kind of a type or the alternatives of a
/// `oneOf` in ways that one client cannot express, or if two properties would get the same name.
pub fn unite(apis: &[(Release, Arc<Api>)]) -> Result<Option<(Api, Vec<Note>)>, Error> {
    let Some(models) = Models::new(apis) else { return Ok(None) };
    let Some((newest, older)) = models.split() else { return Ok(None) };
    let mut united = Union { models: &models, api: newest.api.clone(), notes: Notes::default() };
    if let Some((oldest, _)) = apis.first() {
        united.api.oldest = oldest.clone();
    }
    for model in older {
        united.add(model)?;
    }
    Ok(Some(united.finish()))
}

struct Union<'a> {
    models: &'a Models<'a>,
    api: Api,
    notes: Notes,
}

impl<'a> Union<'a> {
    fn add(&mut self, older: &Model<'a>) -> Result<(), Error> {
        for operation in &older.api.operations {
            self.operation(operation, older)?;
        }
        for def in older.api.types.values() {
            self.def(def, older)?;
        }
        for (name, resource) in &older.api.resources {
            self.api.resources.entry(name.clone()).or_insert_with(|| resource.clone());
        }
        self.api.ids.extend(older.api.ids.iter().cloned());
        Ok(())
    }

    fn operation(&mut self, older: &Operation, model: &Model<'a>) -> Result<(), Error> {
        let Some(operation) = self.api.operations.iter_mut().find(|known| known.is_same(older)) else {
            self.api.operations.push(older.clone());
            return Ok(());
        };
        // What a server no longer does says nothing of how it was done.
        if older.gone {
            return Ok(());
        }
        if operation.gone {
            let (doc, example) = (operation.doc.clone(), operation.example.clone());
            *operation = Operation { doc, example, ..older.clone() };
            return Ok(());
        }
        let types = Types::new(self.models, model);
        operations::merge(operation, older, &types).map_err(|what| Error::ReleasesDiffer {
            place: format!("{} {}", older.method.as_str(), older.template),
            what,
            older: Box::new(model.release.clone()),
            newer: Box::new(self.models.newest(|api| api.operations.iter().any(|one| one.is_same(older) && !one.gone))),
        })
    }

    fn def(&mut self, older: &TypeDef, model: &Model<'a>) -> Result<(), Error> {
        let Some(def) = self.api.types.get_mut(&older.name) else {
            self.api.types.insert(older.name.clone(), older.clone());
            return Ok(());
        };
        let types = Types::new(self.models, model);
        let differ = |what: Difference| Error::ReleasesDiffer {
            place: older.name.clone(),
            what,
            older: Box::new(model.release.clone()),
            newer: Box::new(self.models.newest(|api| api.types.contains_key(&older.name))),
        };
        let name = &def.name;
        match (&mut def.kind, &older.kind) {
            (TypeKind::Answer { fields, extra }, TypeKind::Answer { fields: older_fields, extra: older_extra }) => {
                fields::make_optional(fields, older_fields);
                let mut merge = fields::Merge { types: &types, ty: name, is_request: false, notes: &mut self.notes };
                merge.fields(fields, older_fields)?;
                merge.extra(extra, older_extra.as_ref());
            }
            (TypeKind::Form { fields, extra }, TypeKind::Form { fields: older_fields, extra: older_extra })
            | (TypeKind::Patch { fields, extra }, TypeKind::Patch { fields: older_fields, extra: older_extra }) => {
                let mut merge = fields::Merge { types: &types, ty: name, is_request: true, notes: &mut self.notes };
                merge.fields(fields, older_fields)?;
                merge.extra(extra, older_extra.as_ref());
            }
            (TypeKind::Enum { open, variants }, TypeKind::Enum { open: older_open, variants: older_variants }) => {
                *open |= older_open;
                add_variants(variants, older_variants);
            }
            (TypeKind::OneOf { alternatives }, TypeKind::OneOf { alternatives: older_alternatives }) => {
                alternatives::merge(alternatives, older_alternatives, &types)
                    .ok_or_else(|| differ(Difference::Alternatives))?;
            }
            _ => return Err(differ(Difference::Kind)),
        }
        Ok(())
    }

    fn finish(mut self) -> (Api, Vec<Note>) {
        self.api
            .operations
            .sort_by(|a, b| (&a.resource, &a.template, a.method).cmp(&(&b.resource, &b.template, b.method)));
        api::keep_reachable(&mut self.api);
        for operation in &self.api.operations {
            if operation.answer == Answer::Undeclared {
                continue;
            }
            let declares = |api: &Api| {
                let known = api.operations.iter().find(|one| one.is_same(operation) && !one.gone);
                known.map(|known| known.answer != Answer::Undeclared)
            };
            let newer = self.models.newest(|api| declares(api) == Some(true));
            for model in self.models.iter().filter(|model| declares(model.api) == Some(false)) {
                self.notes.add(operation.pointer.clone(), Kind::Response, model, newer.clone());
            }
        }
        let notes = self.notes.finish(&self.models.releases);
        (self.api, notes)
    }
}

fn add_variants(variants: &mut Vec<Variant>, older: &[Variant]) {
    let new: Vec<_> = older.iter().filter(|older| !variants.iter().any(|known| known.wire == older.wire)).collect();
    for variant in new {
        let mut variant = variant.clone();
        while variants.iter().any(|known| known.name == variant.name) {
            variant.name.push_str("Former");
        }
        variants.push(variant);
    }
}

/// The definitions of types, by name.
type Definitions<'a> = BTreeMap<&'a str, &'a TypeDef>;

#[cfg(test)]
mod tests;
