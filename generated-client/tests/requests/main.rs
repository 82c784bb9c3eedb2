//! Every recorded request that a server accepted, built with the typed API, is the same on the wire.
//!
//! Three servers were recorded (1.30.11, 2.0.35 and 2.65.0), with other clients than this one. The client writes for
//! the release of each. Requests that it writes differently are listed as rules with a reason; requests that it cannot
//! build are listed with the error. Both lists are complete, and counted.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in test functions, not in what these share"
)]

mod rebuild;
mod rules;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use generated_client::Release;
use generated_client::operation::{Body, HttpRequest};
use rules::RULES;
use serde_json::Value;
use support::{Exchange, recording, report};

/// A request on the wire, in a form that can be compared.
#[derive(Clone, Debug, PartialEq)]
struct Wire {
    method: String,
    path: String,
    /// Decoded and sorted by name; the values of a name keep their order.
    query: Vec<(String, String)>,
    body: Option<Value>,
}

impl Wire {
    fn new(method: &str, path_and_query: &str, body: Option<Value>) -> Self {
        let url = reqwest::Url::parse("http://localhost").unwrap().join(path_and_query).unwrap();
        let mut query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        query.sort_by(|(a, _), (b, _)| a.cmp(b));
        let body = body.map(floats);
        Self { method: method.to_owned(), path: url.path().to_owned(), query, body }
    }

    fn recorded(exchange: &Exchange) -> Self {
        let body = exchange.body.as_deref().map(|body| serde_json::from_str(body).unwrap());
        Self::new(&exchange.method, &exchange.path, body)
    }

    fn typed(request: &HttpRequest) -> Self {
        let body = match request.body() {
            Body::Empty => None,
            Body::Json(json) => Some(serde_json::from_slice(json).unwrap()),
            other => panic!("no recorded request sends {other:?}"),
        };
        Self::new(request.method().as_str(), &request.path_and_query(), body)
    }
}

/// 60 and 60.0 are the same number.
fn floats(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Number(number), Value::from),
        Value::Array(items) => items.into_iter().map(floats).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, floats(value))).collect(),
        other => other,
    }
}

/// Bodies and queries that the typed API cannot build, with how often they were recorded, and the error.
const REFUSED: [(&str, usize, &str); 9] = [
    // Servers ignore it, and return all records.
    ("unknownparam=x", 3, "no setter for 'unknownparam'"),
    // These releases do not have it either.
    ("full=1", 2, "does not have the parameter full, which exists since 2.62.0"),
    ("full=true", 2, "does not have the parameter full, which exists since 2.1.0"),
    ("users=1%2C4", 1, "Kimai 1.30.11 does not have the parameter users[], which exists since 2.0.15"),
    // It means 'not billable' instead of 'automatic'.
    (r#"{"billable": null}"#, 3, "invalid type: null, expected a boolean"),
    // Only some servers convert an offset.
    (r#"{"project": 5, "activity": 6, "begin": "2026-11-06T08:00:00+0100", "end": "2026-11-06T09:00:00"}"#, 3, OFFSET),
    (r#"{"project": 5, "activity": 6, "begin": "2026-11-06T08:00:00Z", "end": "2026-11-06T09:00:00"}"#, 3, OFFSET),
    // It sets the record to exported.
    (
        r#"{"project": 1, "activity": 1, "exported": null, "begin": "2026-11-13T09:00:00", "end": "2026-11-13T10:00:00"}"#,
        1,
        "invalid type: null, expected a boolean",
    ),
    // T7: it is taken as hours.
    (r#"{"timeBudget": 7200}"#, 9, "invalid type: integer `7200`, expected a duration as text of the form H:MM:SS"),
];

const OFFSET: &str = "it has a UTC offset; remove it and use the local time of the user's time zone";

/// The number of requests that each rule changes.
const CHANGED: [usize; RULES.len()] = [3, 4, 2, 2, 6, 9, 12];

#[test]
fn every_recorded_request_can_be_said_with_the_typed_api() {
    let recordings = [
        (Release::new(2, 65, 0), recording("2.65.0")),
        (Release::new(2, 65, 0), recording("2.65.0-extra")),
        (Release::new(2, 0, 35), recording("2.0.35")),
        (Release::new(1, 30, 11), recording("1.30.11")),
    ];
    let exchanges: Vec<(Release, &Exchange)> = recordings
        .iter()
        .flat_map(|(server, exchanges)| exchanges.iter().map(|exchange| (*server, exchange)))
        .filter(|(_, exchange)| (200..300).contains(&exchange.status))
        .filter(|(_, exchange)| exchange.body.is_some() || exchange.path.contains('?'))
        .collect();
    let (mut same, mut failures) = (0, Vec::new());
    let mut changed = [0; RULES.len()];
    let mut refused: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (server, exchange) in &exchanges {
        let recorded = Wire::recorded(exchange);
        let request = match rebuild::request(exchange, *server) {
            Ok(request) => request,
            Err(problem) => {
                let what = exchange.body.as_deref().or_else(|| exchange.path.split('?').nth(1)).unwrap();
                refused.entry(what).or_default().push(problem);
                continue;
            }
        };
        let typed = Wire::typed(&request);
        let mut expected = recorded.clone();
        for (rule, changed) in RULES.iter().zip(&mut changed) {
            let before = expected.clone();
            (rule.apply)(&mut expected);
            *changed += usize::from(before != expected);
        }
        same += usize::from(typed == recorded);
        if typed != expected {
            failures.push(format!("{server} {}\n  expected {expected:?}\n  typed    {typed:?}", exchange.title()));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    let refusals: usize = refused.values().map(Vec::len).sum();
    let reworded = exchanges.len() - same - refusals;
    report(&format!(
        "requests: {} recorded exchanges; {same} built the same, {reworded} built differently, {refusals} refused",
        exchanges.len(),
    ));
    assert_eq!((exchanges.len(), same, reworded, refusals), (378, 313, 38, 27));
    for ((rule, changed), expected) in RULES.iter().zip(changed).zip(CHANGED) {
        assert_eq!(changed, expected, "{}", rule.name);
    }
    for (what, count, reason) in REFUSED {
        let problems = refused.remove(what).unwrap_or_default();
        assert_eq!(problems.len(), count, "{what}");
        assert!(problems.iter().all(|problem| problem.contains(reason)), "{problems:?}");
    }
    assert!(refused.is_empty(), "cannot be built, for no known reason: {refused:#?}");
}
