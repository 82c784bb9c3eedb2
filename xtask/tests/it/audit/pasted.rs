//! The overlay actions of a report, pasted into the overlay: the client is regenerated, and the finding is gone.

use serde_json::{Value, json};

use super::recordings::Recording;
use crate::support::Copy;

const CORRECTIONS: &str = "specs/overlays/corrections.yaml";

fn findings(copy: &Copy, file: &str) -> Vec<Value> {
    let said = copy.xtask(&["audit", file, "--format", "json"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    report["releases"][0]["findings"].as_array().unwrap().clone()
}

/// The recording has one finding, of this kind, and its actions correct it.
fn pasted(copy: &Copy, kind: &str, recording: &Recording) {
    let file = recording.write(copy);
    let found = findings(copy, &file);
    let [finding] = found.as_slice() else { panic!("{kind}: {found:#?}") };
    assert_eq!(finding["kind"], kind);
    let before = copy.read(CORRECTIONS);
    copy.write(CORRECTIONS, &format!("{before}{}", finding["overlay"].as_str().unwrap()));
    let said = copy.xtask(&["regenerate"]);
    assert_eq!(said.code, Some(0), "{kind}: {}\n{}", finding["overlay"].as_str().unwrap(), said.err);
    assert_eq!(findings(copy, &file), [Value::Null; 0], "{kind}: {}", finding["overlay"].as_str().unwrap());
    copy.write(CORRECTIONS, &before);
}

/// Each kind of finding, in one copy: pasting one does not correct another.
#[test]
fn pasted_actions_correct_the_document() {
    let copy = Copy::with_all_snapshots();
    let recording = || Recording::of("2.65.0");

    pasted(&copy, "null", &recording().change_body("GET", "/api/teams", |teams| teams[0]["name"] = Value::Null));
    let absent = recording().change_body("GET", "/api/teams", |teams| {
        teams[0].as_object_mut().unwrap().remove("color");
    });
    pasted(&copy, "absent", &absent);
    let undeclared = recording().change_body("GET", "/api/teams", |teams| teams[0]["founded"] = json!("2020-01-31"));
    pasted(&copy, "undeclared-property", &undeclared);
    let nested = recording().change_body("GET", "/api/teams", |teams| {
        for team in teams.as_array_mut().unwrap() {
            team["office"] = json!({"city": "Wien", "floor": 3, "desks": [1, 2], "since": "2026-11-02T08:00:00+0100"});
        }
    });
    pasted(&copy, "undeclared-property", &nested);
    let object = recording().change_body("GET", "/api/plugins", |plugins| *plugins = json!({"plugins": 0}));
    pasted(&copy, "type", &object);
    pasted(&copy, "type", &recording().change_body("GET", "/api/teams", |teams| teams[0]["name"] = json!(5)));
    let format = recording().change_body("GET", "/api/customers/4/comments", |comments| {
        for comment in comments.as_array_mut().unwrap() {
            comment["createdAt"] = json!("2026-11-02T08:00:00Z");
        }
    });
    pasted(&copy, "format", &format);
    let extra = Recording::of("2.65.0-extra");
    let value = extra.change_body("GET", "/api/invoices/2", |invoice| invoice["status"] = json!("archived"));
    pasted(&copy, "enum-value", &value);
    pasted(&copy, "status", &recording().change("POST", "/api/tags", |response| response["status"] = json!(201)));
    let header = recording().change("GET", "/api/tags", |response| {
        let headers = response["headers"].as_array_mut().unwrap();
        headers.push(json!({"name": "X-Next-Cursor", "value": "abc"}));
    });
    pasted(&copy, "header", &header);
    let media_type = recording().change("GET", "/api/version", |response| {
        response["headers"] = json!([{"name": "Content-Type", "value": "application/hal+json"}]);
    });
    pasted(&copy, "media-type", &media_type);
    let body = recording().change("DELETE", "/api/tags/5", |response| {
        response["content"] = json!({"size": 13, "mimeType": "application/json", "text": "{\"deleted\": 5}"});
    });
    pasted(&copy, "body", &body);

    let corrections = copy.read(CORRECTIONS);
    let without = |text: &str, other: &str| {
        assert!(corrections.contains(text));
        copy.write(CORRECTIONS, &corrections.replacen(text, other, 1));
    };
    without("$.paths['/api/users'].get\n    x-kimai: \">=2.1\"", "$.paths['/api/users'].get\n    x-kimai: \">=99\"");
    pasted(&copy, "full", &recording());
    without("[copyright, version, versionId]", "[version, versionId]");
    pasted(&copy, "always-present", &recording());
}
