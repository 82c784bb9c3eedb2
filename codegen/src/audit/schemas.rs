//! The schemas of a document, as far as comparing values needs them.

use serde_json::{Map, Value};

use super::operations::Operations;
use crate::api::ALWAYS;
use crate::{Pointer, json_path};

/// How many references may follow one another.
const MOST_REFERENCES: usize = 32;

/// A schema and its place.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    pub(super) schema: &'a Value,
    pub(super) pointer: Pointer,
}

/// The object schemas that describe one value, with their properties.
pub(super) type Parts<'a> = Vec<Place<'a>>;

#[derive(Clone, Copy)]
pub(super) struct Schemas<'a> {
    document: &'a Value,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(document: &'a Value) -> Self {
        Self { document }
    }

    /// The value at a place of the document.
    pub(super) fn at(self, pointer: &Pointer) -> Option<Place<'a>> {
        self.document.pointer(pointer.as_str()).map(|schema| Place { schema, pointer: pointer.clone() })
    }

    /// The JSONPath of a place.
    pub(super) fn path(self, pointer: &Pointer) -> String {
        json_path::of(self.document, pointer)
    }

    /// The schemas that have names.
    pub(super) fn named(self) -> impl Iterator<Item = (&'a String, Place<'a>)> {
        let schemas = self.document.pointer("/components/schemas").and_then(Value::as_object);
        let root = Pointer::root().join("components").join("schemas");
        schemas.into_iter().flatten().map(move |(name, schema)| (name, Place { schema, pointer: root.join(name) }))
    }

    /// The properties of named schemas and the parameters that have this name and list the values of this enum, which
    /// parameters do in patterns: in the client, they share a type.
    pub(super) fn with_enum_of(self, schema: &Value, name: &str) -> Vec<Place<'a>> {
        let Some(own) = listed(schema) else { return Vec::new() };
        let is_same = |place: &Place<'a>| {
            listed(place.schema)
                .is_some_and(|values| values.len() == own.len() && values.iter().all(|value| own.contains(value)))
        };
        let of_schemas = self.named().filter_map(|(_, place)| {
            let schema = properties(place.schema)?.get(name)?;
            Some(Place { schema, pointer: place.pointer.join("properties").join(name) })
        });
        let operations = Operations::of(self.document);
        let of_parameters = operations.all().flat_map(|operation| {
            let parameters = operation.value.get("parameters").and_then(Value::as_array);
            parameters.into_iter().flatten().enumerate().filter_map(|(index, parameter)| {
                let written = parameter.get("name")?.as_str()?;
                let schema = parameter.get("schema").filter(|_| written.trim_end_matches("[]") == name)?;
                let pointer = operation.pointer.join("parameters").index(index).join("schema");
                Some(match schema.get("items") {
                    Some(items) => Place { schema: items, pointer: pointer.join("items") },
                    None => Place { schema, pointer },
                })
            })
        });
        of_schemas.chain(of_parameters).filter(is_same).collect()
    }

    /// What the value refers to, through references and `allOf` of one schema; and whether null is allowed on the way.
    pub(super) fn resolve(self, place: Place<'a>) -> (Place<'a>, bool) {
        let mut place = place;
        let mut nullable = false;
        for _ in 0..MOST_REFERENCES {
            nullable |= place.schema.get("nullable") == Some(&Value::Bool(true));
            let Some(next) = self.next(&place) else { break };
            place = next;
        }
        (place, nullable)
    }

    fn next(self, place: &Place<'a>) -> Option<Place<'a>> {
        if let Some(reference) = place.schema.get("$ref") {
            return self.at(&Pointer::from_text(reference.as_str()?.strip_prefix('#')?));
        }
        match place.schema.get("allOf")?.as_array()?.as_slice() {
            [only] => Some(Place { schema: only, pointer: place.pointer.join("allOf").index(0) }),
            _ => None,
        }
    }

    /// The schemas of an object: itself, or all of its `allOf`.
    pub(super) fn parts(self, place: &Place<'a>) -> Parts<'a> {
        let mut parts = Vec::new();
        self.collect_parts(place, 0, &mut parts);
        parts
    }

    fn collect_parts(self, place: &Place<'a>, depth: usize, parts: &mut Parts<'a>) {
        if depth > MOST_REFERENCES || parts.iter().any(|part| part.pointer == place.pointer) {
            return;
        }
        let all_of = place.schema.get("allOf").and_then(Value::as_array);
        if properties(place.schema).is_some() || all_of.is_none() {
            parts.push(place.clone());
        }
        for (index, schema) in all_of.into_iter().flatten().enumerate() {
            let inner = Place { schema, pointer: place.pointer.join("allOf").index(index) };
            let (inner, _) = self.resolve(inner);
            self.collect_parts(&inner, depth + 1, parts);
        }
    }
}

/// The texts that a schema lists, in an enum or in a pattern.
fn listed(schema: &Value) -> Option<Vec<&str>> {
    match schema.get("enum") {
        Some(values) => values.as_array()?.iter().map(Value::as_str).collect(),
        None => Some(schema.get("pattern")?.as_str()?.split('|').collect()),
    }
}

pub(super) fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties").and_then(Value::as_object).filter(|properties| !properties.is_empty())
}

/// The type that a schema declares or implies.
pub(super) fn type_of(schema: &Value) -> Option<&str> {
    if schema.get("x-rust-id").is_some() {
        return Some("integer");
    }
    match schema.get("type").and_then(Value::as_str) {
        Some(declared) => Some(declared),
        None if properties(schema).is_some() => Some("object"),
        None if schema.get("items").is_some() => Some("array"),
        None if schema.get("enum").is_some() => Some("string"),
        None => None,
    }
}

/// The properties that responses always contain: those of `x-kimai-always`, or else those that the document requires.
/// Deprecated properties are never promised.
pub(super) fn promised(schema: &Value) -> Vec<&str> {
    let list = schema.get(ALWAYS).or_else(|| schema.get("required"));
    let names = list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let is_read = |name: &&str| {
        let property = properties(schema).and_then(|properties| properties.get(*name));
        property.is_some_and(|property| !is_deprecated(property) && !is_written_only(property))
    };
    names.filter(is_read).collect()
}

pub(super) fn is_deprecated(schema: &Value) -> bool {
    schema.get("deprecated") == Some(&Value::Bool(true))
}

fn is_written_only(schema: &Value) -> bool {
    schema.get("writeOnly") == Some(&Value::Bool(true))
}
