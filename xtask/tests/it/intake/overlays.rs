//! Overlays that do not fit the next release.

use serde_json::json;

use super::document::{content, edited, one_less, reference, rename};
use super::{GENERATED, changes, decisions, decisions_again, intake, without_tests};
use crate::support::Copy;

#[test]
fn actions_for_an_operation_that_is_gone_are_limited() {
    let copy = Copy::with_all_snapshots();
    let before = copy.files("specs/overlays");
    let found = decisions(&copy, &edited(one_less));
    assert_eq!(
        without_tests(&found),
        "\
Overlays were made to fit: see `git diff specs/overlays`:
  1. docs.yaml, target $.paths['/api/tags/find'].get.parameters[?@.name=='name']: matches nothing in 2.66.0; \
x-kimai: \">=2.18\" became \">=2.18, <2.66.0\"
  2. docs.yaml, target $.paths['/api/tags/find'].get: matches nothing in 2.66.0; x-kimai: \">=2.18\" became \
\">=2.18, <2.66.0\"
  3. examples.yaml, target $.paths['/api/tags/find'].get: matches nothing in 2.66.0; x-kimai: \">=2.18\" became \
\">=2.18, <2.66.0\"
"
    );
    let after = copy.files("specs/overlays");
    for (file, text) in &before {
        let lines = text.lines().zip(after[file].lines()).filter(|(before, after)| before != after);
        let expected = match file.as_str() {
            "docs.yaml" => 2,
            "examples.yaml" => 1,
            _ => 0,
        };
        assert_eq!(lines.count(), expected, "{file}");
        assert_eq!(text.lines().count(), after[file].lines().count(), "{file}");
    }
    // The client has it for older releases.
    assert!(copy.read(&format!("{GENERATED}/handles/tags.rs")).contains("pub fn find("));
    // They fit now.
    assert!(
        decisions_again(&copy).starts_with("Add to the test server and to the tests, unless it is already there:\n")
    );
}

#[test]
fn an_action_without_a_range_gets_one() {
    let copy = Copy::with_all_snapshots();
    let before = copy.read("specs/overlays/names.yaml");
    let document = edited(|document| {
        document["paths"].as_object_mut().unwrap().remove("/api/ping").unwrap();
    });
    let found = decisions(&copy, &document);
    assert!(
        found.contains(
            "names.yaml, target $.paths['/api/ping'].get: matches nothing in 2.66.0; it got x-kimai: \"<2.66.0\"\n"
        ),
        "{found}"
    );
    assert_eq!(changes(&before, &copy.read("specs/overlays/names.yaml")), ["+x-kimai: \"<2.66.0\""]);
}

#[test]
fn a_renamed_schema_keeps_its_type_and_its_corrections() {
    let copy = Copy::with_all_snapshots();
    let before = copy.files("specs/overlays");
    let found = decisions(&copy, &edited(|document| rename(document, "TagEntity", "Label")));
    assert_eq!(
        without_tests(&found),
        "\
Overlays were made to fit: see `git diff specs/overlays`:
  1. schema TagEntity seems to be Label now, which has the same properties and keeps its types: 7 actions that name it now \
name both
"
    );
    let after = copy.files("specs/overlays");
    assert_eq!(
        changes(&before["names.yaml"], &after["names.yaml"]),
        ["-- target: $.components.schemas.TagEntity", "+- target: $.components.schemas['TagEntity','Label']"]
    );
    assert_eq!(
        changes(&before["docs.yaml"], &after["docs.yaml"]),
        [
            "-- target: $.components.schemas['TagEntity'].properties.id",
            "-- target: $.components.schemas.TagEntity",
            "-- target: $.components.schemas.TagEntity.properties.name",
            "-- target: $.components.schemas.TagEntity.properties.visible",
            "+- target: $.components.schemas['TagEntity','Label'].properties.id",
            "+- target: $.components.schemas['TagEntity','Label']",
            "+- target: $.components.schemas['TagEntity','Label'].properties.name",
            "+- target: $.components.schemas['TagEntity','Label'].properties.visible",
        ]
    );
    // The types and ids are what they were.
    assert!(copy.read(&format!("{GENERATED}/operations/tags.rs")).contains("TagId"));
    assert!(!copy.read(&format!("{GENERATED}/types/mod.rs")).contains("Label"));
}

#[test]
fn a_renamed_form_keeps_its_types_too() {
    let copy = Copy::with_all_snapshots();
    let found = decisions(&copy, &edited(|document| rename(document, "TimesheetEditForm", "RecordForm")));
    assert_eq!(
        found,
        "Overlays were made to fit: see `git diff specs/overlays`:\n  1. schema TimesheetEditForm seems to be RecordForm \
         now, which has the same properties and keeps its types: 15 actions that name it now name both\n"
    );
    assert!(copy.read("specs/overlays/names.yaml").ends_with(
        "  - target: $.components.schemas.RecordForm\n    x-kimai: '>=2.66.0'\n    update:\n      x-rust-type: \
         TimesheetEditForm\n"
    ));
}

#[test]
fn a_similar_schema_is_a_hint() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        let schema = &mut document["components"]["schemas"]["TimesheetExpanded"];
        schema["properties"].as_object_mut().unwrap().remove("rate").unwrap();
        rename(document, "TimesheetExpanded", "RecordExpanded");
    });
    let found = decisions(&copy, &document);
    for line in [
        "corrections.yaml, target $.components.schemas.TimesheetExpanded: matches nothing in 2.66.0; x-kimai: \">=2.0\" \
         became \">=2.0, <2.66.0\"; RecordExpanded is new and has most of its properties: perhaps it needs the same from \
         2.66.0 on\n",
        "corrections.yaml, target $.paths['/api/timesheets'].post: refers to the schema TimesheetExpanded, which 2.66.0 \
         does not have; x-kimai: \">=2.0\" became \">=2.0, <2.66.0\"; RecordExpanded is new and has most of its \
         properties: perhaps it needs the same from 2.66.0 on\n",
    ] {
        assert!(found.contains(line), "{found}");
    }
}

#[test]
fn what_one_client_cannot_express_is_left_out_until_it_is_decided() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        document["paths"]["/api/teams/{id}"]["get"]["responses"]["200"] = content(&reference("Version"));
        let list = json!({"type": "array", "items": {"type": "array", "items": {"type": "string"}}});
        let parameters = document["paths"]["/api/tags"]["get"]["parameters"].as_array_mut().unwrap();
        parameters.push(json!({"in": "query", "name": "grid", "schema": list}));
    });
    let expected = "\
Overlays were made to fit: see `git diff specs/overlays`:
  1. $.paths['/api/tags'].get.parameters[?@.name=='grid'] is left out by an action at the end of names.yaml, to be deleted \
when the reason is gone: /paths/~1api~1tags/get/parameters/1/schema/items: a parameter that is not a string, number, \
boolean or list of these cannot be generated; send such values in the body
  2. $.paths['/api/teams/{id}'].get is left out by an action at the end of names.yaml, to be deleted when the reason is \
gone: GET /api/teams/{id}: the responses of Kimai 2.65.0 and 2.66.0 cannot be expressed by one client; correct one of the \
two documents with an overlay
";
    assert_eq!(without_tests(&decisions(&copy, &document)), expected);
    // It stays a decision as long as the action is there.
    assert_eq!(without_tests(&decisions_again(&copy)), expected);
}

#[test]
fn a_value_more_in_forms_takes_no_operation_away() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        for form in ["ActivityEditForm", "CustomerEditForm", "ProjectEditForm"] {
            let values = &mut document["components"]["schemas"][form]["properties"]["budgetType"]["enum"];
            values.as_array_mut().unwrap().push(json!("year"));
        }
    });
    let found = decisions(&copy, &document);
    assert!(found.ends_with("audit`:\n  1. `BudgetType` has new values: `year` (`Year`)\n"), "{found}");
    // The second empty cell: no release is without it.
    assert!(copy.read("specs/HISTORY.md").contains("\n| `POST /api/activities` | 1.0 |  |\n"));
}

#[test]
fn names_that_do_not_fit_the_values_are_left_out() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        for path in ["/api/activities", "/api/customers", "/api/projects", "/api/users"] {
            for parameter in document["paths"][path]["get"]["parameters"].as_array_mut().unwrap() {
                if parameter["name"] == "visible" {
                    parameter["schema"]["pattern"] = json!("1|2|3|4");
                }
            }
        }
    });
    let found = decisions(&copy, &document);
    assert!(
        found.starts_with(
            "Overlays were made to fit: see `git diff specs/overlays`:\n  1. \
             $.paths['/api/activities'].get.parameters[?@.name=='visible'].schema['x-enum-varnames'] is left out by an action \
             at the end of names.yaml, to be deleted when the reason is gone: \
             /paths/~1api~1activities/get/parameters/2/schema/x-enum-varnames: one name for each of the 4 values is expected \
             here\n  2. "
        ),
        "{found}"
    );
    assert_eq!(found.matches(" is left out by ").count(), 4, "{found}");
    assert!(found.ends_with("audit`:\n  5. `Visibility` has new values: `4` (`V4`)\n"), "{found}");
}

#[test]
fn a_renamed_schema_with_a_property_more_keeps_its_operations() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        document["components"]["schemas"]["TagEntity"]["properties"]["icon"] = json!({"type": "string"});
        rename(document, "TagEntity", "LabelEntity");
    });
    let found = decisions(&copy, &document);
    assert!(!found.contains("is left out by"), "{found}");
    assert!(
        found.contains(
            ". schema TagEntity is gone, and LabelEntity is new and has most of its properties: an action at the end of \
             names.yaml gives it x-rust-type: Tag, so that no operation is left out\n"
        ),
        "{found}"
    );
    assert!(copy.read("specs/overlays/names.yaml").ends_with(
        "  - target: $.components.schemas.LabelEntity\n    x-kimai: '>=2.66.0'\n    update:\n      x-rust-type: Tag\n"
    ));
    assert!(copy.read(&format!("{GENERATED}/handles/tags.rs")).contains("pub fn find("));
}

#[test]
fn the_summary_counts_what_is_left_out() {
    let copy = Copy::with_all_snapshots();
    let document = edited(|document| {
        document["paths"]["/api/ping"]["get"]["responses"]["200"] = content(&reference("Missing"));
    });
    let said = intake(&copy, &document);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let summary = said.out.lines().find(|line| line.starts_with("compared ")).unwrap();
    assert!(summary.ends_with("; left out of the client: 1 part"), "{summary}");
}
