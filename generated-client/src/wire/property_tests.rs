//! Round trips over the whole range of every type, and freedom from panics.

use std::fmt::Debug;

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, civil};
use proptest::prelude::*;

use super::{
    DateAsDateTime, DateOnly, HoursMinutesSeconds, LocalDateTime, OffsetDateTime, Read, Seconds, Wire, Written,
};

fn timestamps() -> impl Strategy<Value = Timestamp> {
    (Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond())
        .prop_map(|nanos| Timestamp::from_nanosecond(nanos).unwrap())
}

fn offsets() -> impl Strategy<Value = Offset> {
    (Offset::MIN.seconds()..=Offset::MAX.seconds()).prop_map(|seconds| Offset::from_seconds(seconds).unwrap())
}

fn dates() -> impl Strategy<Value = civil::Date> {
    // The days from -9999-01-01 to 9999-12-31, counted from 1970: from elsewhere jiff does not reach all of them.
    (-4_371_587_i64..=2_932_896)
        .prop_map(|days| civil::date(1970, 1, 1).checked_add(SignedDuration::from_hours(days * 24)).unwrap())
}

fn date_times() -> impl Strategy<Value = civil::DateTime> {
    (dates(), 0_i8..24, 0_i8..60, 0_i8..60, 0_i32..1_000_000_000)
        .prop_map(|(date, hour, minute, second, nano)| date.at(hour, minute, second, nano))
}

/// Text which gets further into the parsers than arbitrary text does.
fn near_misses() -> impl Strategy<Value = String> {
    "[-+]?[0-9]{0,5}[-:]?[0-9]{0,3}[-:]?[0-9]{0,3}[T ]?[0-9]{0,3}:?[0-9]{0,3}:?[0-9]{0,3}\
     [.]?[0-9]{0,10}[-+Zé]?[0-9]{0,3}:?[0-9]{0,3}"
}

fn round_trip<W: Wire<T>, T>(value: &T) -> T {
    let json = serde_json::to_string(&Written::<W, T>::new(value)).unwrap();
    serde_json::from_str::<Read<W, T>>(&json).unwrap().into_value()
}

/// Nothing is asserted but the absence of panics, and that values that are read can be written and read again.
fn assert_no_panic<W: Wire<T>, T: Debug + PartialEq>(text: &str) {
    let json = serde_json::to_string(text).unwrap();
    for json in [json.as_str(), text] {
        if let Ok(read) = serde_json::from_str::<Read<W, T>>(json) {
            let value = read.into_value();
            assert_eq!(round_trip::<W, T>(&value), value);
        }
    }
}

fn assert_no_panic_of_any_encoding(text: &str) {
    assert_no_panic::<OffsetDateTime, _>(text);
    assert_no_panic::<LocalDateTime, _>(text);
    assert_no_panic::<DateOnly, _>(text);
    assert_no_panic::<DateAsDateTime, _>(text);
    assert_no_panic::<Seconds, _>(text);
    assert_no_panic::<HoursMinutesSeconds, _>(text);
}

#[test]
fn date_strategy_covers_the_range() {
    let last = civil::Date::MIN.saturating_add(SignedDuration::from_hours(7_304_483 * 24));
    assert_eq!(last, civil::Date::MAX);
    assert_eq!(last.yesterday().unwrap().tomorrow().unwrap(), last);
    for date in [civil::Date::MIN, civil::Date::MAX] {
        assert_eq!(round_trip::<DateOnly, _>(&date), date);
        assert_eq!(round_trip::<DateAsDateTime, _>(&date), date);
    }
}

proptest! {
    #[test]
    fn moments_round_trip(timestamp in timestamps(), offset in offsets()) {
        let value = timestamp.to_zoned_datetime(TimeZone::fixed(offset));
        let read = round_trip::<OffsetDateTime, _>(&value);
        prop_assert_eq!(read.timestamp(), timestamp);
        prop_assert_eq!(read.offset(), offset);
        prop_assert_eq!(read.datetime(), value.datetime());
        let json = serde_json::to_string(&Written::<OffsetDateTime, _>::new(&value)).unwrap();
        let date: Read<DateOnly, civil::Date> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(date.into_value(), value.date());
        let utc = serde_json::to_string(&super::write_utc(&timestamp)).unwrap();
        let utc: Read<LocalDateTime, civil::DateTime> = serde_json::from_str(&utc).unwrap();
        let written = Offset::UTC.to_timestamp(utc.into_value()).unwrap();
        prop_assert!(written <= timestamp && timestamp.duration_since(written) < SignedDuration::from_secs(1));
    }

    #[test]
    fn local_times_round_trip_to_the_second(value in date_times()) {
        let read = round_trip::<LocalDateTime, _>(&value);
        prop_assert_eq!(read, value.date().at(value.hour(), value.minute(), value.second(), 0));
    }

    #[test]
    fn dates_round_trip(value in dates()) {
        prop_assert_eq!(round_trip::<DateOnly, _>(&value), value);
        prop_assert_eq!(round_trip::<DateAsDateTime, _>(&value), value);
    }

    #[test]
    fn durations_round_trip_to_the_second(seconds in any::<i64>(), nanoseconds in 0_i32..1_000_000_000) {
        let nanoseconds = if seconds < 0 { -nanoseconds } else { nanoseconds };
        let value = SignedDuration::new(seconds, nanoseconds);
        prop_assert_eq!(round_trip::<Seconds, _>(&value), SignedDuration::from_secs(seconds));
        prop_assert_eq!(round_trip::<HoursMinutesSeconds, _>(&value), SignedDuration::from_secs(seconds));
    }

    #[test]
    fn arbitrary_text_does_not_panic(text in any::<String>()) {
        assert_no_panic_of_any_encoding(&text);
    }

    #[test]
    fn near_misses_do_not_panic(text in near_misses()) {
        assert_no_panic_of_any_encoding(&text);
    }

    #[test]
    fn arbitrary_floats_do_not_panic(number in any::<f64>()) {
        assert_no_panic::<Seconds, _>(&number.to_string());
    }
}
