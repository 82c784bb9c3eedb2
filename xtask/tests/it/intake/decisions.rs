//! What is left to decide about operations, properties and values.

use serde_json::json;

use super::document::{edited, more_values, one_more, other_type};
use super::{GENERATED, decisions, decisions_again, intake, without_tests};
use crate::support::Copy;

const NAMES: &str = "specs/overlays/names.yaml";

#[test]
fn a_release_without_changes_needs_no_decision() {
    let copy = Copy::with_all_snapshots();
    let said = intake(&copy, &edited(|_| {}));
    let start = said.out.find("contains ").unwrap();
    let end = said.out.find("           cargo xtask diff").unwrap();
    assert_eq!(
        &said.out[start..end],
        "\
contains   88 operations, 53 schemas
snapshot   specs/2.65.0.json (no changes since then)
overlays   fit
written    specs/index.yaml
written    specs/README.md
written    xtask/docs/rules.md
written    specs/HISTORY.md
written    specs/history.jsonl
written    generated-client/src/generated (0 changed, 39 new, 0 removed)
compared   Kimai 2.65.0 → Kimai 2.66.0: no changes in requests and responses
"
    );
    assert_eq!(decisions_again(&copy), "Nothing is left to decide.\n");
}

#[test]
fn an_operation_more() {
    let copy = Copy::with_all_snapshots();
    let found = decisions(&copy, &edited(one_more));
    assert_eq!(
        found,
        "\
Documentation is missing: add it to specs/overlays/docs.yaml, in better words than these:
  1. POST /api/projects/{id}/duplicate
  - target: $.paths['/api/projects/{id}/duplicate'].post
    x-kimai: '>=2.66.0'
    update:
      description: Requests `duplicate` for a project.

Names look odd: give others in specs/overlays/names.yaml, or keep them:
  2. `projects().create_duplicate()` of POST /api/projects/{id}/duplicate: the path says `duplicate`
  - target: $.paths['/api/projects/{id}/duplicate'].post
    x-kimai: '>=2.66.0'
    update:
      x-rust-name: duplicate

Add to the test server and to the tests, unless it is already there:
  3. generated-client/tests/wire/projects.rs: a case for each of `projects.create_duplicate`, which sends all that it can send
  4. generated-client/src/test_server/handlers/mod.rs: answers to `projects.create_duplicate`, or the test server says 501
  5. generated-client/tests/test_server/operations.rs: a path or a body for those of `projects.create_duplicate` that do not succeed with `1` for each id and no body
  6. generated-client/tests/test_server/permissions/table.rs: who may call `projects.create_duplicate`
  7. generated-client/tests/live: a step for each of `projects.create_duplicate`, a test of 2.66.0 in in_memory.rs, and new logs ('Run the live test' in \
CONTRIBUTING.md)
"
    );
    assert!(copy.read(&format!("{GENERATED}/handles/projects.rs")).contains("pub fn create_duplicate("));
}

#[test]
fn an_operation_less_and_a_permission_more() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        let paths = document["paths"].as_object_mut().unwrap();
        paths.remove("/api/tags/find").unwrap();
        paths["/api/tags"]["post"]["security"] = json!([{"bearer": ["API", "create_everything"]}]);
    });
    let found = decisions(&copy, &document);
    for expected in [
        "tests/test_server/permissions/table.rs: the rows of `tags.find` in OLD_ROWS, with 2.65.0\n",
        "tests/test_server/operations.rs: a release that has `tags.find` in RELEASES\n",
        "tests/live: steps that need the effect of `tags.find`, and new logs\n",
        "src/test_server/permission.rs: who has `create_everything`, or the test server says 501\n",
    ] {
        assert!(found.contains(expected), "{found}");
    }
}

#[test]
fn a_property_more_and_one_of_another_type() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        other_type(document);
        document["components"]["schemas"]["Team"]["properties"]["founded"] = json!({"type": "string"});
    });
    let found = decisions(&copy, &document);
    assert_eq!(
        without_tests(&found),
        "\
Documentation is missing: add it to specs/overlays/docs.yaml, in better words than these:
  1. schema Team, type `Team`, property `founded`
  - target: $.components.schemas.Team.properties.founded
    x-kimai: '>=2.66.0'
    update:
      description: Founded of the team.

Evidence is missing: record a server of 2.66.0 with `cargo xtask record`, and compare it with `cargo xtask audit`:
  2. `Team` in responses: whether `founded` is always there, and whether it may be null
  3. `Team.color` is now declared as an integer, formerly as a color: whether servers do so
"
    );
    assert!(
        found.contains("generated-client/src/test_server/view.rs: `Team.founded`, shown since 2.66.0\n"),
        "{found}"
    );
}

#[test]
fn actions_that_fit_and_may_be_out_of_date() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        let schemas = &mut document["components"]["schemas"];
        schemas["TimesheetEditForm"]["properties"]["tags"] = json!({"type": "array", "items": {"type": "string"}});
        schemas["ProjectEntity"]["properties"].as_object_mut().unwrap().remove("color").unwrap();
    });
    let found = decisions(&copy, &document);
    assert_eq!(
        without_tests(&found),
        "\
Overlays may be out of date, though they fit:
  1. TimesheetEditForm.tags changed in the document: `items` was nothing and is {\"type\":\"string\"}, `type` was \"string\" \
and is \"array\"; corrections.yaml, target $.components.schemas.TimesheetEditForm.properties.tags replaces it: is that still \
right?
  2. corrections.yaml, target $.components.schemas.ProjectEntity: names `ProjectEntity.color`, which 2.66.0 does not have; \
limit it to older releases, and write one without that for 2.66.0
  3. corrections.yaml, target $.components.schemas.ProjectEntity.properties['budgetType','color','comment','end','number',\
'orderDate', 'orderNumber','start']: names `ProjectEntity.color`, which 2.66.0 does not have; limit it to older releases, and \
write one without that for 2.66.0
"
    );
}

/// The overlays name the other values.
#[test]
fn a_value_more() {
    let copy = Copy::with_all_snapshots();
    let found = decisions(&copy, &edited(more_values));
    assert_eq!(
        found,
        "\
Evidence is missing: record a server of 2.66.0 with `cargo xtask record`, and compare it with `cargo xtask audit`:
  1. `Role` has new values: `ROLE_AUDITOR` (`RoleAuditor`)
"
    );
    let known = "ROLE_SUPER_ADMIN: SuperAdmin";
    copy.write(NAMES, &copy.read(NAMES).replacen(known, &format!("{known}, ROLE_AUDITOR: Auditor"), 1));
    copy.xtask(&["regenerate"]);
    assert!(decisions_again(&copy).ends_with("\n  1. `Role` has new values: `ROLE_AUDITOR` (`Auditor`)\n"));
}
