//! Conversions between the types of one subject: all records of a list and the one just created fit into one `Vec`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::place::Place;
use crate::api::{Api, Field, TypeDef, TypeKind};
use crate::names;

/// The implementations of `From`, by the name of the type that they are written with. One type leads to another of the same
/// subject if it has all of its fields, with the same types.
///
/// Only this crate can create its objects, which may get further fields.
pub(super) fn all(api: &Api, place: Place<'_>) -> BTreeMap<String, TokenStream> {
    let mut subjects: BTreeMap<String, Vec<(&TypeDef, &[Field])>> = BTreeMap::new();
    for def in api.types.values() {
        if let (TypeKind::Answer { fields, extra: None }, Some(schema)) = (&def.kind, def.schema()) {
            subjects.entry(names::subject(&schema).to_owned()).or_default().push((def, fields));
        }
    }
    let mut found: BTreeMap<String, TokenStream> = BTreeMap::new();
    for types in subjects.values() {
        for (from, has) in types {
            for (into, wants) in
                types.iter().filter(|(into, _)| into.name != from.name && place.defines_type(&into.name))
            {
                let values: Option<Vec<TokenStream>> = wants.iter().map(|field| value(field, has)).collect();
                if let Some(values) = values {
                    found.entry(written_with(from, into, place)).or_default().extend(conversion(from, into, &values));
                }
            }
        }
    }
    found
}

/// The type that is converted, unless another crate defines it.
fn written_with(from: &TypeDef, into: &TypeDef, place: Place<'_>) -> String {
    if place.defines_type(&from.name) { from.name.clone() } else { into.name.clone() }
}

/// The value of a field, if the other type has it.
fn value(field: &Field, has: &[Field]) -> Option<TokenStream> {
    let is_option = |field: &Field| field.nullable || !field.required;
    let same =
        has.iter().find(|other| other.name == field.name && other.ty == field.ty && other.boxed == field.boxed)?;
    let name = format_ident!("{}", field.name);
    match (is_option(same), is_option(field)) {
        (false, true) => Some(quote!(#name: Some(value.#name))),
        (true, false) => None,
        _ => Some(quote!(#name: value.#name)),
    }
}

fn conversion(from: &TypeDef, into: &TypeDef, values: &[TokenStream]) -> TokenStream {
    let (from, into) = (format_ident!("{}", from.name), format_ident!("{}", into.name));
    quote! {
        impl From<#from> for #into {
            fn from(value: #from) -> Self {
                Self { #(#values),* }
            }
        }
    }
}
