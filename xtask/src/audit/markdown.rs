//! The report for an issue.

use codegen::audit::Verdict;

use super::report::{Compared, Corrected, Report, in_line, is_breaking, members, sentence};
use crate::count::counted;

pub(super) fn render(report: &Report) -> String {
    let mut text = "## Responses compared with the API document\n".to_owned();
    for source in &report.sources {
        let responses = counted(source.responses, "response", "responses");
        text.push_str(&format!("\n- {} (Kimai {}): {responses}\n", code(&source.name), source.release));
        let ignored = source.ignored.iter().map(|(reason, count)| format!("ignored: {}: {count}", code(reason)));
        let not_sent =
            source.not_sent.iter().map(|(operation, reason)| format!("not sent: {}: {reason}", code(operation)));
        let stopped = source.stopped.iter().map(|problem| format!("stopped: {}", code(problem)));
        for more in source.notes.iter().cloned().chain(ignored).chain(not_sent).chain(stopped) {
            text.push_str(&format!("  - {more}\n"));
        }
    }
    for compared in &report.releases {
        let with = if report.has_overlays { "with" } else { "without" };
        text.push_str(&format!(
            "\n### Kimai {}\n\n{}, {} {with} overlays",
            compared.release,
            compared.size(),
            code(&compared.document)
        ));
        if report.reviews {
            verdicts(&mut text, compared);
            continue;
        }
        text.push_str(&format!(": {}.\n", compared.sum()));
        for (beginning, count) in &compared.unknown {
            text.push_str(&format!(
                "\nNo operation: {} ({})\n",
                code(beginning),
                counted(*count, "request", "requests")
            ));
        }
        for one in &compared.findings {
            finding(&mut text, report, one);
        }
    }
    text
}

fn finding(text: &mut String, report: &Report, one: &Corrected) {
    let Corrected { finding, overlay } = one;
    let breaking = if is_breaking(finding.kind) { " (breaking)" } else { "" };
    text.push_str(&format!("\n#### {}{breaking}: {}\n\n", finding.kind.id(), code(finding.pointer.as_str())));
    text.push_str(&format!("{}: {}.\n\n", sentence(finding), counted(finding.count, "response", "responses")));
    if !finding.members.is_empty() {
        text.push_str(&format!("- {}\n", members(finding, code)));
    }
    let operations: Vec<String> = finding.operations.iter().map(|operation| code(operation)).collect();
    text.push_str(&format!("- in {}\n- example: {}\n", operations.join(", "), code(&report.example(finding))));
    if let Some(overlay) = overlay {
        text.push_str(&format!("\n```yaml\n{overlay}```\n"));
    }
}

fn verdicts(text: &mut String, compared: &Compared) {
    if compared.verdicts.is_empty() {
        text.push_str(": no action is contradicted or unsupported.\n");
        return;
    }
    text.push_str(".\n\n| judgement | action | target | places |\n|---|---|---|---|\n");
    for Verdict { file, action, target, judgement, places } in &compared.verdicts {
        let places: Vec<String> =
            places.iter().map(|(place, count)| format!("{} ({count})", code(place.as_str()))).collect();
        let target = code(target).replace('|', "\\|");
        text.push_str(&format!("| {} | {file} {action} | {target} | {} |\n", judgement.id(), places.join("<br>")));
    }
}

/// A code span, also of text with backticks.
fn code(text: &str) -> String {
    let text = in_line(text);
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
