//! One type for both, where releases declare different types.

use std::collections::BTreeSet;

use super::model::{Model, Models};
use crate::Release;
use crate::api::{Alternative, Api, Field, Scalar, Type, TypeDef, TypeKind};

/// The types of an older release, beside those of all releases.
pub(super) struct Types<'a> {
    models: &'a Models<'a>,
    pub(super) older: &'a Model<'a>,
}

/// Pairs of names whose types are being compared, further up.
type Open<'n> = BTreeSet<(&'n str, &'n str)>;

impl<'a> Types<'a> {
    pub(super) fn new(models: &'a Models<'a>, older: &'a Model<'a>) -> Self {
        Self { models, older }
    }

    /// The newest release whose model has something.
    pub(super) fn newest(&self, has: impl Fn(&Api) -> bool) -> Release {
        self.models.newest(has)
    }

    /// The type of the newest release that has it.
    pub(super) fn newer_def(&self, name: &str) -> Option<&'a TypeDef> {
        self.models.types.get(name).copied()
    }

    fn older_def(&self, name: &str) -> Option<&'a TypeDef> {
        self.older.api.types.get(name)
    }

    /// A type that has all values of both, if there is one.
    pub(super) fn both(&self, newer: &Type, older: &Type) -> Option<Type> {
        let inner = |newer: &Type, older: &Type| self.both(newer, older).map(Box::new);
        match (newer, older) {
            (newer, older) if self.is_same(newer, older) => Some(newer.clone()),
            (Type::List(newer), Type::List(older)) => inner(newer, older).map(Type::List),
            (Type::Map(newer), Type::Map(older)) => inner(newer, older).map(Type::Map),
            (Type::Nullable(newer), Type::Nullable(older)) => inner(newer, older).map(Type::Nullable),
            (Type::Nullable(newer), older) => inner(newer, older).map(Type::Nullable),
            (newer, Type::Nullable(older)) => inner(newer, older).map(Type::Nullable),
            (Type::Named(object), Type::Id(thing)) | (Type::Id(thing), Type::Named(object))
                if self.models.ids.get(object.as_str()).copied() == Some(thing.as_str()) =>
            {
                Some(Type::IdOr(thing.clone(), object.clone()))
            }
            (Type::IdOr(thing, _), Type::Id(other)) if thing == other => Some(newer.clone()),
            (Type::IdOr(_, object), Type::Named(_)) if self.is_same(&Type::Named(object.clone()), older) => {
                Some(newer.clone())
            }
            (Type::Named(name), one) if takes(self.newer_def(name), |ty| self.is_same(ty, one)) => Some(newer.clone()),
            (one, Type::Named(name)) if takes(self.older_def(name), |ty| self.is_same(one, ty)) => Some(older.clone()),
            _ => None,
        }
    }

    /// Whether both are the same type, perhaps under another name.
    pub(super) fn is_same(&self, newer: &Type, older: &Type) -> bool {
        self.same(newer, older, &mut Open::new())
    }

    fn same<'n>(&'n self, newer: &'n Type, older: &'n Type, open: &mut Open<'n>) -> bool {
        match (newer, older) {
            (Type::List(newer), Type::List(older))
            | (Type::Map(newer), Type::Map(older))
            | (Type::Nullable(newer), Type::Nullable(older)) => self.same(newer, older, open),
            // Types of the same name are united.
            (Type::Named(newer), Type::Named(older)) => newer == older || self.same_shape(newer, older, open),
            _ => newer == older,
        }
    }

    fn same_shape<'n>(&'n self, newer: &'n str, older: &'n str, open: &mut Open<'n>) -> bool {
        if !open.insert((newer, older)) {
            return true;
        }
        let (Some(newer), Some(older)) = (self.newer_def(newer), self.older_def(older)) else { return false };
        let mut same = |newer: &'n Type, older: &'n Type| self.same(newer, older, open);
        match (&newer.kind, &older.kind) {
            (TypeKind::Answer { fields, extra }, TypeKind::Answer { fields: older, extra: older_extra })
            | (TypeKind::Form { fields, extra }, TypeKind::Form { fields: older, extra: older_extra })
            | (TypeKind::Patch { fields, extra }, TypeKind::Patch { fields: older, extra: older_extra }) => {
                let is_same_field = |field: &'n Field| {
                    let is_it = |other: &&'n Field| {
                        (&other.wire, &other.name, other.required, other.nullable, other.encoding)
                            == (&field.wire, &field.name, field.required, field.nullable, field.encoding)
                    };
                    older.iter().find(is_it).is_some_and(|other| same(&field.ty, &other.ty))
                };
                fields.len() == older.len()
                    && fields.iter().all(is_same_field)
                    && match (extra, older_extra) {
                        (Some(extra), Some(older)) => self.is_same(extra, older),
                        (extra, older) => extra == older,
                    }
            }
            (TypeKind::Enum { open, variants }, TypeKind::Enum { open: older_open, variants: older }) => {
                let has = |wire: &str| older.iter().any(|other| other.wire == wire);
                open == older_open && variants.len() == older.len() && variants.iter().all(|one| has(&one.wire))
            }
            (TypeKind::OneOf { alternatives }, TypeKind::OneOf { alternatives: older }) => {
                let pairs = || alternatives.iter().zip(older);
                let is_same = |(one, other): (&'n Alternative, &'n Alternative)| same(&one.ty, &other.ty);
                alternatives.len() == older.len() && pairs().all(is_same)
            }
            _ => false,
        }
    }

    /// Whether one of the two takes all values of the other one, written in the same way.
    ///
    /// A server refuses values that it does not know.
    pub(super) fn comparable(&self, newer: &Scalar, older: &Scalar) -> bool {
        self.includes(newer, older) || self.includes(older, newer)
    }

    fn includes(&self, wide: &Scalar, narrow: &Scalar) -> bool {
        match (wide, narrow) {
            (wide, narrow) if wide == narrow => true,
            (Scalar::String, _)
            | (Scalar::Float, Scalar::Integer | Scalar::Unsigned | Scalar::Id(_))
            | (Scalar::Integer, Scalar::Unsigned | Scalar::Id(_))
            | (Scalar::Unsigned, Scalar::Id(_)) => true,
            _ => self.words(narrow).is_some_and(|words| words.into_iter().all(|word| self.takes_word(wide, word))),
        }
    }

    /// Whether a parameter of this type may be this text.
    pub(super) fn takes_word(&self, ty: &Scalar, word: &str) -> bool {
        match ty {
            Scalar::String => true,
            Scalar::Unsigned | Scalar::Id(_) => word.parse::<u64>().is_ok(),
            Scalar::Integer => word.parse::<i64>().is_ok(),
            Scalar::Float => word.parse::<f64>().is_ok(),
            Scalar::Bool { .. } | Scalar::Enum(_) => self.words(ty).is_some_and(|words| words.contains(&word)),
            Scalar::LocalDateTime | Scalar::Utc | Scalar::Date => false,
        }
    }

    /// All texts that a parameter of this type may be, if they are listed.
    fn words<'s>(&'s self, ty: &'s Scalar) -> Option<Vec<&'s str>> {
        match ty {
            Scalar::Bool { yes, no } => Some(vec![yes, no]),
            Scalar::Enum(name) => match self.newer_def(name).map(|def| &def.kind) {
                Some(TypeKind::Enum { variants, .. }) => Some(variants.iter().map(|one| one.wire.as_str()).collect()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Whether one of the alternatives of a `oneOf` is the type.
fn takes(def: Option<&TypeDef>, is_it: impl Fn(&Type) -> bool) -> bool {
    match def.map(|def| &def.kind) {
        Some(TypeKind::OneOf { alternatives }) => alternatives.iter().any(|one| is_it(&one.ty)),
        _ => false,
    }
}
