//! Parts of the API as rows, and releases as columns.

use std::collections::BTreeSet;

use codegen::Release;
use codegen::history::{History, Life, Span, Subject, covers};

/// A part of the API, and when it was there.
pub(crate) struct Row<'a> {
    /// The method of an operation; nothing for others.
    pub(crate) method: &'static str,
    /// The path of an operation, the name of others.
    pub(crate) name: &'a str,
    pub(crate) life: &'a Life,
}

/// A type with all that it is made of.
pub(crate) struct Members<'a> {
    pub(crate) ty: Row<'a>,
    pub(crate) properties: Vec<Row<'a>>,
    /// The values of an enum.
    pub(crate) values: Vec<Row<'a>>,
}

impl<'a> Row<'a> {
    fn named(name: &'a str, life: &'a Life) -> Self {
        Self { method: "", name, life }
    }

    /// What operations are grouped by: the first segment of the path after `/api/`.
    pub(crate) fn resource(&self) -> &'a str {
        let path = self.name.strip_prefix("/api/").unwrap_or(self.name);
        path.split('/').next().unwrap_or_default()
    }
}

/// All operations, by path.
pub(crate) fn operations(history: &History) -> Vec<Row<'_>> {
    let operation = |(subject, life)| match subject {
        &Subject::Operation(method, ref path) => Some((method, Row { method: method.as_str(), name: path, life })),
        _ => None,
    };
    let mut rows: Vec<_> = history.lives().filter_map(operation).collect();
    rows.sort_by_key(|(method, row)| (row.resource(), row.name, *method));
    rows.into_iter().map(|(_, row)| row).collect()
}

impl<'a> Members<'a> {
    /// What the type is made of; nothing for a type that no release has.
    pub(crate) fn of(history: &'a History, ty: &str) -> Option<Self> {
        let (subject, life) =
            history.lives().find(|(subject, _)| matches!(subject, Subject::Type(name) if name == ty))?;
        let Subject::Type(name) = subject else { return None };
        let mut members = Self { ty: Row::named(name, life), properties: Vec::new(), values: Vec::new() };
        for (subject, life) in history.lives() {
            match subject {
                Subject::Field(owner, name) if owner == ty => members.properties.push(Row::named(name, life)),
                Subject::Value(owner, name) if owner == ty => members.values.push(Row::named(name, life)),
                _ => {}
            }
        }
        Some(members)
    }
}

/// The oldest release, and each one with which a row becomes another one.
pub(crate) fn columns<'a>(history: &'a History, rows: impl IntoIterator<Item = &'a Row<'a>>) -> Vec<&'a Release> {
    let mut columns: BTreeSet<&Release> = history.releases().first().into_iter().collect();
    for row in rows {
        for Span { since, until } in row.life.spans.iter().chain(&row.life.required) {
            columns.insert(since);
            columns.extend(until);
        }
    }
    columns.into_iter().collect()
}

/// A character a column: `#` where it is always there or has to be given, `+` where it is there, `.` where it is not.
pub(crate) fn bar(life: &Life, columns: &[&Release]) -> String {
    let mark = |release: &&Release| match (covers(&life.required, release), life.covers(release)) {
        (true, _) => '#',
        (false, true) => '+',
        (false, false) => '.',
    };
    columns.iter().map(mark).collect()
}

/// The releases of spans as text: the first of each, and the first after each.
pub(crate) fn ends(spans: &[Span]) -> (String, String) {
    let since: Vec<&str> = spans.iter().map(|span| span.since.as_str()).collect();
    let until: Vec<&str> = spans.iter().filter_map(|span| span.until.as_ref()).map(Release::as_str).collect();
    (since.join(", "), until.join(", "))
}

/// Spans as text, such as `1.0 to 2.14.0, 2.20.0 on`; the release at the end of a span has it no more.
pub(crate) fn spans(spans: &[Span]) -> String {
    let span = |span: &Span| match &span.until {
        Some(until) => format!("{} to {until}", span.since),
        None => format!("{} on", span.since),
    };
    spans.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// Releases as text.
pub(crate) fn releases(releases: &[Release]) -> String {
    releases.iter().map(Release::as_str).collect::<Vec<_>>().join(", ")
}
