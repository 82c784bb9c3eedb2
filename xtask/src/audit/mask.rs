//! Values that do not tell what they are: reports are pasted into public issues.

use serde_json::Value;

use crate::count::counted;
use crate::secrets::{REDACTED, is_secret_name};

/// Longer texts are cut.
const LONGEST: usize = 60;

/// The value as reports show it, in one line. Masked, letters are `a` and digits are `0`.
pub(super) fn shown(value: &Value, place: &str, is_masked: bool) -> String {
    let name = place.rsplit(['.', '[']).next().unwrap_or_default();
    if is_secret_name(name) && value.is_string() {
        return REDACTED.to_owned();
    }
    match value {
        Value::Null | Value::Bool(_) => value.to_string(),
        // The keys of some objects are data.
        Value::Object(members) => match members.len() {
            0 => "{}".to_owned(),
            number => format!("{{{}}}", counted(number, "property", "properties")),
        },
        Value::Array(items) => match items.len() {
            0 => "[]".to_owned(),
            1 => "[1 item]".to_owned(),
            number => format!("[{number} items]"),
        },
        Value::String(_) | Value::Number(_) if is_masked => short(&mask(&value.to_string())),
        Value::String(_) | Value::Number(_) => short(&value.to_string()),
    }
}

fn mask(text: &str) -> String {
    let mask = |c: char| match c {
        c if c.is_numeric() => '0',
        c if c.is_alphabetic() => 'a',
        c => c,
    };
    text.chars().map(mask).collect()
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn masked_values_keep_their_form() {
        for (value, expected) in [
            (json!("2026-11-02T08:00:00+0100"), r#""0000-00-00a00:00:00+0000""#),
            (json!("Müller & Söhne"), r#""aaaaaa & aaaaa""#),
            (json!(-12.5), "-00.0"),
            (json!(null), "null"),
            (json!(true), "true"),
            (json!({"jane.doe@corp.com": "x", "id": 1}), "{2 properties}"),
            (json!({"jane.doe@corp.com": 1}), "{1 property}"),
            (json!({}), "{}"),
            (json!([]), "[]"),
            (json!(["x"]), "[1 item]"),
            (json!([1, 2]), "[2 items]"),
        ] {
            assert_eq!(shown(&value, ".name", true), expected);
        }
        assert_eq!(shown(&json!("a".repeat(100)), "", true).chars().count(), LONGEST + 1);
    }

    #[test]
    fn values_are_shown_on_demand_and_passwords_never() {
        assert_eq!(shown(&json!("Müller"), "[0].name", false), r#""Müller""#);
        assert_eq!(shown(&json!(12), "[0].id", false), "12");
        assert_eq!(shown(&json!("canary"), "[0].plainPassword", false), REDACTED);
    }
}
