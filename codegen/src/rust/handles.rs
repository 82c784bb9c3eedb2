//! Handles: `kimai.timesheets().list()`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::doc;
use super::files::{Source, pretty};
use super::reference;
use super::signature::{parameters, required, type_name};
use crate::Error;
use crate::api::{Api, Operation, Resource};

/// Writes a file for each handle, and the client's methods that return them.
pub(super) fn write(api: &Api, files: &mut Source) -> Result<(), Error> {
    let mut modules = String::new();
    let mut exports = String::new();
    for (name, resource) in &api.resources {
        let operations = api.operations.iter().filter(|operation| operation.resource == *name);
        let items = handle(api, name, resource, operations);
        files.items(&format!("handles/{name}.rs"), "", &["crate::prelude::*", "crate::{ids, types}"], &items)?;
        modules.push_str(&format!("mod {name};\n"));
        exports.push_str(&format!("pub use {name}::{};\n", resource.type_name));
    }
    let text = format!(
        "//! The methods of the client, grouped by resource: a handle for each.\n\
         //!\n\
         //! A [`Client`](crate::Client) returns them, as does `blocking::Client`. A handle over anything else, such as\n\
         //! `Timesheets::new(())`, creates requests that cannot be sent, but have an\n\
         //! [operation](crate::Request::operation).\n\n{modules}\n{exports}"
    );
    files.text("handles/mod.rs", &text);
    client(api, files)
}

/// The handle of a resource with a method for each operation.
fn handle<'a>(
    api: &Api,
    module: &str,
    resource: &Resource,
    operations: impl Iterator<Item = &'a Operation>,
) -> TokenStream {
    let name = format_ident!("{}", resource.type_name);
    let documentation = doc(&resource.doc, "");
    let constructor =
        format!(" Creates the handle; [`Client::{module}`](crate::Client::{module}) does it for a client.");
    let methods = operations.map(|operation| method(api, operation));
    let module = format_ident!("{module}");
    quote! {
        use crate::operations::#module as operations;

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

            #(#methods)*
        }
    }
}

fn method(api: &Api, operation: &Operation) -> TokenStream {
    let name = format_ident!("{}", operation.name);
    let ty = type_name(operation);
    let documentation = doc(&reference::method(api, operation), "");
    let parameters = parameters(operation);
    let values = required(operation).into_iter().map(|argument| argument.name);
    let deprecated = deprecation(operation).map(|note| quote!(#[deprecated(note = #note)]));
    quote! {
        #documentation
        #deprecated
        pub fn #name(&self #(, #parameters)*) -> Request<C, operations::#ty> {
            Request::new(self.client, operations::#ty::new(#(#values),*))
        }
    }
}

/// Why the method is deprecated, if it is.
fn deprecation(operation: &Operation) -> Option<String> {
    match &operation.replacement {
        Some(replacement) => Some(format!("use {replacement}")),
        None => operation.deprecated.then(|| "Kimai's API document marks this operation as deprecated".to_owned()),
    }
}

/// The client's methods that return the handles.
fn client(api: &Api, files: &mut Source) -> Result<(), Error> {
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
    let items = pretty(&items, "mod.rs")?;
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
