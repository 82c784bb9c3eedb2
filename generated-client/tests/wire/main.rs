//! What every operation sends: method, path, query, headers and body.
//!
//! The expected values come from the API document, from recordings and from measured facts about Kimai's servers, not
//! from the client's output. Query parameters are sorted by the names of their setters, `full` last.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in test functions, not in what these share"
)]
#![expect(deprecated, reason = "deprecated operations are sent, too")]

mod actions;
mod activities;
mod config;
mod coverage;
mod customers;
mod encoding;
mod export;
mod invoices;
mod projects;
mod system;
mod tags;
mod teams;
mod timesheets;
mod users;

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::str::FromStr;
use std::sync::LazyLock;

use generated_client::jiff::civil;
use generated_client::operation::{Body, HttpRequest, Operation, Paged, Visitor};
use generated_client::{Auth, Client, Download, Request, operations};
use serde::Serialize;
use serde_json::Value;
use support::report;

/// A client, to test the methods of its handles too. It sends nothing.
pub(crate) fn kimai() -> &'static Client {
    static KIMAI: LazyLock<Client> =
        LazyLock::new(|| Client::new("http://127.0.0.1:9", Auth::bearer("canary")).unwrap());
    &KIMAI
}

pub(crate) fn local(text: &str) -> civil::DateTime {
    text.parse().unwrap()
}

/// A color, a currency or a similar value.
pub(crate) fn value<T: FromStr>(text: &str) -> T
where
    T::Err: Debug,
{
    text.parse().unwrap()
}

/// A request on the wire.
#[derive(Debug, PartialEq)]
pub(crate) struct Wire {
    line: String,
    headers: Vec<String>,
    body: Option<Value>,
}

impl Wire {
    fn of(request: &HttpRequest) -> Self {
        let headers = request.headers().iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        Self { line: format!("{} {}", request.method(), request.path_and_query()), headers, body: body(request) }
    }
}

/// The body as JSON, if there is one.
pub(crate) fn body(request: &HttpRequest) -> Option<Value> {
    match request.body() {
        Body::Empty => None,
        Body::Json(json) => {
            let value: Value = serde_json::from_slice(json).unwrap();
            // The parsed value does not show a field that was written twice.
            assert_eq!(value.to_string().len(), json.len(), "{}", String::from_utf8_lossy(json));
            Some(value)
        }
        other => panic!("no operation of this release sends {other:?}"),
    }
}

/// A call, with what it sends and what it must send.
pub(crate) struct Case {
    name: &'static str,
    got: Wire,
    expected: Wire,
}

impl Case {
    fn new<O: Operation>(request: &Request<&Client, O>, line: &str, body: Option<Value>) -> Self {
        let sent = request.operation().request().unwrap_or_else(|error| panic!("{}: {error}", O::NAME));
        let expected = Wire { line: line.to_owned(), headers: Vec::new(), body };
        Self { name: O::NAME, got: Wire::of(&sent), expected }
    }

    /// The same call with a header in addition to those of every request.
    pub(crate) fn with_header(mut self, header: &str) -> Self {
        self.expected.headers.push(header.to_owned());
        self
    }
}

/// A call without a body.
pub(crate) fn case<O: Operation>(request: &Request<&Client, O>, line: &str) -> Case {
    Case::new(request, line, None)
}

/// A call with a JSON body.
pub(crate) fn with_body<O: Operation>(request: &Request<&Client, O>, line: &str, body: Value) -> Case {
    Case::new(request, line, Some(body))
}

pub(crate) fn check(cases: &[Case]) {
    let failures: Vec<String> = cases
        .iter()
        .filter(|case| case.got != case.expected)
        .map(|case| format!("{}:\n  sends    {:?}\n  expected {:?}", case.name, case.got, case.expected))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[derive(Default)]
struct Names(BTreeSet<&'static str>);

impl Visitor for Names {
    fn json<O>(&mut self)
    where
        O: Operation,
        O::Output: Serialize,
    {
        self.0.insert(O::NAME);
    }

    fn page<O>(&mut self)
    where
        O: Paged,
        O::Item: Serialize,
    {
        self.0.insert(O::NAME);
    }

    fn empty<O>(&mut self)
    where
        O: Operation<Output = ()>,
    {
        self.0.insert(O::NAME);
    }

    fn download<O>(&mut self)
    where
        O: Operation<Output = Download>,
    {
        self.0.insert(O::NAME);
    }
}

fn all_cases() -> Vec<Case> {
    [
        actions::cases(),
        activities::cases(),
        config::cases(),
        customers::cases(),
        export::cases(),
        invoices::cases(),
        projects::cases(),
        system::cases(),
        tags::cases(),
        teams::cases(),
        timesheets::cases(),
        users::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_operation_has_a_wire_test() {
    let cases = all_cases();
    let covered: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    let mut names = Names::default();
    operations::visit(&mut names);
    report(&format!("operations: {} of {} in {} cases", covered.len(), names.0.len(), cases.len()));
    let missing: Vec<_> = names.0.difference(&covered).collect();
    assert!(missing.is_empty(), "no wire test for {missing:?}");
    let invisible: Vec<_> = covered.difference(&names.0).collect();
    assert!(invisible.is_empty(), "'visit' does not show {invisible:?}");
}
