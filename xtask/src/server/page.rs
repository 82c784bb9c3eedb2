//! What Kimai's web pages hold.

use scraper::{ElementRef, Html};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

/// What newer pages assign the document to.
const ASSIGNED: &str = "docs.apiDescriptionDocument";

/// Where the document stands in the page.
#[derive(Deserialize)]
struct Wrapper<'a> {
    #[serde(borrow)]
    spec: &'a RawValue,
}

/// The login form of a page.
pub(super) enum LoginForm {
    None,
    WithoutToken,
    WithToken(SecretString),
}

/// The API document of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Document {
    Found(String),
    Damaged(String),
    /// The page is the right one, and holds none.
    Missing,
    /// The page is another one.
    OtherPage,
}

pub(super) fn login_form(html: &str) -> LoginForm {
    let page = Html::parse_document(html);
    let mut forms = elements(page.root_element(), "form");
    let Some(form) = forms.find(|form| input(*form, "_username").is_some() && input(*form, "_password").is_some())
    else {
        return LoginForm::None;
    };
    match input(form, "_csrf_token").and_then(|token| token.attr("value")) {
        Some(token) if !token.is_empty() => LoginForm::WithToken(SecretString::from(token)),
        _ => LoginForm::WithoutToken,
    }
}

pub(super) fn is_login(html: &str) -> bool {
    !matches!(login_form(html), LoginForm::None)
}

pub(super) fn document(html: &str) -> Document {
    let page = Html::parse_document(html);
    let mut is_documentation = false;
    for element in page.root_element().descendent_elements() {
        let id = element.attr("id");
        is_documentation |= element.value().name() == "elements-api" || id == Some("swagger-ui");
        if element.value().name() != "script" {
            continue;
        }
        let text: String = element.text().collect();
        let found = if id == Some("swagger-data") { Some(alone(&text)) } else { assigned(&text) };
        match found {
            Some(Ok(document)) => return Document::Found(document),
            Some(Err(problem)) => return Document::Damaged(problem),
            None => is_documentation |= text.contains(ASSIGNED),
        }
    }
    if is_documentation { Document::Missing } else { Document::OtherPage }
}

fn elements<'a>(parent: ElementRef<'a>, name: &'static str) -> impl Iterator<Item = ElementRef<'a>> {
    parent.descendent_elements().filter(move |element| element.value().name() == name)
}

fn input<'a>(form: ElementRef<'a>, name: &str) -> Option<ElementRef<'a>> {
    elements(form, "input").find(|input| input.attr("name") == Some(name))
}

/// The document of a script that is nothing but JSON.
fn alone(text: &str) -> Result<String, String> {
    let wrapper: Wrapper<'_> = serde_json::from_str(text).map_err(|error| problem(&error))?;
    Ok(wrapper.spec.get().to_owned())
}

/// The document that a script assigns; none if it assigns none.
fn assigned(text: &str) -> Option<Result<String, String>> {
    let value = text.match_indices(ASSIGNED).find_map(|(at, name)| {
        let value = text.get(at + name.len()..)?.trim_start().strip_prefix('=')?;
        // A comparison.
        (!value.starts_with('=')).then_some(value)
    })?;
    let mut values = serde_json::Deserializer::from_str(value).into_iter::<Wrapper<'_>>();
    let wrapper = match values.next() {
        Some(Ok(wrapper)) => wrapper,
        Some(Err(error)) => return Some(Err(problem(&error))),
        None => return Some(Err("no value is assigned".to_owned())),
    };
    let rest = value.get(values.byte_offset()..).and_then(|rest| rest.trim_start().strip_prefix(".spec"));
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '$'));
    if rest.is_some_and(ends) {
        return Some(Ok(wrapper.spec.get().to_owned()));
    }
    Some(Err("the assigned value is not the member `spec` of an object".to_owned()))
}

/// The problem, without text of the page.
fn problem(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        Category::Eof => "it is incomplete",
        Category::Data => "it is not an object with a member `spec`",
        Category::Syntax | Category::Io => "it is not JSON",
    };
    format!("{what} (line {}, column {} of the JSON)", error.line(), error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(document: &str) -> Document {
        Document::Found(document.to_owned())
    }

    fn damaged(problem: &str) -> Document {
        Document::Damaged(problem.to_owned())
    }

    fn script(text: &str) -> Document {
        document(&format!("<html><body><script src=\"/x.js\"></script><script>{text}</script></body></html>"))
    }

    #[test]
    fn the_document_is_found_as_it_is_written() {
        let page = r#"<script id="swagger-data" type="application/json">{"spec": {"b": 1.50, "a": "&amp;"}}</script>"#;
        assert_eq!(document(page), found(r#"{"b": 1.50, "a": "&amp;"}"#));
        assert_eq!(
            script(
                r#"if (docs.apiDescriptionDocument == null) { docs.apiDescriptionDocument = {"spec":{"a":"};"}}.spec; }"#
            ),
            found(r#"{"a":"};"}"#)
        );
        assert_eq!(script("docs.apiDescriptionDocument\n=\n{\"x\": 1, \"spec\": []}\n.spec"), found("[]"));
    }

    #[test]
    fn what_is_damaged_is_not_taken() {
        for (text, expected) in [
            (r#"docs.apiDescriptionDocument = {"spec": {"a": "#, "it is incomplete (line 1, column 16 of the JSON)"),
            ("docs.apiDescriptionDocument = load();", "it is not JSON (line 1, column 2 of the JSON)"),
            (
                r#"docs.apiDescriptionDocument = {"a": 1}.spec;"#,
                "it is not an object with a member `spec` (line 1, column 9 of the JSON)",
            ),
            (
                r#"docs.apiDescriptionDocument = {"spec": 1};"#,
                "the assigned value is not the member `spec` of an object",
            ),
            (
                r#"docs.apiDescriptionDocument = {"spec": 1}.special;"#,
                "the assigned value is not the member `spec` of an object",
            ),
        ] {
            assert_eq!(script(text), damaged(expected), "{text}");
        }
    }

    #[test]
    fn pages_without_a_document_are_told_from_other_pages() {
        assert_eq!(document("<elements-api></elements-api>"), Document::Missing);
        assert_eq!(document(r#"<div id="swagger-ui"></div>"#), Document::Missing);
        assert_eq!(script("use(docs.apiDescriptionDocument)"), Document::Missing);
        assert_eq!(document("<h1>Sign in</h1>"), Document::OtherPage);
        assert_eq!(document("no page"), Document::OtherPage);
    }
}
