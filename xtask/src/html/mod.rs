//! Pages of one file, which load nothing: markup, style and script in one, and filters that work where the file lies.

mod controls;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

pub(crate) use controls::{Choice, cleared, nothing, search, select, shown, tokens};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("filter.js");

/// A page.
pub(crate) struct Page<'a> {
    pub(crate) title: &'a str,
    /// What it has beside the style of all pages.
    pub(crate) style: &'static str,
    pub(crate) body: Markup,
}

impl Page<'_> {
    /// The whole file.
    pub(crate) fn render(&self) -> String {
        let style = format!("{STYLE}{}", self.style);
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(&style));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    style { (PreEscaped(style.as_str())) }
                }
                body {
                    (self.body)
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string() + "\n"
    }
}

/// Allows this style and the script of all pages, and nothing else: no loads, no other scripts.
fn policy(style: &str) -> String {
    let (style, script) = (digest(style), digest(SCRIPT));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'"
    )
}

fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}

/// An operation, or the name of something else; `3 operations` is none.
pub(crate) fn operation(text: &str) -> Markup {
    match text.split_once(' ') {
        Some((method, path)) if is_method(method) => method_and_path(method, path),
        Some((number, _)) if number.bytes().all(|byte| byte.is_ascii_digit()) => html! { strong { (text) } },
        _ => html! { code { (text) } },
    }
}

/// An operation with its method as a label.
pub(crate) fn method_and_path(method: &str, path: &str) -> Markup {
    html! {
        code.operation {
            span.method { (method) } " "
            // A long path breaks between its segments.
            @for part in path.split_inclusive('/') { (part) wbr; }
        }
    }
}

fn is_method(word: &str) -> bool {
    matches!(word, "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "TRACE")
}
