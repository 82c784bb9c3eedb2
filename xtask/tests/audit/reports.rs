//! What the reports say.


use serde_json::{Value, json};

use crate::recordings::Recording;
use crate::support::Copy;

/// A recording of few responses, with one defect of several kinds.
fn damaged() -> Recording {
    Recording::of("2.65.0")
        .change_body("GET", "/api/teams", |teams| {
            teams[0]["name"] = Value::Null;
            teams[1]["name"] = Value::Null;
        })
        .change_body("GET", "/api/users/me", |user| user["alias"] = json!(["Canary Name"]))
        .change_body("GET", "/api/tags/find?name=", |tags| tags[0]["color"] = json!("red canary"))
}

fn report(recording: &Recording, arguments: &[&str]) -> (Option<i32>, String) {
    let copy = Copy::with_all_snapshots();
    let file = recording.write(&copy);
    let said = copy.xtask(&[&["audit", &file], arguments].concat());
    assert_eq!(said.err, "");
    (said.code, said.out.replace(&file, "recording.har"))
}

#[test]
fn a_report_shows_the_form_of_values() {
    let (code, text) = report(&damaged(), &[]);
    assert_eq!(code, Some(0));
    assert_eq!(text, include_str!("report.txt"));
}
