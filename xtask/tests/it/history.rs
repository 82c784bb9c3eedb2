//! The output of `history` for people and programs.

use std::fs;

use crate::support::Copy;
use serde_json::{Value, json};

/// The lines below a release, without what pads them.
fn of_release(said: &str, release: &str) -> Vec<String> {
    let below = said.lines().skip_while(|line| *line != release).skip(1).take_while(|line| !line.is_empty());
    below.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn json(copy: &Copy, arguments: &[&str]) -> Value {
    let said = copy.ok(&[&["history", "--format", "json"], arguments].concat());
    let value: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(value["format"], json!(1));
    value
}

/// What is found by the name under a key.
fn named<'a>(list: &'a Value, key: &str, name: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|one| one[key] == name).unwrap()
}

#[test]
fn the_operations_stand_by_resource_with_their_releases() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["history"]);
    assert!(
        said.starts_with("98 releases from 1.0 to 2.65.0\n91 operations, 85 of them in the newest release\n"),
        "{said}"
    );
    let lines: Vec<&str> = said.lines().skip_while(|line| *line != "config").take(4).collect();
    assert_eq!(
        lines,
        [
            "config",
            "  GET    /api/config/colors                 2.18.0          .............+++++++++",
            "  GET    /api/config/i18n                   1.0     2.0.0   +++++++++.............",
            "  GET    /api/config/timesheet              1.7             ....++++++++++++++++++",
        ]
    );

    let markdown = copy.ok(&["history", "--format", "markdown"]);
    assert!(markdown.starts_with("| operation | since | until |\n|---|---|---|\n"), "{markdown}");
    assert!(markdown.contains("\n| `GET /api/timesheets/{}/stop` | 2.0.10 | 2.58.0 |\n"), "{markdown}");

    let all = json(&copy, &[]);
    let releases = all["releases"].as_array().unwrap();
    assert_eq!((releases.len(), &releases[0], &releases[97]), (98, &json!("1.0"), &json!("2.65.0")));
    let operations = all["operations"].as_array().unwrap();
    assert_eq!(operations.len(), 91);
    assert!(operations.contains(&json!({
        "method": "POST", "path": "/api/customers/{}/team", "since": "2.58.0", "until": "2.65.0",
        "spans": [{"since": "2.58.0", "until": "2.65.0"}],
    })));
    // The same operations in the same order in all formats.
    let of_json: Vec<String> = operations
        .iter()
        .map(|one| format!("{} {}", one["method"].as_str().unwrap(), one["path"].as_str().unwrap()))
        .collect();
    let of_markdown: Vec<&str> = markdown.lines().skip(2).map(|line| line.split('`').nth(1).unwrap()).collect();
    assert_eq!(of_json, of_markdown);
}

#[test]
fn the_properties_of_a_type_tell_when_they_are_required_and_changed() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["history", "--fields", "NewCustomer"]);
    assert!(said.contains("\nNewCustomer: 1.0 on\n"), "{said}");
    let line = |name: &str| {
        let line = said.lines().find(|line| line.starts_with(&format!("  {name} "))).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("language"), "language .........+ 2.63.0 on");
    assert_eq!(line("address"), "address +++++++... 1.0 to 2.41.0");
    assert_eq!(line("timezone"), "timezone #########+ 1.0 on; required 1.0 to 2.63.0");
    assert_eq!(line("teams"), "teams ......++++ 2.0.0 on; changed 2.43.0, 2.48.0");

    let markdown = copy.ok(&["history", "--fields", "NewCustomer", "--format", "markdown"]);
    assert!(markdown.contains("\n| `timezone` | 1.0 |  | 1.0 to 2.63.0 |  |\n"), "{markdown}");
    assert!(markdown.contains("\n| `teams` | 2.0.0 |  |  | 2.43.0, 2.48.0 |\n"), "{markdown}");

    let form = json(&copy, &["--fields", "NewCustomer"]);
    assert_eq!((&form["type"], &form["since"], &form["until"]), (&json!("NewCustomer"), &json!("1.0"), &json!(null)));
    assert_eq!(
        *named(&form["properties"], "name", "timezone"),
        json!({
            "name": "timezone", "since": "1.0", "until": null, "spans": [{"since": "1.0", "until": null}],
            "required": [{"since": "1.0", "until": "2.63.0"}], "changed": [],
        })
    );
    let entity = json(&copy, &["--fields", "Timesheet"]);
    assert_eq!(named(&entity["properties"], "name", "break")["since"], "2.45.0");
    let role = json(&copy, &["--fields", "Role"]);
    assert_eq!(named(&role["values"], "value", "ROLE_TEAMLEAD")["since"], "1.0");
}

#[test]
fn an_unknown_type_names_similar_ones() {
    let copy = Copy::with_all_snapshots();
    let said = copy.refuses(&["history", "--fields", "TimesheetSumary"]);
    assert!(
        said.starts_with("error: no release has a type TimesheetSumary: similar types are TimesheetSummary, "),
        "{said}"
    );
    let said = copy.refuses(&["history", "--fields", "newtimesheet"]);
    assert!(said.contains("NewTimesheet"), "{said}");
    assert_eq!(
        copy.refuses(&["history", "--fields", "Xyz"]),
        "error: no release has a type Xyz: `cargo doc --package generated-client` shows all types\n"
    );
}

#[test]
fn the_changelog_begins_with_the_newest_release() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["history", "--since", "2.57"]);
    let releases: Vec<&str> = said.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(releases, ["2.65.0", "2.63.0", "2.62.0", "2.58.0", "2.57.0"]);
    assert_eq!(
        of_release(&said, "2.57.0")[..8],
        [
            "operation added GET /api/customers/{}/comments",
            "operation added POST /api/customers/{}/comments",
            "operation added DELETE /api/customers/{}/comments/{}",
            "operation added PATCH /api/customers/{}/comments/{}/pin",
            "operation added GET /api/projects/{}/comments",
            "operation added POST /api/projects/{}/comments",
            "operation added DELETE /api/projects/{}/comments/{}",
            "operation added PATCH /api/projects/{}/comments/{}/pin",
        ]
    );
    assert_eq!(
        of_release(&said, "2.58.0")[3..5],
        ["operation removed GET /api/timesheets/{}/restart", "operation removed GET /api/timesheets/{}/stop"]
    );
    assert_eq!(
        of_release(&said, "2.62.0"),
        ["parameter added GET /api/customers ?full", "type added CustomerSummaryExpanded"]
    );
    let line = "property added NewCustomer.invoiceEmail, .language".to_owned();
    assert!(of_release(&said, "2.63.0").contains(&line), "{said}");
    assert_eq!(
        of_release(&said, "2.65.0")[..3],
        ["activities", "customers", "projects"].map(|one| format!("operation removed POST /api/{one}/{{}}/team"))
    );

    let markdown = copy.ok(&["history", "--since", "2.57", "--format", "markdown"]);
    assert!(markdown.starts_with("## 2.65.0\n\n- operation removed: `POST /api/activities/{}/team`\n"), "{markdown}");
    assert!(
        markdown.contains("\n- property became optional: `NewCustomer.country, .currency, .timezone`\n"),
        "{markdown}"
    );

    let changes = json(&copy, &["--since", "2.57"]);
    let releases_of_json: Vec<&str> =
        changes["releases"].as_array().unwrap().iter().map(|one| one["release"].as_str().unwrap()).collect();
    assert_eq!(releases_of_json, releases);
    assert_eq!(
        *named(&changes["releases"], "release", "2.62.0"),
        json!({"release": "2.62.0", "changes": [
            {"event": "came", "kind": "parameter", "method": "GET", "path": "/api/customers", "name": "full"},
            {"event": "came", "kind": "type", "type": "CustomerSummaryExpanded"},
        ]})
    );

    let only = Copy::new();
    assert_eq!(only.ok(&["history", "--since", "2.65"]), "the API did not change from 2.65 on\n");
    assert_eq!(json(&only, &["--since", "2.65"])["releases"], json!([]));
}

#[test]
fn a_release_that_is_not_known_is_an_error_with_those_near_it() {
    let copy = Copy::with_all_snapshots();
    for (since, near) in [("9.9", "2.65.0"), ("2.40.7", "2.40.0 and 2.41.0"), ("0.9", "1.0")] {
        assert_eq!(
            copy.refuses(&["history", "--since", since]),
            format!(
                "error: --since {since}: there is no such release; specs/ has 98 releases from 1.0 to 2.65.0; near it \
                 {near}\n"
            )
        );
    }
}

#[test]
fn a_long_list_of_values_is_cut_in_text_and_whole_in_json() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["history", "--since", "2.11"]);
    let line = of_release(&said, "2.11.0").into_iter().find(|line| line.starts_with("value removed Language")).unwrap();
    assert!(line.starts_with("value removed Language=cs_CZ, =da_DK, =da_GL, "), "{line}");
    let named_here = line.matches('=').count();
    let more: usize = line.rsplit(" and ").next().unwrap().strip_suffix(" more").unwrap().parse().unwrap();
    let all = json(&copy, &["--since", "2.11"]);
    let changes = named(&all["releases"], "release", "2.11.0")["changes"].as_array().unwrap();
    let values =
        changes.iter().filter(|one| one["event"] == "went" && one["kind"] == "value" && one["type"] == "Language");
    assert_eq!((named_here, named_here + more), (12, values.count()));
}

#[test]
fn the_page_is_written_and_checked_by_regenerate() {
    let copy = Copy::with_all_snapshots();
    fs::remove_file(copy.path("specs/HISTORY.md")).unwrap();
    // A client of one release, or in another place, says nothing of the page.
    copy.ok(&["regenerate", "--spec", "2.40.0"]);
    copy.ok(&["regenerate", "--out", "elsewhere"]);
    assert_eq!(copy.ok(&["regenerate", "--check", "--out", "elsewhere"]), "the generated code is up to date\n");
    assert!(!copy.path("specs/HISTORY.md").exists());

    copy.ok(&["regenerate"]);
    let fresh = copy.read("specs/HISTORY.md");
    let position = |text: &str| fresh.find(text).unwrap_or_else(|| panic!("{text}"));
    let places = [
        "| `DELETE /api/export/{}` | 2.36.0 |  |",
        "\n### 2.65.0\n",
        "\n### 1.30.11\n",
        "\n## Older releases\n",
        "\n- 1.26.0: 1 parameter added; 4 properties added\n",
        "\n- 1.1: ",
    ]
    .map(position);
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(copy.ok(&["regenerate", "--check"]), "the generated code is up to date\n");

    copy.write("specs/HISTORY.md", &fresh.replacen("2.36.0", "2.36.1", 1));
    let said = copy.xtask(&["regenerate", "--check"]);
    let stale = "specs/HISTORY.md does not match the documents in specs/: run `cargo xtask regenerate`\n";
    assert_eq!((said.code, said.out.as_str()), (Some(1), stale));
    copy.ok(&["regenerate"]);
    assert_eq!(copy.read("specs/HISTORY.md"), fresh);
}

/// What `regenerate` stores saves time, and changes nothing.
#[test]
fn the_stored_history_tells_what_the_documents_tell() {
    let copy = Copy::with_all_snapshots();
    let client = |out: &str, release: &str| {
        copy.ok(&["regenerate", "--spec", release, "--out", out]);
        copy.files(out)
    };
    let releases = ["1.5", "1.30.11", "2.40.0", "2.65.0"];
    let with = releases.map(|release| client("with", release));
    let told = [&["history"][..], &["history", "--fields", "Timesheet"], &["history", "--since", "2.0"]];
    let of_stored = told.map(|arguments| copy.ok(arguments));
    let stored = copy.read("specs/history.jsonl");
    fs::remove_file(copy.path("specs/history.jsonl")).unwrap();
    for (release, with) in releases.iter().zip(with) {
        assert!(with.keys().any(|path| path == "operations/timesheets.rs"), "{release}");
        assert_eq!(client("without", release), with, "{release}");
    }
    assert_eq!(told.map(|arguments| copy.ok(arguments)), of_stored);

    copy.ok(&["regenerate"]);
    assert_eq!(copy.read("specs/history.jsonl"), stored);
}

#[test]
fn a_stored_history_of_other_overlays_is_not_used() {
    let copy = Copy::with_all_snapshots();
    let names = copy.read("specs/overlays/names.yaml");
    copy.write("specs/overlays/names.yaml", &format!("{names}# A comment.\n"));
    let said = copy.xtask(&["history"]);
    let note = "note: specs/history.jsonl is made of other documents or overlays, so all documents are read: `cargo xtask \
                regenerate` updates it\n";
    assert_eq!((said.code, said.err.as_str()), (Some(0), note));
    assert!(said.out.starts_with("98 releases from 1.0 to 2.65.0\n"), "{}", said.out);

    copy.ok(&["regenerate"]);
    copy.ok(&["history"]);
    copy.write("specs/history.jsonl", "");
    let said = copy.xtask(&["regenerate", "--check"]);
    let stale = "specs/history.jsonl does not match the documents in specs/: run `cargo xtask regenerate`\n";
    assert_eq!((said.code, said.out.as_str()), (Some(1), stale));
}

#[test]
fn without_snapshots_there_is_no_history() {
    let said = Copy::without_snapshots().fails(&["history"]);
    assert!(said.starts_with("error: specs/ has no snapshots: "), "{said}");
}
