//! Encodings of numbers and of lists in one text.

use serde::de::Deserialize;
use serde::ser::Error as _;
use serde::{Deserializer, Serializer};

use super::Wire;

/// The encoding that the type itself has.
pub enum Plain {}

/// Finite numbers: JSON writes the others as null, which clears.
pub enum Finite {}

impl Wire<f64> for Finite {
    fn write<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if !value.is_finite() {
            return Err(S::Error::custom(format!("{value} cannot be sent: the number must be finite")));
        }
        serializer.serialize_f64(*value)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        f64::deserialize(deserializer)
    }
}

/// Lists as text with commas, which is how tags are written.
pub enum CommaSeparated {}

impl Wire<Vec<String>> for CommaSeparated {
    fn write<S: Serializer>(values: &Vec<String>, serializer: S) -> Result<S::Ok, S::Error> {
        if values.iter().any(|value| value.trim().is_empty()) {
            return Err(S::Error::custom("the list holds an empty text, which would be lost"));
        }
        if let Some(value) = values.iter().find(|value| value.contains(',')) {
            return Err(S::Error::custom(format!("'{value}' holds a comma, which separates the values")));
        }
        serializer.serialize_str(&values.join(","))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(text.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect())
    }
}
