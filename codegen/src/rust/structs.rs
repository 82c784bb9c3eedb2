//! Objects.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::doc;
use super::tokens::{Scope, argument, ty};
use crate::api::{Encoding, Field, Type, TypeDef};

const SCOPE: Scope = Scope::Types;

/// What a server answers: tolerant, and not to be built by hand.
pub(super) fn answer(def: &TypeDef, fields: &[Field], extra: Option<&Type>) -> TokenStream {
    let name = ident(&def.name);
    let documentation = doc(&def.doc, &format!("`{}`, as the server answers it.", def.name));
    let fields = fields.iter().map(answer_field);
    let extra = extra.map(extra_field);
    quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #extra
        }
    }
}

fn answer_field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let documentation = field_doc(field);
    let plain = boxed(field);
    let optional = field.nullable || !field.required;
    let mut serde = rename(field);
    if !field.required {
        serde.push(quote!(default));
        serde.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    if matches!(field.ty, Type::Map(_)) {
        let module = if optional { "crate::wire::map::option" } else { "crate::wire::map::value" };
        serde.push(quote!(deserialize_with = #module));
        if optional && field.required {
            serde.push(quote!(default));
        }
    }
    let attribute = attribute(&serde);
    let ty = if optional { quote!(Option<#plain>) } else { plain };
    quote! {
        #documentation
        #attribute
        pub #name: #ty,
    }
}

/// What a client sends: the constructor takes what is required.
pub(super) fn form(def: &TypeDef, fields: &[Field], extra: Option<&Type>, is_multipart: bool) -> TokenStream {
    let name = ident(&def.name);
    let documentation = doc(&def.doc, &format!("`{}`, as the server takes it.", def.name));
    let required: Vec<&Field> = fields.iter().filter(|field| field.required).collect();
    let definitions = fields.iter().map(|field| form_field(field, is_multipart));
    let extra_field = extra.map(extra_field);
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name);
        let argument = argument(&field.ty, &name, SCOPE);
        let ty = argument.ty;
        if field.nullable {
            let ty = self::ty(&field.ty, SCOPE);
            quote!(#name: Option<#ty>)
        } else {
            quote!(#name: #ty)
        }
    });
    let values = fields.iter().map(|field| {
        let name = ident(&field.name);
        if !field.required {
            return quote!(#name: None);
        }
        if field.nullable {
            return if field.boxed { quote!(#name: #name.map(Box::new)) } else { quote!(#name) };
        }
        let value = argument(&field.ty, &name, SCOPE).value;
        let value = if field.boxed { quote!(Box::new(#value)) } else { value };
        if value.to_string() == field.name { quote!(#name) } else { quote!(#name: #value) }
    });
    let extra_value = extra.map(|_| quote!(extra: BTreeMap::new()));
    let setters = fields.iter().filter(|field| !field.required).map(|field| setter(field, &quote!(Some)));
    let extra_setter = extra.map(|ty| {
        let ty = self::ty(ty, SCOPE);
        quote! {
            /// Sets a property which the document does not name.
            #[must_use]
            pub fn extra(mut self, name: impl Into<String>, value: #ty) -> Self {
                self.extra.insert(name.into(), value);
                self
            }
        }
    });
    let default = required.is_empty().then(|| quote!(Default,));
    let new_doc = if required.is_empty() {
        " An empty one; what is not set is not sent.".to_owned()
    } else {
        " One with what the server requires; what is not set is not sent.".to_owned()
    };
    let derives =
        if is_multipart { quote!(Clone, Debug, #default) } else { quote!(Clone, Debug, PartialEq, #default Serialize) };
    let multipart = is_multipart.then(|| multipart(&name, fields));
    quote! {
        #documentation
        #[derive(#derives)]
        #[non_exhaustive]
        pub struct #name {
            #(#definitions)*
            #extra_field
        }

        impl #name {
            #[doc = #new_doc]
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #extra_value }
            }

            #(#setters)*
            #extra_setter
        }

        #multipart
    }
}

fn form_field(field: &Field, is_multipart: bool) -> TokenStream {
    let name = ident(&field.name);
    let documentation = field_doc(field);
    let plain = boxed(field);
    let mut serde = rename(field);
    let optional = !field.required;
    if optional {
        serde.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    let shape = if optional || field.nullable { "option" } else { "value" };
    serde.extend(encoding(field, shape));
    let attribute = if is_multipart { quote!() } else { attribute(&serde) };
    let ty = if optional || field.nullable { quote!(Option<#plain>) } else { plain };
    quote! {
        #documentation
        #attribute
        pub #name: #ty,
    }
}

/// What a client sends to change a part.
pub(super) fn patch(def: &TypeDef, fields: &[Field]) -> TokenStream {
    let name = ident(&def.name);
    let documentation = doc(&def.doc, &format!("`{}`, as the server takes it.", def.name));
    let definitions = fields.iter().map(patch_field);
    let setters = fields.iter().map(|field| {
        if !field.clearable {
            return setter(field, &quote!(Some));
        }
        let set = setter(field, &quote!(Patch::Set));
        let (field_name, clear) = (ident(&field.name), format_ident!("clear_{}", field.name));
        let text = format!(" Clears `{}` (fact R1).", field.wire);
        quote! {
            #set

            #[doc = #text]
            #[must_use]
            pub fn #clear(mut self) -> Self {
                self.#field_name = Patch::Clear;
                self
            }
        }
    });
    quote! {
        #documentation
        ///
        /// What is not set keeps its value (fact R1).
        #[derive(Clone, Debug, Default, PartialEq, Serialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#definitions)*
        }

        impl #name {
            /// A patch that changes nothing yet.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            #(#setters)*
        }
    }
}

fn patch_field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let documentation = field_doc(field);
    let plain = boxed(field);
    let mut serde = rename(field);
    let ty = if field.clearable {
        serde.push(quote!(skip_serializing_if = "Patch::is_keep"));
        serde.extend(encoding(field, "patch"));
        quote!(Patch<#plain>)
    } else {
        serde.push(quote!(skip_serializing_if = "Option::is_none"));
        serde.extend(encoding(field, "option"));
        quote!(Option<#plain>)
    };
    let attribute = attribute(&serde);
    quote! {
        #documentation
        #attribute
        pub #name: #ty,
    }
}

fn setter(field: &Field, wrap: &TokenStream) -> TokenStream {
    let name = ident(&field.name);
    let documentation = field_doc(field);
    let argument = argument(&field.ty, &name, SCOPE);
    let (ty, value) = (argument.ty, argument.value);
    let value = if field.boxed { quote!(Box::new(#value)) } else { value };
    quote! {
        #documentation
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #wrap(#value);
            self
        }
    }
}

/// The parts of a `multipart/form-data` body.
fn multipart(name: &Ident, fields: &[Field]) -> TokenStream {
    let parts = fields.iter().map(|field| {
        let (name, wire) = (ident(&field.name), &field.wire);
        let method = match &field.ty {
            ty if *ty == Type::Upload => quote!(file),
            Type::List(item) if **item == Type::Upload => quote!(files),
            _ => quote!(value),
        };
        if field.required && !field.nullable {
            let fallible = (method.to_string() == "value").then(|| quote!(?));
            quote!(form.#method(#wire, &self.#name)#fallible;)
        } else {
            let fallible = (method.to_string() == "value").then(|| quote!(?));
            quote! {
                if let Some(value) = &self.#name {
                    form.#method(#wire, value)#fallible;
                }
            }
        }
    });
    quote! {
        impl crate::multipart::Multipart for #name {
            fn form(&self) -> Result<crate::multipart::Form, InvalidRequest> {
                let mut form = crate::multipart::Form::default();
                #(#parts)*
                Ok(form)
            }
        }
    }
}

fn field_doc(field: &Field) -> TokenStream {
    let mut text = field.doc.trim().to_owned();
    if text.is_empty() {
        text = format!("`{}`, of which the document says no more.", field.wire);
    }
    if field.deprecated {
        text.push_str("\n\nDeprecated.");
    }
    doc(&text, "")
}

fn extra_field(ty: &Type) -> TokenStream {
    let ty = self::ty(ty, SCOPE);
    quote! {
        /// Properties which the document does not name.
        #[serde(flatten)]
        pub extra: BTreeMap<String, #ty>,
    }
}

fn boxed(field: &Field) -> TokenStream {
    let plain = ty(&field.ty, SCOPE);
    if field.boxed { quote!(Box<#plain>) } else { plain }
}

fn rename(field: &Field) -> Vec<TokenStream> {
    let wire = &field.wire;
    if *wire == field.name { Vec::new() } else { vec![quote!(rename = #wire)] }
}

fn encoding(field: &Field, shape: &str) -> Option<TokenStream> {
    let module = match field.encoding {
        Encoding::Plain => return None,
        Encoding::HoursMinutesSeconds => "hours_minutes_seconds",
        Encoding::CommaSeparated => "comma_separated",
        Encoding::DateAsDateTime => "date_as_date_time",
    };
    let path = format!("crate::wire::{module}::{shape}");
    Some(quote!(serialize_with = #path))
}

fn attribute(parts: &[TokenStream]) -> TokenStream {
    if parts.is_empty() { quote!() } else { quote!(#[serde(#(#parts),*)]) }
}

fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}
