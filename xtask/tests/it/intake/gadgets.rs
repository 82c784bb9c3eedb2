//! A new resource with ids of its own.

use super::document::{edited, gadgets};
use super::{GENERATED, decisions, decisions_again, without_tests};
use crate::support::Copy;

/// The overlay actions under a heading.
fn drafts(decisions: &str, heading: &str) -> String {
    let section = decisions.split("\n\n").find(|section| section.starts_with(heading)).unwrap();
    let is_action = |line: &&str| line.starts_with("  - ") || line.starts_with("    ");
    section.split_inclusive('\n').skip(1).filter(is_action).collect()
}

#[test]
fn pasted_drafts_are_decisions_taken() {
    let copy = Copy::with_all_snapshots();
    let found = decisions(&copy, &edited(gadgets));
    assert_eq!(found, include_str!("gadgets.txt"));
    for (heading, file) in [("Documentation is missing", "docs"), ("Names look odd", "names")] {
        let overlay = format!("specs/overlays/{file}.yaml");
        copy.write(&overlay, &format!("{}{}", copy.read(&overlay), drafts(&found, heading)));
    }
    let said = copy.xtask(&["regenerate"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(
        without_tests(&decisions_again(&copy)),
        "\
Evidence is missing: record a server of 2.66.0 with `cargo xtask record`, and compare it with `cargo xtask audit`:
  1. `Gadget` in responses: whether `id`, `isHeavy`, `name`, `owner`, `size` are always there, and whether they may be null
  2. `GadgetShape` is a new enum: whether servers know only `round`, `square`
  3. `GadgetSize` is a new enum: whether servers know only `small`, `large`; others are kept as they are
  4. `GadgetSummary` in responses: whether `id`, `name` are always there, and whether they may be null
"
    );
    let handle = copy.read(&format!("{GENERATED}/handles/gadgets.rs"));
    assert!(handle.contains("/// Lists gadgets.\n"), "{handle}");
    assert!(copy.read(&format!("{GENERATED}/ids.rs")).contains("GadgetId"));
}
