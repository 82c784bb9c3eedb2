//! `$defs`: schemas inside of schemas get names in `components/schemas`.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash as _, Hasher as _};

use serde_json::{Map, Value, json};

use crate::Pointer;
use crate::document::structure::Kind;

const KEYWORD: &str = "$defs";
const SCHEMAS: &str = "#/components/schemas/";

/// Gives all schemas in `$defs` a name in `components/schemas`, and changes the references to them.
pub(super) fn lift(document: &mut Value) {
    let Some(names) = schema_names(document) else { return };
    let mut plan = Plan { taken: names, ..Plan::default() };
    plan.assign(document, document, Kind::Root, &Pointer::root(), 0);
    if plan.moved.is_empty() {
        return;
    }
    let mut lifting = Lifting { moved: &plan.moved, scopes: Vec::new(), lifted: Map::new() };
    lifting.take(document, Kind::Root, &Pointer::root());
    let lifted = lifting.lifted;
    let Value::Object(root) = document else { return };
    let components = root.entry("components").or_insert_with(|| json!({}));
    if let Some(Value::Object(schemas)) = member(components, "schemas") {
        schemas.extend(lifted);
    }
}

/// The names of the document's schemas; nothing if the document is malformed at that place.
fn schema_names(document: &Value) -> Option<BTreeSet<String>> {
    let is_object = |value: &Value| value.is_object() || value.as_array().is_some_and(Vec::is_empty);
    let Some(components) = document.get("components") else { return Some(BTreeSet::new()) };
    let schemas = components.get("schemas");
    if !is_object(components) || schemas.is_some_and(|schemas| !is_object(schemas)) {
        return None;
    }
    Some(schemas.and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.clone()).collect())
}

/// The member of an object; the API page of some servers writes an empty object as an empty array.
fn member<'a>(object: &'a mut Value, key: &str) -> Option<&'a mut Value> {
    if !object.is_object() {
        *object = json!({});
    }
    let value = object.as_object_mut()?.entry(key).or_insert_with(|| json!({}));
    if !value.is_object() {
        *value = json!({});
    }
    Some(value)
}

/// The new names, by the pointer of the old place.
#[derive(Default)]
struct Plan {
    taken: BTreeSet<String>,
    moved: BTreeMap<String, String>,
    /// The last number of names that many schemas want.
    numbers: HashMap<String, usize>,
    /// The places of `$defs` by their hash: generators repeat the same ones in many schemas.
    known: HashMap<u64, Pointer>,
}

impl Plan {
    fn assign(&mut self, document: &Value, value: &Value, kind: Kind, place: &Pointer, depth: usize) {
        match value {
            Value::Object(object) => {
                let definitions = object.get(KEYWORD).and_then(Value::as_object).filter(|_| may_define(kind));
                if let Some(definitions) = definitions {
                    self.names(document, definitions, place, depth);
                    for (name, schema) in definitions {
                        let place = place.join(KEYWORD).join(name);
                        self.assign(document, schema, Kind::Schema, &place, depth + 1);
                    }
                }
                let depth = depth + usize::from(definitions.is_some());
                for (key, value) in object {
                    let kind = kind.member(key);
                    if kind != Kind::Raw {
                        self.assign(document, value, kind, &place.join(key), depth);
                    }
                }
            }
            Value::Array(array) if kind.element() != Kind::Raw => {
                for (index, element) in array.iter().enumerate() {
                    self.assign(document, element, kind.element(), &place.index(index), depth);
                }
            }
            _ => {}
        }
    }

    fn names(&mut self, document: &Value, definitions: &Map<String, Value>, place: &Pointer, depth: usize) {
        let at = place.join(KEYWORD);
        // Inside of others, the same text may refer to other schemas.
        if depth == 0 {
            let mut hasher = DefaultHasher::new();
            definitions.hash(&mut hasher);
            let known = self.known.entry(hasher.finish()).or_insert_with(|| at.clone()).clone();
            let is_same = document.pointer(known.as_str()).and_then(Value::as_object) == Some(definitions);
            if known != at && is_same {
                for name in definitions.keys() {
                    if let Some(new) = self.moved.get(known.join(name).as_str()).cloned() {
                        self.moved.insert(at.join(name).as_str().to_owned(), new);
                    }
                }
                return;
            }
        }
        let owner = owner(place);
        for name in definitions.keys() {
            let new = self.free(name, &owner);
            self.moved.insert(at.join(name).as_str().to_owned(), new);
        }
    }

    /// A name that no schema has, preferably the given one.
    fn free(&mut self, name: &str, owner: &str) -> String {
        for candidate in [name.to_owned(), format!("{owner}{name}")] {
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
        let number = self.numbers.entry(format!("{owner}{name}")).or_insert(1);
        loop {
            *number += 1;
            let candidate = format!("{owner}{name}{number}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// Schemas may have `$defs`, and generators write them at the root, too.
fn may_define(kind: Kind) -> bool {
    matches!(kind, Kind::Root | Kind::Schema)
}

/// The name of the schema around a place, or nothing.
fn owner(place: &Pointer) -> String {
    let name = place.as_str().strip_prefix("/components/schemas/").and_then(|rest| rest.split('/').next());
    decode(name.unwrap_or_default())
}

fn decode(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

struct Lifting<'a> {
    moved: &'a BTreeMap<String, String>,
    /// The places of the schemas around, that of the whole document included, which have `$defs`.
    scopes: Vec<Pointer>,
    lifted: Map<String, Value>,
}

impl Lifting<'_> {
    /// Takes the definitions out of the value and changes the references in it.
    fn take(&mut self, value: &mut Value, kind: Kind, place: &Pointer) {
        match value {
            Value::Object(object) => {
                let is_scope = may_define(kind) && object.get(KEYWORD).is_some_and(Value::is_object);
                if is_scope {
                    self.scopes.push(place.clone());
                    if let Some(Value::Object(definitions)) = object.remove(KEYWORD) {
                        self.definitions(definitions, place);
                    }
                }
                if kind == Kind::Schema {
                    self.references(object);
                }
                for (key, value) in object {
                    let kind = kind.member(key);
                    if kind != Kind::Raw {
                        self.take(value, kind, &place.join(key));
                    }
                }
                if is_scope {
                    self.scopes.pop();
                }
            }
            Value::Array(array) if kind.element() != Kind::Raw => {
                for (index, element) in array.iter_mut().enumerate() {
                    self.take(element, kind.element(), &place.index(index));
                }
            }
            _ => {}
        }
    }

    fn definitions(&mut self, definitions: Map<String, Value>, place: &Pointer) {
        for (name, mut schema) in definitions {
            let place = place.join(KEYWORD).join(&name);
            self.take(&mut schema, Kind::Schema, &place);
            if let Some(new) = self.moved.get(place.as_str()) {
                self.lifted.entry(new.clone()).or_insert(schema);
            }
        }
    }

    fn references(&self, schema: &mut Map<String, Value>) {
        if let Some(Value::String(reference)) = schema.get_mut("$ref") {
            self.follow(reference);
        }
        let mapping = schema.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
        for (_, target) in mapping.and_then(Value::as_object_mut).into_iter().flatten() {
            if let Value::String(reference) = target {
                self.follow(reference);
            }
        }
    }

    fn follow(&self, reference: &mut String) {
        let Some(pointer) = reference.strip_prefix('#').filter(|pointer| pointer.contains("defs/")) else { return };
        let pointer = pointer.replace("%24", "$");
        let local = pointer.starts_with("/$defs/");
        let places = self.scopes.iter().rev().map(|scope| format!("{}{pointer}", scope.as_str()));
        let absolute = (!local).then(|| pointer.clone());
        let new = absolute.into_iter().chain(places).find_map(|place| self.moved.get(&place));
        if let Some(new) = new {
            *reference = format!("{SCHEMAS}{}", new.replace('~', "~0").replace('/', "~1"));
        }
    }
}
