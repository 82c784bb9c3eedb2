//! Values of a file, with their places.

use codegen::Pointer;
use serde_json::Value;

/// What is wrong with a value, as a predicate: `must be text`.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) pointer: Pointer,
    pub(super) problem: &'static str,
}

/// A value and its place.
#[derive(Clone)]
pub(super) struct Node<'a> {
    value: &'a Value,
    pointer: Pointer,
}

impl<'a> Node<'a> {
    pub(super) fn new(value: &'a Value, pointer: Pointer) -> Self {
        Self { value, pointer }
    }

    pub(super) fn wrong(&self, problem: &'static str) -> Problem {
        Problem { pointer: self.pointer.clone(), problem }
    }

    /// A member, unless it is missing or null.
    pub(super) fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self { value, pointer: self.pointer.join(name) })
    }

    pub(super) fn require(&self, name: &str) -> Result<Self, Problem> {
        self.get(name).ok_or_else(|| Problem { pointer: self.pointer.join(name), problem: "is missing" })
    }

    /// The elements of a list in a member; none if it is missing.
    pub(super) fn list(&self, name: &str) -> Result<Vec<Self>, Problem> {
        let Some(node) = self.get(name) else { return Ok(Vec::new()) };
        let Value::Array(values) = node.value else { return Err(node.wrong("must be a list")) };
        let element = |(index, value)| Self { value, pointer: node.pointer.index(index) };
        Ok(values.iter().enumerate().map(element).collect())
    }

    pub(super) fn text(&self) -> Result<&'a str, Problem> {
        self.value.as_str().ok_or_else(|| self.wrong("must be text"))
    }

    /// A number; recorders write -1 where they know none.
    pub(super) fn number(&self) -> Result<i64, Problem> {
        self.value.as_i64().ok_or_else(|| self.wrong("must be a whole number"))
    }

    /// Names and values of a list of objects with these members; none if the list is missing.
    pub(super) fn pairs(&self, list: &str) -> Result<Vec<(&'a str, &'a str)>, Problem> {
        let pair = |node: Self| {
            let value = node.get("value").map_or(Ok(""), |value| value.text())?;
            Ok((node.require("name")?.text()?, value))
        };
        self.list(list)?.into_iter().map(pair).collect()
    }
}
