//! `cargo xtask diff`: reports, filters and exit codes.

mod annotations;
mod revisions;
mod rules;
mod severities;

use crate::support::Copy;
use serde_json::Value;

#[test]
fn text_for_people() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["diff", "2.64.0", "2.65.0"]);
    assert_eq!(
        said,
        "\
Kimai 2.64.0 → Kimai 2.65.0: 3 breaking, 2 warning, 2 info; Rust: major

breaking
  POST /api/activities/{id}/team was removed
      operation-removed
      Rust major: activities.create_team: (id: ActivityId) -> Team → (id: ActivityId) -> ()
  POST /api/customers/{id}/team was removed
      operation-removed
      Rust major: customers.create_team: (id: CustomerId) -> Team → (id: CustomerId) -> ()
  POST /api/projects/{id}/team was removed
      operation-removed
      Rust major: projects.create_team: (id: ProjectId) -> Team → (id: ProjectId) -> ()

warning
  GET /api/tags is deprecated
      operation-deprecated
      Rust minor: tags.list() (deprecated)
  3 operations require different permissions: edit → edit and permissions
      operation-permissions-changed
      teams: DELETE /api/teams/{id}/activities/{activityId}, DELETE /api/teams/{id}/customers/{customerId}, DELETE \
         /api/teams/{id}/projects/{projectId}

info
  a value of language of CustomerEditForm, UserCreateForm and UserEditForm was added: sr
      request-property-value-added
      Rust minor: Language::Sr (added)
      customers: POST /api/customers, PATCH /api/customers/{id}
      users: POST /api/users, PATCH /api/users/{id}
  a value of locale of UserCreateForm and UserEditForm was added: sr
      request-property-value-added
      Rust minor: Locale::Sr (added)
      users: POST /api/users, PATCH /api/users/{id}
"
    );
    // No colors where nobody sees them.
    assert!(!said.contains('\u{1b}'));
    assert_eq!(
        copy.ok(&["diff", "2.63.0", "2.64.0"]),
        "Kimai 2.63.0 → Kimai 2.64.0: no changes in requests and responses\n"
    );
}

#[test]
fn json_for_programs() {
    let copy = Copy::with_all_snapshots();
    let json: Value = serde_json::from_str(&copy.ok(&["diff", "2.42.0", "2.43.0", "--format", "json"])).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["old"], serde_json::json!({"name": "specs/2.42.0.json", "release": "2.42.0"}));
    assert_eq!(json["new"]["release"], "2.43.0");
    let summary = serde_json::json!({
        "breaking": 4, "warning": 0, "info": 4, "none": 0, "ignored": 0, "hidden": 1, "rust": "major",
        "rust_unknown": null,
    });
    assert_eq!(json["summary"], summary);
    assert_eq!(
        json["changes"][0],
        serde_json::json!({
            "id": "request-property-renamed",
            "severity": "breaking",
            "rust": "none",
            "rust_changes": [],
            "subject": "CustomerEditForm.address_line1",
            "places": ["CustomerEditForm.address_line1"],
            "old_pointers": ["/components/schemas/CustomerEditForm/properties/address_line1"],
            "new_pointers": ["/components/schemas/CustomerEditForm/properties/addressLine1"],
            "operations": ["POST /api/customers", "PATCH /api/customers/{id}"],
            "old": "address_line1",
            "new": "addressLine1",
            "message": "CustomerEditForm.address_line1 was renamed: address_line1 → addressLine1",
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

2 breaking, 0 warning, 2 info; Rust: major

### Breaking

| change | rule | Rust | operations |
|---|---|---|---|
| GET /api/timesheets/{id}/restart was removed | `operation-removed` | major<br>`timesheets.restart_via_get(id: \
         TimesheetId) -> Timesheet (removed)` | `GET /api/timesheets/{id}/restart` |
| GET /api/timesheets/{id}/stop was removed | `operation-removed` | major<br>`timesheets.stop_via_get(id: \
         TimesheetId) -> Timesheet (removed)` | `GET /api/timesheets/{id}/stop` |

### Info

| change | rule | Rust | operations |
|---|---|---|---|
| a media type of PATCH /api/timesheets/{id}/restart 200 was added: application/json | `response-media-type-added` | \
         major<br>`timesheets.restart: (id: TimesheetId) -> Option<Value> → (id: TimesheetId) -> Timesheet` | \
         `PATCH /api/timesheets/{id}/restart` |
| a media type of PATCH /api/timesheets/{id}/stop 200 was added: application/json | `response-media-type-added` | \
         major<br>`timesheets.stop: (id: TimesheetId) -> Option<Value> → (id: TimesheetId) -> Timesheet` | \
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
    assert_eq!(code(&["-", "-"]), Some(2));
    assert_eq!(code(&["2.63.0", "9.9.9"]), Some(2));
    for (old, new) in [("nosuch.json", "2.65.0"), ("2.65.0", "http://127.0.0.1:1")] {
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
    assert!(said.starts_with("Kimai 2.64.0 → Kimai 2.65.0: 0 breaking, 2 warning, 1 info; Rust: minor\n"), "{said}");
    assert!(said.ends_with("\nignored: 1 (languages come and go)\n\nignored: 3 (nobody makes teams so)\n"));
    // An entry that is about nothing may be misspelled, or no longer needed.
    let file = copy.write(
        "idle.yaml",
        "- {id: operation-moved, reason: a}\n- {id: operation-removed, subject: GET /api/nothing, reason: b}\n",
    );
    let said = copy.xtask(&["diff", "2.64.0", "2.65.0", "--ignore", &file]);
    assert_eq!(said.code, Some(0));
    assert_eq!(
        said.err,
        "note: no change matches operation-moved, which the --ignore file lists\n\
         note: no change matches operation-removed of GET /api/nothing, which the --ignore file lists\n"
    );
    for (text, problem) in [
        ("- {id: operation-gone, reason: a}", "unknown rule 'operation-gone'"),
        ("- {id: operation-removed, reason: ' '}", "the entry for operation-removed needs a reason"),
        ("- {id: operation-removed}", "missing field"),
        ("- id: operation-removed\n  id: operation-removed", "duplicate key; remove one of the two at line 2 column 3"),
        (&"[".repeat(100_000), "values are nested more than 64 levels deep"),
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
    let document = crate::support::snapshot();
    let file = copy.write("mine.json", &document);
    assert!(copy.ok(&["diff", "2.65.0", &file]).ends_with("mine.json: no changes in requests and responses\n"));
    let said = copy.xtask_with_input(&["diff", "-", "2.65.0"], &document);
    assert_eq!(said.out, "standard input → Kimai 2.65.0: no changes in requests and responses\n");
    // Swagger 2.0 against OpenAPI 3.0, as any other pair.
    let said = copy.ok(&["diff", "1.30.11", "2.0.0", "--only", "timesheets"]);
    assert!(said.contains("\n  ?tags was renamed: ?tags → ?tags[]\n      request-parameter-renamed\n"), "{said}");
}

/// The corrections that fit a document of one's own are those of a release that it is like.
#[test]
fn documents_of_older_servers_have_clients_too() {
    let copy = Copy::with_all_snapshots();
    for release in ["1.30.11", "2.28.0", "2.57.0"] {
        let file = copy.write("older.json", &copy.read(&format!("specs/{release}.json")));
        let said = copy.ok(&["diff", release, &file, "--format", "json", "--all"]);
        let report: Value = serde_json::from_str(&said).unwrap();
        assert_eq!((&report["summary"]["rust"], &report["changes"]), (&"none".into(), &Value::Array(Vec::new())));
        let other = copy.read(&format!("specs/{release}.json")).replacen("\"color\":", "\"colour\":", 1);
        let said = copy.ok(&["diff", release, &copy.write("other.json", &other), "--format", "json"]);
        let report: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(report["summary"]["rust"], "major", "{release}");
    }
}

/// Names may have anything in them, which neither commands a terminal nor ends a line.
#[test]
fn control_characters_of_names_are_shown_and_not_sent() {
    let copy = Copy::with_all_snapshots();
    let property = |name: &str| crate::support::snapshot().replacen("\"alias\":", &format!("\"{name}\":"), 1);
    let file = copy.write("odd.json", &property("\\u001b[2J\\n## x"));
    for (format, line) in [
        ("text", "  User.'\\u{1b}[2J\\n## x' was added: string\n"),
        ("markdown", "User.'\\\\u{1b}\\[2J\\\\n\\#\\# x' was added: string"),
    ] {
        let said = copy.ok(&["diff", "2.65.0", &file, "--format", format]);
        assert!(!said.contains('\u{1b}') && !said.contains("\n## x"), "{said:?}");
        assert!(said.contains(line), "{said}");
    }
}

/// The published schema, which says all that is in the report, and nothing that is not.
#[test]
fn json_is_as_its_schema_says() {
    let mut schema: Value = serde_json::from_str(include_str!("../../docs/diff.schema.json")).unwrap();
    let open = jsonschema::validator_for(&schema).unwrap();
    for object in ["", "/properties/summary", "/$defs/document", "/$defs/change"] {
        schema.pointer_mut(object).unwrap()["additionalProperties"] = Value::Bool(false);
    }
    let closed = jsonschema::validator_for(&schema).unwrap();
    let copy = Copy::with_all_snapshots();
    let mine = copy.write("mine.json", &crate::support::snapshot());
    for pair in [["1.30.11", "2.0.0"], ["2.42.0", "2.43.0"], ["2.65.0", &mine], ["2.65.0", "1.0"]] {
        copy.write(".kimai-diff.yaml", "- {id: operation-removed, severity: info, reason: a}");
        let json = copy.ok(&["diff", pair[0], pair[1], "--format", "json", "--all"]);
        let mut json: Value = serde_json::from_str(&json).unwrap();
        let problems: Vec<String> = closed.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(problems, [""; 0], "{pair:?}");
        json["more"] = Value::Null;
        assert!(open.is_valid(&json), "readers skip what they do not know");
        json["summary"]["rust"] = "huge".into();
        assert!(!open.is_valid(&json));
    }
}

#[test]
fn what_does_not_show_on_the_wire_is_told_when_asked_for() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["diff", "2.42.0", "2.43.0"]);
    assert!(
        said.ends_with("\n\n1 change does not affect requests and responses (Rust: major); list it with --all\n"),
        "{said}"
    );
    let said = copy.ok(&["diff", "2.42.0", "2.43.0", "--all"]);
    assert!(
        said.starts_with(
            "Kimai 2.42.0 → Kimai 2.43.0: 4 breaking, 0 warning, 4 info, 1 not attributed; Rust: major\n\n"
        )
    );
    let activity = "\
  NewActivity changes in the client only
      client-changed
      Rust major: NewActivity.teams: Option<Vec<TeamId>> → Option<TeamId>
      activities: POST /api/activities
";
    assert!(said.ends_with(activity), "{said}");
    // They are no reason to fail: a copy of a schema has come, which is the same type.
    let same = ["diff", "2.25.0", "2.26.0", "--all", "--fail-on", "any"];
    assert_eq!(copy.ok(&same), "Kimai 2.25.0 → Kimai 2.26.0: no changes in requests and responses\n");
}

#[test]
fn an_operation_that_cannot_be_generated_is_compared_all_the_same() {
    let copy = Copy::with_all_snapshots();
    // A path parameter that fills only a part of its segment is more than the generator can express: the client lacks it.
    let document = crate::support::snapshot().replacen("\"/api/tags/{id}\"", "\"/api/tags/{id}.json\"", 1);
    let file = copy.write("mine.json", &document);
    let said = copy.ok(&["diff", "2.65.0", &file]);
    assert_eq!(
        said,
        format!(
            "Kimai 2.65.0 → {file}: 1 breaking, 0 warning, 1 info; Rust: major\n\n\
             breaking\n  DELETE /api/tags/{{id}} was removed\n      operation-removed\n      \
             Rust major: tags.delete(id: TagId) -> () (removed)\n\n\
             info\n  DELETE /api/tags/{{id}}.json was added\n      operation-added\n"
        )
    );
}

#[test]
fn servers_count_as_declared_and_what_is_left_out_is_noted() {
    let copy = Copy::with_all_snapshots();
    let with = |name: &str, edit: &dyn Fn(&mut serde_json::Value)| {
        let mut document = crate::support::document();
        edit(&mut document);
        copy.write(name, &document.to_string())
    };
    let old = with("old.json", &|document| document["servers"] = serde_json::json!([{"url": "https://a.example.com"}]));
    let new = with("new.json", &|document| document["servers"] = serde_json::json!([{"url": "https://b.example.com"}]));
    let said = copy.ok(&["diff", &old, &new]);
    let servers = "operations use different servers: https://a.example.com → https://b.example.com\n      operation-servers-changed\n";
    assert!(said.contains(servers), "{said}");
    // OpenAPI 3.1 has keywords that are left out: nobody is told that nothing changed.
    let old = with("old.json", &|document| {
        document["openapi"] = "3.1.0".into();
        document["components"]["schemas"]["TagEntity"]["if"] = serde_json::json!({"required": ["color"]});
    });
    let new = with("new.json", &|document| document["openapi"] = "3.1.0".into());
    let said = copy.xtask(&["diff", &old, &new]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let note = format!(
        "note: {old}: /components/schemas/TagEntity/if: 'if' has no equivalent in OpenAPI 3.0: it is ignored\n"
    );
    assert!(said.err.contains(&note), "{}", said.err);
}

const APP: &str = r#"
async fn run(kimai: generated_client::Client) -> Result<(), generated_client::Error> {
    let mut sheets = kimai.timesheets().list().project(5).full().stream();
    while let Some(sheet) = sheets.next().await {
        let sheet = sheet?;
        println!("{} {:?}", sheet.begin, kimai.timesheets().stop(sheet.id).await?);
    }
    Ok(())
}
"#;

#[test]
fn a_program_is_told_what_it_meets() {
    let copy = Copy::with_all_snapshots();
    copy.write("app/src/main.rs", APP);
    copy.write("app/target/CACHEDIR.TAG", "");
    copy.write("app/target/debug/other.rs", "fn f(kimai: &Client) { kimai.tags().list(); }");
    let app = copy.path("app").display().to_string();
    let said = copy.ok(&["diff", "2.57.0", "2.65.0", "--used-by", &app]);
    assert_eq!(
        said,
        format!(
            "\
Kimai 2.57.0 → Kimai 2.65.0 for {app}, which calls 2 operations: 0 breaking, 0 warning, 1 info; Rust: major

info
  a media type of PATCH /api/timesheets/{{id}}/stop 200 was added: application/json
      response-media-type-added
      Rust major: timesheets.stop: (id: TimesheetId) -> Option<Value> → (id: TimesheetId) -> Timesheet
      timesheets: PATCH /api/timesheets/{{id}}/stop
"
        )
    );
    assert_eq!(
        copy.ok(&["diff", "2.64.0", "2.65.0", "--used-by", &app]),
        format!(
            "Kimai 2.64.0 → Kimai 2.65.0 for {app}, which calls 2 operations: no changes in requests and responses\n"
        )
    );
    let json: Value =
        serde_json::from_str(&copy.ok(&["diff", "1.30.11", "2.65.0", "--used-by", &app, "--format", "json"])).unwrap();
    assert_eq!(json["used_by"], serde_json::json!({"folder": app, "operations": 2}));
    let operations: std::collections::BTreeSet<&str> = json["changes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|change| change["operations"].as_array().unwrap())
        .map(|operation| operation.as_str().unwrap())
        .collect();
    assert_eq!(operations.into_iter().collect::<Vec<_>>(), ["GET /api/timesheets", "PATCH /api/timesheets/{id}/stop"]);
}

/// A program that calls one of three operations has a change with another subject, which the file does not know.
#[test]
fn what_is_left_out_is_the_same_for_every_program() {
    let copy = Copy::with_all_snapshots();
    copy.write("app/src/main.rs", "fn f(kimai: &Client) { kimai.teams().remove_project(a, b); kimai.tags().list(); }");
    let app = copy.path("app").display().to_string();
    let report = |subject: &str| {
        let entry = format!("- {{id: operation-permissions-changed, subject: {subject}, reason: known}}\n");
        let file = copy.write("ignore.yaml", &entry);
        copy.xtask(&["diff", "2.64.0", "2.65.0", "--used-by", &app, "--ignore", &file])
    };
    let (change, left_out) = ("DELETE /api/teams/{id}/projects/{projectId} requires different", "ignored: 1 (known)");
    let said = report("3 operations");
    assert!(!said.out.contains(change) && said.out.contains(left_out), "{}", said.out);
    assert_eq!(said.err, "");
    let said = report("'DELETE /api/teams/{id}/projects/{projectId}'");
    assert!(said.out.contains(change) && !said.out.contains(left_out), "{}", said.out);
    assert!(said.err.starts_with("note: no change matches operation-permissions-changed of"), "{}", said.err);
}

#[test]
fn a_folder_that_uses_nothing_is_the_wrong_folder() {
    let copy = Copy::with_all_snapshots();
    copy.write("other/src/lib.rs", "pub fn add(a: u32, b: u32) -> u32 { a + b }");
    let other = copy.path("other").display().to_string();
    let said = copy.xtask(&["diff", "2.64.0", "2.65.0", "--used-by", &other]);
    assert_eq!(said.code, Some(3));
    assert!(said.err.contains("calls no operation of either document"), "{}", said.err);
    copy.write("other/src/main.rs", "fn f(kimai: &Client) { kimai.tags().list(); }");
    copy.write("other/src/broken.rs", "fn f( {");
    let said = copy.xtask(&["diff", "2.64.0", "2.65.0", "--used-by", &other]);
    assert!(said.out.contains("  GET /api/tags is deprecated\n"), "{}", said.out);
    assert!(said.err.starts_with("warning: cannot parse this file, so its uses are ignored: "), "{}", said.err);
    assert!(said.err.contains("broken.rs: not valid Rust: "), "{}", said.err);
}

#[test]
fn only_some_resources() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["diff", "2.54.0", "2.65.0", "--only", "tags"]);
    assert_eq!(
        said,
        "\
Kimai 2.54.0 → Kimai 2.65.0: 0 breaking, 1 warning, 0 info; Rust: minor

warning
  GET /api/tags is deprecated
      operation-deprecated
      Rust minor: tags.list() (deprecated)
"
    );
    // Authentication affects all resources.
    let said = copy.ok(&["diff", "1.30.11", "2.65.0", "--only", "tags"]);
    assert!(said.contains("\n  header X-AUTH-TOKEN was removed\n      authentication-removed\n"), "{said}");
    let said = copy.xtask(&["diff", "2.64.0", "2.65.0", "--only", "tags", "--only", "tag"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("neither document has the resource tag; they have actions, activities, config,"),
        "{}",
        said.err
    );
}
