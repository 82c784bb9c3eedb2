//! The schema of values that the document does not declare.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Kind;
use super::compare::{What, compare};
use super::formats;
use super::schemas::{Schemas, properties};

/// A schema that allows all of the values.
pub(super) fn infer(schemas: Schemas<'_>, values: &[&Value]) -> Value {
    let some: Vec<&Value> = values.iter().copied().filter(|value| !value.is_null()).collect();
    let mut schema = of_values(schemas, &some);
    if some.len() < values.len()
        && let Value::Object(schema) = &mut schema
    {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
    schema
}

fn of_values(schemas: Schemas<'_>, values: &[&Value]) -> Value {
    let all = |is_type: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is_type(value));
    if all(Value::is_boolean) {
        return json!({"type": "boolean"});
    }
    if all(|value| value.is_i64() || value.is_u64()) {
        return json!({"type": "integer"});
    }
    if all(Value::is_number) {
        return json!({"type": "number"});
    }
    if all(Value::is_string) {
        return text(values);
    }
    if all(Value::is_array) {
        let items: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
        return json!({"type": "array", "items": infer(schemas, &items)});
    }
    if all(Value::is_object) {
        return named(schemas, values).unwrap_or_else(|| object(schemas, values));
    }
    // Nothing is known, or several types: anything.
    json!({})
}

fn text(values: &[&Value]) -> Value {
    let mut formats = values.iter().filter_map(|value| value.as_str()).map(formats::of);
    let first = formats.next();
    let is_one = formats.all(|format| Some(format) == first);
    match first.filter(|_| is_one) {
        Some(format @ ("date" | "date-time" | "color")) => json!({"type": "string", "format": format}),
        Some(formats::BASIC_OFFSET) => {
            json!({"type": "string", "format": "date-time", "x-kimai-answer-format": formats::BASIC_OFFSET})
        }
        _ => json!({"type": "string"}),
    }
}

/// A schema that fits.
struct Candidate<'a> {
    name: &'a str,
    declared: &'a Map<String, Value>,
    /// How many of its properties are in the values, and how many it has.
    fit: (usize, Reverse<usize>),
    /// Whether another one with other properties fits as well.
    is_ambiguous: bool,
}

/// The one schema of the document that fits the objects best, if most of its properties are in them.
fn named(schemas: Schemas<'_>, values: &[&Value]) -> Option<Value> {
    let mut best: Option<Candidate<'_>> = None;
    for (name, place) in schemas.named() {
        let Some(declared) = properties(place.schema) else { continue };
        let is_seen = |name: &&String| values.iter().any(|value| value.get(name.as_str()).is_some());
        let seen = declared.keys().filter(is_seen).count();
        let is_other = |value: &&Value| {
            compare(schemas, place.clone(), value).iter().any(|seen| {
                matches!(&seen.what, What::Problem(problem) if matches!(problem.kind, Kind::Type | Kind::Undeclared))
            })
        };
        if seen * 2 <= declared.len() || values.iter().any(is_other) {
            continue;
        }
        let fit = (seen, Reverse(declared.len()));
        match &mut best {
            Some(other) if fit < other.fit => {}
            Some(other) if fit == other.fit => other.is_ambiguous |= other.declared != declared,
            _ => best = Some(Candidate { name, declared, fit, is_ambiguous: false }),
        }
    }
    let Candidate { name, .. } = best.filter(|candidate| !candidate.is_ambiguous)?;
    Some(json!({"$ref": format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"))}))
}

fn object(schemas: Schemas<'_>, values: &[&Value]) -> Value {
    let objects: Vec<&Map<String, Value>> = values.iter().filter_map(|value| value.as_object()).collect();
    let mut members: BTreeMap<&String, Vec<&Value>> = BTreeMap::new();
    for (name, value) in objects.iter().copied().flatten() {
        members.entry(name).or_default().push(value);
    }
    if members.is_empty() {
        return json!({"type": "object"});
    }
    let is_number = |name: &&String| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    if members.keys().all(is_number) {
        let all: Vec<&Value> = members.into_values().flatten().collect();
        return json!({"type": "object", "additionalProperties": infer(schemas, &all)});
    }
    let always: Vec<&String> =
        members.iter().filter(|(_, values)| values.len() == objects.len()).map(|(name, _)| *name).collect();
    let always = json!(always);
    let properties: Map<String, Value> =
        members.into_iter().map(|(name, values)| (name.clone(), infer(schemas, &values))).collect();
    json!({"type": "object", "properties": properties, "x-kimai-always": always})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inferred(values: &Value) -> Value {
        let document = json!({"components": {"schemas": {
            "Tag": {"properties": {"id": {"type": "integer"}, "name": {"type": "string"}}},
            "Large": {"properties": {"id": {}, "name": {}, "a": {}, "b": {}, "c": {}}},
        }}});
        let values: Vec<&Value> = values.as_array().unwrap().iter().collect();
        infer(Schemas::new(&document), &values)
    }

    #[test]
    fn plain_values() {
        assert_eq!(inferred(&json!([1, 2])), json!({"type": "integer"}));
        assert_eq!(inferred(&json!([1, 2.5, null])), json!({"type": "number", "nullable": true}));
        assert_eq!(inferred(&json!(["a", "2026-01-01"])), json!({"type": "string"}));
        assert_eq!(inferred(&json!(["2026-01-01"])), json!({"type": "string", "format": "date"}));
        assert_eq!(inferred(&json!([1, "a"])), json!({}));
        assert_eq!(inferred(&json!([null])), json!({"nullable": true}));
        assert_eq!(inferred(&json!([[], [true]])), json!({"type": "array", "items": {"type": "boolean"}}));
    }

    #[test]
    fn objects() {
        assert_eq!(inferred(&json!([{"id": 1, "name": "a"}])), json!({"$ref": "#/components/schemas/Tag"}));
        assert_eq!(
            inferred(&json!([{"x": 1, "y": null}, {"x": 2}])),
            json!({"type": "object", "x-kimai-always": ["x"],
                   "properties": {"x": {"type": "integer"}, "y": {"nullable": true}}})
        );
        assert_eq!(
            inferred(&json!([{"1": "a", "20": "b"}])),
            json!({"type": "object", "additionalProperties": {"type": "string"}})
        );
        assert_eq!(inferred(&json!([{}])), json!({"type": "object"}));
    }
}
