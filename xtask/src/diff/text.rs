//! The report for a terminal.

use codegen::diff::{Change, Severity};

use super::{Report, by_resource};

/// More operations of a resource than this are counted.
const MOST: usize = 4;

pub(super) fn render(report: &Report, colors: bool) -> String {
    let mut text = format!("{} → {}: ", report.old.title(), report.new.title());
    if report.changes.is_empty() && report.ignored.is_empty() {
        return text + "nothing changed on the wire\n";
    }
    text.push_str(&report.summary());
    text.push('\n');
    let mut last = None;
    for change in &report.changes {
        if last.replace(change.severity) != Some(change.severity) {
            text.push_str(&format!("\n{}\n", paint(change.severity.as_str(), change.severity, colors)));
        }
        text.push_str(&line(change));
    }
    for (reason, count) in &report.ignored {
        text.push_str(&format!("\nleft out: {count}, because {reason}\n"));
    }
    text
}

fn line(change: &Change) -> String {
    let mut text = format!("  {}\n      {}", change.message, change.id);
    if let [one] = change.operations.as_slice()
        && change.subject == *one
    {
        return text + "\n";
    }
    for (resource, operations) in by_resource(&change.operations) {
        if operations.len() > MOST {
            text.push_str(&format!("\n      {resource}: {} operations", operations.len()));
        } else {
            text.push_str(&format!("\n      {resource}: {}", operations.join(", ")));
        }
    }
    text + "\n"
}

fn paint(word: &str, severity: Severity, colors: bool) -> String {
    let code = match severity {
        Severity::Breaking => 31,
        Severity::Warning => 33,
        Severity::Info => 36,
        Severity::None => 37,
    };
    if colors { format!("\u{1b}[1;{code}m{word}\u{1b}[0m") } else { word.to_owned() }
}
