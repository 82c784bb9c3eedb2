//! The report for a terminal.

use codegen::diff::{Change, RustEffect, Severity};

use super::report::{Report, by_resource, heading};

/// More operations of a resource than this are counted.
const MOST_OPERATIONS: usize = 4;

/// More places than this a message counts.
const MOST_PLACES: usize = 4;

/// More items of the client than this are counted.
const MOST_ITEMS: usize = 8;

pub(super) fn render(report: &Report, colors: bool) -> String {
    let mut text = format!("{}: ", report.title());
    if report.changes.is_empty() && report.ignored.is_empty() {
        text.push_str("nothing changed on the wire\n");
    } else {
        text.push_str(&report.summary());
        text.push('\n');
    }
    let mut last = None;
    for change in &report.changes {
        if last.replace(change.severity) != Some(change.severity) {
            text.push_str(&format!("\n{}\n", paint(change.severity, colors)));
        }
        text.push_str(&lines(change));
    }
    for (reason, count) in &report.ignored {
        text.push_str(&format!("\nleft out: {count}, because {reason}\n"));
    }
    if let Some(hidden) = report.hidden() {
        text.push_str(&format!("\n{hidden}\n"));
    }
    if let Some(problem) = report.unknown() {
        text.push_str(&format!("\nwhat happens to the client is not known: {problem}\n"));
    }
    text
}

fn lines(change: &Change) -> String {
    let mut text = format!("  {}\n      {}\n", change.message, change.id);
    if change.places.len() > MOST_PLACES {
        let places: Vec<&str> = change.places.iter().take(MOST_ITEMS).map(String::as_str).collect();
        let more = change.places.len() - places.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text.push_str(&format!("      at {}{more}\n", places.join(", ")));
    }
    if let Some(rust) = &change.rust {
        text.push_str(&items(rust));
    }
    if let [one] = change.operations.as_slice()
        && change.subject == *one
    {
        return text;
    }
    for (resource, operations) in by_resource(&change.operations) {
        if operations.len() > MOST_OPERATIONS {
            text.push_str(&format!("      {resource}: {} operations\n", operations.len()));
        } else {
            text.push_str(&format!("      {resource}: {}\n", operations.join(", ")));
        }
    }
    text
}

/// What happens to the client, an item a line.
fn items(rust: &RustEffect) -> String {
    let mut text = String::new();
    let mut start = format!("Rust {}:", rust.effect().as_str());
    for item in rust.words().take(MOST_ITEMS) {
        text.push_str(&format!("      {start} {item}\n"));
        start = " ".repeat(start.len());
    }
    if let Some(more) = rust.words().count().checked_sub(MOST_ITEMS).filter(|more| *more > 0) {
        text.push_str(&format!("      {start} and {more} more\n"));
    }
    text
}

fn paint(severity: Severity, colors: bool) -> String {
    let code = match severity {
        Severity::Breaking => 31,
        Severity::Warning => 33,
        Severity::Info => 36,
        Severity::None => 37,
    };
    let word = heading(severity);
    if colors { format!("\u{1b}[1;{code}m{word}\u{1b}[0m") } else { word.to_owned() }
}
