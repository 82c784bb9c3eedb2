//! A document of one's own: what it has, its server has, whatever is known of its release.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod support;

use serde_json::json;
use support::{Copy, document};

#[test]
fn what_ones_own_document_has_is_not_refused_to_its_server() {
    let mut own = document();
    let schemas = &mut own["components"]["schemas"];
    // Both are gone from the documents of 2.65.
    schemas["TimesheetEditForm"]["properties"]["internalRate"] = json!({"type": "number"});
    schemas["CustomerEditForm"]["properties"]["address"] = json!({"type": "string"});
    own["paths"]["/api/activities/{id}/team"]["post"]["responses"] = json!({"204": {}});
    let copy = Copy::with_all_snapshots();
    let spec = copy.write("own.json", &own.to_string());
    copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", "own"]);
    let files = copy.files("own");
    let tables: Vec<&str> =
        files.values().flat_map(|text| text.lines()).filter(|line| line.contains("Part::new(\"")).collect();
    assert!(tables.iter().all(|line| !line.contains("internalRate") && !line.contains("address\"")), "{tables:?}");
    let team = files["operations/activities.rs"].split("impl Operation for CreateTeam {").nth(1).unwrap();
    let team = &team[..team.find("fn request").unwrap()];
    assert!(team.contains("&[history::Span::since([2, 58, 0])]"), "{team}");
}
