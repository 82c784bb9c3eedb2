//! The report for a pull request.

use codegen::diff::{Change, Severity};

use super::{Report, by_resource};

pub(super) fn render(report: &Report) -> String {
    let mut text = format!("## {} → {}\n\n", report.old.title(), report.new.title());
    if report.changes.is_empty() && report.ignored.is_empty() {
        return text + "Nothing changed on the wire.\n";
    }
    text.push_str(&format!("{}\n", report.summary()));
    for severity in Severity::ALL.iter().rev() {
        let changes: Vec<&Change> = report.changes.iter().filter(|change| change.severity == *severity).collect();
        if changes.is_empty() {
            continue;
        }
        text.push_str(&format!("\n### {}\n\n| change | rule | operations |\n|---|---|---|\n", title(*severity)));
        for change in changes {
            text.push_str(&format!("| {} | `{}` | {} |\n", escaped(&change.message), change.id, operations(change)));
        }
    }
    for (reason, count) in &report.ignored {
        text.push_str(&format!("\n{count} left out: {}\n", escaped(reason)));
    }
    text
}

fn title(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "Breaking",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
        Severity::None => "Not on the wire",
    }
}

fn operations(change: &Change) -> String {
    let groups =
        by_resource(&change.operations).into_iter().map(|(resource, operations)| match operations.as_slice() {
            [one] => format!("`{one}`"),
            several => format!("{resource} ({})", several.len()),
        });
    groups.collect::<Vec<_>>().join(", ")
}

/// Text in a cell, of which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
