//! Methods of objects that find a value in a list of names and values.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{self, doc};
use super::place::Place;
use crate::Error;
use crate::api::{self, Api, Field, LookupFields};

/// The implementations with these methods, by the name of the type.
pub(super) fn all(api: &Api, place: Place<'_>) -> Result<BTreeMap<String, TokenStream>, Error> {
    let mut all = BTreeMap::new();
    for def in api.types.values().filter(|def| place.defines_type(&def.name)) {
        let methods: Vec<TokenStream> = api::lookups(def, &api.types)?.iter().map(method).collect();
        if !methods.is_empty() {
            let name = format_ident!("{}", def.name);
            all.insert(def.name.clone(), quote!(impl #name { #(#methods)* }));
        }
    }
    Ok(all)
}

fn method(found: &LookupFields<'_>) -> TokenStream {
    let [method, list, name, value] =
        [found.method, &found.list.name, &found.name.name, &found.value.name].map(|name| format_ident!("{name}"));
    let documentation = doc(&documentation(found.list), "");
    let elements = if is_option(found.list) { quote!(iter().flatten()) } else { quote!(iter()) };
    let is_it =
        if is_option(found.name) { quote!(one.#name.as_deref() == Some(name)) } else { quote!(one.#name == name) };
    let text = if is_option(found.value) {
        quote!(and_then(|one| one.#value.as_deref()))
    } else {
        quote!(map(|one| one.#value.as_str()))
    };
    quote! {
        #documentation
        #[must_use]
        pub fn #method(&self, name: &str) -> Option<&str> {
            self.#list.#elements.find(|one| #is_it).#text
        }
    }
}

/// What the documentation of the list says behind its summary holds for the values too.
fn documentation(list: &Field) -> String {
    let text = format!(
        "Returns the value of the first element of [`{0}`](Self::{0}) with this name.\n\n`None` if there is none, or if its value is \
         null.",
        list.name
    );
    docs::with(&text, list.doc.trim().split_once("\n\n").map_or("", |(_, rest)| rest))
}

/// Whether the field is an option.
fn is_option(field: &Field) -> bool {
    field.nullable || !field.required
}
