//! Compares the discriminators of schemas: which property says which of several schemas a value has, with which values.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::compare::{Comparer, Comparison, SchemaChange};
use super::schema::{Place, Schema, SchemaRef};
use crate::diff::catalogue::Kind;
use crate::diff::subject::Step;

/// A discriminator.
struct Discriminator<'a> {
    property: &'a str,
    /// The schemas by the values of the property.
    schemas: BTreeMap<String, SchemaRef<'a>>,
}

impl<'a> Discriminator<'a> {
    fn new(schema: &Schema<'a>, object: &'a Map<String, Value>, root: &'a Value) -> Self {
        let property = object.get("propertyName").and_then(Value::as_str).unwrap_or_default();
        let mapping = object.get("mapping").and_then(Value::as_object).into_iter().flatten();
        let mapping = mapping.filter_map(|(value, target)| Some((value, target.as_str()?)));
        let mut schemas: BTreeMap<String, SchemaRef<'a>> =
            mapping.map(|(value, target)| (value.clone(), target_of(target, root))).collect();
        // The name of a schema is its value, if there is no other one.
        for alternative in &schema.alternatives {
            if let Place::Named(name) = &alternative.place
                && schemas.values().all(|known| known.place != alternative.place)
            {
                schemas.entry(name.clone()).or_insert_with(|| alternative.clone());
            }
        }
        Self { property, schemas }
    }

    fn text(&self) -> String {
        let name = |schema: &SchemaRef<'_>| match &schema.place {
            Place::Named(name) => name.clone(),
            Place::Inline(pointer) => pointer.clone(),
        };
        let values: Vec<String> =
            self.schemas.iter().map(|(value, schema)| format!("{value} = {}", name(schema))).collect();
        if values.is_empty() { self.property.to_owned() } else { format!("{}: {}", self.property, values.join(", ")) }
    }
}

/// The schema that a mapping names, or refers to.
fn target_of<'a>(target: &str, root: &'a Value) -> SchemaRef<'a> {
    let pointer = match target.strip_prefix('#') {
        Some(pointer) => pointer.to_owned(),
        None => format!("/components/schemas/{}", target.replace('~', "~0").replace('/', "~1")),
    };
    SchemaRef::new(root, root.pointer(&pointer), pointer)
}

impl<'a> Comparer<'a> {
    pub(super) fn discriminators(&mut self, old: &Schema<'a>, new: &Schema<'a>, path: &[Step], into: &mut Comparison) {
        let of = |schema: &Schema<'a>, root| Some(Discriminator::new(schema, schema.discriminator?, root));
        let (before, after) = (of(old, self.old), of(new, self.new));
        let is_same = match (&before, &after) {
            (None, None) => true,
            (Some(before), Some(after)) if before.property == after.property => {
                self.only_mapped([old, new], [before, after], path, into);
                self.select_the_same([old, new], [before, after])
            }
            _ => false,
        };
        if !is_same {
            let text = |discriminator: Option<Discriminator<'a>>| discriminator.as_ref().map(Discriminator::text);
            let (path, kind, old_text, new_text) =
                (path.to_owned(), Kind::DiscriminatorChanged, text(before), text(after));
            let pointers = [old.pointers.clone(), new.pointers.clone()];
            into.changes.push(SchemaChange { path, kind, old: old_text, new: new_text, pointers });
        }
    }

    /// Compares the schemas that only the mappings name. The alternatives of the schema itself are compared as such.
    fn only_mapped(
        &mut self,
        [old, new]: [&Schema<'a>; 2],
        [before, after]: [&Discriminator<'a>; 2],
        path: &[Step],
        into: &mut Comparison,
    ) {
        let is_mapped = |schema: &Schema<'a>, one: &SchemaRef<'a>| {
            schema.alternatives.iter().all(|alternative| alternative.place != one.place)
        };
        for (value, one) in &before.schemas {
            if let Some(other) = after.schemas.get(value)
                && one.is_namesake(other)
                && is_mapped(old, one)
                && is_mapped(new, other)
            {
                self.child(one, other, path, into);
            }
        }
    }

    /// Whether the same values stand for the same schemas. Those of added and removed alternatives do not count: they
    /// are reported as such.
    fn select_the_same(&mut self, [old, new]: [&Schema<'a>; 2], [before, after]: [&Discriminator<'a>; 2]) -> bool {
        let alike = self.alike(&old.alternatives, &new.alternatives);
        let place = |all: &[SchemaRef<'a>], one: &SchemaRef<'a>| all.iter().position(|other| other.place == one.place);
        let mut are_same = |one: &SchemaRef<'a>, other: &SchemaRef<'a>| {
            let places = place(&old.alternatives, one).zip(place(&new.alternatives, other));
            let is_pair = places.is_some_and(|pair| alike.contains(&pair));
            is_pair || one.is_namesake(other) || self.prints.0.of(one) == self.prints.1.of(other)
        };
        let is_gone = |one: &SchemaRef<'a>| {
            let place = place(&old.alternatives, one);
            place.is_some_and(|place| alike.iter().all(|(known, _)| *known != place))
        };
        let is_come = |one: &SchemaRef<'a>| {
            let place = place(&new.alternatives, one);
            place.is_some_and(|place| alike.iter().all(|(_, known)| *known != place))
        };
        let all_gone = before.schemas.iter().all(|(value, schema)| match after.schemas.get(value) {
            Some(other) => are_same(schema, other) || (is_gone(schema) && is_come(other)),
            None => is_gone(schema),
        });
        all_gone && after.schemas.iter().all(|(value, schema)| before.schemas.contains_key(value) || is_come(schema))
    }
}
