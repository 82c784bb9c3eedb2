use std::fmt;
use std::str::FromStr;

use jiff::tz::Offset;
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{LocalDateTime, TimeError, TimeKind, text};

/// A moment in time with the UTC offset which the server sent.
///
/// It exists because a Kimai server writes `2026-11-02T08:00:00+0100`, without a colon in the offset, which is
/// not RFC 3339 and which common parsers refuse (Kimai fact T1). The offset is that of the record owner's time
/// zone at that moment. It is kept, since the wall-clock time which the user knows cannot be had without it.
///
/// Values are read and written as text of that form. Reading also takes an offset with a colon (`+01:00`), `Z`,
/// a space in place of `T`, a time without seconds, and a fraction of a second of up to nine digits. A fraction
/// is kept and written back without trailing zeros; Kimai itself sends none. Offset seconds, as historic
/// local times have them, are read and written as `+005328`.
///
/// Two values are equal if both moment and offset are. They are ordered by moment first and by offset second;
/// compare [`timestamp`](Self::timestamp) to compare moments only.
///
/// ```
/// use generated_client::DateTime;
///
/// let begin: DateTime = "2026-11-02T08:00:00+0100".parse()?;
/// assert_eq!(begin.timestamp().to_string(), "2026-11-02T07:00:00Z");
/// assert_eq!(begin.local().to_string(), "2026-11-02T08:00:00");
/// assert_eq!(begin.to_string(), "2026-11-02T08:00:00+0100");
///
/// let same_moment: DateTime = "2026-11-02T07:00:00Z".parse()?;
/// assert_ne!(begin, same_moment);
/// assert_eq!(begin.timestamp(), same_moment.timestamp());
/// # Ok::<(), generated_client::TimeError>(())
/// ```
// The order of the fields is the order of comparison.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    timestamp: Timestamp,
    offset: Offset,
}

impl DateTime {
    /// The moment `timestamp`, shown at `offset` from UTC. Every pair is valid.
    #[must_use]
    pub fn new(timestamp: Timestamp, offset: Offset) -> Self {
        Self { timestamp, offset }
    }

    /// The moment, without the offset.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// The offset from UTC as the server sent it; east of Greenwich is positive (Kimai fact T1).
    #[must_use]
    pub fn offset(&self) -> Offset {
        self.offset
    }

    /// The date and time on the wall clock, as the server wrote it (Kimai fact T1).
    ///
    /// A fraction of a second is cut off. The value is in the zone of the record's owner: in a query or a
    /// request it means the same moment only to a user in the same zone.
    #[must_use]
    pub fn local(&self) -> LocalDateTime {
        LocalDateTime::from(self.offset.to_datetime(self.timestamp))
    }

    /// The date and time in UTC without an offset, `2026-11-01T00:00:00`, as the query parameter
    /// `modified_after` wants it (Kimai fact T5).
    ///
    /// `begin` and `end` of the same call are in the user's local time; use a [`LocalDateTime`] for them. A
    /// fraction of a second is cut off, towards the past, so the filter never excludes more than was asked for.
    ///
    /// ```
    /// use generated_client::DateTime;
    ///
    /// let last_sync: DateTime = "2026-11-01T01:00:00+0100".parse()?;
    /// assert_eq!(last_sync.utc_wire(), "2026-11-01T00:00:00");
    /// # Ok::<(), generated_client::TimeError>(())
    /// ```
    #[must_use]
    pub fn utc_wire(&self) -> String {
        text::date_time_text(Offset::UTC.to_datetime(self.timestamp))
    }
}

/// Reads the forms which the type's description names (Kimai fact T1).
///
/// Text without a time of day or without an offset is an error, as is a moment outside the range of
/// [`Timestamp`] (years -9999 to 9999).
impl FromStr for DateTime {
    type Err = TimeError;

    fn from_str(input: &str) -> Result<Self, TimeError> {
        let error = |problem| TimeError::new(TimeKind::DateTime, input, problem);
        let written = text::read(input).map_err(error)?;
        let time = written.time.ok_or_else(|| error("it has no time of day; for a date alone use the type Date"))?;
        let offset = written
            .offset
            .ok_or_else(|| error("it has no UTC offset; add one, or use the type LocalDateTime for wall-clock time"))?;
        let timestamp = offset
            .to_timestamp(written.date.to_datetime(time))
            .map_err(|_| error("it is outside the supported range of years -9999 to 9999"))?;
        Ok(Self::new(timestamp, offset))
    }
}

/// Writes the form of Kimai fact T1: `2026-11-02T08:00:00+0100`.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.offset.to_datetime(self.timestamp);
        let date_time = text::date_time_text(local);
        let fraction = fraction_text(local.subsec_nanosecond());
        let offset = offset_text(self.offset);
        f.pad(&format!("{date_time}{fraction}{offset}"))
    }
}

fn fraction_text(nanoseconds: i32) -> String {
    if nanoseconds == 0 {
        return String::new();
    }
    format!(".{nanoseconds:09}").trim_end_matches('0').to_owned()
}

fn offset_text(offset: Offset) -> String {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let total = offset.seconds().unsigned_abs();
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{seconds:02}")
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateTime({self})")
    }
}

/// The moment at offset zero (UTC).
impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self::new(timestamp, Offset::UTC)
    }
}

/// The moment and its offset; the name of the time zone is dropped.
impl From<&ZonedDateTime> for DateTime {
    fn from(zoned: &ZonedDateTime) -> Self {
        Self::new(zoned.timestamp(), zoned.offset())
    }
}

/// The moment and its offset; the name of the time zone is dropped.
impl From<ZonedDateTime> for DateTime {
    fn from(zoned: ZonedDateTime) -> Self {
        Self::from(&zoned)
    }
}

/// The moment; the offset is dropped.
impl From<DateTime> for Timestamp {
    fn from(value: DateTime) -> Self {
        value.timestamp
    }
}

/// Writes text of the form of Kimai fact T1.
impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads text as [`FromStr`] does (Kimai fact T1).
impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(TimeKind::DateTime, deserializer)
    }
}
