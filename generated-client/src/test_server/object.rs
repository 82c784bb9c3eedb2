//! JSON objects with the properties that a release has.

use serde_json::{Map, Value};

use crate::Release;

/// An object under construction.
pub(super) struct Object {
    release: Release,
    properties: Map<String, Value>,
}

impl Object {
    pub(super) fn new(release: Release) -> Self {
        Self { release, properties: Map::new() }
    }

    /// Adds a property that all releases have.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.properties.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a property, if the release is this one or a later one.
    pub(super) fn since(self, first: [u32; 3], name: &str, value: impl Into<Value>) -> Self {
        if is_since(self.release, first) { self.with(name, value) } else { self }
    }

    /// Adds a property, if the release is older than this one.
    pub(super) fn until(self, end: [u32; 3], name: &str, value: impl Into<Value>) -> Self {
        if is_since(self.release, end) { self } else { self.with(name, value) }
    }

    /// Adds properties from stored ones; those that are missing are null.
    pub(super) fn copy(mut self, names: &[&str], from: &Map<String, Value>) -> Self {
        for name in names {
            self.properties.insert((*name).to_owned(), from.get(*name).cloned().unwrap_or(Value::Null));
        }
        self
    }

    /// Adds properties from stored ones, if the release is this one or a later one.
    pub(super) fn copy_since(self, first: [u32; 3], names: &[&str], from: &Map<String, Value>) -> Self {
        if is_since(self.release, first) { self.copy(names, from) } else { self }
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.properties)
    }
}

pub(super) fn is_since(release: Release, [major, minor, patch]: [u32; 3]) -> bool {
    release >= Release::new(major, minor, patch)
}
