//! YAML 1.2 as far as JSON can hold it. Only this module knows the library that reads it.
//!
//! What a small text could use to fill the memory or to take hours is an error: aliases that stand for many values,
//! deep nesting, large texts. A key that an object has twice is an error too.

mod guard;

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::tree::{Limits, Place};

/// The most bytes of a text. The largest real document has about 400 KB; the parser takes some 100 bytes for each.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

const LIMITS: Limits = Limits { values: 250_000, bytes: 32 * 1024 * 1024, merges: true };

/// Why a text is not what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The name of the file.
    pub file: String,
    /// Where in the file; none if the error concerns all of it.
    pub position: Option<Position>,
    /// What is wrong.
    pub problem: String,
}

/// A position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message())
    }
}

impl Error {
    /// The problem and its position, for messages that name the file themselves.
    #[must_use]
    pub fn message(&self) -> String {
        match self.position {
            // The parser's messages have one or two positions.
            Some(Position { line, column }) if !self.problem.contains(" at line ") => {
                format!("{} at line {line} column {column}", self.problem)
            }
            _ => self.problem.clone(),
        }
    }

    fn of(file: &str, error: &serde_yaml::Error, place: Option<&Place>) -> Self {
        let position = error.location().map(|at| Position { line: at.line(), column: at.column() });
        let problem = place.and_then(Place::problem).map_or_else(|| error.to_string(), |problem| problem.to_string());
        Self { file: file.to_owned(), position, problem }
    }
}

/// Any value, in a type that [`read`] reads. As in JSON, integers with many digits become floats.
#[derive(Clone, Debug, PartialEq)]
pub struct Any(pub Value);

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Place::new(LIMITS).read(deserializer).map(Self)
    }
}

/// Reads a file. The name of the file is for errors.
///
/// A number is text where the type wants text, so that `release: 2.0` needs no quotes; in files with the key `<<`, which
/// takes over the members of other objects, it does.
///
/// # Errors
///
/// Returns an error if the text is not YAML, is beyond the limits of this module, or has another shape.
pub fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Error> {
    // The type may skip values, or keep the last of two with the same key: all is read as values first.
    let place = place();
    let value = value(file, text, &place)?;
    if place.has_merged() {
        // The parser knows no `<<`.
        return serde_path_to_error::deserialize(value).map_err(|error| Error {
            file: file.to_owned(),
            position: None,
            problem: error.to_string(),
        });
    }
    // It is quicker to take the values; only the text tells what numbers are as text, and the position of an error.
    if let Ok(read) = T::deserialize(value) {
        return Ok(read);
    }
    T::deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| Error::of(file, &error, None))
}

/// Where the parser is, and what it may still read.
pub(crate) fn place() -> Place {
    Place::new(LIMITS)
}

/// Reads a file as a value. After an error, the place knows the innermost value.
pub(crate) fn value(file: &str, text: &str, place: &Place) -> Result<Value, Error> {
    guard::check(text).map_err(|(position, problem)| Error { file: file.to_owned(), position, problem })?;
    place.read(serde_yaml::Deserializer::from_str(text)).map_err(|error| Error::of(file, &error, Some(place)))
}

/// Writes a value.
///
/// # Errors
///
/// Returns an error if the value cannot be written as YAML.
pub fn write<T: Serialize>(file: &str, value: &T) -> Result<String, Error> {
    serde_yaml::to_string(value).map_err(|error| Error::of(file, &error, None))
}
