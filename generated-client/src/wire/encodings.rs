//! The ways in which requests write what their types do not say.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

use super::Wire;
use crate::{Date, Duration};

/// As the type is.
pub(crate) enum Plain {}

/// Durations as `H:MM:SS`, because a plain number would be read as hours (fact T7).
pub(crate) enum HoursMinutesSeconds {}

impl Wire<Duration> for HoursMinutesSeconds {
    fn write<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        text(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Dates with a time, where the server takes nothing else (fact T6).
pub(crate) enum DateAsDateTime {}

impl Wire<Date> for DateAsDateTime {
    fn write<S: Serializer>(value: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&value.at_midnight())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        Date::deserialize(deserializer)
    }
}

/// Numbers that are numbers: JSON writes the others as null, which clears (facts R1, R3).
pub(crate) enum Finite {}

impl Wire<f64> for Finite {
    fn write<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if !value.is_finite() {
            return Err(S::Error::custom(format!("{value} is no number that can be sent")));
        }
        serializer.serialize_f64(*value)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        f64::deserialize(deserializer)
    }
}

/// Lists as one text with commas, which is how tags are written (fact R5).
pub(crate) enum CommaSeparated {}

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
        let text = text(deserializer)?;
        Ok(text.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect())
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer)
}
