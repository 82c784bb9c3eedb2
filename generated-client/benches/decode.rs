//! How long it takes to decode a page of time records, against structs that are written by hand.
//!
//! `cargo bench --package generated-client --bench decode`

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use generated_client::operation::{HeaderMap, HttpResponse, StatusCode};
use generated_client::types::TimesheetSummary;
use serde::Deserialize;

/// What somebody would write who does not care what the times mean.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, clippy::struct_excessive_bools, reason = "it is only decoded")]
struct ByHand {
    id: u64,
    activity: u64,
    project: u64,
    user: u64,
    tags: Vec<String>,
    begin: String,
    end: Option<String>,
    duration: Option<i64>,
    r#break: Option<i64>,
    description: Option<String>,
    rate: f64,
    internal_rate: Option<f64>,
    fixed_rate: Option<f64>,
    hourly_rate: Option<f64>,
    exported: bool,
    billable: bool,
    meta_fields: Vec<MetaField>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is only decoded")]
struct MetaField {
    name: String,
    value: Option<String>,
}

const RECORDS: usize = 500;

fn main() {
    let record = r#"{"activity":6,"project":5,"user":1,"tags":["urgent","später"],"id":180,
        "begin":"2026-11-02T08:00:00+0100","end":"2026-11-02T09:30:00+0100","duration":5400,"break":0,
        "description":"Anforderungen geklärt und aufgeschrieben","rate":127.5,"internalRate":127.5,"fixedRate":null,
        "hourlyRate":85.0,"exported":false,"billable":true,"metaFields":[{"name":"location","value":"Köln"}]}"#;
    let body = format!("[{}]", vec![record.split_whitespace().collect::<Vec<_>>().join(" "); RECORDS].join(","));
    let response = HttpResponse::new(StatusCode::OK, HeaderMap::new(), body.clone());
    let by_hand = best(|| serde_json::from_str::<Vec<ByHand>>(&body).unwrap().len());
    let client = best(|| response.json::<Vec<TimesheetSummary>>().unwrap().len());
    println!("{RECORDS} time records, {} bytes", body.len());
    println!("by hand, times as texts: {by_hand:?}");
    println!("generated-client:        {client:?}");
}

/// The shortest of many runs, which the machine disturbed least.
fn best(decode: impl Fn() -> usize) -> Duration {
    let run = || {
        let begin = Instant::now();
        assert_eq!(black_box(decode()), RECORDS);
        begin.elapsed()
    };
    (0..500).map(|_| run()).min().unwrap_or_default()
}
