use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::wire;

/// The value of a custom field or preference in a request, always written as text.
///
/// Responses contain text whatever the field's type is. A boolean is written as `1` or `0`, because servers reject
/// `false`.
///
/// ```
/// use generated_client::types::MetaField;
///
/// let form = MetaField::new("approved", false);
/// assert_eq!(serde_json::to_string(&form).unwrap(), r#"{"name":"approved","value":"0"}"#);
/// let form = MetaField::new("floor", 42);
/// assert_eq!(serde_json::to_string(&form).unwrap(), r#"{"name":"floor","value":"42"}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct FieldValue(String);

impl FieldValue {
    /// The text that is sent to the server.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// `1` or `0`.
impl From<bool> for FieldValue {
    fn from(value: bool) -> Self {
        Self(if value { "1" } else { "0" }.to_owned())
    }
}

impl From<i32> for FieldValue {
    fn from(value: i32) -> Self {
        Self(value.to_string())
    }
}

impl From<u32> for FieldValue {
    fn from(value: u32) -> Self {
        Self(value.to_string())
    }
}

impl From<i64> for FieldValue {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

/// With a decimal point: `1.5`.
impl From<f64> for FieldValue {
    fn from(value: f64) -> Self {
        Self(value.to_string())
    }
}

/// `2026-11-01`.
impl From<Date> for FieldValue {
    fn from(value: Date) -> Self {
        Self(wire::write_date(&value))
    }
}

/// Reads text, and the numbers and booleans that servers accept in its place.
impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "text, a number or a boolean")]
        enum Written {
            Text(String),
            Integer(i64),
            Number(f64),
            Bool(bool),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Text(text) => text.into(),
            Written::Integer(number) => number.into(),
            Written::Number(number) => number.into(),
            Written::Bool(value) => value.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_text() {
        let written = |value: FieldValue| serde_json::to_string(&value).unwrap();
        assert_eq!(written("x".into()), r#""x""#);
        assert_eq!(written(true.into()), r#""1""#);
        assert_eq!(written(false.into()), r#""0""#);
        assert_eq!(written((-7_i64).into()), r#""-7""#);
        assert_eq!(written(7_u32.into()), r#""7""#);
        assert_eq!(written(1.5.into()), r#""1.5""#);
        assert_eq!(written(jiff::civil::date(2026, 11, 1).into()), r#""2026-11-01""#);
    }

    #[test]
    fn written_values_are_read_again() {
        for (json, text) in
            [(r#""""#, ""), ("42", "42"), ("1.5", "1.5"), ("true", "1"), ("false", "0"), (r#""0""#, "0")]
        {
            assert_eq!(serde_json::from_str::<FieldValue>(json).unwrap().as_str(), text);
        }
        let error = serde_json::from_str::<FieldValue>("[]").unwrap_err().to_string();
        assert_eq!(error, "text, a number or a boolean");
    }
}
