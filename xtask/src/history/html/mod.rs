//! The history as pages.

mod changelog;
mod chart;
mod growth;
mod matrix;

use std::collections::BTreeMap;

use codegen::Release;
use codegen::history::{History, ReleaseChanges};
use maud::{Markup, html};

use super::table::{Members, Row, spans};
use crate::count::counted;
use crate::html::{Choice, Page, cleared, nothing, search, select, shown};
use matrix::{Group, Matrix};

const STYLE: &str = include_str!("page.css");

/// The operations, and how the API grew.
pub(crate) fn operations(history: &History, rows: &[Row]) -> String {
    let now = rows.iter().filter(|row| row.life.until().is_none()).count();
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if group.title == row.resource() => group.rows.push(row),
            _ => groups.push(Group { title: row.resource(), rows: vec![row] }),
        }
    }
    let resources: Vec<Choice> =
        groups.iter().map(|group| Choice { value: group.title, label: group.title, count: group.rows.len() }).collect();
    let matrix = Matrix { history, what: "operation", groups: &groups, has_details: false };
    let body = html! {
        (top("Kimai's API by release", &html! {
            (compared(history)) "; " (counted(rows.len(), "operation", "operations")) ", " (now) " of them in the newest release."
        }))
        main {
            (growth::section(history))
            section aria-labelledby="matrix" {
                h2 id="matrix" { "Operations" }
                form.bar.js-only data-filters autocomplete="off" {
                    (search("path or method"))
                    (select("resource", "Resource", "all", &resources))
                    (state(rows))
                    div.state { (shown(rows.len(), "operation", "operations")) (cleared()) }
                }
                (matrix.markup())
                (nothing())
            }
        }
    };
    Page { title: "Kimai's API by release", style: STYLE, body }.render()
}

/// The parts of a type.
pub(crate) fn members(history: &History, members: &Members) -> String {
    let Members { ty, properties, values } = members;
    let mut groups: Vec<Group> = Vec::new();
    for (title, rows) in [("properties", properties), ("values", values)] {
        if !rows.is_empty() {
            groups.push(Group { title, rows: rows.iter().collect() });
        }
    }
    let (what, many) = if properties.is_empty() { ("value", "values") } else { ("property", "properties") };
    let rows = properties.len() + values.len();
    let all = || properties.iter().chain(values);
    let matrix = Matrix { history, what, groups: &groups, has_details: !properties.is_empty() };
    let title = format!("{} by release of Kimai", ty.name);
    let body = html! {
        (top(ty.name, &html! { "Kimai " (spans(&ty.life.spans)) "; compared: " (compared(history)) "." }))
        main {
            @if rows == 0 {
                p.lead { "It has no properties or values." }
            } @else {
                form.bar.js-only data-filters autocomplete="off" {
                    (search("name"))
                    (state(all()))
                    div.state { (shown(rows, what, many)) (cleared()) }
                }
                (matrix.markup())
                (nothing())
            }
        }
    };
    Page { title: &title, style: STYLE, body }.render()
}

/// What each release changed.
pub(crate) fn changelog(releases: &[ReleaseChanges], since: &Release) -> String {
    let title = format!("Changes of Kimai's API from {since} on");
    let body = html! {
        (top(&title, &html! {
            "What each release added, removed, made required or optional, or changed; newest first."
        }))
        main {
            @if releases.is_empty() {
                p.lead { "The API did not change from " (since) " on." }
            } @else {
                (changelog::markup(releases))
                (nothing())
            }
        }
    };
    Page { title: &title, style: STYLE, body }.render()
}

fn top(title: &str, lead: &Markup) -> Markup {
    html! {
        header.top {
            p.kicker { "History of Kimai's API" }
            h1 { (title) }
            p.lead { (lead) }
        }
    }
}

fn compared(history: &History) -> Markup {
    html! {
        @match history.releases() {
            [] => "no release",
            [only] => { "1 release: " (only) },
            [first, .., last] => { (history.releases().len()) " releases from " (first) " to " (last) },
        }
    }
}

/// A filter for what the newest release has, or does not.
fn state<'a>(rows: impl IntoIterator<Item = &'a Row<'a>>) -> Markup {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(matrix::state(row)).or_default() += 1;
    }
    let count = |value| counts.get(value).copied().unwrap_or_default();
    let choices = [("newest", "in the newest release"), ("gone", "removed")].map(|(value, label)| Choice {
        value,
        label,
        count: count(value),
    });
    select("state", "Show", "all", &choices)
}
