//! Names that nobody would choose, with an overlay action that gives another one.
//!
//! Only names that the release before does not have are judged: the others are part of a published client.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::draft::{self, Draft};
use super::verb::verb;
use crate::api::{Api, Field, Operation, Scalar, Segment, Type, TypeDef, TypeKind, Variant, named};
use crate::document::Document;
use crate::{Error, json_path, names};

/// A name that looks odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddName {
    /// The name, its place, and why it is odd.
    pub what: String,
    /// Overlay actions that give it another one; empty where no rule suggests one.
    pub draft: String,
}

/// The odd names of a release, compared with the release before.
///
/// # Errors
///
/// Returns an error if an action cannot be written.
pub fn odd_names(document: &Document, before: &Api, after: &Api) -> Result<Vec<OddName>, Error> {
    let finder = Finder { document: document.value(), before, after };
    let mut found = Vec::new();
    for operation in &after.operations {
        found.extend(finder.operation(operation));
        found.extend(finder.ids(operation));
    }
    found.extend(finder.suffixes());
    for def in after.types.values() {
        found.extend(finder.ty(def));
        found.extend(finder.fields(def));
    }
    found.into_iter().map(|(what, drafts)| finder.written(what, &drafts)).collect()
}

struct Finder<'a> {
    document: &'a Value,
    before: &'a Api,
    after: &'a Api,
}

/// A description of an odd name, and the actions that change it.
type Found = (String, Vec<Draft>);

impl Finder<'_> {
    fn written(&self, what: String, drafts: &[Draft]) -> Result<OddName, Error> {
        let draft = if drafts.is_empty() { String::new() } else { draft::updates(drafts, &self.after.release)? };
        Ok(OddName { what, draft })
    }

    fn operation(&self, operation: &Operation) -> Option<Found> {
        let target = json_path::of(self.document, &operation.pointer);
        let call = format!("`{}().{}()`", operation.resource, operation.name);
        let place = format!("{} {}", operation.method.as_str(), operation.template);
        if let Some(old) = self.before.operations.iter().find(|old| old.is_same(operation)) {
            if (&old.resource, &old.name) == (&operation.resource, &operation.name) {
                return None;
            }
            let what = format!("{call} of {place} was `{}().{}()` in {}", old.resource, old.name, self.before.release);
            let update = if old.resource == operation.resource {
                json!({"x-rust-name": old.name})
            } else {
                json!({"x-rust-resource": old.resource, "x-rust-name": old.name})
            };
            return Some((what, vec![Draft { target, update }]));
        }
        if let Some(verb) = self.verb(operation) {
            let what = format!("{call} of {place}: the path says `{verb}`");
            return Some((what, vec![Draft { target, update: json!({"x-rust-name": verb}) }]));
        }
        has_number(&operation.name).then(|| (format!("{call} of {place} has a number"), Vec::new()))
    }

    /// The verb of the path, where the name is `create_duplicate`.
    fn verb(&self, operation: &Operation) -> Option<String> {
        let verb = names::method(verb(operation, self.after, self.document)?);
        let is_composed =
            ["create", "replace", "update"].iter().any(|first| operation.name == format!("{first}_{verb}"));
        let is_taken = self.after.operations.iter().any(|one| one.resource == operation.resource && one.name == verb);
        (is_composed && !is_taken).then_some(verb)
    }

    /// Arguments that were ids and are none any more: the thing that they identify has another name.
    fn ids(&self, operation: &Operation) -> Vec<Found> {
        let Some(old) = self.before.operations.iter().find(|old| old.is_same(operation)) else { return Vec::new() };
        let mut found = Vec::new();
        let is_parameter = |segment: &&Segment| matches!(segment, Segment::Parameter(_));
        let wires = operation.template.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let pairs = operation.path.iter().filter(is_parameter).zip(old.path.iter().filter(is_parameter));
        for (pair, wire) in pairs.zip(wires) {
            let (Segment::Parameter(new), Segment::Parameter(old)) = pair else { continue };
            let Scalar::Id(thing) = &old.ty else { continue };
            if new.ty == old.ty {
                continue;
            }
            let place = format!("{} {}", operation.method.as_str(), operation.template);
            let what = format!("`{wire}` of {place} was a `{thing}Id` in {}", self.before.release);
            let update = json!({"x-rust-id": thing});
            let target = draft::parameter(self.document, &operation.pointer, wire);
            found.push((what, target.into_iter().map(|target| Draft { target, update: update.clone() }).collect()));
        }
        found
    }

    /// Types that are called like Kimai's schemas: what operations return should have the plain name.
    fn suffixes(&self) -> Vec<Found> {
        let mut by_subject: BTreeMap<String, Vec<(&TypeDef, String)>> = BTreeMap::new();
        let has_entity = |name: &str| self.document.pointer(&format!("/components/schemas/{name}Entity")).is_some();
        for def in self.new_types() {
            let Some(schema) = def.schema().filter(|schema| names::pascal(schema) == def.name) else { continue };
            let wanted = if let Some(stem) = schema.strip_suffix("Entity") {
                (stem.to_owned(), stem.to_owned())
            } else if let Some((stem, rest)) = schema.split_once("Collection") {
                (stem.to_owned(), format!("{stem}Summary{rest}"))
            } else if has_entity(&schema) {
                (schema.clone(), format!("{schema}Ref"))
            } else {
                continue;
            };
            by_subject.entry(wanted.0).or_default().push((def, wanted.1));
        }
        let mut found = Vec::new();
        for types in by_subject.into_values() {
            let is_free = |wanted: &str| {
                !self.after.types.contains_key(wanted) || types.iter().any(|(def, _)| def.name == wanted)
            };
            let renamed: Vec<_> = types.iter().filter(|(_, wanted)| is_free(wanted)).collect();
            let list = |name: fn(&(&TypeDef, String)) -> String| {
                renamed.iter().map(|one| format!("`{}`", name(one))).collect::<Vec<_>>().join(", ")
            };
            if !renamed.is_empty() {
                let (are, should) = (list(|(def, _)| def.name.clone()), list(|(_, wanted)| wanted.clone()));
                let what = format!("{are}: after the pattern of the other types, {should}");
                found.push((what, renamed.iter().map(|(def, wanted)| self.rename_type(def, wanted)).collect()));
            }
        }
        found
    }

    fn rename_type(&self, def: &TypeDef, name: &str) -> Draft {
        Draft { target: json_path::of(self.document, &def.pointer), update: json!({"x-rust-type": name}) }
    }

    fn new_types(&self) -> impl Iterator<Item = &TypeDef> {
        self.after.types.values().filter(|def| !self.before.types.contains_key(&def.name))
    }

    fn ty(&self, def: &TypeDef) -> Option<Found> {
        if self.before.types.contains_key(&def.name) {
            return None;
        }
        let kind = std::mem::discriminant(&def.kind);
        let is_former = |old: &&TypeDef| {
            def.schema().is_some() && old.schema() == def.schema() && std::mem::discriminant(&old.kind) == kind
        };
        if let Some(old) = self.before.types.values().find(is_former) {
            let what = format!("`{}` was `{}` in {}", def.name, old.name, self.before.release);
            return Some((what, vec![self.rename_type(def, &old.name)]));
        }
        // Of two new ones, the one with the longer name is the copy.
        let is_first = |other: &&TypeDef| {
            let of = |def: &TypeDef| (!self.before.types.contains_key(&def.name), def.name.len(), def.name.clone());
            of(other) < of(def)
        };
        if let Some(same) = self.after.types.values().filter(is_first).find(|other| is_copy(other, def)) {
            let what = format!("`{}` is the same as `{}`", def.name, same.name);
            return Some((what, vec![self.rename_type(def, &same.name)]));
        }
        if !has_number(&def.name) {
            return None;
        }
        let drafts = self.place_of(&def.name).map(|name| self.rename_type(def, &name));
        Some((format!("`{}` has a number", def.name), drafts.into_iter().collect()))
    }

    /// A name after the first place that has the type: `CommentCreatedBy`.
    fn place_of(&self, name: &str) -> Option<String> {
        self.after.types.values().find_map(|def| {
            let field = def.kind.fields().iter().find(|field| named(&field.ty) == Some(name))?;
            let place = format!("{}{}", def.name, names::pascal(&field.name));
            (!self.after.types.contains_key(&place)).then_some(place)
        })
    }

    fn fields(&self, def: &TypeDef) -> Vec<Found> {
        let known = self.before.types.get(&def.name);
        let mut found = Vec::new();
        for field in def.kind.fields() {
            let target = format!(
                "{}.properties{}",
                json_path::of(self.document, &def.pointer),
                json_path::members(&[&field.wire])
            );
            let rename = |name: &str| {
                let draft = Draft { target: target.clone(), update: json!({"x-rust-name": name}) };
                json_path::matches(self.document, &target).then_some(draft).into_iter().collect()
            };
            match known.and_then(|known| known.kind.fields().iter().find(|old| old.wire == field.wire)) {
                Some(Field { ty: Type::Id(thing), .. }) if !matches!(field.ty, Type::Id(_) | Type::IdOr(..)) => {
                    let what = format!("`{}.{}` was a `{thing}Id` in {}", def.name, field.name, self.before.release);
                    let draft = Draft { target: target.clone(), update: json!({"x-rust-id": thing}) };
                    found.push((
                        what,
                        json_path::matches(self.document, &target).then_some(draft).into_iter().collect(),
                    ));
                }
                Some(old) if old.name == field.name => {}
                Some(old) => {
                    let what = format!("`{}.{}` was `{}` in {}", def.name, field.name, old.name, self.before.release);
                    found.push((what, rename(&old.name)));
                }
                None if has_number(&field.name) && !has_number(&field.wire) => {
                    found.push((format!("`{}.{}` has a number", def.name, field.name), Vec::new()));
                }
                None => {}
            }
        }
        found
    }
}

fn has_number(name: &str) -> bool {
    name.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether both could be one type. Small objects, such as a name and a value, are the same by chance.
fn is_copy(one: &TypeDef, other: &TypeDef) -> bool {
    const FEWEST_FIELDS: usize = 3;
    let values = |variants: &[Variant]| {
        let mut values: Vec<String> = variants.iter().map(|variant| variant.wire.clone()).collect();
        values.sort();
        values
    };
    match (&one.kind, &other.kind) {
        (TypeKind::Answer { fields, .. }, TypeKind::Answer { .. }) => {
            fields.len() >= FEWEST_FIELDS && one.kind.is_same(&other.kind)
        }
        (TypeKind::Enum { open, variants }, TypeKind::Enum { open: other_open, variants: others }) => {
            open == other_open && values(variants) == values(others)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api, document};

    fn read(paths: &Value, schemas: &Value, release: &str) -> (Document, Api) {
        let release = release.parse().unwrap();
        let document = json!({"openapi": "3.0.0", "paths": paths, "components": {"schemas": schemas}});
        let document = document::load(document.to_string().as_bytes(), &release, &[]).unwrap();
        let (api, _) = api::build(&document, &release).unwrap();
        (document, api)
    }

    fn returns(schema: &str) -> Value {
        json!({"200": {"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}}})
    }

    fn found(before: &(Value, Value), after: &(Value, Value)) -> Vec<(String, String)> {
        let (_, before) = read(&before.0, &before.1, "2.65.0");
        let (document, after) = read(&after.0, &after.1, "2.66.0");
        odd_names(&document, &before, &after).unwrap().into_iter().map(|odd| (odd.what, odd.draft)).collect()
    }

    fn action(target: &str, update: &str) -> String {
        format!("  - target: {target}\n    x-kimai: '>=2.66.0'\n    update:\n      {update}\n")
    }

    fn id() -> Value {
        json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}])
    }

    #[test]
    fn the_path_says_the_verb() {
        let operation = || json!({"parameters": id(), "responses": {"200": {}}});
        let paths = json!({
            "/api/gadgets/{id}/duplicate": {"post": operation()},
            "/api/gadgets/{id}/team": {"post": operation()},
            "/api/gadgets/{id}/rates": {"post": operation()},
            "/api/gadgets/{id}/photo": {"post": operation(), "get": operation()},
            "/api/teams": {"get": {"responses": {"200": {}}}},
        });
        let (nothing, schemas) = ((json!({}), json!({})), json!({}));
        assert_eq!(
            found(&nothing, &(paths, schemas)),
            [(
                "`gadgets().create_duplicate()` of POST /api/gadgets/{id}/duplicate: the path says `duplicate`"
                    .to_owned(),
                action("$.paths['/api/gadgets/{id}/duplicate'].post", "x-rust-name: duplicate")
            )]
        );
    }

    #[test]
    fn types_have_plain_names_without_numbers() {
        let object = || json!({"type": "object", "properties": {"id": {"type": "integer"}, "a": {"type": "string"}}});
        let schemas = json!({
            "GadgetEntity": object(),
            "GadgetCollection": {"type": "object", "properties": {"gadget": {"$ref": "#/components/schemas/Gadget"}}},
            "Gadget": {"type": "object", "properties": {"part": {"$ref": "#/components/schemas/Part2"}}},
            "Part2": {"type": "object", "properties": {"b": {"type": "string"}}},
        });
        let paths = json!({
            "/api/gadgets": {"get": {"responses": returns("GadgetCollection")}},
            "/api/gadgets/{id}": {"get": {"parameters": id(), "responses": returns("GadgetEntity")}},
        });
        let drafts = [
            action("$.components.schemas.Gadget", "x-rust-type: GadgetRef"),
            action("$.components.schemas.GadgetCollection", "x-rust-type: GadgetSummary"),
            action("$.components.schemas.GadgetEntity", "x-rust-type: Gadget"),
        ];
        assert_eq!(
            found(&(json!({}), json!({})), &(paths, schemas)),
            [
                (
                    "`Gadget`, `GadgetCollection`, `GadgetEntity`: after the pattern of the other types, `GadgetRef`, \
                     `GadgetSummary`, `Gadget`"
                        .to_owned(),
                    drafts.concat()
                ),
                ("`Part2` has a number".to_owned(), action("$.components.schemas.Part2", "x-rust-type: GadgetPart")),
            ]
        );
    }

    #[test]
    fn ids_stay_ids() {
        let paths = |thing: &str| {
            let parameters = json!([{"name": "tagId", "in": "path", "required": true, "schema": {"type": "string"}}]);
            let get = json!({"parameters": parameters, "responses": returns(thing)});
            json!({"/api/tags/{tagId}": {"get": get}})
        };
        let schema = |thing: &str, ty: &str| json!({thing: {"type": "object", "properties": {"id": {"type": ty}}}});
        let before = (paths("Tag"), schema("Tag", "integer"));
        let after = (paths("Tag"), schema("Tag", "string"));
        assert_eq!(
            found(&before, &after),
            [
                (
                    "`tagId` of GET /api/tags/{tagId} was a `TagId` in 2.65.0".to_owned(),
                    action("$.paths['/api/tags/{tagId}'].get.parameters[?@.name=='tagId']", "x-rust-id: Tag")
                ),
                (
                    "`Tag.id` was a `TagId` in 2.65.0".to_owned(),
                    action("$.components.schemas.Tag.properties.id", "x-rust-id: Tag")
                ),
            ]
        );
    }

    #[test]
    fn names_stay_and_copies_are_one_type() {
        let paths = || json!({"/api/tags": {"get": {"responses": returns("Tag")}}});
        let tag = |more: Value| {
            let mut properties = json!({"a-b": {"type": "string", "enum": ["x", "y"]}});
            properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"Tag": {"type": "object", "properties": properties}})
        };
        let before = (paths(), tag(json!({})));
        let mut after = (paths(), tag(json!({"c": {"type": "string", "enum": ["y", "x"]}})));
        after.0["/api/tags"]["get"]["x-rust-name"] = json!("all");
        after.1["Tag"]["properties"]["a-b"]["x-rust-name"] = json!("ab");
        assert_eq!(
            found(&before, &after),
            [
                (
                    "`tags().all()` of GET /api/tags was `tags().list()` in 2.65.0".to_owned(),
                    action("$.paths['/api/tags'].get", "x-rust-name: list")
                ),
                (
                    "`Tag.ab` was `a_b` in 2.65.0".to_owned(),
                    action("$.components.schemas.Tag.properties['a-b']", "x-rust-name: a_b")
                ),
                (
                    "`TagCType` is the same as `TagAb`".to_owned(),
                    action("$.components.schemas.Tag.properties.c", "x-rust-type: TagAb")
                ),
            ]
        );
    }
}
