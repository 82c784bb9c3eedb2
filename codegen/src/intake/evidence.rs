//! What a document does not say and no recording has shown yet.

use std::collections::BTreeMap;

use crate::api::{Api, Field, Text, Type, TypeDef, TypeKind, Variant};
use crate::names;

/// New parts of a release whose presence, nullability or values no recording shows.
#[must_use]
pub fn evidence(before: &Api, after: &Api) -> Vec<String> {
    let mut found = Vec::new();
    for def in after.types.values() {
        let old = before.types.get(&def.name);
        match (&def.kind, old.map(|old| &old.kind)) {
            (TypeKind::Enum { variants, .. }, Some(TypeKind::Enum { variants: known, .. })) => {
                let new: Vec<&Variant> =
                    variants.iter().filter(|one| !known.iter().any(|old| old.wire == one.wire)).collect();
                if !new.is_empty() {
                    let named: Vec<String> = new.iter().map(|one| format!("`{}` (`{}`)", one.wire, one.name)).collect();
                    found.push(format!("`{}` has new values: {}", def.name, named.join(", ")));
                }
            }
            (TypeKind::Enum { variants, open }, _) => {
                let others = if *open { "; others are kept as they are" } else { "" };
                found.push(format!(
                    "`{}` is a new enum: whether servers know only {}{others}",
                    def.name,
                    values(variants.iter())
                ));
            }
            (TypeKind::Answer { .. }, _) => {
                let unknown: Vec<String> = def
                    .kind
                    .fields()
                    .iter()
                    .filter(|field| !field.required && !old.is_some_and(|old| has(old, field)))
                    .map(|field| format!("`{}`", field.wire))
                    .collect();
                if !unknown.is_empty() {
                    let them = if unknown.len() == 1 { "it" } else { "they" };
                    found.push(format!(
                        "`{}` in responses: whether {} {} always there, and whether {them} may be null",
                        def.name,
                        unknown.join(", "),
                        if unknown.len() == 1 { "is" } else { "are" }
                    ));
                }
            }
            _ => {}
        }
        let Some(old) = old else { continue };
        for field in def.kind.fields() {
            let former = old.kind.fields().iter().find(|former| former.wire == field.wire);
            if let Some(former) = former.filter(|former| former.ty != field.ty) {
                found.push(format!(
                    "`{}.{}` is now declared as {}, formerly as {}: whether servers do so",
                    def.name,
                    field.wire,
                    words(&field.ty),
                    words(&former.ty)
                ));
            }
        }
    }
    found.extend(left_behind(before, after));
    found
}

/// Types of responses without a new property that most types of the same subject have.
fn left_behind(before: &Api, after: &Api) -> Vec<String> {
    let mut subjects: BTreeMap<&str, Vec<(&TypeDef, &TypeDef)>> = BTreeMap::new();
    for def in after.types.values().filter(|def| matches!(def.kind, TypeKind::Answer { .. })) {
        if let Some(old) = before.types.get(&def.name) {
            subjects.entry(names::subject(&def.name)).or_default().push((old, def));
        }
    }
    let mut found = Vec::new();
    for types in subjects.values() {
        let mut with: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (old, def) in types {
            for field in def.kind.fields().iter().filter(|field| !has(old, field)) {
                with.entry(&field.wire).or_default().push(format!("`{}`", def.name));
            }
        }
        for (wire, with) in with {
            let is_without = |def: &TypeDef| !def.kind.fields().iter().any(|field| field.wire == wire);
            let without: Vec<&TypeDef> = types.iter().map(|(_, def)| *def).filter(|def| is_without(def)).collect();
            if with.len() > without.len() {
                found.extend(without.iter().map(|def| {
                    format!(
                        "`{}` in responses: whether servers send `{wire}` there too, as in {}",
                        def.name,
                        with.join(", ")
                    )
                }));
            }
        }
    }
    found
}

fn has(def: &TypeDef, field: &Field) -> bool {
    def.kind.fields().iter().any(|known| known.wire == field.wire)
}

fn values<'a>(variants: impl Iterator<Item = &'a Variant>) -> String {
    variants.map(|variant| format!("`{}`", variant.wire)).collect::<Vec<_>>().join(", ")
}

/// A type in the words of documents.
fn words(ty: &Type) -> String {
    match ty {
        Type::String | Type::Secret => "text".to_owned(),
        Type::Text(text) => match text {
            Text::Color => "a color",
            Text::Country => "a country",
            Text::Currency => "a currency",
            Text::TimeZone => "a time zone",
            Text::FieldValue => "the value of a field",
        }
        .to_owned(),
        Type::Bool => "a boolean".to_owned(),
        Type::Integer => "an integer".to_owned(),
        Type::Float => "a number".to_owned(),
        Type::Id(thing) => format!("the id of `{thing}`"),
        Type::DateTime | Type::LocalDateTime => "a date and time".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Duration => "a duration".to_owned(),
        Type::Json => "any JSON".to_owned(),
        Type::Upload => "a file".to_owned(),
        Type::List(item) => format!("a list of {}", words(item)),
        Type::Nullable(item) => format!("{} or null", words(item)),
        Type::Map(item) => format!("an object with {} for each key", words(item)),
        Type::Named(name) => format!("`{name}`"),
        Type::IdOr(thing, object) => format!("the id of `{thing}` or `{object}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api, document};
    use serde_json::{Value, json};

    fn model(properties: &Value, always: &[&str]) -> Api {
        let release = "2.66.0".parse().unwrap();
        let answer =
            json!({"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tag"}}}}});
        let document = json!({"openapi": "3.0.0", "paths": {"/api/tags": {"get": {"responses": answer}}},
            "components": {"schemas": {"Tag": {"type": "object", "properties": properties, "x-kimai-always": always}}}});
        let document = document::load(document.to_string().as_bytes(), &release, &[]).unwrap();
        api::build(&document, &release).unwrap().0
    }

    #[test]
    fn new_properties_values_and_types_need_evidence() {
        let before = json!({"a": {"type": "string"}, "kind": {"type": "string", "enum": ["x"]}});
        let after = json!({"a": {"type": "array", "items": {"type": "integer"}}, "kind": {"type": "string", "enum": ["x", "y"]},
            "b": {"type": "string"}, "c": {"type": "string"}, "other": {"type": "string", "enum": ["p", "q"]}});
        let (before, after) = (model(&before, &["a"]), model(&after, &["a", "b"]));
        let found = evidence(&before, &after);
        assert_eq!(
            found,
            [
                "`Tag` in responses: whether `c`, `other` are always there, and whether they may be null",
                "`Tag.a` is now declared as a list of an integer, formerly as text: whether servers do so",
                "`TagKind` has new values: `y` (`Y`)",
                "`TagOther` is a new enum: whether servers know only `p`, `q`; others are kept as they are",
            ]
        );
        assert!(evidence(&after, &after).is_empty());
    }

    #[test]
    fn a_new_property_is_expected_in_all_types_of_a_subject() {
        let model = |with: &[&str]| {
            let mut paths = json!({});
            let mut schemas = json!({});
            for name in ["TagEntity", "TagCollection", "TagExpanded"] {
                let of_schema = json!({"$ref": format!("#/components/schemas/{name}")});
                let response = json!({"200": {"content": {"application/json": {"schema": of_schema}}}});
                paths[format!("/api/{name}")] = json!({"get": {"responses": response}});
                schemas[name] = json!({"type": "object", "properties": {"name": {"type": "string"}}});
                if with.contains(&name) {
                    schemas[name]["properties"]["icon"] = json!({"type": "string"});
                }
            }
            let document = json!({"openapi": "3.0.0", "paths": paths, "components": {"schemas": schemas}});
            let release = "2.66.0".parse().unwrap();
            let document = document::load(document.to_string().as_bytes(), &release, &[]).unwrap();
            api::build(&document, &release).unwrap().0
        };
        let found = |with: &[&str]| {
            let mut found = evidence(&model(&[]), &model(with));
            found.retain(|text| text.contains(" there too"));
            found
        };
        assert_eq!(
            found(&["TagEntity", "TagCollection"]),
            ["`TagExpanded` in responses: whether servers send `icon` there too, as in `TagCollection`, `TagEntity`"]
        );
        assert_eq!(found(&["TagEntity"]), [""; 0]);
        assert_eq!(found(&["TagEntity", "TagCollection", "TagExpanded"]), [""; 0]);
    }
}
