//! Parts of the API as rows, releases as columns, and bars where a part is there.

use std::collections::BTreeSet;

use codegen::Release;
use codegen::history::{History, covers};
use maud::{Markup, html};

use crate::history::table::{self, Row, ends};
use crate::html::{method_and_path, tokens};

/// Rows under a title.
pub(super) struct Group<'a> {
    pub(super) title: &'a str,
    pub(super) rows: Vec<&'a Row<'a>>,
}

/// A table.
pub(super) struct Matrix<'a> {
    pub(super) history: &'a History,
    /// What a row is.
    pub(super) what: &'a str,
    pub(super) groups: &'a [Group<'a>],
    /// Whether it shows where rows are required and changed.
    pub(super) has_details: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Absent,
    There,
    Required,
}

/// Columns that look the same.
struct Run {
    cell: Cell,
    length: usize,
    /// Whether it begins with another type.
    changed: bool,
    /// Whether it has been there ever since.
    is_newest: bool,
    text: String,
}

/// Whether the newest release has a row, as the filter calls it.
pub(super) fn state(row: &Row) -> &'static str {
    if row.life.until().is_none() { "newest" } else { "gone" }
}

impl Matrix<'_> {
    pub(super) fn markup(&self) -> Markup {
        let columns = self.columns();
        html! {
            (self.legend())
            // Without a place in the order of the keys it could not be scrolled with them.
            section.scroll tabindex="0" aria-label="Scrollable table" {
                table.matrix {
                    thead {
                        tr {
                            th.name scope="col" { (self.what) }
                            th.end scope="col" { "since" }
                            th.end scope="col" { "until" }
                            @for release in &columns { th.release scope="col" { span { (release) } } }
                        }
                    }
                    @for group in self.groups {
                        tbody data-group {
                            tr.title {
                                th.name scope="rowgroup" { (group.title) " " span.count data-count { (group.rows.len()) } }
                                td colspan=(columns.len() + 2) {}
                            }
                            @for row in &group.rows { (self.line(row, &columns)) }
                        }
                    }
                }
            }
        }
    }

    fn legend(&self) -> Markup {
        html! {
            p.legend {
                span.key { "Each column starts at the release above it." } " "
                span.key { span.life {} " " "present" } " "
                @if self.has_details { span.key { span.life.required {} " required or always present" } " " }
                span.key { span.life.gone {} " present, removed later" }
                @if self.has_details { " " span.key { span.mark { "◆" } " type or format changed" } }
            }
        }
    }

    /// The oldest release, and each one with which a row becomes another one.
    fn columns(&self) -> Vec<&Release> {
        let rows = || self.groups.iter().flat_map(|group| group.rows.iter().copied());
        let mut columns: BTreeSet<&Release> = table::columns(self.history, rows()).into_iter().collect();
        if self.has_details {
            columns.extend(rows().flat_map(|row| &row.life.changed));
        }
        columns.into_iter().collect()
    }

    fn line(&self, row: &Row, columns: &[&Release]) -> Markup {
        let (since, until) = ends(&row.life.spans);
        let resource = (!row.method.is_empty()).then(|| tokens([row.resource()]));
        html! {
            tr data-item data-resource=[resource] data-state=(state(row)) {
                th.name scope="row" {
                    @if row.method.is_empty() { code { (row.name) } } @else { (method_and_path(row.method, row.name)) }
                }
                td.end { (since) }
                td.end { (until) }
                @for run in self.runs(row, columns) {
                    @if run.cell == Cell::Absent {
                        td colspan=(run.length) {}
                    } @else {
                        td colspan=(run.length) title=(run.text) {
                            span.life.required[run.cell == Cell::Required].gone[!run.is_newest] {
                                @if run.changed { span.mark aria-hidden="true" { "◆" } }
                                span.sr { (run.text) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn runs(&self, row: &Row, columns: &[&Release]) -> Vec<Run> {
        let life = row.life;
        let mut runs: Vec<Run> = Vec::new();
        for release in columns {
            let cell = match (covers(&life.required, release), life.covers(release)) {
                (true, _) => Cell::Required,
                (false, true) => Cell::There,
                (false, false) => Cell::Absent,
            };
            let changed = self.has_details && life.changed.contains(release);
            match runs.last_mut() {
                Some(last) if last.cell == cell && !changed => last.length += 1,
                _ => runs.push(Run { cell, length: 1, changed, is_newest: false, text: text(cell, changed, release) }),
            }
        }
        let mut end: Option<&Release> = None;
        let mut before = columns.len();
        let mut is_newest = true;
        for run in runs.iter_mut().rev() {
            is_newest &= run.cell != Cell::Absent;
            run.is_newest = is_newest;
            if let Some(end) = end {
                run.text.push_str(&format!(" to {end}"));
            } else {
                run.text.push_str(" on");
            }
            before -= run.length;
            end = columns.get(before).copied();
        }
        runs
    }
}

fn text(cell: Cell, changed: bool, release: &Release) -> String {
    let what = match (cell, changed) {
        (Cell::Required, false) => "required ",
        (Cell::Required, true) => "changed, required ",
        (_, true) => "changed ",
        (_, false) => "",
    };
    format!("{what}{release}")
}
