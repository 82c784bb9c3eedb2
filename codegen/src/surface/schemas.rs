//! Finds the parts of a document by their places.

use std::collections::HashSet;

use serde_json::Value;

use crate::Pointer;

/// A document whose places are looked up. Places that it lacks are left out.
#[derive(Clone, Copy)]
pub(super) struct Schemas<'a>(pub(super) &'a Value);

impl<'a> Schemas<'a> {
    pub(super) fn get(self, place: &Pointer) -> Option<&'a Value> {
        self.0.pointer(place.as_str())
    }

    /// The places themselves, and those that they refer to: targets of references, parts of `allOf`, and the only
    /// alternative of `oneOf` and `anyOf`.
    pub(super) fn resolve(self, places: &[Pointer]) -> Vec<Pointer> {
        let mut open: Vec<Pointer> = places.iter().rev().cloned().collect();
        let mut seen = HashSet::new();
        let mut passed = Vec::new();
        while let Some(place) = open.pop() {
            let Some(schema) = self.get(&place) else { continue };
            if !seen.insert(place.clone()) {
                continue;
            }
            open.extend(target(schema));
            for (keyword, is_any) in [("allOf", true), ("oneOf", false), ("anyOf", false)] {
                let parts = self.elements(&place.join(keyword));
                if is_any || parts.len() == 1 {
                    open.extend(parts);
                }
            }
            passed.push(place);
        }
        passed
    }

    /// The place itself, and those to which its `$ref` leads; the last one is no reference.
    pub(super) fn follow(self, place: Pointer) -> Vec<Pointer> {
        let mut passed = Vec::new();
        let mut next = Some(place);
        while let Some(place) = next.filter(|place| !passed.contains(place)) {
            let Some(value) = self.get(&place) else { break };
            next = target(value);
            passed.push(place);
        }
        passed
    }

    /// This member of those places that have it.
    pub(super) fn below(self, places: &[Pointer], member: &[&str]) -> Vec<Pointer> {
        let inner = |place: &Pointer| member.iter().fold(place.clone(), |place, token| place.join(token));
        let is_there = |place: &Pointer| self.get(place).is_some_and(|value| *value != Value::Bool(false));
        places.iter().map(inner).filter(is_there).collect()
    }

    /// The elements of an array.
    pub(super) fn elements(self, place: &Pointer) -> Vec<Pointer> {
        let length = self.get(place).and_then(Value::as_array).map_or(0, Vec::len);
        (0..length).map(|index| place.index(index)).collect()
    }

    /// The names and places of the members of an object.
    pub(super) fn members(self, place: &Pointer) -> Vec<(&'a str, Pointer)> {
        let members = self.get(place).and_then(Value::as_object).into_iter().flatten();
        members.map(|(name, _)| (name.as_str(), place.join(name))).collect()
    }
}

/// Where a reference inside the document leads.
fn target(value: &Value) -> Option<Pointer> {
    let reference = value.get("$ref")?.as_str()?;
    reference.strip_prefix('#').map(Pointer::from_text)
}
