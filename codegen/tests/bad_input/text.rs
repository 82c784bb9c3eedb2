//! Bytes that are not a document.

use std::fmt::Write as _;

use codegen::Error;
use codegen::document::{MAX_BYTES, canonical};
use serde_json::json;

use crate::support::{answering, generate, refusal_of_bytes, snapshot, valid};

const SMALL: &str = r#"{"openapi": "3.0.0", "paths": {"/api/things": {"get": {"responses": {"200": {"description": "ä😀\u00e4"}}}}}, "x": [1.5e3, -2, true, null]}"#;

const EMPTY: &str = "the document is empty: use the JSON or YAML document that the server's API page shows";
const HTML: &str = "the document is a web page (HTML), probably a login page: download the API document \
                    itself in a browser session that is logged in";

#[test]
fn nothing() {
    for text in ["", " ", "\n\r\n\t ", "\u{feff}", "\u{feff} \n"] {
        assert_eq!(refusal_of_bytes(text), EMPTY, "{text:?}");
    }
}

#[test]
fn a_web_page() {
    for text in ["<!DOCTYPE html><html></html>", "\u{feff}\n  <html>", "<"] {
        assert_eq!(refusal_of_bytes(text), HTML, "{text:?}");
    }
}

#[test]
fn json_that_ends_too_early() {
    assert!(generate(SMALL.as_bytes()).is_ok());
    for end in 0..SMALL.len() {
        let error = generate(&SMALL.as_bytes()[..end]).unwrap_err();
        assert!(matches!(error, Error::Empty | Error::Syntax { format: "JSON", .. }), "at {end}: {error}");
    }
    assert_eq!(
        refusal_of_bytes(&SMALL[..60]),
        "the document is not well-formed JSON at /paths/~1api~1things/get: EOF while parsing a string at line 1 column 60"
    );
}

#[test]
fn a_snapshot_that_ends_too_early() {
    let text = snapshot();
    let text = text.trim_end();
    for end in (0..text.len()).step_by(text.len() / 200) {
        let error = generate(&text.as_bytes()[..end]).unwrap_err();
        assert!(matches!(error, Error::Empty | Error::Syntax { format: "JSON", .. }), "at {end}: {error}");
    }
}

#[test]
fn yaml_that_ends_too_early() {
    let yaml =
        "openapi: '3.0.0'\npaths:\n  /api/things:\n    get:\n      responses: {'200': {description: \"a, b\"}}\n";
    assert!(generate(yaml.as_bytes()).is_ok());
    for end in 0..yaml.len() {
        // Much that ends early is YAML still; it must be a document of another meaning, or an error.
        let _ = generate(&yaml.as_bytes()[..end]);
    }
    let cut = yaml.find(" b\"").unwrap();
    let error = refusal_of_bytes(&yaml[..cut]);
    assert!(
        error.starts_with("the document is not well-formed YAML at /paths/~1api~1things/get/responses/200"),
        "{error}"
    );
    let document: serde_json::Value = serde_json::from_str(&snapshot()).unwrap();
    let yaml = codegen::yaml::write("document", &document).unwrap();
    for end in (0..yaml.len()).step_by(yaml.len() / 20) {
        let _ = generate(&yaml.as_bytes()[..end]);
    }
}

#[test]
fn text_after_the_document() {
    let twice = format!("{SMALL}{SMALL}");
    let expected =
        "the document is not well-formed JSON at / (the whole document): trailing characters at line 1 column";
    assert!(refusal_of_bytes(&twice).starts_with(expected), "{}", refusal_of_bytes(&twice));
    let error = refusal_of_bytes("openapi: '3.0.0'\n---\nopenapi: '3.0.0'\n");
    assert!(error.starts_with("the document is not well-formed YAML"), "{error}");
}

#[test]
fn the_wrong_text_altogether() {
    for text in ["hello", "- a\n- b", "42", "null", "~", "\"text\"", "[1, 2]", "# nothing but a comment"] {
        let expected = "a document that is not an object is not supported: the document must declare \"openapi\": \"3.0.x\", \"openapi\": \"3.1.x\" or \"swagger\": \"2.0\"";
        assert_eq!(refusal_of_bytes(text), expected, "{text}");
    }
}

#[test]
fn the_wrong_version() {
    for (document, found) in [
        (json!({"swagger": "1.2", "paths": {}}), "Swagger 1.2"),
        (json!({"swagger": 2}), "\"swagger\": 2"),
        (json!({"openapi": "3.2.0", "paths": {}}), "OpenAPI 3.2.0"),
        (json!({"openapi": "3.1", "paths": {}}), "OpenAPI 3.1"),
        (json!({"openapi": "3.0", "paths": {}}), "OpenAPI 3.0"),
        (json!({"openapi": "", "paths": {}}), "OpenAPI "),
        (json!({"openapi": 3.2, "paths": {}}), "\"openapi\": 3.2"),
        (json!({"openapi": 3, "paths": {}}), "\"openapi\": 3"),
        (json!({"openapi": null, "paths": {}}), "\"openapi\": null"),
        (json!({"openapi": ["3.0.0"]}), "\"openapi\": [\"3.0.0\"]"),
        (json!({"paths": {}}), "a document without \"openapi\""),
        (json!({}), "a document without \"openapi\""),
        (json!({"spec": []}), "a document that is not an object"),
        (json!({"spec": 1}), "a document that is not an object"),
    ] {
        let expected = format!(
            "{found} is not supported: the document must declare \"openapi\": \"3.0.x\", \"openapi\": \"3.1.x\" or \"swagger\": \"2.0\""
        );
        assert_eq!(refusal_of_bytes(document.to_string()), expected);
    }
    let error = refusal_of_bytes("openapi: 3.2\npaths: {}");
    assert_eq!(
        error,
        "\"openapi\": 3.2 is not supported: the document must declare \"openapi\": \"3.0.x\", \"openapi\": \"3.1.x\" or \"swagger\": \"2.0\""
    );
}

/// YAML reads a version without a patch number as a number.
#[test]
fn versions_that_are_numbers() {
    for (yaml, declared) in [
        ("openapi: 3.0\npaths: {}", "OpenAPI 3.0.0"),
        ("openapi: 3.1\npaths: {}", "OpenAPI 3.1.0"),
        ("openapi: 3.1.0\npaths: {}", "OpenAPI 3.1.0"),
        ("{\"openapi\": 3.0, \"paths\": {}}", "OpenAPI 3.0.0"),
        ("swagger: 2.0\npaths: {}", "Swagger 2.0"),
    ] {
        let canonical = canonical(yaml.as_bytes()).unwrap();
        assert_eq!(canonical.declared.to_string(), declared, "{yaml}");
        assert!(generate(canonical.json.as_bytes()).is_ok(), "{yaml}");
    }
}

#[test]
fn the_same_key_twice() {
    let json = r#"{"openapi": "3.0.0", "paths": {"/api/a": {"get": {}}, "/api/a": {"get": {}}}}"#;
    let expected = "/paths/~1api~1a: duplicate key; remove one of the two";
    assert_eq!(refusal_of_bytes(json), expected);
    assert_eq!(refusal_of_bytes("openapi: 3.0.0\npaths:\n  /api/a: {}\n  /api/a: {}\n"), expected);

    let json = r#"{"openapi": "3.0.0", "x": [0, {"get": {"a": 1, "b": 2, "a": 1}}]}"#;
    let expected = "/x/1/get/a: duplicate key; remove one of the two";
    assert_eq!(refusal_of_bytes(json), expected);
    assert_eq!(refusal_of_bytes("openapi: 3.0.0\nx:\n- 0\n- get: {a: 1, b: 2, a: 1}\n"), expected);
    // The same key, written in two ways.
    assert_eq!(refusal_of_bytes(r#"{"x": [0, {"get": {"a": 1, "\u0061": 1}}]}"#), expected);
    let expected = "/200: duplicate key; remove one of the two";
    assert_eq!(refusal_of_bytes("200: a\n'200': b\n"), expected);
}

#[test]
fn too_large() {
    let expected = "the document is larger than the limit of 33554432 bytes: check that it is an API document";
    assert_eq!(refusal_of_bytes(vec![b' '; 100 * 1024 * 1024]), expected);
    assert_eq!(refusal_of_bytes(vec![b'{'; MAX_BYTES + 1]), expected);
    assert!(!refusal_of_bytes(vec![b'{'; MAX_BYTES]).contains("larger"));
}

#[test]
fn bytes_that_are_no_text() {
    for bytes in [
        &b"{\"openapi\": \"3.0.0\", \"x\": \"\xff\"}"[..],
        b"{\"openapi\": \"3.0.0\", \"\xc3\x28\": 1}",
        b"{\"openapi\": \"3.0.0\"\0}",
        b"{\0}",
        b"{\"a\": \"\0\"}",
        b"openapi: \"3.0.0\xff\"",
        b"openapi: \xed\xa0\x80",
        b"\0",
        b"\0\0\0\0",
        b"\xff\xfe{\0}\0",
        b"\xfe\xff\0{\0}",
        b"\xef\xbb",
    ] {
        let error = generate(bytes).unwrap_err();
        let shown = String::from_utf8_lossy(bytes);
        assert!(matches!(error, Error::Syntax { .. } | Error::Version { .. }), "{shown}: {error}");
    }
    assert!(generate(format!("\u{feff}{SMALL}").as_bytes()).is_ok(), "a mark at the beginning is no harm");
}

#[test]
fn half_a_character() {
    for text in [r#"{"a": "\ud800"}"#, r#"{"a": "\udc00"}"#, r#"{"a": "\ud800\u0041"}"#, r#"{"\ud83d": 1}"#] {
        let error = generate(text.as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Syntax { format: "JSON", .. }), "{text}: {error}");
    }
    let error = refusal_of_bytes("openapi: \"\\ud800\"");
    assert!(!error.contains('\u{fffd}'), "{error}");
}

#[test]
fn a_small_yaml_text_that_would_be_billions_of_values() {
    let mut laughs = String::from("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(laughs, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let error = generate(laughs.as_bytes()).unwrap_err();
    assert!(matches!(error, Error::Syntax { format: "YAML", .. }), "{error}");

    let long = "x".repeat(100_000);
    let aliases = vec!["*long"; 50_000].join(", ");
    let error = generate(format!("long: &long {long}\nall: [{aliases}]\n").as_bytes()).unwrap_err();
    assert!(matches!(error, Error::Syntax { format: "YAML", .. }), "{error}");

    for text in ["a: &a [*a]", "a: &a {b: *a}", "a: *b", "&a : *a"] {
        assert!(generate(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn yaml_that_json_cannot_hold() {
    for text in ["openapi: .nan", "openapi: .inf", "? [a, b]\n: c", "? {a: b}\n: c", "a: !!binary /w==", "1.5: a"] {
        assert!(generate(text.as_bytes()).is_err(), "{text}");
    }
    // Numbers and words which YAML 1.1 took for something else.
    let yaml = "openapi: 3.0.0\npaths:\n  /api/things:\n    get: {responses: {200: {description: no}}}\n";
    assert!(generate(yaml.as_bytes()).is_ok());
}

#[test]
fn numbers_beyond_all_bounds() {
    for text in ["1e999", "-1e999"] {
        let error = refusal_of_bytes(format!(r#"{{"openapi": "3.0.0", "x": {text}}}"#));
        assert!(error.starts_with("the document is not well-formed JSON at /x: number out of range"), "{error}");
    }
    let huge = "123456789012345678901234567890";
    let schemas = |minimum: &str| format!(r#"{{"Thing": {{"type": "integer", "minimum": {minimum}}}}}"#);
    let document = |minimum| answering(&serde_json::from_str(&schemas(minimum)).unwrap());
    valid(&document("-1"));
    valid(&document(huge));
    let _ = generate(format!("openapi: 3.0.0\npaths: {{}}\nx: {huge}").as_bytes());
}

#[test]
fn the_canonical_form_refuses_the_same() {
    for text in ["", "<html>", "{", "[]", "{\"openapi\": \"3.2.0\"}", "{\"openapi\": \"3.0.0\"}"] {
        let (one, other) = (canonical(text.as_bytes()).unwrap_err(), generate(text.as_bytes()).unwrap_err());
        assert_eq!(one.to_string(), other.to_string());
    }
}
