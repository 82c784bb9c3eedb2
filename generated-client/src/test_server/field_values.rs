//! The values of custom fields.

use std::collections::BTreeMap;

/// The values of custom fields of one object, by name.
///
/// An object knows the fields that there were when it was last written. Others are not shown, not even as null.
#[derive(Clone, Debug, Default)]
pub(super) struct Meta(BTreeMap<String, Option<String>>);

impl Meta {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn get(&self, name: &str) -> Option<&String> {
        self.0.get(name)?.as_ref()
    }

    pub(super) fn insert(&mut self, name: String, value: String) {
        self.0.insert(name, Some(value));
    }

    /// Adds a field without a value, if it is new.
    pub(super) fn add(&mut self, name: String) {
        self.0.entry(name).or_default();
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

impl Extend<(String, String)> for Meta {
    fn extend<I: IntoIterator<Item = (String, String)>>(&mut self, values: I) {
        for (name, value) in values {
            self.insert(name, value);
        }
    }
}
