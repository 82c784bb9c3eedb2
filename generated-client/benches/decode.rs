//! What it costs to decode a page of time records, against structs that are written by hand and have jiff's times too.
//!
//! `cargo bench --package generated-client --bench decode` prints times. With one of `client`, `by-hand`, `full-client` and
//! `full-by-hand`, and how often, behind `--`, it decodes only these, so that `valgrind --tool=callgrind` can count
//! instructions.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use generated_client::operation::{HeaderMap, HttpResponse, StatusCode};
use generated_client::types::{TimesheetSummary, TimesheetSummaryExpanded};

mod by_hand;

const RECORDS: usize = 500;
const DEFAULT_RUNS: usize = 500;

fn main() {
    let (records, full) = (page(by_hand::RECORD), page(by_hand::FULL_RECORD));
    let all: [(&str, &dyn Fn() -> usize); 4] = [
        ("client", &|| records.json::<Vec<TimesheetSummary>>().unwrap().len()),
        ("by-hand", &|| serde_json::from_slice::<Vec<by_hand::Record>>(records.body()).unwrap().len()),
        ("full-client", &|| full.json::<Vec<TimesheetSummaryExpanded>>().unwrap().len()),
        ("full-by-hand", &|| serde_json::from_slice::<Vec<by_hand::FullRecord>>(full.body()).unwrap().len()),
    ];
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let runs = arguments.get(1).map_or(DEFAULT_RUNS, |runs| runs.parse().unwrap());
    for (name, decode) in all {
        if arguments.first().is_none_or(|wanted| wanted == name) {
            println!("{name}: {:?} for {RECORDS} records", best(runs, decode));
        }
    }
}

/// A response with this record many times.
fn page(record: &str) -> HttpResponse {
    HttpResponse::new(StatusCode::OK, HeaderMap::new(), format!("[{}]", vec![record; RECORDS].join(",")))
}

/// The shortest of many runs, which the machine disturbed least.
fn best(runs: usize, decode: impl Fn() -> usize) -> Duration {
    let run = || {
        let begin = Instant::now();
        assert_eq!(black_box(decode()), RECORDS);
        begin.elapsed()
    };
    (0..runs).map(|_| run()).min().unwrap_or_default()
}
