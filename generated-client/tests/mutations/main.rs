//! Recorded responses, changed in one place after the other.
//!
//! Servers with other releases, plugins and settings send other responses: with an additional field, an unknown value or
//! a missing field. The client reads them, and loses nothing else of the response. A response that no server may send is
//! an error that names the place. The model of the API says what can be changed, and where.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in test functions, not in what these share"
)]

mod change;
mod compound;
mod judge;
mod places;
#[path = "../support/mod.rs"]
mod support;
mod thing;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use change::Kind;
use codegen::api::{Answer, Api, Type};
use compound::{COMPOUNDS, compound};
use judge::{check, is_written};
use places::places;
use serde_json::Value;
use support::model::api;
use support::readers::Readers;
use support::{recordings, report};
use walk::changes;

/// Lists contain hundreds of similar records: each place is changed only in this many records in which the change has
/// an effect. The changes of everything at once apply to all records.
const OCCURRENCES: usize = 2;

/// The type of the operation's response, if that is JSON.
fn answer<'a>(api: &'a Api, name: &str) -> Option<(&'a Type, bool)> {
    let operation = api.operations.iter().find_map(|operation| {
        let plain = format!("{}.{}", operation.resource, operation.name);
        let full = operation.full.as_ref().filter(|_| name == format!("{plain}_full")).map(|full| &full.answer);
        full.or_else(|| (name == plain).then_some(&operation.answer))
    });
    match operation.unwrap_or_else(|| panic!("the model has no {name}")) {
        Answer::Json(ty) => Some((ty, false)),
        Answer::Page(ty) => Some((ty, true)),
        _ => None,
    }
}

#[test]
fn whatever_a_server_may_send_is_read_and_what_it_may_not_is_named() {
    let (api, readers) = (api(), Readers::all());
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut seen: BTreeMap<(&str, Kind, String), usize> = BTreeMap::new();
    let mut recorded: BTreeSet<(&str, String)> = BTreeSet::new();
    let (mut answers, mut others, mut compounds, mut failures) = (0, 0, 0, Vec::new());
    let exchanges = recordings();
    for exchange in exchanges.iter().filter(|exchange| (200..300).contains(&exchange.status)) {
        let reader = readers.find(exchange).unwrap();
        let Some((ty, is_page)) = answer(&api, reader.name) else {
            others += 1;
            continue;
        };
        let original: Value = serde_json::from_str(&exchange.answer).unwrap();
        answers += 1;
        recorded.extend(places(&original).into_iter().map(|place| (reader.name, place)));
        let list = Type::List(Box::new(ty.clone()));
        let all = changes(&api, if is_page { &list } else { ty }, &original);
        for change in all.iter().filter(|change| change.alters(&original)) {
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
        for kinds in COMPOUNDS {
            let (mutant, expected) = compound(&original, &all, kinds);
            compounds += usize::from(mutant != original);
            if let Some(problem) = is_written(reader, exchange, &mutant, &expected) {
                failures.push(format!("{}: {kinds:?} everywhere: {problem}", exchange.title()));
            }
        }
    }
    let mutants: usize = counts.values().sum::<usize>() + compounds;
    report(&format!(
        "mutations: {answers} recorded exchanges, {} places, {mutants} changed responses: {counts:?}, and {compounds} with \
         many changes at once",
        recorded.len()
    ));
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    // Every recorded value has a type, and so can have a wrong one: the walk along the model misses nothing.
    let wrong = seen.keys().filter(|(_, kind, _)| *kind == Kind::WrongType);
    assert_eq!(wrong.map(|(name, _, place)| (*name, place.clone())).collect::<BTreeSet<_>>(), recorded);
    // Together 300, all that are replayed; the other responses are empty, or files.
    assert_eq!((answers, others, compounds, recorded.len()), (285, 15, 1_068, 2_386));
    assert_eq!(
        counts.into_iter().collect::<Vec<_>>(),
        [
            (Kind::UnknownProperty, 318),
            (Kind::FurtherKey, 9),
            (Kind::UnknownValue, 186),
            (Kind::Removed, 2_106),
            (Kind::Null, 1_357),
            (Kind::EmptyList, 142),
            (Kind::EmptyMapAsList, 9),
            (Kind::EmptyMap, 3),
            (Kind::WrongType, 3_826),
            (Kind::Missing, 1_384),
            (Kind::ForbiddenNull, 1_384),
        ]
    );
}
