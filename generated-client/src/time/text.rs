//! What the textual forms of dates and times have in common: the parser, the visitor, the writing of a date.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::Offset;
use serde::de::{Deserializer, Error, Visitor};

use super::{TimeError, TimeKind};

/// A date or date-time as written. Each type decides which parts it wants.
pub(super) struct Written {
    pub(super) date: civil::Date,
    pub(super) time: Option<civil::Time>,
    /// Never present without a time.
    pub(super) offset: Option<Offset>,
}

/// Reads `YYYY-MM-DD`, optionally followed by a time of day and an offset. An error says what is wrong.
pub(super) fn read(text: &str) -> Result<Written, &'static str> {
    let mut cursor = Cursor { rest: text };
    let date = read_date(&mut cursor)?;
    if cursor.rest.is_empty() {
        return Ok(Written { date, time: None, offset: None });
    }
    if !cursor.eat('T') && !cursor.eat(' ') {
        return Err("the date is followed by something else than `T` and a time of day");
    }
    let time = read_time(&mut cursor)?;
    let offset = if cursor.rest.is_empty() { None } else { Some(read_offset(&mut cursor)?) };
    if !cursor.rest.is_empty() {
        return Err("something follows the UTC offset");
    }
    Ok(Written { date, time: Some(time), offset })
}

fn read_date(cursor: &mut Cursor<'_>) -> Result<civil::Date, &'static str> {
    let negative = cursor.eat('-');
    let (year, month, day) = read_date_numbers(cursor).ok_or("it does not begin with a date")?;
    let year = if negative { -year } else { year };
    civil::Date::new(year, month, day).map_err(|_| "there is no such day in the calendar")
}

fn read_date_numbers(cursor: &mut Cursor<'_>) -> Option<(i16, i8, i8)> {
    let year = cursor.digits(4)?;
    let month = cursor.digits_after('-')?;
    let day = cursor.digits_after('-')?;
    Some((year, month, day))
}

fn read_time(cursor: &mut Cursor<'_>) -> Result<civil::Time, &'static str> {
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

fn read_offset(cursor: &mut Cursor<'_>) -> Result<Offset, &'static str> {
    if cursor.eat('Z') {
        return Ok(Offset::UTC);
    }
    let negative = cursor.rest.starts_with('-');
    if !cursor.eat('+') && !cursor.eat('-') {
        return Err("the time of day is followed by something else than a UTC offset");
    }
    let seconds = read_offset_seconds(cursor).ok_or("its UTC offset is not of the form +HHMM, +HH:MM or Z")?;
    Offset::from_seconds(if negative { -seconds } else { seconds }).map_err(|_| "its UTC offset is more than 25:59:59")
}

fn read_offset_seconds(cursor: &mut Cursor<'_>) -> Option<i32> {
    let hours: i32 = cursor.digits(2)?;
    let colon = cursor.eat(':');
    let minutes: i32 = cursor.digits(2)?;
    // Local mean times have seconds: Berlin was at +00:53:28 up to 1893.
    let seconds: i32 = match (cursor.rest.is_empty(), colon) {
        (true, _) => 0,
        (false, true) => cursor.digits_after(':')?,
        (false, false) => cursor.digits(2)?,
    };
    if minutes > 59 || seconds > 59 {
        return None;
    }
    Some(hours * 3600 + minutes * 60 + seconds)
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

/// Whether `text` is one ASCII digit or more, and nothing else.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Writes a date as PHP's `Y-m-d` does, years before 0 included (`-0001-11-30`, PHP's zero date).
pub(super) fn date_text(date: civil::Date) -> String {
    let sign = if date.year() < 0 { "-" } else { "" };
    let year = date.year().unsigned_abs();
    format!("{sign}{year:04}-{:02}-{:02}", date.month(), date.day())
}

/// Writes a date and time as PHP's `Y-m-d\TH:i:s` does. A fraction of a second is not written.
pub(super) fn date_time_text(value: civil::DateTime) -> String {
    let date = date_text(value.date());
    let (hour, minute, second) = (value.hour(), value.minute(), value.second());
    format!("{date}T{hour:02}:{minute:02}:{second:02}")
}

/// Deserializes a value from text.
pub(super) fn deserialize<'de, T, D>(kind: TimeKind, deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err = TimeError>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(TextVisitor { kind, value: PhantomData })
}

struct TextVisitor<T> {
    kind: TimeKind,
    value: PhantomData<T>,
}

impl<T: FromStr<Err = TimeError>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {} as text: {}", self.kind, self.kind.expected_form())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}
