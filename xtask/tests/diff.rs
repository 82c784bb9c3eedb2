//! `cargo xtask diff`: reports, filters and exit codes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod support;

use serde_json::Value;
use support::Copy;

#[test]
fn text_for_people() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["diff", "2.64.0", "2.65.0"]);
    assert_eq!(
        said,
        "\
Kimai 2.64.0 → Kimai 2.65.0: 3 breaking, 2 warning, 2 info

breaking
  POST /api/activities/{id}/team is gone
      operation-removed
  POST /api/customers/{id}/team is gone
      operation-removed
  POST /api/projects/{id}/team is gone
      operation-removed

warning
  GET /api/tags is deprecated
      operation-deprecated
  3 operations are open to other permissions: edit → edit, permissions
      operation-permissions-changed
      teams: DELETE /api/teams/{id}/activities/{activityId}, DELETE /api/teams/{id}/customers/{customerId}, DELETE \
         /api/teams/{id}/projects/{projectId}

info
  a value of *.language is new: sr
      request-property-value-added
      customers: POST /api/customers, PATCH /api/customers/{id}
      users: POST /api/users, PATCH /api/users/{id}
  a value of *.locale is new: sr
      request-property-value-added
      users: POST /api/users, PATCH /api/users/{id}
"
    );
    // No colors where nobody sees them.
    assert!(!said.contains('\u{1b}'));
    assert_eq!(copy.ok(&["diff", "2.63.0", "2.64.0"]), "Kimai 2.63.0 → Kimai 2.64.0: nothing changed on the wire\n");
}

#[test]
fn json_for_programs() {
    let copy = Copy::with_all_snapshots();
    let json: Value = serde_json::from_str(&copy.ok(&["diff", "2.42.0", "2.43.0", "--format", "json"])).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["old"], serde_json::json!({"name": "specs/2.42.0.json", "release": "2.42.0"}));
    assert_eq!(json["new"]["release"], "2.43.0");
    let summary = serde_json::json!({"breaking": 4, "warning": 0, "info": 4, "ignored": 0});
    assert_eq!(json["summary"], summary);
    assert_eq!(
        json["changes"][0],
        serde_json::json!({
            "id": "request-property-renamed",
            "severity": "breaking",
            "subject": "CustomerEditForm.address_line1",
            "places": ["CustomerEditForm.address_line1"],
            "operations": ["POST /api/customers", "PATCH /api/customers/{id}"],
            "old": "address_line1",
            "new": "addressLine1",
            "message": "CustomerEditForm.address_line1 is renamed: address_line1 → addressLine1",
        })
    );
    let budget = json["changes"].as_array().unwrap().iter().find(|change| change["subject"] == "*.budget").unwrap();
    assert_eq!(
        budget["places"],
        serde_json::json!(["ActivityEditForm.budget", "CustomerEditForm.budget", "ProjectEditForm.budget"])
    );
}

#[test]
fn markdown_for_pull_requests() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["diff", "2.57.0", "2.58.0", "--format", "markdown", "--only", "timesheets"]);
    assert_eq!(
        said,
        "\
## Kimai 2.57.0 → Kimai 2.58.0

2 breaking, 0 warning, 2 info

### Breaking

| change | rule | operations |
|---|---|---|
| GET /api/timesheets/{id}/restart is gone | `operation-removed` | `GET /api/timesheets/{id}/restart` |
| GET /api/timesheets/{id}/stop is gone | `operation-removed` | `GET /api/timesheets/{id}/stop` |

### Info

| change | rule | operations |
|---|---|---|
| a media type of PATCH /api/timesheets/{id}/restart 200 is new: application/json | `response-media-type-added` | \
         `PATCH /api/timesheets/{id}/restart` |
| a media type of PATCH /api/timesheets/{id}/stop 200 is new: application/json | `response-media-type-added` | \
         `PATCH /api/timesheets/{id}/stop` |
"
    );
}

#[test]
fn exit_codes_tell_what_was_found() {
    let copy = Copy::with_all_snapshots();
    let code = |arguments: &[&str]| copy.xtask(&[&["diff"], arguments].concat()).code;
    assert_eq!(code(&["2.64.0", "2.65.0"]), Some(0));
    assert_eq!(code(&["2.64.0", "2.65.0", "--fail-on", "breaking"]), Some(1));
    assert_eq!(code(&["2.45.0", "2.46.0", "--fail-on", "warning"]), Some(0));
    assert_eq!(code(&["2.45.0", "2.46.0", "--fail-on", "any"]), Some(1));
    assert_eq!(code(&["2.63.0", "2.64.0", "--fail-on", "any"]), Some(0));
    assert_eq!(code(&["2.63.0"]), Some(2));
    assert_eq!(code(&["2.63.0", "2.64.0", "--format", "pdf"]), Some(2));
    for (old, new) in [("2.63.0", "9.9.9"), ("nosuch.json", "2.65.0"), ("-", "-"), ("2.65.0", "http://127.0.0.1:1")] {
        assert_eq!(code(&[old, new]), Some(3), "{old} {new}");
    }
}

#[test]
fn what_is_known_is_left_out_with_its_reason() {
    let copy = Copy::with_all_snapshots();
    let file = copy.write(
        "ignore.yaml",
        "- {id: operation-removed, reason: nobody makes teams so}\n\
         - {id: request-property-value-added, subject: '*.locale', reason: languages come and go}\n",
    );
    let said = copy.ok(&["diff", "2.64.0", "2.65.0", "--ignore", &file, "--fail-on", "breaking"]);
    assert!(said.starts_with("Kimai 2.64.0 → Kimai 2.65.0: 0 breaking, 2 warning, 1 info\n"), "{said}");
    assert!(
        said.ends_with("\nleft out: 1, because languages come and go\n\nleft out: 3, because nobody makes teams so\n")
    );
    for (text, problem) in [
        ("- {id: operation-gone, reason: a}", "there is no rule 'operation-gone'"),
        ("- {id: operation-removed, reason: ' '}", "the entry for operation-removed has no reason"),
        ("- {id: operation-removed}", "missing field"),
    ] {
        let file = copy.write("wrong.yaml", text);
        let said = copy.xtask(&["diff", "2.64.0", "2.65.0", "--ignore", &file]);
        assert_eq!(said.code, Some(3));
        assert!(said.err.contains(problem), "{}", said.err);
    }
}

#[test]
fn files_and_standard_input_are_compared_with_releases() {
    let copy = Copy::with_all_snapshots();
    let document = support::snapshot();
    let file = copy.write("mine.json", &document);
    assert!(copy.ok(&["diff", "2.65.0", &file]).ends_with("mine.json: nothing changed on the wire\n"));
    let said = copy.xtask_with_input(&["diff", "-", "2.65.0"], &document);
    assert_eq!(said.out, "standard input → Kimai 2.65.0: nothing changed on the wire\n");
    // Swagger 2.0 against OpenAPI 3.0, as any other pair.
    let said = copy.ok(&["diff", "1.30.11", "2.0.0", "--only", "timesheets"]);
    assert!(said.contains("\n  ?tags is renamed: ?tags → ?tags[]\n      request-parameter-renamed\n"), "{said}");
}
