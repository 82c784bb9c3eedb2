//! Operations: plain values that know their HTTP request and how to decode the response.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{self, doc, summary};
use super::files::{Source, pretty};
use super::place::Place;
use super::signature::{self, Content, full_type_name, output, path_parameters, required, type_name};
use super::tokens::scalar;
use super::{history, paging, parameters, reference, setters, wire};
use crate::Error;
use crate::api::{Answer, Api, Body, Full, Method, Operation, Parameter, ParameterPlace, ParameterValue, Segment};
use crate::history::History;

/// Writes a file for each resource; returns the paths of the traits with setters, below the module of operations.
pub(super) fn write(api: &Api, history: &History, files: &mut Source) -> Result<Vec<String>, Error> {
    let place = files.place;
    let mut groups: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        groups.entry(&operation.resource).or_default().push(operation);
    }
    let mut modules = String::new();
    let mut traits = Vec::new();
    for (name, operations) in &groups {
        let Some(resource) = api.resources.get(*name) else { continue };
        let handle = place.handle("super::super", name, resource);
        let doc = format!("The operations of [`{}`]({handle}).", handle.rsplit("::").next().unwrap_or_default());
        let is_outline = files.is_outline;
        let definitions = operations.iter().map(|operation| {
            let definition = if is_outline { outline(operation) } else { definition(api, history, operation) };
            let setters = if place.is_client() { setters::methods(operation) } else { None };
            quote!(#definition #setters)
        });
        let mut items = quote!(#(#definitions)*);
        if !place.is_client() {
            let (names, setters): (Vec<_>, Vec<_>) =
                operations.iter().filter_map(|one| setters::extension(one)).unzip();
            if !names.is_empty() {
                let doc = format!("The setters of optional parameters: a trait for each operation of `{name}()`.");
                let mut uses = vec![place.runtime()];
                uses.extend(place.ids_and_types("super::super::super"));
                files.items(&format!("operations/{name}/setters.rs"), &doc, &uses, quote!(#(#setters)*))?;
                items = quote!(pub mod setters; #items);
                traits.extend(names.iter().map(|trait_name| format!("{name}::setters::{trait_name}")));
            }
        }
        let mut uses = vec![place.runtime()];
        uses.extend(place.ids_and_types("super::super"));
        files.items(&format!("operations/{name}.rs"), &doc, &uses, items)?;
        modules.push_str(&format!("pub mod {name};\n"));
    }
    if !files.is_outline {
        let visit = pretty(visit(api, place)?, "operations/mod.rs")?;
        files.text("operations/mod.rs", &format!("{}{modules}\n{visit}", introduction(api, history, place)));
    }
    Ok(traits)
}

/// The documentation of the module, with a table of all operations.
fn introduction(api: &Api, history: &History, place: Place<'_>) -> String {
    let handles = if place.is_client() { "crate::handles" } else { "super::handles" };
    let since = if place.has_history(api) {
        "//! 'Since' is the first release of Kimai that has the operation.\n//!\n"
    } else {
        ""
    };
    let mut text = format!(
        "//! All operations of the API, in a module for each resource.\n\
         //!\n\
         //! An operation is a plain value: it knows its HTTP request and decodes the response, and does no I/O. The methods\n\
         //! of the [`handles`]({handles}) create operations; [`visit`] lists all of them.\n\
         //!\n\
         {since}"
    );
    for line in docs::lines(&reference::table(api, history, place)) {
        text.push_str(&format!("//! {line}\n"));
    }
    text.push('\n');
    text
}

/// An operation, and its variant with a full response.
fn definition(api: &Api, history: &History, operation: &Operation) -> TokenStream {
    let value = value(operation);
    let implementation = implementation(api, history, operation);
    let paged = paging::list(api, operation);
    let full = operation.full.as_ref().map(|full| full_definition(api, history, operation, full));
    quote!(#value #implementation #paged #full)
}

/// What an operation and its variant return, which the methods and settings of requests do not say.
fn outline(operation: &Operation) -> TokenStream {
    let of = |name: Ident, answer: &Answer| {
        let (output, _) = output(answer);
        quote!(impl Operation for #name { type Output = #output; })
    };
    let plain = of(type_name(operation), &operation.answer);
    let full = operation.full.as_ref().map(|full| of(full_type_name(operation), &full.answer));
    quote!(#plain #full)
}

/// The type of an operation, and its constructor.
fn value(operation: &Operation) -> TokenStream {
    let name = type_name(operation);
    let text = format!("{}\n\n`{} {}`", short(operation), operation.method.as_str(), operation.template);
    let documentation = doc(&docs::with(&text, &operation.since), "");
    let path_fields = path_parameters(operation).map(|parameter| {
        let (name, ty) = (format_ident!("{}", parameter.name), scalar(&parameter.ty));
        quote!(#name: #ty)
    });
    let parameter_fields = operation.parameters.iter().map(parameters::field);
    let body_field = signature::body(operation).map(|Content { name, held, .. }| quote!(#name: #held,));
    let arguments = required(operation);
    let values = arguments.iter().map(|argument| {
        let (name, value) = (&argument.name, &argument.value);
        if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
    });
    let defaults = operation.parameters.iter().filter_map(|parameter| {
        let name = format_ident!("{}", parameter.name);
        match parameter.value {
            ParameterValue::Flag { .. } => {
                let required = parameter.required;
                Some(quote!(#name: #required))
            }
            _ if parameter.required => None,
            _ => Some(quote!(#name: None)),
        }
    });
    let (derived, debug) = debug(operation);
    let parameters = signature::parameters(operation);
    let constructor = if parameters.is_empty() {
        "Creates the operation."
    } else {
        "Creates the operation from its required arguments."
    };
    let constructor = doc(constructor, "");
    let default = parameters.is_empty().then(|| {
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
        #[derive(#derived)]
        #[must_use = "an operation does nothing until it is sent"]
        pub struct #name {
            #(#path_fields,)*
            #(#parameter_fields,)*
            #body_field
        }

        impl #name {
            #constructor
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values,)* #(#defaults,)* }
            }
        }

        #debug
        #default
    }
}

/// What an operation derives, and its `Debug` if that is not derived: values of headers and cookies may be secrets.
fn debug(operation: &Operation) -> (TokenStream, Option<TokenStream>) {
    let is_shown = |parameter: &&Parameter| !matches!(parameter.place, ParameterPlace::Header | ParameterPlace::Cookie);
    if operation.parameters.iter().all(|parameter| is_shown(&parameter)) {
        return (quote!(Clone, Debug), None);
    }
    let name = type_name(operation);
    let text = name.to_string();
    let mut fields: Vec<Ident> =
        path_parameters(operation).map(|parameter| format_ident!("{}", parameter.name)).collect();
    let shown = operation.parameters.iter().filter(is_shown);
    fields.extend(shown.map(|parameter| format_ident!("{}", parameter.name)));
    fields.extend(signature::body(operation).map(|content| content.name));
    let names = fields.iter().map(ToString::to_string);
    let debug = quote! {
        /// Shows neither headers nor cookies, which may be secrets.
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(.field(#names, &self.#fields))*.finish_non_exhaustive()
            }
        }
    };
    (quote!(Clone), Some(debug))
}

fn short(operation: &Operation) -> String {
    let text = summary(&operation.doc);
    if text.is_empty() { format!("The operation `{}`.", operation.name) } else { text.to_owned() }
}

fn implementation(api: &Api, history: &History, operation: &Operation) -> TokenStream {
    let name = type_name(operation);
    let constants = constants(operation, &operation.name);
    let history = history::table(api, history, operation);
    let (output, decode) = output(&operation.answer);
    let request = request(operation);
    // `inline`: a program compiles only the operations that it uses. The release build of the client takes half the time.
    quote! {
        impl Operation for #name {
            type Output = #output;

            #constants
            #history

            #[inline]
            fn request(&self) -> Result<HttpRequest, InvalidRequest> {
                #request
            }

            #[inline]
            fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
                #decode
            }
        }
    }
}

/// The statements that build the HTTP request.
fn request(operation: &Operation) -> TokenStream {
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
    if let (Some(body), Some(Content { name, .. })) = (&operation.body, signature::body(operation)) {
        writes.push(match body {
            Body::Json(kind) => wire::write_json(kind, &quote!(&self.#name)),
            Body::Multipart(_) => quote!(request.multipart(&self.#name)?;),
            Body::UrlEncoded(_) => quote!(request.form(&self.#name)?;),
            Body::Text(media_type) => quote!(request.text(#media_type, self.#name.clone());),
            Body::Bytes(media_type) => quote!(request.bytes(#media_type, self.#name.clone());),
        });
    }
    let constructor = if operation.outside_api { quote!(outside_api) } else { quote!(new) };
    let build = quote!(HttpRequest::#constructor(Self::METHOD, &[#(#segments),*]));
    if writes.is_empty() {
        return build;
    }
    quote! {
        let mut request = #build?;
        #(#writes)*
        Ok(request)
    }
}

fn constants(operation: &Operation, name: &str) -> TokenStream {
    let name = format!("{}.{name}", operation.resource);
    let method = match operation.method {
        Method::Get => quote!(Method::GET),
        Method::Head => quote!(Method::HEAD),
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
    let permissions = (!operation.permissions.is_empty())
        .then(|| quote!(const PERMISSIONS: &'static [&'static [&'static str]] = &[#(#permissions),*];));
    let flags = [
        (operation.plugin, quote!(PLUGIN)),
        (operation.internal, quote!(INTERNAL)),
        (operation.deprecated, quote!(DEPRECATED)),
        (operation.writes, quote!(WRITES)),
    ];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| quote!(const #flag: bool = true;));
    quote! {
        const NAME: &'static str = #name;
        const METHOD: Method = #method;
        const PATH: &'static str = #path;
        #permissions
        #(#flags)*
    }
}

/// The variant with a full response: the same request with one more parameter.
fn full_definition(api: &Api, history: &History, operation: &Operation, full: &Full) -> TokenStream {
    let (name, inner) = (full_type_name(operation), type_name(operation));
    let text = format!(
        "{}\n\n`{} {}?{}={}`, whose response has a type of its own.",
        short(operation),
        operation.method.as_str(),
        operation.template,
        full.wire,
        full.value
    );
    let documentation = doc(&docs::with(&text, reference::full_since(operation, full)), "");
    let constants = constants(operation, &format!("{}_full", operation.name));
    let history = history::full_table(history, operation, full, &inner);
    let (output, decode) = output(&full.answer);
    let (wire, value) = (&full.wire, &full.value);
    let paged = paging::full_list(api, operation, full);
    quote! {
        #documentation
        #[derive(Clone, Debug)]
        #[must_use = "an operation does nothing until it is sent"]
        pub struct #name(#inner);

        impl #name {
            /// Creates the operation from the one without the parameter.
            pub fn new(operation: #inner) -> Self {
                Self(operation)
            }
        }

        impl Operation for #name {
            type Output = #output;

            #constants
            #history

            #[inline]
            fn request(&self) -> Result<HttpRequest, InvalidRequest> {
                let mut request = self.0.request()?;
                request.query(#wire, Some(#value));
                Ok(request)
            }

            #[inline]
            fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
                #decode
            }
        }

        #paged
    }
}

/// Shows every operation to a visitor.
fn visit(api: &Api, place: Place<'_>) -> Result<TokenStream, Error> {
    let calls = api.operations.iter().flat_map(|operation| {
        let module = format_ident!("{}", operation.resource);
        let one = |name: proc_macro2::Ident, answer: &Answer| {
            let method = match answer {
                Answer::Empty => quote!(empty),
                Answer::Json(kind) | Answer::Page(kind) if !wire::has_serde(kind) => quote!(operation),
                Answer::Json(_) | Answer::Text | Answer::Undeclared => quote!(json),
                Answer::OptionalJson(kind) if wire::has_serde(kind) => quote!(json),
                Answer::OptionalJson(_) | Answer::Headers => quote!(operation),
                Answer::Page(_) => quote!(page),
                Answer::Download => quote!(download),
            };
            quote!(visitor.#method::<#module::#name>();)
        };
        let full = operation.full.as_ref().map(|full| one(full_type_name(operation), &full.answer));
        [Some(one(type_name(operation), &operation.answer)), full].into_iter().flatten().collect::<Vec<_>>()
    });
    let unused = api.operations.is_empty().then(|| quote!(let _ = visitor;));
    let visitor = place.of_client("operation::Visitor")?;
    Ok(quote! {
        /// Calls the visitor for every operation, ordered by resource, path and method.
        #[allow(clippy::too_many_lines, reason = "a line for each operation")]
        pub fn visit(visitor: &mut impl #visitor) {
            #(#calls)*
            #unused
        }
    })
}
