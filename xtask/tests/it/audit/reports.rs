//! What the reports say.

use serde_json::{Value, json};

use super::audit;
use super::recordings::Recording;
use crate::support::Copy;

/// A recording with defects of three kinds.
fn damaged() -> Recording {
    Recording::of("2.65.0")
        .change_body("GET", "/api/teams", |teams| {
            teams[0]["name"] = Value::Null;
            teams[1]["name"] = Value::Null;
        })
        .change_body("GET", "/api/users/me", |user| user["alias"] = json!(["Canary Name"]))
        .change_body("GET", "/api/tags/find?name=", |tags| tags[0]["color"] = json!("red canary 17"))
}

fn report(recording: &Recording, arguments: &[&str]) -> String {
    let said = audit(recording, arguments);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    said.out
}

#[test]
fn text_shows_the_form_of_values() {
    assert_eq!(report(&damaged(), &[]), include_str!("report.txt"));
}

#[test]
fn markdown_is_for_issues() {
    assert_eq!(report(&damaged(), &["--format", "markdown"]), include_str!("report.md"));
}

#[test]
fn json_is_for_programs() {
    assert_eq!(report(&damaged(), &["--format", "json"]), include_str!("report.json"));
}

/// The published schema, which says all that is in the report, and nothing that is not.
#[test]
fn json_is_as_its_schema_says() {
    let mut schema: Value = serde_json::from_str(include_str!("../../../docs/audit.schema.json")).unwrap();
    let open = jsonschema::validator_for(&schema).unwrap();
    for object in ["", "/$defs/source", "/$defs/release", "/$defs/finding", "/$defs/example", "/$defs/action"] {
        schema.pointer_mut(object).unwrap()["additionalProperties"] = Value::Bool(false);
    }
    let closed = jsonschema::validator_for(&schema).unwrap();
    for arguments in [&["--without-overlays"][..], &["--show-values"], &["--overlays"]] {
        let json = report(&damaged(), &[arguments, &["--format", "json"]].concat());
        let mut json: Value = serde_json::from_str(&json).unwrap();
        let problems: Vec<String> = closed.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(problems, [""; 0], "{arguments:?}");
        json["more"] = Value::Null;
        assert!(open.is_valid(&json), "readers skip what they do not know");
        json["releases"][0]["responses"] = "many".into();
        assert!(!open.is_valid(&json));
    }
}

#[test]
fn values_are_shown_on_request() {
    for (format, request, color) in [
        ("text", "example: GET /api/tags/find?name= [0].color is ", "is \"red canary 17\"\n"),
        ("markdown", "example: `GET /api/tags/find?name= [0].color is ", "is \"red canary 17\"`\n"),
        ("json", "\"request\": \"/api/tags/find?name=\",\n", "\"value\": \"\\\"red canary 17\\\"\"\n"),
    ] {
        let text = report(&damaged(), &["--format", format, "--show-values"]);
        assert!(text.contains(request) && text.contains(color), "{text}");
        let masked = report(&damaged(), &["--format", format]);
        assert!(!masked.contains("canary") && !masked.contains("?name="), "{masked}");
    }
}

/// Names of properties come from servers.
#[test]
fn control_characters_do_not_reach_the_terminal() {
    let recording = Recording::of("2.65.0")
        .change_body("GET", "/api/teams", |teams| teams[0]["\u{1b}[2J\n## `x`"] = json!("\u{1b}[2J"));
    for format in ["text", "markdown", "json"] {
        let text = report(&recording, &["--format", format, "--show-values"]);
        assert!(!text.contains('\u{1b}') && !text.contains("\n## `x`"), "{text:?}");
    }
}

#[test]
fn several_recordings_of_several_releases_are_one_report() {
    let copy = Copy::with_all_snapshots();
    let mut files = Vec::new();
    for name in ["1.30.11", "2.65.0", "2.65.0-extra"] {
        files.push(copy.write(&format!("{name}.har"), &Recording::of(name).to_string()));
    }
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let said = copy.ok(&[&["audit"], files.as_slice()].concat());
    for line in [
        "\nread       2.65.0-extra.har (Kimai 2.65.0): 137 responses\n",
        "\nKimai 1.30.11: 220 responses of 62 operations, specs/1.30.11.json with overlays\n",
        "\nKimai 2.65.0: 384 responses of 87 operations, specs/2.65.0.json with overlays\n",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert_eq!(said.matches("found      no findings\n").count(), 2, "{said}");
}

/// A response can have many values that differ.
#[test]
fn counts_are_of_values() {
    let recording = Recording::of("2.65.0")
        .change_body("GET", "/api/teams", |teams| *teams = json!([null, null]))
        .change_body("GET", "/api/tags", |tags| *tags = json!([null]));
    let text = report(&recording, &[]);
    assert!(text.contains("\n  Null occurs, and is not allowed: 2 times\n"), "{text}");
    assert!(text.contains("\n  Null occurs, and is not allowed: once\n"), "{text}");
    let markdown = report(&recording, &["--format", "markdown"]);
    assert!(markdown.contains("\nNull occurs, and is not allowed: 2 times.\n"), "{markdown}");
    assert!(markdown.contains("\nNull occurs, and is not allowed: once.\n"), "{markdown}");
}

/// Where a file lies may tell names, too.
#[test]
fn places_of_files_are_shown_on_request() {
    let copy = Copy::with_all_snapshots();
    let file = Recording::of("2.65.0").write(&copy);
    for (format, name, path) in [
        ("text", "read       recording.har (", format!("read       {file} (")),
        ("markdown", "- `recording.har` (", format!("- `{file}` (")),
        ("json", "\"name\": \"recording.har\"", format!("\"name\": \"{file}\"")),
    ] {
        let masked = copy.ok(&["audit", &file, "--format", format]);
        assert!(masked.contains(name) && !masked.contains(&file), "{masked}");
        let shown = copy.ok(&["audit", &file, "--format", format, "--show-values"]);
        assert!(shown.contains(&path), "{shown}");
    }
}

/// The keys of an object may be data.
#[test]
fn keys_of_objects_are_not_shown() {
    for (object, shown) in [
        (json!({"jane.doe@corp.com": 1}), "{1 property}"),
        (json!({"jane.doe@corp.com": 1, "x": 2, "y": 3}), "{3 properties}"),
        (json!({}), "{}"),
    ] {
        let recording =
            Recording::of("2.65.0").change_body("GET", "/api/teams", |teams| teams[0]["name"] = object.clone());
        for arguments in [&[][..], &["--show-values"]] {
            let text = report(&recording, arguments);
            assert!(text.contains(&format!("  example: GET /api/teams [0].name is {shown}\n")), "{text}");
        }
    }
}

fn without_body(recording: Recording) -> Recording {
    recording.change("GET", "/api/teams", |response| response["content"] = json!({"size": 0, "text": ""}))
}

#[test]
fn a_body_is_declared_or_not() {
    let recording = without_body(Recording::of("2.65.0")).change("DELETE", "/api/tags/5", |response| {
        response["content"] = json!({"size": 13, "mimeType": "application/json", "text": "{\"deleted\": 5}"});
    });
    let text = report(&recording, &[]);
    assert!(text.contains("\n  No body is declared, but servers send one: once\n"), "{text}");
    assert!(text.contains("\n  A body is declared, but servers send none: once\n"), "{text}");
}

#[test]
fn what_has_no_actions_is_corrected_by_hand() {
    let recording = without_body(Recording::of("2.65.0"));
    let text = report(&recording, &[]);
    assert!(text.ends_with("\n  correct it by hand in specs/overlays/corrections.yaml\n"), "{text}");
    let markdown = report(&recording, &["--format", "markdown"]);
    assert!(markdown.ends_with("\n\nCorrect it by hand in `specs/overlays/corrections.yaml`.\n"), "{markdown}");
    let json: Value = serde_json::from_str(&report(&recording, &["--format", "json"])).unwrap();
    let finding = &json["releases"][0]["findings"][0];
    assert_eq!((&finding["overlay"], &finding["corrected_by"]), (&Value::Null, &Value::Null));
}

/// Names of properties come from servers, and stand in code.
#[test]
fn backticks_do_not_end_the_code_of_markdown() {
    let recording = Recording::of("2.65.0").change_body("GET", "/api/teams", |teams| teams[0]["a```b``"] = json!(1));
    let markdown = report(&recording, &["--format", "markdown"]);
    let start = "\n\n````yaml\n  - target: $.components.schemas.TeamCollection\n";
    assert!(markdown.contains(start) && markdown.ends_with("\n````\n"), "{markdown}");
    assert!(markdown.contains("\n- ```` a```b`` ```` in 1 of 2\n"), "{markdown}");
}
