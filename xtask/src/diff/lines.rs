//! Where in the text of a document its parts are.

use std::collections::{BTreeMap, HashMap};

use codegen::diff::Change;
use serde_json::value::RawValue;

type Members<'a> = BTreeMap<String, &'a RawValue>;

/// The document to which a pointer belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    Older,
    Newer,
}

/// The lines of a JSON document. Other documents have none.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// The members of values that were read already, by where the value begins.
    members: HashMap<usize, Members<'a>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { text: std::str::from_utf8(bytes).unwrap_or_default(), members: HashMap::new() }
    }

    /// The line of a change in the newer document; for a removed part, the line of the value around it.
    pub(super) fn of_change(&mut self, change: &Change) -> Option<usize> {
        let [old, new] = &change.pointers;
        match (new.first(), old.first()) {
            (Some(pointer), _) => self.of(pointer, Version::Newer),
            (None, Some(pointer)) => self.of(pointer, Version::Older),
            (None, None) => None,
        }
    }

    /// The line of a place, counted from 1, or of the innermost part around it that the document has; nothing if there
    /// is none. Pointers are of the canonical form, so a document in another form may not have the place.
    fn of(&mut self, pointer: &str, version: Version) -> Option<usize> {
        let mut value = self.text;
        let mut found = None;
        for token in pointer.split('/').skip(1) {
            // In the newer list, this index may be another element.
            if version == Version::Older && value.starts_with('[') {
                break;
            }
            let name = token.replace("~1", "/").replace("~0", "~");
            let Some(inner) = self.member(value, &name) else { break };
            value = inner;
            found = Some(self.start(value));
        }
        let before = self.text.get(..found?)?;
        Some(before.bytes().filter(|byte| *byte == b'\n').count() + 1)
    }

    /// How many bytes are before a part of the text.
    fn start(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn member(&mut self, value: &'a str, name: &str) -> Option<&'a str> {
        let members = self.members.entry(self.start(value)).or_insert_with(|| members(value));
        members.get(name).map(|inner| inner.get())
    }
}

/// The members of an object by their names, and the elements of a list by their numbers.
fn members(value: &str) -> Members<'_> {
    if let Ok(members) = serde_json::from_str(value) {
        return members;
    }
    let elements: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
    elements.into_iter().enumerate().map(|(index, element)| (index.to_string(), element)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "{\n  \"paths\": {\n    \"/a~b\": {\n      \"get\": {\"tags\": [\n        1,\n        2]}\n    }\n  }\n}\n";

    #[test]
    fn a_place_is_on_the_line_of_its_value() {
        let mut lines = Lines::new(TEXT.as_bytes());
        for (pointer, line) in [("/paths", 2), ("/paths/~1a~0b", 3), ("/paths/~1a~0b/get/tags/1", 6)] {
            assert_eq!(lines.of(pointer, Version::Newer), Some(line), "{pointer}");
        }
    }

    #[test]
    fn what_is_not_there_is_on_the_line_of_what_is_around_it() {
        let mut lines = Lines::new(TEXT.as_bytes());
        for version in [Version::Older, Version::Newer] {
            assert_eq!(lines.of("/paths/~1a~0b/delete", version), Some(3));
            assert_eq!(lines.of("/components", version), None);
            assert_eq!(Lines::new(b"paths: {}").of("/paths", version), None);
            assert_eq!(Lines::new(b"\xff").of("/paths", version), None);
        }
    }

    #[test]
    fn an_element_of_a_list_that_was_removed_is_on_the_line_of_the_list() {
        let mut lines = Lines::new(TEXT.as_bytes());
        assert_eq!(lines.of("/paths/~1a~0b/get/tags/1", Version::Older), Some(4));
    }
}
