use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};
use std::str::FromStr;

use jiff::SignedDuration;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::error::excerpt;
use super::{TimeError, TimeKind, text};

const TOO_LONG: &str = "it is longer than 64 bits of seconds can say";

/// A length of time in whole seconds, negative ones included.
///
/// It exists because a Kimai server reads something else than it writes: answers hold a number of seconds, but a
/// plain number in a request is taken as *hours*, so that what was read and sent back grows 3600-fold
/// (Kimai fact T7). Answers are therefore deserialized from seconds, and what is written for a server is
/// [`to_wire`](Self::to_wire), `2:00:00`.
///
/// Sums and differences saturate: they stop at [`MAX`](Self::MAX) and [`MIN`](Self::MIN).
///
/// ```
/// use generated_client::Duration;
///
/// let budget = Duration::from_hours(2);
/// assert_eq!(budget.as_secs(), 7200);
/// assert_eq!(budget.to_wire(), "2:00:00");
/// assert_eq!("2:00".parse::<Duration>()?, budget);
/// assert!("7200".parse::<Duration>().is_err());
/// # Ok::<(), generated_client::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration {
    secs: i64,
}

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self::from_secs(0);
    /// The longest duration: `i64::MAX` seconds.
    pub const MAX: Self = Self::from_secs(i64::MAX);
    /// The longest negative duration: `i64::MIN` seconds.
    pub const MIN: Self = Self::from_secs(i64::MIN);

    /// A duration of so many seconds, the unit of Kimai's answers (Kimai fact T7).
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self { secs }
    }

    /// A duration of so many minutes. Saturates at [`MAX`](Self::MAX) and [`MIN`](Self::MIN).
    #[must_use]
    pub const fn from_mins(mins: i64) -> Self {
        Self::from_secs(mins.saturating_mul(60))
    }

    /// A duration of so many hours. Saturates at [`MAX`](Self::MAX) and [`MIN`](Self::MIN).
    #[must_use]
    pub const fn from_hours(hours: i64) -> Self {
        Self::from_secs(hours.saturating_mul(3600))
    }

    /// The duration in seconds.
    #[must_use]
    pub const fn as_secs(&self) -> i64 {
        self.secs
    }

    /// The form which a server reads as what is meant: hours, minutes, seconds, `2:00:00` (Kimai fact T7).
    ///
    /// The hours are neither padded nor limited: `100:00:00`. A negative duration begins with `-`: `-0:30:00`.
    #[must_use]
    pub fn to_wire(&self) -> String {
        let sign = if self.secs < 0 { "-" } else { "" };
        let total = self.secs.unsigned_abs();
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
        format!("{sign}{hours}:{minutes:02}:{seconds:02}")
    }
}

/// Reads `H:MM:SS` and `H:MM` (hours and minutes), with or without a sign.
///
/// Minutes and seconds must have two digits and be below 60. A plain number is an error: it could be hours or
/// seconds (Kimai fact T7).
impl FromStr for Duration {
    type Err = TimeError;

    fn from_str(input: &str) -> Result<Self, TimeError> {
        parse_hms(input).map_err(|problem| TimeError::new(TimeKind::Duration, input, problem))
    }
}

fn parse_hms(input: &str) -> Result<Duration, &'static str> {
    // The digit keeps `inf` and `nan` out, which f64 takes too.
    if input.contains(|c: char| c.is_ascii_digit()) && input.parse::<f64>().is_ok() {
        return Err("a plain number is ambiguous, it could be hours or seconds; \
             use Duration::from_secs or Duration::from_hours");
    }
    let negative = input.starts_with('-');
    let unsigned = input.strip_prefix(['-', '+']).unwrap_or(input);
    let mut parts = unsigned.split(':');
    let (hours, minutes, seconds) = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(hours), Some(minutes), seconds, None) => (hours, minutes, seconds.unwrap_or("00")),
        _ => return Err("it is not hours, minutes and seconds with `:` between them"),
    };
    if !text::all_digits(hours) {
        return Err("its hours are not a whole number");
    }
    let hours: u64 = hours.parse().map_err(|_| TOO_LONG)?;
    let minutes = below_sixty(minutes)?;
    let seconds = below_sixty(seconds)?;
    let total = hours.checked_mul(3600).and_then(|secs| secs.checked_add(minutes * 60 + seconds)).ok_or(TOO_LONG)?;
    let secs = if negative { 0_i64.checked_sub_unsigned(total) } else { 0_i64.checked_add_unsigned(total) };
    secs.map(Duration::from_secs).ok_or(TOO_LONG)
}

fn below_sixty(part: &str) -> Result<u64, &'static str> {
    const FORM: &str = "its minutes and seconds are not two digits from 00 to 59";
    if part.len() != 2 || !text::all_digits(part) {
        return Err(FORM);
    }
    match part.parse() {
        Ok(value) if value < 60 => Ok(value),
        _ => Err(FORM),
    }
}

/// Writes the same as [`Duration::to_wire`]: `2:00:00`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_wire())
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Duration({self})")
    }
}

/// Saturates at [`Duration::MAX`] and [`Duration::MIN`].
impl Add for Duration {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::from_secs(self.secs.saturating_add(other.secs))
    }
}

/// Saturates at [`Duration::MAX`] and [`Duration::MIN`].
impl Sub for Duration {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::from_secs(self.secs.saturating_sub(other.secs))
    }
}

/// Saturates at every step, as `+` does.
impl Sum for Duration {
    fn sum<I: Iterator<Item = Self>>(durations: I) -> Self {
        durations.fold(Self::ZERO, Add::add)
    }
}

/// Saturates at every step, as `+` does.
impl<'a> Sum<&'a Duration> for Duration {
    fn sum<I: Iterator<Item = &'a Duration>>(durations: I) -> Self {
        durations.copied().sum()
    }
}

/// Cuts a fraction of a second off. A duration above [`Duration::MAX`] is an error.
impl TryFrom<std::time::Duration> for Duration {
    type Error = TimeError;

    fn try_from(value: std::time::Duration) -> Result<Self, TimeError> {
        i64::try_from(value.as_secs())
            .map(Self::from_secs)
            .map_err(|_| TimeError::new(TimeKind::Duration, &format!("{value:?}"), TOO_LONG))
    }
}

/// A negative duration is an error, since std's type cannot hold it.
impl TryFrom<Duration> for std::time::Duration {
    type Error = TimeError;

    fn try_from(value: Duration) -> Result<Self, TimeError> {
        u64::try_from(value.secs).map(Self::from_secs).map_err(|_| {
            let problem = "it is negative, which std::time::Duration cannot be";
            TimeError::new(TimeKind::Duration, &value.to_wire(), problem)
        })
    }
}

/// Cuts a fraction of a second off, towards zero: -1.5 s becomes -1 s.
impl From<SignedDuration> for Duration {
    fn from(value: SignedDuration) -> Self {
        Self::from_secs(value.as_secs())
    }
}

impl From<Duration> for SignedDuration {
    fn from(value: Duration) -> Self {
        Self::from_secs(value.secs)
    }
}

/// Writes the number of seconds, as answers have it. For request bodies that is wrong (Kimai fact T7); they take
/// [`Duration::to_wire`].
impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.secs)
    }
}

/// Reads a number of seconds, as answers have it (Kimai fact T7): an integer, a float without a fraction, or
/// text of digits. The format must describe itself, as JSON does.
impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecondsVisitor)
    }
}

struct SecondsVisitor;

impl Visitor<'_> for SecondsVisitor {
    type Value = Duration;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a duration as a whole number of seconds of at most 64 bits, such as 7200")
    }

    fn visit_i64<E: Error>(self, secs: i64) -> Result<Duration, E> {
        Ok(Duration::from_secs(secs))
    }

    fn visit_u64<E: Error>(self, secs: u64) -> Result<Duration, E> {
        i64::try_from(secs).map(Duration::from_secs).map_err(|_| E::invalid_value(Unexpected::Unsigned(secs), &self))
    }

    fn visit_f64<E: Error>(self, secs: f64) -> Result<Duration, E> {
        let error = || E::invalid_value(Unexpected::Float(secs), &self);
        if secs.fract() != 0.0 {
            return Err(error());
        }
        // By way of text, since a cast would bend numbers which are out of range.
        let digits = format!("{secs:.0}");
        digits.parse().map(Duration::from_secs).map_err(|_| error())
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<Duration, E> {
        let error = || E::invalid_value(Unexpected::Str(&excerpt(digits)), &self);
        if !text::all_digits(digits.strip_prefix('-').unwrap_or(digits)) {
            return Err(error());
        }
        digits.parse().map(Duration::from_secs).map_err(|_| error())
    }
}
