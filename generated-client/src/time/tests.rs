//! Literal cases of local dates and times, dates, JSON forms and errors, each rule at least once.

use std::fmt::Debug;
use std::str::FromStr;

use jiff::civil;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Date, DateTime, Duration, LocalDateTime, TimeError, TimeKind};

pub(super) fn parse<T: FromStr<Err = TimeError>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Asserts that `text` is refused with a message which holds `part`.
pub(super) fn assert_refused<T: FromStr<Err = TimeError> + Debug>(text: &str, part: &str) {
    let message = text.parse::<T>().unwrap_err().to_string();
    assert!(message.contains(part), "{text}: {message}");
}

fn from_json<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

#[test]
fn local_date_time_forms() {
    let value = LocalDateTime::new(2026, 11, 6, 8, 0, 0).unwrap();
    for text in [
        "2026-11-06T08:00:00",
        "2026-11-06 08:00:00",
        "2026-11-06T08:00",
        "2026-11-06 08:00",
        "2026-11-06T08:00:00.000",
    ] {
        assert_eq!(parse::<LocalDateTime>(text), value);
    }
    assert_eq!(value.to_string(), "2026-11-06T08:00:00");
    assert_eq!(format!("{value:?}"), "LocalDateTime(2026-11-06T08:00:00)");
    assert_eq!(format!("{value:>20}|"), " 2026-11-06T08:00:00|");
    assert_eq!(value.civil().strftime(LocalDateTime::FORMAT).to_string(), value.to_string());
    assert!(value < LocalDateTime::new(2026, 11, 6, 8, 0, 1).unwrap());
}

#[test]
fn local_date_time_refuses_the_rest() {
    for (text, part) in [
        ("2026-11-06", "has no time of day; add one"),
        ("2026-11-06T08:00:00Z", "leave the offset out"),
        ("2026-11-06T08:00:00+0100", "leave the offset out"),
        ("2026-11-06T08:00:00.5", "leave the fraction out"),
        ("2026-11-06T", "not of the form HH:MM"),
        ("2026-11-06T08", "not of the form HH:MM"),
        ("2026-11-06T08:00:", "not of the form HH:MM"),
        ("2026-02-29T08:00", "no such day"),
        ("2026-11-06T08:00:00x", "something else than a UTC offset"),
    ] {
        assert_refused::<LocalDateTime>(text, part);
    }
    let error = LocalDateTime::new(2026, 2, 30, 8, 0, 0).unwrap_err();
    assert_eq!(error.input(), "2026-02-30T08:00:00");
    assert!(LocalDateTime::new(2026, 2, 28, 24, 0, 0).is_err());
    assert!(LocalDateTime::new(i16::MIN, i8::MIN, i8::MIN, i8::MIN, i8::MIN, i8::MIN).is_err());
}

#[test]
fn local_date_time_converts() {
    let civil = civil::date(2026, 11, 6).at(8, 0, 0, 0);
    let value = LocalDateTime::from(civil::date(2026, 11, 6).at(8, 0, 0, 999_999_999));
    assert_eq!(value.civil(), civil);
    assert_eq!(civil::DateTime::from(value), civil);
    assert_eq!(value.date(), Date::new(2026, 11, 6).unwrap());
    let ancient = LocalDateTime::from(civil::date(-1, 1, 1).at(0, 0, 0, 1));
    assert_eq!(ancient.to_string(), "-0001-01-01T00:00:00");
}

#[test]
fn date_forms() {
    let value = Date::new(2026, 1, 1).unwrap();
    for text in [
        "2026-01-01",
        "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00-1100",
        "2026-01-01T23:59:59.5Z",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00",
    ] {
        assert_eq!(parse::<Date>(text), value);
        assert_eq!(from_json::<Date>(json!(text)).unwrap(), value);
    }
    assert_eq!(value.to_string(), "2026-01-01");
    assert_eq!(format!("{value:?}"), "Date(2026-01-01)");
    assert_eq!(value.at_midnight(), parse("2026-01-01T00:00:00"));
    assert_eq!(civil::Date::from(value), value.civil());
    assert_eq!(Date::from(civil::date(2026, 1, 1)), value);
    assert!(value < Date::new(2026, 1, 2).unwrap());
}

#[test]
fn date_refuses_the_rest() {
    for (text, part) in [
        ("2026-1-1", "does not begin with a date"),
        ("01.01.2026", "does not begin with a date"),
        ("2026-13-01", "no such day"),
        ("2026-01-01T", "not of the form HH:MM"),
        ("2026-01-01T25:00:00+0100", "no such time of day"),
        ("2026-01-01 ", "not of the form HH:MM"),
        ("2026-01-012", "something else than `T`"),
    ] {
        assert_refused::<Date>(text, part);
    }
    let error = Date::new(2026, 2, 30).unwrap_err();
    assert_eq!(
        error.to_string(),
        "\"2026-02-30\" is not a date: there is no such day in the calendar \
         (expected YYYY-MM-DD, such as 2026-01-01)"
    );
}

#[test]
fn values_of_text_serialize_as_displayed() {
    let date_time: DateTime = parse("2026-11-02T08:00:00+0100");
    assert_eq!(serde_json::to_value(date_time).unwrap(), json!("2026-11-02T08:00:00+0100"));
    let local: LocalDateTime = parse("2026-11-01T00:00");
    assert_eq!(serde_json::to_value(local).unwrap(), json!("2026-11-01T00:00:00"));
    let date: Date = parse("2026-01-01");
    assert_eq!(serde_json::to_value(date).unwrap(), json!("2026-01-01"));
    assert_eq!(serde_json::from_str::<DateTime>("\"2026-11-02T08:00:00\\u002b0100\"").unwrap(), date_time);
}

#[test]
fn values_of_text_explain_other_json() {
    let message = from_json::<DateTime>(json!(5)).unwrap_err();
    assert!(message.contains("invalid type: integer `5`"), "{message}");
    assert!(message.contains("2026-11-02T08:00:00+0100"), "{message}");
    let message = from_json::<LocalDateTime>(json!("2026-11-01T00:00:00Z")).unwrap_err();
    assert!(message.contains("leave the offset out"), "{message}");
    assert!(from_json::<Date>(Value::Null).is_err());
}

#[test]
fn error_carries_kind_and_short_input() {
    let long = "ä".repeat(41);
    let error = long.parse::<Date>().unwrap_err();
    assert_eq!(error.kind(), TimeKind::Date);
    assert_eq!(error.input(), format!("{}…", "ä".repeat(39)));
    let fits = "ä".repeat(40);
    assert_eq!(fits.parse::<Date>().unwrap_err().input(), fits);
    assert_eq!(error.problem(), "it does not begin with a date");
    let error = "\n".parse::<Duration>().unwrap_err();
    assert!(error.to_string().starts_with(r#""\n" is not a duration"#));
}
