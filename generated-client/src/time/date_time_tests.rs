//! Literal cases of moments with an offset, each rule at least once.

use std::collections::HashSet;

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::DateTime;
use super::tests::{assert_refused, parse};

#[test]
fn date_time_reads_what_the_server_sends() {
    let value: DateTime = parse("2026-11-02T08:00:00+0100");
    assert_eq!(value.timestamp().to_string(), "2026-11-02T07:00:00Z");
    assert_eq!(value.offset(), Offset::constant(1));
    assert_eq!(value.local(), parse("2026-11-02T08:00:00"));
    assert_eq!(value.to_string(), "2026-11-02T08:00:00+0100");
    assert_eq!(format!("{value:?}"), "DateTime(2026-11-02T08:00:00+0100)");
}

#[test]
fn date_time_is_written_in_one_form() {
    for (read, written) in [
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
        assert_eq!(parse::<DateTime>(read).to_string(), written);
    }
}

#[test]
fn date_time_refuses_the_rest() {
    for (text, part) in [
        ("", "does not begin with a date"),
        ("tomorrow", "does not begin with a date"),
        ("26-11-02T08:00:00Z", "does not begin with a date"),
        (" 2026-11-02T08:00:00Z", "does not begin with a date"),
        ("2026-11-02", "no time of day"),
        ("2026-11-02T08:00:00", "no UTC offset"),
        ("2026-11-02x08:00:00Z", "something else than `T`"),
        ("2026-02-30T08:00:00Z", "no such day"),
        ("2026-11-02T24:00:00Z", "no such time"),
        ("2026-11-02T08:60:00Z", "no such time"),
        ("2026-11-02T23:59:60Z", "no such time"),
        ("2026-11-02T8:00:00Z", "not of the form HH:MM"),
        ("2026-11-02T08:00:00.Z", "fraction of a second"),
        ("2026-11-02T08:00:00.1234567890Z", "fraction of a second"),
        ("2026-11-02T08:00:00 CET", "something else than a UTC"),
        ("2026-11-02T08:00:00+1", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+01", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+01:00:0", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+01:0000", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+0160", "not of the form +HHMM"),
        ("2026-11-02T08:00:00+2600", "more than 25:59:59"),
        ("2026-11-02T08:00:00+0100[Europe/Berlin]", "not of the form +HHMM"),
        ("2026-11-02T08:00:00ZZ", "something follows"),
        ("2026-11-02T08:00:00+010000Z", "something follows"),
        ("9999-12-31T23:59:59Z", "outside the supported range"),
        ("-9999-01-01T00:00:00+2559", "outside the supported range"),
        ("２０２６-11-02T08:00:00Z", "does not begin with a date"),
    ] {
        assert_refused::<DateTime>(text, part);
    }
}

#[test]
fn date_time_compares_moment_then_offset() {
    let berlin: DateTime = parse("2026-11-02T08:00:00+0100");
    let utc: DateTime = parse("2026-11-02T07:00:00+0000");
    let later: DateTime = parse("2026-11-02T07:00:01-0500");
    assert_ne!(berlin, utc);
    assert!(utc < berlin);
    assert!(berlin < later);
    assert_eq!(berlin, parse("2026-11-02T08:00:00+01:00"));
    assert_eq!(HashSet::from([berlin, utc, berlin]).len(), 2);
}

#[test]
fn date_time_converts() {
    let moment: Timestamp = "2026-11-02T07:00:00Z".parse().unwrap();
    assert_eq!(DateTime::from(moment).to_string(), "2026-11-02T07:00:00+0000");
    assert_eq!(Timestamp::from(DateTime::from(moment)), moment);
    let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let zoned = moment.to_zoned_datetime(berlin);
    assert_eq!(DateTime::from(&zoned).to_string(), "2026-11-02T08:00:00+0100");
    assert_eq!(DateTime::from(zoned.clone()), DateTime::from(&zoned));
}

#[test]
fn date_time_keeps_both_offsets_of_a_repeated_hour() {
    let summer: DateTime = parse("2026-10-25T02:30:00+0200");
    let winter: DateTime = parse("2026-10-25T02:30:00+0100");
    assert_eq!(summer.local(), winter.local());
    assert_eq!(winter.timestamp().duration_since(summer.timestamp()), SignedDuration::from_hours(1));
}

#[test]
fn date_time_in_utc_for_modified_after() {
    let value: DateTime = parse("2026-11-01T00:30:00.9+0100");
    assert_eq!(value.utc_wire(), "2026-10-31T23:30:00");
    assert_eq!(value.local().to_string(), "2026-11-01T00:30:00");
    let ancient: DateTime = parse("1969-12-31T23:59:59.9Z");
    assert_eq!(ancient.utc_wire(), "1969-12-31T23:59:59");
}

#[test]
fn date_time_bounds_hold_at_every_offset() {
    for moment in [Timestamp::MIN, Timestamp::MAX] {
        for offset in [Offset::MIN, Offset::MAX, Offset::UTC] {
            let value = DateTime::new(moment, offset);
            assert_eq!(parse::<DateTime>(&value.to_string()), value);
            assert!(!value.utc_wire().is_empty());
        }
    }
}
