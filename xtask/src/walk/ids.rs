//! Ids in responses.

use std::collections::{BTreeMap, BTreeSet};

use codegen::api::{Alternative, Api, Shape, Type, TypeKind};
use serde_json::Value;

/// How deep types may be followed; responses are never that deep.
const DEEPEST: usize = 64;

/// The known ids of each kind.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, BTreeSet<u64>>);

impl Ids {
    /// Adds the ids in a value of this type, or in a list of such values.
    pub(super) fn collect(&mut self, api: &Api, ty: &Type, is_list: bool, value: &Value) {
        match value {
            Value::Array(values) if is_list => {
                for value in values {
                    self.of_type(api, ty, value, DEEPEST);
                }
            }
            value => self.of_type(api, ty, value, DEEPEST),
        }
    }

    /// Some ids of a kind: the smallest, the largest, and what lies evenly between.
    pub(super) fn spread(&self, kind: &str, count: usize) -> Vec<u64> {
        let Some(all) = self.0.get(kind) else { return Vec::new() };
        if all.len() <= count {
            return all.iter().copied().collect();
        }
        let steps = count.saturating_sub(1).max(1);
        (0..count).filter_map(|step| all.iter().nth(step * (all.len() - 1) / steps).copied()).collect()
    }

    fn of_type(&mut self, api: &Api, ty: &Type, value: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match (ty, value) {
            (Type::Id(kind) | Type::IdOr(kind, _), Value::Number(number)) => {
                if let Some(id) = number.as_u64() {
                    self.0.entry(kind.clone()).or_default().insert(id);
                }
            }
            (Type::List(item), Value::Array(values)) => {
                for value in values {
                    self.of_type(api, item, value, depth);
                }
            }
            (Type::Map(item), Value::Object(members)) => {
                for value in members.values() {
                    self.of_type(api, item, value, depth);
                }
            }
            (Type::Nullable(item), value) => self.of_type(api, item, value, depth),
            (Type::Named(name) | Type::IdOr(_, name), value) => {
                if let Some(ty) = api.types.get(name) {
                    self.of_kind(api, &ty.kind, value, depth);
                }
            }
            _ => {}
        }
    }

    fn of_kind(&mut self, api: &Api, kind: &TypeKind, value: &Value, depth: usize) {
        match kind {
            TypeKind::Answer { fields, extra }
            | TypeKind::Form { fields, extra }
            | TypeKind::Patch { fields, extra } => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    let field = fields.iter().find(|field| field.wire == *name);
                    if let Some(ty) = field.map(|field| &field.ty).or(extra.as_ref()) {
                        self.of_type(api, ty, value, depth);
                    }
                }
            }
            TypeKind::OneOf { alternatives } => {
                if let Some(alternative) = alternatives.iter().find(|alternative| fits(alternative, value)) {
                    self.of_type(api, &alternative.ty, value, depth);
                }
            }
            TypeKind::Enum { .. } => {}
        }
    }
}

fn fits(alternative: &Alternative, value: &Value) -> bool {
    match &alternative.shape {
        Shape::Object { required, .. } => required.iter().all(|name| value.get(name).is_some()) && value.is_object(),
        Shape::Array => value.is_array(),
        Shape::String => value.is_string(),
        Shape::Number => value.is_number(),
        Shape::Bool => value.is_boolean(),
        Shape::Any => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: impl IntoIterator<Item = u64>) -> Ids {
        Ids(BTreeMap::from([("Tag".to_owned(), ids.into_iter().collect())]))
    }

    #[test]
    fn a_few_ids_are_spread() {
        assert!(of([]).spread("Tag", 3).is_empty());
        assert_eq!(of([7, 2]).spread("Tag", 3), [2, 7]);
        assert_eq!(of(1..=100).spread("Tag", 3), [1, 50, 100]);
        assert_eq!(of(1..=100).spread("Tag", 1), [1]);
        assert!(of(1..=100).spread("Team", 3).is_empty());
    }
}
