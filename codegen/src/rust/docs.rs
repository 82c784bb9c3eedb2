//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Answer, Operation};
use crate::names;

/// A documentation comment; `fallback` where the document says nothing.
pub(super) fn doc(text: &str, fallback: &str) -> TokenStream {
    let text = if text.trim().is_empty() { fallback } else { text.trim() };
    let lines = lines(text).map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// The lines of a text, without the characters that compiler and linter refuse in a comment.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| {
        let visible = line.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
        let plain: String = visible.map(|c| if c.is_control() { ' ' } else { c }).collect();
        plain.trim_end().to_owned()
    })
}

/// The first paragraph.
pub(super) fn summary(text: &str) -> &str {
    text.trim().split("\n\n").next().unwrap_or_default()
}

/// What a method's reader has to know: what it does, the request, what comes back, what it needs.
pub(super) fn operation(operation: &Operation, full: bool) -> String {
    let mut text = operation.doc.trim().to_owned();
    if text.is_empty() {
        text = format!("`{} {}`.", operation.method.as_str(), operation.template);
    }
    if full {
        text = format!("{}\n\nAnswers in full, with a type of its own (fact R9).", summary(&text));
    }
    let mut facts = format!("Request: `{} {}`.", operation.method.as_str(), operation.template);
    let answer =
        if full { operation.full.as_ref().map_or(&operation.answer, |full| &full.answer) } else { &operation.answer };
    match answer {
        Answer::Empty => facts.push_str(" The answer is empty."),
        Answer::Page(_) => facts.push_str(" The answer is one page of a list, with the totals (fact E1)."),
        Answer::Download => facts.push_str(" The answer is a file (fact E11)."),
        Answer::Json(_) => {}
    }
    if operation.parameters.iter().any(|parameter| !parameter.required) {
        facts.push_str(&format!(" Its settings are those of [`{}`].", names::operation(&operation.name)));
    }
    if operation.internal {
        facts.push_str(" Kimai marks this operation as internal (fact D16).");
    }
    format!("{text}\n\n{facts}\n\n{}", permissions(operation))
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
    format!("Needs the {noun} {}; without, the answer is 403 (fact D12).", all.join(" and "))
}
