//! From and to the types of chrono, which have another range, leap seconds and fractions.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as ChronoZone, Timelike as _};
use jiff::tz::Offset;
use jiff::{Timestamp, civil};

use super::{Date, DateTime, Duration, LocalDateTime, TimeError, TimeKind};

const OUT_OF_RANGE: &str = "it is outside the supported range of years -9999 to 9999";
const LEAP_SECOND: &str = "it is within a leap second; take the second before or after it";

/// The moment and its offset; the name of the time zone is dropped.
///
/// A moment outside the years -9999 to 9999 and one within a leap second are errors.
impl<Z: ChronoZone> TryFrom<chrono::DateTime<Z>> for DateTime {
    type Error = TimeError;

    fn try_from(value: chrono::DateTime<Z>) -> Result<Self, TimeError> {
        let value = value.fixed_offset();
        let error = |problem| TimeError::new(TimeKind::DateTime, &format!("{value:?}"), problem);
        let nanoseconds = i32::try_from(value.timestamp_subsec_nanos()).map_err(|_| error(LEAP_SECOND))?;
        if nanoseconds > 999_999_999 {
            return Err(error(LEAP_SECOND));
        }
        let timestamp = Timestamp::new(value.timestamp(), nanoseconds).map_err(|_| error(OUT_OF_RANGE))?;
        let offset = Offset::from_seconds(value.offset().local_minus_utc()).map_err(|_| error(OUT_OF_RANGE))?;
        Ok(Self::new(timestamp, offset))
    }
}

/// The moment with its offset. An offset of a day or more is an error; no zone has one.
impl TryFrom<DateTime> for chrono::DateTime<FixedOffset> {
    type Error = TimeError;

    fn try_from(value: DateTime) -> Result<Self, TimeError> {
        let error = |problem: &'static str| TimeError::new(TimeKind::DateTime, &value.to_string(), problem);
        let offset = FixedOffset::east_opt(value.offset().seconds())
            .ok_or_else(|| error("its offset is a day or more, which chrono does not have"))?;
        let timestamp = value.timestamp();
        // Both split a moment before 1970 differently; whole nanoseconds are the same to both.
        let nanoseconds = timestamp.as_nanosecond();
        let (seconds, rest) = (nanoseconds.div_euclid(1_000_000_000), nanoseconds.rem_euclid(1_000_000_000));
        let utc = i64::try_from(seconds)
            .ok()
            .zip(u32::try_from(rest).ok())
            .and_then(|(seconds, rest)| chrono::DateTime::from_timestamp(seconds, rest))
            .ok_or_else(|| error(OUT_OF_RANGE))?;
        Ok(utc.with_timezone(&offset))
    }
}

/// Cuts a fraction of a second off. Years outside of -9999 to 9999 and leap seconds are errors.
impl TryFrom<NaiveDateTime> for LocalDateTime {
    type Error = TimeError;

    fn try_from(value: NaiveDateTime) -> Result<Self, TimeError> {
        let error = |problem: &'static str| TimeError::new(TimeKind::LocalDateTime, &value.to_string(), problem);
        if value.nanosecond() > 999_999_999 {
            return Err(error(LEAP_SECOND));
        }
        let date = Date::try_from(value.date()).map_err(|_| error(OUT_OF_RANGE))?;
        let seconds = i64::from(value.num_seconds_from_midnight());
        let time = civil::Time::midnight().wrapping_add(jiff::SignedDuration::from_secs(seconds));
        Ok(Self::from(civil::Date::from(date).to_datetime(time)))
    }
}

impl From<LocalDateTime> for NaiveDateTime {
    fn from(value: LocalDateTime) -> Self {
        let time = value.civil().time();
        let seconds = time.duration_since(civil::Time::midnight()).as_secs();
        // chrono has every second that jiff has: the sum is always in its range.
        let midnight = NaiveDate::from(value.date()).and_time(chrono::NaiveTime::MIN);
        TimeDelta::try_seconds(seconds).and_then(|since| midnight.checked_add_signed(since)).unwrap_or(midnight)
    }
}

/// Years outside of -9999 to 9999 are an error.
impl TryFrom<NaiveDate> for Date {
    type Error = TimeError;

    fn try_from(value: NaiveDate) -> Result<Self, TimeError> {
        let error = || TimeError::new(TimeKind::Date, &value.to_string(), OUT_OF_RANGE);
        let days = value.signed_duration_since(NaiveDate::default()).num_days();
        let since = days.checked_mul(24).map(jiff::SignedDuration::from_hours).ok_or_else(error)?;
        civil::date(1970, 1, 1).checked_add(since).map(Self::from).map_err(|_| error())
    }
}

impl From<Date> for NaiveDate {
    fn from(value: Date) -> Self {
        let since = value.civil().duration_since(civil::date(1970, 1, 1));
        // chrono has every day that jiff has: the sum is always in its range.
        TimeDelta::try_seconds(since.as_secs())
            .and_then(|since| Self::default().checked_add_signed(since))
            .unwrap_or_default()
    }
}

/// Cuts a fraction of a second off, towards zero.
impl From<TimeDelta> for Duration {
    fn from(value: TimeDelta) -> Self {
        Self::from_secs(value.num_seconds())
    }
}

/// More milliseconds than 64 bits can say are an error.
impl TryFrom<Duration> for TimeDelta {
    type Error = TimeError;

    fn try_from(value: Duration) -> Result<Self, TimeError> {
        TimeDelta::try_seconds(value.as_secs()).ok_or_else(|| {
            let problem = "it is longer than 64 bits of milliseconds can say";
            TimeError::new(TimeKind::Duration, &value.to_wire(), problem)
        })
    }
}
