//! Literal cases of dates, times and durations, each rule at least once.

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ZonedDateTime, civil};
use serde_json::{Value, json};

use super::{
    DateAsDateTime, DateOnly, HoursMinutesSeconds, LocalDateTime, OffsetDateTime, Read, Seconds, Wire, Written,
};

fn from_json<W: Wire<T>, T>(json: Value) -> Result<T, String> {
    serde_json::from_value::<Read<W, T>>(json).map(Read::into_value).map_err(|error| error.to_string())
}

fn to_json<W: Wire<T>, T>(value: &T) -> Value {
    serde_json::to_value(Written::<W, T>::new(value)).unwrap()
}

fn moment(text: &str) -> ZonedDateTime {
    from_json::<OffsetDateTime, _>(json!(text)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Asserts that the JSON is rejected with a message that contains `part`.
fn assert_rejected<W: Wire<T>, T: std::fmt::Debug>(json: &Value, part: &str) {
    let message = from_json::<W, T>(json.clone()).unwrap_err();
    assert!(message.contains(part), "{json}: {message}");
}

#[test]
fn a_moment_keeps_the_offset_of_the_server() {
    let begin = moment("2026-11-02T08:00:00+0100");
    assert_eq!(begin.timestamp().to_string(), "2026-11-02T07:00:00Z");
    assert_eq!(begin.offset(), Offset::constant(1));
    assert_eq!(begin.datetime(), civil::date(2026, 11, 2).at(8, 0, 0, 0));
    assert_eq!(begin.to_string(), "2026-11-02T08:00:00+01:00[+01:00]");
    assert_eq!(begin, moment("2026-11-02T07:00:00Z"));
    let (summer, winter) = (moment("2026-10-25T02:30:00+0200"), moment("2026-10-25T02:30:00+0100"));
    assert_eq!(summer.datetime(), winter.datetime());
    assert_eq!(winter.duration_since(&summer), SignedDuration::from_hours(1));
}

#[test]
fn moments_are_written_in_one_form() {
    for (read, written) in [
        ("2026-11-02T08:00:00+0100", "2026-11-02T08:00:00+0100"),
        ("2026-11-02T08:00:00+01:00", "2026-11-02T08:00:00+0100"),
        ("2026-11-02T08:00:00Z", "2026-11-02T08:00:00+0000"),
        ("2026-11-02T08:00:00-0000", "2026-11-02T08:00:00+0000"),
        ("2026-11-02 08:00+0100", "2026-11-02T08:00:00+0100"),
        ("2026-11-02T08:00:00-0330", "2026-11-02T08:00:00-0330"),
        ("2026-11-02T08:00:00-00:30", "2026-11-02T08:00:00-0030"),
        ("2026-11-02T08:00:00.5Z", "2026-11-02T08:00:00.5+0000"),
        ("2026-11-02T08:00:00.120Z", "2026-11-02T08:00:00.12+0000"),
        ("2026-11-02T08:00:00.000Z", "2026-11-02T08:00:00+0000"),
        ("2026-11-02T08:00:00.123456789+0100", "2026-11-02T08:00:00.123456789+0100"),
        ("2026-11-02T08:00:00.000000001Z", "2026-11-02T08:00:00.000000001+0000"),
        ("1890-01-01T00:00:00+005328", "1890-01-01T00:00:00+005328"),
        ("1890-01-01T00:00:00+00:53:28", "1890-01-01T00:00:00+005328"),
        ("-0001-11-30T00:00:00+0000", "-0001-11-30T00:00:00+0000"),
        ("0000-01-01T00:00:00.25Z", "0000-01-01T00:00:00.25+0000"),
    ] {
        assert_eq!(to_json::<OffsetDateTime, _>(&moment(read)), json!(written));
    }
}

#[test]
fn other_moments_are_rejected() {
    for (text, part) in [
        ("", "does not begin with a date"),
        ("tomorrow", "does not begin with a date"),
        ("26-11-02T08:00:00Z", "does not begin with a date"),
        (" 2026-11-02T08:00:00Z", "does not begin with a date"),
        ("2026-11-02", "no time of day"),
        ("2026-11-02T08:00:00", "no UTC offset"),
        ("2026-11-02x08:00:00Z", "not followed by `T`"),
        ("2026-02-30T08:00:00Z", "no such day"),
        ("2026-11-02T24:00:00Z", "no such time"),
        ("2026-11-02T08:60:00Z", "no such time"),
        ("2026-11-02T23:59:60Z", "no such time"),
        ("2026-11-02T8:00:00Z", "not of the form HH:MM"),
        ("2026-11-02T08:00:00.Z", "fraction of a second"),
        ("2026-11-02T08:00:00.1234567890Z", "fraction of a second"),
        ("2026-11-02T08:00:00 CET", "not a UTC offset"),
        ("2026-11-02T08:00:00+1", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+01", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+01:00:0", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+01:0000", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+0160", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+2600", "more than 25:59:59"),
        ("2026-11-02T08:00:00+0100[Europe/Berlin]", "not of the form +HHMM"),
        ("2026-11-02T08:00:00ZZ", "more text after"),
        ("2026-11-02T08:00:00+010000Z", "more text after"),
        ("9999-12-31T23:59:59Z", "outside the supported range"),
        ("-9999-01-01T00:00:00+2559", "outside the supported range"),
        ("２０２６-11-02T08:00:00Z", "does not begin with a date"),
    ] {
        assert_rejected::<OffsetDateTime, _>(&json!(text), part);
    }
}

#[test]
fn the_bounds_hold_at_every_offset() {
    for timestamp in [Timestamp::MIN, Timestamp::MAX] {
        for offset in [Offset::MIN, Offset::MAX, Offset::UTC] {
            let value = timestamp.to_zoned_datetime(TimeZone::fixed(offset));
            let json = to_json::<OffsetDateTime, _>(&value);
            let read = from_json::<OffsetDateTime, _>(json).unwrap();
            assert_eq!((read.timestamp(), read.offset()), (timestamp, offset));
            assert!(!super::write_utc(&timestamp).is_empty());
        }
    }
}

#[test]
fn local_times_are_written_to_the_second() {
    let time = civil::date(2026, 11, 6).at(8, 0, 0, 0);
    for text in [
        "2026-11-06T08:00:00",
        "2026-11-06 08:00:00",
        "2026-11-06T08:00",
        "2026-11-06 08:00",
        "2026-11-06T08:00:00.000",
    ] {
        assert_eq!(from_json::<LocalDateTime, _>(json!(text)).unwrap(), time);
    }
    for (time, text) in [
        (time, "2026-11-06T08:00:00"),
        (civil::date(2026, 11, 6).at(8, 0, 0, 999_999_999), "2026-11-06T08:00:00"),
        (civil::date(-1, 1, 1).at(0, 0, 0, 1), "-0001-01-01T00:00:00"),
    ] {
        assert_eq!(to_json::<LocalDateTime, _>(&time), json!(text));
        assert_eq!(super::write_local_date_time(&time), text);
    }
}

#[test]
fn other_local_times_are_rejected() {
    for (text, part) in [
        ("2026-11-06", "has no time of day; add one"),
        ("2026-11-06T08:00:00Z", "has a UTC offset; remove it"),
        ("2026-11-06T08:00:00+0100", "has a UTC offset; remove it"),
        ("2026-11-06T08:00:00.5", "fraction of a second, which Kimai does not accept"),
        ("2026-11-06T", "not of the form HH:MM"),
        ("2026-11-06T08", "not of the form HH:MM"),
        ("2026-11-06T08:00:", "not of the form HH:MM"),
        ("2026-02-29T08:00", "no such day"),
        ("2026-11-06T08:00:00x", "not a UTC offset"),
    ] {
        assert_rejected::<LocalDateTime, _>(&json!(text), part);
    }
}

#[test]
fn a_moment_is_written_in_utc() {
    for (moment, text) in
        [("2026-11-01T00:30:00.9+01:00", "2026-10-31T23:30:00"), ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59")]
    {
        assert_eq!(super::write_utc(&moment.parse().unwrap()), text);
    }
}

#[test]
fn dates_are_read_from_dates_and_times() {
    let date = civil::date(2026, 1, 1);
    for text in [
        "2026-01-01",
        "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00-1100",
        "2026-01-01T23:59:59.5Z",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00",
    ] {
        assert_eq!(from_json::<DateOnly, _>(json!(text)).unwrap(), date);
        assert_eq!(from_json::<DateAsDateTime, _>(json!(text)).unwrap(), date);
    }
    assert_eq!(to_json::<DateOnly, _>(&date), json!("2026-01-01"));
    assert_eq!(to_json::<DateAsDateTime, _>(&date), json!("2026-01-01T00:00:00"));
    assert_eq!(to_json::<DateOnly, _>(&civil::date(-1, 11, 30)), json!("-0001-11-30"));
}

#[test]
fn other_dates_are_rejected() {
    for (text, part) in [
        ("2026-1-1", "does not begin with a date"),
        ("01.01.2026", "does not begin with a date"),
        ("2026-13-01", "no such day"),
        ("2026-01-01T", "not of the form HH:MM"),
        ("2026-01-01T25:00:00+0100", "no such time of day"),
        ("2026-01-01 ", "not of the form HH:MM"),
        ("2026-01-012", "not followed by `T`"),
    ] {
        assert_rejected::<DateOnly, _>(&json!(text), part);
    }
}

#[test]
fn messages_name_what_was_found_and_what_was_expected() {
    assert_eq!(
        from_json::<OffsetDateTime, _>(json!("2026-11-02")).unwrap_err(),
        "\"2026-11-02\" is not a date and time with a UTC offset: it has no time of day (expected \
         YYYY-MM-DDTHH:MM:SS+HHMM, such as 2026-11-02T08:00:00+0100)"
    );
    assert_eq!(
        from_json::<OffsetDateTime, _>(json!(5)).unwrap_err(),
        "invalid type: integer `5`, expected a date and time with a UTC offset as text of the form \
         YYYY-MM-DDTHH:MM:SS+HHMM, such as 2026-11-02T08:00:00+0100"
    );
    assert_eq!(
        from_json::<DateOnly, _>(json!("2026-02-30")).unwrap_err(),
        "\"2026-02-30\" is not a date: there is no such day in the calendar (expected YYYY-MM-DD, such as 2026-01-01)"
    );
    let long = from_json::<DateOnly, _>(json!("ä".repeat(41))).unwrap_err();
    assert!(long.starts_with(&format!("\"{}…\" is not a date: ", "ä".repeat(39))), "{long}");
    let fits = from_json::<DateOnly, _>(json!("ä".repeat(40))).unwrap_err();
    assert!(fits.starts_with(&format!("\"{}\" is not a date: ", "ä".repeat(40))), "{fits}");
    let escaped = serde_json::from_str::<Read<OffsetDateTime, _>>("\"2026-11-02T08:00:00\\u002b0100\"").unwrap();
    assert_eq!(escaped.into_value(), moment("2026-11-02T08:00:00+0100"));
}

#[test]
fn durations_are_written_as_hours_minutes_and_seconds() {
    for (seconds, text) in [
        (0, "0:00:00"),
        (1, "0:00:01"),
        (7200, "2:00:00"),
        (37805, "10:30:05"),
        (-1800, "-0:30:00"),
        (-1, "-0:00:01"),
        (360_000, "100:00:00"),
        (i64::MAX, "2562047788015215:30:07"),
        (i64::MIN, "-2562047788015215:30:08"),
    ] {
        let value = SignedDuration::from_secs(seconds);
        assert_eq!(to_json::<HoursMinutesSeconds, _>(&value), json!(text));
        assert_eq!(from_json::<HoursMinutesSeconds, _>(json!(text)).unwrap(), value);
    }
    for (text, seconds) in [
        ("2:00", 7200),
        ("10:30", 37800),
        ("010:30:00", 37800),
        ("+1:00", 3600),
        ("-1:00", -3600),
        ("-0:00", 0),
        ("100:59:59", 363_599),
    ] {
        let value = from_json::<HoursMinutesSeconds, _>(json!(text)).unwrap();
        assert_eq!(value, SignedDuration::from_secs(seconds), "{text}");
    }
}

#[test]
fn fractions_of_durations_are_truncated_toward_zero() {
    for (milliseconds, seconds, text) in
        [(1999, 1, "0:00:01"), (-1999, -1, "-0:00:01"), (-999, 0, "0:00:00"), (999, 0, "0:00:00")]
    {
        let value = SignedDuration::from_millis(milliseconds);
        assert_eq!(to_json::<Seconds, _>(&value), json!(seconds));
        assert_eq!(to_json::<HoursMinutesSeconds, _>(&value), json!(text));
    }
}

#[test]
fn other_durations_in_requests_are_rejected() {
    for text in ["2", "7200", "-2", "+2", "2.5", "1e3", "0"] {
        assert_rejected::<HoursMinutesSeconds, _>(&json!(text), "ambiguous, it could be hours or seconds");
    }
    for (text, part) in [
        ("", "does not consist of hours, minutes and seconds"),
        ("nan", "does not consist of hours, minutes and seconds"),
        ("2h", "does not consist of hours, minutes and seconds"),
        ("1:00:00:00", "does not consist of hours, minutes and seconds"),
        (":30", "hours are not a whole number"),
        ("--1:00", "hours are not a whole number"),
        (" 1:00", "hours are not a whole number"),
        ("1.5:00", "hours are not a whole number"),
        ("1:0", "not two digits"),
        ("1:60", "not two digits"),
        ("1:00:60", "not two digits"),
        ("1:00:0", "not two digits"),
        ("1:000", "not two digits"),
        ("1:00 ", "not two digits"),
        ("1:-1", "not two digits"),
        ("1:+1", "not two digits"),
        ("2562047788015215:30:08", "more than 64 bits"),
        ("-2562047788015215:30:09", "more than 64 bits"),
        ("5124095576030431:00", "more than 64 bits"),
        ("99999999999999999999:00", "more than 64 bits"),
    ] {
        assert_rejected::<HoursMinutesSeconds, _>(&json!(text), part);
    }
    assert_eq!(
        from_json::<HoursMinutesSeconds, _>(json!("2h")).unwrap_err(),
        "\"2h\" is not a duration: it does not consist of hours, minutes and seconds with `:` between them (expected \
         H:MM:SS or H:MM, such as 2:00:00)"
    );
}

#[test]
fn durations_are_read_from_seconds() {
    for (json, seconds) in [
        ("7200", 7200),
        ("-60", -60),
        ("7200.0", 7200),
        ("-0.0", 0),
        ("7.2e3", 7200),
        ("\"7200\"", 7200),
        ("\"-60\"", -60),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        ("-9223372036854775808.0", i64::MIN),
    ] {
        let value: Read<Seconds, SignedDuration> = serde_json::from_str(json).unwrap();
        assert_eq!(value.into_value(), SignedDuration::from_secs(seconds), "{json}");
    }
    assert_eq!(to_json::<Seconds, _>(&SignedDuration::from_hours(2)), json!(7200));
}

#[test]
fn durations_are_read_from_nothing_else() {
    for json in [
        "7200.5",
        "9223372036854775808",
        "9223372036854775808.0",
        "1e300",
        "\"\"",
        "\"-\"",
        "\"+5\"",
        "\"2:00:00\"",
        "\"7200.0\"",
        "\"99999999999999999999\"",
        "null",
        "true",
        "[]",
    ] {
        let error = serde_json::from_str::<Read<Seconds, SignedDuration>>(json).err().unwrap().to_string();
        assert!(error.contains("whole number of seconds"), "{error}");
    }
    for number in [f64::NAN, f64::INFINITY] {
        let number = serde::de::value::F64Deserializer::<serde::de::value::Error>::new(number);
        assert!(Seconds::read(number).is_err());
    }
}
