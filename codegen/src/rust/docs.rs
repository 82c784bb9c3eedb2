//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

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

/// A text, and behind it a sentence that may be empty.
pub(super) fn with(text: &str, sentence: &str) -> String {
    format!("{}\n\n{sentence}", text.trim()).trim().to_owned()
}

/// The first paragraph.
pub(super) fn summary(text: &str) -> &str {
    text.trim().split("\n\n").next().unwrap_or_default()
}
