//! The report for a terminal.

use codegen::diff::{Change, RustEffect, Severity};

use super::report::{Group, Report, by_resource, in_line};
use crate::terminal::painted;

/// More operations of a resource than this are counted.
const MOST_OPERATIONS: usize = 4;

/// More places than this a message counts.
const MOST_PLACES: usize = 4;

/// More items of the client than this are counted.
const MOST_ITEMS: usize = 8;

pub(super) fn render(report: &Report, colors: bool) -> String {
    let mut text = String::new();
    line(&mut text, &report.headline());
    for group in Group::ALL {
        let changes = group.changes(report);
        if !changes.is_empty() {
            text.push_str(&format!("\n{}\n", paint(group, colors)));
        }
        for change in changes {
            add(&mut text, change);
        }
    }
    for remark in report.remarks() {
        text.push('\n');
        line(&mut text, &remark);
    }
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str(&in_line(line));
    text.push('\n');
}

fn add(text: &mut String, change: &Change) {
    line(text, &format!("  {}", change.message()));
    let default = change.default_severity();
    let usual = if change.severity() == default { String::new() } else { format!(" (usually {})", default.as_str()) };
    line(text, &format!("      {}{usual}", change.id()));
    let mut places = change.places();
    if places.len() > MOST_PLACES {
        let more = places.len().saturating_sub(MOST_ITEMS);
        places.truncate(MOST_ITEMS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        line(text, &format!("      at {}{more}", places.join(", ")));
    }
    if let Some(rust) = &change.rust {
        add_items(text, rust);
    }
    if let [one] = change.operations.as_slice()
        && change.subject() == *one
    {
        return;
    }
    for (resource, operations) in by_resource(&change.operations) {
        if operations.len() > MOST_OPERATIONS {
            line(text, &format!("      {resource}: {} operations", operations.len()));
        } else {
            line(text, &format!("      {resource}: {}", operations.join(", ")));
        }
    }
}

/// What happens to the client, an item a line.
fn add_items(text: &mut String, rust: &RustEffect) {
    let mut start = format!("Rust {}:", rust.effect().as_str());
    for item in rust.words().take(MOST_ITEMS) {
        line(text, &format!("      {start} {item}"));
        start = " ".repeat(start.len());
    }
    if let Some(more) = rust.words().count().checked_sub(MOST_ITEMS).filter(|more| *more > 0) {
        line(text, &format!("      {start} and {more} more"));
    }
}

fn paint(group: Group, colors: bool) -> String {
    let code = match group {
        Group::Severity(Severity::Breaking) => 31,
        Group::Severity(Severity::Warning) => 33,
        Group::Severity(Severity::Info) => 36,
        Group::Severity(Severity::None) | Group::NotAttributed => 37,
    };
    let word = group.heading();
    painted(word, code, colors)
}
