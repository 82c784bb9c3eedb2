//! Compares recorded responses with the documents of their releases.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod damaged;
mod recordings;
mod reviewed;

use std::collections::BTreeSet;

use codegen::audit::{Audit, Finding, audit};
use recordings::{RELEASES, document, exchanges, overlays};

/// A finding in one line, without counts.
pub(crate) fn line(finding: &Finding) -> String {
    let members: Vec<&str> = finding.members.keys().map(String::as_str).collect();
    let mut line = format!("{} {}", finding.kind.id(), finding.pointer);
    for more in [members.join(", "), finding.detail.clone()].iter().filter(|more| !more.is_empty()) {
        line += ": ";
        line += more;
    }
    line
}

pub(crate) fn lines(audit: &Audit) -> Vec<String> {
    audit.findings.iter().map(line).collect()
}

#[test]
fn recorded_responses_are_as_the_corrected_documents_say() {
    for (release, responses, operations) in [("1.30.11", 220, 62), ("2.0.35", 225, 66), ("2.65.0", 384, 87)] {
        let audit = audit(&document(release, &overlays()), &exchanges(release));
        assert_eq!(lines(&audit), [""; 0], "{release}");
        assert_eq!((audit.responses, audit.operations.len()), (responses, operations), "{release}");
    }
}

/// How Kimai behaves: 'Required and nullable in responses', 'Times in responses'.
/// How Kimai behaves: 'Dates of projects', 'Menu actions are an array'.
#[test]
fn without_overlays_the_known_defects_are_found() {
    let without = |release: &str| lines(&audit(&document(release, &[]), &exchanges(release)));
    let expected =
        std::fs::read_to_string(recordings::root().join("codegen/tests/audit/without_overlays.txt")).unwrap();
    let mut found = String::new();
    for release in RELEASES {
        found += &format!("{release}\n");
        for line in without(release) {
            found += &format!("  {line}\n");
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn every_schema_with_a_correction_lacks_it_without_overlays() {
    let audit = audit(&document("2.65.0", &[]), &exchanges("2.65.0"));
    let of_kind = |kind: &str| {
        let places = audit.findings.iter().filter(|finding| finding.kind.id() == kind);
        places.map(|finding| finding.pointer.to_string()).collect::<BTreeSet<_>>()
    };
    // `id` is never required, and null is not declared.
    let records = "/components/schemas/TimesheetEntity".to_owned();
    for kind in ["null", "always-present", "format"] {
        assert!(of_kind(kind).contains(&records), "{kind}");
    }
    assert_eq!(of_kind("type").len(), 4);
}

#[test]
fn requests_for_other_paths_are_counted() {
    let audit = audit(&document("2.65.0", &overlays()), &exchanges("2.65.0"));
    let unknown: Vec<String> = audit.unknown.iter().map(|(beginning, count)| format!("{beginning} {count}")).collect();
    assert_eq!(
        unknown,
        [
            "GET //api/… 1",
            "GET /api 1",
            "GET /api/config/… 1",
            "GET /api/doc 1",
            "GET /api/doc.json 1",
            "GET /api/nosuch 1",
            "PUT /api/timesheets/… 1"
        ]
    );
}
