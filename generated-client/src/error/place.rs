//! The path at which a JSON parser stopped.
//!
//! Only errors need it: a parser that keeps track of the path takes twice the time for each response.

use std::fmt::Write as _;

/// What the scanner is in.
enum Within<'a> {
    Object {
        /// The key before the value; none where a key is to come.
        key: Option<&'a [u8]>,
    },
    Array {
        index: usize,
    },
}

/// The path, such as `[3].project.start`, of the value that ends before this byte, contains it or begins with it; empty
/// for the whole text.
///
/// The text is well-formed up to this byte, and may be damaged after it.
/// At the start of a list, its first value may start too: `found` is the bracket of a value of the wrong type.
pub(super) fn path(json: &[u8], offset: usize, found: Option<u8>) -> String {
    let mut within: Vec<Within> = Vec::new();
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        let start = at;
        at += 1;
        match byte {
            // The parser does not read an object or list of the wrong type, or reads only its bracket and spaces.
            b'{' | b'[' if start >= offset => break,
            b'{' if next(json, at).0 >= offset => break,
            b'[' if next(json, at).0 >= offset && (found.is_none() || next(json, at).1 != found) => break,
            b'{' => within.push(Within::Object { key: None }),
            b'[' => within.push(Within::Array { index: 0 }),
            b'}' | b']' => {
                within.pop();
                if at >= offset {
                    break;
                }
            }
            b',' => match within.last_mut() {
                Some(Within::Object { key }) => *key = None,
                Some(Within::Array { index }) => *index += 1,
                None => {}
            },
            b':' | b' ' | b'\t' | b'\r' | b'\n' => {}
            b'"' => {
                at = end_of_string(json, at);
                if let Some(Within::Object { key: key @ None }) = within.last_mut() {
                    *key = json.get(start + 1..at.saturating_sub(1));
                }
                if at >= offset {
                    break;
                }
            }
            _ => {
                let rest = json.get(at..).unwrap_or_default();
                let ends = |byte: &u8| matches!(byte, b',' | b':' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n');
                at += rest.iter().position(ends).unwrap_or(rest.len());
                if at >= offset {
                    break;
                }
            }
        }
    }
    written(&within)
}

/// The next byte that is not blank, with its position.
fn next(json: &[u8], at: usize) -> (usize, Option<u8>) {
    let rest = json.get(at..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (at + blank, rest.get(blank).copied())
}

/// The byte after the quote at which the string ends.
fn end_of_string(json: &[u8], mut at: usize) -> usize {
    while let Some(byte) = json.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    json.len()
}

fn written(within: &[Within]) -> String {
    let mut path = String::new();
    for place in within {
        // What is written into a text does not fail.
        let _ = match place {
            Within::Array { index } => write!(path, "[{index}]"),
            Within::Object { key: None } => Ok(()),
            Within::Object { key: Some(key) } => {
                let dot = if path.is_empty() { "" } else { "." };
                write!(path, "{dot}{}", String::from_utf8_lossy(key))
            }
        };
    }
    path
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// The path at which the marker stands.
    fn of(json: &str, found: Option<u8>) -> String {
        let offset = json.find('^').unwrap();
        path(json.replacen('^', "", 1).as_bytes(), offset, found)
    }

    #[test]
    fn the_value_that_ends_there() {
        for (json, path) in [
            ("7^", ""),
            (r#"{"a":7^}"#, "a"),
            (r#"{"a":[1,"x",{"b" : null^}]}"#, "a[2].b"),
            (r#"[{"a":1},{"a":"x"^}]"#, "[1].a"),
            (r#"[{"a":1},{"a":{"b":2}^,"c":3}]"#, "[1].a"),
            (r#"[{"a":1},{"a":{"b":2}}^]"#, "[1]"),
            (r#"{"a":^[1,2]}"#, "a"),
            (r#"{"a":[[],[{^}]]}"#, "a[1][0]"),
            (r#"{"a\"}]":{"ü,":tru^e}}"#, "a\\\"}].ü,"),
            ("[1,\n 2,\n \"x^", "[2]"),
            ("[1,2^", "[1]"),
            ("^", ""),
            ("}}]],,::\"^", ""),
        ] {
            assert_eq!(of(json, None), path, "{json}");
        }
        for (json, found, path) in [
            (r#"{"a":^{"b":1}}"#, b'{', "a"),
            (r#"{"a":{^"b":1}}"#, b'{', "a"),
            (r#"{"a":{ ^"b":1}}"#, b'{', "a"),
            (r#"{"a":[^{"b":1}]}"#, b'{', "a[0]"),
            (r#"{"a":[^{"b":1}]}"#, b'[', "a"),
            (r#"{"a":[^1]}"#, b'[', "a"),
        ] {
            assert_eq!(of(json, Some(found)), path, "{json}");
        }
    }

    fn anything() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z\"\\\\{}:,\\[\\]]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-c]{1,2}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    proptest! {
        /// In a text that breaks off, the parser stops at the end; the scanner returns a path for each end.
        #[test]
        fn no_text_and_no_place_is_too_much(json in anything(), cut in 0_usize..200, offset in 0_usize..300) {
            let text = json.to_string();
            let cut = cut.min(text.len());
            path(text.as_bytes().get(..cut).unwrap(), offset, None);
            prop_assert_eq!(path(text.as_bytes(), text.len(), None), "");
        }
    }
}
