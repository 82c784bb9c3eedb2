//! What the documents of Kimai's releases have, as one tree.
//!
//! A place is a way of tokens as in a JSON pointer, with two differences: parameters are identified by `in` and `name`
//! and not by their index, and values are tokens too, so that each value of an enum has a place.

mod candidates;
mod compare;
mod retain;
mod wording;

pub use compare::{Comparison, Likeness};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;

use super::source;
use super::structure::Kind;
use crate::{Error, Release};

/// What the snapshots have.
#[derive(Clone, Debug, Default)]
pub struct KnownParts {
    root: Part,
    /// The releases of each snapshot.
    snapshots: Vec<Vec<Release>>,
    /// The releases between those of the snapshots of which something is known.
    dates: BTreeSet<Release>,
}

/// One place.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    members: BTreeMap<String, Part>,
    /// The snapshots that have it, by their number.
    snapshots: Vec<Range<usize>>,
    /// The release that added it, where the history file says it.
    since: Option<Release>,
}

impl KnownParts {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a snapshot as it is, without overlays. Snapshots come in the order of their releases.
    pub fn add(&mut self, snapshot: &Value, releases: Vec<Release>) {
        self.root.add(snapshot, Spot::ROOT, self.snapshots.len());
        self.snapshots.push(releases);
    }

    /// Adds a snapshot like [`KnownParts::add`].
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a document.
    pub fn read(&mut self, snapshot: &[u8], releases: Vec<Release>) -> Result<(), Error> {
        self.add(&source::parse(snapshot)?.value, releases);
        Ok(())
    }

    /// Whether a snapshot has the place of this document, which is written as a JSON pointer.
    #[must_use]
    pub fn has(&self, document: &Value, pointer: &str) -> bool {
        way(document, pointer).is_some_and(|way| self.root.find(&way).is_some())
    }

    /// The places of one document.
    pub(super) fn of(document: &Value) -> Self {
        let mut parts = Self::new();
        parts.add(document, Vec::new());
        parts
    }

    /// Whether some snapshot has a schema of this name.
    pub(super) fn has_schema(&self, name: &str) -> bool {
        self.schema(name).is_some()
    }

    fn schema(&self, name: &str) -> Option<&Part> {
        self.root.find(&["components", "schemas", name])
    }

    /// Whether the release has a schema of this name. What is between two snapshots may be as either of them.
    pub(super) fn has_schema_in(&self, name: &str, release: &Release) -> bool {
        let Some(schema) = self.schema(name) else { return false };
        let behind = self.snapshots.partition_point(|releases| releases.first().is_some_and(|first| first <= release));
        let snapshot = behind.saturating_sub(1);
        let is_exact = self.snapshots.get(snapshot).is_some_and(|releases| releases.contains(release));
        schema.is_in(snapshot) || (!is_exact && schema.is_in(snapshot + 1))
    }
}

impl Part {
    fn add(&mut self, value: &Value, spot: Spot, snapshot: usize) {
        match self.snapshots.last_mut() {
            Some(last) if last.end == snapshot => last.end += 1,
            Some(last) if last.end > snapshot => {}
            _ => self.snapshots.push(snapshot..snapshot + 1),
        }
        each_member(value, spot, &mut |token, member| {
            let spot = spot.member(token);
            match self.members.get_mut(token) {
                Some(part) => part.add(member, spot, snapshot),
                None => self.members.entry(token.to_owned()).or_default().add(member, spot, snapshot),
            }
        });
    }

    fn find<T: AsRef<str>>(&self, way: &[T]) -> Option<&Self> {
        way.iter().try_fold(self, |part, token| part.members.get(token.as_ref()))
    }

    fn find_mut<T: AsRef<str>>(&mut self, way: &[T]) -> Option<&mut Self> {
        way.iter().try_fold(self, |part, token| part.members.get_mut(token.as_ref()))
    }

    fn is_in(&self, snapshot: usize) -> bool {
        self.snapshots.iter().any(|range| range.contains(&snapshot))
    }
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    kind: Kind,
    is_enum: bool,
}

impl Spot {
    const ROOT: Self = Self { kind: Kind::Root, is_enum: false };

    fn member(self, token: &str) -> Self {
        Self { kind: self.kind.inner(token), is_enum: self.kind == Kind::Schema && token == "enum" }
    }

    /// What a member of this place is, if it is a part that people tell releases by.
    fn what(self, member: Self) -> Option<What> {
        match (self.kind, member.kind) {
            (_, Kind::Operation) => Some(What::Operation),
            (_, Kind::Parameter) => Some(What::Parameter),
            (Kind::Schemas, _) => Some(What::Schema),
            (Kind::Content, _) => Some(What::MediaType),
            _ if self.is_enum => Some(What::Value),
            _ => None,
        }
    }
}

/// The parts that releases are told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Operation,
    Parameter,
    /// A named schema or a property.
    Schema,
    /// A value of an enum.
    Value,
    MediaType,
}

/// Shows the members of a value with their tokens.
fn each_member(value: &Value, spot: Spot, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(object) => {
            for (key, member) in object {
                see(key, member);
            }
        }
        Value::Array(array) => {
            for (index, element) in array.iter().enumerate() {
                let is_nested = element.is_object() || element.is_array();
                // The token of a value says all of it.
                see(&identity(element, spot.kind, index), if is_nested { element } else { &Value::Null });
            }
        }
        Value::Null => {}
        scalar => see(&scalar.to_string(), &Value::Null),
    }
}

/// What an element of an array is known by: its name, its value, or else its index.
fn identity(element: &Value, kind: Kind, index: usize) -> String {
    let text = |key: &str| element.get(key).and_then(Value::as_str);
    match (kind, text("in"), text("name"), text("$ref")) {
        (Kind::Parameters, Some(place), Some(name), _) => format!("{place} {name}"),
        (Kind::Tags, _, Some(name), _) => name.to_owned(),
        (Kind::Parameters | Kind::SchemaList, _, _, Some(target)) => target.to_owned(),
        _ if element.is_object() || element.is_array() => index.to_string(),
        _ => element.to_string(),
    }
}

/// The tokens of a place, which is written as a JSON pointer; nothing if the document has no such place.
fn way(document: &Value, pointer: &str) -> Option<Vec<String>> {
    let mut way = Vec::new();
    let (mut value, mut spot) = (document, Spot::ROOT);
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let (member, token) = match value {
            Value::Object(object) => (object.get(&token)?, token),
            Value::Array(array) => {
                let index: usize = token.parse().ok()?;
                let element = array.get(index)?;
                (element, identity(element, spot.kind, index))
            }
            _ => return None,
        };
        spot = spot.member(&token);
        value = member;
        way.push(token);
    }
    Some(way)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn releases(texts: &[&str]) -> Vec<Release> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn parameter(name: &str, schema: &Value) -> Value {
        json!({"in": "query", "name": name, "schema": schema})
    }

    #[test]
    fn a_place_is_known_if_any_snapshot_has_it() {
        let mut known = KnownParts::new();
        known.add(
            &json!({"components": {"schemas": {"Tag": {"properties": {"id": {"type": "integer"}}}}}}),
            releases(&["1.0"]),
        );
        known.add(&json!({"components": {"schemas": {"Team": {"type": "object"}}}}), releases(&["1.1"]));
        let own = json!({"components": {"schemas": {
            "Tag": {"properties": {"id": {}, "own": {}}}, "Team": {}, "Own": {"properties": {"id": {}}},
        }}});
        let has = |place: &str| known.has(&own, &format!("/components/schemas/{place}"));
        assert!(has("Tag") && has("Team") && has("Tag/properties/id"));
        assert!(!has("Own") && !has("Own/properties/id") && !has("Tag/properties/own"));
        assert!(!has("Tag/properties/name"), "the document itself has no such place");
        assert!(known.has_schema("Team") && !known.has_schema("Own"));
    }

    #[test]
    fn parameters_are_known_by_their_name_and_not_by_their_index() {
        let text = json!({"type": "string", "enum": ["ASC", "DESC"]});
        let of = |parameters: &[Value]| json!({"paths": {"/api/tags": {"get": {"parameters": parameters}}}});
        let mut known = KnownParts::new();
        known.add(&of(&[parameter("order", &text), parameter("name", &json!({}))]), releases(&["2.0.0"]));
        let own = of(&[parameter("own", &json!({})), parameter("order", &text)]);
        let has = |place: &str| known.has(&own, &format!("/paths/~1api~1tags/get/parameters/{place}"));
        assert!(!has("0") && !has("0/schema"));
        assert!(has("1") && has("1/schema") && has("1/schema/enum/0"));
        let header = of(&[json!({"in": "header", "name": "order"})]);
        assert!(!known.has(&header, "/paths/~1api~1tags/get/parameters/0"));
    }

    #[test]
    fn each_value_of_an_enum_has_a_place() {
        let of = |values: &[&str]| json!({"components": {"schemas": {"Role": {"enum": values}}}});
        let mut known = KnownParts::new();
        known.add(&of(&["admin", "user"]), releases(&["2.0.0"]));
        let own = of(&["own", "admin"]);
        assert!(!known.has(&own, "/components/schemas/Role/enum/0"));
        assert!(known.has(&own, "/components/schemas/Role/enum/1"));
    }
}
