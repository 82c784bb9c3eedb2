//! The list of rules.

use serde_json::{Value, json};

use crate::support::{Copy, repository};

#[test]
fn the_rules_are_listed_with_severity_and_meaning() {
    let copy = Copy::without_snapshots();
    let said = copy.ok(&["diff", "--list-rules"]);
    for rule in [
        "operation-removed\n    breaking: an operation was removed\n",
        "operation-id-changed\n    info (with --all): an operation has a different operation id\n",
        "request-parameter-value-removed\n    breaking: a value of a parameter in the query, a header or a cookie was removed\n",
        "response-media-type-added\n    info: a media type of a response was added\n",
    ] {
        assert!(said.contains(rule), "{rule}: {said}");
    }
    let rules: Vec<Value> = serde_json::from_str(&copy.ok(&["diff", "--list-rules", "--format", "json"])).unwrap();
    assert!(rules.contains(&json!({
        "id": "schema-renamed", "severity": "none", "all_only": true, "meaning": "a schema was renamed, and nothing else",
    })));
    // The page is made of the same table.
    let page = std::fs::read_to_string(repository().join("xtask/docs/rules.md")).unwrap();
    for rule in &rules {
        let all = if rule["all_only"] == true { " (`--all`)" } else { "" };
        let [id, severity, meaning] = ["id", "severity", "meaning"].map(|name| rule[name].as_str().unwrap());
        let row = format!("\n| `{id}` | {severity}{all} | {meaning} | ");
        assert!(page.contains(&row), "{row}");
    }
    assert_eq!(rules.len(), page.lines().filter(|line| line.matches(" | ").count() == 4).count() - 1);
}

#[test]
fn the_list_is_text_or_json_and_takes_no_documents() {
    let copy = Copy::without_snapshots();
    assert_eq!(
        copy.refuses(&["diff", "--list-rules", "--format", "html"]),
        "error: --list-rules writes text, or JSON with --format json: xtask/docs/rules.md has the rules as Markdown\n"
    );
    let said = copy.refuses(&["diff", "--list-rules", "2.64.0", "2.65.0"]);
    assert!(said.starts_with("error: the argument '--list-rules' cannot be used with"), "{said}");
    let said = copy.refuses(&["diff"]);
    assert!(
        said.starts_with("error: the following required arguments were not provided:\n  <OLD>\n  <NEW>\n"),
        "{said}"
    );
}
