//! Fingerprints of schemas, without names, order and references, to find equal ones.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;

use super::limits::Limit;
use super::schema::{Additional, Place, SchemaRef};

/// How deep schemas are looked into; what differs below is no other alternative, but a change inside of it.
const DEPTH: usize = 4;

/// The fingerprints of the schemas of a document, each made once.
pub(super) struct Fingerprints<'a> {
    root: &'a Value,
    known: HashMap<(Place, usize), u64>,
}

impl<'a> Fingerprints<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self { root, known: HashMap::new() }
    }

    /// A number that equal schemas have in common.
    pub(super) fn of(&mut self, reference: &SchemaRef<'a>) -> u64 {
        self.at(reference, 0)
    }

    fn at(&mut self, reference: &SchemaRef<'a>, depth: usize) -> u64 {
        if depth >= DEPTH {
            return 0;
        }
        let key = (reference.place.clone(), depth);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let schema = reference.read(self.root);
        let mut hasher = DefaultHasher::new();
        (&schema.kind, &schema.format, &schema.pattern, &schema.values, schema.nullable).hash(&mut hasher);
        for (name, limit) in &schema.limits {
            Limit::text(limit, name).hash(&mut hasher);
        }
        for (name, property) in &schema.properties {
            (name, property.required).hash(&mut hasher);
            self.at(&property.schema, depth + 1).hash(&mut hasher);
        }
        schema.items.as_ref().map(|items| self.at(items, depth + 1)).hash(&mut hasher);
        match &schema.additional {
            Additional::Unsaid => 0.hash(&mut hasher),
            Additional::Forbidden => 1.hash(&mut hasher),
            Additional::Of(further) => self.at(further, depth + 1).hash(&mut hasher),
        }
        let mut alternatives: Vec<u64> = schema.alternatives.iter().map(|one| self.at(one, depth + 1)).collect();
        alternatives.sort_unstable();
        alternatives.hash(&mut hasher);
        let print = hasher.finish();
        self.known.insert(key, print);
        print
    }
}
