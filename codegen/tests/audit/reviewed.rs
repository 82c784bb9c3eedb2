//! Which overlay actions the recordings contradict or do not support.

use codegen::audit::{Verdict, review};
use codegen::document::Overlay;
use serde_json::json;

use crate::recordings::{exchanges, overlays, read};

fn verdicts(release: &str, overlays: &[Overlay]) -> Vec<String> {
    let bytes = read(&format!("specs/{release}.json"));
    let verdicts = review(bytes.as_bytes(), &release.parse().unwrap(), overlays, &exchanges(release)).unwrap();
    let line = |verdict: &Verdict| {
        let places: Vec<String> = verdict.places.iter().map(|(place, count)| format!("{place} ({count})")).collect();
        format!("{} {} {}: {}", verdict.file, verdict.action, verdict.judgement.id(), places.join(", "))
    };
    verdicts.iter().map(line).collect()
}

/// An overlay beside those of the repository.
fn with(actions: &serde_json::Value) -> Vec<Overlay> {
    let text = json!({"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": actions}).to_string();
    let mut all = overlays();
    all.push(Overlay::parse("test.yaml", &text).unwrap());
    all
}

fn of_test(release: &str, actions: &serde_json::Value) -> Vec<String> {
    verdicts(release, &with(actions)).into_iter().filter(|line| line.starts_with("test.yaml")).collect()
}

#[test]
fn no_action_is_contradicted() {
    for release in crate::recordings::RELEASES {
        let contradicted: Vec<String> =
            verdicts(release, &overlays()).into_iter().filter(|line| line.contains(" contradicted: ")).collect();
        assert_eq!(contradicted, [""; 0], "{release}");
    }
}

#[test]
fn wrong_actions_are_contradicted() {
    let team = "$.components.schemas.Team";
    let actions = json!([
        {"target": format!("{team}.properties.name"), "update": {"type": "integer"}},
        {"target": format!("{team}.properties"), "update": {"motto": {"type": "string"}}},
        {"target": team, "update": {"x-kimai-always": ["motto"]}},
        {"target": "$.components.schemas.Comment.properties.createdAt", "update": {"x-kimai-answer-format": "date"}},
    ]);
    assert_eq!(
        of_test("2.65.0", &actions),
        [
            "test.yaml 1 contradicted: /components/schemas/Team/properties/name (30)",
            "test.yaml 2 contradicted: /components/schemas/Team/properties/motto (0)",
            "test.yaml 3 contradicted: /components/schemas/Team/properties/motto (0)",
            "test.yaml 4 contradicted: /components/schemas/Comment/properties/createdAt (6)",
        ]
    );
}

#[test]
fn actions_without_evidence_are_unsupported() {
    let actions = json!([
        {"target": "$.components.schemas.Team.properties['name','id']", "update": {"nullable": true}},
        {"target": "$.components.schemas.TimesheetEntity.properties.end", "update": {"nullable": true}},
        {"target": "$.paths['/api/teams'].get.responses['200']",
         "update": {"headers": {"X-Page": {"schema": {"type": "integer"}}}}},
        {"target": "$.components.schemas.Team.properties.name", "update": {"description": "Its name."}},
        {"target": "$.components.schemas.TeamEditForm.properties.name", "update": {"nullable": true}},
    ]);
    let places = "/components/schemas/Team/properties/id (30), /components/schemas/Team/properties/name (30)";
    assert_eq!(
        of_test("2.65.0", &actions),
        [
            format!("test.yaml 1 unsupported: {places}"),
            // Another action does the same.
            "test.yaml 2 unsupported: /components/schemas/TimesheetEntity/properties/end (48)".to_owned(),
            "test.yaml 3 unsupported: /paths/~1api~1teams/get/responses/200 (2)".to_owned(),
        ]
    );
}
