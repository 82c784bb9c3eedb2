//! Compares a value with its schema.

use serde_json::{Map, Value};

use super::Kind;
use super::formats;
use super::schemas::{Parts, Place, Schemas, promised, properties, type_of};
use crate::Pointer;
use crate::api::ANSWER_FORMAT;

/// The deepest nesting of values that is compared.
const MAX_DEPTH: usize = 64;

/// Something that a comparison saw.
#[derive(Clone, Debug)]
pub(super) struct Seen<'v> {
    /// The place in the document.
    pub(super) pointer: Pointer,
    /// The place in the value, such as `[0].project.id`.
    pub(super) path: String,
    /// The value; none if it is missing.
    pub(super) value: Option<&'v Value>,
    pub(super) what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A value, whether it is as declared or not.
    Value,
    /// An object, with the names of the properties that the schema declares.
    Object(Vec<String>),
    /// Something that is not as declared.
    Problem(Problem),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) kind: Kind,
    /// The property of the schema in this place.
    pub(super) member: Option<String>,
    pub(super) detail: String,
}

/// Compares a value with the schema of a place.
pub(super) fn compare<'v>(schemas: Schemas<'_>, place: Place<'_>, value: &'v Value) -> Vec<Seen<'v>> {
    let mut comparison = Comparison { schemas, seen: Vec::new(), depth: 0 };
    comparison.value(place, value, "");
    comparison.seen
}

/// How many problems there are.
pub(super) fn problems(seen: &[Seen<'_>]) -> usize {
    seen.iter().filter(|seen| matches!(seen.what, What::Problem(_))).count()
}

struct Comparison<'a, 'v> {
    schemas: Schemas<'a>,
    seen: Vec<Seen<'v>>,
    depth: usize,
}

impl<'a, 'v> Comparison<'a, 'v> {
    fn value(&mut self, place: Place<'a>, value: &'v Value, path: &str) {
        if self.depth > MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let here = place.pointer.clone();
        let (found, nullable) = self.schemas.resolve(place);
        self.see(&here, path, Some(value), What::Value);
        if value.is_null() {
            if !nullable && is_constrained(found.schema) {
                self.problem(Kind::Null, &here, path, Some(value), String::new());
            }
        } else if let Some(alternatives) = alternatives(&found) {
            self.one_of(alternatives, value, path);
        } else {
            self.typed(&here, &found, value, path);
        }
        self.depth -= 1;
    }

    /// The alternative that fits best counts.
    fn one_of(&mut self, alternatives: Vec<Place<'a>>, value: &'v Value, path: &str) {
        let mut best: Option<(usize, Vec<Seen<'v>>)> = None;
        for place in alternatives {
            let mut inner = Comparison { schemas: self.schemas, seen: Vec::new(), depth: self.depth };
            inner.value(place, value, path);
            let count = problems(&inner.seen);
            if best.as_ref().is_none_or(|(least, _)| count < *least) {
                best = Some((count, inner.seen));
            }
        }
        self.seen.extend(best.into_iter().flat_map(|(_, seen)| seen));
    }

    fn typed(&mut self, here: &Pointer, found: &Place<'a>, value: &'v Value, path: &str) {
        let is_object = found.schema.get("allOf").is_some();
        let Some(declared) = type_of(found.schema).or(is_object.then_some("object")) else { return };
        match (declared, value) {
            ("string", Value::String(text)) => self.text(found, value, text, path),
            ("string" | "integer", Value::Number(number)) if is_duration(found.schema) && !number.is_f64() => {}
            ("integer", Value::Number(number)) if !number.is_f64() => {}
            ("number", Value::Number(_)) | ("boolean", Value::Bool(_)) => {}
            ("array", Value::Array(items)) => {
                let pointer = found.pointer.join("items");
                let Some(schema) = found.schema.get("items") else { return };
                for (index, item) in items.iter().enumerate() {
                    let place = Place { schema, pointer: pointer.clone() };
                    self.value(place, item, &format!("{path}[{index}]"));
                }
            }
            ("object", Value::Object(members)) => self.object(found, members, value, path),
            // PHP writes an empty map as an empty array.
            ("object", Value::Array(items)) if items.is_empty() && self.may_be_empty_map(found) => {}
            _ => {
                let detail = format!("{declared}, but servers send {}", name_of_type(value));
                self.problem(Kind::Type, here, path, Some(value), detail);
            }
        }
    }

    fn text(&mut self, found: &Place<'a>, value: &'v Value, text: &str, path: &str) {
        if let Some(values) = found.schema.get("enum").and_then(Value::as_array) {
            if !values.contains(value) {
                self.problem(Kind::EnumValue, &found.pointer, path, Some(value), String::new());
            }
            return;
        }
        let of_answer = found.schema.get(ANSWER_FORMAT).and_then(Value::as_str);
        let Some(format) = of_answer.or_else(|| found.schema.get("format").and_then(Value::as_str)) else { return };
        if !formats::has(format, text) {
            let detail = match formats::of(text) {
                "other" => format!("{format}, but servers send other text"),
                other => format!("{format}, but servers send {other}"),
            };
            self.problem(Kind::Format, &found.pointer, path, Some(value), detail);
        }
    }

    fn object(&mut self, found: &Place<'a>, members: &'v Map<String, Value>, value: &'v Value, path: &str) {
        let parts = self.schemas.parts(found);
        for part in &parts {
            let names = properties(part.schema).into_iter().flatten().map(|(name, _)| name.clone()).collect();
            self.see(&part.pointer, path, Some(value), What::Object(names));
            for name in promised(part.schema).into_iter().filter(|name| !members.contains_key(*name)) {
                let problem = Problem { kind: Kind::Absent, member: Some(name.to_owned()), detail: String::new() };
                self.see(&part.pointer, path, None, What::Problem(problem));
            }
        }
        for (name, member) in members {
            let path = format!("{path}.{name}");
            match property(&parts, name) {
                Property::Declared(place) => self.value(place, member, &path),
                Property::Free => {}
                Property::Undeclared => {
                    let pointer = parts.first().map_or(&found.pointer, |part| &part.pointer).clone();
                    let problem = Problem { kind: Kind::Undeclared, member: Some(name.clone()), detail: String::new() };
                    self.see(&pointer, &path, Some(member), What::Problem(problem));
                }
            }
        }
    }

    fn see(&mut self, pointer: &Pointer, path: &str, value: Option<&'v Value>, what: What) {
        self.seen.push(Seen { pointer: pointer.clone(), path: path.to_owned(), value, what });
    }

    fn problem(&mut self, kind: Kind, pointer: &Pointer, path: &str, value: Option<&'v Value>, detail: String) {
        self.see(pointer, path, value, What::Problem(Problem { kind, member: None, detail }));
    }

    /// Whether no part of the schema promises a property, and all are maps.
    fn may_be_empty_map(&self, found: &Place<'a>) -> bool {
        self.schemas.parts(found).iter().all(|part| is_map(part.schema) && promised(part.schema).is_empty())
    }
}

enum Property<'a> {
    Declared(Place<'a>),
    /// Any value may have this name.
    Free,
    Undeclared,
}

fn property<'a>(parts: &Parts<'a>, name: &str) -> Property<'a> {
    let mut is_free = false;
    let mut of_others = None;
    for part in parts {
        if let Some(schema) = properties(part.schema).and_then(|properties| properties.get(name)) {
            let pointer = part.pointer.join("properties").join(name);
            return Property::Declared(Place { schema, pointer });
        }
        match part.schema.get("additionalProperties") {
            Some(schema @ Value::Object(_)) => {
                of_others = Some(Place { schema, pointer: part.pointer.join("additionalProperties") });
            }
            Some(Value::Bool(true)) => is_free = true,
            _ => is_free |= properties(part.schema).is_none(),
        }
    }
    match of_others {
        Some(place) => Property::Declared(place),
        None if is_free => Property::Free,
        None => Property::Undeclared,
    }
}

fn alternatives<'a>(found: &Place<'a>) -> Option<Vec<Place<'a>>> {
    let keyword = ["oneOf", "anyOf"].into_iter().find(|keyword| found.schema.get(keyword).is_some())?;
    let pointer = found.pointer.join(keyword);
    let list = found.schema.get(keyword)?.as_array()?;
    Some(list.iter().enumerate().map(|(index, schema)| Place { schema, pointer: pointer.index(index) }).collect())
}

/// Whether the schema excludes any value.
fn is_constrained(schema: &Value) -> bool {
    type_of(schema).is_some() || ["oneOf", "anyOf", "allOf"].iter().any(|keyword| schema.get(keyword).is_some())
}

fn is_duration(schema: &Value) -> bool {
    schema.get("format").and_then(Value::as_str) == Some("duration")
}

fn is_map(schema: &Value) -> bool {
    properties(schema).is_none() || schema.get("additionalProperties").is_some_and(|more| *more != Value::Bool(false))
}

/// The JSON type of a value, in the words of schemas.
pub(super) fn name_of_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
