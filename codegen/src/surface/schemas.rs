//! Finds the parts of a document by their places.

use serde_json::Value;

use crate::Pointer;

/// A document in which places are looked up. What it lacks is left out.
#[derive(Clone, Copy)]
pub(super) struct Schemas<'a>(pub(super) &'a Value);

/// A place of the document, and what is there.
#[derive(Clone)]
pub(super) struct Place<'a> {
    pub(super) pointer: Pointer,
    pub(super) value: &'a Value,
}

impl<'a> Place<'a> {
    /// A member of an object; none if it is `false`, as `additionalProperties` may be.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| **value != Value::Bool(false))?;
        Some(Self { pointer: self.pointer.join(name), value })
    }

    /// The elements of an array that is a member of an object.
    pub(super) fn elements(&self, name: &str) -> Vec<Self> {
        let Some(array) = self.member(name) else { return Vec::new() };
        let elements = array.value.as_array().into_iter().flatten().enumerate();
        elements.map(|(index, value)| Self { pointer: array.pointer.index(index), value }).collect()
    }

    /// The members of an object that is a member of an object.
    pub(super) fn members(&self, name: &str) -> Vec<(&'a str, Self)> {
        let Some(object) = self.member(name) else { return Vec::new() };
        let members = object.value.as_object().into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), Self { pointer: object.pointer.join(name), value })).collect()
    }
}

impl<'a> Schemas<'a> {
    pub(super) fn at(self, pointer: &Pointer) -> Option<Place<'a>> {
        let value = self.0.pointer(pointer.as_str())?;
        Some(Place { pointer: pointer.clone(), value })
    }

    /// The places themselves, and those that they refer to: targets of references, parts of `allOf`, and the only
    /// alternative of `oneOf` and `anyOf`.
    pub(super) fn resolve(self, places: &[Place<'a>]) -> Vec<Place<'a>> {
        let mut open: Vec<Place<'a>> = places.iter().rev().cloned().collect();
        let mut passed: Vec<Place<'a>> = Vec::new();
        while let Some(place) = open.pop() {
            if passed.iter().any(|other| other.pointer == place.pointer) {
                continue;
            }
            open.extend(self.target(&place));
            open.extend(place.elements("allOf"));
            for keyword in ["oneOf", "anyOf"] {
                open.extend(Some(place.elements(keyword)).filter(|parts| parts.len() == 1).into_iter().flatten());
            }
            passed.push(place);
        }
        passed
    }

    /// The place itself, and those to which its `$ref` leads; the last one is no reference.
    pub(super) fn follow(self, place: Place<'a>) -> Vec<Place<'a>> {
        let mut passed: Vec<Place<'a>> = Vec::new();
        let mut next = Some(place);
        while let Some(place) = next.filter(|place| passed.iter().all(|other| other.pointer != place.pointer)) {
            next = self.target(&place);
            passed.push(place);
        }
        passed
    }

    /// Where a reference inside the document leads.
    fn target(self, place: &Place<'a>) -> Option<Place<'a>> {
        let reference = place.value.get("$ref")?.as_str()?;
        self.at(&Pointer::from_text(reference.strip_prefix('#')?))
    }
}
