//! The documentation of operations: what one does and requires, what it returns, how it fails.

use super::docs::{self, summary};
use super::history;
use super::parameters::on_wire;
use super::place::Place;
use super::signature::optional;
use crate::Error;
use crate::api::{
    Answer, Api, Body, Encoding, Field, Full, Operation, ParameterValue, Scalar, Segment, Text, Type, TypeKind,
};
use crate::history::History;

/// The documentation of a method.
pub(super) fn method(api: &Api, operation: &Operation, place: Place<'_>) -> String {
    let mut text = operation.doc.trim().to_owned();
    if text.is_empty() {
        text = format!("Sends `{} {}`.", operation.method.as_str(), operation.template);
    }
    let text = docs::with(&text, &operation.since);
    let is_kimais = is_kimais(api, operation);
    let mut parts = vec![text, request(operation, is_kimais), returns(&operation.answer, operation.gone, is_kimais)];
    parts.extend(full(operation));
    parts.extend(parameters(operation));
    parts.push(errors(api, operation));
    parts.extend(operation.example.as_deref().map(|statements| example(statements, place)));
    parts.join("\n\n")
}

/// Whether it is known how Kimai does it: not for an operation of a plugin, or of something else.
fn is_kimais(api: &Api, operation: &Operation) -> bool {
    api.is_kimai && !operation.plugin
}

fn request(operation: &Operation, is_kimais: bool) -> String {
    let mut text =
        format!("Request: `{} {}`. {}", operation.method.as_str(), operation.template, permissions(operation));
    if operation.internal {
        let who = if is_kimais { "Kimai" } else { "The API document" };
        text.push_str(&format!(" {who} marks this operation as internal."));
    }
    text
}

/// The method of a request that asks for the full response.
fn full(operation: &Operation) -> Option<String> {
    let full = operation.full.as_ref()?;
    let since = full_since(operation, full);
    let since = if since.is_empty() || since == operation.since { String::new() } else { format!(" {since}") };
    Some(format!(
        "With [`full`](crate::Request::full), it returns {}, with related objects in place of their ids.{since}",
        returned(&full.answer)
    ))
}

/// The optional parameters, with the first sentence of each.
fn parameters(operation: &Operation) -> Option<String> {
    let lines: Vec<String> = optional(operation)
        .map(|parameter| {
            let text = summary(&parameter.doc).replace('\n', " ");
            let text = docs::with(&text, &parameter.since).replace("\n\n", " ");
            let text = if text.is_empty() { on_wire(parameter).unwrap_or_default() } else { text };
            let text = if text.is_empty() { text } else { format!(": {text}") };
            format!("* `{}`{text}", parameter.name)
        })
        .collect();
    (!lines.is_empty())
        .then(|| format!("# Parameters\n\nAll are optional, and methods of the request.\n\n{}", lines.join("\n")))
}

/// The documentation of the method that asks for the full response.
pub(super) fn full_setter(answer: &Answer) -> String {
    format!(
        "Asks for related objects in place of their ids, which changes the type of the response.\n\nSet other \
         parameters first. Returns {}.",
        returned(answer)
    )
}

/// Since when the full response exists, which is not before its operation.
pub(super) fn full_since<'a>(operation: &'a Operation, full: &'a Full) -> &'a str {
    if full.since.is_empty() { &operation.since } else { &full.since }
}

fn returns(answer: &Answer, gone: bool, is_kimais: bool) -> String {
    if gone && !is_kimais {
        return "Returns an error: the API document declares only status 410.".to_owned();
    }
    if gone {
        return "Returns an error: current releases of Kimai answer 410.".to_owned();
    }
    let more = match answer {
        Answer::Page(_) => " [`stream`](crate::Request::stream) reads the records of all pages.",
        Answer::Download => " [`open`](crate::Request::open) reads it in chunks, or saves it.",
        _ => "",
    };
    format!("Returns {}.{more}", returned(answer))
}

/// The content of a response in a sentence.
fn returned(answer: &Answer) -> String {
    match answer {
        Answer::Empty => "nothing".to_owned(),
        Answer::Page(item) => format!("a [`Page`](crate::Page) of {}", noun(item)),
        Answer::Download => "a file as [`Download`](crate::Download)".to_owned(),
        Answer::Json(ty) => noun(ty),
        Answer::OptionalJson(ty) => format!("{}, or nothing", noun(ty)),
        Answer::Text => "text".to_owned(),
        Answer::Undeclared => "JSON, text or nothing: the API document does not say what".to_owned(),
        Answer::Headers => "the headers of the response".to_owned(),
    }
}

/// A type in a sentence, with a link.
fn noun(ty: &Type) -> String {
    match ty {
        Type::Named(name) => format!("[`{name}`](crate::types::{name})"),
        Type::IdOr(_, name) => format!("[`{name}`](crate::types::{name}) or its id"),
        Type::List(item) => format!("a list of {}", noun(item)),
        Type::Map(item) => format!("a map from names to {}", noun(item)),
        Type::Nullable(item) => format!("{}, or nothing", noun(item)),
        Type::Id(thing) => format!("[`{thing}Id`](crate::ids::{thing}Id)"),
        Type::DateTime => jiff("ZonedDateTime"),
        Type::LocalDateTime => jiff("civil::DateTime"),
        Type::Date => jiff("civil::Date"),
        Type::Duration => jiff("SignedDuration"),
        Type::Secret => link("Secret"),
        Type::Upload => link("Upload"),
        Type::Text(Text::Color) => link("Color"),
        Type::Text(Text::Country) => link("Country"),
        Type::Text(Text::Currency) => link("Currency"),
        Type::Text(Text::TimeZone) => link("TimeZoneName"),
        Type::Text(Text::FieldValue) => link("FieldValue"),
        Type::String => "text".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Integer | Type::Float => "a number".to_owned(),
        Type::Json => "any JSON".to_owned(),
    }
}

fn link(name: &str) -> String {
    format!("[`{name}`](crate::{name})")
}

fn jiff(path: &str) -> String {
    format!("[`{path}`](crate::jiff::{path})")
}

fn permissions(operation: &Operation) -> String {
    let all: Vec<String> = operation
        .permissions
        .iter()
        .map(|permission| {
            let alternatives: Vec<String> = permission.0.iter().map(|name| format!("`{name}`")).collect();
            alternatives.join(" or ")
        })
        .collect();
    match all.as_slice() {
        [] => "The API document names no required permission.".to_owned(),
        [one] => format!("Requires the permission {one}."),
        several => format!("Requires the permissions {}.", several.join(" and ")),
    }
}

/// How it fails, in addition to the errors common to all calls.
fn errors(api: &Api, operation: &Operation) -> String {
    let mut list = Vec::new();
    let refused = refused(api, operation);
    if !refused.is_empty() {
        let refused = refused.join(", or ");
        list.push(format!("[`Error::InvalidRequest`](crate::Error::InvalidRequest) if {refused}. Nothing is sent."));
    }
    if operation.gone {
        list.push("410, always.".to_owned());
        return section(&list);
    }
    let is_kimais = is_kimais(api, operation);
    if operation.body.is_some() {
        let or_field = if is_kimais { ", or a field that it does not accept from this user" } else { "" };
        list.push(format!(
            "400 if the server rejects a value{or_field}; [`ApiError::field`](crate::error::ApiError::field) returns the \
             reasons."
        ));
    } else if !operation.parameters.is_empty() {
        list.push("400 if the server rejects the value of a parameter.".to_owned());
    }
    let has_id = operation.path.iter().any(|segment| matches!(segment, Segment::Parameter(_)));
    match (operation.permissions.is_empty(), has_id && is_kimais) {
        (false, true) => {
            list.push("403 if the permission is missing, or the object is visible to others only.".to_owned());
        }
        (false, false) => list.push("403 if the permission is missing.".to_owned()),
        (true, true) => list.push("403 if the object is visible to others only.".to_owned()),
        (true, false) => {}
    }
    let is_page = matches!(operation.answer, Answer::Page(_));
    match (has_id, is_page) {
        (true, _) => list.push("404 if the object does not exist.".to_owned()),
        (false, true) => list.push("404 if the page is past the end of the list.".to_owned()),
        (false, false) => {}
    }
    section(&list)
}

fn section(list: &[String]) -> String {
    if list.is_empty() {
        return "# Errors\n\nThe errors common to all calls (see [`Error`](crate::Error)).".to_owned();
    }
    let lines: Vec<String> = list.iter().map(|line| format!("* {line}")).collect();
    format!(
        "# Errors\n\nIn addition to the errors common to all calls (see [`Error`](crate::Error)):\n\n{}",
        lines.join("\n")
    )
}

/// What the client rejects before it sends anything.
fn refused(api: &Api, operation: &Operation) -> Vec<String> {
    let mut refused = Vec::new();
    let takes_list = |value: &ParameterValue| {
        matches!(value, ParameterValue::List { .. } | ParameterValue::Select { many: Some(_), .. })
    };
    if operation.parameters.iter().any(|parameter| takes_list(&parameter.value)) {
        refused.push("a list is empty, which servers treat as no filter".to_owned());
    }
    let in_path =
        |segment: &Segment| matches!(segment, Segment::Parameter(parameter) if parameter.ty == Scalar::String);
    if operation.path.iter().any(in_path) {
        refused.push("an argument for the path is empty".to_owned());
    }
    let fields = body_fields(api, operation);
    for field in fields.iter().filter(|field| field.encoding == Encoding::CommaSeparated) {
        refused.push(format!("one of the `{}` contains a comma", field.name));
    }
    if fields.iter().any(|field| field.encoding == Encoding::Finite) {
        refused.push("a number is not finite".to_owned());
    }
    refused
}

fn body_fields<'a>(api: &'a Api, operation: &Operation) -> &'a [Field] {
    let Some(Body::Json(Type::Named(name)) | Body::Multipart(name) | Body::UrlEncoded(name)) = &operation.body else {
        return &[];
    };
    match api.types.get(name).map(|def| &def.kind) {
        Some(TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) => fields,
        _ => &[],
    }
}

fn example(statements: &str, place: Place<'_>) -> String {
    if !place.is_client() {
        // Where the module is, and so the path of its traits, is not known.
        return format!("# Example\n\n```ignore\n{}\n```", statements.trim());
    }
    format!(
        "# Example\n\n```no_run\n# async fn example(kimai: &generated_client::Client) -> Result<(), Box<dyn \
         std::error::Error>> {{\n{}\n# Ok(())\n# }}\n```",
        statements.trim()
    )
}

/// Checks that examples are Rust.
pub(super) fn check_examples(api: &Api) -> Result<(), Error> {
    for operation in &api.operations {
        let Some(example) = &operation.example else { continue };
        if let Err(error) = syn::parse_str::<syn::Block>(&format!("{{{example}\n}}")) {
            let problem = format!("the example is not valid Rust: {error}");
            return Err(Error::Malformed { pointer: operation.pointer.join("x-rust-example"), problem });
        }
    }
    Ok(())
}

/// All methods in a table, for the module of all operations.
pub(super) fn table(api: &Api, history: &History, place: Place<'_>) -> String {
    let has_since = place.has_history(api);
    let mut text = if has_since {
        String::from("| method | request | since | |\n|---|---|---|---|\n")
    } else {
        String::from("| method | request | |\n|---|---|---|\n")
    };
    for operation in &api.operations {
        let Some(resource) = api.resources.get(&operation.resource) else { continue };
        let module = &operation.resource;
        let handle = place.handle("super", module, resource);
        let (name, method) = (&operation.name, operation.method.as_str());
        let what = summary(&operation.doc).replace('\n', " ").replace('|', "\\|");
        let since = if has_since { format!(" {} |", history::column(history, operation)) } else { String::new() };
        text.push_str(&format!(
            "| [`{module}().{name}`]({handle}::{name}) | `{method} {}` |{since} {what} |\n",
            operation.template.replace('|', "\\|")
        ));
    }
    text
}
