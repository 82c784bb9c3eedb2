//! Writes the documents of the single edits into a folder, and says on standard output what each of them is.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a benchmark fails by panicking")]

#[path = "../../tests/diff/edits.rs"]
mod edits;

use std::fs;
use std::path::{Path, PathBuf};

use edits::{EDITS, RELEASES, chosen, edited, places};
use serde_json::{Value, json};

fn main() {
    let out = PathBuf::from(std::env::args_os().nth(1).unwrap());
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut all: Vec<Value> = Vec::new();
    for release in RELEASES {
        let document: Value =
            serde_json::from_slice(&fs::read(specs.join(format!("{release}.json"))).unwrap()).unwrap();
        let places = places(&document);
        for edit in EDITS {
            for pointer in chosen(&document, &places, edit) {
                let Some(other) = edited(&document, pointer, edit) else { continue };
                let file = format!("{}.json", all.len());
                fs::write(out.join(&file), serde_json::to_vec_pretty(&other).unwrap()).unwrap();
                all.push(json!({
                    "release": release, "edit": edit.name, "at": pointer, "expected": edit.expected, "file": file
                }));
            }
        }
    }
    println!("{}", Value::from(all));
}
