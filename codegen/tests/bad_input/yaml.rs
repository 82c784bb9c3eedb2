//! YAML in documents, and in the files beside them.

use std::time::{Duration, Instant};

use codegen::document::{Overlay, canonical};
use codegen::history::Known;
use codegen::yaml::{self, Position};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{generate, refusal_of_bytes};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Entry {
    release: String,
    #[serde(default)]
    is_known: bool,
    note: Option<String>,
    update: Option<yaml::Any>,
}

fn value(text: &str) -> Value {
    yaml::read::<yaml::Any>("a.yaml", text).unwrap().0
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    assert_eq!(yaml::read::<Value>("a.yaml", text).unwrap_err().to_string(), expected);
}

#[track_caller]
fn entry_refused(text: &str, expected: &str) {
    assert_eq!(yaml::read::<Entry>("a.yaml", text).unwrap_err().to_string(), expected);
}

#[test]
fn scalars() {
    for (text, expected) in [
        ("yes", json!("yes")),
        ("no", json!("no")),
        ("on", json!("on")),
        ("off", json!("off")),
        ("y", json!("y")),
        ("true", json!(true)),
        ("True", json!(true)),
        ("~", json!(null)),
        ("Null", json!(null)),
        ("'~'", json!("~")),
        ("1", json!(1)),
        ("'1'", json!("1")),
        ("1.0", json!(1.0)),
        ("2.65.0", json!("2.65.0")),
        ("0o17", json!(15)),
        ("0x1F", json!(31)),
        ("1e3", json!(1000.0)),
        (".5", json!(0.5)),
        // Not numbers.
        ("007", json!("007")),
        ("1_000", json!("1_000")),
        ("12:30", json!("12:30")),
        ("2020-01-01", json!("2020-01-01")),
        // As JSON.
        ("18446744073709551615", json!(u64::MAX)),
        ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
        ("-9223372036854775809", json!(-9_223_372_036_854_775_809.0)),
        // The tag says how a program would name the type.
        ("!thing {a: 1}", json!({"a": 1})),
        ("!thing [a]", json!(["a"])),
        ("!thing a", json!("a")),
        ("!!str 1", json!("1")),
    ] {
        assert_eq!(value(&format!("- {text}")), json!([expected]), "{text}");
    }
}

#[test]
fn strings_in_types() {
    let read = |text: &str| yaml::read::<Entry>("a.yaml", text).unwrap();
    let entry = |release: &str| Entry { release: release.to_owned(), is_known: false, note: None, update: None };
    assert_eq!(read("release: 2.0"), entry("2.0"));
    assert_eq!(read("release: 1.10"), entry("1.10"));
    assert_eq!(read("release: '2.0'\nnote: ~\nupdate: null"), entry("2.0"));
    let update = Some(yaml::Any(json!({"y": 1, "x": 2, "n": 1e30})));
    let text = "release: '2.0'\nupdate: {x: 2, <<: {x: 1, y: 1}, n: 1000000000000000000000000000000}";
    assert_eq!(read(text), Entry { update, ..entry("2.0") });
}

#[test]
fn aliases_and_merges() {
    assert_eq!(value("a: &a [1]\nb: *a"), json!({"a": [1], "b": [1]}));
    assert_eq!(value("a: &a {x: 1}\nb: {<<: *a, y: 2}"), json!({"a": {"x": 1}, "b": {"x": 1, "y": 2}}));
    assert_eq!(
        value("a: &a {x: 1, z: 1}\nb: {<<: [*a, {y: 2, z: 2}], x: 3}"),
        json!({"a": {"x": 1, "z": 1}, "b": {"x": 3, "y": 2, "z": 1}})
    );
    let entry = Entry { release: "2".to_owned(), is_known: true, note: None, update: None };
    let text = "- &a {release: '2', is_known: false}\n- {<<: *a, is_known: true}\n";
    assert_eq!(yaml::read::<Vec<Entry>>("a.yaml", text).unwrap()[1], entry);
    let error = yaml::read::<Vec<Entry>>("a.yaml", "- {<<: {release: 2}}").unwrap_err().to_string();
    assert_eq!(error, "a.yaml: [0].release: invalid type: integer `2`, expected a string");
    // JSON has no merges.
    let json = r#"{"openapi": "3.0.0", "paths": {}, "x-a": {"<<": {"b": 1}}}"#;
    assert!(generate(json.as_bytes()).is_ok());
    assert_eq!(value("a: '&a &a'\nb: 2 *a"), json!({"a": "&a &a", "b": "2 *a"}));
    refused("a: {<<: 1}", "a.yaml: << takes an object, or a list of objects, and only once at line 1 column 4");
    refused(
        "a: {<<: {}, <<: {}}",
        "a.yaml: << takes an object, or a list of objects, and only once at line 1 column 4",
    );
    refused("a: *b", "a.yaml: unknown anchor at line 1 column 4");
    // The parser would take the value of &b.
    refused(
        "a: &a 1\nb: &a 2\nc: &b 3\nd: *a\n",
        "a.yaml: the anchor &a exists twice; give each anchor a name of its own at line 2 column 4",
    );
    for text in ["a: &a [*a]", "a: &a {b: *a}"] {
        refused(text, "a.yaml: values are nested more than 64 levels deep, as in no API document at line 1 column 4");
    }
}

#[test]
fn errors_name_the_line_and_the_column() {
    refused(
        "a: 1\nb: {c: 2\n",
        "a.yaml: did not find expected ',' or '}' at line 3 column 1, while parsing a flow mapping at line 2 column 4",
    );
    refused(
        "a:\n\tb: 1",
        "a.yaml: found character that cannot start any token at line 2 column 1, while scanning for the next token",
    );
    refused("a: 1\n\na: 2\n", "a.yaml: duplicate key; remove one of the two at line 3 column 1");
    refused("a:\n  b: [.inf]\n", "a.yaml: a number that JSON cannot hold at line 2 column 7");
    refused("a: 1\nb: ä\u{7}\n", "a.yaml: control characters are not allowed, such as '\\u{7}' at line 2 column 5");
    refused("a: 1\n---\nb: 2\n", "a.yaml: deserializing from YAML containing more than one document is not supported");
    entry_refused(
        "release: 2.0\nis_known: yes\n",
        "a.yaml: is_known: invalid type: string \"yes\", expected a boolean at line 2 column 11",
    );
    entry_refused("release: [2]\n", "a.yaml: release: invalid type: sequence, expected a string at line 1 column 10");
    entry_refused("note: a\n", "a.yaml: missing field `release` at line 1 column 1");
    entry_refused(
        "release: a\nnot: b\n",
        "a.yaml: unknown field `not`, expected one of `release`, `is_known`, `note`, `update` at line 2 column 1",
    );
    entry_refused(
        "release: a\nupdate:\n  x: 1\n  x: 2\n",
        "a.yaml: duplicate key; remove one of the two at line 4 column 3",
    );
    let error = yaml::read::<Value>("a.yaml", "a: b\nc: @d").unwrap_err();
    assert_eq!(error.position, Some(Position { line: 2, column: 4 }));
    assert_eq!(error.file, "a.yaml");
    let error = refusal_of_bytes("\n\nopenapi: 3.0.0\npaths:\n  /a: [\n");
    assert!(error.starts_with("the document is not well-formed YAML at /paths/~1a/0: "), "{error}");
    assert!(error.contains(" at line 6 column 1"), "{error}");
}

#[test]
fn no_text_takes_long() {
    const DEEP: usize = 100_000;
    let mut laughs = String::from("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for level in 1..20 {
        laughs += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", "));
    }
    let many = "the text has too many values, or its aliases stand for too many; use fewer aliases";
    let deep = "values are nested more than 64 levels deep, as in no API document";
    let long = format!("long: &long {}\nall: [{}]\n", "x".repeat(100_000), vec!["*long"; 50_000].join(", "));
    let blocks: Vec<String> = (0..1000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let blocks = blocks.concat();
    for (text, expected) in [
        (laughs, many),
        (long, many),
        (format!("- [{}]", "1,".repeat(250_000)), many),
        (format!("a: {}", "[".repeat(DEEP)), deep),
        ("[".repeat(DEEP), deep),
        (format!("a: {}1{}", "{a: ".repeat(DEEP), "}".repeat(DEEP)), deep),
        (format!("a: {}", "[{\"a\": ".repeat(DEEP)), deep),
        (format!("a: [{}", "{a,".repeat(DEEP)), deep),
        ("- ".repeat(DEEP), deep),
        (blocks, deep),
        (format!("a: {}", "x".repeat(yaml::MAX_BYTES)), "larger than the limit of 4194304 bytes"),
    ] {
        let start = Instant::now();
        let errors = [
            generate(format!("# YAML\n{text}").as_bytes()).map(drop).unwrap_err().to_string(),
            canonical(format!("# YAML\n{text}").as_bytes()).map(drop).unwrap_err().to_string(),
            Overlay::parse("o.yaml", &text).map(drop).unwrap_err().to_string(),
            Known::parse("history.yaml", &text).map(drop).unwrap_err().to_string(),
            yaml::read::<Vec<Entry>>("a.yaml", &text).map(drop).unwrap_err().to_string(),
        ];
        for error in errors {
            assert!(error.contains(expected), "{error}");
            assert!(error.len() < 1500, "{error}");
        }
        assert!(start.elapsed() < Duration::from_mins(1), "{}", text.get(..20).unwrap());
    }
    // Keys of keys are no way around.
    for text in ["? ".repeat(DEEP), format!("a: {}", "[? ".repeat(DEEP))] {
        assert!(generate(text.as_bytes()).is_err());
        assert!(Overlay::parse("o.yaml", &text).is_err());
    }
}

#[test]
fn what_is_written_is_read_again() {
    let values =
        json!({"a": "1.0", "b": "yes", "c": "~", "d": null, "e": 1.5, "f": ["- x", "a: b", "# c", "", " "], "g": {}});
    assert_eq!(value(&yaml::write("a.yaml", &values).unwrap()), values);
}
