//! Recorded answers, changed in one place after the other.
//!
//! What servers of other releases, plugins and settings may send differs from what was recorded: a further property, a
//! value that nobody knew, a property less. All of it is read, and nothing else of the answer is lost. What no server may
//! send is an error that names the place. The model of the API says what can be changed, and where.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in test functions, not in what these share"
)]

mod change;
#[path = "../support/mod.rs"]
mod support;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use change::{Change, Kind, Outcome, Step, apply};
use codegen::api::{Answer, Api, Type};
use serde_json::Value;
use support::compare::compare;
use support::model::api;
use support::readers::{Again, Reader, Readers};
use support::{Exchange, recordings, report};
use walk::changes;

/// Lists hold hundreds of records of the same shape: each place is changed in so many of them.
const OCCURRENCES: usize = 2;

/// The type of what the operation answers, if that is JSON.
fn answer<'a>(api: &'a Api, name: &str) -> Option<(&'a Type, bool)> {
    let operation = api.operations.iter().find_map(|operation| {
        let plain = format!("{}.{}", operation.resource, operation.name);
        let full = operation.full.as_ref().filter(|_| name == format!("{plain}_full")).map(|full| &full.answer);
        full.or_else(|| (name == plain).then_some(&operation.answer))
    });
    match operation.unwrap_or_else(|| panic!("the model has no {name}")) {
        Answer::Json(ty) => Some((ty, false)),
        Answer::Page(ty) => Some((ty, true)),
        Answer::Empty | Answer::Download => None,
    }
}

fn changed_body(exchange: &Exchange, body: &Value) -> Exchange {
    Exchange { answer: body.to_string(), ..exchange.clone() }
}

/// Why the reader did not do with the changed answer what it should.
fn check(reader: &Reader, exchange: &Exchange, original: &Value, change: &Change) -> Option<String> {
    let mut mutant = original.clone();
    apply(&mut mutant, change);
    let read = (reader.again)(&changed_body(exchange, &mutant).response());
    match (&change.outcome, read) {
        (Outcome::Reads(expected_change), Ok(Again::Json(again))) => {
            let mut expected = original.clone();
            if let Some(expected_change) = expected_change {
                apply(&mut expected, expected_change);
            }
            let mut differences = Vec::new();
            compare(&expected, &again, "", &mut differences);
            (!differences.is_empty()).then(|| format!("{differences:?}"))
        }
        (Outcome::Fails { place, problem }, Err(error)) => (error.path() != place
            || !error.problem().contains(problem.as_str()))
        .then(|| format!("the error names {:?}: {}", error.path(), error.problem())),
        (Outcome::Reads(_), Err(error)) => Some(error.to_string()),
        _ => Some("it was read".to_owned()),
    }
}

#[test]
fn whatever_a_server_may_send_is_read_and_what_it_may_not_is_named() {
    let (api, readers) = (api(), Readers::all());
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut seen: BTreeMap<(&str, Kind, String), usize> = BTreeMap::new();
    let (mut answers, mut failures) = (0, Vec::new());
    let exchanges = recordings();
    for exchange in exchanges.iter().filter(|exchange| (200..300).contains(&exchange.status)) {
        let reader = readers.find(exchange).unwrap();
        let Some((ty, is_page)) = answer(&api, reader.name) else { continue };
        let original: Value = serde_json::from_str(&exchange.answer).unwrap();
        answers += 1;
        let list = Type::List(Box::new(ty.clone()));
        let all = changes(&api, if is_page { &list } else { ty }, &original);
        for change in &all {
            let count = seen.entry((reader.name, change.kind, change.place())).or_default();
            *count += 1;
            if *count <= OCCURRENCES {
                *counts.entry(change.kind).or_default() += 1;
                if let Some(problem) = check(reader, exchange, &original, change) {
                    let what = format!("{:?} {}", change.kind, change.place());
                    failures.push(format!("{}: {what}: {problem}", exchange.title()));
                }
            }
        }
        if let Some(problem) = all_at_once(reader, exchange, &original, &all) {
            failures.push(format!("{}: all at once: {problem}", exchange.title()));
        }
    }
    let places: BTreeSet<(&str, &String)> = seen.keys().map(|(name, _, place)| (*name, place)).collect();
    let mutants: usize = counts.values().sum();
    report(&format!(
        "mutations: {answers} recorded exchanges, {} places, {mutants} changed answers: {counts:?}",
        places.len()
    ));
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    // The other 15 of the 300 answers are empty, or files.
    assert_eq!((answers, places.len(), mutants), (285, 2579, 10_860));
    assert_eq!(counts.len(), 10, "a kind of change that was never made");
}

#[test]
fn the_check_notices_what_is_lost_and_what_is_not_refused() {
    let readers = Readers::all();
    let exchange = recordings().into_iter().find(|exchange| exchange.path == "/api/version").unwrap();
    let reader = readers.find(&exchange).unwrap();
    let original: Value = serde_json::from_str(&exchange.answer).unwrap();
    let problem = |key: &str, value: &str, outcome| {
        let path = vec![Step::Key(key.to_owned())];
        check(reader, &exchange, &original, &Change { kind: Kind::Null, path, value: Some(value.into()), outcome })
    };
    let fails = |place: &str, problem: &str| Outcome::Fails { place: place.to_owned(), problem: problem.to_owned() };
    assert_eq!(problem("new", "x", Outcome::Reads(None)), None);
    let lost = problem("version", "9.9.9", Outcome::Reads(None)).unwrap();
    assert_eq!(lost, r#"[(".version", "recorded \"2.65.0\", written \"9.9.9\"")]"#);
    assert_eq!(problem("new", "x", fails("new", "")).unwrap(), "it was read");
    assert_eq!(problem("versionId", "x", fails("versionId", "invalid type")), None);
    assert!(
        problem("versionId", "x", fails("version", "invalid type"))
            .unwrap()
            .starts_with("the error names \"versionId\"")
    );
    assert!(problem("versionId", "x", Outcome::Reads(None)).is_some());
}

/// Every object with a further property, every enum unknown, everything gone that may be gone.
fn all_at_once(reader: &Reader, exchange: &Exchange, original: &Value, changes: &[Change]) -> Option<String> {
    let (mut mutant, mut expected) = (original.clone(), original.clone());
    // What lies deeper comes first: its place is still there.
    for change in changes.iter().rev() {
        if matches!(change.kind, Kind::UnknownProperty | Kind::UnknownValue | Kind::Removed | Kind::EmptyMapAsList)
            && let Outcome::Reads(expected_change) = &change.outcome
        {
            apply(&mut mutant, change);
            if let Some(change) = expected_change {
                apply(&mut expected, change);
            }
        }
    }
    match (reader.again)(&changed_body(exchange, &mutant).response()) {
        Ok(Again::Json(again)) => {
            let mut differences = Vec::new();
            compare(&expected, &again, "", &mut differences);
            (!differences.is_empty()).then(|| format!("{differences:?}"))
        }
        Ok(_) => Some("it is no JSON".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}
