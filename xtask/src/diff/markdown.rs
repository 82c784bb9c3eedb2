//! The report for a pull request.

use codegen::diff::Change;

use super::report::{Group, Report, by_resource, in_line};

/// More items of the client than this are counted.
const MOST: usize = 8;

pub(super) fn render(report: &Report) -> String {
    let mut text = format!("## {}\n\n", escaped(&report.title()));
    if report.changes.is_empty() && report.ignored.is_empty() {
        text.push_str("No changes in requests and responses.\n");
    } else {
        text.push_str(&format!("{}\n", report.summary()));
    }
    for group in Group::ALL {
        let changes = group.changes(report);
        if changes.is_empty() {
            continue;
        }
        let heading = capital(group.heading());
        text.push_str(&format!("\n### {heading}\n\n| change | rule | Rust | operations |\n|---|---|---|---|\n"));
        for change in changes {
            let cells = [escaped(&change.message()), format!("`{}`", change.id()), rust(change), operations(change)];
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    for (reason, count) in &report.ignored {
        text.push_str(&format!("\n{count} ignored: {}\n", escaped(reason)));
    }
    for hidden in report.hidden() {
        text.push_str(&format!("\n{}\n", escaped(&hidden)));
    }
    if let Some(problem) = report.unknown() {
        text.push_str(&format!("\nEffects on the Rust client unknown: {}\n", escaped(&problem)));
    }
    if let Some(severities) = report.severities() {
        text.push_str(&format!("\n{}\n", escaped(&severities)));
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What happens to the client; of many items the first.
fn rust(change: &Change) -> String {
    let Some(rust) = &change.rust else { return String::new() };
    let mut parts = vec![rust.effect().as_str().to_owned()];
    parts.extend(rust.words().take(MOST).map(code));
    if let Some(more) = rust.words().count().checked_sub(MOST).filter(|more| *more > 0) {
        parts.push(format!("and {more} more"));
    }
    parts.join("<br>")
}

fn operations(change: &Change) -> String {
    let groups =
        by_resource(&change.operations).into_iter().map(|(resource, operations)| match operations.as_slice() {
            [one] => code(one),
            several => format!("{} ({})", escaped(&resource), several.len()),
        });
    groups.collect::<Vec<_>>().join(", ")
}

/// Names in a cell, as they are.
fn code(text: &str) -> String {
    format!("`{}`", in_line(text).replace('|', "\\|"))
}

/// Text in a cell, of which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in in_line(text).chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}
