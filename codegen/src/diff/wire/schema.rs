//! A schema in normalized form: references are resolved, and equivalent notations are the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::limits::{self, Limits};
use super::plain::{self, Rest};
use crate::diff::keywords::{Holds, Object};
use crate::names;

/// The members next to a reference that do not make it a different schema.
const BESIDE: [&str; 8] =
    ["default", "deprecated", "description", "example", "nullable", "readOnly", "title", "writeOnly"];

/// The place of a schema: a name, or a place inside something else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    /// A schema of the components, by its name.
    Named(String),
    /// Any other schema, by its JSON pointer.
    Inline(String),
}

/// A schema that is read when it is needed.
#[derive(Clone, Debug)]
pub(super) struct SchemaRef<'a> {
    pub(super) place: Place,
    /// Where it is declared: several pointers if parts of an `allOf` declare it.
    pub(super) pointers: Vec<String>,
    /// Whether it was found through a reference.
    pub(super) is_referred: bool,
    value: Option<&'a Value>,
    /// Other parts of an `allOf` for the same value.
    others: Vec<Self>,
}

/// The content of a schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema<'a> {
    /// Where it is declared.
    pub(super) pointers: Vec<String>,
    /// `string`, `object` and so on; empty for anything.
    pub(super) kind: String,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<String>,
    /// The values that are allowed, as JSON text.
    pub(super) values: Option<BTreeSet<String>>,
    pub(super) nullable: bool,
    pub(super) deprecated: bool,
    pub(super) default: Option<String>,
    pub(super) limits: Limits,
    pub(super) properties: BTreeMap<String, Property<'a>>,
    /// The required names, which need not be those of properties.
    pub(super) required: BTreeSet<String>,
    pub(super) items: Option<SchemaRef<'a>>,
    pub(super) additional: Additional<'a>,
    /// `oneOf` and `anyOf`.
    pub(super) alternatives: Vec<SchemaRef<'a>>,
    pub(super) discriminator: Option<&'a Map<String, Value>>,
    /// The schemas of `not`, in plain form.
    pub(super) excluded: BTreeSet<String>,
    pub(super) rest: Rest,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(super) struct Property<'a> {
    pub(super) required: bool,
    /// Whether it is only in responses.
    pub(super) read_only: bool,
    /// Whether it is only in requests.
    pub(super) write_only: bool,
    pub(super) schema: SchemaRef<'a>,
}

/// Properties that the schema does not name.
#[derive(Clone, Debug, Default)]
pub(super) enum Additional<'a> {
    /// Not declared: anything is allowed.
    #[default]
    Unsaid,
    Forbidden,
    Of(SchemaRef<'a>),
}

impl Place {
    fn new(pointer: String) -> Self {
        match pointer.strip_prefix("/components/schemas/") {
            Some(name) if !name.contains('/') => Self::Named(name.replace("~1", "/").replace("~0", "~")),
            _ => Self::Inline(pointer),
        }
    }

    /// Where it is in the document.
    pub(super) fn pointer(&self) -> String {
        match self {
            Self::Named(name) => format!("/components/schemas/{}", name.replace('~', "~0").replace('/', "~1")),
            Self::Inline(pointer) => pointer.clone(),
        }
    }

    /// The name without the number of a copy, if it is named.
    pub(super) fn stem(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(names::stem(name)),
            Self::Inline(_) => None,
        }
    }
}

impl<'a> SchemaRef<'a> {
    /// The schema at a place of the document, with its reference resolved.
    pub(super) fn new(root: &'a Value, value: Option<&'a Value>, pointer: String) -> Self {
        let pointers = vec![pointer.clone()];
        let mut reference =
            Self { place: Place::new(pointer), pointers, is_referred: false, value, others: Vec::new() };
        // A cyclic chain of references counts as none.
        for _ in 0..16 {
            let target = reference.value.and_then(|value| value.get("$ref")).and_then(Value::as_str);
            let Some(target) = target else { return reference };
            let pointer = target.trim_start_matches('#');
            let place = Place::new(pointer.to_owned());
            reference = Self { place, is_referred: true, value: root.pointer(pointer), ..reference };
        }
        Self { value: None, ..reference }
    }

    /// What stands for a schema that is not declared.
    pub(super) fn missing() -> Self {
        let place = Place::Inline(String::new());
        Self { place, pointers: Vec::new(), is_referred: false, value: None, others: Vec::new() }
    }

    /// Reads the schema, and merges the schemas of `allOf`.
    pub(super) fn read(&self, root: &'a Value) -> Schema<'a> {
        let mut schema = Schema { pointers: self.pointers.clone(), ..Schema::default() };
        for part in self.others.iter().chain([self]) {
            part.add_to(&mut schema, root, &mut BTreeSet::from([part.place.clone()]), 0);
        }
        // If anything is allowed, so is null; and if it is nullable, null is not a value of its own.
        schema.nullable &= !schema.is_anything();
        if let Some(values) = schema.values.as_mut().filter(|_| schema.nullable) {
            values.remove("null");
        }
        for (name, property) in &mut schema.properties {
            property.required = schema.required.contains(name);
        }
        schema
    }

    /// The named schema that it is, or refers to without other relevant members.
    pub(super) fn core(&self, root: &'a Value) -> Option<Self> {
        if self.place.stem().is_some() {
            return Some(self.clone());
        }
        let object = self.value.filter(|_| self.others.is_empty())?.as_object()?;
        let mut parts = object.iter().filter(|(keyword, _)| !BESIDE.contains(&keyword.as_str()));
        let ("allOf" | "oneOf" | "anyOf", Value::Array(parts), None) =
            parts.next().map(|(keyword, value)| (keyword.as_str(), value, parts.next()))?
        else {
            return None;
        };
        let [only] = parts.as_slice() else { return None };
        let core = Self { pointers: self.pointers.clone(), ..Self::new(root, Some(only), String::new()) };
        Some(core).filter(|core| core.place.stem().is_some())
    }

    /// The same schema, declared where its reference leads.
    pub(super) fn in_place(&self) -> Self {
        Self { pointers: vec![self.place.pointer()], ..self.clone() }
    }

    /// Whether both have the same name.
    pub(super) fn is_namesake(&self, other: &Self) -> bool {
        self.place.stem().is_some() && self.place.stem() == other.place.stem()
    }

    /// The schema as a later part of an `allOf` than another one.
    fn after(mut self, other: Self) -> Self {
        self.place = Place::Inline(format!("{} and {}", other.place.pointer(), self.place.pointer()));
        self.pointers.extend(other.pointers.iter().cloned());
        self.others.push(other);
        self
    }

    /// Whether a keyword is true in it, or in one of its parts.
    fn is_set(&self, root: &'a Value, keyword: &str) -> bool {
        let mut seen: Vec<&Value> = Vec::new();
        let mut open: Vec<&'a Value> = self.value.into_iter().collect();
        while let Some(value) = open.pop() {
            if value.get(keyword) == Some(&Value::Bool(true)) {
                return true;
            }
            // The same part again has the same keywords.
            if !seen.iter().any(|known| std::ptr::eq(*known, value)) {
                seen.push(value);
                let parts = value.get("allOf").and_then(Value::as_array).into_iter().flatten();
                open.extend(parts.filter_map(|part| Self::new(root, Some(part), String::new()).value));
            }
        }
        false
    }

    /// Adds the content of the schema; `added` contains the places that were added already, which add nothing again.
    fn add_to(&self, schema: &mut Schema<'a>, root: &'a Value, added: &mut BTreeSet<Place>, depth: usize) {
        let Some(Value::Object(object)) = self.value else { return };
        let pointer = self.place.pointer();
        let part = |keyword: &str, value| Self::new(root, Some(value), format!("{pointer}/{keyword}"));
        let list = |keyword: &'static str| {
            let values = object.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate();
            values.map(|(index, value)| part(&format!("{keyword}/{index}"), value)).collect::<Vec<_>>()
        };
        // A single schema in `allOf` is a reference with additional members.
        for base in list("allOf") {
            if depth < 16 && added.insert(base.place.clone()) {
                base.add_to(schema, root, added, depth + 1);
            }
        }
        let mut alternatives = list("oneOf");
        alternatives.extend(list("anyOf"));
        // A single alternative is not a choice.
        match alternatives.as_slice() {
            [only] if depth < 16 => {
                if added.insert(only.place.clone()) {
                    only.add_to(schema, root, added, depth + 1);
                }
            }
            _ => schema.alternatives.extend(alternatives),
        }
        schema.add_texts(object);
        limits::add(&mut schema.limits, object);
        schema.add_rest(object, root);
        if let Some(items) = object.get("items") {
            let items = part("items", items);
            schema.items = Some(match schema.items.take() {
                Some(known) => items.after(known),
                None => items,
            });
        }
        match object.get("additionalProperties") {
            Some(Value::Bool(false)) => schema.additional = Additional::Forbidden,
            Some(value) => schema.additional = Additional::Of(part("additionalProperties", value)),
            None => {}
        }
        for (name, value) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let reference = part(&format!("properties/{}", name.replace('~', "~0").replace('/', "~1")), value);
            let is_set = |keyword: &str| reference.is_set(root, keyword);
            let (mut read_only, mut write_only) = (is_set("readOnly"), is_set("writeOnly"));
            let reference = match schema.properties.remove(name) {
                Some(known) => {
                    (read_only, write_only) = (read_only || known.read_only, write_only || known.write_only);
                    reference.after(known.schema)
                }
                None => reference,
            };
            let property = Property { required: false, read_only, write_only, schema: reference };
            schema.properties.insert(name.clone(), property);
        }
        let required = object.get("required").and_then(Value::as_array).into_iter().flatten();
        schema.required.extend(required.filter_map(Value::as_str).map(str::to_owned));
    }
}

impl<'a> Schema<'a> {
    fn add_texts(&mut self, object: &Map<String, Value>) {
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        let is_set = |name: &str| object.get(name).and_then(Value::as_bool).unwrap_or(false);
        if let Some(kind) = text("type") {
            self.kind = kind;
        } else if self.kind.is_empty() {
            implied_kind(object).clone_into(&mut self.kind);
        }
        self.format = text("format").or(self.format.take());
        self.pattern = match (self.pattern.take(), text("pattern")) {
            (Some(known), Some(pattern)) if known != pattern => {
                let (first, second) = if known < pattern { (known, pattern) } else { (pattern, known) };
                Some(format!("{first} and {second}"))
            }
            (known, pattern) => pattern.or(known),
        };
        if let Some(values) = object.get("enum").and_then(Value::as_array) {
            let values = values.iter().map(shown);
            self.values = Some(match self.values.take() {
                Some(known) => values.filter(|value| known.contains(value)).collect(),
                None => values.collect(),
            });
        }
        self.nullable |= is_set("nullable");
        self.deprecated |= is_set("deprecated");
        // For servers, no default and a default of null are the same.
        if let Some(default) = object.get("default").filter(|default| !default.is_null()) {
            self.default = Some(shown(default));
        }
    }

    fn add_rest(&mut self, object: &'a Map<String, Value>, root: &Value) {
        if let Some(not) = object.get("not") {
            self.excluded.insert(plain::text(not, Holds::One(Object::Schema), root));
        }
        if let Some(Value::Object(discriminator)) = object.get("discriminator") {
            self.discriminator = Some(discriminator);
            let inside = plain::rest(Object::Discriminator, discriminator, root);
            plain::merge(
                &mut self.rest,
                inside.into_iter().map(|(name, text)| (format!("discriminator.{name}"), text)),
            );
        }
        plain::merge(&mut self.rest, plain::rest(Object::Schema, object, root));
    }

    /// Whether it only has alternatives.
    pub(super) fn is_choice(&self) -> bool {
        self.kind.is_empty() && !self.alternatives.is_empty() && self.properties.is_empty()
    }

    /// The schema as an alternative of another one, which may have members for all alternatives.
    pub(super) fn within(mut self, choice: &Self) -> Self {
        self.nullable |= choice.nullable;
        self.deprecated |= choice.deprecated;
        self.default = self.default.take().or_else(|| choice.default.clone());
        self
    }

    /// The similarity of two schemas: zero if they have different types, or are objects without a common property.
    pub(super) fn likeness(&self, other: &Self) -> usize {
        if self.kind != other.kind || self.kind.is_empty() {
            return 0;
        }
        let is_plain = self.properties.is_empty() && other.properties.is_empty();
        self.common(other) + usize::from(is_plain)
    }

    /// Whether they are objects with hardly anything in common.
    pub(super) fn is_unlike(&self, other: &Self) -> bool {
        let (mine, others) = (self.properties.len(), other.properties.len());
        let (few, many, common) = (mine.min(others), mine.max(others), self.common(other));
        let is_other = few > 0 && common * 5 < mine + others - common && (few > 2 || common == 0);
        many > 2 && (is_other || self.is_map() || other.is_map())
    }

    /// Whether it is a map: an object without named properties, and with a type for its values.
    pub(super) fn is_map(&self) -> bool {
        self.properties.is_empty() && matches!(self.additional, Additional::Of(_))
    }

    fn common(&self, other: &Self) -> usize {
        self.properties.keys().filter(|name| other.properties.contains_key(*name)).count()
    }

    /// Whether it allows anything and says nothing else.
    pub(super) fn is_empty(&self) -> bool {
        let is_free = self.limits.is_empty() && self.required.is_empty() && self.excluded.is_empty();
        self.is_anything() && is_free && self.discriminator.is_none() && self.rest.is_empty()
    }

    /// Whether it allows anything.
    pub(super) fn is_anything(&self) -> bool {
        self.kind.is_empty() && self.alternatives.is_empty() && self.values.is_none() && self.pattern.is_none()
    }
}

/// The type of a schema without `type`, derived from its other keywords; empty if that is not possible.
fn implied_kind(object: &Map<String, Value>) -> &'static str {
    let values = object.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty());
    let are_all = |is_it: fn(&Value) -> bool| values.is_some_and(|values| values.iter().all(is_it));
    if object.contains_key("properties") {
        "object"
    } else if object.contains_key("items") {
        "array"
    } else if are_all(Value::is_string) {
        "string"
    } else if are_all(|value| value.is_i64() || value.is_u64()) {
        "integer"
    } else {
        ""
    }
}

/// A value in a message, with strings unquoted.
pub(super) fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
