//! The properties of types.

use super::notes::{Kind, Notes};
use super::types::Types;
use crate::api::{Api, Encoding, Field, Type, TypeKind};
use crate::{Error, Pointer};

/// Makes properties optional that an older release does not return.
pub(super) fn make_optional(fields: &mut [Field], older: &[Field]) {
    let is_there = |field: &Field| older.iter().any(|other| other.wire == field.wire);
    for field in fields.iter_mut().filter(|field| !is_there(field)) {
        field.keeps_null |= field.required && field.nullable;
        field.required = false;
    }
}

/// Adds the properties of an older release to a type.
pub(super) struct Merge<'m, 'a> {
    pub(super) types: &'m Types<'a>,
    /// The name of the type.
    pub(super) ty: &'m str,
    pub(super) is_request: bool,
    pub(super) notes: &'m mut Notes,
}

impl Merge<'_, '_> {
    pub(super) fn fields(&mut self, fields: &mut Vec<Field>, older: &[Field]) -> Result<(), Error> {
        for old in older {
            if let Some(field) = fields.iter_mut().find(|field| field.wire == old.wire) {
                self.field(field, old);
                continue;
            }
            // It was renamed on the wire, which its spellings tell.
            let is_renamed = |field: &Field| field.name == old.name && self.types.is_same(&field.ty, &old.ty);
            if self.is_request && fields.iter().any(is_renamed) {
                continue;
            }
            if fields.iter().any(|field| field.name == old.name) {
                return Err(Error::NameConflict {
                    pointer: self.place(&old.wire),
                    other: Pointer::root().join(self.ty),
                    name: old.name.clone(),
                    instead: "rename the one of the older release with x-rust-name in an overlay",
                });
            }
            // Between those that are optional, by name.
            let is_behind = |field: &&Field| field.required || field.wire < old.wire;
            let place = fields.iter().take_while(is_behind).count();
            fields.insert(place, Field { required: false, ..old.clone() });
        }
        Ok(())
    }

    fn field(&mut self, field: &mut Field, old: &Field) {
        field.nullable |= old.nullable;
        // The spellings tell how a release writes a date.
        let is_told = |encoding: Encoding| matches!(encoding, Encoding::Plain | Encoding::DateAsDateTime);
        let is_same_format = field.encoding == old.encoding || (is_told(field.encoding) && is_told(old.encoding));
        let kind = match self.types.both(&field.ty, &old.ty) {
            Some(both) => {
                field.ty = both;
                field.lookup = field.lookup.take().or_else(|| old.lookup.clone());
                if is_same_format {
                    return;
                }
                Kind::Format
            }
            None => Kind::Type,
        };
        let has_it = |field: &Field| field.wire == old.wire;
        let decides = self.types.newest(|api| fields_of(api, self.ty).iter().any(has_it));
        self.notes.add(self.place(&old.wire), kind, self.types.older, decides);
    }

    /// The type of further properties.
    pub(super) fn extra(&mut self, extra: &mut Option<Type>, older: Option<&Type>) {
        let Some(older) = older else { return };
        match extra.as_ref().map(|extra| self.types.both(extra, older)) {
            None => *extra = Some(older.clone()),
            Some(Some(both)) => *extra = Some(both),
            Some(None) => {
                let decides = self.types.newest(|api| api.types.contains_key(self.ty));
                self.notes.add(self.place("*"), Kind::Type, self.types.older, decides);
            }
        }
    }

    fn place(&self, wire: &str) -> Pointer {
        Pointer::root().join(self.ty).join(wire)
    }
}

fn fields_of<'a>(api: &'a Api, ty: &str) -> &'a [Field] {
    match api.types.get(ty).map(|def| &def.kind) {
        Some(TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) => {
            fields
        }
        Some(TypeKind::Enum { .. } | TypeKind::OneOf { .. }) | None => &[],
    }
}
