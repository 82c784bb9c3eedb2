//! How long it takes to compare two releases: the snapshots of all pairs, read and compared.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use codegen::diff::compare;
use codegen::document::canonical;

fn main() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let paths = fs::read_dir(specs).unwrap().map(|entry| entry.unwrap().path());
    let snapshots: Vec<Vec<u8>> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| fs::read(path).unwrap())
        .collect();
    let read = |bytes: &[u8]| canonical(bytes).unwrap().value;
    let (mut total, mut longest, mut pairs, mut changes) = (Duration::ZERO, Duration::ZERO, 0_u32, 0);
    for old in &snapshots {
        for new in &snapshots {
            let start = Instant::now();
            changes += compare(&read(old), &read(new)).len();
            let took = start.elapsed();
            total += took;
            longest = longest.max(took);
            pairs += 1;
        }
    }
    println!("{pairs} pairs, {changes} changes: {:.1?} a pair, {longest:.1?} at the most", total / pairs);
}
