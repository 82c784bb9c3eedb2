//! The module beside the client: how its parts come together.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::ClientCrate;
use super::docs::doc;
use super::files::{Source, pretty};
use crate::Error;
use crate::additions::Additions;

/// Writes the module itself, and its prelude; `extensions` are traits for handles, `setters` those for requests.
pub(super) fn write(
    additions: &Additions,
    client: ClientCrate<'_>,
    extensions: &[String],
    setters: &[String],
    files: &mut Source,
) -> Result<(), Error> {
    let handles = handles(additions, client)?;
    let mut prelude =
        String::from("//! The traits of this module, without their names: `use` all of it to call the methods.\n\n");
    if !handles.is_empty() {
        prelude.push_str("pub use super::Plugins as _;\n");
    }
    for extension in extensions {
        prelude.push_str(&format!("pub use super::handles::{extension} as _;\n"));
    }
    for setters in setters {
        prelude.push_str(&format!("pub use super::operations::{setters} as _;\n"));
    }
    files.text("prelude.rs", &prelude);

    let mut text = introduction(additions, client);
    let has_types = additions.types().next().is_some();
    let modules = [
        ("handles", true),
        ("ids", additions.ids().next().is_some()),
        ("operations", true),
        ("prelude", true),
        ("types", has_types),
    ];
    for (module, _) in modules.into_iter().filter(|(_, exists)| *exists) {
        text.push_str(&format!("pub mod {module};\n"));
    }
    text.push_str(&pretty(handles, "mod.rs")?);
    files.text("mod.rs", &text);
    Ok(())
}

/// The documentation of the module, and what the compiler and linters need not say about it.
fn introduction(additions: &Additions, client: ClientCrate<'_>) -> String {
    let example = additions
        .api
        .operations
        .first()
        .map_or_else(String::new, |operation| format!("kimai.{}().{}()", operation.resource, operation.name));
    format!(
        "//! Generated: the operations of plugins that the crate `{}` does not have, with their types, ids and handles.\n\
         //!\n\
         //! The traits of [`prelude`] add methods to its clients, handles and requests. Import them all for calls such as\n\
         //! `{example}`.\n\n\
         #![cfg_attr(rustfmt, rustfmt_skip)]\n\
         #![allow(\n    \
             clippy::all,\n    \
             clippy::nursery,\n    \
             clippy::pedantic,\n    \
             clippy::restriction,\n    \
             dead_code,\n    \
             rustdoc::redundant_explicit_links,\n    \
             unreachable_pub,\n    \
             unused_imports,\n    \
             reason = \"names and text come from the document, and the crate may use only a part of this\"\n\
         )]\n\n",
        client.name
    )
}

/// The trait with the client's methods that return the handles; nothing if only handles of the client get more methods.
fn handles(additions: &Additions, client: ClientCrate<'_>) -> Result<TokenStream, Error> {
    let new = additions.api.resources.iter().filter(|(name, _)| !additions.client.resources.contains(*name));
    let methods: Vec<TokenStream> = new
        .map(|(module, resource)| {
            let (name, ty) = (format_ident!("{module}"), format_ident!("{}", resource.type_name));
            let documentation = doc(&resource.doc, "");
            quote! {
                #documentation
                #[must_use]
                fn #name(&self) -> handles::#ty<&Self> {
                    handles::#ty::new(self)
                }
            }
        })
        .collect();
    if methods.is_empty() {
        return Ok(TokenStream::new());
    }
    let any_client = super::place::Place::Beside(additions, client).of_client("operation::AnyClient")?;
    Ok(quote! {
        /// The handles of plugins, as methods of the client, async or blocking.
        pub trait Plugins: #any_client {
            #(#methods)*
        }

        impl<C: #any_client> Plugins for C {}
    })
}
