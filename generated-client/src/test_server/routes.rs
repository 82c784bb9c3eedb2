//! Which operation a request is for, in the release that the server has.

use percent_encoding::percent_decode_str;
use reqwest::Method;

use super::message::{NOT_FOUND, Refusal, Reply};
use super::object::is_since;
use crate::Release;
use crate::operation::{Info, Operation, Visitor};
use crate::operations;

/// An operation with the values in its path.
pub(super) struct Route {
    pub(super) info: Info,
    pub(super) values: Vec<String>,
}

/// All operations of the client that are Kimai's own.
pub(super) fn all() -> Vec<Info> {
    struct Collect(Vec<Info>);
    impl Visitor for Collect {
        fn operation<O: Operation>(&mut self) {
            if !O::PLUGIN {
                self.0.push(Info::of::<O>());
            }
        }
    }
    let mut collect = Collect(Vec::new());
    operations::visit(&mut collect);
    // The variants of an operation have its path; which of them is called shows in the query.
    collect.0.dedup_by(|later, first| later.path == first.path && later.method == first.method);
    collect.0
}

/// Finds the operation of a request.
pub(super) fn find(all: &[Info], release: Release, method: &Method, path: &str) -> Result<Route, Refusal> {
    let known =
        |info: &&Info| info.history.releases().iter().any(|span| span.covers(release)) || is_gone(info, release);
    let mut matching: Vec<Route> = all.iter().filter(known).filter_map(|info| route(info, path)).collect();
    // `/users/me` before `/users/{id}`.
    matching.sort_by_key(|route| route.values.len());
    let methods: Vec<String> = matching.iter().map(|route| route.info.method.to_string()).collect();
    match matching.into_iter().find(|route| route.info.method == *method) {
        Some(route) => Ok(route),
        None if methods.is_empty() => Err(NOT_FOUND),
        None => Err(Refusal::Reply(Box::new(Reply::error(405).header("allow", &methods.join(", "))))),
    }
}

fn route(info: &Info, path: &str) -> Option<Route> {
    let (mut template, mut segments) = (info.path.split('/'), path.split('/'));
    let mut values = Vec::new();
    loop {
        match (template.next(), segments.next()) {
            (None, None) => return Some(Route { info: info.clone(), values }),
            (Some(name), Some(segment)) if name.starts_with('{') => {
                let value = percent_decode_str(segment).decode_utf8().ok()?;
                if !allows(info.path, name, &value) {
                    return None;
                }
                values.push(value.into_owned());
            }
            (Some(expected), Some(segment)) if expected == segment => {}
            _ => return None,
        }
    }
}

/// Whether the release answers that an operation of earlier ones is gone.
pub(super) fn is_gone(info: &Info, release: Release) -> bool {
    info.name.ends_with(".create_team") && is_since(release, [2, 65, 0])
}

/// Whether a path parameter takes a value: most ids are numbers.
fn allows(path: &str, name: &str, value: &str) -> bool {
    let is_text = path.contains("/api-token/") || path.contains("/tags/") || matches!(name, "{view}" | "{locale}");
    if is_text { !value.is_empty() } else { super::form::id(value).is_some() }
}

/// Whether the path is one of the pages with the API document.
pub(super) fn is_page(release: Release, path: &str) -> bool {
    path == "/api/doc" || (path == "/api/doc.json" && !is_since(release, [2, 35, 0]))
}
