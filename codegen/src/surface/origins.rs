//! The operations that lead to each type and id.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Answer, Api, Body, Operation, ParameterValue, Scalar, Segment, Type};

/// An operation as readers know it: `GET /api/tags`.
pub(super) fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.template)
}

/// The operations of each type and id, by its name.
pub(super) fn all(api: &Api) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in &api.operations {
        let title = title(operation);
        let mut open = of_operation(operation);
        while let Some(name) = open.pop() {
            let def = api.types.get(&name);
            if all.entry(name).or_default().insert(title.clone())
                && let Some(def) = def
            {
                open.extend(def.kind.types().into_iter().flat_map(names));
            }
        }
    }
    all
}

/// The types and ids that an operation has itself.
fn of_operation(operation: &Operation) -> Vec<String> {
    let answers = std::iter::once(&operation.answer).chain(operation.full.as_ref().map(|full| &full.answer));
    let mut found: Vec<String> = answers.filter_map(Answer::json).flat_map(names).collect();
    match &operation.body {
        Some(Body::Json(ty)) => found.extend(names(ty)),
        Some(Body::Multipart(name) | Body::UrlEncoded(name)) => found.push(name.clone()),
        Some(Body::Text(_) | Body::Bytes(_)) | None => {}
    }
    for parameter in &operation.parameters {
        match &parameter.value {
            ParameterValue::Object { ty, .. } => found.extend(names(ty)),
            value => found.extend(value.scalar().and_then(of_scalar)),
        }
    }
    found.extend(operation.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(parameter) => of_scalar(&parameter.ty),
        Segment::Literal(_) => None,
    }));
    found
}

/// The types and ids in a type.
fn names(ty: &Type) -> Vec<String> {
    match ty {
        Type::List(item) | Type::Map(item) | Type::Nullable(item) => names(item),
        Type::Named(name) => vec![name.clone()],
        Type::Id(thing) => vec![id(thing)],
        Type::IdOr(thing, name) => vec![id(thing), name.clone()],
        _ => Vec::new(),
    }
}

fn of_scalar(scalar: &Scalar) -> Option<String> {
    match scalar {
        Scalar::Id(thing) => Some(id(thing)),
        Scalar::Enum(name) => Some(name.clone()),
        _ => None,
    }
}

fn id(thing: &str) -> String {
    format!("{thing}Id")
}
