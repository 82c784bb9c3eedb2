use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Date, TimeError, TimeKind, text};

/// A date and time on the wall clock, without a time zone, to the second.
///
/// It exists because it is the only date-time which a Kimai server takes everywhere: query parameters must be
/// exactly `2026-11-01T00:00:00` (Kimai fact T3), and in request bodies the same form (HTML5 'local date and
/// time') is the only one guaranteed (Kimai fact T4). A UTC offset would be refused in the one and silently
/// converted in the other place, so this type cannot hold one. The server reads the value in the time zone of
/// the user whose credentials the client sends (`timezone` in the answer of `GET /api/users/me`).
///
/// Values are written as [`FORMAT`](Self::FORMAT) says. Reading also takes a space in place of `T`, and a time
/// without seconds.
///
/// ```
/// use generated_client::LocalDateTime;
///
/// let begin = LocalDateTime::new(2026, 11, 6, 8, 0, 0)?;
/// assert_eq!(begin.to_string(), "2026-11-06T08:00:00");
/// assert_eq!("2026-11-06 08:00".parse::<LocalDateTime>()?, begin);
/// assert!("2026-11-06T08:00:00Z".parse::<LocalDateTime>().is_err());
/// # Ok::<(), generated_client::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    // Without a fraction of a second, always.
    civil: civil::DateTime,
}

impl LocalDateTime {
    /// The form which is written, as a `strftime` pattern: HTML5 'local date and time' with `T` between date
    /// and time and with the seconds always there (Kimai facts T3 and T4). PHP calls it `Y-m-d\TH:i:s`.
    pub const FORMAT: &str = "%Y-%m-%dT%H:%M:%S";

    /// A date and time from its parts: month and day count from 1, hours go from 0 to 23.
    ///
    /// # Errors
    ///
    /// There is no such day in the calendar of the years -9999 to 9999, or no such time of day.
    pub fn new(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Result<Self, TimeError> {
        civil::DateTime::new(year, month, day, hour, minute, second, 0).map(|civil| Self { civil }).map_err(|_| {
            let input = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
            let problem = "there is no such day in the calendar, or no such time of day";
            TimeError::new(TimeKind::LocalDateTime, &input, problem)
        })
    }

    /// The value as jiff's type, for calculations and for conversion to a moment in a time zone.
    #[must_use]
    pub fn civil(&self) -> civil::DateTime {
        self.civil
    }

    /// The day, without the time.
    #[must_use]
    pub fn date(&self) -> Date {
        Date::from(self.civil.date())
    }
}

/// Reads the forms which the type's description names (Kimai facts T3 and T4).
///
/// A date alone, a UTC offset (`Z` too) and a fraction of a second other than zero are errors, since the
/// server would refuse, misread or lose them.
impl FromStr for LocalDateTime {
    type Err = TimeError;

    fn from_str(input: &str) -> Result<Self, TimeError> {
        let error = |problem| TimeError::new(TimeKind::LocalDateTime, input, problem);
        let written = text::read(input).map_err(error)?;
        let time = written
            .time
            .ok_or_else(|| error("it has no time of day; add one, such as T00:00:00, or use Date::at_midnight"))?;
        if written.offset.is_some() {
            return Err(error(
                "it has a UTC offset; leave the offset out and give the wall-clock time of the user's time zone",
            ));
        }
        if time.subsec_nanosecond() != 0 {
            return Err(error("it has a fraction of a second, which Kimai does not take; leave the fraction out"));
        }
        Ok(Self { civil: written.date.to_datetime(time) })
    }
}

/// Writes the form of Kimai fact T3: `2026-11-01T00:00:00`.
impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&text::date_time_text(self.civil))
    }
}

impl fmt::Debug for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalDateTime({self})")
    }
}

/// Cuts a fraction of a second off: `08:00:00.9` becomes `08:00:00`.
impl From<civil::DateTime> for LocalDateTime {
    fn from(value: civil::DateTime) -> Self {
        let (hour, minute, second) = (value.hour(), value.minute(), value.second());
        Self {
            // `at` refuses times which do not exist, and this one is taken from an existing time.
            civil: value.date().at(hour, minute, second, 0),
        }
    }
}

impl From<LocalDateTime> for civil::DateTime {
    fn from(value: LocalDateTime) -> Self {
        value.civil
    }
}

/// Writes text of the form of Kimai fact T3.
impl Serialize for LocalDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads text as [`FromStr`] does.
impl<'de> Deserialize<'de> for LocalDateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(TimeKind::LocalDateTime, deserializer)
    }
}
