//! Objects.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{self, doc};
use super::tokens::{Scope, argument, id, ty};
use super::wire::{self, Side};
use crate::api::{Field, Type, TypeDef};

const SCOPE: Scope = Scope::Types;

/// An object in a response: tolerant, and without a constructor.
pub(super) fn answer(def: &TypeDef, fields: &[Field], extra: Option<&Type>, serde: &TokenStream) -> TokenStream {
    let name = ident(&def.name);
    let documentation = type_doc(def, "An object that Kimai does not document.");
    let fields = fields.iter().map(answer_field);
    let extra = extra.map(|ty| extra_field(ty, true, Side::Response));
    quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #serde
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #extra
        }
    }
}

/// The id of an object that some releases replace with its id.
pub(super) fn identified(def: &TypeDef, thing: &str) -> TokenStream {
    let name = ident(&def.name);
    let id = id(thing);
    quote! {
        impl Identified for #name {
            type Id = #id;

            fn id(&self) -> Self::Id {
                self.id
            }
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
        if !field.keeps_null {
            serde.push(quote!(skip_serializing_if = "Option::is_none"));
        }
    }
    let encoding = wire::argument(field, if optional { "Nullable" } else { "Value" }, Side::Response);
    if encoding.is_some() && optional && field.required {
        serde.push(quote!(default));
    }
    let attribute = attributes(&serde, encoding.as_slice());
    let ty = if optional { quote!(Option<#plain>) } else { plain };
    quote! {
        #documentation
        #attribute
        pub #name: #ty,
    }
}

/// A form: the constructor requires the required fields.
pub(super) fn form(
    def: &TypeDef,
    fields: &[Field],
    extra: Option<&Type>,
    is_multipart: bool,
    serde: &TokenStream,
) -> TokenStream {
    let name = ident(&def.name);
    let documentation = type_doc(def, "A form that Kimai does not document.");
    let is_json = !has_files(fields);
    let definitions = fields.iter().map(|field| form_field(field, is_json));
    let extra_field = extra.map(|ty| extra_field(ty, is_json, Side::Request));
    let constructors = constructors(fields, extra.is_some());
    let setters = fields.iter().filter(|field| !is_argument(field, fields)).map(|field| setter(field, &quote!(Some)));
    let extra_setter = extra.map(extra_setter);
    let has_default = !fields.iter().any(|field| is_argument(field, fields));
    let has_initial = fields.iter().any(|field| field.initial.is_some());
    let plain_default = (has_default && !has_initial).then(|| quote!(Default,));
    let default = (has_default && has_initial).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let derives = if is_json {
        quote!(Clone, Debug, PartialEq, #plain_default Serialize, Deserialize)
    } else {
        quote!(Clone, Debug, #plain_default)
    };
    let serde = is_json.then_some(serde);
    let strict = (is_json && extra.is_none()).then(|| quote!(#[serde(deny_unknown_fields)]));
    let multipart = is_multipart.then(|| multipart(&name, fields, extra));
    quote! {
        #documentation
        #[derive(#derives)]
        #serde
        #strict
        #[non_exhaustive]
        pub struct #name {
            #(#definitions)*
            #extra_field
        }

        impl #name {
            #constructors

            #(#setters)*
            #extra_setter
        }

        #default
        #multipart
    }
}

/// Whether the constructor takes the field: all that is required, but not several which may be null.
pub(super) fn is_argument(field: &Field, fields: &[Field]) -> bool {
    field.required && (!field.nullable || sole_nullable(fields).is_some_and(|sole| sole.wire == field.wire))
}

/// The one required property that may be null, for which there is a constructor that sends null.
pub(super) fn sole_nullable(fields: &[Field]) -> Option<&Field> {
    let mut nullable = fields.iter().filter(|field| field.required && field.nullable);
    nullable.next().filter(|_| nullable.next().is_none())
}

fn constructors(fields: &[Field], has_extra: bool) -> TokenStream {
    let extra = has_extra.then(|| quote!(extra: BTreeMap::new()));
    let signature = |cleared: Option<&Field>| {
        let is_cleared = |field: &Field| cleared.is_some_and(|cleared| cleared.wire == field.wire);
        let taken = |field: &Field| is_argument(field, fields) && !is_cleared(field);
        let arguments: Vec<TokenStream> = fields
            .iter()
            .filter(|field| taken(field))
            .map(|field| {
                let name = ident(&field.name);
                let ty = argument(&field.ty, &name, SCOPE).ty;
                quote!(#name: #ty)
            })
            .collect();
        let values = fields.iter().map(|field| {
            let name = ident(&field.name);
            if !taken(field) {
                let value = if let Some(value) = field.initial { quote!(Some(#value)) } else { quote!(None) };
                return quote!(#name: #value);
            }
            let value = argument(&field.ty, &name, SCOPE).value;
            let value = if field.boxed { quote!(Box::new(#value)) } else { value };
            let value = if field.nullable { quote!(Some(#value)) } else { value };
            if value.to_string() == field.name { quote!(#name) } else { quote!(#name: #value) }
        });
        quote!((#(#arguments),*) -> Self { Self { #(#values,)* #extra } })
    };
    let documentation = doc(&constructor_doc(fields), "");
    let new = signature(None);
    let clear = sole_nullable(fields).map(|field| {
        let name = format_ident!("clear_{}", field.name);
        let documentation = doc(&format!("Creates a form that clears `{}`: it is sent as null.", field.name), "");
        let clear = signature(Some(field));
        quote! {
            #documentation
            #[must_use]
            pub fn #name #clear
        }
    });
    quote! {
        #documentation
        #[must_use]
        pub fn new #new

        #clear
    }
}

fn constructor_doc(fields: &[Field]) -> String {
    let has_arguments = fields.iter().any(|field| is_argument(field, fields));
    let mut text = if has_arguments {
        "Creates a form with the required fields; unset fields are omitted.".to_owned()
    } else {
        "Creates an empty form; unset fields are omitted.".to_owned()
    };
    let nulls: Vec<String> = fields
        .iter()
        .filter(|field| field.required && !is_argument(field, fields))
        .map(|field| format!("`{}`", field.name))
        .collect();
    if !nulls.is_empty() {
        text.push_str(&format!("\n\nUnless set, null is sent for {}.", nulls.join(" and ")));
    }
    let initial: Vec<String> = fields
        .iter()
        .filter(|field| !field.required)
        .filter_map(|field| field.initial.map(|value| format!("`{}` is `{value}`", field.name)))
        .collect();
    if !initial.is_empty() {
        let list = initial.join(" and ");
        text.push_str(&format!("\n\nUnless set, {list}, since some servers treat an omitted field as `false`."));
    }
    text
}

/// Files cannot be written as JSON: a form with some is written as parts only.
pub(crate) fn has_files(fields: &[Field]) -> bool {
    fields.iter().any(|field| match &field.ty {
        Type::List(item) => **item == Type::Upload,
        ty => *ty == Type::Upload,
    })
}

fn form_field(field: &Field, is_json: bool) -> TokenStream {
    let name = ident(&field.name);
    let documentation = field_doc(field);
    let plain = boxed(field);
    let is_value = field.required && !field.nullable;
    let mut serde = rename(field);
    if !field.required {
        serde.push(quote!(default));
        serde.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    let encoding = wire::argument(field, if is_value { "Value" } else { shape(field) }, Side::Request);
    let attribute = if is_json { attributes(&serde, encoding.as_slice()) } else { quote!() };
    let ty = if is_value { plain } else { quote!(Option<#plain>) };
    quote! {
        #documentation
        #attribute
        pub #name: #ty,
    }
}

/// A required option is sent as null; others are omitted, since servers treat null as a value.
fn shape(field: &Field) -> &'static str {
    if field.required { "Nullable" } else { "Given" }
}

/// A change of some fields.
pub(super) fn patch(def: &TypeDef, fields: &[Field], extra: Option<&Type>, serde: &TokenStream) -> TokenStream {
    let name = ident(&def.name);
    let documentation = type_doc(def, "A change of some fields.");
    let strict = extra.is_none().then(|| quote!(#[serde(deny_unknown_fields)]));
    let definitions = fields.iter().map(patch_field);
    let extra_field = extra.map(|ty| extra_field(ty, true, Side::Request));
    let extra_setter = extra.map(extra_setter);
    let setters = fields.iter().map(|field| {
        if !field.clearable {
            return setter(field, &quote!(Some));
        }
        let set = setter(field, &quote!(Patch::Set));
        let (field_name, clear) = (ident(&field.name), format_ident!("clear_{}", field.name));
        let text = format!("Clears `{}`; see [`{0}`](Self::{0}()).", field.name);
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
        /// Fields that are not set are omitted and keep their values. A cleared field is sent as null.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #serde
        #strict
        #[non_exhaustive]
        pub struct #name {
            #(#definitions)*
            #extra_field
        }

        impl #name {
            /// Creates a patch without changes.
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
    serde.push(quote!(default));
    let (ty, encoding) = if field.clearable {
        serde.push(quote!(skip_serializing_if = "Patch::is_keep"));
        (quote!(Patch<#plain>), wire::argument(field, "Changed", Side::Request))
    } else {
        serde.push(quote!(skip_serializing_if = "Option::is_none"));
        (quote!(Option<#plain>), wire::argument(field, "Given", Side::Request))
    };
    let attribute = attributes(&serde, encoding.as_slice());
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
fn multipart(name: &Ident, fields: &[Field], extra: Option<&Type>) -> TokenStream {
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
    let extra = extra.map(|ty| {
        let part = wire::of_type(ty, Side::Request).map_or_else(
            || quote!(form.value(name, value)?;),
            |encoder| wire::write_part(&encoder, &quote!(name), &quote!(value)),
        );
        quote! {
            for (name, value) in &self.extra {
                #part
            }
        }
    });
    quote! {
        impl multipart::Multipart for #name {
            fn form(&self) -> Result<multipart::Form, InvalidRequest> {
                let mut form = multipart::Form::default();
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
    if let Some(encoder) = wire::of_field(field, Side::Request) {
        return wire::write_parts(&encoder, &quote!(#wire), value);
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
        "Not documented by Kimai.".clone_into(&mut text);
    }
    if field.deprecated {
        text.push_str("\n\nDeprecated.");
    }
    doc(&docs::with(&text, &field.since), "")
}

fn extra_field(ty: &Type, is_json: bool, side: Side) -> TokenStream {
    let encoding = wire::of_type(ty, side).map(|item| {
        let path = wire::Encoder::map_of(item).shaped("Value");
        quote!(, with = #path)
    });
    let ty = self::ty(ty, SCOPE);
    let attribute = is_json.then(|| quote!(#[serde(flatten #encoding)]));
    quote! {
        /// Further fields.
        #attribute
        pub extra: BTreeMap<String, #ty>,
    }
}

fn extra_setter(ty: &Type) -> TokenStream {
    let argument = argument(ty, &ident("value"), SCOPE);
    let (ty, value) = (argument.ty, argument.value);
    quote! {
        /// Sets a further field.
        #[must_use]
        pub fn extra(mut self, name: impl Into<String>, value: #ty) -> Self {
            self.extra.insert(name.into(), #value);
            self
        }
    }
}

pub(super) fn boxed(field: &Field) -> TokenStream {
    let plain = ty(&field.ty, SCOPE);
    if field.boxed { quote!(Box<#plain>) } else { plain }
}

fn rename(field: &Field) -> Vec<TokenStream> {
    let wire = &field.wire;
    if *wire == field.name { Vec::new() } else { vec![quote!(rename = #wire)] }
}

/// The encoding apart from the rest, which keeps both on one line.
fn attributes(parts: &[TokenStream], encoding: &[TokenStream]) -> TokenStream {
    let (parts, encoding) = (attribute(parts), attribute(encoding));
    quote!(#parts #encoding)
}

fn attribute(parts: &[TokenStream]) -> TokenStream {
    if parts.is_empty() { quote!() } else { quote!(#[serde(#(#parts),*)]) }
}

/// The documentation of a type, with the name of Kimai's schema.
fn type_doc(def: &TypeDef, fallback: &str) -> TokenStream {
    let text = if def.doc.trim().is_empty() { fallback } else { &def.doc };
    let Some(schema) = def.schema().filter(|schema| *schema != def.name) else { return doc(text, "") };
    let documentation = doc(&docs::with(text, &format!("The API document calls it `{schema}`.")), "");
    quote!(#documentation #[doc(alias = #schema)])
}

fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}
