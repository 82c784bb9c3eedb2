//! Dates and times as text: one parser for all forms, and the forms that are written.

use std::str::FromStr;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime, civil};

/// Reads a moment with its UTC offset.
pub(super) fn offset_date_time(text: &str) -> Result<ZonedDateTime, &'static str> {
    let parts = parse(text)?;
    let time = parts.time.ok_or("it has no time of day")?;
    let offset = parts.offset.ok_or("it has no UTC offset")?;
    let timestamp = offset
        .to_timestamp(parts.date.to_datetime(time))
        .map_err(|_| "it is outside the supported range of years -9999 to 9999")?;
    Ok(timestamp.to_zoned_datetime(TimeZone::fixed(offset)))
}

/// Reads a local date and time. A server would refuse, misread or lose everything else.
pub(super) fn local_date_time(text: &str) -> Result<civil::DateTime, &'static str> {
    let parts = parse(text)?;
    let time = parts.time.ok_or("it has no time of day; add one, such as T00:00:00")?;
    if parts.offset.is_some() {
        return Err("it has a UTC offset; remove it and use the local time of the user's time zone");
    }
    if time.subsec_nanosecond() != 0 {
        return Err("it has a fraction of a second, which Kimai does not accept; remove it");
    }
    Ok(parts.date.to_datetime(time))
}

/// Reads a date. Of a date and time, the date is used as it is written, without a conversion.
pub(super) fn date(text: &str) -> Result<civil::Date, &'static str> {
    parse(text).map(|parts| parts.date)
}

/// Writes `2026-11-02T08:00:00+0100`, with the fraction of a second if there is one.
pub(super) fn write_offset_date_time(value: &ZonedDateTime) -> String {
    let local = write_local_date_time(&value.datetime());
    let fraction = match value.subsec_nanosecond() {
        0 => String::new(),
        nanoseconds => format!(".{nanoseconds:09}").trim_end_matches('0').to_owned(),
    };
    let offset = value.offset().seconds();
    let sign = if offset < 0 { '-' } else { '+' };
    let total = offset.unsigned_abs();
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    let seconds = if seconds == 0 { String::new() } else { format!("{seconds:02}") };
    format!("{local}{fraction}{sign}{hours:02}{minutes:02}{seconds}")
}

/// Writes `2026-11-01T00:00:00`; a fraction of a second is truncated.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "generated code passes all values by reference")]
pub fn write_local_date_time(value: &civil::DateTime) -> String {
    let mut text = write_date(&value.date());
    for (mark, number) in [('T', value.hour()), (':', value.minute()), (':', value.second())] {
        text.push(mark);
        push_digits(&mut text, number.unsigned_abs().into(), &[10, 1]);
    }
    text
}

/// Writes a moment in UTC, without an offset: `2026-11-01T00:00:00`; a fraction of a second is truncated.
pub fn write_utc(value: &Timestamp) -> String {
    write_local_date_time(&Offset::UTC.to_datetime(*value))
}

/// Writes `2026-01-01`. Years before 0 have four digits as in PHP, where an empty date is `-0001-11-30`.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "generated code passes all values by reference")]
pub fn write_date(value: &civil::Date) -> String {
    // Room for a time of day, too.
    let mut text = String::with_capacity(20);
    if value.year() < 0 {
        text.push('-');
    }
    push_digits(&mut text, value.year().unsigned_abs(), &[1000, 100, 10, 1]);
    for number in [value.month(), value.day()] {
        text.push('-');
        push_digits(&mut text, number.unsigned_abs().into(), &[10, 1]);
    }
    text
}

/// Lists have many dates, and `format!` takes several times as long.
fn push_digits(text: &mut String, number: u16, places: &[u16]) {
    for place in places {
        text.push(char::from_digit((number / place % 10).into(), 10).unwrap_or_default());
    }
}

/// The parts of a date and time. Each form decides which of them it accepts.
struct Parts {
    date: civil::Date,
    time: Option<civil::Time>,
    /// Never present without a time.
    offset: Option<Offset>,
}

/// Reads `YYYY-MM-DD`, optionally followed by a time of day and an offset. An error says what is wrong.
///
/// jiff's parsers do not fit: they require six digits for years before 0, and accept what a Kimai server rejects.
fn parse(text: &str) -> Result<Parts, &'static str> {
    let mut cursor = Cursor { rest: text };
    let date = parse_date(&mut cursor)?;
    if cursor.rest.is_empty() {
        return Ok(Parts { date, time: None, offset: None });
    }
    if !cursor.eat('T') && !cursor.eat(' ') {
        return Err("the date is not followed by `T` and a time of day");
    }
    let time = parse_time(&mut cursor)?;
    let offset = if cursor.rest.is_empty() { None } else { Some(parse_offset(&mut cursor)?) };
    if !cursor.rest.is_empty() {
        return Err("there is more text after the UTC offset");
    }
    Ok(Parts { date, time: Some(time), offset })
}

fn parse_date(cursor: &mut Cursor<'_>) -> Result<civil::Date, &'static str> {
    let negative = cursor.eat('-');
    let (year, month, day) = date_numbers(cursor).ok_or("it does not begin with a date")?;
    let year = if negative { -year } else { year };
    civil::Date::new(year, month, day).map_err(|_| "there is no such day in the calendar")
}

fn date_numbers(cursor: &mut Cursor<'_>) -> Option<(i16, i8, i8)> {
    let year = cursor.digits(4)?;
    let month = cursor.digits_after('-')?;
    let day = cursor.digits_after('-')?;
    Some((year, month, day))
}

fn parse_time(cursor: &mut Cursor<'_>) -> Result<civil::Time, &'static str> {
    const FORM: &str = "its time of day is not of the form HH:MM or HH:MM:SS";
    let hour = cursor.digits(2).ok_or(FORM)?;
    let minute = cursor.digits_after(':').ok_or(FORM)?;
    let mut second = 0;
    let mut nanosecond = 0;
    if cursor.rest.starts_with(':') {
        second = cursor.digits_after(':').ok_or(FORM)?;
        if cursor.eat('.') {
            nanosecond = cursor.nanoseconds().ok_or("its fraction of a second does not have one to nine digits")?;
        }
    }
    civil::Time::new(hour, minute, second, nanosecond)
        .map_err(|_| "there is no such time of day (00:00:00 to 23:59:59)")
}

fn parse_offset(cursor: &mut Cursor<'_>) -> Result<Offset, &'static str> {
    if cursor.eat('Z') {
        return Ok(Offset::UTC);
    }
    let negative = cursor.rest.starts_with('-');
    if !cursor.eat('+') && !cursor.eat('-') {
        return Err("the time of day is followed by text that is not a UTC offset");
    }
    let seconds = offset_seconds(cursor).ok_or("its UTC offset is not of the form +HHMM, +HH:MM or Z")?;
    Offset::from_seconds(if negative { -seconds } else { seconds }).map_err(|_| "its UTC offset is more than 25:59:59")
}

fn offset_seconds(cursor: &mut Cursor<'_>) -> Option<i32> {
    let hours: i32 = cursor.digits(2)?;
    let colon = cursor.eat(':');
    let minutes: i32 = cursor.digits(2)?;
    // Local mean times have seconds: Berlin was at +00:53:28 until 1893.
    let seconds: i32 = match (cursor.rest.is_empty(), colon) {
        (true, _) => 0,
        (false, true) => cursor.digits_after(':')?,
        (false, false) => cursor.digits(2)?,
    };
    (minutes < 60 && seconds < 60).then_some(hours * 3600 + minutes * 60 + seconds)
}

struct Cursor<'a> {
    rest: &'a str,
}

impl Cursor<'_> {
    fn eat(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Exactly `count` digits.
    fn digits<T: FromStr>(&mut self, count: usize) -> Option<T> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        if !all_digits(digits) {
            return None;
        }
        self.rest = rest;
        digits.parse().ok()
    }

    /// `separator` and two digits.
    fn digits_after<T: FromStr>(&mut self, separator: char) -> Option<T> {
        if !self.eat(separator) {
            return None;
        }
        self.digits(2)
    }

    /// All digits that follow, read as a fraction of a second.
    fn nanoseconds(&mut self) -> Option<i32> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end)?;
        if digits.is_empty() || digits.len() > 9 {
            return None;
        }
        self.rest = rest;
        format!("{digits:0<9}").parse().ok()
    }
}

/// Whether `text` consists of ASCII digits, at least one.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
