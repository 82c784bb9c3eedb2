//! Targets of actions as most of them are written: names, wildcards, and elements by the value of a member. What these
//! select is found by a walk, which is a hundred times as quick as a query.

use serde_json::Value;

use crate::pointer;

/// A JSONPath with these selectors alone, written without blanks, escapes and double quotes.
#[derive(Clone, Debug)]
pub(super) struct Selection(Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    /// Members with these names: `.a`, `['a']`, `['a','b']`.
    Names(Vec<String>),
    /// All members or elements: `.*`, `[*]`.
    All,
    /// The objects that have a member with this name and text: `[?@.a=='b']`.
    With(String, String),
}

impl Selection {
    /// None if the target is written otherwise, or is no JSONPath.
    pub(super) fn parse(target: &str) -> Option<Self> {
        let mut rest = target.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, behind) = step(rest)?;
            steps.push(step);
            rest = behind;
        }
        Some(Self(steps))
    }

    /// The places that it selects, as JSON pointers.
    pub(super) fn places(&self, document: &Value) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.0, document, &mut String::new(), &mut found);
        found
    }
}

/// Follows the steps from the value at the place.
fn walk(steps: &[Step], value: &Value, place: &mut String, found: &mut Vec<String>) {
    let Some((step, behind)) = steps.split_first() else { return found.push(place.clone()) };
    let mut enter = |token: &str, inner: &Value| {
        let end = place.len();
        pointer::push(place, token);
        walk(behind, inner, place, found);
        place.truncate(end);
    };
    match value {
        Value::Object(object) => {
            if let Step::Names(names) = step {
                names
                    .iter()
                    .filter_map(|name| Some((name, object.get(name)?)))
                    .for_each(|(name, one)| enter(name, one));
            } else {
                object.iter().filter(|(_, member)| step.takes(member)).for_each(|(key, member)| enter(key, member));
            }
        }
        Value::Array(array) => {
            let elements = array.iter().enumerate().filter(|(_, element)| step.takes(element));
            elements.for_each(|(index, element)| enter(&index.to_string(), element));
        }
        _ => {}
    }
}

impl Step {
    /// Whether it selects a member or element by its value.
    fn takes(&self, value: &Value) -> bool {
        match self {
            Self::Names(_) => false,
            Self::All => true,
            Self::With(name, text) => value.get(name).and_then(Value::as_str) == Some(text),
        }
    }
}

/// The first step, and what follows.
fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(rest) = text.strip_prefix(".*").or_else(|| text.strip_prefix("[*]")) {
        return Some((Step::All, rest));
    }
    if let Some(rest) = text.strip_prefix('.') {
        let (name, rest) = name(rest)?;
        return Some((Step::Names(vec![name.to_owned()]), rest));
    }
    if let Some(rest) = text.strip_prefix("[?@.") {
        let (name, rest) = name(rest)?;
        let (text, rest) = quoted(rest.strip_prefix("==")?)?;
        return Some((Step::With(name.to_owned(), text.to_owned()), rest.strip_prefix(']')?));
    }
    let (first, mut rest) = quoted(text.strip_prefix('[')?)?;
    let mut names = vec![first.to_owned()];
    while let Some(more) = rest.strip_prefix(',') {
        let (name, behind) = quoted(more)?;
        names.push(name.to_owned());
        rest = behind;
    }
    Some((Step::Names(names), rest.strip_prefix(']')?))
}

fn name(text: &str) -> Option<(&str, &str)> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = text.find(|c: char| !is_of_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    name.starts_with(|c: char| !c.is_ascii_digit()).then_some((name, rest))
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('\'')?.split_once('\'')?;
    let is_plain = |c: char| c != '\\' && !c.is_control();
    name.chars().all(is_plain).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;
    use serde_json_path::JsonPath;

    use super::*;

    fn walked(target: &str, document: &Value) -> Option<BTreeSet<String>> {
        Some(Selection::parse(target)?.places(document).into_iter().collect())
    }

    fn queried(target: &str, document: &Value) -> Option<BTreeSet<String>> {
        let path = JsonPath::parse(target).ok()?;
        Some(path.query_located(document).iter().map(|node| node.location().to_json_pointer()).collect())
    }

    #[test]
    fn selects_what_is_named() {
        let document = json!({"a": {"b/c": [{"n": "x"}, {"n": "y"}, {"n": 1}, "x"], "d": {"n": "x"}}});
        for (target, expected) in [
            ("$", vec![""]),
            ("$.a['b/c']", vec!["/a/b~1c"]),
            ("$.a['b/c','d','e']", vec!["/a/b~1c", "/a/d"]),
            ("$.a['b/c'][?@.n=='x']", vec!["/a/b~1c/0"]),
            ("$.a[?@.n=='x'].n", vec!["/a/d/n"]),
            ("$.*.*[*].n", vec!["/a/b~1c/0/n", "/a/b~1c/1/n", "/a/b~1c/2/n"]),
            ("$.a.b", vec![]),
        ] {
            let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(walked(target, &document), Some(expected), "{target}");
        }
    }

    #[test]
    fn other_targets_are_left_to_the_library() {
        for target in [
            "a",
            "$..a",
            "$.a[0]",
            "$.a[\"b\"]",
            "$[ 'a']",
            "$.a[?@.b == 'c']",
            "$['\\'']",
            "$.1",
            "$.",
            "$.a-b",
            "$['a'",
            "$.ä",
        ] {
            assert!(Selection::parse(target).is_none(), "{target}");
        }
    }

    fn names() -> impl Strategy<Value = String> {
        prop_oneof![Just("a".to_owned()), Just("b".to_owned()), Just("0".to_owned()), "[a-c/~. '\\\\é]{0,3}"]
    }

    fn documents() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![Just(json!("a")), Just(json!(1)), Just(Value::Null), names().prop_map(Value::from)];
        leaf.prop_recursive(4, 40, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(names(), inner, 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    fn targets() -> impl Strategy<Value = String> {
        let step = prop_oneof![
            Just(".*".to_owned()),
            Just("[*]".to_owned()),
            names().prop_map(|name| format!(".{name}")),
            names().prop_map(|name| format!("['{name}']")),
            (names(), names()).prop_map(|(one, other)| format!("['{one}','{other}']")),
            (names(), names()).prop_map(|(name, text)| format!("[?@.{name}=='{text}']")),
        ];
        prop::collection::vec(step, 0..5).prop_map(|steps| format!("${}", steps.concat()))
    }

    proptest! {
        /// The walk takes no target that the library refuses, and selects what the library selects.
        #[test]
        fn the_walk_selects_what_the_library_selects(target in targets(), document in documents()) {
            if let Some(walked) = walked(&target, &document) {
                prop_assert_eq!(Some(walked), queried(&target, &document));
            }
        }
    }
}
