//! Compares two schemas, with all schemas that they refer to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::fingerprint::Fingerprints;
use super::plain;
use super::schema::{Additional, Place, Property, Schema, SchemaRef};
use super::values::{as_texts, choices, excluded, format, is_renamed, limits, named, of_property, switch, type_change};
use crate::diff::catalogue::Kind;
use crate::diff::subject::Step;

/// A change inside a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SchemaChange {
    /// The way to it inside the schema; empty for the schema itself.
    pub(super) path: Vec<Step>,
    pub(super) kind: Kind,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    /// Where it is declared in the old and in the new document.
    pub(super) pointers: [Vec<String>; 2],
}

impl SchemaChange {
    /// A change which says nothing about values.
    pub(super) fn plain(path: &[Step], kind: Kind, pointers: [Vec<String>; 2]) -> Self {
        Self { path: path.to_owned(), kind, old: None, new: None, pointers }
    }
}

/// The limit for nested schemas without names.
const DEPTH: usize = 100;

/// The places of two schemas.
pub(super) type Pair = (Place, Place);

/// The differences inside two schemas.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparison {
    pub(super) changes: Vec<SchemaChange>,
    /// The paths to other pairs, which [`Comparer::pair`] returns.
    pub(super) pairs: Vec<(Vec<Step>, Pair)>,
}

/// The direction of schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Answer,
}

/// Compares schemas of two documents for one direction, each pair once.
pub(super) struct Comparer<'a> {
    pub(super) old: &'a Value,
    pub(super) new: &'a Value,
    direction: Direction,
    known: HashMap<Pair, Comparison>,
    /// Pairs with an unnamed schema that were visited since the last named pair.
    seen: HashSet<Pair>,
    /// Named pairs that are yet to be compared.
    open: Vec<(SchemaRef<'a>, SchemaRef<'a>)>,
    pub(super) prints: (Fingerprints<'a>, Fingerprints<'a>),
    /// The number of unnamed schemas around the current ones.
    depth: usize,
}

impl<'a> Comparer<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value, direction: Direction) -> Self {
        let prints = (Fingerprints::new(old), Fingerprints::new(new));
        Self { old, new, direction, known: HashMap::new(), seen: HashSet::new(), open: Vec::new(), prints, depth: 0 }
    }

    /// Compares two schemas, and all pairs that they refer to.
    pub(super) fn compare(&mut self, old: &SchemaRef<'a>, new: &SchemaRef<'a>) -> Comparison {
        let mut comparison = Comparison::default();
        self.seen.clear();
        self.child(old, new, &[], &mut comparison);
        self.finish();
        comparison
    }

    /// Compares the named pairs that were visited.
    fn finish(&mut self) {
        while let Some((old, new)) = self.open.pop() {
            let mut inside = Comparison::default();
            self.seen.clear();
            self.both(&old, &new, &[], &mut inside);
            self.known.insert((old.place, new.place), inside);
        }
    }

    /// Compares two schemas of parameters, which are text on the wire.
    pub(super) fn compare_texts(&mut self, old: &SchemaRef<'a>, new: &SchemaRef<'a>) -> Comparison {
        let mut comparison = Comparison::default();
        self.seen.clear();
        let (old, new) = as_texts(old.read(self.old), new.read(self.new));
        self.schemas(&old, &new, &[], true, &mut comparison);
        self.finish();
        comparison
    }

    pub(super) fn pair(&self, pair: &Pair) -> Option<&Comparison> {
        self.known.get(pair)
    }

    pub(super) fn child(&mut self, old: &SchemaRef<'a>, new: &SchemaRef<'a>, path: &[Step], into: &mut Comparison) {
        let (name, other) = (old.place.stem(), new.place.stem());
        let are_named = name.is_some() && other.is_some();
        if !are_named && let (Some(one), Some(other)) = (old.core(self.old), new.core(self.new)) {
            self.child(&one, &other, path, into);
            return self.beside([old, &one], [new, &other], path, into);
        }
        // If a schema has no name, or a different one than before, the change is reported for the place.
        if !are_named || (name != other && old.read(self.old).is_unlike(&new.read(self.new))) {
            let is_first = self.seen.insert((old.place.clone(), new.place.clone()));
            // A reference to the current pair needs no further comparison.
            if is_first || !(old.is_referred || new.is_referred) {
                self.both(old, new, path, into);
            }
            return;
        }
        let pair = (old.place.clone(), new.place.clone());
        if !self.known.contains_key(&pair) {
            // Inserted before the comparison, so that recursion ends.
            self.known.insert(pair.clone(), Comparison::default());
            self.open.push((old.in_place(), new.in_place()));
        }
        into.pairs.push((path.to_owned(), pair));
    }

    fn both(&mut self, old: &SchemaRef<'a>, new: &SchemaRef<'a>, path: &[Step], into: &mut Comparison) {
        let (before, after) = (old.read(self.old), new.read(self.new));
        let (name, other) = (old.place.stem(), new.place.stem());
        let is_map = before.is_map() != after.is_map();
        if name != other && before.is_unlike(&after) || is_map && before.is_unlike(&after) {
            let text = |name: Option<&str>, schema: &Schema<'a>| {
                let kind = if schema.is_map() { "map".to_owned() } else { named(schema) };
                Some(name.map_or(kind, str::to_owned))
            };
            let pointers = [before.pointers.clone(), after.pointers.clone()];
            let (old, new) = (text(name, &before), text(other, &after));
            let kind = Kind::TypeChanged;
            return into.changes.push(SchemaChange { path: path.to_owned(), kind, old, new, pointers });
        }
        match (before.is_choice(), after.is_choice()) {
            (false, true) if self.joins(old, &before, &after, path, into) => {}
            (true, false) if self.leaves(&before, new, &after, path, into) => {}
            _ => self.schemas(&before, &after, path, false, into),
        }
    }

    /// Compares what is declared next to references.
    fn beside(&self, old: [&SchemaRef<'a>; 2], new: [&SchemaRef<'a>; 2], path: &[Step], into: &mut Comparison) {
        let ([old, former], [new, latter]) = (old.map(|one| one.read(self.old)), new.map(|one| one.read(self.new)));
        let pointers = [old.pointers.clone(), new.pointers.clone()];
        let mut add = |kind, old: Option<String>, new: Option<String>| {
            into.changes.push(SchemaChange { path: path.to_owned(), kind, old, new, pointers: pointers.clone() });
        };
        // What the schema itself declares is reported for the schema.
        let own = |is_set: fn(&Schema<'a>) -> bool| {
            let own = (is_set(&old) && !is_set(&former), is_set(&new) && !is_set(&latter));
            if is_set(&old) == is_set(&new) { (false, false) } else { own }
        };
        switch(own(|schema| schema.nullable), (Kind::BecameNullable, Kind::BecameNotNullable), &mut add);
        switch(own(|schema| schema.deprecated), (Kind::Deprecated, Kind::Reactivated), &mut add);
        if old.default != new.default && former.default == latter.default {
            add(Kind::DefaultChanged, old.default, new.default);
        }
    }

    pub(super) fn schemas(
        &mut self,
        old: &Schema<'a>,
        new: &Schema<'a>,
        path: &[Step],
        is_text: bool,
        into: &mut Comparison,
    ) {
        // Deeper schemas are recursive without names.
        if self.depth >= DEPTH {
            return;
        }
        let pointers = [old.pointers.clone(), new.pointers.clone()];
        let mut add = |kind, old: Option<String>, new: Option<String>| {
            into.changes.push(SchemaChange { path: path.to_owned(), kind, old, new, pointers: pointers.clone() });
        };
        if old.kind != new.kind || old.is_anything() != new.is_anything() {
            let kind = type_change(old, new, is_text);
            add(kind, Some(named(old)), Some(named(new)));
            // A different type is breaking anyway.
            if kind != Kind::TypeChanged && !old.is_anything() && !new.is_anything() {
                switch((old.nullable, new.nullable), (Kind::BecameNullable, Kind::BecameNotNullable), &mut add);
            }
            return;
        }
        if format(old) != format(new) {
            add(Kind::FormatChanged, format(old), format(new));
        }
        choices(old, new, &mut add);
        switch((old.nullable, new.nullable), (Kind::BecameNullable, Kind::BecameNotNullable), &mut add);
        switch((old.deprecated, new.deprecated), (Kind::Deprecated, Kind::Reactivated), &mut add);
        if old.default != new.default {
            add(Kind::DefaultChanged, old.default.clone(), new.default.clone());
        }
        limits(&old.limits, &new.limits, &mut add);
        excluded(&old.excluded, &new.excluded, &mut add);
        for keyword in plain::different(&old.rest, &new.rest) {
            add(Kind::NotCompared, Some(keyword.clone()), Some(keyword.clone()));
        }
        self.depth += 1;
        self.properties(old, new, path, into);
        self.items(old, new, &with(path, Step::Elements), is_text, into);
        self.further(old, new, path, into);
        self.alternatives(old, new, path, into);
        self.discriminators(old, new, path, into);
        self.depth -= 1;
    }

    fn items(&mut self, old: &Schema<'a>, new: &Schema<'a>, path: &[Step], is_text: bool, into: &mut Comparison) {
        let pointers = [old.pointers.clone(), new.pointers.clone()];
        let (kind, old_type, new_type) = match (&old.items, &new.items) {
            (None, None) => return,
            (Some(old), Some(new)) if is_text => {
                let (old, new) = as_texts(old.read(self.old), new.read(self.new));
                return self.schemas(&old, &new, path, true, into);
            }
            (Some(old), Some(new)) => return self.child(old, new, path, into),
            (Some(old), None) => (Kind::TypeWidened, named(&old.read(self.old)), "any".to_owned()),
            (None, Some(new)) => (Kind::TypeNarrowed, "any".to_owned(), named(&new.read(self.new))),
        };
        // A missing schema and an empty one both allow anything.
        if old_type == new_type {
            let or_missing = |items: &Option<SchemaRef<'a>>| items.clone().unwrap_or_else(SchemaRef::missing);
            return self.child(&or_missing(&old.items), &or_missing(&new.items), path, into);
        }
        let (path, old, new) = (path.to_owned(), Some(old_type), Some(new_type));
        into.changes.push(SchemaChange { path, kind, old, new, pointers });
    }

    fn properties(&mut self, old: &Schema<'a>, new: &Schema<'a>, path: &[Step], into: &mut Comparison) {
        undeclared(old, new, path, into);
        let (old, new) = (&old.properties, &new.properties);
        let direction = self.direction;
        let find = |all: &'_ BTreeMap<String, Property<'a>>, name: &str| {
            all.get(name).filter(|property| direction.has(property)).cloned()
        };
        let mut added: BTreeSet<&String> = new.keys().filter(|name| find(old, name).is_none()).collect();
        added.retain(|name| find(new, name).is_some());
        for (name, before) in old.iter().filter(|(_, property)| direction.has(property)) {
            let path = with(path, Step::Property(name.clone()));
            let mut add = |kind, after: Option<&Property<'a>>, old: Option<String>, new: Option<String>| {
                let declared = after.map(|after| after.schema.pointers.clone()).unwrap_or_default();
                let pointers = [before.schema.pointers.clone(), declared];
                into.changes.push(SchemaChange { path: path.clone(), kind, old, new, pointers });
            };
            let mut same = find(new, name);
            if same.is_none() {
                for other in added.iter().copied().filter(|other| is_renamed(name, other)) {
                    let Some(after) = find(new, other) else { continue };
                    if self.prints.0.of(&before.schema) == self.prints.1.of(&after.schema) {
                        add(Kind::Renamed, Some(&after), Some(name.clone()), Some(other.clone()));
                        added.remove(other);
                        same = Some(after);
                        break;
                    }
                }
            }
            let Some(after) = same else {
                add(Kind::Removed, None, Some(of_property(before, self.old)), None);
                continue;
            };
            let kinds = (Kind::BecameRequired, Kind::BecameOptional);
            switch((before.required, after.required), kinds, &mut |kind, old, new| add(kind, Some(&after), old, new));
            self.child(&before.schema, &after.schema, &path, into);
        }
        for name in added {
            let Some(after) = new.get(name) else { continue };
            let kind = if after.required { Kind::AddedRequired } else { Kind::Added };
            let (path, new) = (with(path, Step::Property(name.clone())), Some(of_property(after, self.new)));
            let pointers = [Vec::new(), after.schema.pointers.clone()];
            into.changes.push(SchemaChange { path, kind, old: None, new, pointers });
        }
    }

    /// Properties that the schema does not name.
    fn further(&mut self, old: &Schema<'a>, new: &Schema<'a>, path: &[Step], into: &mut Comparison) {
        let path = with(path, Step::Others);
        let pointers = [old.pointers.clone(), new.pointers.clone()];
        let mut add = |kind, old: &str, new: &str| {
            let (old, new) = (Some(old.to_owned()), Some(new.to_owned()));
            into.changes.push(SchemaChange { path: path.clone(), kind, old, new, pointers: pointers.clone() });
        };
        let is_request = self.direction == Direction::Request;
        let allowed = |schema: &Schema<'a>, root: &'a Value| match &schema.additional {
            Additional::Forbidden => Allowed::Nothing,
            // Servers refuse unknown properties in forms, even if the document does not say so.
            Additional::Unsaid if is_request && !schema.properties.is_empty() => Allowed::Nothing,
            Additional::Unsaid => Allowed::Anything,
            Additional::Of(further) if further.read(root).is_empty() => Allowed::Anything,
            Additional::Of(further) => Allowed::Of(further.clone()),
        };
        match (allowed(old, self.old), allowed(new, self.new)) {
            (Allowed::Of(old), Allowed::Of(new)) => self.child(&old, &new, &path, into),
            (Allowed::Nothing, Allowed::Nothing) | (Allowed::Anything, Allowed::Anything) => {}
            // Any type in both.
            (Allowed::Of(old), Allowed::Anything) if old.read(self.old).is_anything() => {
                self.child(&old, &SchemaRef::missing(), &path, into);
            }
            (Allowed::Anything, Allowed::Of(new)) if new.read(self.new).is_anything() => {
                self.child(&SchemaRef::missing(), &new, &path, into);
            }
            (Allowed::Nothing, _) => add(Kind::ConstraintLoosened, "no others", "others"),
            (_, Allowed::Nothing) => add(Kind::ConstraintTightened, "others", "no others"),
            (Allowed::Of(old), Allowed::Anything) => add(Kind::TypeWidened, &named(&old.read(self.old)), "any"),
            (Allowed::Anything, Allowed::Of(new)) => add(Kind::TypeNarrowed, "any", &named(&new.read(self.new))),
        }
    }
}

/// Required names without a property.
fn undeclared(old: &Schema<'_>, new: &Schema<'_>, path: &[Step], into: &mut Comparison) {
    let names = old.required.symmetric_difference(&new.required);
    let is_property = |name: &str| [old, new].iter().any(|schema| schema.properties.contains_key(name));
    for name in names.filter(|name| !is_property(name)) {
        let kind = if new.required.contains(name) { Kind::BecameRequired } else { Kind::BecameOptional };
        let pointers = [old.pointers.clone(), new.pointers.clone()];
        into.changes.push(SchemaChange::plain(&with(path, Step::Property(name.clone())), kind, pointers));
    }
}

fn with(path: &[Step], step: Step) -> Vec<Step> {
    path.iter().cloned().chain([step]).collect()
}

/// Whether a schema allows unnamed properties in a direction.
enum Allowed<'a> {
    Nothing,
    Anything,
    Of(SchemaRef<'a>),
}

impl Direction {
    /// Whether a property is used in this direction.
    fn has(self, property: &Property<'_>) -> bool {
        match self {
            Self::Request => !property.read_only,
            Self::Answer => !property.write_only,
        }
    }
}
