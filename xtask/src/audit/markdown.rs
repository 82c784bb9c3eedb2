//! The report for an issue.

use codegen::audit::Verdict;

use super::report::{Compared, Corrected, Correction, Report, in_line, is_breaking, members, sentence, times};
use crate::count::counted;

pub(super) fn render(report: &Report) -> String {
    let mut text = "## Responses compared with the API document\n".to_owned();
    for source in &report.sources {
        let responses = counted(source.responses, "response", "responses");
        text.push_str(&format!("\n- {} (Kimai {}): {responses}\n", code(&report.name(source)), source.release));
        let ignored = source.ignored.iter().map(|(reason, count)| format!("ignored: {}: {count}", code(reason)));
        let not_sent =
            source.not_sent.iter().map(|(operation, reason)| format!("not sent: {}: {reason}", code(operation)));
        let stopped = report.stopped(source).map(|problem| format!("stopped: {}", code(&problem)));
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
    let Corrected { finding, correction } = one;
    let breaking = if is_breaking(finding.kind) { " (breaking)" } else { "" };
    text.push_str(&format!("\n#### {}{breaking}: {}\n\n", finding.kind.id(), code(finding.pointer.as_str())));
    text.push_str(&format!("{}: {}.\n\n", sentence(finding), times(finding.count)));
    if !finding.members.is_empty() {
        text.push_str(&format!("- {}\n", members(finding, code)));
    }
    let operations: Vec<String> = finding.operations.iter().map(|operation| code(operation)).collect();
    text.push_str(&format!("- in {}\n- example: {}\n", operations.join(", "), code(&report.example(finding))));
    match correction {
        Correction::Actions(overlay) => {
            let fence = fence(overlay, 3);
            text.push_str(&format!("\n{fence}yaml\n{overlay}{fence}\n"));
        }
        Correction::By(release) => text.push_str(&format!("\nCorrected by the actions for {release}.\n")),
        Correction::ByHand => text.push_str("\nCorrect it by hand in `specs/overlays/corrections.yaml`.\n"),
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
    let fence = fence(&text, 1);
    if text.contains('`') { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// Backticks around a code: more than it has in a row, and at least so many.
fn fence(code: &str, least: usize) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(least.max(longest + 1))
}
