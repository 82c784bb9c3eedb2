//! The same document in another order, or another format, makes the same bytes.

use codegen::document::{Overlay, canonical, load};
use codegen::history::History;
use codegen::{api, rust};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::shuffle::shuffled;
use crate::support::{release, snapshot};

fn overlays() -> Vec<Overlay> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/overlays");
    let overlay = |file: &str| Overlay::parse(file, &std::fs::read_to_string(format!("{folder}/{file}")).unwrap());
    ["corrections.yaml", "names.yaml", "docs.yaml"].iter().map(|file| overlay(file).unwrap()).collect()
}

fn generate(text: &str, overlays: &[Overlay]) -> rust::Files {
    let document = load(text.as_bytes(), &release(), overlays).unwrap();
    rust::generate(&api::build(&document, &release()).unwrap().0, &History::default()).unwrap()
}

#[test]
fn the_order_of_keys_and_the_format_make_no_difference() {
    let text = snapshot();
    let document: Value = serde_json::from_str(&text).unwrap();
    let overlays = overlays();
    let expected = generate(&text, &overlays);
    assert_eq!(generate(&text, &overlays), expected, "the same twice");
    assert_eq!(canonical(text.as_bytes()).unwrap().json, text, "a snapshot is in its canonical form");
    for seed in 0..2 {
        let shuffled = shuffled(&document, seed);
        assert_ne!(shuffled, document.to_string());
        assert_eq!(generate(&shuffled, &overlays), expected);
    }
    let yaml = codegen::yaml::write("document", &document).unwrap();
    assert_eq!(canonical(yaml.as_bytes()).unwrap().json, text);
    assert_eq!(generate(&yaml, &overlays), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_canonical_form_knows_no_order(seed: u64, as_yaml: bool) {
        let text = snapshot();
        let shuffled = shuffled(&serde_json::from_str(&text).unwrap(), seed);
        // YAML keeps the order of a text, which JSON values do not: flow style is JSON, with another first byte.
        let source = if as_yaml { format!("# YAML\n{shuffled}") } else { shuffled };
        prop_assert_eq!(canonical(source.as_bytes()).unwrap().json, text);
    }
}
