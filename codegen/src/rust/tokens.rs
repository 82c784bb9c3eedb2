//! How types of the model are written in Rust.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Scalar, Text, Type};

/// Where the code stands decides how it names types and ids.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Among the types.
    Types,
    /// Among the operations, where a type is `types::Team` and an id `ids::TeamId`.
    Operations,
}

pub(super) fn ty(ty: &Type, scope: Scope) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Secret => quote!(Secret),
        Type::Text(text) => self::text(*text),
        Type::Bool => quote!(bool),
        Type::Integer => quote!(i64),
        Type::Float => quote!(f64),
        Type::Id(thing) => id(thing),
        Type::DateTime => quote!(jiff::ZonedDateTime),
        Type::LocalDateTime => quote!(jiff::civil::DateTime),
        Type::Date => quote!(jiff::civil::Date),
        Type::Duration => quote!(jiff::SignedDuration),
        Type::Json => quote!(serde_json::Value),
        Type::Upload => quote!(Upload),
        Type::List(item) => {
            let item = self::ty(item, scope);
            quote!(Vec<#item>)
        }
        Type::Nullable(item) => {
            let item = self::ty(item, scope);
            quote!(Option<#item>)
        }
        Type::Map(item) => {
            let item = self::ty(item, scope);
            quote!(BTreeMap<String, #item>)
        }
        Type::Named(name) => {
            let name = format_ident!("{name}");
            match scope {
                Scope::Types => quote!(#name),
                Scope::Operations => quote!(types::#name),
            }
        }
        Type::IdOr(_, name) => {
            let object = self::ty(&Type::Named(name.clone()), scope);
            quote!(IdOr<#object>)
        }
    }
}

fn text(text: Text) -> TokenStream {
    match text {
        Text::Color => quote!(Color),
        Text::Country => quote!(Country),
        Text::Currency => quote!(Currency),
        Text::TimeZone => quote!(TimeZoneName),
        Text::FieldValue => quote!(FieldValue),
    }
}

pub(super) fn id(thing: &str) -> TokenStream {
    let name = format_ident!("{thing}Id");
    quote!(ids::#name)
}

pub(super) fn scalar(scalar: &Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote!(String),
        Scalar::Unsigned => quote!(u32),
        Scalar::Integer => quote!(i64),
        Scalar::Float => quote!(f64),
        Scalar::Bool { .. } => quote!(bool),
        Scalar::Id(thing) => id(thing),
        Scalar::Enum(name) => {
            let name = format_ident!("{name}");
            quote!(types::#name)
        }
        Scalar::LocalDateTime => quote!(jiff::civil::DateTime),
        Scalar::Utc => quote!(jiff::Timestamp),
        Scalar::Date => quote!(jiff::civil::Date),
    }
}

/// How a value is passed to a setter, and how it becomes the field's value.
pub(super) struct Argument {
    pub(super) ty: TokenStream,
    pub(super) value: TokenStream,
}

pub(super) fn argument(kind: &Type, name: &proc_macro2::Ident, scope: Scope) -> Argument {
    match kind {
        Type::List(item) if converts(item) => {
            let item = ty(item, scope);
            Argument {
                ty: quote!(impl IntoIterator<Item = impl Into<#item>>),
                value: quote!(#name.into_iter().map(Into::into).collect()),
            }
        }
        Type::List(item) => {
            let item = ty(item, scope);
            Argument { ty: quote!(impl IntoIterator<Item = #item>), value: quote!(#name.into_iter().collect()) }
        }
        _ if converts(kind) => {
            let ty = ty(kind, scope);
            Argument { ty: quote!(impl Into<#ty>), value: quote!(#name.into()) }
        }
        _ => Argument { ty: ty(kind, scope), value: quote!(#name) },
    }
}

/// Types which one usually has in another form, such as `&str`.
fn converts(kind: &Type) -> bool {
    matches!(kind, Type::String | Type::Secret | Type::Upload | Type::Text(Text::FieldValue))
}
