//! Which types of the client can stand for those of a document.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{self, Alternative, Api, Body, Field, Type, TypeDef, TypeKind, Variant};

/// What the types of a document have in common with the client's of the same names.
pub(super) struct Comparison<'a> {
    own: &'a Api,
    client: &'a Api,
    apart: BTreeMap<String, Reason>,
}

/// Why a type of the client cannot stand for that of the document.
enum Reason {
    /// One is an object, the other an enum; or one is sent as JSON, the other as parts.
    Kind,
    /// The field, or all further fields, have another type, or may be null.
    Field(String),
    /// Responses may lack a field that the client needs.
    Absent(String),
    /// It has further values, which the client's does not take.
    Values,
    /// It has other alternatives.
    Alternatives,
    /// It contains a type that is apart.
    Contains(String),
}

impl<'a> Comparison<'a> {
    /// Compares all types.
    pub(super) fn new(own: &'a Api, client: &'a Api) -> Self {
        Self::compared(own, client, |_| true)
    }

    /// Compares all types but enums, whose values are a matter of their own.
    pub(super) fn of_objects(own: &'a Api, client: &'a Api) -> Self {
        Self::compared(own, client, |reason| !matches!(reason, Reason::Values))
    }

    fn compared(own: &'a Api, client: &'a Api, counts: fn(&Reason) -> bool) -> Self {
        let mut comparison = Self { own, client, apart: BTreeMap::new() };
        let (own_parts, client_parts) = (parts(own), parts(client));
        for def in own.types.values() {
            let Some(known) = client.types.get(&def.name) else { continue };
            let is_form = own_parts.contains(def.name.as_str()) && !client_parts.contains(def.name.as_str());
            let reason = if is_form { Some(Reason::Kind) } else { comparison.reason(def, known) };
            if let Some(reason) = reason.filter(counts) {
                comparison.apart.insert(def.name.clone(), reason);
            }
        }
        comparison.spread();
        comparison
    }

    /// What contains a type that is apart is apart too, as the document or the client defines it: a type of the client
    /// contains the client's types only.
    fn spread(&mut self) {
        loop {
            let mut more = Vec::new();
            for (name, known) in self.client.types.iter().filter(|(name, _)| !self.apart.contains_key(*name)) {
                let own = self.own.types.get(name);
                let mut inside = std::iter::once(known).chain(own).flat_map(|def| def.kind.types());
                let is_apart = |inner: &&str| self.apart.contains_key(*inner);
                if let Some(inner) = inside.find_map(|ty| api::named(ty).filter(is_apart)) {
                    more.push((name.clone(), Reason::Contains(inner.to_owned())));
                }
            }
            if more.is_empty() {
                return;
            }
            self.apart.extend(more);
        }
    }

    /// The types of the client that stand for those of the document.
    pub(super) fn shared(&self) -> impl Iterator<Item = &'a TypeDef> {
        self.own
            .types
            .keys()
            .filter(|name| !self.apart.contains_key(*name))
            .filter_map(|name| self.client.types.get(name))
    }

    /// Whether the client has a type of this name that cannot stand for the document's.
    pub(super) fn is_apart(&self, name: &str) -> bool {
        self.apart.contains_key(name)
    }

    /// Why a type is apart, in words such as `` `Tag.visible` has another type ``.
    pub(super) fn why(&self, name: &str) -> Option<String> {
        let (mut name, mut reason) = self.apart.get_key_value(name)?;
        while let Reason::Contains(inner) = reason {
            (name, reason) = self.apart.get_key_value(inner)?;
        }
        Some(match reason {
            Reason::Kind | Reason::Contains(_) => format!("`{name}` is of another kind"),
            Reason::Field(wire) => format!("`{name}.{wire}` has another type"),
            Reason::Absent(wire) => format!("`{name}.{wire}` may be absent"),
            Reason::Values => format!("`{name}` takes no further values"),
            Reason::Alternatives => format!("`{name}` has other alternatives"),
        })
    }

    /// Whether the client's type stands for the document's.
    pub(super) fn stands(&self, own: &Type, known: &Type) -> bool {
        self.agree(own, known) && !api::named(own).is_some_and(|name| self.is_apart(name))
    }

    /// Whether the type of the client takes all that the document declares, if types of the same name are the same.
    fn agree(&self, own: &Type, known: &Type) -> bool {
        let is_enum =
            |api: &Api, name: &str, is_enough: fn(bool) -> bool| match api.types.get(name).map(|def| &def.kind) {
                Some(TypeKind::Enum { open, .. }) => is_enough(*open),
                _ => false,
            };
        match (own, known) {
            (own, known) if own == known => true,
            (_, Type::Json)
            | (Type::Integer, Type::Id(_) | Type::IdOr(..) | Type::Float)
            | (Type::Id(_), Type::Integer)
            | (Type::String, Type::Secret)
            | (Type::Secret, Type::String) => true,
            (Type::Id(thing), Type::IdOr(known, _)) => thing == known,
            (Type::Named(object), Type::IdOr(_, known)) => object == known,
            (Type::String, Type::Named(name)) => is_enum(self.client, name, |open| open),
            (Type::Named(name), Type::String) => is_enum(self.own, name, |_| true),
            (Type::List(own), Type::List(known))
            | (Type::Map(own), Type::Map(known))
            | (Type::Nullable(own), Type::Nullable(known)) => self.agree(own, known),
            (own, Type::Nullable(known)) => self.agree(own, known),
            _ => false,
        }
    }

    fn reason(&self, own: &TypeDef, known: &TypeDef) -> Option<Reason> {
        match (&own.kind, &known.kind) {
            (TypeKind::Enum { open, variants }, TypeKind::Enum { open: known_open, variants: known }) => {
                let is_new = |variant: &Variant| !known.iter().any(|other| other.wire == variant.wire);
                (!known_open && (*open || variants.iter().any(is_new))).then_some(Reason::Values)
            }
            (TypeKind::OneOf { alternatives }, TypeKind::OneOf { alternatives: known }) => {
                let is_new = |one: &Alternative| !known.iter().any(|other| self.agree(&one.ty, &other.ty));
                alternatives.iter().any(is_new).then_some(Reason::Alternatives)
            }
            (TypeKind::Answer { fields, extra }, TypeKind::Answer { fields: known, extra: known_extra }) => {
                self.field(fields, extra.as_ref(), known, known_extra.as_ref()).or_else(|| {
                    known.iter().find(|known| lacks(fields, known)).map(|known| Reason::Absent(known.wire.clone()))
                })
            }
            (TypeKind::Form { fields, extra }, TypeKind::Form { fields: known, extra: known_extra })
            | (TypeKind::Patch { fields, extra }, TypeKind::Patch { fields: known, extra: known_extra }) => {
                self.field(fields, extra.as_ref(), known, known_extra.as_ref())
            }
            _ => Some(Reason::Kind),
        }
    }

    /// A field for whose values the client's type has no room.
    fn field(
        &self,
        own: &[Field],
        extra: Option<&Type>,
        known: &[Field],
        known_extra: Option<&Type>,
    ) -> Option<Reason> {
        let has_room = |field: &&Field| match known.iter().find(|other| other.wire == field.wire) {
            Some(known) => self.agree(&field.ty, &known.ty),
            None => is_renamed(field, known) || known_extra.is_none_or(|known| self.agree(&field.ty, known)),
        };
        let of_extra = matches!((extra, known_extra), (Some(own), Some(known)) if !self.agree(own, known));
        let field = own.iter().find(|field| !has_room(field)).map(|field| field.wire.clone());
        field.or_else(|| of_extra.then(|| "*".to_owned())).map(Reason::Field)
    }
}

/// Whether the client knows the field by another name on the wire, which it writes as the server's release does.
pub(super) fn is_renamed(field: &Field, known: &[Field]) -> bool {
    known.iter().any(|other| other.name == field.name && other.ty == field.ty)
}

/// Whether responses may lack a value that the client needs.
fn lacks(own: &[Field], known: &Field) -> bool {
    let needs = known.required && !known.nullable;
    let is_there = |field: &Field| field.wire == known.wire && !field.nullable && (field.required || field.declared);
    needs && !own.iter().any(is_there)
}

/// The forms that are sent as parts.
fn parts(api: &Api) -> BTreeSet<&str> {
    let parts = api.operations.iter().filter_map(|operation| match &operation.body {
        Some(Body::Multipart(name)) => Some(name.as_str()),
        _ => None,
    });
    parts.collect()
}
