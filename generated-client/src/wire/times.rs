//! Encodings of jiff's dates and times.

use std::fmt;

use jiff::{ZonedDateTime, civil};
use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

use super::{Wire, text};

/// The moments of responses, with the UTC offset that the server wrote: `2026-11-02T08:00:00+0100`.
///
/// Also reads an offset with a colon or `Z`, a space in place of `T`, times without seconds, and fractions of a second.
pub enum OffsetDateTime {}

impl Wire<ZonedDateTime> for OffsetDateTime {
    fn write<S: Serializer>(value: &ZonedDateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text::write_offset_date_time(value))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ZonedDateTime, D::Error> {
        deserializer.deserialize_str(Text {
            what: "a date and time with a UTC offset",
            form: "YYYY-MM-DDTHH:MM:SS+HHMM, such as 2026-11-02T08:00:00+0100",
            parse: text::offset_date_time,
        })
    }
}

/// The local times of requests: `2026-11-01T00:00:00`.
///
/// Also reads a space in place of `T`, and times without seconds.
pub enum LocalDateTime {}

impl Wire<civil::DateTime> for LocalDateTime {
    fn write<S: Serializer>(value: &civil::DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text::write_local_date_time(value))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<civil::DateTime, D::Error> {
        deserializer.deserialize_str(Text {
            what: "a local date and time",
            form: "YYYY-MM-DDTHH:MM:SS without a UTC offset, such as 2026-11-01T00:00:00",
            parse: text::local_date_time,
        })
    }
}

/// Dates: `2026-01-01`. Also reads a date and time, which is what servers before 2.0 send.
pub enum DateOnly {}

impl Wire<civil::Date> for DateOnly {
    fn write<S: Serializer>(value: &civil::Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text::write_date(value))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<civil::Date, D::Error> {
        deserializer.deserialize_str(Text { what: "a date", form: "YYYY-MM-DD, such as 2026-01-01", parse: text::date })
    }
}

/// Dates where the server accepts only a date and time: `2026-01-01T00:00:00`.
pub enum DateAsDateTime {}

impl Wire<civil::Date> for DateAsDateTime {
    fn write<S: Serializer>(value: &civil::Date, serializer: S) -> Result<S::Ok, S::Error> {
        LocalDateTime::write(&value.to_datetime(civil::Time::midnight()), serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<civil::Date, D::Error> {
        DateOnly::read(deserializer)
    }
}

/// Reads a value from text.
struct Text<T> {
    what: &'static str,
    form: &'static str,
    parse: fn(&str) -> Result<T, &'static str>,
}

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as text of the form {}", self.what, self.form)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text).map_err(|problem| {
            let (found, what, form) = (excerpt(text), self.what, self.form);
            E::custom(format!("{found:?} is not {what}: {problem} (expected {form})"))
        })
    }
}

/// Longest excerpt of a value in an error, in characters.
const EXCERPT_CHARS: usize = 40;

/// The text, or its beginning and `…` if it is long.
pub(super) fn excerpt(text: &str) -> String {
    if text.chars().nth(EXCERPT_CHARS).is_none() {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(EXCERPT_CHARS - 1).collect();
    cut.push('…');
    cut
}
