//! A document of one's own: what a plugin adds is generated, compiles without a warning, and can be called.

use std::fs;

use crate::crates::Crates;
use crate::support::{Copy, with_plugin};
use serde_json::{Value, json};

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

/// What the two tests and the programs in the documentation use.
const FOR_TESTS: &str = "\
[dev-dependencies]
tokio = { workspace = true, features = [\"macros\", \"rt-multi-thread\", \"net\"] }
";

#[test]
fn a_plugin_is_generated_compiles_without_a_warning_and_can_be_called() {
    let crates = Crates::new("plugin-document", &["generated-client"]);
    let generated = crates.add_client("generated-client");
    let manifest = fs::read_to_string(crates.path("generated-client/Cargo.toml")).unwrap();
    crates.write("generated-client/Cargo.toml", &format!("{manifest}\n{FOR_TESTS}"));
    crates.write("generated-client/tests/plugin_client.rs", include_str!("fixtures/plugin_client.rs"));
    crates.write("generated-client/tests/plugin_wire.rs", include_str!("fixtures/plugin_wire.rs"));

    let mut document = with_plugin();
    write_prose(&mut document);
    let copy = Copy::new();
    let spec = copy.write("own.json", &document.to_string());
    let said = copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", generated.to_str().unwrap()]);
    assert!(said.contains("\ngenerated  115 operations, "), "{said}");
    assert!(
        said.contains(
            "\nnote       /components/schemas/Expense/properties/level/enum: 'enum' of an integer is ignored: \
             any integer is accepted\n"
        ),
        "{said}"
    );

    let features = ["--offline", "--no-default-features", "--features", "blocking"];
    let cargo = |arguments: &[&str]| crates.cargo(&[arguments, &features].concat());
    cargo(&["test", "--test", "plugin_client", "--test", "plugin_wire"]);
    // The hand-written documentation is tested elsewhere, with TLS.
    crates.cargo(&[&["test", "--doc"], &features[..], &["--", "src/generated/"]].concat());
    cargo(&["clippy"]);
    cargo(&["doc", "--no-deps"]);
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
