//! Reports for GitHub: annotations of a workflow, and SARIF.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Copy, snapshot};

#[test]
fn a_workflow_shows_the_changes_beside_the_file() {
    let copy = Copy::with_all_snapshots();
    assert_eq!(
        copy.ok(&["diff", "2.64.0", "2.65.0", "--format", "github", "--only", "tags", "--only", "users"]),
        "\
::warning file=specs/2.65.0.json,line=5756,title=operation-deprecated::GET /api/tags is deprecated
::notice file=specs/2.65.0.json,line=614,title=request-property-value-added::a value of language of CustomerEditForm, \
         UserCreateForm and UserEditForm was added: sr%0APOST /api/customers, PATCH /api/customers/{id}, POST /api/users, \
         PATCH /api/users/{id}
::notice file=specs/2.65.0.json,line=2382,title=request-property-value-added::a value of locale of UserCreateForm and \
         UserEditForm was added: sr%0APOST /api/users, PATCH /api/users/{id}
::notice title=cargo xtask diff::Kimai 2.64.0 → Kimai 2.65.0: 0 breaking, 1 warning, 2 info; Rust: minor
"
    );
}

/// The document as YAML, whose lines are not known.
fn yaml(copy: &Copy, file: &str) -> String {
    let document: Value = serde_json::from_str(&snapshot()).unwrap();
    copy.write(file, &codegen::yaml::write("mine.yaml", &document).unwrap())
}

#[test]
fn a_file_without_lines_and_a_file_elsewhere() {
    let copy = Copy::with_all_snapshots();
    yaml(&copy, "my specs/mine.yaml");
    let annotation = |document: &str| {
        let said = copy.ok(&["diff", "2.64.0", document, "--format", "github", "--only", "tags"]);
        said.lines().next().unwrap().to_owned()
    };
    let message = "title=operation-deprecated::GET /api/tags is deprecated";
    assert_eq!(annotation("my specs/mine.yaml"), format!("::warning file=my specs/mine.yaml,{message}"));
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("mine.json");
    fs::write(&file, snapshot()).unwrap();
    assert_eq!(annotation(file.to_str().unwrap()), format!("::warning {message}"));
}

#[test]
fn sarif_has_rules_results_and_places() {
    let copy = Copy::with_all_snapshots();
    let said = copy.ok(&["diff", "2.64.0", "2.65.0", "--format", "sarif", "--only", "tags"]);
    let mut log: Value = serde_json::from_str(&said).unwrap();
    let fingerprint = log["runs"][0]["results"][0]["partialFingerprints"]["change/v1"].take();
    assert_eq!(fingerprint.as_str().unwrap().len(), 64);
    assert_eq!(
        log,
        json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "cargo xtask diff",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": [{
                        "id": "operation-deprecated",
                        "shortDescription": {"text": "an operation is deprecated"},
                        "defaultConfiguration": {"level": "warning"},
                    }],
                }},
                "results": [{
                    "ruleId": "operation-deprecated",
                    "ruleIndex": 0,
                    "kind": "fail",
                    "level": "warning",
                    "message": {"text": "GET /api/tags is deprecated"},
                    "locations": [{
                        "logicalLocations": [{"fullyQualifiedName": "GET /api/tags"}],
                        "physicalLocation": {
                            "artifactLocation": {"uri": "specs/2.65.0.json", "uriBaseId": "%SRCROOT%"},
                            "region": {"startLine": 5756},
                        },
                    }],
                    "partialFingerprints": {"change/v1": null},
                    "properties": {
                        "severity": "warning",
                        "rust": "minor",
                        "rustChanges": ["tags.list() (deprecated)"],
                        "operations": ["GET /api/tags"],
                        "oldPointers": ["/paths/~1api~1tags/get"],
                        "newPointers": ["/paths/~1api~1tags/get"],
                    },
                }],
                "properties": {
                    "summary": "Kimai 2.64.0 → Kimai 2.65.0: 0 breaking, 1 warning, 0 info; Rust: minor",
                    "remarks": [],
                },
            }],
        })
    );
}

#[test]
fn sarif_levels_and_fingerprints() {
    let copy = Copy::with_all_snapshots();
    yaml(&copy, "my specs/mine.yaml");
    let log: Value =
        serde_json::from_str(&copy.ok(&["diff", "1.0", "my specs/mine.yaml", "--format", "sarif", "--all"])).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let mut levels = std::collections::BTreeSet::new();
    let mut fingerprints = std::collections::BTreeSet::new();
    for result in results {
        let severity = result["properties"]["severity"].as_str().unwrap();
        let (kind, level) = (result["kind"].as_str().unwrap(), result["level"].as_str().unwrap());
        levels.insert([severity, kind, level]);
        assert!(fingerprints.insert(result["partialFingerprints"]["change/v1"].as_str().unwrap()), "{result}");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        // The first line stands for a file without lines.
        let place = json!({
            "artifactLocation": {"uri": "my%20specs/mine.yaml", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 1},
        });
        assert_eq!(result["locations"][0]["physicalLocation"], place);
    }
    let expected = [
        ["breaking", "fail", "error"],
        ["info", "fail", "note"],
        ["none", "informational", "none"],
        ["warning", "fail", "warning"],
    ];
    assert_eq!(levels.into_iter().collect::<Vec<_>>(), expected);
}
