//! What a document declares for operations and types of the client, and the client does not have.

use std::collections::BTreeSet;

use super::stand::{Comparison, is_renamed};
use crate::Pointer;
use crate::api::{
    self, Answer, Api, Body, Field, Method, Operation, Parameter, ParameterPlace, ParameterValue, Scalar, Type,
    TypeDef, TypeKind,
};
use crate::document::Note;
use crate::history::names;

pub(super) fn note(pointer: &Pointer, text: impl Into<String>) -> Note {
    Note { pointer: pointer.clone(), text: text.into() }
}

/// The call of an operation, such as `` `tags().find()` ``.
pub(super) fn call(operation: &Operation) -> String {
    format!("`{}().{}()`", operation.resource, operation.name)
}

/// What the client's operation does not have, or has in another way.
pub(super) fn of_operation(
    own: &Operation,
    known: &Operation,
    comparison: &Comparison<'_>,
    client: &Api,
    notes: &mut Vec<Note>,
) {
    let call = call(known);
    let mut add = |text: String| notes.push(note(&own.pointer, text));
    if !own.gone && !known.gone {
        let full = own.full.as_ref().zip(known.full.as_ref());
        let answers = [Some((&own.answer, &known.answer)), full.map(|(own, known)| (&own.answer, &known.answer))];
        for (own, known) in answers.into_iter().flatten() {
            if !reads(known, own, comparison) {
                let why = why(comparison, own.json());
                add(format!("the document declares another response than the client's {call} reads{why}"));
            }
        }
    }
    match (&own.body, &known.body) {
        (Some(body), Some(known)) if !sends(known, body, comparison) => {
            let ty = body.type_name().map(|name| Type::Named(name.to_owned()));
            let why = why(comparison, ty.as_ref());
            add(format!("the document declares another body than the client's {call} sends{why}"));
        }
        (Some(_), None) if !takes_body(known) => {
            let instead = match known.method {
                Method::Get | Method::Head => "implement the operation to send one",
                _ => "set its fields with `with_property`",
            };
            add(format!("the client's {call} sends no body: {instead}"));
        }
        _ => {}
    }
    let in_body = fields_of_body(known, client);
    for parameter in &own.parameters {
        let wires = wires(parameter);
        let is_full = known.full.as_ref().is_some_and(|full| wires.contains(full.wire.as_str()));
        let is_field = parameter.place == ParameterPlace::Body && in_body.iter().any(|wire| wires.contains(wire));
        let same = known
            .parameters
            .iter()
            .find(|other| other.name == parameter.name || !self::wires(other).is_disjoint(&wires));
        match same {
            Some(known) if !takes(known, parameter, comparison) => {
                let name = name(parameter);
                add(format!("the document declares another type for `{name}` than the client's {call} sends"));
            }
            None if !is_full && !is_field => add(missing_parameter(parameter, &call)),
            _ => {}
        }
    }
    if let (Some(full), None) = (&own.full, &known.full) {
        let wire = &full.wire;
        add(format!("the client's {call} has no parameter `{wire}`: send it with `with_parameter(\"{wire}\", …)`"));
    }
}

/// Fields and values that the client's type does not have.
pub(super) fn of_type(own: &TypeDef, known: &TypeDef, notes: &mut Vec<Note>) {
    let mut add = |what: &str, name: &str, instead: &str| {
        let text = format!("the client's `{}` has no {what} `{name}`: {instead}", own.name);
        notes.push(note(&own.pointer, text));
    };
    match (&own.kind, &known.kind) {
        (TypeKind::Enum { variants, .. }, TypeKind::Enum { variants: known, open: false }) => {
            let is_new = |variant: &&api::Variant| !known.iter().any(|other| other.wire == variant.wire);
            for variant in variants.iter().filter(is_new) {
                add("value", &variant.wire, "send it with `with_property` or `with_parameter`");
            }
        }
        (TypeKind::OneOf { alternatives }, TypeKind::OneOf { alternatives: known }) => {
            let is_new = |one: &&api::Alternative| !known.iter().any(|other| other.ty == one.ty);
            for one in alternatives.iter().filter(is_new) {
                add("alternative", &one.name, "read it with `raw`, or send it with `with_property`");
            }
        }
        (TypeKind::Answer { fields, .. }, TypeKind::Answer { fields: known, extra: None }) => {
            for field in fields.iter().filter(|field| is_new(field, known)) {
                add("field", &field.wire, "read it with `with_json`");
            }
        }
        (TypeKind::Form { fields, .. }, TypeKind::Form { fields: known, extra: None })
        | (TypeKind::Patch { fields, .. }, TypeKind::Patch { fields: known, extra: None }) => {
            for field in fields.iter().filter(|field| is_new(field, known)) {
                let what = if field.required { "required field" } else { "field" };
                add(what, &field.wire, "send it with `with_property`");
            }
        }
        _ => {}
    }
}

fn is_new(field: &Field, known: &[Field]) -> bool {
    !known.iter().any(|other| other.wire == field.wire) && !is_renamed(field, known)
}

fn missing_parameter(parameter: &Parameter, call: &str) -> String {
    let name = name(parameter);
    let instead = match parameter.place {
        ParameterPlace::Query => format!("send it with `with_parameter(\"{name}\", …)`"),
        ParameterPlace::Body => format!("send it with `with_property(\"{name}\", …)`"),
        ParameterPlace::Header => "send it with `with_header`".to_owned(),
        ParameterPlace::Cookie => "implement the operation to send it".to_owned(),
    };
    if parameter.required {
        let why = "the server refuses requests without it";
        return format!("the client's {call} has no parameter `{name}`, which is required ({why}): {instead}");
    }
    format!("the client's {call} has no parameter `{name}`: {instead}")
}

/// The name of a parameter in requests.
fn name(parameter: &Parameter) -> &str {
    names(&parameter.value).first().map_or(parameter.name.as_str(), |(wire, _)| *wire)
}

fn wires(parameter: &Parameter) -> BTreeSet<&str> {
    names(&parameter.value).into_iter().map(|(wire, _)| wire).collect()
}

/// What of a type differs, in brackets.
fn why(comparison: &Comparison<'_>, ty: Option<&Type>) -> String {
    let why = ty.and_then(api::named).and_then(|name| comparison.why(name));
    why.map_or_else(String::new, |why| format!(" ({why})"))
}

/// Whether the client reads what the document declares. A page is a list, with totals in the headers.
fn reads(known: &Answer, own: &Answer, comparison: &Comparison<'_>) -> bool {
    match (own, known) {
        (Answer::Undeclared, _) | (_, Answer::Undeclared) | (Answer::Empty, Answer::OptionalJson(_)) => true,
        (Answer::Json(own), Answer::Json(known) | Answer::OptionalJson(known))
        | (Answer::OptionalJson(own), Answer::OptionalJson(known))
        | (Answer::Page(own), Answer::Page(known)) => comparison.stands(own, known),
        (Answer::Json(Type::List(own)), Answer::Page(known)) => comparison.stands(own, known),
        (Answer::Page(own), Answer::Json(Type::List(known))) => comparison.stands(own, known),
        (own, known) => own == known,
    }
}

/// Whether the client sends what the document declares.
fn sends(known: &Body, own: &Body, comparison: &Comparison<'_>) -> bool {
    let is_same = |own: &String, known: &String| own == known && !comparison.is_apart(own);
    match (own, known) {
        (Body::Json(own), Body::Json(known)) => comparison.stands(own, known),
        (Body::Multipart(own), Body::Multipart(known)) | (Body::UrlEncoded(own), Body::UrlEncoded(known)) => {
            is_same(own, known)
        }
        (own, known) => own == known,
    }
}

/// Whether the client's parameter takes what the document declares.
fn takes(known: &Parameter, own: &Parameter, comparison: &Comparison<'_>) -> bool {
    match (&own.value, &known.value) {
        (ParameterValue::Object { ty: own, .. }, ParameterValue::Object { ty: known, .. }) => {
            comparison.stands(own, known)
        }
        (ParameterValue::List { .. }, ParameterValue::One { .. }) => false,
        (own, known) => match (own.scalar(), known.scalar()) {
            (Some(own), Some(known)) => scalars_agree(own, known),
            // A switch is a parameter with one value.
            (own_scalar, known_scalar) => {
                let is_object = |value: &ParameterValue| matches!(value, ParameterValue::Object { .. });
                own_scalar.is_none() == known_scalar.is_none() || !(is_object(own) || is_object(known))
            }
        },
    }
}

/// Whether the client's parameter has room for a value. Words and texts are as the release of the server writes them.
fn scalars_agree(own: &Scalar, known: &Scalar) -> bool {
    match (own, known) {
        (Scalar::Bool { .. }, Scalar::Bool { .. })
        | (_, Scalar::String)
        | (Scalar::Unsigned | Scalar::Integer | Scalar::Id(_), Scalar::Integer | Scalar::Float)
        | (Scalar::Unsigned | Scalar::Integer, Scalar::Id(_))
        | (Scalar::Id(_), Scalar::Unsigned) => true,
        (own, known) => own == known,
    }
}

fn takes_body(operation: &Operation) -> bool {
    let in_body = |parameter: &Parameter| parameter.place == ParameterPlace::Body;
    operation.body.is_some() || operation.parameters.iter().any(in_body)
}

/// The names of the fields in the body of an operation.
fn fields_of_body<'a>(operation: &Operation, api: &'a Api) -> Vec<&'a str> {
    let name = operation.body.as_ref().and_then(Body::type_name);
    match name.and_then(|name| api.types.get(name)).map(|def| &def.kind) {
        Some(TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) => {
            fields.iter().map(|field| field.wire.as_str()).collect()
        }
        _ => Vec::new(),
    }
}
