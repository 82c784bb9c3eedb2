//! Handles: `kimai.timesheets().list()`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::doc;
use super::files::{Source, pretty};
use super::place::{self, Place};
use super::reference;
use super::signature::{parameters, required, type_name};
use crate::Error;
use crate::api::{Api, Operation, Resource};

/// Writes a file for each handle, and for the methods that are added to handles of the client; returns the traits with
/// these methods.
pub(super) fn write(api: &Api, files: &mut Source) -> Result<Vec<String>, Error> {
    let place = files.place;
    let mut modules = String::new();
    let mut exports = String::new();
    let mut traits = Vec::new();
    for (name, resource) in &api.resources {
        let operations = api.operations.iter().filter(|operation| operation.resource == *name);
        let is_outline = files.is_outline;
        let methods: Vec<Method> = operations.map(|operation| Method::new(api, operation, place, is_outline)).collect();
        let module = format_ident!("{name}");
        let (exported, items) = if place.defines_handle(name) {
            (resource.type_name.clone(), handle(name, resource, &methods, place))
        } else {
            let extension = place::extension(resource);
            traits.push(extension.clone());
            let items = added(&extension, name, resource, &methods, place)?;
            (extension, items)
        };
        let operations = if place.is_client() { quote!(crate) } else { quote!(super::super) };
        let items = quote! {
            use #operations::operations::#module as operations;

            #items
        };
        let mut uses = vec![place.runtime()];
        uses.extend(place.ids_and_types("super::super"));
        files.items(&format!("handles/{name}.rs"), "", &uses, items)?;
        modules.push_str(&format!("mod {name};\n"));
        exports.push_str(&format!("pub use {name}::{exported};\n"));
    }
    let introduction = if place.is_client() { OF_CLIENT } else { BESIDE };
    files.text("handles/mod.rs", &format!("{introduction}\n{modules}\n{exports}"));
    Ok(traits)
}

const OF_CLIENT: &str = "\
//! The methods of the client, grouped by resource: a handle for each.
//!
//! A [`Client`](crate::Client) returns them, as does `blocking::Client`. A handle over anything else, such as
//! `Timesheets::new(())`, creates requests that cannot be sent, but have an
//! [operation](crate::Request::operation).
";

const BESIDE: &str = "\
//! The methods that create requests, grouped by resource: a handle for each, or a trait for a handle of the client.
";

/// A method of a handle.
struct Method {
    documentation: TokenStream,
    signature: TokenStream,
    operation: TokenStream,
}

impl Method {
    fn new(api: &Api, operation: &Operation, place: Place<'_>, is_outline: bool) -> Self {
        let name = format_ident!("{}", operation.name);
        let ty = type_name(operation);
        let documentation = (!is_outline).then(|| doc(&reference::method(api, operation, place), ""));
        let deprecated = deprecation(api, operation).map(|note| quote!(#[deprecated(note = #note)]));
        let parameters = parameters(operation);
        let values = required(operation).into_iter().map(|argument| argument.name);
        Self {
            documentation: quote!(#documentation #deprecated),
            signature: quote!(fn #name(&self #(, #parameters)*) -> Request<C, operations::#ty>),
            operation: quote!(operations::#ty::new(#(#values),*)),
        }
    }
}

/// The handle of a resource with a method for each operation.
fn handle(module: &str, resource: &Resource, methods: &[Method], place: Place<'_>) -> TokenStream {
    let name = format_ident!("{}", resource.type_name);
    let documentation = doc(&resource.doc, "");
    let creator = if place.is_client() {
        format!("[`Client::{module}`](crate::Client::{module})")
    } else {
        format!("[`Plugins::{module}`](super::super::Plugins::{module})")
    };
    let constructor = format!(" Creates the handle; {creator} does it for a client.");
    let accessor = place.is_client().then(|| {
        quote! {
            #[doc(hidden)]
            #[must_use]
            pub fn __client(&self) -> C {
                self.client
            }
        }
    });
    let methods = methods.iter().map(|Method { documentation, signature, operation }| {
        quote! {
            #documentation
            pub #signature {
                Request::new(self.client, #operation)
            }
        }
    });
    quote! {
        #documentation
        #[derive(Clone, Copy, Debug)]
        pub struct #name<C> {
            client: C,
        }

        impl<C: Copy> #name<C> {
            #[doc = #constructor]
            pub fn new(client: C) -> Self {
                Self { client }
            }

            #accessor

            #(#methods)*
        }
    }
}

/// The trait with the methods that are added to a handle of the client.
fn added(
    name: &str,
    module: &str,
    resource: &Resource,
    methods: &[Method],
    place: Place<'_>,
) -> Result<TokenStream, Error> {
    let handle = &resource.type_name;
    let documentation =
        doc(&format!("What plugins add to [`{module}()`](crate::handles::{handle}), the handle of the client."), "");
    let (name, handle) = (format_ident!("{name}"), place.of_client(&format!("handles::{handle}"))?);
    let declarations = methods.iter().map(|Method { documentation, signature, .. }| {
        quote! {
            #documentation
            #signature;
        }
    });
    let definitions = methods.iter().map(|Method { signature, operation, .. }| {
        quote! {
            #signature {
                Request::new(self.__client(), #operation)
            }
        }
    });
    Ok(quote! {
        #documentation
        pub trait #name<C> {
            #(#declarations)*
        }

        impl<C: Copy> #name<C> for #handle<C> {
            #(#definitions)*
        }
    })
}

/// Why the method is deprecated, if it is.
fn deprecation(api: &Api, operation: &Operation) -> Option<String> {
    let whose = if api.is_kimai { "Kimai's" } else { "the" };
    match &operation.replacement {
        Some(replacement) => Some(format!("use {replacement}")),
        None => operation.deprecated.then(|| format!("{whose} API document marks this operation as deprecated")),
    }
}

/// Writes the module itself, with the client's methods that return the handles.
pub(super) fn write_client(api: &Api, files: &mut Source) -> Result<(), Error> {
    let methods: Vec<TokenStream> = api
        .resources
        .iter()
        .map(|(module, resource)| {
            let (name, ty) = (format_ident!("{module}"), format_ident!("{}", resource.type_name));
            let documentation = doc(&resource.doc, "");
            quote! {
                #documentation
                #[must_use]
                pub fn #name(&self) -> handles::#ty<&Self> {
                    handles::#ty::new(self)
                }
            }
        })
        .collect();
    let items = quote! {
        /// # Resources
        ///
        /// Each method returns the handle of a resource, whose methods create requests.
        impl Client { #(#methods)* }

        /// # Resources
        ///
        /// Each method returns the handle of a resource, whose methods create requests.
        #[cfg(feature = "blocking")]
        impl crate::blocking::Client { #(#methods)* }
    };
    let items = pretty(items, "mod.rs")?;
    let release = api.release.as_str();
    let about_release = if api.is_kimai {
        "The release of Kimai whose API document this code was generated from."
    } else {
        "The newest release of Kimai that the generator knew. The API document that this code was generated from is not \
         Kimai's."
    };
    let oldest = api.oldest.numbers().map(|number| number.to_string()).join(", ");
    let text = format!(
        "//! Generated: the ids, types, operations and handles of the API.\n\n\
         pub mod handles;\npub mod ids;\npub mod operations;\npub mod types;\n\n\
         use crate::Client;\n\n\
         /// {about_release}\n\
         pub const KIMAI_RELEASE: &str = \"{release}\";\n\n\
         /// The oldest supported release of Kimai.\n\
         pub const OLDEST_RELEASE: crate::Release = crate::Release::new({oldest});\n\n{items}"
    );
    files.text("mod.rs", &text);
    Ok(())
}
