//! Parameters: a field, a setter, and a line which writes it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{self, doc};
use super::tokens::{self, Scope, scalar};
use super::wire;
use crate::api::{ListStyle, ObjectStyle, Parameter, ParameterPlace, ParameterValue, Scalar};
use crate::history::names;

/// The field of an operation which holds the parameter.
pub(super) fn field(parameter: &Parameter) -> TokenStream {
    let name = format_ident!("{}", parameter.name);
    let ty = held(parameter);
    if parameter.required || matches!(parameter.value, ParameterValue::Flag { .. }) {
        quote!(#name: #ty)
    } else {
        quote!(#name: Option<#ty>)
    }
}

/// The type of a value that is given.
fn held(parameter: &Parameter) -> TokenStream {
    match &parameter.value {
        ParameterValue::One { ty, .. } => scalar(ty),
        ParameterValue::Flag { .. } => quote!(bool),
        ParameterValue::Object { ty, .. } => tokens::ty(ty, Scope::Operations),
        ParameterValue::List { ty, .. } => {
            let ty = scalar(ty);
            quote!(Vec<#ty>)
        }
        ParameterValue::Select { all, many, ty, .. } => {
            let ty = scalar(ty);
            match (all, many) {
                (Some(_), _) => quote!(Select<#ty>),
                (None, Some(_)) => quote!(OneOrMany<#ty>),
                (None, None) => ty,
            }
        }
    }
}

/// How the value is passed, and how it becomes what is held.
pub(super) fn argument(parameter: &Parameter) -> Option<(TokenStream, TokenStream)> {
    let name = format_ident!("{}", parameter.name);
    Some(match &parameter.value {
        ParameterValue::Flag { .. } => return None,
        ParameterValue::One { ty: Scalar::String | Scalar::Utc, .. } | ParameterValue::Select { .. } => {
            let ty = held(parameter);
            (quote!(impl Into<#ty>), quote!(#name.into()))
        }
        ParameterValue::One { .. } | ParameterValue::Object { .. } => (held(parameter), quote!(#name)),
        // `Into` would accept moments too, and drop their time zone.
        ParameterValue::List { ty: ty @ Scalar::LocalDateTime, .. } => {
            let ty = scalar(ty);
            (quote!(impl IntoIterator<Item = #ty>), quote!(#name.into_iter().collect()))
        }
        ParameterValue::List { ty, .. } => {
            let ty = scalar(ty);
            (quote!(impl IntoIterator<Item = impl Into<#ty>>), quote!(#name.into_iter().map(Into::into).collect()))
        }
    })
}

/// A method of a request.
pub(super) struct Setter {
    pub(super) documentation: TokenStream,
    pub(super) signature: TokenStream,
    pub(super) body: TokenStream,
}

/// The setter of a request for the operation.
pub(super) fn setter(parameter: &Parameter) -> Setter {
    let name = format_ident!("{}", parameter.name);
    let text = parameter.doc.trim();
    let text = if text.is_empty() { undescribed(parameter) } else { text.to_owned() };
    let documentation = doc(&docs::with(&text, &parameter.since), "");
    if let Some((ty, value)) = argument(parameter) {
        let signature = quote!(fn #name(self, #name: #ty) -> Self);
        Setter { documentation, signature, body: quote!(self.edit(|operation| operation.#name = Some(#value))) }
    } else {
        let signature = quote!(fn #name(self) -> Self);
        Setter { documentation, signature, body: quote!(self.edit(|operation| operation.#name = true)) }
    }
}

fn undescribed(parameter: &Parameter) -> String {
    let sets = format!("Sets `{}`", parameter.name);
    on_wire(parameter).map_or_else(|| format!("{sets}."), |wire| format!("{sets}. {wire}"))
}

/// The name of a parameter in requests, in a sentence, if it has another one in Rust.
pub(super) fn on_wire(parameter: &Parameter) -> Option<String> {
    let names: Vec<String> = names(&parameter.value)
        .into_iter()
        .map(|(wire, _)| wire)
        .filter(|wire| wire.trim_end_matches("[]") != parameter.name)
        .map(|wire| format!("`{wire}`"))
        .collect();
    (!names.is_empty()).then(|| format!("The API document calls it {}.", names.join(" and ")))
}

/// The statements which write the parameter into the request.
pub(super) fn write(parameter: &Parameter) -> TokenStream {
    let written = write_values(parameter);
    match &parameter.value {
        ParameterValue::List { wire, style, .. } | ParameterValue::Select { many: Some(wire), style, .. } => {
            let join = match style {
                ListStyle::Repeated => return written,
                ListStyle::Commas => quote!(join_list(#wire, #wire)),
                ListStyle::Spaces => quote!(join_list_with(#wire, ' ')),
                ListStyle::Bars => quote!(join_list_with(#wire, '|')),
            };
            quote!(#written request.#join?;)
        }
        _ => written,
    }
}

fn write_values(parameter: &Parameter) -> TokenStream {
    let name = format_ident!("{}", parameter.name);
    let given = if parameter.required { quote!(Some(&self.#name)) } else { quote!(self.#name.as_ref()) };
    match (&parameter.value, parameter.place) {
        (ParameterValue::Flag { wire, value }, ParameterPlace::Body) => {
            quote!(request.property(#wire, self.#name.then_some(#value))?;)
        }
        (ParameterValue::One { wire, ty }, ParameterPlace::Body) => {
            let value = written(ty, &given);
            quote!(request.property(#wire, #value)?;)
        }
        (ParameterValue::Flag { wire, value }, ParameterPlace::Header) => {
            quote!(request.header(#wire, self.#name.then_some(#value))?;)
        }
        (ParameterValue::One { wire, ty }, ParameterPlace::Header) => {
            let value = text(ty, &given);
            quote!(request.header(#wire, #value)?;)
        }
        (ParameterValue::Flag { wire, value }, ParameterPlace::Query) => {
            quote!(request.query(#wire, self.#name.then_some(#value));)
        }
        (ParameterValue::One { wire, ty }, ParameterPlace::Query) => {
            let value = text(ty, &given);
            quote!(request.query(#wire, #value);)
        }
        (ParameterValue::Flag { wire, value }, ParameterPlace::Cookie) => {
            quote!(request.cookie(#wire, self.#name.then_some(#value))?;)
        }
        (ParameterValue::One { wire, ty }, ParameterPlace::Cookie) => {
            let value = text(ty, &given);
            quote!(request.cookie(#wire, #value)?;)
        }
        (ParameterValue::Object { wire, style, .. }, _) => {
            let style = match style {
                ObjectStyle::Deep => quote!(Deep),
                ObjectStyle::Exploded => quote!(Exploded),
                ObjectStyle::Joined => quote!(Joined),
            };
            quote!(request.query_object(#wire, ObjectStyle::#style, #given)?;)
        }
        (ParameterValue::List { wire, ty, .. }, _) => match ty {
            Scalar::Bool { yes, no } => each(parameter, wire, &quote!(|value| if *value { #yes } else { #no })),
            Scalar::LocalDateTime | Scalar::Utc | Scalar::Date => {
                wire::text(ty).map(|write| each(parameter, wire, &write)).unwrap_or_default()
            }
            _ if parameter.required => quote!(request.query_list(#wire, Some(self.#name.as_slice()))?;),
            _ => quote!(request.query_list(#wire, self.#name.as_deref())?;),
        },
        (ParameterValue::Select { one, many, all, ty, .. }, _) => match (all, many) {
            (Some(all), many) => {
                let many = if let Some(many) = many { quote!(Some(#many)) } else { quote!(None) };
                let given = selected(ty, &given);
                quote!(request.query_select(#one, #many, #all, #given)?;)
            }
            (None, Some(many)) => {
                let given = selected(ty, &given);
                quote!(request.query_one_or_many(#one, #many, #given)?;)
            }
            (None, None) => {
                let given = text(ty, &given);
                quote!(request.query(#one, #given);)
            }
        },
    }
}

/// A list of which every element is written in its own way.
fn each(parameter: &Parameter, wire: &str, write: &TokenStream) -> TokenStream {
    let name = format_ident!("{}", parameter.name);
    let given = if parameter.required { quote!(Some(self.#name.as_slice())) } else { quote!(self.#name.as_deref()) };
    quote! {
        let values: Option<Vec<_>> = #given.map(|values| values.iter().map(#write).collect());
        request.query_list(#wire, values.as_deref())?;
    }
}

/// A value as plain text.
fn text(ty: &Scalar, given: &TokenStream) -> TokenStream {
    match ty {
        Scalar::Bool { yes, no } => quote!(#given.map(|value| if *value { #yes } else { #no })),
        _ => written(ty, given),
    }
}

/// A value as text where `Display` does not write what the server reads.
fn written(ty: &Scalar, given: &TokenStream) -> TokenStream {
    wire::text(ty).map_or_else(|| given.clone(), |write| quote!(#given.map(#write)))
}

/// The same for one value or many.
fn selected(ty: &Scalar, given: &TokenStream) -> TokenStream {
    wire::text(ty).map_or_else(|| given.clone(), |write| quote!(#given.map(|values| values.map(#write)).as_ref()))
}
