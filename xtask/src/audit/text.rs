//! The report for a terminal.

use codegen::audit::Verdict;

use super::report::{Compared, Corrected, Correction, Report, in_line, is_breaking, members, sentence, times};
use crate::count::counted;

/// More operations than this are counted.
const MOST: usize = 4;

/// The width of the labels.
const WIDTH: usize = 11;

pub(super) fn render(report: &Report, is_terminal: bool) -> String {
    let bold = |text: &str| if is_terminal { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
    let mut text = String::new();
    for source in &report.sources {
        let responses = counted(source.responses, "response", "responses");
        line(&mut text, "read", &format!("{} (Kimai {}): {responses}", report.name(source), source.release));
        for (reason, count) in &source.ignored {
            line(&mut text, "ignored", &format!("{}: {count}", in_line(reason)));
        }
        for note in &source.notes {
            line(&mut text, "note", note);
        }
        for (operation, reason) in &source.not_sent {
            line(&mut text, "not sent", &format!("{operation}: {reason}"));
        }
        if let Some(problem) = report.stopped(source) {
            line(&mut text, "stopped", &problem);
        }
    }
    for compared in &report.releases {
        text.push('\n');
        text.push_str(&bold(&format!("Kimai {}", compared.release)));
        let with = if report.has_overlays { "with" } else { "without" };
        text.push_str(&format!(": {}, {} {with} overlays\n", compared.size(), compared.document));
        for (beginning, count) in &compared.unknown {
            line(&mut text, "unknown", &format!("{} ({})", in_line(beginning), counted(*count, "request", "requests")));
        }
        if report.reviews {
            verdicts(&mut text, compared);
            continue;
        }
        line(&mut text, "found", &compared.sum());
        for one in &compared.findings {
            text.push('\n');
            finding(&mut text, report, one, &bold);
        }
    }
    text
}

fn finding(text: &mut String, report: &Report, one: &Corrected, bold: &dyn Fn(&str) -> String) {
    let Corrected { finding, correction } = one;
    let breaking = if is_breaking(finding.kind) { " (breaking)" } else { "" };
    text.push_str(&format!("{}{breaking} {}\n", bold(finding.kind.id()), finding.pointer));
    let mut first = sentence(finding);
    if finding.members.is_empty() {
        first += &format!(": {}", times(finding.count));
    }
    text.push_str(&format!("  {first}\n"));
    if !finding.members.is_empty() {
        text.push_str(&format!("  {}\n", members(finding, in_line)));
    }
    let mut operations: Vec<&str> = finding.operations.iter().take(MOST).map(String::as_str).collect();
    let more = finding.operations.len().saturating_sub(MOST);
    let more = format!("and {more} more");
    if finding.operations.len() > MOST {
        operations.push(&more);
    }
    text.push_str(&format!("  in {}\n", operations.join(", ")));
    text.push_str(&format!("  example: {}\n", report.example(finding)));
    match correction {
        Correction::Actions(overlay) => {
            text.push_str(&format!("  correct it in specs/overlays/corrections.yaml:\n{overlay}"));
        }
        Correction::By(release) => text.push_str(&format!("  corrected by the actions for {release}\n")),
        Correction::ByHand => text.push_str("  correct it by hand in specs/overlays/corrections.yaml\n"),
    }
}

fn verdicts(text: &mut String, compared: &Compared) {
    if compared.verdicts.is_empty() {
        line(text, "reviewed", "no action is contradicted or unsupported");
    }
    for Verdict { file, action, target, judgement, places } in &compared.verdicts {
        text.push_str(&format!("\n{} {file}, action {action}: {target}\n", judgement.id()));
        for (place, count) in places {
            text.push_str(&format!("  {place} ({})\n", counted(*count, "value", "values")));
        }
    }
}

fn line(text: &mut String, label: &str, content: &str) {
    text.push_str(&format!("{label:<WIDTH$}{content}\n"));
}
