//! What is known of types only after all of them are read.

use std::collections::BTreeMap;

use super::{Shape, Type, TypeDef, TypeKind, recursion};

/// Boxes what contains itself, and sets how the alternatives of each `oneOf` are recognized.
pub(super) fn complete(types: &mut BTreeMap<String, TypeDef>) {
    recursion::box_cycles(types);
    recognise(types);
}

/// Sets how each alternative is recognized.
fn recognise(types: &mut BTreeMap<String, TypeDef>) {
    let complete = types.clone();
    for def in types.values_mut() {
        let TypeKind::OneOf { alternatives } = &mut def.kind else { continue };
        for alternative in alternatives {
            let mut fresh = shape(&alternative.ty, &complete);
            if let (Shape::Object { tag, .. }, Shape::Object { tag: declared, .. }) = (&mut fresh, &alternative.shape) {
                tag.clone_from(declared);
            }
            alternative.shape = fresh;
        }
    }
}

fn shape(ty: &Type, types: &BTreeMap<String, TypeDef>) -> Shape {
    match ty {
        Type::List(_) => Shape::Array,
        Type::Nullable(item) => shape(item, types),
        Type::Bool => Shape::Bool,
        Type::Integer | Type::Float | Type::Id(_) | Type::Duration => Shape::Number,
        Type::String
        | Type::Secret
        | Type::Text(_)
        | Type::DateTime
        | Type::LocalDateTime
        | Type::Date
        | Type::Upload => Shape::String,
        Type::Json => Shape::Any,
        Type::Map(_) => Shape::Object { required: Vec::new(), known: Vec::new(), tag: None },
        Type::IdOr(..) => Shape::Any,
        Type::Named(name) => match types.get(name).map(|def| &def.kind) {
            Some(TypeKind::Enum { .. }) => Shape::String,
            Some(TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. }) => Shape::Object {
                required: fields.iter().filter(|field| field.declared).map(|field| field.wire.clone()).collect(),
                known: fields.iter().map(|field| field.wire.clone()).collect(),
                tag: None,
            },
            Some(TypeKind::Patch { .. } | TypeKind::OneOf { .. }) | None => Shape::Any,
        },
    }
}
