//! What one release has.

use super::Subject;
use super::sent::{Sent, sent};
use crate::api::{
    Answer, Api, Body, Encoding, Field, ListStyle, ObjectStyle, Operation, ParameterValue, Scalar, Type, TypeKind,
};

/// What a release says of a subject.
pub(super) struct Observed {
    /// Its type and how it is written, only to be compared.
    pub(super) shape: Shape,
    pub(super) required: bool,
}

/// The type of a subject, and how it is written.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    /// A subject that is there or not.
    Plain,
    /// An operation.
    Operation(Answer, Option<Body>),
    /// The parameter for a full response.
    Full(Answer),
    /// A parameter.
    Parameter(Written),
    /// A property, and whether it may be null.
    Property(Type, Encoding, bool),
}

/// How a parameter is written under one of its names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    /// One value.
    One(Scalar),
    /// The only value.
    Flag(String),
    /// One of many values, or the word for all of them.
    OneOfMany(Option<String>, Scalar),
    /// Many values.
    Many(ListStyle, Scalar),
    /// An object.
    Object(ObjectStyle, Type),
}

/// Shows everything that the release has.
pub(super) fn all(api: &Api, see: &mut impl FnMut(Subject, Observed)) {
    for operation in api.operations.iter().filter(|operation| !operation.gone) {
        self::operation(api, operation, see);
    }
    for def in api.types.values() {
        see(Subject::Type(def.name.clone()), plain());
        match &def.kind {
            TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } => {
                for field in fields {
                    see(Subject::Field(def.name.clone(), field.wire.clone()), property(field));
                }
            }
            TypeKind::Patch { fields, .. } => {
                for field in fields {
                    // A change may leave out everything.
                    let observed = Observed { required: false, ..property(field) };
                    see(Subject::Field(def.name.clone(), field.wire.clone()), observed);
                }
            }
            TypeKind::Enum { variants, .. } => {
                for variant in variants {
                    let subject = Subject::Value(def.name.clone(), variant.wire.clone());
                    see(subject, plain());
                }
            }
            TypeKind::OneOf { .. } => {}
        }
    }
}

fn plain() -> Observed {
    Observed { shape: Shape::Plain, required: false }
}

fn property(field: &Field) -> Observed {
    let shape = Shape::Property(field.ty.clone(), field.encoding, field.nullable);
    Observed { shape, required: field.required }
}

fn operation(api: &Api, operation: &Operation, see: &mut impl FnMut(Subject, Observed)) {
    let shape = Shape::Operation(operation.answer.clone(), operation.body.clone());
    see(Subject::operation(operation), Observed { shape, required: false });
    for parameter in &operation.parameters {
        for (wire, written) in names(&parameter.value) {
            let observed = Observed { shape: Shape::Parameter(written), required: parameter.required };
            see(Subject::parameter(operation, wire), observed);
        }
    }
    for Sent { path, field, .. } in sent(api, operation) {
        see(Subject::sent(operation, &path), property(field));
    }
    if let Some(full) = &operation.full {
        let observed = Observed { shape: Shape::Full(full.answer.clone()), required: false };
        see(Subject::parameter(operation, &full.wire), observed);
    }
}

/// The names of a parameter on the wire, and how it is written under each.
pub(crate) fn names(value: &ParameterValue) -> Vec<(&str, Written)> {
    match value {
        ParameterValue::One { wire, ty } => vec![(wire, Written::One(ty.clone()))],
        ParameterValue::Flag { wire, value } => vec![(wire, Written::Flag(value.clone()))],
        ParameterValue::Object { wire, style, ty } => vec![(wire, Written::Object(*style, ty.clone()))],
        ParameterValue::List { wire, style, ty } => vec![(wire, Written::Many(*style, ty.clone()))],
        ParameterValue::Select { one, many, style, all, ty } => {
            let first = (one.as_str(), Written::OneOfMany(all.clone(), ty.clone()));
            let second = many.as_ref().map(|many| (many.as_str(), Written::Many(*style, ty.clone())));
            [Some(first), second].into_iter().flatten().collect()
        }
    }
}
