//! The plain form of parts that are not compared in detail. Two parts with the same plain form are the same.
//!
//! Ignored keywords are left out, references are replaced by their targets, and lists without an order are sorted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use crate::diff::keywords::{self, Holds, Object, Treatment};

/// The keywords of an object that are not compared in detail, each with its plain form as JSON text. There are several
/// forms if several parts of an `allOf` have the keyword.
pub(super) type Rest = BTreeMap<String, BTreeSet<String>>;

/// The keywords of an object that are not compared, and unknown ones.
pub(super) fn rest(object: Object, members: &Map<String, Value>, root: &Value) -> Rest {
    let of = |(name, value): (&String, &Value)| {
        let (treatment, holds) = keywords::of(object, name);
        (treatment == Treatment::NotCompared).then(|| (name.clone(), BTreeSet::from([text(value, holds, root)])))
    };
    members.iter().filter_map(of).collect()
}

/// Adds what another part of the same object has.
pub(super) fn merge(known: &mut Rest, more: impl IntoIterator<Item = (String, BTreeSet<String>)>) {
    for (name, texts) in more {
        known.entry(name).or_default().extend(texts);
    }
}

/// A value in plain form, as JSON text.
pub(super) fn text(value: &Value, holds: Holds, root: &Value) -> String {
    Plain { root, depth: 0, seen: HashMap::new() }.of(value, holds).to_string()
}

/// The keywords that only one of two objects has, or whose plain forms differ.
pub(super) fn different<'r>(old: &'r Rest, new: &'r Rest) -> impl Iterator<Item = &'r String> {
    let gone = old.iter().filter(|(name, text)| new.get(*name) != Some(text));
    let come = new.iter().filter(|(name, _)| !old.contains_key(*name));
    gone.chain(come).map(|(name, _)| name)
}

/// The deepest nesting that is looked at. Differences below it are not found.
const DEPTH: usize = 64;

struct Plain<'a> {
    root: &'a Value,
    /// The number of values around the current one.
    depth: usize,
    /// What references lead to is replaced where it comes first; later, its number stands for it.
    seen: HashMap<&'a str, usize>,
}

impl<'a> Plain<'a> {
    fn of(&mut self, value: &'a Value, holds: Holds) -> Value {
        if self.depth >= DEPTH {
            return Value::Null;
        }
        self.depth += 1;
        let plain = self.inside(value, holds);
        self.depth -= 1;
        plain
    }

    fn inside(&mut self, value: &'a Value, holds: Holds) -> Value {
        match (holds, value) {
            (Holds::One(object), Value::Object(members)) => self.object(object, members),
            (Holds::Map(object), Value::Object(members)) => {
                members.iter().map(|(name, value)| (name.clone(), self.of(value, Holds::One(object)))).collect()
            }
            (Holds::List(object), Value::Array(list)) => {
                sorted(list.iter().map(|value| self.of(value, Holds::One(object))).collect())
            }
            (Holds::Values, Value::Array(list)) => sorted(list.clone()),
            _ => value.clone(),
        }
    }

    fn object(&mut self, object: Object, members: &'a Map<String, Value>) -> Value {
        if let Some(target) = members.get("$ref").and_then(Value::as_str) {
            let number = self.seen.len();
            if let Some(known) = self.seen.get(target) {
                return json!({ "$ref": known });
            }
            self.seen.insert(target, number);
            let value = self.root.pointer(target.trim_start_matches('#'));
            return value.map_or(Value::Null, |value| self.of(value, Holds::One(object)));
        }
        let mut plain = Map::new();
        for (name, value) in members {
            let (treatment, holds) = keywords::of(object, name);
            if !matches!(treatment, Treatment::Ignored(_)) {
                plain.insert(name.clone(), self.of(value, holds));
            }
        }
        Value::Object(plain)
    }
}

fn sorted(mut list: Vec<Value>) -> Value {
    list.sort_by_cached_key(Value::to_string);
    Value::Array(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_order_and_texts_make_no_difference() {
        let document = |name: &str, text: &str| {
            json!({"components": {"schemas": {name: {"type": "object", "description": text, "x-more": text, "properties": {
                "description": {"type": "string", "enum": ["a"]},
                "again": {"$ref": format!("#/components/schemas/{name}")},
            }}}}})
        };
        let list = |name: &str| json!([{"$ref": format!("#/components/schemas/{name}")}, {"type": "string"}]);
        let (old, new) = (document("A", "one"), document("B", "two"));
        let mut other = list("B");
        other.as_array_mut().unwrap().reverse();
        let holds = Holds::List(Object::Schema);
        let plain = text(&list("A"), holds, &old);
        assert_eq!(
            plain,
            r#"[{"properties":{"again":{"$ref":0},"description":{"enum":["a"],"type":"string"}},"type":"object"},{"type":"string"}]"#
        );
        assert_eq!(text(&other, holds, &new), plain);
        let broken = json!({"$ref": "#/components/schemas/C"});
        assert_eq!(text(&broken, Holds::One(Object::Schema), &old), "null");
    }

    #[test]
    fn unknown_keywords_and_those_without_rules_are_the_rest() {
        let operation = json!({"callbacks": {}, "x-more": 1, "deprecated": true, "query": 1, "summary": "text"});
        let rest = |operation: &Value| super::rest(Object::Operation, operation.as_object().unwrap(), &json!({}));
        let all = rest(&operation);
        let one = |name: &str, text: &str| (name.to_owned(), BTreeSet::from([text.to_owned()]));
        assert_eq!(all, Rest::from([one("callbacks", "{}"), one("query", "1")]));
        let other = rest(&json!({"callbacks": {}, "query": 2}));
        assert_eq!(different(&all, &other).collect::<Vec<_>>(), ["query"]);
        assert_eq!(different(&other, &Rest::new()).count(), 2);
    }
}
