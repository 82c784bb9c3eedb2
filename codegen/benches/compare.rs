//! How long it takes to compare two releases: reading each snapshot and making the model of its client, and comparing
//! all pairs, on the wire and in Rust.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use codegen::diff::{add_rust_effects, compare_with};
use codegen::document::{Overlay, canonical, load};
use codegen::surface::Surface;
use codegen::{Release, api};

/// The files of a folder with this extension, by name.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|other| other == extension)).collect();
    paths.sort();
    paths
}

fn main() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let overlays: Vec<Overlay> = files(&specs.join("overlays"), "yaml")
        .iter()
        .map(|path| Overlay::parse("overlay", &fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    let read = |path: &PathBuf| {
        let start = Instant::now();
        let bytes = fs::read(path).unwrap();
        let release: Release = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
        let value = canonical(&bytes).unwrap().value;
        let document = load(&bytes, &release, &overlays).unwrap();
        let model = api::build(&document, &release).unwrap().0;
        (value, Surface::new(&model, document.value()).unwrap(), start.elapsed())
    };
    let snapshots: Vec<_> = files(&specs, "json").iter().map(read).collect();
    let (mut on_the_wire, mut in_rust, mut longest) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let (mut pairs, mut changes) = (0_u32, 0);
    for (old, before, took_old) in &snapshots {
        for (new, after, took_new) in &snapshots {
            let start = Instant::now();
            let mut found = compare_with(old, new, [before, after]);
            let wire = start.elapsed();
            add_rust_effects(&mut found, before, after);
            let both = start.elapsed();
            changes += found.len();
            on_the_wire += wire;
            in_rust += both.saturating_sub(wire);
            longest = longest.max(*took_old + *took_new + both);
            pairs += 1;
        }
    }
    let reading: Duration = snapshots.iter().map(|(.., took)| *took).sum();
    let documents = u32::try_from(snapshots.len()).unwrap();
    println!("{documents} documents: {:.1?} to read one", reading / documents);
    println!(
        "{pairs} pairs, {changes} changes: {:.1?} on the wire, {:.1?} in Rust",
        on_the_wire / pairs,
        in_rust / pairs
    );
    println!("one pair, reading included: {longest:.1?} at the most");
}
