//! Round trips over the whole range of every type, and freedom from panics.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Date, DateTime, Duration, LocalDateTime, TimeError};

pub(super) fn timestamps() -> impl Strategy<Value = Timestamp> {
    (Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond())
        .prop_map(|nanos| Timestamp::from_nanosecond(nanos).unwrap())
}

fn offsets() -> impl Strategy<Value = Offset> {
    (Offset::MIN.seconds()..=Offset::MAX.seconds()).prop_map(|seconds| Offset::from_seconds(seconds).unwrap())
}

pub(super) fn dates() -> impl Strategy<Value = civil::Date> {
    // The days from -9999-01-01 to 9999-12-31, counted from 1970: from elsewhere jiff does not reach all of them.
    (-4_371_587_i64..=2_932_896)
        .prop_map(|days| civil::date(1970, 1, 1).checked_add(SignedDuration::from_hours(days * 24)).unwrap())
}

fn civil_date_times() -> impl Strategy<Value = civil::DateTime> {
    (dates(), 0_i8..24, 0_i8..60, 0_i8..60, 0_i32..1_000_000_000)
        .prop_map(|(date, hour, minute, second, nano)| date.at(hour, minute, second, nano))
}

/// Text which gets further into the parsers than arbitrary text does.
fn near_misses() -> impl Strategy<Value = String> {
    "[-+]?[0-9]{0,5}[-:]?[0-9]{0,3}[-:]?[0-9]{0,3}[T ]?[0-9]{0,3}:?[0-9]{0,3}:?[0-9]{0,3}\
     [.]?[0-9]{0,10}[-+Zé]?[0-9]{0,3}:?[0-9]{0,3}"
}

fn assert_round_trip<T>(value: &T)
where
    T: FromStr<Err = TimeError> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    assert_eq!(value.to_string().parse::<T>().unwrap(), *value);
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value);
}

/// Nothing is asserted but the absence of panics, and that what is read can be written and read again.
fn assert_no_panic<T>(text: &str)
where
    T: FromStr<Err = TimeError> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    match text.parse::<T>() {
        Ok(value) => assert_round_trip(&value),
        Err(error) => assert!(error.input().chars().count() <= 40 && !error.to_string().is_empty()),
    }
    let json = serde_json::to_string(text).unwrap();
    let _ = serde_json::from_str::<T>(&json);
    let _ = serde_json::from_str::<T>(text);
}

fn assert_no_panic_of_any_type(text: &str) {
    assert_no_panic::<DateTime>(text);
    assert_no_panic::<LocalDateTime>(text);
    assert_no_panic::<Date>(text);
    assert_no_panic::<Duration>(text);
}

#[test]
fn date_strategy_covers_the_range() {
    let last = civil::Date::MIN.saturating_add(SignedDuration::from_hours(7_304_483 * 24));
    assert_eq!(last, civil::Date::MAX);
    assert_eq!(last.yesterday().unwrap().tomorrow().unwrap(), last);
    assert_round_trip(&Date::from(civil::Date::MIN));
    assert_round_trip(&Date::from(civil::Date::MAX));
    assert_round_trip(&LocalDateTime::from(civil::DateTime::MIN));
    assert_round_trip(&LocalDateTime::from(civil::DateTime::MAX));
}

proptest! {
    #[test]
    fn date_time_round_trips(timestamp in timestamps(), offset in offsets()) {
        let value = DateTime::new(timestamp, offset);
        assert_round_trip(&value);
        prop_assert_eq!(value.timestamp(), timestamp);
        prop_assert_eq!(value.offset(), offset);
        let local = value.to_string().parse::<Date>().unwrap();
        prop_assert_eq!(local, value.local().date());
        let utc = value.utc_wire().parse::<LocalDateTime>().unwrap();
        prop_assert_eq!(utc, DateTime::from(timestamp).local());
    }

    #[test]
    fn date_time_order_agrees_with_equality(
        a in timestamps(), b in timestamps(), x in offsets(), y in offsets(),
    ) {
        let (one, two) = (DateTime::new(a, x), DateTime::new(b, y));
        prop_assert_eq!(one.cmp(&two), a.cmp(&b).then(x.cmp(&y)));
        let same_moment = DateTime::new(a, y);
        prop_assert_eq!(one == same_moment, one.cmp(&same_moment).is_eq());
    }

    #[test]
    fn local_date_time_round_trips(civil in civil_date_times()) {
        let value = LocalDateTime::from(civil);
        assert_round_trip(&value);
        prop_assert_eq!(value.civil().subsec_nanosecond(), 0);
        prop_assert_eq!(value.civil().second(), civil.second());
        prop_assert_eq!(LocalDateTime::from(value.civil()), value);
    }

    #[test]
    fn date_round_trips(civil in dates()) {
        let value = Date::from(civil);
        assert_round_trip(&value);
        prop_assert_eq!(value.civil(), civil);
        prop_assert_eq!(value.at_midnight().date(), value);
        prop_assert_eq!(value.at_midnight().to_string().parse::<Date>().unwrap(), value);
    }

    #[test]
    fn duration_round_trips(secs in any::<i64>()) {
        let value = Duration::from_secs(secs);
        assert_round_trip(&value);
        prop_assert_eq!(value.as_secs(), secs);
    }

    #[test]
    fn duration_arithmetic_saturates(a in any::<i64>(), b in any::<i64>()) {
        let (one, two) = (Duration::from_secs(a), Duration::from_secs(b));
        prop_assert_eq!((one + two).as_secs(), a.saturating_add(b));
        prop_assert_eq!((one - two).as_secs(), a.saturating_sub(b));
    }

    #[test]
    fn constructors_do_not_panic(
        year in any::<i16>(), parts in any::<(i8, i8, i8, i8, i8)>(), number in any::<i64>(),
    ) {
        let (month, day, hour, minute, second) = parts;
        let _ = Date::new(year, month, day);
        let _ = LocalDateTime::new(year, month, day, hour, minute, second);
        let _ = Duration::from_mins(number);
        let _ = Duration::from_hours(number);
    }

    #[test]
    fn arbitrary_text_does_not_panic(text in any::<String>()) {
        assert_no_panic_of_any_type(&text);
    }

    #[test]
    fn near_misses_do_not_panic(text in near_misses()) {
        assert_no_panic_of_any_type(&text);
    }

    #[test]
    fn arbitrary_floats_do_not_panic(number in any::<f64>()) {
        let _ = serde_json::from_str::<Duration>(&number.to_string());
    }
}
