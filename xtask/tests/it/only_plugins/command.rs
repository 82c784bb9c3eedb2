//! The command itself.

use serde_json::{Value, json};

use crate::support::{Copy, document};

fn regenerate(copy: &Copy, document: &Value, out: &str) -> String {
    let spec = copy.write("own.json", &document.to_string());
    copy.ok(&["regenerate", "--only-plugins", "--spec", &spec, "--kimai", "2.65.0", "--out", out])
}

#[test]
fn only_what_the_client_lacks_is_generated() {
    let copy = Copy::with_all_snapshots();
    let said = regenerate(&copy, &crate::support::with_plugin(), "plugins");
    assert!(
        said.contains(
            "\ncompared   with the client 0.1.0 for Kimai 1.30.11 to 2.65.0, which has 88 of the 115 operations\n\
             generated  27 operations, 59 types, 4 kinds of ids\n\
             files      19 in plugins, "
        ),
        "{said}"
    );
    let names: Vec<String> = copy.files("plugins").into_keys().collect();
    assert_eq!(
        names,
        [
            "handles/expenses.rs",
            "handles/extras.rs",
            "handles/mod.rs",
            "handles/timesheets.rs",
            "ids.rs",
            "mod.rs",
            "operations/expenses.rs",
            "operations/expenses/setters.rs",
            "operations/extras.rs",
            "operations/extras/setters.rs",
            "operations/mod.rs",
            "operations/timesheets.rs",
            "operations/timesheets/setters.rs",
            "prelude.rs",
            "types/common.rs",
            "types/enums.rs",
            "types/expense.rs",
            "types/extra.rs",
            "types/mod.rs",
        ]
    );
}

#[test]
fn a_document_without_anything_new_writes_nothing() {
    let copy = Copy::with_all_snapshots();
    let said = regenerate(&copy, &document(), "plugins");
    assert!(said.contains("\ngenerated  0 operations, 0 types, 0 kinds of ids\n"), "{said}");
    assert!(said.contains("\nfiles      none: the client has all operations of the document\n"), "{said}");
    assert!(!copy.path("plugins").exists());
}

#[test]
fn what_a_document_adds_to_the_clients_own_is_named() {
    let mut own = document();
    own["components"]["schemas"]["TimesheetEditForm"]["properties"]["mileage"] = json!({"type": "integer"});
    let parameters = own["paths"]["/api/timesheets"]["get"]["parameters"].as_array_mut().unwrap();
    parameters.push(json!({"name": "mileage", "in": "query", "schema": {"type": "integer"}}));
    let copy = Copy::with_all_snapshots();
    let said = regenerate(&copy, &own, "plugins");
    for note in [
        "/components/schemas/TimesheetEditForm: the client's `NewTimesheet` has no field `mileage`: send it with `with_property`",
        "/components/schemas/TimesheetEditForm: the client's `TimesheetPatch` has no field `mileage`: send it with `with_property`",
        "/paths/~1api~1timesheets/get: the client's `timesheets().list()` has no parameter `mileage`: send it with \
         `with_parameter(\"mileage\", …)`",
    ] {
        assert!(said.contains(&format!("\nnote       {note}\n")), "{said}");
    }
    assert!(!copy.path("plugins").exists());
}

#[test]
fn a_check_says_what_to_do() {
    let copy = Copy::with_all_snapshots();
    let spec = copy.write("my own.json", &crate::support::with_plugin().to_string());
    let arguments = |spec: &str| {
        let options = ["--kimai", "2.65.0", "--client-crate", "kimai-api", "--strict", "--allow-http"];
        let fixed = ["regenerate", "--only-plugins", "--spec", spec, "--out", "my plugins"];
        [&fixed[..], &options].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let check = |spec: &str| {
        let mut arguments = arguments(spec);
        arguments.push("--check".to_owned());
        let said = copy.xtask(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
        said.out
    };
    let said = check(&spec);
    let end = format!(
        "the generated code is not up to date: run `cargo xtask regenerate --spec '{spec}' --kimai 2.65.0 --out 'my \
         plugins' --client-crate kimai_api --only-plugins --strict --allow-http`\n"
    );
    assert!(said.ends_with(&end), "{said}");

    copy.ok(&arguments(&spec).iter().map(String::as_str).collect::<Vec<_>>());
    let without = copy.write("without.json", &document().to_string());
    assert_eq!(
        check(&without),
        "my plugins is obsolete, since the client has all operations of the document: delete it\n"
    );
}

#[test]
fn what_the_client_has_is_not_left_out() {
    let mut own = document();
    // Two types of success, which cannot be generated.
    let responses = &mut own["paths"]["/api/tags"]["get"]["responses"];
    responses["202"] = json!({"description": "", "content": {"text/plain": {"schema": {"type": "string"}}}});
    let copy = Copy::with_all_snapshots();
    let said = regenerate(&copy, &own, "plugins");
    assert!(!said.contains("left out"), "{said}");
    assert!(said.contains("\nnote       /paths/~1api~1tags/get: the client has `tags().list()`; "), "{said}");
    assert!(said.contains(" which has 88 of the 88 operations\n"), "{said}");
}

#[test]
fn a_method_that_would_be_hidden_is_left_out() {
    let mut own = document();
    // The client has a method of this name for older releases.
    own["paths"]["/api/timesheets/plugin"] = json!({"get": {
        "tags": ["Timesheet"], "operationId": "get_plugin", "x-rust-name": "stop_via_get",
        "responses": {"204": {"description": ""}},
    }});
    let copy = Copy::with_all_snapshots();
    let spec = copy.write("own.json", &own.to_string());
    let arguments = ["regenerate", "--only-plugins", "--spec", &spec, "--kimai", "2.65.0", "--out", "plugins"];
    let reason = "/paths/~1api~1timesheets~1plugin/get and /paths/~1api~1timesheets~1{id}~1stop/get would both be called \
         timesheets().stop_via_get(); the client has the other one already: rename this one with x-rust-name in an \
         overlay\n";
    let said = copy.ok(&arguments);
    assert!(said.contains(&format!("\nleft out   {reason}summary    1 operation left out\n")), "{said}");
    let error = copy.fails(&[&arguments[..], &["--strict"]].concat());
    assert!(error.ends_with(&format!("1 operation cannot be generated; omit --strict to leave them out\n  {reason}")));
}

#[test]
fn it_needs_a_document_and_a_folder() {
    let copy = Copy::without_snapshots();
    for (arguments, missing) in [
        (&["regenerate", "--only-plugins", "--out", "plugins"][..], "--spec <RELEASE|FILE|URL>"),
        (&["regenerate", "--only-plugins", "--spec", "own.json"][..], "--out <DIR>"),
        (&["regenerate", "--client-crate", "kimai"][..], "--only-plugins"),
    ] {
        let said = copy.xtask(arguments);
        assert_eq!(said.code, Some(2), "{}", said.err);
        assert!(said.err.contains(missing), "{}", said.err);
    }
    let said = copy.xtask(&["regenerate", "--only-plugins", "--spec", "a", "--out", "b", "--client-crate", "no name"]);
    assert!(said.err.contains("use the name in Cargo.toml, such as generated-client"), "{}", said.err);
}
