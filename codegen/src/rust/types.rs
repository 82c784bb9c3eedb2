//! All types, a file for each subject.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use super::files::{Module, Source};
use super::{enums, one_of, structs};
use crate::api::{self, Api, Body, Type, TypeKind};
use crate::{Error, names};

pub(super) fn write(api: &Api, files: &mut Source) -> Result<(), Error> {
    let enums = enums::write(api, files);
    let subjects: Vec<String> =
        api.resources.keys().map(|resource| names::pascal(&names::singular(resource))).collect();
    let sometimes_ids = sometimes_ids(api);
    let multipart: BTreeSet<&str> = api
        .operations
        .iter()
        .filter_map(|operation| match &operation.body {
            Some(Body::Multipart(name)) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let mut groups: BTreeMap<String, Vec<(TokenStream, BTreeSet<String>)>> = BTreeMap::new();
    for def in api.types.values() {
        let item = match &def.kind {
            TypeKind::Enum { .. } => continue,
            TypeKind::Answer { fields, extra } => {
                let identified = sometimes_ids.get(&def.name).map(|thing| structs::identified(def, thing));
                let definition = structs::answer(def, fields, extra.as_ref());
                quote::quote!(#definition #identified)
            }
            TypeKind::Form { fields, extra } => {
                structs::form(def, fields, extra.as_ref(), multipart.contains(def.name.as_str()))
            }
            TypeKind::Patch { fields, extra } => structs::patch(def, fields, extra.as_ref()),
            TypeKind::OneOf { alternatives } => one_of::definition(def, alternatives),
        };
        groups.entry(group(&def.name, &subjects)).or_default().push((item, named(&def.kind)));
    }
    let names: BTreeSet<String> = groups.keys().chain(&enums).cloned().collect();
    let mut modules: Vec<Module> = enums.into_iter().map(|name| Module { name, exports: true }).collect();
    for (name, items) in groups {
        let doc = format!("Types of the API: `{name}`.");
        modules.extend(files.module("types/", &name, &doc, items, "super", &names)?);
    }
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    let mut text = String::from(
        "//! What the server answers and what it takes.\n\
         //!\n\
         //! Types that end in `Form` are sent to create something, types that end in `Patch` to change a part of it.\n\n",
    );
    for module in &modules {
        text.push_str(&format!("mod {};\n", module.name));
    }
    text.push('\n');
    for module in modules.iter().filter(|module| module.exports) {
        text.push_str(&format!("pub use {}::*;\n", module.name));
    }
    files.text("types/mod.rs", &text);
    Ok(())
}

/// The types which stand somewhere as [`Type::IdOr`], with what their ids are of.
pub(super) fn sometimes_ids(api: &Api) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for def in api.types.values() {
        let TypeKind::Answer { fields, .. } = &def.kind else { continue };
        for field in fields {
            if let Type::IdOr(thing, object) = &field.ty {
                found.insert(object.clone(), thing.clone());
            }
        }
    }
    found
}

/// The types of the document which a type names.
fn named(kind: &TypeKind) -> BTreeSet<String> {
    let types: Vec<&Type> = match kind {
        TypeKind::Answer { fields, extra } | TypeKind::Form { fields, extra } | TypeKind::Patch { fields, extra } => {
            fields.iter().map(|field| &field.ty).chain(extra).collect()
        }
        TypeKind::OneOf { alternatives } => alternatives.iter().map(|alternative| &alternative.ty).collect(),
        TypeKind::Enum { .. } => Vec::new(),
    };
    let mut names = BTreeSet::new();
    names.extend(types.into_iter().filter_map(api::named).map(str::to_owned));
    names
}

/// `TeamMember` is about `Team`; what is about nothing that has a handle is `common`.
fn group(name: &str, subjects: &[String]) -> String {
    let longest =
        subjects.iter().filter(|subject| name.starts_with(subject.as_str())).max_by_key(|subject| subject.len());
    let group = longest.map_or_else(|| "common".to_owned(), |subject| names::snake(subject));
    // Enums have a file of their own, and a module must not hide a crate.
    if matches!(group.as_str(), "enums" | "core" | "serde" | "std") { format!("{group}_types") } else { group }
}
