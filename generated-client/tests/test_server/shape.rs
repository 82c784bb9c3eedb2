//! The shape of JSON: keys and types, without the values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What values of one place look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Types of the values.
    types: BTreeSet<&'static str>,
    /// The members of objects.
    members: BTreeMap<String, Shape>,
    /// How many objects there were, and how many of them had each member.
    objects: usize,
    counts: BTreeMap<String, usize>,
    /// The elements of arrays.
    elements: Option<Box<Shape>>,
}

impl Shape {
    pub(crate) fn of(value: &Value) -> Self {
        let mut shape = Self::default();
        shape.add(value);
        shape
    }

    fn add(&mut self, value: &Value) {
        self.types.insert(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        });
        match value {
            Value::Object(object) => {
                self.objects += 1;
                for (name, value) in object {
                    *self.counts.entry(name.clone()).or_default() += 1;
                    self.members.entry(name.clone()).or_default().add(value);
                }
            }
            Value::Array(array) => {
                for value in array {
                    self.elements.get_or_insert_default().add(value);
                }
            }
            _ => {}
        }
    }

    /// What is different in another shape. Single values have the same types; elements of a list have the same members,
    /// and types that were recorded or are listed in `allowed` as well.
    pub(crate) fn differences(&self, other: &Self, place: &str, in_list: bool, into: &mut Vec<String>) {
        if in_list {
            // A list has other records than the recorded one: a value may be null in one and not in the other.
            let (mine, theirs) = (self.types_without_null(), other.types_without_null());
            if !mine.is_empty() && !theirs.is_empty() && mine != theirs {
                into.push(format!("{place}: recorded {:?}, not {:?}", self.types, other.types));
            }
        } else if self.types != other.types {
            into.push(format!("{place}: recorded {:?}, not {:?}", self.types, other.types));
        }
        if self.objects > 0 && other.objects > 0 {
            for name in self.members.keys().filter(|name| !other.members.contains_key(*name)) {
                into.push(format!("{place}.{name}: missing"));
            }
            for name in other.members.keys().filter(|name| !self.members.contains_key(*name)) {
                into.push(format!("{place}.{name}: made up"));
            }
            for (name, member) in &self.members {
                if let Some(theirs) = other.members.get(name) {
                    member.differences(theirs, &format!("{place}.{name}"), in_list, into);
                    let always = |shape: &Self| shape.counts.get(name) == Some(&shape.objects);
                    if always(self) && !always(other) {
                        into.push(format!("{place}.{name}: missing in some"));
                    }
                }
            }
        }
        match (&self.elements, &other.elements) {
            (Some(mine), Some(theirs)) => mine.differences(theirs, &format!("{place}[]"), true, into),
            (Some(_), None) => into.push(format!("{place}: recorded with elements, not empty")),
            (None, Some(_)) if self.types.contains("array") && !in_list => {
                into.push(format!("{place}: recorded empty, not with elements"));
            }
            _ => {}
        }
    }

    fn types_without_null(&self) -> BTreeSet<&'static str> {
        self.types.iter().copied().filter(|name| *name != "null").collect()
    }
}
