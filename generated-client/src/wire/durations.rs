//! Encodings of jiff's durations, which servers send as seconds and read as hours, minutes and seconds.

use std::fmt;

use jiff::SignedDuration;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

use super::Wire;
use super::text::all_digits;
use super::times::excerpt;

/// The durations of responses: `7200`. A fraction of a second is truncated toward zero.
///
/// Reads an integer, a float without a fraction, and digits as text. The format must describe itself, as JSON does.
pub enum Seconds {}

impl Wire<SignedDuration> for Seconds {
    fn write<S: Serializer>(value: &SignedDuration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(value.as_secs())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SignedDuration, D::Error> {
        deserializer.deserialize_any(SecondsVisitor).map(SignedDuration::from_secs)
    }
}

struct SecondsVisitor;

impl Visitor<'_> for SecondsVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a duration as a whole number of seconds of at most 64 bits, such as 7200")
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<i64, E> {
        Ok(seconds)
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<i64, E> {
        i64::try_from(seconds).map_err(|_| E::invalid_value(Unexpected::Unsigned(seconds), &self))
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<i64, E> {
        let error = || E::invalid_value(Unexpected::Float(seconds), &self);
        if seconds.fract() != 0.0 {
            return Err(error());
        }
        // A cast would change numbers that are out of range; their text does not parse.
        format!("{seconds:.0}").parse().map_err(|_| error())
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<i64, E> {
        let error = || E::invalid_value(Unexpected::Str(&excerpt(digits)), &self);
        if !all_digits(digits.strip_prefix('-').unwrap_or(digits)) {
            return Err(error());
        }
        digits.parse().map_err(|_| error())
    }
}

/// The durations of requests: `2:00:00`, because a server reads a plain number as hours. A fraction of a second is
/// truncated toward zero.
///
/// Also reads `H:MM`.
pub enum HoursMinutesSeconds {}

impl Wire<SignedDuration> for HoursMinutesSeconds {
    fn write<S: Serializer>(value: &SignedDuration, serializer: S) -> Result<S::Ok, S::Error> {
        let sign = if value.as_secs() < 0 { "-" } else { "" };
        let total = value.as_secs().unsigned_abs();
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
        serializer.collect_str(&format_args!("{sign}{hours}:{minutes:02}:{seconds:02}"))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SignedDuration, D::Error> {
        deserializer.deserialize_str(HoursVisitor)
    }
}

struct HoursVisitor;

impl Visitor<'_> for HoursVisitor {
    type Value = SignedDuration;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a duration as text of the form H:MM:SS or H:MM, such as 2:00:00")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SignedDuration, E> {
        parse_hours(text).map(SignedDuration::from_secs).map_err(|problem| {
            let found = excerpt(text);
            E::custom(format!("{found:?} is not a duration: {problem} (expected H:MM:SS or H:MM, such as 2:00:00)"))
        })
    }
}

fn parse_hours(text: &str) -> Result<i64, &'static str> {
    const TOO_LONG: &str = "it has more than 64 bits of seconds";
    // The digit excludes `inf` and `nan`, which parse as f64 too.
    if text.contains(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok() {
        return Err("a plain number is ambiguous, it could be hours or seconds");
    }
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut parts = unsigned.split(':');
    let (hours, minutes, seconds) = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(hours), Some(minutes), seconds, None) => (hours, minutes, seconds.unwrap_or("00")),
        _ => return Err("it does not consist of hours, minutes and seconds with `:` between them"),
    };
    if !all_digits(hours) {
        return Err("its hours are not a whole number");
    }
    let hours: u64 = hours.parse().map_err(|_| TOO_LONG)?;
    let (minutes, seconds) = (below_sixty(minutes)?, below_sixty(seconds)?);
    let total = hours.checked_mul(3600).and_then(|total| total.checked_add(minutes * 60 + seconds)).ok_or(TOO_LONG)?;
    let signed = if negative { 0_i64.checked_sub_unsigned(total) } else { 0_i64.checked_add_unsigned(total) };
    signed.ok_or(TOO_LONG)
}

fn below_sixty(part: &str) -> Result<u64, &'static str> {
    const FORM: &str = "its minutes and seconds are not two digits from 00 to 59";
    if part.len() != 2 || !all_digits(part) {
        return Err(FORM);
    }
    match part.parse() {
        Ok(value) if value < 60 => Ok(value),
        _ => Err(FORM),
    }
}
