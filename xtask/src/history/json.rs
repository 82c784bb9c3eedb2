//! The history as JSON, for programs.

use codegen::Release;
use codegen::history::{Change, History, ReleaseChanges, Span, Subject};
use serde::Serialize;

use super::table::{Members, Row};
use crate::error::Error;

/// The number of the format: it grows when something is removed or changes its meaning, not for additions.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Operations<'a> {
    format: u32,
    releases: Vec<&'a str>,
    operations: Vec<Operation<'a>>,
}

#[derive(Serialize)]
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    #[serde(flatten)]
    when: When<'a>,
}

#[derive(Serialize)]
struct Type<'a> {
    format: u32,
    releases: Vec<&'a str>,
    #[serde(rename = "type")]
    name: &'a str,
    #[serde(flatten)]
    when: When<'a>,
    properties: Vec<Property<'a>>,
    values: Vec<Value<'a>>,
}

#[derive(Serialize)]
struct Property<'a> {
    name: &'a str,
    #[serde(flatten)]
    when: When<'a>,
    required: Vec<Ends<'a>>,
    changed: Vec<&'a str>,
}

#[derive(Serialize)]
struct Value<'a> {
    value: &'a str,
    #[serde(flatten)]
    when: When<'a>,
}

#[derive(Serialize)]
struct When<'a> {
    since: Option<&'a str>,
    until: Option<&'a str>,
    spans: Vec<Ends<'a>>,
}

#[derive(Serialize)]
struct Ends<'a> {
    since: &'a str,
    until: Option<&'a str>,
}

#[derive(Serialize)]
struct Changelog<'a> {
    format: u32,
    since: &'a str,
    releases: Vec<Changes<'a>>,
}

#[derive(Serialize)]
struct Changes<'a> {
    release: &'a str,
    changes: Vec<Changed<'a>>,
}

#[derive(Default, Serialize)]
struct Changed<'a> {
    event: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

/// The operations.
pub(crate) fn operations(history: &History, rows: &[Row]) -> Result<String, Error> {
    let operations = rows.iter().map(|row| Operation { method: row.method, path: row.name, when: when(row) });
    written(&Operations { format: FORMAT, releases: texts(history.releases()), operations: operations.collect() })
}

/// The parts of a type.
pub(crate) fn members(history: &History, members: &Members) -> Result<String, Error> {
    written(&Type {
        format: FORMAT,
        releases: texts(history.releases()),
        name: members.ty.name,
        when: when(&members.ty),
        properties: members.properties.iter().map(property).collect(),
        values: members.values.iter().map(|row| Value { value: row.name, when: when(row) }).collect(),
    })
}

/// What each release changed.
pub(crate) fn changelog(releases: &[ReleaseChanges], since: &Release) -> Result<String, Error> {
    let changes = releases.iter().map(|ReleaseChanges { release, changes }| Changes {
        release: release.as_str(),
        changes: changes.iter().map(changed).collect(),
    });
    written(&Changelog { format: FORMAT, since: since.as_str(), releases: changes.collect() })
}

fn property<'a>(row: &Row<'a>) -> Property<'a> {
    let life = row.life;
    Property { name: row.name, when: when(row), required: ends(&life.required), changed: texts(&life.changed) }
}

fn changed(change: &Change) -> Changed<'_> {
    let common = Changed { event: change.event.as_str(), kind: change.kind.as_str(), ..Changed::default() };
    match &change.subject {
        Subject::Operation(method, path) => Changed { method: Some(method.as_str()), path: Some(path), ..common },
        Subject::Parameter(method, path, name) | Subject::Sent(method, path, name) => {
            Changed { method: Some(method.as_str()), path: Some(path), name: Some(name), ..common }
        }
        Subject::Type(ty) => Changed { ty: Some(ty), ..common },
        Subject::Field(ty, name) | Subject::Value(ty, name) => Changed { ty: Some(ty), name: Some(name), ..common },
    }
}

fn when<'a>(row: &Row<'a>) -> When<'a> {
    let life = row.life;
    let (since, until) = (life.since(), life.until());
    When { since: since.map(Release::as_str), until: until.map(Release::as_str), spans: ends(&life.spans) }
}

fn ends(spans: &[Span]) -> Vec<Ends<'_>> {
    spans
        .iter()
        .map(|Span { since, until }| Ends { since: since.as_str(), until: until.as_ref().map(Release::as_str) })
        .collect()
}

fn texts(releases: &[Release]) -> Vec<&str> {
    releases.iter().map(Release::as_str).collect()
}

fn written(value: &impl Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(value).map_err(|source| Error::Json { source })?;
    Ok(format!("{text}\n"))
}
