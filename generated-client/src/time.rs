//! Dates, times and durations: the types of [`jiff`], in the forms that Kimai reads and writes.
//!
//! | type | where | form |
//! |---|---|---|
//! | [`ZonedDateTime`] with the UTC offset that the server wrote | responses | `2026-11-02T08:00:00+0100` |
//! | [`civil::DateTime`], the local time of the user's zone | requests | `2026-11-01T00:00:00` |
//! | [`Timestamp`] | the filter `modified_after` | `2026-11-01T00:00:00`, in UTC |
//! | [`civil::Date`] | both | `2026-01-01` |
//! | [`SignedDuration`](crate::jiff::SignedDuration) | both | `7200` in responses, `2:00:00` in requests |
//!
//! The client converts between the types and the forms; fractions of a second are truncated in requests. To print a
//! moment, use [`begin.datetime()`](ZonedDateTime::datetime) or [`begin.strftime("%F %R")`](ZonedDateTime::strftime).
//! Moments are equal if they are the same moment, whatever their offset.
//!
//! # From a moment to local time
//!
//! Kimai reads the times of a request as local times in the zone of the user who sends it. [`to_local`] converts a
//! moment to that time, and returns an error if Kimai would read it as another moment.
//!
//! ```
//! # use generated_client::{TimeZoneName, ids::{ActivityId, ProjectId}, types::NewTimesheet};
//! use generated_client::{jiff::Timestamp, time::to_local};
//!
//! # fn example(timezone: TimeZoneName) -> Result<(), Box<dyn std::error::Error>> {
//! // The name of the zone is `kimai.users().me().await?.timezone`.
//! let zone = timezone.to_time_zone()?;
//! let form = NewTimesheet::new(ProjectId::new(5), ActivityId::new(7)).begin(to_local(Timestamp::now(), &zone)?);
//! # Ok(()) }
//! ```
//!
//! Text with a UTC offset is a moment: parse it as a [`Timestamp`]. [`civil::DateTime`] would ignore the offset.
//!
//! # From local time to a moment
//!
//! This is jiff's [`to_ambiguous_zoned_datetime`](TimeZone::to_ambiguous_zoned_datetime). Clocks show some local times
//! twice (when they are set back) and others never (when they are set forward): `compatible` resolves them as Kimai
//! does, `unambiguous` returns an error.
//!
//! ```
//! use generated_client::jiff::{civil::date, tz::TimeZone};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let zone = TimeZone::get("Europe/Berlin")?;
//! let never = date(2026, 3, 29).at(2, 30, 0, 0);
//! let moment = zone.to_ambiguous_zoned_datetime(never).compatible()?;
//! assert_eq!(moment.to_string(), "2026-03-29T03:30:00+02:00[Europe/Berlin]");
//! assert!(zone.to_ambiguous_zoned_datetime(never).unambiguous().is_err());
//! # Ok(())
//! # }
//! ```
//!
//! # Calculations in the user's zone
//!
//! The moments of responses have an offset, but not the rules of a time zone. Before you add days or take the start of
//! a week, convert them:
//!
//! ```
//! # use generated_client::jiff::{ToSpan, Timestamp, tz::{TimeZone, Offset}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let begin: Timestamp = "2026-10-24T08:00:00+0200".parse()?;
//! # let begin = begin.to_zoned_datetime(TimeZone::fixed(Offset::constant(2)));
//! # let zone = TimeZone::get("Europe/Berlin")?;
//! // `begin` is 08:00 on the day before the clocks of `zone` are set back.
//! let next_day = begin.with_time_zone(zone).checked_add(1.day())?;
//! assert_eq!(next_day.strftime("%F %R %:z").to_string(), "2026-10-25 08:00 +01:00");
//! # Ok(())
//! # }
//! ```
//!
//! # chrono
//!
//! Each type converts to and from its counterpart in chrono in one line. The moments of records have whole seconds.
//!
//! ```
//! use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
//! use generated_client::jiff::{SignedDuration, Timestamp, ZonedDateTime, civil};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let original = "2026-11-02T08:00:00+01:00";
//! # let moment = ZonedDateTime::strptime("%FT%T%:z", original)?;
//! // The moment of a response, with its offset.
//! let theirs: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(&moment.strftime("%FT%T%:z").to_string())?;
//! let ours: ZonedDateTime = ZonedDateTime::strptime("%FT%T%.f%:z", theirs.to_rfc3339())?;
//! # assert_eq!((theirs.to_rfc3339(), ours.datetime()), (original.to_owned(), moment.datetime()));
//! # assert_eq!((ours.timestamp(), ours.offset()), (moment.timestamp(), moment.offset()));
//!
//! // The same moment in UTC.
//! # let timestamp = Timestamp::new(-1, 0)?;
//! let theirs: Option<DateTime<Utc>> = DateTime::from_timestamp_micros(timestamp.as_microsecond());
//! # let theirs = theirs.unwrap();
//! let ours: Timestamp = Timestamp::from_microsecond(theirs.timestamp_micros())?;
//! # assert_eq!((theirs.to_rfc3339(), ours), ("1969-12-31T23:59:59+00:00".to_owned(), timestamp));
//!
//! // A local time.
//! # let local = civil::date(2026, 11, 1).at(8, 30, 0, 0);
//! let theirs: NaiveDateTime = local.to_string().parse()?;
//! let ours: civil::DateTime = theirs.format("%FT%T").to_string().parse()?;
//! # assert_eq!((theirs.to_string(), ours), ("2026-11-01 08:30:00".to_owned(), local));
//!
//! // A date.
//! # let date = civil::date(2026, 1, 1);
//! let theirs: NaiveDate = date.to_string().parse()?;
//! let ours: civil::Date = theirs.to_string().parse()?;
//! # assert_eq!((theirs.to_string(), ours), ("2026-01-01".to_owned(), date));
//!
//! // A duration.
//! # let duration = SignedDuration::from_mins(-90);
//! let theirs: Option<TimeDelta> = TimeDelta::try_seconds(duration.as_secs());
//! # let theirs = theirs.unwrap();
//! let ours: SignedDuration = SignedDuration::from_secs(theirs.num_seconds());
//! # assert_eq!((theirs.num_minutes(), ours), (-90, duration));
//! # Ok(())
//! # }
//! ```

use std::fmt;

use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ZonedDateTime, civil};

/// Converts a moment to the local time that Kimai reads as this moment.
///
/// The zone is that of the user whose credentials the client sends:
/// `kimai.users().me().await?.timezone.to_time_zone()?`. A fraction of a second is truncated.
///
/// ```
/// use generated_client::{jiff::{Timestamp, tz::TimeZone}, time::to_local};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let moment: Timestamp = "2026-11-02T07:00:00Z".parse()?;
/// let local = to_local(moment, &TimeZone::get("Europe/Berlin")?)?;
/// assert_eq!(local.to_string(), "2026-11-02T08:00:00");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns an error if the clocks were set back and show this local time for the second time. Without an offset, Kimai
/// reads it as the first time, usually an hour earlier. A filter that must not miss a record can use the earlier time:
///
/// ```
/// # use generated_client::{jiff::{Timestamp, tz::TimeZone}, time::to_local};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let moment: Timestamp = "2026-10-25T01:30:00Z".parse()?;
/// # let zone = TimeZone::get("Europe/Berlin")?;
/// let begin = to_local(moment, &zone).unwrap_or_else(|error| error.local_time());
/// # assert_eq!(begin.to_string(), "2026-10-25T02:30:00");
/// # Ok(())
/// # }
/// ```
pub fn to_local(moment: impl Into<Timestamp>, zone: &TimeZone) -> Result<civil::DateTime, RepeatedLocalTime> {
    let moment = moment.into().to_zoned_datetime(zone.clone());
    let local = truncated(moment.datetime());
    let candidates = zone.to_ambiguous_zoned_datetime(local);
    match (candidates.offset(), candidates.earlier()) {
        (AmbiguousOffset::Fold { before, .. }, Ok(read_as)) if before != moment.offset() => {
            Err(RepeatedLocalTime { moment, read_as })
        }
        _ => Ok(local),
    }
}

fn truncated(value: civil::DateTime) -> civil::DateTime {
    value.date().at(value.hour(), value.minute(), value.second(), 0)
}

/// A local time that the clocks show twice, of which Kimai would read the first although the second is meant.
///
/// Returned by [`to_local`].
///
/// ```
/// use generated_client::{jiff::{Timestamp, tz::TimeZone}, time::to_local};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let moment: Timestamp = "2026-10-25T01:30:00Z".parse()?;
/// let error = to_local(moment, &TimeZone::get("Europe/Berlin")?).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the clocks in Europe/Berlin show 2026-10-25T02:30:00 twice: Kimai would read it as 2026-10-25T02:30:00+0200, \
///      not as 2026-10-25T02:30:00+0100"
/// );
/// assert_eq!(error.moment().timestamp(), moment);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedLocalTime {
    moment: ZonedDateTime,
    read_as: ZonedDateTime,
}

impl RepeatedLocalTime {
    /// The local time, for programs that decide to send it anyway.
    #[must_use]
    pub fn local_time(&self) -> civil::DateTime {
        self.read_as.datetime()
    }

    /// The moment that was to be converted.
    #[must_use]
    pub fn moment(&self) -> &ZonedDateTime {
        &self.moment
    }

    /// The earlier moment, as which Kimai would read the local time.
    #[must_use]
    pub fn read_as(&self) -> &ZonedDateTime {
        &self.read_as
    }
}

impl fmt::Display for RepeatedLocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, form) = (self.local_time(), "%FT%T%z");
        let (read_as, moment) = (self.read_as.strftime(form), self.moment.strftime(form));
        f.write_str("the clocks ")?;
        if let Some(name) = self.moment.time_zone().iana_name() {
            write!(f, "in {name} ")?;
        }
        write!(f, "show {local} twice: Kimai would read it as {read_as}, not as {moment}")
    }
}

impl std::error::Error for RepeatedLocalTime {}

#[cfg(test)]
mod tests;
