//! The report as a page.

use std::collections::{BTreeMap, BTreeSet};

use codegen::diff::{Change, Effect, RustEffect, Severity};
use maud::{Markup, html};

use super::report::{Group, Report, UsedBy, by_resource, resource};
use crate::html::{Choice, Page, cleared, nothing, operation, search, select, shown, tokens};

/// More operations of a resource than this are folded.
const MOST: usize = 4;

/// More items of the client than this are folded.
const MOST_ITEMS: usize = 8;

pub(super) fn render(report: &Report) -> String {
    let title = format!("{} → {}", report.old.title(), report.new.title());
    let body = html! {
        header.top {
            p.kicker { "Changes of Kimai's API" }
            h1 { (report.old.title()) " " span.arrow { "→" } " " (report.new.title()) }
        }
        main {
            (lead(report))
            @if !report.changes.is_empty() {
                (filters(report))
                @for group in Group::ALL { (section(report, group)) }
                (nothing())
            }
            (left_out(&report.ignored))
            @for hidden in report.hidden().chain(report.severities()) { p.left-out { (hidden) } }
        }
    };
    Page { title: &title, style: include_str!("html.css"), body }.render()
}

/// What the page is about, and the worst for each side of the client.
fn lead(report: &Report) -> Markup {
    html! {
        @if is_on_the_wire(report) {
            p.lead { "What a client made for the older API can expect from a server with the newer one." }
        } @else {
            p.lead { "No changes in requests and responses." }
        }
        @if let Some(UsedBy { folder, operations }) = &report.used_by {
            p.lead {
                "Only changes that affect " code { (folder) } ", which calls " (operations) " "
                @if *operations == 1 { "operation." } @else { "operations." }
            }
        }
        @if let Some(problem) = report.unknown() {
            p.lead { "Effects on the Rust client unknown: " (problem) }
        } @else if let Some(effect) = report.effect() && !report.changes.is_empty() {
            p.lead {
                "Effect on the regenerated Rust client: "
                span class={ "badge rust-" (effect.as_str()) } { (effect.as_str()) }
            }
        }
    }
}

fn is_on_the_wire(report: &Report) -> bool {
    report.changes.iter().any(|change| change.severity() > Severity::None)
}

fn filters(report: &Report) -> Markup {
    let tiles = Severity::ALL.iter().rev().filter(|severity| {
        // Changes of the client only have a tile if there are any.
        **severity != Severity::None || report.count(Severity::None) > 0
    });
    html! {
        form data-filters autocomplete="off" {
            fieldset.tiles {
                legend.sr { "Severity" }
                @for severity in tiles {
                    label class={ "tile " (severity.as_str()) } {
                        input.js-only type="checkbox" name="severity" value=(severity.as_str())
                            // A page that shows nothing at first would help nobody.
                            checked[*severity != Severity::None || !is_on_the_wire(report)];
                        span.number { (report.count(*severity)) }
                        span.what { (title(Group::Severity(*severity))) }
                    }
                }
            }
            div.bar.js-only {
                (search("path, property, rule"))
                (resources(&report.changes))
                (effects(&report.changes))
                div.state { (shown(report.changes.len(), "change", "changes")) (cleared()) }
            }
        }
    }
}

fn resources(changes: &[Change]) -> Markup {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for resource in changes.iter().flat_map(resources_of) {
        *counts.entry(resource).or_default() += 1;
    }
    let choice = |(name, count): (&String, &usize)| (name.clone(), *count);
    let counts: Vec<(String, usize)> = counts.iter().map(choice).collect();
    let choices: Vec<Choice> =
        counts.iter().map(|(name, count)| Choice { value: name, label: name, count: *count }).collect();
    html! { @if !choices.is_empty() { (select("resource", "Resource", "all", &choices)) } }
}

fn effects(changes: &[Change]) -> Markup {
    let has = |change: &Change, effect| change.rust.as_ref().is_some_and(|rust| rust.effect() == effect);
    let choices: Vec<Choice> = [Effect::Major, Effect::Minor, Effect::None]
        .into_iter()
        .map(|effect| Choice {
            value: effect.as_str(),
            label: effect.as_str(),
            count: changes.iter().filter(|change| has(change, effect)).count(),
        })
        .filter(|choice| choice.count > 0)
        .collect();
    html! { @if !choices.is_empty() { (select("rust", "Rust", "all", &choices)) } }
}

fn section(report: &Report, group: Group) -> Markup {
    let changes = group.changes(report);
    let (class, id) = match group {
        Group::Severity(severity) => (severity.as_str(), severity.as_str()),
        Group::NotAttributed => (Severity::None.as_str(), "not-attributed"),
    };
    html! {
        @if !changes.is_empty() {
            section class={ "group " (class) } data-group aria-labelledby=(id) {
                div.heading {
                    h2 id=(id) { (title(group)) " " span.count data-count { (changes.len()) } }
                    p { (meaning(group)) }
                }
                ul.changes { @for change in changes { (item(change)) } }
            }
        }
    }
}

fn item(change: &Change) -> Markup {
    let resources = resources_of(change);
    // What has no operations, such as authentication, is about all of them.
    let resources = if resources.is_empty() { "*".to_owned() } else { tokens(resources.iter().map(String::as_str)) };
    let rust = change.rust.as_ref();
    let is_its_operation = change.operations.as_slice() == [change.subject().as_str()];
    html! {
        li.change data-item data-severity=(change.severity().as_str()) data-resource=(resources)
            data-rust=(rust.map_or("", |rust| rust.effect().as_str())) {
            div.head {
                p.message { (message(change)) }
                p.facts {
                    span class={ "badge " (change.severity().as_str()) } { (Group::of(change).heading()) } " "
                    @if let Some(rust) = rust {
                        span class={ "badge rust-" (rust.effect().as_str()) } { "Rust: " (rust.effect().as_str()) } " "
                    }
                    code.rule { (change.id()) }
                }
            }
            @if let Some(rust) = rust { (items(rust)) }
            @if !is_its_operation { (places(change)) (operations(change)) }
        }
    }
}

/// The sentence, in which the subject stands out; the one for `*.tags` writes it as `tags of Team and Project`.
fn message(change: &Change) -> Markup {
    let (subject, message) = (change.subject(), change.message());
    let name = subject.strip_prefix("*.").unwrap_or(&subject);
    let place = if name == subject { message.find(name) } else { shared(&message, name) };
    let parts = place.and_then(|place| message.split_at_checked(place));
    match parts.and_then(|(before, rest)| Some((before, rest.strip_prefix(name)?))) {
        Some((before, after)) if !name.is_empty() => html! { (before) (operation(name)) (after) },
        _ => html! { (message) },
    }
}

/// Where a message names a property that several types have.
fn shared(message: &str, name: &str) -> Option<usize> {
    let words = format!("{name} of ");
    if message.starts_with(&words) { Some(0) } else { message.find(&format!(" {words}")).map(|place| place + 1) }
}

/// What happens to the client in Rust.
fn items(rust: &RustEffect) -> Markup {
    let words: Vec<&str> = rust.words().collect();
    html! {
        @if !words.is_empty() {
            div.rust { (folded(&words, MOST_ITEMS, ["item", "items"], |item| html! { code { (item) } })) }
        }
    }
}

/// What a subject such as `*.tags` stands for, where the sentence has no room for it.
fn places(change: &Change) -> Markup {
    let message = change.message();
    let is_said = |place: &String| {
        let owner = place.split('.').next().unwrap_or(place);
        message.contains(owner) || change.operations.contains(place)
    };
    let all = change.places();
    let places: &[String] = if all.iter().all(is_said) { &[] } else { &all };
    html! {
        @if !places.is_empty() {
            dl.reach {
                dt { "in" }
                dd { (folded(places, MOST, ["place", "places"], |place| html! { code { (place) } })) }
            }
        }
    }
}

fn operations(change: &Change) -> Markup {
    html! {
        @if !change.operations.is_empty() {
            dl.reach {
                @for (resource, operations) in by_resource(&change.operations) {
                    dt { (resource) }
                    dd { (folded(&operations, MOST, ["operation", "operations"], |one| operation(one))) }
                }
            }
        }
    }
}

/// A list, of which only the number is seen at first if it is long.
fn folded<T>(items: &[T], most: usize, [one, many]: [&str; 2], show: impl Fn(&T) -> Markup) -> Markup {
    let list = html! { ul { @for item in items { li { (show(item)) } } } };
    html! {
        @if items.len() > most {
            details {
                summary { (items.len()) " " @if items.len() == 1 { (one) } @else { (many) } }
                (list)
            }
        } @else {
            (list)
        }
    }
}

fn left_out(ignored: &BTreeMap<String, usize>) -> Markup {
    html! {
        @if !ignored.is_empty() {
            section.left-out aria-labelledby="left-out" {
                h2 id="left-out" { "Ignored" }
                ul {
                    @for (reason, count) in ignored {
                        li { strong { (count) } " " @if *count == 1 { "change" } @else { "changes" } ": " (reason) }
                    }
                }
            }
        }
    }
}

fn resources_of(change: &Change) -> BTreeSet<String> {
    change.operations.iter().map(|operation| resource(operation)).collect()
}

fn title(group: Group) -> &'static str {
    match group {
        Group::Severity(Severity::Breaking) => "Breaking",
        Group::Severity(Severity::Warning) => "Warning",
        Group::Severity(Severity::Info) => "Info",
        Group::Severity(Severity::None) => "Client only",
        Group::NotAttributed => "Not attributed",
    }
}

fn meaning(group: Group) -> &'static str {
    match group {
        Group::Severity(Severity::Breaking) => "Something that worked no longer works.",
        Group::Severity(Severity::Warning) => "Something may behave differently.",
        Group::Severity(Severity::Info) => "Everything that worked still works.",
        Group::Severity(Severity::None) => "Requests and responses stay the same.",
        Group::NotAttributed => "The client changes, and no change of the documents explains it.",
    }
}

#[cfg(test)]
mod tests;
