use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{LocalDateTime, TimeError, TimeKind, text};

/// A day of the calendar, without time and time zone.
///
/// It exists because a project's start, end and order date are days, though the API document calls them
/// `date-time`: servers since 2.0 send `2026-01-01`, servers before send `2026-01-01T00:00:00+0100`
/// (Kimai fact T2). Both are read, and of a date-time the date is taken as it is written, without conversion.
///
/// Values are written as `2026-01-01`. Some requests want a date-time in its place (Kimai fact T6): that is
/// [`at_midnight`](Self::at_midnight).
///
/// ```
/// use generated_client::Date;
///
/// let start = Date::new(2026, 1, 1)?;
/// assert_eq!(start.to_string(), "2026-01-01");
/// assert_eq!("2026-01-01T00:00:00+0100".parse::<Date>()?, start);
/// assert_eq!(start.at_midnight().to_string(), "2026-01-01T00:00:00");
/// # Ok::<(), generated_client::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    civil: civil::Date,
}

impl Date {
    /// A day from its parts; month and day count from 1.
    ///
    /// # Errors
    ///
    /// There is no such day in the calendar of the years -9999 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, TimeError> {
        civil::Date::new(year, month, day).map(Self::from).map_err(|_| {
            let input = format!("{year:04}-{month:02}-{day:02}");
            let problem = "there is no such day in the calendar";
            TimeError::new(TimeKind::Date, &input, problem)
        })
    }

    /// The value as jiff's type, for calculations.
    #[must_use]
    pub fn civil(&self) -> civil::Date {
        self.civil
    }

    /// The beginning of the day on the wall clock, 00:00:00, as a `PATCH` of a project wants it
    /// (Kimai fact T6).
    #[must_use]
    pub fn at_midnight(&self) -> LocalDateTime {
        LocalDateTime::from(self.civil.to_datetime(civil::Time::midnight()))
    }
}

/// Reads `2026-01-01`, and every form of a [`DateTime`](super::DateTime) or [`LocalDateTime`], of which the date
/// is taken as it is written (Kimai fact T2).
impl FromStr for Date {
    type Err = TimeError;

    fn from_str(input: &str) -> Result<Self, TimeError> {
        match text::read(input) {
            Ok(written) => Ok(Self::from(written.date)),
            Err(problem) => Err(TimeError::new(TimeKind::Date, input, problem)),
        }
    }
}

/// Writes the form of Kimai fact T2: `2026-01-01`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&text::date_text(self.civil))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

impl From<civil::Date> for Date {
    fn from(civil: civil::Date) -> Self {
        Self { civil }
    }
}

impl From<Date> for civil::Date {
    fn from(value: Date) -> Self {
        value.civil
    }
}

/// Writes text of the form `2026-01-01`.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads text as [`FromStr`] does (Kimai fact T2).
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(TimeKind::Date, deserializer)
    }
}
