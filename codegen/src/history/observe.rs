//! What one release has.

use super::Subject;
use super::sent::{Sent, sent};
use crate::api::{Api, Field, Operation, ParameterValue, TypeKind};

/// What a release says of a subject.
pub(super) struct Observed {
    /// Its type and how it is written, only to be compared.
    pub(super) shape: String,
    pub(super) required: bool,
}

/// Shows everything that the release has.
pub(super) fn all(api: &Api, see: &mut impl FnMut(Subject, Observed)) {
    for operation in api.operations.iter().filter(|operation| !operation.gone) {
        self::operation(api, operation, see);
    }
    for def in api.types.values() {
        let optional = |shape: String| Observed { shape, required: false };
        see(Subject::Type(def.name.clone()), optional(String::new()));
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
                    see(subject, optional(String::new()));
                }
            }
            TypeKind::OneOf { .. } => {}
        }
    }
}

fn property(field: &Field) -> Observed {
    let shape = format!("{:?} {:?} {}", field.ty, field.encoding, field.nullable);
    Observed { shape, required: field.required }
}

fn operation(api: &Api, operation: &Operation, see: &mut impl FnMut(Subject, Observed)) {
    let shape = format!("{:?} {:?}", operation.answer, operation.body);
    see(Subject::operation(operation), Observed { shape, required: false });
    for parameter in &operation.parameters {
        for (wire, shape) in names(&parameter.value) {
            see(Subject::parameter(operation, wire), Observed { shape, required: parameter.required });
        }
    }
    for Sent { path, field, .. } in sent(api, operation) {
        see(Subject::sent(operation, &path), property(field));
    }
    if let Some(full) = &operation.full {
        let observed = Observed { shape: format!("{:?}", full.answer), required: false };
        see(Subject::parameter(operation, &full.wire), observed);
    }
}

/// The names of a parameter on the wire, each with its shape.
pub(crate) fn names(value: &ParameterValue) -> Vec<(&str, String)> {
    match value {
        ParameterValue::One { wire, ty } => vec![(wire, format!("{ty:?}"))],
        ParameterValue::Flag { wire, value } => vec![(wire, value.clone())],
        ParameterValue::Object { wire, style, ty } => vec![(wire, format!("{style:?} {ty:?}"))],
        ParameterValue::List { wire, style, ty } => vec![(wire, format!("{style:?} {ty:?}"))],
        ParameterValue::Select { one, many, style, all, ty } => {
            let first = (one.as_str(), format!("{all:?} {ty:?}"));
            let second = many.as_ref().map(|many| (many.as_str(), format!("{style:?} {ty:?}")));
            [Some(first), second].into_iter().flatten().collect()
        }
    }
}
