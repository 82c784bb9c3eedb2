//! One of several types.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::doc;
use super::tokens::{Scope, ty};
use super::wire;
use crate::api::{Alternative, Shape, Type, TypeDef};

pub(super) fn definition(def: &TypeDef, alternatives: &[Alternative], serde: &TokenStream) -> TokenStream {
    let name = format_ident!("{}", def.name);
    let documentation = doc(&def.doc, "One of several types, told apart by their shape.");
    let variants = alternatives.iter().map(|alternative| {
        let variant = format_ident!("{}", alternative.name);
        let held = held(alternative);
        let text = format!(" `{}`.", alternative.name);
        let encoding = wire::serialize_with(&alternative.ty).map(|argument| quote!(#[serde(#argument)]));
        quote! {
            #[doc = #text]
            #variant(#encoding #held)
        }
    });
    let conversions = alternatives.iter().filter(|alternative| is_boxed(alternative)).map(|alternative| {
        let variant = format_ident!("{}", alternative.name);
        let plain = ty(&alternative.ty, Scope::Types);
        quote! {
            impl From<#plain> for #name {
                fn from(value: #plain) -> Self {
                    Self::#variant(Box::new(value))
                }
            }
        }
    });
    let deserialize = deserialize(def, alternatives);
    quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #serde
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        #(#conversions)*

        #deserialize
    }
}

fn deserialize(def: &TypeDef, alternatives: &[Alternative]) -> TokenStream {
    let name = format_ident!("{}", def.name);
    let shapes = alternatives.iter().map(|alternative| match &alternative.shape {
        Shape::Object { required, known, tag } => {
            let tag = if let Some((property, values)) = tag {
                quote!(Some((#property, &[#(#values),*])))
            } else {
                quote!(None)
            };
            quote!(one_of::Shape::Object { required: &[#(#required),*], known: &[#(#known),*], tag: #tag })
        }
        Shape::Array => quote!(one_of::Shape::Array),
        Shape::String => quote!(one_of::Shape::String),
        Shape::Number => quote!(one_of::Shape::Number),
        Shape::Bool => quote!(one_of::Shape::Bool),
        Shape::Any => quote!(one_of::Shape::Any),
    });
    let last = alternatives.len().saturating_sub(1);
    let arms = alternatives.iter().enumerate().map(|(index, alternative)| {
        let variant = format_ident!("{}", alternative.name);
        let pattern = if index == last { quote!(_) } else { quote!(#index) };
        let read = wire::read_value(&alternative.ty);
        quote!(#pattern => #read.map(Self::#variant))
    });
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const SHAPES: &[one_of::Shape] = &[#(#shapes),*];
                one_of::choose(deserializer, SHAPES, |index, value| match index {
                    #(#arms,)*
                })
            }
        }
    }
}

/// What a variant holds.
pub(super) fn held(alternative: &Alternative) -> TokenStream {
    let plain = ty(&alternative.ty, Scope::Types);
    if is_boxed(alternative) { quote!(Box<#plain>) } else { plain }
}

/// Objects are boxed: alternatives differ in size, and may hold each other.
fn is_boxed(alternative: &Alternative) -> bool {
    matches!(alternative.ty, Type::Named(_))
}
