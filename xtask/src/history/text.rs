//! The history for a terminal.

use codegen::Release;
use codegen::history::{History, ReleaseChanges};

use super::lines::{happened, lines};
use super::table::{Members, Row, bar, columns, ends, releases, spans};
use crate::count::counted;

/// The operations by resource, each with a character a column of releases.
pub(crate) fn operations(history: &History, rows: &[Row]) -> String {
    let columns = columns(history, rows);
    let now = rows.iter().filter(|row| row.life.until().is_none()).count();
    let mut text = compared(history);
    let operations = counted(rows.len(), "operation", "operations");
    text.push_str(&format!("{operations}, {now} of them in the newest release\n"));
    text.push_str("each column starts at the release above it; + present, . absent\n\n");
    let name = |row: &Row| format!("  {:<6} {}", row.method, row.name);
    let width = widest(rows.iter().map(name)).max(1);
    let ends: Vec<(String, String)> = rows.iter().map(|row| ends(&row.life.spans)).collect();
    let since = widest(ends.iter().map(|(since, _)| since)).max("since".len());
    let until = widest(ends.iter().map(|(_, until)| until)).max("until".len());
    let heading = format!("{:<width$}  {:<since$}  {:<until$}", "", "since", "until");
    text.push_str(&above(&heading, &columns));
    let mut resource = None;
    for (row, (first, last)) in rows.iter().zip(&ends) {
        if resource != Some(row.resource()) {
            resource = Some(row.resource());
            text.push_str(&format!("{}\n", row.resource()));
        }
        let bar = bar(row.life, &columns);
        text.push_str(&format!("{:<width$}  {first:<since$}  {last:<until$}  {bar}\n", name(row)));
    }
    text
}

/// The parts of a type, each with a character a column of releases.
pub(crate) fn members(history: &History, members: &Members) -> String {
    let Members { ty, properties, values } = members;
    let columns = columns(history, std::iter::once(ty).chain(properties).chain(values));
    let mut text = compared(history);
    text.push_str(&format!("{}: {}\n", ty.name, spans(&ty.life.spans)));
    text.push_str("each column starts at the release above it; ");
    text.push_str("# required or always present, + present, . absent\n\n");
    let width = widest(properties.iter().chain(values).map(|row| row.name)) + 2;
    text.push_str(&above(&" ".repeat(width), &columns));
    for (title, rows) in [("properties", properties), ("values", values)] {
        if !rows.is_empty() {
            text.push_str(&format!("{title}\n"));
        }
        for Row { name, life, .. } in rows {
            let mut facts = vec![spans(&life.spans)];
            if !life.required.is_empty() && life.required != life.spans {
                facts.push(format!("required {}", spans(&life.required)));
            }
            if !life.changed.is_empty() {
                facts.push(format!("changed {}", releases(&life.changed)));
            }
            let bar = bar(life, &columns);
            text.push_str(&format!("{:<width$}  {bar}  {}\n", format!("  {name}"), facts.join("; ")));
        }
    }
    text
}

/// What each release changed.
pub(crate) fn changelog(releases: &[ReleaseChanges], since: &Release) -> String {
    if releases.is_empty() {
        return format!("the API did not change from {since} on\n");
    }
    let mut text = String::new();
    for ReleaseChanges { release, changes } in releases {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{release}\n"));
        for line in lines(changes) {
            let more = if line.more > 0 { format!(" and {} more", line.more) } else { String::new() };
            text.push_str(&format!("  {:<9}  {:<15}  {}{more}\n", line.kind.as_str(), happened(line.event), line.text));
        }
    }
    text
}

fn compared(history: &History) -> String {
    match history.releases() {
        [] => String::new(),
        [only] => format!("1 release: {only}\n"),
        [first, .., last] => format!("{} releases from {first} to {last}\n", history.releases().len()),
    }
}

fn widest(texts: impl Iterator<Item = impl AsRef<str>>) -> usize {
    texts.map(|text| text.as_ref().chars().count()).max().unwrap_or_default()
}

/// The releases of the columns from top to bottom, the heading beside the last line.
fn above(heading: &str, columns: &[&Release]) -> String {
    let height = widest(columns.iter().map(|release| release.as_str()));
    let padded: Vec<Vec<char>> =
        columns.iter().map(|release| format!("{:>height$}", release.as_str()).chars().collect()).collect();
    let mut text = String::new();
    let width = heading.chars().count();
    for line in 0..height {
        let heading = if line + 1 == height { heading } else { "" };
        let bar: String = padded.iter().filter_map(|column| column.get(line)).collect();
        text.push_str(format!("{heading:<width$}  {bar}").trim_end());
        text.push('\n');
    }
    text
}
