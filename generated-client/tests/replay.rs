//! Every successful response of a real Kimai is the same after it was deserialized and serialized again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use support::compare::compare;
use support::readers::{Again, Readers};
use support::{Exchange, recording, recordings, report};

/// Fields that servers send and the document does not declare, by operation and path. There are none.
const NOT_IN_THE_DOCUMENT: [(&str, &str); 0] = [];

#[test]
fn no_operation_is_missing() {
    let readers = Readers::all();
    let operations: BTreeSet<(&str, &str)> = readers.0.iter().map(|r| (r.method.as_str(), r.path)).collect();
    // 2.65.0 has 88 operations, and older releases three others.
    assert!(operations.len() >= 91, "{}", operations.len());
    // Four of them have a variant with 'full', which changes the response.
    assert!(readers.0.len() >= 95, "{}", readers.0.len());
}

#[test]
fn every_recorded_success_is_read_without_loss() {
    let readers = Readers::all();
    let mut replayed = 0;
    let mut seen = BTreeSet::new();
    let mut failures = Vec::new();
    let mut unknown = BTreeSet::new();
    for exchange in recordings().iter().filter(|exchange| (200..300).contains(&exchange.status)) {
        let Some(reader) = readers.find(exchange) else {
            failures.push(format!("{}: no operation", exchange.title()));
            continue;
        };
        replayed += 1;
        seen.insert(reader.name);
        match (reader.again)(&exchange.response()) {
            Ok(Again::Json(again)) => {
                let recorded: Value = serde_json::from_str(&exchange.answer).unwrap();
                let mut differences = Vec::new();
                compare(&recorded, &again, "", &mut differences);
                for (path, problem) in differences {
                    let place = NOT_IN_THE_DOCUMENT.iter().find(|known| **known == (reader.name, path.as_str()));
                    match place {
                        Some(known) => drop(unknown.insert(*known)),
                        None => failures.push(format!("{}: {path}: {problem}", exchange.title())),
                    }
                }
            }
            Ok(Again::Nothing) => assert_eq!(exchange.answer, "", "{}", exchange.title()),
            Ok(Again::File(file)) => {
                assert_eq!(file.content, exchange.answer.as_bytes());
                assert_eq!(file.media_type.as_deref(), exchange.headers.get("Content-Type").map(String::as_str));
                assert!(exchange.headers["Content-Disposition"].ends_with(file.file_name.as_deref().unwrap()));
            }
            Err(error) => failures.push(format!("{}: {error}", exchange.title())),
        }
    }
    report(&format!("responses: {replayed} recorded exchanges of {} operations, read and written again", seen.len()));
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(unknown, BTreeSet::from(NOT_IN_THE_DOCUMENT), "an entry that is not needed");
    assert_eq!(replayed, 300);
    assert_eq!(seen.len(), 87);
}

/// Recorded requests that the client does not send to these servers, because they ignore `full` there or treat every
/// value of it as true.
const NOT_FOR_OLD_SERVERS: [(&str, &str); 5] = [
    ("1.30.11", "/api/customers?full=1"),
    ("1.30.11", "/api/users?full=true"),
    ("2.0.35", "/api/customers?full=1"),
    ("2.0.35", "/api/timesheets?full=false"),
    ("2.0.35", "/api/users?full=true"),
];

#[test]
fn every_recorded_success_of_older_releases_is_read_without_loss() {
    let readers = Readers::all();
    for (release, expected) in [("1.30.11", 165), ("2.0.35", 172)] {
        let (mut replayed, mut failures) = (0, Vec::new());
        let is_sent = |exchange: &&Exchange| {
            (200..300).contains(&exchange.status) && !NOT_FOR_OLD_SERVERS.contains(&(release, &exchange.path))
        };
        for exchange in recording(release).iter().filter(is_sent) {
            let Some(reader) = readers.find(exchange) else {
                failures.push(format!("{}: no operation", exchange.title()));
                continue;
            };
            replayed += 1;
            match (reader.again)(&exchange.response()) {
                Ok(Again::Json(again)) => {
                    let recorded: Value = serde_json::from_str(&exchange.answer).unwrap();
                    let mut differences = Vec::new();
                    compare(&recorded, &again, "", &mut differences);
                    differences.retain(|(path, problem)| !is_as_meant(path, problem));
                    failures.extend(
                        differences.iter().map(|(path, problem)| format!("{}: {path}: {problem}", exchange.title())),
                    );
                }
                Ok(_) => assert_eq!(exchange.answer, "", "{}", exchange.title()),
                Err(error) => failures.push(format!("{}: {error}", exchange.title())),
            }
        }
        report(&format!("responses of {release}: {replayed} recorded exchanges, read and written again"));
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
        assert_eq!(replayed, expected, "{release}");
    }
}

/// Fields that older releases omit are written as null if the newest release sends null, and date-times of projects as
/// dates.
fn is_as_meant(path: &str, problem: &str) -> bool {
    let date = |text: &str| Some(text.split_once("recorded \"")?.1.split('T').next()?.to_owned());
    let is_date = [".start", ".end", ".orderDate"].iter().any(|name| path.ends_with(name))
        && date(problem).is_some_and(|date| problem.ends_with(&format!("written \"{date}\"")));
    problem == "made up: null" || is_date
}

#[test]
fn the_comparison_finds_what_is_lost_and_what_is_made_up() {
    let mut differences = Vec::new();
    let recorded = serde_json::json!({"a": 1, "b": [{"c": null}], "d": "x"});
    let again = serde_json::json!({"a": 1.0, "b": [{"e": 2}], "d": "y"});
    compare(&recorded, &again, "", &mut differences);
    let differences: Vec<String> = differences.into_iter().map(|(path, problem)| format!("{path} {problem}")).collect();
    assert_eq!(differences, [".b[].c lost: null", ".b[].e made up: 2", ".d recorded \"x\", written \"y\""]);
}
