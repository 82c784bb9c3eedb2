//! `--overlays`: the actions that responses contradict or do not support.

use serde_json::Value;

use super::recordings::Recording;
use crate::support::Copy;

/// An overlay with an action that is wrong, one that is right, and one that no response supports.
const OVERLAY: &str = r#"overlay: 1.0.0
info: {title: Mine, version: "1"}
actions:
  - target: $.components.schemas.TeamCollection.properties.name
    x-kimai: ">=2.0"
    update: {type: integer}
  - target: $.components.schemas.TeamCollection
    x-kimai: ">=2.0"
    update: {properties: {color: {maxLength: 7}}}
  - target: $.components.schemas.TeamCollection.properties.name
    x-kimai: ">=2.0"
    update: {nullable: true}
"#;

fn copy() -> (Copy, String) {
    let copy = Copy::with_all_snapshots();
    copy.write("specs/overlays/mine.yaml", OVERLAY);
    let file = Recording::of("2.65.0").write(&copy);
    (copy, file)
}

const CONTRADICTED: &str = "
contradicted mine.yaml, action 1: $.components.schemas.TeamCollection.properties.name
  /components/schemas/TeamCollection/properties/name (2 values)
";

const UNSUPPORTED: &str = "
unsupported mine.yaml, action 3: $.components.schemas.TeamCollection.properties.name
  /components/schemas/TeamCollection/properties/name (2 values)
";

#[test]
fn actions_are_contradicted_or_unsupported() {
    let (copy, file) = copy();
    let said = copy.ok(&["audit", &file, "--overlays"]);
    assert!(said.contains(CONTRADICTED) && said.contains(UNSUPPORTED), "{said}");
    assert!(!said.contains("mine.yaml, action 2"), "{said}");
    assert!(!said.contains("found "), "{said}");

    let markdown = copy.ok(&["audit", &file, "--overlays", "--format", "markdown"]);
    let row = "| contradicted | mine.yaml 1 | `$.components.schemas.TeamCollection.properties.name` | \
        `/components/schemas/TeamCollection/properties/name` (2) |\n";
    assert!(markdown.contains(row), "{markdown}");

    let json: Value = serde_json::from_str(&copy.ok(&["audit", &file, "--overlays", "--format", "json"])).unwrap();
    let actions = json["releases"][0]["actions"].as_array().unwrap();
    let mine: Vec<&Value> = actions.iter().filter(|action| action["file"] == "mine.yaml").collect();
    assert_eq!(mine.len(), 2, "{mine:#?}");
    assert_eq!((&mine[0]["judgement"], &mine[0]["action"]), (&"contradicted".into(), &1.into()));
    assert_eq!(mine[1]["places"][0]["values"], 2);
}

/// What few responses do not support is no error.
#[test]
fn contradicted_actions_are_breaking() {
    let (copy, file) = copy();
    let code = |level: &str| copy.xtask(&["audit", &file, "--overlays", "--fail-on", level]).code;
    assert_eq!((code("breaking"), code("any")), (Some(1), Some(1)));

    let copy = Copy::with_all_snapshots();
    let file = Recording::of("2.65.0").write(&copy);
    let code = |level: &str| copy.xtask(&["audit", &file, "--overlays", "--fail-on", level]).code;
    assert_eq!((code("breaking"), code("any")), (Some(0), Some(1)));
}
