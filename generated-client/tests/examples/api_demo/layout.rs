//! JSON in lines.

use serde_json::json;

use super::json_text::{Line, lines, plain};

fn text(lines: &[Line]) -> String {
    let lines = serde_json::to_value(lines).unwrap();
    let mut text = String::new();
    for line in lines.as_array().unwrap() {
        text += &"  ".repeat(usize::try_from(line["depth"].as_u64().unwrap()).unwrap());
        for piece in line["pieces"].as_array().unwrap() {
            text += piece[1].as_str().unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn json_is_laid_out_as_the_server_wrote_it() {
    let json =
        r#" {"z":1.0,"a":[ ],"big":123456789012345678901,"b":{"c":[true,null,{}]},"d":"\u00dcber \/ \"x\" {[,:"} "#;
    let expected = r#"{
  "z": 1.0,
  "a": [],
  "big": 123456789012345678901,
  "b": {
    "c": [
      true,
      null,
      {}
    ]
  },
  "d": "Über / \"x\" {[,:"
}
"#;
    assert_eq!(text(&lines(json, str::to_owned)), expected);
    assert_eq!(text(&lines("-1e5", str::to_owned)), "-1e5\n");
    assert_eq!(text(&lines("[]", str::to_owned)), "[]\n");
}

#[test]
fn pieces_have_kinds() {
    let lines = serde_json::to_value(lines(r#"{"a":"b","c":[1,true]}"#, str::to_owned)).unwrap();
    assert_eq!(lines[1], {
        json!({"depth": 1, "pieces": [["key", "\"a\""], ["mark", ": "], ["text", "\"b\""], ["mark", ","]]})
    });
    assert_eq!(lines[3], json!({"depth": 2, "pieces": [["number", "1"], ["mark", ","]]}));
    assert_eq!(lines[4], json!({"depth": 2, "pieces": [["word", "true"]]}));
}

#[test]
fn what_is_long_has_no_colours_but_is_whole() {
    let json = format!("[{}0]", "0,".repeat(30_000));
    let lines = lines(&json, str::to_owned);
    assert_eq!(lines.len(), 30_003);
    assert_eq!(serde_json::to_value(&lines[1]).unwrap(), json!({"depth": 1, "pieces": [["mark", "0,"]]}));
}

#[test]
fn what_is_cut_off_is_shown_without_an_error() {
    for json in ["{\"a\": \"b", "[1, 2", "}", "\"\\", "{\"a\"", ":,"] {
        assert!(!lines(json, str::to_owned).is_empty(), "{json}");
    }
    assert_eq!(text(&plain("one\n two")), "one\n two\n");
}
