//! All types, in a file for each subject.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::files::Source;
use super::place::Place;
use super::{conversions, enums, lookups, one_of, structs};
use crate::api::{Answer, Api, Body, Type, TypeDef, TypeKind};
use crate::{Error, names};

pub(super) fn write(api: &Api, files: &mut Source) -> Result<(), Error> {
    let place = files.place;
    if !place.is_client() && !api.types.keys().any(|name| place.defines_type(name)) {
        return Ok(());
    }
    let subjects: Vec<String> =
        api.resources.keys().map(|resource| names::pascal(&names::singular(resource))).collect();
    let definitions = Definitions::new(api, place)?;
    let mut groups: BTreeMap<String, TokenStream> = BTreeMap::new();
    let mut modules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for def in api.types.values().filter(|def| place.defines_type(&def.name)) {
        let items = definitions.items(def);
        if !items.is_empty() {
            let group = group(&def.name, &subjects);
            groups.entry(group.clone()).or_default().extend(items);
            modules.entry(group).or_default().push(def.name.clone());
        }
    }
    for (name, items) in groups {
        let uses = ["super::*".to_owned(), place.ids("super::super"), place.runtime()];
        files.items(&format!("types/{name}.rs"), "", &uses, items)?;
    }
    let enums = enums::write(api, files);
    if !enums.is_empty() {
        modules.insert("enums".to_owned(), enums);
    }
    let mut text = overview(api);
    for module in modules.keys() {
        text.push_str(&format!("mod {module};\n"));
    }
    text.push('\n');
    for (module, names) in &modules {
        // By their names, they take precedence over all types of the client.
        let names = if place.is_client() { "*".to_owned() } else { format!("{{{}}}", names.join(", ")) };
        text.push_str(&format!("pub use {module}::{names};\n"));
    }
    if let Some(all) = place.all_of_client("types") {
        text.push_str(&format!("#[doc(no_inline)]\npub use {all};\n"));
    }
    files.text("types/mod.rs", &text);
    Ok(())
}

/// How the names of types say what they are.
fn overview(api: &Api) -> String {
    let kinds = [
        ("Timesheet", "an object, as `get`, `create` and `update` return it"),
        ("TimesheetSummary", "an object in a list, with fewer fields"),
        ("TimesheetExpanded", "an object with related objects in place of their ids"),
        ("ProjectRef", "an object in a field of another object"),
        ("NewTimesheet", "the form that creates an object"),
        ("TimesheetPatch", "a change of some fields of an object"),
    ];
    let mut text = String::from("//! The objects in requests and responses.\n");
    if kinds.iter().all(|(name, _)| api.types.contains_key(*name)) {
        text.push_str("//!\n//! | name | what it is |\n//! |---|---|\n");
        for (name, what) in kinds {
            text.push_str(&format!("//! | [`{name}`] | {what} |\n"));
        }
    }
    text.push('\n');
    text
}

/// What the definitions of types depend on.
struct Definitions<'a> {
    place: Place<'a>,
    sometimes_ids: BTreeMap<String, String>,
    multipart: BTreeSet<String>,
    lookups: BTreeMap<String, TokenStream>,
    conversions: BTreeMap<String, TokenStream>,
}

impl<'a> Definitions<'a> {
    fn new(api: &Api, place: Place<'a>) -> Result<Self, Error> {
        let multipart = api.operations.iter().filter_map(|operation| match &operation.body {
            Some(Body::Multipart(name)) => Some(name.clone()),
            _ => None,
        });
        Ok(Self {
            place,
            sometimes_ids: sometimes_ids(api),
            multipart: multipart.collect(),
            lookups: lookups::all(api, place)?,
            conversions: conversions::all(api, place),
        })
    }

    /// The type and its implementations; nothing for enums, which have a file of their own.
    fn items(&self, def: &TypeDef) -> TokenStream {
        let serde = &self.place.serde();
        match &def.kind {
            TypeKind::Enum { .. } => TokenStream::new(),
            TypeKind::Answer { fields, extra } => {
                let definition = structs::answer(def, fields, extra.as_ref(), serde);
                let identified = self.sometimes_ids.get(&def.name).map(|thing| structs::identified(def, thing));
                let [lookups, conversions] = [&self.lookups, &self.conversions].map(|all| all.get(&def.name));
                quote!(#definition #lookups #identified #conversions)
            }
            TypeKind::Form { fields, extra } => {
                structs::form(def, fields, extra.as_ref(), self.multipart.contains(&def.name), serde)
            }
            TypeKind::Patch { fields, extra } => structs::patch(def, fields, extra.as_ref(), serde),
            TypeKind::OneOf { alternatives } => one_of::definition(def, alternatives, serde),
        }
    }
}

/// The types that something holds as [`Type::IdOr`], with the kind of their ids.
pub(super) fn sometimes_ids(api: &Api) -> BTreeMap<String, String> {
    fn id_or(ty: &Type) -> Option<(String, String)> {
        match ty {
            Type::IdOr(thing, object) => Some((object.clone(), thing.clone())),
            Type::List(item) | Type::Map(item) | Type::Nullable(item) => id_or(item),
            _ => None,
        }
    }
    let full = api.operations.iter().filter_map(|operation| operation.full.as_ref()).map(|full| &full.answer);
    let answers = api.operations.iter().map(|operation| &operation.answer).chain(full);
    let held = api.types.values().flat_map(|def| def.kind.types());
    held.chain(answers.filter_map(Answer::json)).filter_map(id_or).collect()
}

/// The crates and the modules of the client which the code uses; a module of types must not hide them.
const MODULES_IN_USE: [&str; 13] = [
    "core",
    "enums",
    "generated_client",
    "history",
    "id",
    "ids",
    "jiff",
    "multipart",
    "one_of",
    "serde",
    "serde_json",
    "std",
    "wire",
];

/// `TeamMember` and `NewTeam` belong to `team`; types without a resource to `common`.
fn group(name: &str, subjects: &[String]) -> String {
    let name = name.strip_prefix("New").unwrap_or(name);
    let longest =
        subjects.iter().filter(|subject| name.starts_with(subject.as_str())).max_by_key(|subject| subject.len());
    let group = longest.map_or_else(|| "common".to_owned(), |subject| names::snake(subject));
    if MODULES_IN_USE.contains(&group.as_str()) { format!("{group}_types") } else { group }
}
