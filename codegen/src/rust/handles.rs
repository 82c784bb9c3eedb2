//! Handles: `kimai.timesheets().list()`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::doc;
use super::files::{Source, pretty};
use super::operations::{arguments, body, full_type_name, type_name};
use super::reference::{self, Subject};
use crate::Error;
use crate::api::{Api, Body, Operation, Resource, Type};

/// The handle of a resource with a method for each operation.
pub(super) fn handle(api: &Api, resource: &Resource, operations: &[&Operation]) -> TokenStream {
    let name = format_ident!("{}", resource.type_name);
    let documentation = doc(&resource.doc, "");
    let methods = operations.iter().map(|operation| method(api, operation));
    let full_methods = operations
        .iter()
        .filter(|operation| operation.full.is_some() && operation.body.is_some())
        .map(|operation| full_method(api, operation));
    quote! {
        #documentation
        #[derive(Clone, Copy, Debug)]
        pub struct #name<C> {
            pub(super) client: C,
        }

        impl<C: Copy> #name<C> {
            pub(crate) fn new(client: C) -> Self {
                Self { client }
            }

            #(#methods)*
            #(#full_methods)*
        }
    }
}

fn method(api: &Api, operation: &Operation) -> TokenStream {
    let name = format_ident!("{}", operation.name);
    let ty = type_name(operation);
    let documentation = doc(&reference::method(api, operation, Subject::Method), "");
    let (parameters, values) = signature(operation);
    let deprecated = operation
        .deprecated
        .then(|| quote!(#[deprecated(note = "the server's API document marks this operation as deprecated")]));
    quote! {
        #documentation
        #deprecated
        pub fn #name(&self #(, #parameters)*) -> Request<C, #ty> {
            Request::new(self.client, #ty::new(#(#values),*))
        }
    }
}

fn full_method(api: &Api, operation: &Operation) -> TokenStream {
    let name = format_ident!("{}_full", operation.name);
    let (ty, full) = (type_name(operation), full_type_name(operation));
    let documentation = doc(&reference::method(api, operation, Subject::FullMethod), "");
    let (parameters, values) = signature(operation);
    quote! {
        #documentation
        pub fn #name(&self #(, #parameters)*) -> Request<C, #full> {
            Request::new(self.client, #full::new(#ty::new(#(#values),*)))
        }
    }
}

/// Parameters of the method, and what it passes on. Bodies are borrowed, so that callers keep theirs.
pub(super) fn signature(operation: &Operation) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for (name, ty, _) in arguments(operation) {
        parameters.push(quote!(#name: #ty));
        values.push(quote!(#name));
    }
    if let Some((name, ty)) = body(operation) {
        let (parameter, value) = match &operation.body {
            Some(Body::Json(Type::List(item))) => {
                let item = super::tokens::ty(item, super::tokens::Scope::Operations);
                (quote!(#name: &[#item]), quote!(#name.to_vec()))
            }
            Some(Body::Json(Type::String)) => (quote!(#name: &str), quote!(#name.to_owned())),
            Some(Body::Json(kind)) if is_copy(kind) => (quote!(#name: #ty), quote!(#name)),
            _ => (quote!(#name: &#ty), quote!(#name.clone())),
        };
        parameters.push(parameter);
        values.push(value);
    }
    (parameters, values)
}

fn is_copy(kind: &Type) -> bool {
    use Type::{Bool, Date, Duration, Float, Id, Integer, LocalDateTime};
    matches!(kind, Bool | Integer | Float | Id(_) | LocalDateTime | Date | Duration)
}

/// The client's methods which give the handles.
pub(super) fn write(api: &Api, files: &mut Source) -> Result<(), Error> {
    let methods: Vec<TokenStream> = api
        .resources
        .iter()
        .map(|(module, resource)| {
            let (name, ty) = (format_ident!("{module}"), format_ident!("{}", resource.type_name));
            let documentation = doc(&resource.doc, "");
            quote! {
                #documentation
                #[must_use]
                pub fn #name(&self) -> operations::#name::#ty<&Self> {
                    operations::#name::#ty::new(self)
                }
            }
        })
        .collect();
    let items = quote! {
        impl Client { #(#methods)* }

        #[cfg(feature = "blocking")]
        impl crate::blocking::Client { #(#methods)* }
    };
    let items = pretty(&items, "mod.rs")?;
    let release = api.release.as_str();
    let oldest = api.oldest.numbers().map(|number| number.to_string()).join(", ");
    let text = format!(
        "//! Generated: the ids, types and operations of the API.\n\n\
         pub mod ids;\npub mod operations;\npub mod types;\n\n\
         use crate::Client;\n\n\
         /// The release of Kimai from whose API document this code was generated.\n\
         pub const KIMAI_RELEASE: &str = \"{release}\";\n\n\
         /// The oldest release of Kimai whose answers the types describe.\n\
         pub const OLDEST_RELEASE: crate::Release = crate::Release::new({oldest});\n\n{items}"
    );
    files.text("mod.rs", &text);
    Ok(())
}
