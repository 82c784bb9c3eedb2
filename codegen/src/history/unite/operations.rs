//! What an operation sends and returns.

use super::parameters;
use super::types::Types;
use crate::Difference;
use crate::api::{Answer, Body, Operation, ParameterPlace, Segment, Type, TypeKind};

/// Adds what an older release declares for the operation.
pub(super) fn merge(operation: &mut Operation, older: &Operation, types: &Types<'_>) -> Result<(), Difference> {
    operation.answer = answer(&operation.answer, &older.answer, types).ok_or(Difference::Response)?;
    match (&mut operation.full, &older.full) {
        (Some(full), Some(older)) => {
            let is_same = (&full.wire, &full.value) == (&older.wire, &older.value);
            let both = answer(&full.answer, &older.answer, types).filter(|_| is_same);
            full.answer = both.ok_or(Difference::Full)?;
        }
        (full @ None, older) => full.clone_from(older),
        (Some(_), None) => {}
    }
    operation.body = body(operation, older, types).ok_or(Difference::Body)?;
    for pair in operation.path.iter().zip(&older.path) {
        if let (Segment::Parameter(parameter), Segment::Parameter(older)) = pair
            && !types.comparable(&parameter.ty, &older.ty)
        {
            return Err(Difference::Parameter(parameter.name.clone()));
        }
    }
    parameters::merge(&mut operation.parameters, &older.parameters, types)
}

/// A response that is as one or the other, if it can be expressed.
fn answer(newer: &Answer, older: &Answer, types: &Types<'_>) -> Option<Answer> {
    match (newer, older) {
        (newer, older) if newer == older => Some(newer.clone()),
        // What is not declared contradicts nothing.
        (Answer::Undeclared, declared) | (declared, Answer::Undeclared) => Some(declared.clone()),
        (Answer::Empty, Answer::Json(ty) | Answer::OptionalJson(ty))
        | (Answer::Json(ty) | Answer::OptionalJson(ty), Answer::Empty) => Some(Answer::OptionalJson(ty.clone())),
        (Answer::Json(newer), Answer::Json(older)) => types.both(newer, older).map(Answer::Json),
        (Answer::Json(newer) | Answer::OptionalJson(newer), Answer::Json(older) | Answer::OptionalJson(older)) => {
            types.both(newer, older).map(Answer::OptionalJson)
        }
        // A list without pages is read like a page.
        (Answer::Page(newer), Answer::Page(older)) => types.both(newer, older).map(Answer::Page),
        (Answer::Page(newer), Answer::Json(Type::List(older))) => types.both(newer, older).map(Answer::Page),
        (Answer::Json(Type::List(newer)), Answer::Page(older)) => types.both(newer, older).map(Answer::Page),
        // A text or file may be empty.
        (one @ (Answer::Text | Answer::Download), Answer::Empty)
        | (Answer::Empty, one @ (Answer::Text | Answer::Download)) => Some(one.clone()),
        _ => None,
    }
}

/// A body that is right for both, if there is one.
#[allow(clippy::option_option, reason = "the body of both may be none")]
fn body(newer: &Operation, older: &Operation, types: &Types<'_>) -> Option<Option<Body>> {
    match (&newer.body, &older.body) {
        (None, None) => Some(None),
        (Some(Body::Json(newer)), Some(Body::Json(older))) => types.both(newer, older).map(|ty| Some(Body::Json(ty))),
        (Some(newer), Some(older)) if newer == older => Some(Some(newer.clone())),
        (Some(Body::Multipart(one)), Some(Body::Multipart(other)))
        | (Some(Body::UrlEncoded(one)), Some(Body::UrlEncoded(other)))
            if types.is_same(&Type::Named(one.clone()), &Type::Named(other.clone())) =>
        {
            Some(newer.body.clone())
        }
        (Some(_), Some(_)) => None,
        (Some(body), None) => (has_room(older) && may_be_empty(body, types)).then(|| Some(body.clone())),
        (None, Some(body)) => (has_room(newer) && may_be_empty(body, types)).then(|| Some(body.clone())),
    }
}

/// Whether a body that is one value has room: the parameters of the operation are not its members.
fn has_room(operation: &Operation) -> bool {
    operation.parameters.iter().all(|parameter| parameter.place != ParameterPlace::Body)
}

/// Whether the body may be an empty object, which a server without a body ignores.
fn may_be_empty(body: &Body, types: &Types<'_>) -> bool {
    let Body::Json(Type::Named(name)) = body else { return false };
    let defs = [types.newer_def(name), types.older.api.types.get(name)];
    defs.into_iter().flatten().all(|def| match &def.kind {
        TypeKind::Form { fields, .. } => fields.iter().all(|field| !field.required),
        TypeKind::Patch { .. } => true,
        _ => false,
    })
}
