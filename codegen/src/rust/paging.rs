//! Paged lists: how to get the next page, and the id of a record.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::signature::{full_type_name, type_name};
use super::tokens::{Scope, ty};
use crate::api::{Answer, Api, Field, Full, Operation, Parameter, ParameterValue, Scalar, Type, TypeKind};

/// The implementation of `Paged`, if the operation is a paged list.
pub(super) fn list(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let moved = at_page(operation, &quote!(Self), &quote!(self));
    implementation(api, operation, &operation.answer, &type_name(operation), &quote!(self), &moved)
}

/// The same for the variant with a full response.
pub(super) fn full_list(api: &Api, operation: &Operation, full: &Full) -> Option<TokenStream> {
    let (inner, name) = (type_name(operation), full_type_name(operation));
    let moved = at_page(operation, &quote!(#inner), &quote!(self.0));
    implementation(api, operation, &full.answer, &name, &quote!(self.0), &quote!(Self(#moved)))
}

fn implementation(
    api: &Api,
    operation: &Operation,
    answer: &Answer,
    name: &Ident,
    this: &TokenStream,
    moved: &TokenStream,
) -> Option<TokenStream> {
    let Answer::Page(item) = answer else { return None };
    let number = page_parameter(operation).map(|parameter| {
        let field = format_ident!("{}", parameter.name);
        let is_signed = is_signed(parameter);
        let number = match (parameter.required, is_signed) {
            (true, true) => quote!(u32::try_from(#this.#field).unwrap_or(1)),
            (true, false) => quote!(#this.#field),
            (false, true) => quote!(#this.#field.and_then(|page| u32::try_from(page).ok()).unwrap_or(1)),
            (false, false) => quote!(#this.#field.unwrap_or(1)),
        };
        quote! {
            fn page_number(&self) -> u32 {
                #number
            }
        }
    });
    let id = id(api, item).map(|id| {
        quote! {
            fn id(item: &Self::Item) -> Option<u64> {
                #id
            }
        }
    });
    let item = ty(item, Scope::Operations);
    Some(quote! {
        impl Paged for #name {
            type Item = #item;

            fn at_page(self, page: u32) -> Self {
                #moved
            }

            #number
            #id
        }
    })
}

fn page_parameter(operation: &Operation) -> Option<&Parameter> {
    let is_page = |value: &ParameterValue| matches!(value, ParameterValue::One { wire, .. } if wire == "page");
    operation.parameters.iter().find(|parameter| is_page(&parameter.value))
}

fn is_signed(parameter: &Parameter) -> bool {
    matches!(parameter.value, ParameterValue::One { ty: Scalar::Integer, .. })
}

/// The operation `this` of type `ty`, at another page.
fn at_page(operation: &Operation, ty: &TokenStream, this: &TokenStream) -> TokenStream {
    let Some(parameter) = page_parameter(operation) else { return this.clone() };
    let name = format_ident!("{}", parameter.name);
    let value = if is_signed(parameter) { quote!(page.into()) } else { quote!(page) };
    let value = if parameter.required { value } else { quote!(Some(#value)) };
    quote!(#ty { #name: #value, ..#this })
}

/// The expression for the id of a record, if records have one.
fn id(api: &Api, item: &Type) -> Option<TokenStream> {
    let Type::Named(name) = item else { return None };
    let TypeKind::Answer { fields, .. } = &api.types.get(name)?.kind else { return None };
    let field: &Field = fields.iter().find(|field| field.wire == "id")?;
    let name = format_ident!("{}", field.name);
    let is_option = !field.required || field.nullable;
    match (&field.ty, is_option) {
        (Type::Id(_), false) => Some(quote!(Some(item.#name.get()))),
        (Type::Id(_), true) => Some(quote!(item.#name.map(u64::from))),
        (Type::Integer, false) => Some(quote!(u64::try_from(item.#name).ok())),
        (Type::Integer, true) => Some(quote!(item.#name.and_then(|id| u64::try_from(id).ok()))),
        _ => None,
    }
}
