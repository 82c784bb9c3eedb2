//! The history as Markdown.

use codegen::history::ReleaseChanges;

use super::lines::{happened, lines};
use super::table::{Members, Row, ends, releases, spans};

/// A table of the operations.
pub(crate) fn operations(rows: &[Row]) -> String {
    let mut text = String::from("| operation | since | until |\n|---|---|---|\n");
    for row in rows {
        let (since, until) = ends(&row.life.spans);
        text.push_str(&line(&[format!("`{} {}`", row.method, row.name), since, until]));
    }
    text
}

/// A table of the parts of a type.
pub(crate) fn members(members: &Members) -> String {
    let Members { ty, properties, values } = members;
    let mut text = format!("## {}\n\nKimai {}.\n", ty.name, spans(&ty.life.spans));
    if !properties.is_empty() {
        text.push_str("\n| property | since | until | required or always present | changed |\n|---|---|---|---|---|\n");
    }
    for Row { name, life, .. } in properties {
        let (since, until) = ends(&life.spans);
        let cells = [format!("`{name}`"), since, until, spans(&life.required), releases(&life.changed)];
        text.push_str(&line(&cells));
    }
    if !values.is_empty() {
        text.push_str("\n| value | since | until |\n|---|---|---|\n");
    }
    for Row { name, life, .. } in values {
        let (since, until) = ends(&life.spans);
        text.push_str(&line(&[format!("`{name}`"), since, until]));
    }
    text
}

/// A list for each release, under a heading of this level.
pub(crate) fn changelog(releases: &[ReleaseChanges], level: usize) -> String {
    let mut text = String::new();
    for ReleaseChanges { release, changes } in releases {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{} {release}\n\n", "#".repeat(level)));
        for line in lines(changes) {
            let more = if line.more > 0 { format!(" and {} more", line.more) } else { String::new() };
            text.push_str(&format!("- {} {}: `{}`{more}\n", line.kind.as_str(), happened(line.event), line.text));
        }
    }
    text
}

fn line(cells: &[String]) -> String {
    // A value of an enum may hold any character.
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}
