//! What it costs to build a request with 21 parameters, against reqwest by hand. Nothing is sent.
//!
//! `cargo bench --package generated-client --bench request` prints times. With `client 1000` or `by-hand 1000` behind
//! `--`, it builds only this one, this often, so that `valgrind --tool=callgrind` can count instructions.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::time::Instant;

use generated_client::operation::Operation as _;
use generated_client::reqwest::{self, Url};
use generated_client::types::{Order, TimesheetOrderBy};
use generated_client::{Auth, Client, ids, jiff};
use jiff::Timestamp;
use jiff::civil::{DateTime, date};

const DEFAULT_RUNS: u32 = 20_000;

fn main() {
    let kimai = Client::new("http://localhost", Auth::bearer("a-token")).unwrap();
    let base = kimai.base_url();
    let http = reqwest::Client::new();
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let runs = arguments.get(1).map_or(DEFAULT_RUNS, |runs| runs.parse().unwrap());
    match arguments.first().map(String::as_str) {
        Some("client") => repeat(runs, || client(&kimai)),
        Some("by-hand") => repeat(runs, || by_hand(&http, base)),
        _ => {
            assert_eq!(sorted(&client(&kimai)), sorted(&by_hand(&http, base)), "the same request");
            println!("client:  {} ns", time(runs, || client(&kimai)));
            println!("by hand: {} ns", time(runs, || by_hand(&http, base)));
        }
    }
}

fn repeat(runs: u32, build: impl Fn() -> Url) {
    for _ in 0..runs {
        black_box(build());
    }
}

fn time(runs: u32, build: impl Fn() -> Url) -> u128 {
    let begin = Instant::now();
    repeat(runs, build);
    begin.elapsed().as_nanos() / u128::from(runs)
}

/// The URL without the order of its parameters.
fn sorted(url: &Url) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    pairs.push(("path".to_owned(), url.path().to_owned()));
    pairs.sort();
    pairs
}

fn begin() -> DateTime {
    black_box(date(2026, 11, 1).at(0, 0, 0, 0))
}

fn end() -> DateTime {
    black_box(date(2026, 11, 30).at(23, 59, 59, 0))
}

fn modified_after() -> Timestamp {
    black_box(Timestamp::UNIX_EPOCH)
}

fn client(kimai: &Client) -> Url {
    let list = kimai
        .timesheets()
        .list()
        .active(black_box(false))
        .activity([6, 7].map(ids::ActivityId::new))
        .begin(begin())
        .billable(black_box(true))
        .customer([1, 2].map(ids::CustomerId::new))
        .end(end())
        .exported(black_box(false))
        .modified_after(modified_after())
        .order(Order::Asc)
        .order_by(TimesheetOrderBy::Begin)
        .page(black_box(3))
        .project([4, 5].map(ids::ProjectId::new))
        .size(black_box(500))
        .tags(["urgent", "später"])
        .term("Anforderungen")
        .user([1, 4].map(ids::UserId::new));
    list.operation().request().unwrap().url(kimai.base_url())
}

fn by_hand(http: &reqwest::Client, base: &Url) -> Url {
    let query = [
        ("active", if black_box(false) { "1" } else { "0" }.to_owned()),
        ("activities[]", black_box(6).to_string()),
        ("activities[]", black_box(7).to_string()),
        ("begin", begin().to_string()),
        ("billable", if black_box(true) { "1" } else { "0" }.to_owned()),
        ("customers[]", black_box(1).to_string()),
        ("customers[]", black_box(2).to_string()),
        ("end", end().to_string()),
        ("exported", if black_box(false) { "1" } else { "0" }.to_owned()),
        ("modified_after", modified_after().to_string()),
        ("order", "ASC".to_owned()),
        ("orderBy", "begin".to_owned()),
        ("page", black_box(3).to_string()),
        ("projects[]", black_box(4).to_string()),
        ("projects[]", black_box(5).to_string()),
        ("size", black_box(500).to_string()),
        ("tags[]", "urgent".to_owned()),
        ("tags[]", "später".to_owned()),
        ("term", "Anforderungen".to_owned()),
        ("users[]", black_box(1).to_string()),
        ("users[]", black_box(4).to_string()),
    ];
    let request = http.get(base.join("timesheets").unwrap()).query(&query).build().unwrap();
    request.url().clone()
}
