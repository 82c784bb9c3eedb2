//! A document of one's own: what a plugin adds is generated, compiles without a warning, and can be called.

use std::fs;

use serde_json::{Value, json};
use toml::Table;

use crate::crates::{cargo, folder};
use crate::support::{Copy, copy_folder, repository, with_plugin};

/// Text that is no markup, though it looks like some; a linter and a compiler have something against each line.
const PROSE: &str = "# Head *ing*\n\n```rust\nlet never = compiled(;\n```\n\n    code\n\n1. SomeWord some_word `open \
    <script> [link] [a](b) https://example.com/a_b\tx \"y\" \\ */ \u{202e}\u{7}\r- | ~~~\n===\n> <b>&lt;";

/// Writes prose wherever the document may hold some, as real documents do.
fn write_prose(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let is_operation = object.contains_key("operationId");
            let is_described = is_operation || object.contains_key("schema") || object.contains_key("type");
            // A property of such a name is an object itself.
            if is_described && object.values().any(|member| !member.is_object()) {
                object.entry("description").or_insert_with(|| json!(PROSE));
                if is_operation {
                    object.entry("summary").or_insert_with(|| json!(PROSE));
                }
            }
            object.values_mut().for_each(write_prose);
        }
        Value::Array(array) => array.iter_mut().for_each(write_prose),
        _ => {}
    }
}

#[test]
fn a_plugin_is_generated_compiles_without_a_warning_and_can_be_called() {
    let workspace = folder().join("plugin-document");
    if workspace.exists() {
        fs::remove_dir_all(&workspace).unwrap();
    }
    copy_folder(&repository().join("generated-client"), &workspace.join("generated-client"));
    let tests = workspace.join("generated-client/tests");
    if tests.exists() {
        fs::remove_dir_all(&tests).unwrap();
    }
    // They call what only the client of all releases has.
    for example in ["api_demo", "export", "report"] {
        fs::remove_dir_all(workspace.join("generated-client/examples").join(example)).unwrap();
    }
    fs::create_dir_all(&tests).unwrap();
    fs::write(tests.join("plugin_client.rs"), include_str!("fixtures/plugin_client.rs")).unwrap();
    fs::write(tests.join("plugin_wire.rs"), include_str!("fixtures/plugin_wire.rs")).unwrap();
    for entry in fs::read_dir(repository()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, workspace.join(path.file_name().unwrap())).unwrap();
        }
    }
    let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap().parse::<Table>().unwrap();
    let mut manifest = read("Cargo.toml");
    manifest["workspace"]["members"] = vec!["generated-client"].into();
    fs::write(workspace.join("Cargo.toml"), manifest.to_string()).unwrap();

    let mut manifest = read("generated-client/Cargo.toml");
    // Only the client's own tests need the generator; neither it nor the benchmark is copied.
    manifest["dev-dependencies"].as_table_mut().unwrap().remove("codegen").unwrap();
    manifest.remove("bench").unwrap();
    fs::write(workspace.join("generated-client/Cargo.toml"), manifest.to_string()).unwrap();

    let mut document = with_plugin();
    write_prose(&mut document);
    let copy = Copy::new();
    let spec = copy.write("own.json", &document.to_string());
    let generated = workspace.join("generated-client/src/generated");
    let said = copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", generated.to_str().unwrap()]);
    assert!(said.contains("\ngenerated  115 operations, "), "{said}");
    assert!(
        said.contains(
            "\nnote       /components/schemas/Expense/properties/level/enum: 'enum' of an integer is ignored: \
             any integer is accepted\n"
        ),
        "{said}"
    );

    cargo(&workspace, &["test", "--offline"]);
    cargo(&workspace, &["clippy", "--offline", "--", "-D", "warnings"]);
    cargo(&workspace, &["doc", "--offline", "--no-deps"]);
}

#[test]
fn what_a_plugin_adds_leaves_the_rest_as_it_is() {
    let copy = Copy::new();
    copy.ok(&["regenerate", "--out", "plain"]);
    let spec = copy.write("own.json", &with_plugin().to_string());
    copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", "own"]);
    let (plain, own) = (copy.files("plain"), copy.files("own"));
    let grown = [
        "handles/mod.rs",
        "handles/timesheets.rs",
        "ids.rs",
        "mod.rs",
        "operations/mod.rs",
        "operations/timesheets.rs",
        "types/common.rs",
        "types/enums.rs",
        "types/mod.rs",
    ];
    for (name, text) in &plain {
        if !grown.contains(&name.as_str()) {
            assert_eq!(Some(text), own.get(name), "{name}");
        }
    }
    let added: Vec<&str> = own.keys().filter(|name| !plain.contains_key(*name)).map(String::as_str).collect();
    assert_eq!(
        added,
        [
            "handles/expenses.rs",
            "handles/extras.rs",
            "operations/expenses.rs",
            "operations/extras.rs",
            "types/expense.rs",
            "types/extra.rs"
        ]
    );
}
