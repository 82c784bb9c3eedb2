//! Operations: plain values which say what HTTP request they are and how to read the answer.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{self, doc, summary};
use super::files::{Module, Source, idents};
use super::tokens::{Scope, scalar, ty};
use super::{handles, history, paging, parameters, reference, wire};
use crate::api::{
    Answer, Api, Body, Full, Method, Operation, Parameter, ParameterValue, PathParameter, Scalar, Segment, Type,
};
use crate::history::History;
use crate::{Error, names};

pub(super) fn write(api: &Api, history: &History, files: &mut Source) -> Result<(), Error> {
    let mut groups: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        groups.entry(&operation.resource).or_default().push(operation);
    }
    let taken: BTreeSet<String> = groups.keys().map(|name| (*name).to_owned()).collect();
    let mut modules = Vec::new();
    for (name, operations) in &groups {
        let Some(resource) = api.resources.get(*name) else { continue };
        let mut items = vec![handles::handle(api, resource, operations)];
        for operation in operations {
            items.push(definition(api, history, operation));
            items.extend(operation.full.as_ref().map(|full| full_definition(api, history, operation, full)));
            items.extend(forwards(operation));
        }
        let doc = format!(
            "{}\n\nThe handle [`{}`], and the operations behind its methods.",
            resource.doc, resource.type_name
        );
        let names = operations.iter().flat_map(|operation| {
            let full = operation.full.as_ref().map(|_| full_type_name(operation));
            [Some(type_name(operation)), full].into_iter().flatten().map(|name| name.to_string())
        });
        let names: BTreeSet<String> = names.collect();
        let items = items.into_iter().map(|item| {
            let used = idents(&item).intersection(&names).cloned().collect();
            (item, used)
        });
        let parts = files.module("operations/", name, &doc, items.collect(), &format!("super::{name}"), &taken)?;
        modules.push(((*name).to_owned(), parts));
    }
    let mut text = String::from(
        "//! All operations of the API, a module for each handle of the client.\n\
         //!\n\
         //! An operation is a plain value: it can say which HTTP request it is and read the answer, and it sends\n\
         //! nothing. [`visit`] shows all of them to a visitor.\n\
         //!\n\
         //! 'Since' names the first release of Kimai that has the operation, as far as its API documents tell.\n\
         //!\n",
    );
    for line in docs::lines(&reference::table(api, history)) {
        text.push_str(&format!("//! {line}\n"));
    }
    text.push('\n');
    let mut exports = String::new();
    for (name, parts) in &modules {
        match parts.as_slice() {
            [only] => text.push_str(&format!("pub mod {};\n", only.name)),
            several => {
                // One module for the reader, however many files it takes.
                for Module { name: part, .. } in several {
                    text.push_str(&format!("#[path = \"{part}.rs\"]\nmod {part}_part;\n"));
                }
                exports.push_str(&format!("/// The operations of `{name}`.\npub mod {name} {{\n"));
                for Module { name: part, .. } in several.iter().filter(|part| part.exports) {
                    exports.push_str(&format!("    pub use super::{part}_part::*;\n"));
                }
                exports.push_str("}\n\n");
            }
        }
    }
    text.push('\n');
    text.push_str(&exports);
    text.push_str(&super::files::pretty(&visit(api), "operations/mod.rs")?);
    files.text("operations/mod.rs", &text);
    Ok(())
}

/// The name of an operation's type.
pub(super) fn type_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}", names::operation(&operation.name))
}

pub(super) fn full_type_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}Full", type_name(operation))
}

/// Arguments which an operation cannot do without: names, types, and how they become values.
pub(super) fn arguments(operation: &Operation) -> Vec<(proc_macro2::Ident, TokenStream, TokenStream)> {
    let mut arguments = Vec::new();
    for parameter in path_parameters(operation) {
        let name = format_ident!("{}", parameter.name);
        let held = scalar(&parameter.ty);
        match parameter.ty {
            Scalar::String => arguments.push((name.clone(), quote!(impl Into<#held>), quote!(#name.into()))),
            _ => arguments.push((name.clone(), held, quote!(#name))),
        }
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        let name = format_ident!("{}", parameter.name);
        if let Some((ty, value)) = parameters::argument(parameter) {
            arguments.push((name, ty, value));
        }
    }
    arguments
}

/// What the body is called and what type it has.
pub(super) fn body(operation: &Operation) -> Option<(proc_macro2::Ident, TokenStream)> {
    let (ty, hint) = match operation.body.as_ref()? {
        Body::Json(kind) => {
            let name = match kind {
                Type::Named(name) if name.ends_with("Patch") => "patch",
                Type::Named(name) if name.ends_with("Form") => "form",
                Type::List(_) => "items",
                _ => "body",
            };
            (ty(kind, Scope::Operations), name)
        }
        Body::Multipart(name) => {
            let name = format_ident!("{name}");
            (quote!(types::#name), "form")
        }
    };
    let taken = path_parameters(operation).any(|parameter| parameter.name == hint)
        || operation.parameters.iter().any(|parameter| parameter.name == hint);
    Some((if taken { format_ident!("{hint}_") } else { format_ident!("{hint}") }, ty))
}

fn path_parameters(operation: &Operation) -> impl Iterator<Item = &PathParameter> {
    operation.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(parameter) => Some(parameter),
        Segment::Literal(_) => None,
    })
}

fn optional(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| !parameter.required)
}

// Its fields are seen by the other files of the module, of which one may hold its implementation.
fn definition(api: &Api, history: &History, operation: &Operation) -> TokenStream {
    let name = type_name(operation);
    let text = format!("{}\n\n`{} {}`", short(operation), operation.method.as_str(), operation.template);
    let documentation = doc(&docs::with(&text, &operation.since), "");
    let path_fields = path_parameters(operation).map(|parameter| {
        let (name, ty) = (format_ident!("{}", parameter.name), scalar(&parameter.ty));
        quote!(#name: #ty)
    });
    let parameter_fields = operation.parameters.iter().map(parameters::field);
    let body = body(operation);
    let body_field = body.iter().map(|(name, ty)| quote!(#name: #ty));
    let arguments = arguments(operation);
    let parameters = arguments.iter().map(|(name, ty, _)| quote!(#name: #ty));
    let body_parameter = body.iter().map(|(name, ty)| quote!(#name: #ty));
    let values = arguments.iter().map(
        |(name, _, value)| {
            if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
        },
    );
    let defaults = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required || matches!(parameter.value, ParameterValue::Flag { .. }));
    let defaults = defaults.map(|parameter| {
        let name = format_ident!("{}", parameter.name);
        if let ParameterValue::Flag { .. } = parameter.value {
            let required = parameter.required;
            quote!(#name: #required)
        } else {
            quote!(#name: None)
        }
    });
    let body_value = body.iter().map(|(name, _)| quote!(#name));
    let setters = optional(operation).map(parameters::setter);
    let implementation = implementation(api, history, operation);
    let is_empty = arguments.is_empty() && body.is_none();
    let default = is_empty.then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #documentation
        #[derive(Clone, Debug)]
        #[must_use = "an operation does nothing until it is sent"]
        pub struct #name {
            #(pub(super) #path_fields,)*
            #(pub(super) #parameter_fields,)*
            #(pub(super) #body_field,)*
        }

        impl #name {
            /// The operation with what it cannot do without.
            pub fn new(#(#parameters,)* #(#body_parameter,)*) -> Self {
                Self { #(#values,)* #(#defaults,)* #(#body_value,)* }
            }

            #(#setters)*
        }

        #default

        #implementation
    }
}

fn short(operation: &Operation) -> String {
    let text = summary(&operation.doc);
    if text.is_empty() { format!("The operation `{}`.", operation.name) } else { text.to_owned() }
}

fn implementation(api: &Api, history: &History, operation: &Operation) -> TokenStream {
    let name = type_name(operation);
    let segments = operation.path.iter().map(|segment| match segment {
        Segment::Literal(text) => quote!(&#text),
        Segment::Parameter(parameter) => {
            let name = format_ident!("{}", parameter.name);
            wire::segment(&parameter.ty, &quote!(&self.#name))
        }
    });
    let mut writes: Vec<TokenStream> = operation.parameters.iter().map(parameters::write).collect();
    if operation.answer == Answer::Download {
        writes.push(quote!(request.header("accept", Some("*/*"))?;));
    }
    let body = body(operation).map(|(name, _)| {
        if let Some(Body::Json(kind)) = &operation.body {
            wire::write_json(kind, &quote!(&self.#name))
        } else {
            quote!(request.multipart(&self.#name)?;)
        }
    });
    let build = quote!(HttpRequest::new(Self::METHOD, &[#(#segments),*]));
    let request = if writes.is_empty() && body.is_none() {
        build
    } else {
        quote! {
            let mut request = #build?;
            #(#writes)*
            #body
            Ok(request)
        }
    };
    let constants = constants(operation, &operation.name);
    let history = history::table(api, history, operation);
    let (output, decode) = output(&operation.answer);
    let paged = paging::list(api, operation);
    quote! {
        impl Operation for #name {
            type Output = #output;

            #constants
            #history

            fn request(&self) -> Result<HttpRequest, InvalidRequest> {
                #request
            }

            fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
                #decode
            }
        }

        #paged
    }
}

fn constants(operation: &Operation, name: &str) -> TokenStream {
    let name = format!("{}.{name}", operation.resource);
    let method = match operation.method {
        Method::Get => quote!(Method::GET),
        Method::Post => quote!(Method::POST),
        Method::Put => quote!(Method::PUT),
        Method::Patch => quote!(Method::PATCH),
        Method::Delete => quote!(Method::DELETE),
    };
    let path = &operation.template;
    let permissions = operation.permissions.iter().map(|permission| {
        let alternatives = &permission.0;
        quote!(&[#(#alternatives),*])
    });
    let flags = [
        (operation.internal, quote!(INTERNAL)),
        (operation.deprecated, quote!(DEPRECATED)),
        (operation.writes, quote!(WRITES)),
    ];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| quote!(const #flag: bool = true;));
    quote! {
        const NAME: &'static str = #name;
        const METHOD: Method = #method;
        const PATH: &'static str = #path;
        const PERMISSIONS: &'static [&'static [&'static str]] = &[#(#permissions),*];
        #(#flags)*
    }
}

pub(super) fn output(answer: &Answer) -> (TokenStream, TokenStream) {
    match answer {
        Answer::Empty => (quote!(()), quote!(response.empty())),
        Answer::Json(kind) => (ty(kind, Scope::Operations), wire::read_json(kind)),
        Answer::Page(kind) => {
            let item = ty(kind, Scope::Operations);
            (quote!(Page<#item>), wire::read_page(kind))
        }
        Answer::Download => (quote!(Download), quote!(response.download())),
    }
}

/// The variant which answers in full: the same request with one parameter more.
fn full_definition(api: &Api, history: &History, operation: &Operation, full: &Full) -> TokenStream {
    let (name, inner) = (full_type_name(operation), type_name(operation));
    let text = format!(
        "{}\n\n`{} {}?{}={}`: answers in full, with a type of its own (fact R9).",
        short(operation),
        operation.method.as_str(),
        operation.template,
        full.wire,
        full.value
    );
    let documentation = doc(&docs::with(&text, full_since(operation, full)), "");
    let constants = constants(operation, &format!("{}_full", operation.name));
    let history = history::full_table(history, operation, full, &inner);
    let (output, decode) = output(&full.answer);
    let (wire, value) = (&full.wire, &full.value);
    let paged = paging::full_list(api, operation, full);
    quote! {
        #documentation
        #[derive(Clone, Debug)]
        #[must_use = "an operation does nothing until it is sent"]
        pub struct #name(pub(super) #inner);

        impl #name {
            /// The operation with the answer in full.
            pub fn new(operation: #inner) -> Self {
                Self(operation)
            }
        }

        impl Operation for #name {
            type Output = #output;

            #constants
            #history

            fn request(&self) -> Result<HttpRequest, InvalidRequest> {
                let mut request = self.0.request()?;
                request.query(#wire, Some(#value));
                Ok(request)
            }

            fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
                #decode
            }
        }

        #paged
    }
}

/// When the answer in full came and went, which is not before its operation did.
pub(super) fn full_since<'a>(operation: &'a Operation, full: &'a Full) -> &'a str {
    if full.since.is_empty() { &operation.since } else { &full.since }
}

/// The setters of a request that was begun at a client.
fn forwards(operation: &Operation) -> Option<TokenStream> {
    let name = type_name(operation);
    let setters: Vec<TokenStream> =
        optional(operation).map(|parameter| parameters::forward(parameter, &name)).collect();
    let full = operation.full.as_ref().filter(|_| operation.body.is_none()).map(|full| {
        let documentation =
            doc(&docs::with(&reference::full_setting(operation, &full.answer), full_since(operation, full)), "");
        let full = full_type_name(operation);
        quote! {
            #documentation
            pub fn full(self) -> Request<C, #full> {
                self.map(#full::new)
            }
        }
    });
    (!setters.is_empty() || full.is_some()).then(|| {
        let text = format!(" Settings of `{}.{}`, which [`{name}`] documents.", operation.resource, operation.name);
        quote! {
            #[doc = #text]
            impl<C> Request<C, #name> {
                #(#setters)*
                #full
            }
        }
    })
}

/// Shows every operation to a visitor.
fn visit(api: &Api) -> TokenStream {
    let calls = api.operations.iter().flat_map(|operation| {
        let module = format_ident!("{}", operation.resource);
        let one = |name: proc_macro2::Ident, answer: &Answer| {
            let method = match answer {
                Answer::Empty => quote!(empty),
                Answer::Json(kind) | Answer::Page(kind) if !wire::has_serde(kind) => quote!(operation),
                Answer::Json(_) => quote!(json),
                Answer::Page(_) => quote!(page),
                Answer::Download => quote!(download),
            };
            quote!(visitor.#method::<#module::#name>();)
        };
        let full = operation.full.as_ref().map(|full| one(full_type_name(operation), &full.answer));
        [Some(one(type_name(operation), &operation.answer)), full].into_iter().flatten().collect::<Vec<_>>()
    });
    let unused = api.operations.is_empty().then(|| quote!(let _ = visitor;));
    quote! {
        /// Shows every operation to the visitor, ordered by handle, path and method.
        #[allow(clippy::too_many_lines, reason = "a line for each operation")]
        pub fn visit(visitor: &mut impl crate::operation::Visitor) {
            #(#calls)*
            #unused
        }
    }
}
