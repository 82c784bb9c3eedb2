//! Moments for the local times of the lines.

use std::collections::HashMap;
use std::fmt;

use generated_client::jiff::civil::{Date, DateTime, Time};
use generated_client::jiff::tz::{AmbiguousOffset, TimeZone};
use generated_client::jiff::{SignedDuration, Timestamp};
use generated_client::time::to_local;

use crate::lines::LineTime;

/// When a record begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) begin: Timestamp,
    pub(crate) end: Timestamp,
    /// The begin in the time zone of the user.
    pub(crate) local_begin: DateTime,
    /// The end in the time zone of the user.
    pub(crate) local_end: DateTime,
}

/// Gives times to the lines, one after the other.
pub(crate) struct Placer {
    zone: TimeZone,
    begin: Time,
    /// When the next record of a day begins that has only a duration.
    next: HashMap<Date, Timestamp>,
}

impl Placer {
    /// The time zone of the user, and when the first record of a day begins.
    pub(crate) fn new(zone: TimeZone, begin: Time) -> Self {
        Self { zone, begin, next: HashMap::new() }
    }

    /// Finds the moments of a line.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the times, such as a time that the clocks never show.
    pub(crate) fn place(&mut self, time: LineTime) -> Result<Span, String> {
        match time {
            LineTime::OnDay(date, duration) => {
                let begin = match self.next.get(&date) {
                    Some(next) => *next,
                    None => self.moment(date.to_datetime(self.begin))?,
                };
                let span = self.span(begin, duration)?;
                self.next.insert(date, span.end);
                let midnight = date.tomorrow().map_err(|problem| problem.to_string())?.to_datetime(Time::midnight());
                if span.local_end > midnight {
                    return Err(format!(
                        "the records of {date} that have only a duration would end at {} of the next day; let the \
                         first one begin earlier with --begin",
                        span.local_end.strftime("%H:%M")
                    ));
                }
                Ok(span)
            }
            LineTime::From(begin, duration) => self.span(self.moment(begin)?, duration),
            LineTime::Between(begin, end, duration) => {
                let (local_begin, local_end) = (begin, end);
                let (begin, end) = (self.moment(begin)?, self.moment(end)?);
                let span = Span { begin, end, local_begin, local_end };
                if begin == end {
                    return Err("begin and end are in the same minute".to_owned());
                }
                if end < begin {
                    let (begin, end) = (local_begin.strftime("%F %H:%M"), local_end.strftime("%F %H:%M"));
                    return Err(format!(
                        "the end {end} is before the begin {begin}; a record that ends on another day needs the \
                         column End date"
                    ));
                }
                let length = end.duration_since(begin);
                match duration {
                    // Begin, end and duration may be rounded.
                    Some(duration) if (length - duration).abs() > SignedDuration::from_mins(1) => {
                        let (length, duration) = (hours(length), hours(duration));
                        Err(format!("begin and end are {length} apart, but the duration is {duration}"))
                    }
                    _ => Ok(span),
                }
            }
        }
    }

    fn span(&self, begin: Timestamp, duration: SignedDuration) -> Result<Span, String> {
        let end = begin.checked_add(duration).map_err(|problem| problem.to_string())?;
        let local = |moment| to_local(moment, &self.zone).map_err(|problem| problem.to_string());
        Ok(Span { begin, end, local_begin: local(begin)?, local_end: local(end)? })
    }

    /// Reads a local time as Kimai does: of two moments, it is the first.
    fn moment(&self, local: DateTime) -> Result<Timestamp, String> {
        let candidates = self.zone.to_ambiguous_zoned_datetime(local);
        if matches!(candidates.offset(), AmbiguousOffset::Gap { .. }) {
            let zone = self.zone.iana_name().unwrap_or("the time zone of the user");
            return Err(format!("the clocks in {zone} never show {}", local.strftime("%F %H:%M")));
        }
        candidates.compatible().map(|moment| moment.timestamp()).map_err(|problem| problem.to_string())
    }
}

impl Span {
    /// How long it is.
    pub(crate) fn duration(&self) -> SignedDuration {
        self.end.duration_since(self.begin)
    }
}

/// Local times, such as `2026-11-02 09:00 to 14:15`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = if self.local_begin.date() == self.local_end.date() { "%H:%M" } else { "%F %H:%M" };
        write!(f, "{} to {}", self.local_begin.strftime("%F %H:%M"), self.local_end.strftime(form))
    }
}

/// A duration, such as `5:15`.
pub(crate) fn hours(duration: SignedDuration) -> String {
    format!("{}:{:02}", duration.as_hours(), duration.as_mins() % 60)
}
