//! The page 'What the client promises' names a test for each of its sentences.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_promise_names_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    collect(&root.join("src"), &mut tests);
    collect(&root.join("tests"), &mut tests);
    let page = fs::read_to_string(root.join("src/promises.md")).unwrap();
    let body = page.split_once("\n\n").unwrap().1;
    let blocks = body.split("\n\n").flat_map(|block| block.split("\n* ")).map(|block| block.trim_start_matches("* "));
    let mut sentences = 0;
    for promise in blocks.filter(|block| !block.starts_with('#')) {
        let promise = promise.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!promise.trim_end_matches('.').contains(". "), "one sentence each: {promise}");
        let (sentence, names) = promise.strip_suffix(").").and_then(|rest| rest.rsplit_once(" (`")).unwrap();
        assert!(!sentence.is_empty());
        for name in names.trim_end_matches('`').split("`, `") {
            assert!(tests.contains(name), "there is no test {name}, which is to hold: {sentence}");
        }
        sentences += 1;
    }
    assert_eq!(sentences, 64);
}

/// The names of all tests of a folder.
fn collect(folder: &Path, tests: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, tests);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let mut is_test = false;
            for line in text.lines().map(str::trim_start) {
                let name = line.trim_start_matches("async ").strip_prefix("fn ");
                if let Some((name, _)) = name.and_then(|rest| rest.split_once('(')) {
                    if is_test {
                        tests.insert(name.to_owned());
                    }
                    is_test = false;
                } else if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
                    is_test = true;
                }
            }
        }
    }
}
