//! The report as annotations: GitHub shows such lines of a workflow's log beside the files of a pull request.

use codegen::diff::{Change, Severity};

use super::lines::Lines;
use super::report::{Report, in_line, operations};

pub(super) fn render(report: &Report) -> String {
    let mut lines = Lines::new(&report.new.bytes);
    let mut text = String::new();
    for change in &report.changes {
        let command = match change.severity() {
            Severity::Breaking => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::None => "notice",
        };
        let file = report.file.as_ref().map(|file| {
            let line = lines.of_change(change).map(|line| format!(",line={line}"));
            format!("file={}{},", property(file), line.unwrap_or_default())
        });
        let file = file.unwrap_or_default();
        text.push_str(&format!("::{command} {file}title={}::{}\n", property(&change.id()), data(&message(change))));
    }
    let remarks = std::iter::once(report.headline()).chain(report.remarks());
    let summary = remarks.collect::<Vec<_>>().join("\n");
    text.push_str(&format!("::notice title=cargo xtask diff::{}\n", data(&summary)));
    text
}

fn message(change: &Change) -> String {
    match operations(change) {
        Some(operations) => format!("{}\n{operations}", change.message()),
        None => change.message(),
    }
}

/// Text as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Text after the properties.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(in_line).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_end_a_line_or_a_property() {
        assert_eq!(property("a,b:c%\r\n::error::d"), "a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ad");
        assert_eq!(data("a,b: 5%\nc\rd\u{1b}[31m"), "a,b: 5%25%0Ac\\rd\\u{1b}[31m");
    }
}
