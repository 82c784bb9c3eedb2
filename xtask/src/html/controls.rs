//! What filters are made of; `filter.js` reads their names and the `data-` attributes of the items.

use maud::{Markup, html};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What would end a token in a list of them.
const SPACES: &AsciiSet = &CONTROLS.add(b' ').add(b'%');

/// A value to choose, and how many items have it.
pub(crate) struct Choice<'a> {
    pub(crate) value: &'a str,
    pub(crate) label: &'a str,
    pub(crate) count: usize,
}

/// Words as tokens of a `data-` attribute.
pub(crate) fn tokens<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(token).collect::<Vec<_>>().join(" ")
}

fn token(word: &str) -> String {
    utf8_percent_encode(word, SPACES).to_string()
}

/// One of some values, or all.
pub(crate) fn select(name: &str, label: &str, all: &str, choices: &[Choice]) -> Markup {
    html! {
        label.control {
            span { (label) }
            select name=(name) {
                option value="" selected { (all) }
                @for choice in choices {
                    option value=(token(choice.value)) { (choice.label) " (" (choice.count) ")" }
                }
            }
        }
    }
}

/// Words that an item has to hold.
pub(crate) fn search(placeholder: &str) -> Markup {
    html! {
        label.control.wide {
            span { "Search" }
            input type="search" name="q" placeholder=(placeholder) autocomplete="off" spellcheck="false";
        }
    }
}

/// How many items are shown, told to screen readers as it changes.
pub(crate) fn shown(count: usize, one: &str, many: &str) -> Markup {
    html! {
        output.shown aria-live="polite" data-shown data-one=(one) data-many=(many) {
            (count) " " @if count == 1 { (one) } @else { (many) }
        }
    }
}

/// Back to what is shown at first.
pub(crate) fn cleared() -> Markup {
    html! { button type="reset" disabled { "Reset" } }
}

/// In place of items, if the filters leave none.
pub(crate) fn nothing() -> Markup {
    html! {
        div.nothing data-nothing hidden {
            p { "Nothing matches." }
            " "
            button type="button" data-clear { "Show all again" }
        }
    }
}
