//! Literal cases of durations, each rule at least once.

use jiff::SignedDuration;
use serde_json::json;

use super::{Duration, TimeKind};

#[test]
fn is_written_as_hours_minutes_seconds() {
    for (secs, wire) in [
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
        let value = Duration::from_secs(secs);
        assert_eq!(value.to_wire(), wire);
        assert_eq!(value.to_string(), wire);
        assert_eq!(wire.parse::<Duration>().unwrap(), value);
    }
    let value = Duration::from_hours(2);
    assert_eq!(format!("{value:?}"), "Duration(2:00:00)");
    assert_eq!(format!("{value:>9}"), "  2:00:00");
}

#[test]
fn reads_text_with_colons() {
    for (text, secs) in [
        ("2:00", 7200),
        ("10:30", 37800),
        ("010:30:00", 37800),
        ("+1:00", 3600),
        ("-1:00", -3600),
        ("-0:00:01", -1),
        ("-0:00", 0),
        ("100:59:59", 363_599),
    ] {
        assert_eq!(text.parse::<Duration>().unwrap().as_secs(), secs, "{text}");
    }
}

#[test]
fn refuses_plain_numbers_as_ambiguous() {
    for text in ["2", "7200", "-2", "+2", "2.5", "1e3", "0"] {
        let error = text.parse::<Duration>().unwrap_err();
        assert_eq!(error.kind(), TimeKind::Duration);
        let message = error.to_string();
        assert!(message.contains("ambiguous"), "{message}");
        assert!(message.contains("hours or seconds"), "{message}");
        assert!(message.contains("from_secs"), "{message}");
        assert!(message.contains("from_hours"), "{message}");
    }
}

#[test]
fn refuses_other_text() {
    for (text, part) in [
        ("", "not hours, minutes and seconds"),
        ("nan", "not hours, minutes and seconds"),
        ("2h", "not hours, minutes and seconds"),
        ("1:00:00:00", "not hours, minutes and seconds"),
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
        ("2562047788015215:30:08", "longer than 64 bits"),
        ("-2562047788015215:30:09", "longer than 64 bits"),
        ("5124095576030431:00", "longer than 64 bits"),
        ("99999999999999999999:00", "longer than 64 bits"),
    ] {
        let message = text.parse::<Duration>().unwrap_err().to_string();
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn is_made_from_units_and_saturates() {
    assert_eq!(Duration::from_mins(90).as_secs(), 5400);
    assert_eq!(Duration::from_hours(-2).as_secs(), -7200);
    assert_eq!(Duration::from_mins(i64::MAX), Duration::MAX);
    assert_eq!(Duration::from_hours(i64::MIN), Duration::MIN);
    assert_eq!(Duration::default(), Duration::ZERO);
    assert!(Duration::MIN < Duration::ZERO && Duration::ZERO < Duration::MAX);
}

#[test]
fn adds_and_saturates() {
    let hour = Duration::from_hours(1);
    let minute = Duration::from_mins(1);
    assert_eq!(hour + minute, Duration::from_mins(61));
    assert_eq!(minute - hour, Duration::from_mins(-59));
    assert_eq!(Duration::MAX + hour, Duration::MAX);
    assert_eq!(Duration::MIN - hour, Duration::MIN);
    let all = [hour, minute, minute];
    assert_eq!(all.iter().sum::<Duration>(), Duration::from_mins(62));
    assert_eq!(all.into_iter().sum::<Duration>(), Duration::from_mins(62));
    let none: [Duration; 0] = [];
    assert_eq!(none.iter().sum::<Duration>(), Duration::ZERO);
}

#[test]
fn converts() {
    use std::time::Duration as Std;

    let value = Duration::from_secs(90);
    assert_eq!(Duration::try_from(Std::from_millis(90_999)).unwrap(), value);
    assert_eq!(Std::try_from(value).unwrap(), Std::from_secs(90));
    let error = Duration::try_from(Std::MAX).unwrap_err().to_string();
    assert!(error.contains("longer than 64 bits"), "{error}");
    let error = Std::try_from(Duration::from_secs(-1)).unwrap_err().to_string();
    assert!(error.contains("negative"), "{error}");
    assert_eq!(Duration::from(SignedDuration::from_millis(-1500)).as_secs(), -1);
    assert_eq!(SignedDuration::from(value), SignedDuration::from_secs(90));
    assert_eq!(Duration::from(SignedDuration::from(Duration::MIN)), Duration::MIN);
}

#[test]
fn deserializes_seconds() {
    for (json, secs) in [
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
        let value: Duration = serde_json::from_str(json).unwrap();
        assert_eq!(value.as_secs(), secs, "{json}");
    }
    assert_eq!(serde_json::to_value(Duration::from_hours(2)).unwrap(), json!(7200));
}

#[test]
fn deserializes_nothing_else() {
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
        let error = serde_json::from_str::<Duration>(json).unwrap_err();
        let message = error.to_string();
        assert!(message.contains("whole number of seconds"), "{message}");
    }
    let nan = serde::de::value::F64Deserializer::<serde::de::value::Error>::new(f64::NAN);
    assert!(<Duration as serde::Deserialize>::deserialize(nan).is_err());
    let infinite = serde::de::value::F64Deserializer::<serde::de::value::Error>::new(f64::INFINITY);
    assert!(<Duration as serde::Deserialize>::deserialize(infinite).is_err());
}
