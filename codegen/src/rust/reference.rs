//! What the reader of an operation has to know: what it does and needs, what comes back, what goes wrong.

use super::docs::{self, summary};
use super::history;
use super::operations::full_since;
use crate::api::{
    Answer, Api, Body, Encoding, Field, Operation, ParameterValue, Scalar, Segment, Text, Type, TypeKind,
};
use crate::history::History;
use crate::{Error, names};

/// Who reads the documentation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The method of a handle.
    Method,
    /// The method that answers in full (fact R9).
    FullMethod,
}

/// The documentation of a method.
pub(super) fn method(api: &Api, operation: &Operation, subject: Subject) -> String {
    let mut text = operation.doc.trim().to_owned();
    if text.is_empty() {
        text = format!("`{} {}`.", operation.method.as_str(), operation.template);
    }
    let is_full = subject == Subject::FullMethod;
    if is_full {
        text = format!("{}\n\nAnswers in full, with a type of its own (fact R9).", summary(&text));
    }
    let full = operation.full.as_ref().filter(|_| is_full);
    let since = full.map_or(operation.since.as_str(), |full| full_since(operation, full));
    let text = docs::with(&text, since);
    let full_answer = full.map(|full| &full.answer);
    let answer = full_answer.unwrap_or(&operation.answer);
    let mut parts = vec![text, request(operation), returns(operation, answer), permissions(operation)];
    parts.push(errors(api, operation));
    if let Some(example) = operation.example.as_ref().filter(|_| !is_full) {
        parts.push(self::example(example));
    }
    parts.join("\n\n")
}

fn request(operation: &Operation) -> String {
    let mut text = format!("Request: `{} {}`.", operation.method.as_str(), operation.template);
    if operation.parameters.iter().any(|parameter| !parameter.required) {
        text.push_str(&format!(" Its settings are those of [`{}`].", names::operation(&operation.name)));
    }
    if operation.internal {
        text.push_str(" Kimai marks this operation as internal (fact D16).");
    }
    text
}

/// The documentation of the setting which asks for the answer in full.
pub(super) fn full_setting(operation: &Operation, full: &Answer) -> String {
    let returns = returns(operation, full);
    format!(
        "Asks for the answer in full, which changes its type (fact R9).\n\nIt comes after all other settings. {returns}"
    )
}

fn returns(operation: &Operation, answer: &Answer) -> String {
    if operation.gone {
        return "Returns nothing, ever.".to_owned();
    }
    match answer {
        Answer::Empty => "Returns nothing.".to_owned(),
        Answer::Page(item) => {
            format!(
                "Returns a [`Page`](crate::Page) of {}, with the totals of the list (fact E1). \
                 [`stream`](crate::Request::stream) reads all pages, record by record.",
                noun(item)
            )
        }
        Answer::Download => "Returns a file, as [`Download`](crate::Download) (fact E11). [`open`](crate::Request::open) reads it piece by \
                              piece, or saves it."
            .to_owned(),
        Answer::Json(ty) => format!("Returns {}.", noun(ty)),
    }
}

/// A type in a sentence, with a link.
fn noun(ty: &Type) -> String {
    match ty {
        Type::Named(name) => format!("[`{name}`](crate::types::{name})"),
        Type::IdOr(_, name) => format!("[`{name}`](crate::types::{name}) or its id"),
        Type::List(item) => format!("a list of {}", noun(item)),
        Type::Map(item) => format!("a map from names to {}", noun(item)),
        Type::Nullable(item) => format!("{}, or none", noun(item)),
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
    if operation.permissions.is_empty() {
        return "Needs no permission but access to the API.".to_owned();
    }
    let all: Vec<String> = operation
        .permissions
        .iter()
        .map(|permission| {
            let alternatives: Vec<String> = permission.0.iter().map(|name| format!("`{name}`")).collect();
            alternatives.join(" or ")
        })
        .collect();
    let noun = if all.len() > 1 { "permissions" } else { "permission" };
    format!("Needs the {noun} {} (fact D12).", all.join(" and "))
}

/// What to expect beside what every call can fail with.
fn errors(api: &Api, operation: &Operation) -> String {
    let mut list = Vec::new();
    let refused = refused(api, operation);
    if !refused.is_empty() {
        let refused = refused.join("; ");
        list.push(format!("[`InvalidRequest`](crate::Error::InvalidRequest), and nothing is sent: {refused}."));
    }
    if operation.gone {
        list.push("410, always: current servers know the address, but not the operation.".to_owned());
        return section(&list);
    }
    if operation.body.is_some() {
        list.push(
            "400: the server refuses a value, or a property which it does not take from this user (fact R2); \
             [`ApiError::field`](crate::error::ApiError::field) tells which, and why."
                .to_owned(),
        );
    } else if !operation.parameters.is_empty() {
        list.push("400: the server refuses the value of a setting.".to_owned());
    }
    let has_id = operation.path.iter().any(|segment| matches!(segment, Segment::Parameter(_)));
    match (operation.permissions.is_empty(), has_id) {
        (false, true) => {
            list.push("403: the permission is missing, or only others may see the object (fact E4).".to_owned());
        }
        (false, false) => list.push("403: the permission is missing.".to_owned()),
        (true, true) => list.push("403: only others may see the object (fact E4).".to_owned()),
        (true, false) => {}
    }
    let is_page = matches!(operation.answer, Answer::Page(_));
    match (has_id, is_page) {
        (true, _) => list.push("404: there is no such object.".to_owned()),
        (false, true) => list.push("404: the page is past the end of the list (fact E1).".to_owned()),
        (false, false) => {}
    }
    section(&list)
}

fn section(list: &[String]) -> String {
    let every = "What every call can fail with is told at [`Error`](crate::Error)";
    if list.is_empty() {
        return format!("# Errors\n\n{every}.");
    }
    let lines: Vec<String> = list.iter().map(|line| format!("* {line}")).collect();
    format!("# Errors\n\n{every}; and:\n\n{}", lines.join("\n"))
}

/// What the client refuses by itself.
fn refused(api: &Api, operation: &Operation) -> Vec<String> {
    let mut refused = Vec::new();
    let takes_list = |value: &ParameterValue| {
        matches!(value, ParameterValue::List { .. } | ParameterValue::Select { many: Some(_), .. })
    };
    if operation.parameters.iter().any(|parameter| takes_list(&parameter.value)) {
        refused.push("an empty list, which a server takes for no filter (compare fact R6)".to_owned());
    }
    let in_path =
        |segment: &Segment| matches!(segment, Segment::Parameter(parameter) if parameter.ty == Scalar::String);
    if operation.path.iter().any(in_path) {
        refused.push("an empty text in the path".to_owned());
    }
    let fields = body_fields(api, operation);
    for field in fields.iter().filter(|field| field.encoding == Encoding::CommaSeparated) {
        refused.push(format!("a comma in one of the `{}` (fact R5)", field.name));
    }
    if fields.iter().any(|field| field.encoding == Encoding::Finite) {
        refused.push("a number that is infinite or none at all".to_owned());
    }
    refused
}

fn body_fields<'a>(api: &'a Api, operation: &Operation) -> &'a [Field] {
    let Some(Body::Json(Type::Named(name)) | Body::Multipart(name)) = &operation.body else { return &[] };
    match api.types.get(name).map(|def| &def.kind) {
        Some(TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) => fields,
        _ => &[],
    }
}

fn example(statements: &str) -> String {
    format!(
        "# Example\n\n```no_run\n# async fn example(kimai: &generated_client::Client) -> Result<(), Box<dyn \
         std::error::Error>> {{\n{}\n# Ok(())\n# }}\n```",
        statements.trim()
    )
}

/// Examples are Rust.
pub(super) fn check_examples(api: &Api) -> Result<(), Error> {
    for operation in &api.operations {
        let Some(example) = &operation.example else { continue };
        if let Err(error) = syn::parse_str::<syn::Block>(&format!("{{{example}\n}}")) {
            let problem = format!("the example is no Rust: {error}");
            return Err(Error::Malformed { pointer: operation.pointer.join("x-rust-example"), problem });
        }
    }
    Ok(())
}

/// All methods in a table, for the module of all operations.
pub(super) fn table(api: &Api, history: &History) -> String {
    let mut text = String::from("| method | request | since | |\n|---|---|---|---|\n");
    for operation in &api.operations {
        let Some(resource) = api.resources.get(&operation.resource) else { continue };
        let (module, handle) = (&operation.resource, &resource.type_name);
        let (name, method) = (&operation.name, operation.method.as_str());
        let what = summary(&operation.doc).replace('\n', " ").replace('|', "\\|");
        text.push_str(&format!(
            "| [`{module}().{name}`]({module}::{handle}::{name}) | `{method} {}` | {} | {what} |\n",
            operation.template.replace('|', "\\|"),
            history::column(history, operation)
        ));
    }
    text
}
