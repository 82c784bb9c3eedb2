//! Recordings of several releases: the actions of one report fit together.

use serde_json::{Value, json};

use super::recordings::Recording;
use crate::support::Copy;

const CORRECTIONS: &str = "specs/overlays/corrections.yaml";

/// Omits a promised color in both releases; the older one sends a property, the newer one another type.
fn write(copy: &Copy) -> [String; 2] {
    let without_color = |teams: &mut Value| {
        teams[0].as_object_mut().unwrap().remove("color");
    };
    let old = Recording::of("1.30.11").change_body("GET", "/api/teams", |teams| {
        without_color(teams);
        for team in teams.as_array_mut().unwrap() {
            team["founded"] = json!("2020-01-31");
        }
    });
    let new = Recording::of("2.65.0").change_body("GET", "/api/teams", without_color).change_body(
        "GET",
        "/api/users/me",
        |user| user["alias"] = json!(["x"]),
    );
    [copy.write("old.har", &old.to_string()), copy.write("new.har", &new.to_string())]
}

/// The kind, the actions and the release with equal ones of each finding.
fn findings(copy: &Copy, files: &[String; 2]) -> Vec<(String, Option<String>, Option<String>)> {
    let said = copy.ok(&["audit", &files[0], &files[1], "--format", "json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    let releases = report["releases"].as_array().unwrap();
    let all = releases.iter().flat_map(|release| release["findings"].as_array().unwrap());
    let text = |value: &Value| value.as_str().map(str::to_owned);
    all.map(|finding| (text(&finding["kind"]).unwrap(), text(&finding["overlay"]), text(&finding["corrected_by"])))
        .collect()
}

#[test]
fn all_actions_of_a_report_can_be_pasted() {
    let copy = Copy::with_all_snapshots();
    let files = write(&copy);
    let found = findings(&copy, &files);
    let shown: Vec<(&str, Option<&str>, Option<&str>)> = found
        .iter()
        .map(|(kind, overlay, by)| {
            let range = overlay.as_deref().map(|overlay| {
                overlay.lines().find_map(|line| line.strip_prefix("    x-kimai: ")).unwrap_or("all releases")
            });
            (kind.as_str(), range, by.as_deref())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("absent", Some("'>=1.2'"), None),
            ("undeclared-property", Some("'>=1.2, <2.65.0'"), None),
            ("type", Some("'>=2.65.0'"), None),
            ("absent", None, Some("1.30.11")),
        ]
    );
    let actions: String = found.iter().filter_map(|(_, overlay, _)| overlay.as_deref()).collect();
    copy.write(CORRECTIONS, &(copy.read(CORRECTIONS) + &actions));
    let said = copy.xtask(&["regenerate"]);
    assert_eq!(said.code, Some(0), "{actions}\n{}", said.err);
    assert_eq!(findings(&copy, &files), [], "{actions}");
}

#[test]
fn a_finding_names_the_release_with_its_actions() {
    let copy = Copy::with_all_snapshots();
    let [old, new] = write(&copy);
    for (format, line) in [
        ("text", "\n  corrected by the actions for 1.30.11\n"),
        ("markdown", "\n\nCorrected by the actions for 1.30.11.\n"),
    ] {
        let said = copy.ok(&["audit", &old, &new, "--format", format]);
        assert_eq!(said.matches(line).count(), 1, "{said}");
    }
}
