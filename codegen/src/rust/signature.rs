//! The names and arguments of operations: what handles, operations and their documentation have in common.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{Argument, Scope, argument, scalar};
use super::{parameters, wire};
use crate::api::{Answer, Body, Operation, Parameter, PathParameter, Scalar, Segment, Type};
use crate::names;

/// The name of an operation's type.
pub(super) fn type_name(operation: &Operation) -> Ident {
    format_ident!("{}", names::operation(&operation.name))
}

/// The name of the type for the variant with a full response.
pub(super) fn full_type_name(operation: &Operation) -> Ident {
    format_ident!("{}Full", type_name(operation))
}

/// A required argument of an operation.
pub(super) struct Required {
    pub(super) name: Ident,
    /// The type that callers pass.
    pub(super) ty: TokenStream,
    /// The expression that turns the argument into the field's value.
    pub(super) value: TokenStream,
}

/// All required arguments: those of the path, required parameters, and the body.
pub(super) fn required(operation: &Operation) -> Vec<Required> {
    let mut all = Vec::new();
    for parameter in path_parameters(operation) {
        let name = format_ident!("{}", parameter.name);
        let held = scalar(&parameter.ty);
        let (ty, value) = match parameter.ty {
            Scalar::String => (quote!(impl Into<#held>), quote!(#name.into())),
            _ => (held, quote!(#name)),
        };
        all.push(Required { name, ty, value });
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        if let Some((ty, value)) = parameters::argument(parameter) {
            all.push(Required { name: format_ident!("{}", parameter.name), ty, value });
        }
    }
    if let Some(Content { name, argument: Argument { ty, value }, .. }) = body(operation) {
        all.push(Required { name, ty, value });
    }
    all
}

/// The parameters of a method or constructor.
pub(super) fn parameters(operation: &Operation) -> Vec<TokenStream> {
    required(operation).into_iter().map(|Required { name, ty, .. }| quote!(#name: #ty)).collect()
}

/// The argument for the body of a request.
pub(super) struct Content {
    pub(super) name: Ident,
    /// The type of the field.
    pub(super) held: TokenStream,
    pub(super) argument: Argument,
}

/// The argument for the body, if the operation has one.
pub(super) fn body(operation: &Operation) -> Option<Content> {
    let kind = match operation.body.as_ref()? {
        Body::Json(kind) => Some(kind.clone()),
        Body::Multipart(name) | Body::UrlEncoded(name) => Some(Type::Named(name.clone())),
        Body::Text(_) => Some(Type::String),
        Body::Bytes(_) => None,
    };
    let hint = match &kind {
        Some(Type::Named(name)) if name.ends_with("Patch") => "patch",
        Some(Type::Named(_)) => "form",
        Some(Type::List(_)) => "items",
        _ => "body",
    };
    let is_taken = path_parameters(operation).any(|parameter| parameter.name == hint)
        || operation.parameters.iter().any(|parameter| parameter.name == hint);
    let name = if is_taken { format_ident!("{hint}_") } else { format_ident!("{hint}") };
    let (held, argument) = match kind {
        Some(kind) => (super::tokens::ty(&kind, Scope::Operations), argument(&kind, &name, Scope::Operations)),
        None => (quote!(Bytes), Argument { ty: quote!(impl Into<Bytes>), value: quote!(#name.into()) }),
    };
    Some(Content { name, held, argument })
}

pub(super) fn path_parameters(operation: &Operation) -> impl Iterator<Item = &PathParameter> {
    operation.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(parameter) => Some(parameter),
        Segment::Literal(_) => None,
    })
}

/// The parameters that have setters.
pub(super) fn optional(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| !parameter.required)
}

/// The type of a response, and the expression that decodes it.
pub(super) fn output(answer: &Answer) -> (TokenStream, TokenStream) {
    let ty = |kind| super::tokens::ty(kind, Scope::Operations);
    match answer {
        Answer::Empty => (quote!(()), quote!(response.empty())),
        Answer::Json(kind) => (ty(kind), wire::read_json(kind)),
        Answer::OptionalJson(kind) => {
            let inner = ty(kind);
            (quote!(Option<#inner>), wire::read_optional(kind))
        }
        Answer::Text => (quote!(String), quote!(response.text())),
        Answer::Undeclared => (quote!(Option<serde_json::Value>), quote!(response.value())),
        Answer::Headers => (quote!(HeaderMap), quote!(Ok(response.headers().clone()))),
        Answer::Page(kind) => {
            let item = ty(kind);
            (quote!(Page<#item>), wire::read_page(kind))
        }
        Answer::Download => (quote!(Download), quote!(response.download())),
    }
}
