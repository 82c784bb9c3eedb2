//! The description of a request, as Markdown.

use crate::api::{Api, Body, Field, Operation, Parameter, ParameterPlace, ParameterValue, Permission, TypeKind};

/// What links to pages of the client begin with.
const LINK: &str = "](crate::";

/// A text without links to the documentation of the client.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.trim().to_owned();
    while let Some((before, after)) = text.split_once(LINK) {
        let (Some((start, label)), Some((_, rest))) = (before.rsplit_once('['), after.split_once(')')) else { break };
        text = format!("{start}{label}{rest}");
    }
    text
}

/// The name of a request: the first sentence of its documentation.
pub(super) fn title(operation: &Operation) -> String {
    let doc = plain(&operation.doc);
    let first = sentence(&doc);
    let name = if first.is_empty() { format!("{} {}", operation.method.as_str(), operation.template) } else { first };
    let name = name.trim_end_matches('.').replace('`', "");
    if operation.gone {
        format!("{name} (gone)")
    } else if operation.deprecated {
        format!("{name} (deprecated)")
    } else {
        name
    }
}

/// The whole description of a request.
pub(super) fn request(api: &Api, operation: &Operation) -> String {
    let mut parts = vec![plain(&operation.doc)];
    if operation.gone {
        parts.push("Servers return only status 410.".to_owned());
    } else if operation.deprecated {
        parts.push("Deprecated.".to_owned());
    }
    parts.extend(operation.replacement.as_ref().map(|instead| format!("Use {instead} instead.")));
    if operation.writes {
        parts.push("This request changes something on the server although its method is GET.".to_owned());
    }
    if operation.internal {
        parts.push("Kimai marks this operation as internal.".to_owned());
    }
    parts.extend(permissions(&operation.permissions));
    parts.extend(body(api, operation));
    parts.retain(|part| !part.is_empty());
    with_requests(api, &parts.join("\n\n"))
}

fn permissions(permissions: &[Permission]) -> Option<String> {
    let quoted = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(" or ")
    };
    let all: Vec<String> = permissions.iter().map(|Permission(names)| quoted(names)).collect();
    (!all.is_empty()).then(|| format!("Required permission: {}.", all.join(", and ")))
}

/// All properties of the body; the example shows some of them.
fn body(api: &Api, operation: &Operation) -> Option<String> {
    let of_parameter = |parameter: &Parameter| {
        let (ParameterValue::One { wire, .. } | ParameterValue::Flag { wire, .. }) = &parameter.value else {
            return None;
        };
        Some(line(wire, parameter.required, &parameter.doc))
    };
    let in_body = operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Body);
    let mut lines: Vec<String> = in_body.filter_map(of_parameter).collect();
    let def = operation.body.as_ref().and_then(Body::type_name).and_then(|name| api.types.get(name));
    lines.extend(def.into_iter().flat_map(|def| {
        let in_patch = matches!(def.kind, TypeKind::Patch { .. });
        def.kind.fields().iter().map(move |field| property(field, in_patch))
    }));
    (!lines.is_empty()).then(|| format!("Properties of the body:\n\n{}", lines.join("\n")))
}

fn property(field: &Field, in_patch: bool) -> String {
    let deprecated = if field.deprecated { " Deprecated." } else { "" };
    format!("{}{deprecated}", line(&field.wire, field.required && !in_patch, &field.doc))
}

fn line(wire: &str, required: bool, doc: &str) -> String {
    let required = if required { " (required)" } else { "" };
    let text = sentence(&plain(doc));
    if text.is_empty() { format!("* `{wire}`{required}") } else { format!("* `{wire}`{required}: {text}") }
}

/// The first sentence.
fn sentence(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    match paragraph.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => paragraph,
    }
}

/// A text with requests in place of the client's methods for them.
fn with_requests(api: &Api, text: &str) -> String {
    api.operations.iter().fold(text.to_owned(), |text, operation| {
        let method = format!("`{}().{}()`", operation.resource, operation.name);
        if !text.contains(&method) {
            return text;
        }
        text.replace(&method, &format!("`{} {}`", operation.method.as_str(), operation.template))
    })
}
