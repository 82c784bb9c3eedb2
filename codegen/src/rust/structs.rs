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
    let extra = extra.map(|ty| extra_field(ty, true));
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
    let definitions = fields.iter().map(|field| form_field(field, !has_files(fields)));
    let extra_field = extra.map(|ty| extra_field(ty, !has_files(fields)));
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
    let extra_setter = extra.map(extra_setter);
    let default = required.is_empty().then(|| quote!(Default,));
    let new_doc = if required.is_empty() {
        " An empty one; what is not set is not sent.".to_owned()
    } else {
        " One with what the server requires; what is not set is not sent.".to_owned()
    };
    let derives = if has_files(fields) {
        quote!(Clone, Debug, #default)
    } else {
        quote!(Clone, Debug, PartialEq, #default Serialize)
    };
    let multipart = is_multipart.then(|| multipart(&name, fields, extra.is_some()));
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

/// Files cannot be written as JSON: a form with some is written as parts only.
fn has_files(fields: &[Field]) -> bool {
    fields.iter().any(|field| match &field.ty {
        Type::List(item) => **item == Type::Upload,
        ty => *ty == Type::Upload,
    })
}

fn form_field(field: &Field, is_json: bool) -> TokenStream {
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
    let attribute = if is_json { attribute(&serde) } else { quote!() };
    let ty = if optional || field.nullable { quote!(Option<#plain>) } else { plain };
    quote! {
        #documentation
        #attribute
        pub #name: #ty,
    }
}

/// What a client sends to change a part.
pub(super) fn patch(def: &TypeDef, fields: &[Field], extra: Option<&Type>) -> TokenStream {
    let name = ident(&def.name);
    let documentation = doc(&def.doc, &format!("`{}`, as the server takes it.", def.name));
    let definitions = fields.iter().map(patch_field);
    let extra_field = extra.map(|ty| extra_field(ty, true));
    let extra_setter = extra.map(extra_setter);
    let setters = fields.iter().map(|field| {
        if !field.clearable {
            return setter(field, &quote!(Some));
        }
        let set = setter(field, &quote!(Patch::Set));
        let (field_name, clear) = (ident(&field.name), format_ident!("clear_{}", field.name));
        let text = format!("Clears `{}` (fact R1); [`Self::{}()`] says what it is.", field.wire, field.name);
        let documentation = doc(&text, "");
        quote! {
            #set

            #documentation
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
            #extra_field
        }

        impl #name {
            /// A patch that changes nothing yet.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            #(#setters)*
            #extra_setter
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
fn multipart(name: &Ident, fields: &[Field], has_extra: bool) -> TokenStream {
    let parts = fields.iter().map(|field| {
        let name = ident(&field.name);
        if field.required && !field.nullable {
            part(field, &quote!(&self.#name))
        } else {
            let part = part(field, &quote!(value));
            quote! {
                if let Some(value) = &self.#name {
                    #part
                }
            }
        }
    });
    let extra = has_extra.then(|| {
        quote! {
            for (name, value) in &self.extra {
                form.value(name, value)?;
            }
        }
    });
    quote! {
        impl crate::multipart::Multipart for #name {
            fn form(&self) -> Result<crate::multipart::Form, InvalidRequest> {
                let mut form = crate::multipart::Form::default();
                #(#parts)*
                #extra
                Ok(form)
            }
        }
    }
}

/// The statement which adds a part.
fn part(field: &Field, value: &TokenStream) -> TokenStream {
    let wire = &field.wire;
    if let Some(path) = encoder(field) {
        return quote!(form.written(#wire, #path::value(#value, serde_json::value::Serializer))?;);
    }
    match &field.ty {
        Type::Upload => quote!(form.file(#wire, #value);),
        Type::List(item) if **item == Type::Upload => quote!(form.files(#wire, #value);),
        Type::List(_) => quote!(form.values(#wire, #value)?;),
        _ => quote!(form.value(#wire, #value)?;),
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

fn extra_field(ty: &Type, is_json: bool) -> TokenStream {
    let ty = self::ty(ty, SCOPE);
    let attribute = is_json.then(|| quote!(#[serde(flatten)]));
    quote! {
        /// Properties which the document does not name.
        #attribute
        pub extra: BTreeMap<String, #ty>,
    }
}

fn extra_setter(ty: &Type) -> TokenStream {
    let argument = argument(ty, &ident("value"), SCOPE);
    let (ty, value) = (argument.ty, argument.value);
    quote! {
        /// Sets a property which the document does not name.
        #[must_use]
        pub fn extra(mut self, name: impl Into<String>, value: #ty) -> Self {
            self.extra.insert(name.into(), #value);
            self
        }
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
    let path = format!("{}::{shape}", encoder(field)?.to_string().replace(' ', ""));
    Some(quote!(serialize_with = #path))
}

/// The module which writes a value in another way than its type does.
fn encoder(field: &Field) -> Option<TokenStream> {
    match field.encoding {
        Encoding::Plain => None,
        Encoding::Finite => Some(quote!(crate::wire::finite)),
        Encoding::HoursMinutesSeconds => Some(quote!(crate::wire::hours_minutes_seconds)),
        Encoding::CommaSeparated => Some(quote!(crate::wire::comma_separated)),
        Encoding::DateAsDateTime => Some(quote!(crate::wire::date_as_date_time)),
    }
}

fn attribute(parts: &[TokenStream]) -> TokenStream {
    if parts.is_empty() { quote!() } else { quote!(#[serde(#(#parts),*)]) }
}

fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}
