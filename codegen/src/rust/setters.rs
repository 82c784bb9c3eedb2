//! The setters of optional parameters, as methods of requests. In the crate of the client they are methods; another crate
//! can only have a trait for those of each operation.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{self, doc};
use super::parameters::Setter;
use super::signature::{full_type_name, optional, type_name};
use super::{parameters, reference};
use crate::api::Operation;

/// The methods of requests for an operation, where these are defined.
pub(super) fn methods(operation: &Operation) -> Option<TokenStream> {
    let name = type_name(operation);
    let documentation = documentation(operation);
    let setters = all(operation, &TokenStream::new());
    let methods = setters.iter().map(|Setter { documentation, signature, body }| {
        quote! {
            #documentation
            pub #signature { #body }
        }
    });
    (!setters.is_empty()).then(|| {
        quote! {
            #documentation
            impl<C> Request<C, #name> {
                #(#methods)*
            }
        }
    })
}

/// The trait with the same methods, and its name, which is that of the operation in the module around it.
pub(super) fn extension(operation: &Operation) -> Option<(Ident, TokenStream)> {
    let name = type_name(operation);
    let documentation = documentation(operation);
    let setters = all(operation, &quote!(super::));
    let declarations = setters.iter().map(|Setter { documentation, signature, .. }| {
        quote! {
            #documentation
            #signature;
        }
    });
    let methods = setters.iter().map(|Setter { signature, body, .. }| quote!(#signature { #body }));
    (!setters.is_empty()).then(|| {
        let items = quote! {
            #documentation
            pub trait #name<C>: Sized {
                #(#declarations)*
            }

            impl<C> #name<C> for Request<C, super::#name> {
                #(#methods)*
            }
        };
        (name, items)
    })
}

fn documentation(operation: &Operation) -> TokenStream {
    doc(&format!("# Parameters of `{}().{}()`", operation.resource, operation.name), "")
}

/// All setters; `module` is the path to the module of the operation.
fn all(operation: &Operation, module: &TokenStream) -> Vec<Setter> {
    let mut setters: Vec<Setter> = optional(operation).map(parameters::setter).collect();
    setters.extend(operation.full.as_ref().map(|full| {
        let text = reference::full_setter(&full.answer);
        let name = full_type_name(operation);
        Setter {
            documentation: doc(&docs::with(&text, reference::full_since(operation, full)), ""),
            signature: quote!(fn full(self) -> Request<C, #module #name>),
            body: quote!(self.map(#module #name::new)),
        }
    }));
    setters
}
