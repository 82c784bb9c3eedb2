//! Conversions from and to chrono's types.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, TimeDelta};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};
use proptest::prelude::*;

use super::property_tests::{dates, timestamps};
use super::tests::parse;
use super::{Date, DateTime, Duration, LocalDateTime};

#[test]
fn moments_keep_their_offset() {
    let answered: DateTime = parse("2026-11-02T08:00:00+0100");
    let converted = chrono::DateTime::<FixedOffset>::try_from(answered).unwrap();
    assert_eq!(format!("{converted:?}"), "2026-11-02T08:00:00+01:00");
    assert_eq!(DateTime::try_from(converted).unwrap(), answered);
    assert_eq!(DateTime::try_from(converted.to_utc()).unwrap(), parse("2026-11-02T07:00:00Z"));
    let before_1970: DateTime = parse("1969-12-31T23:59:58.25Z");
    let converted = chrono::DateTime::<FixedOffset>::try_from(before_1970).unwrap();
    assert_eq!(format!("{converted:?}"), "1969-12-31T23:59:58.250+00:00");
    assert_eq!(DateTime::try_from(converted).unwrap(), before_1970);
}

#[test]
fn what_one_of_the_two_does_not_have_is_an_error() {
    let leap = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap().and_hms_milli_opt(23, 59, 59, 1_500).unwrap();
    let error = DateTime::try_from(leap.and_utc()).unwrap_err();
    assert_eq!(error.problem(), "it is within a leap second; take the second before or after it");
    assert!(LocalDateTime::try_from(leap).is_err());
    for date in [NaiveDate::MIN, NaiveDate::MAX] {
        assert!(Date::try_from(date).unwrap_err().problem().contains("years -9999 to 9999"));
        let midnight = date.and_hms_opt(0, 0, 0).unwrap();
        assert!(LocalDateTime::try_from(midnight).is_err());
        assert!(DateTime::try_from(midnight.and_utc()).is_err());
    }
    let far_east = DateTime::new(Timestamp::UNIX_EPOCH, Offset::MAX);
    let error = chrono::DateTime::<FixedOffset>::try_from(far_east).unwrap_err();
    assert_eq!(error.problem(), "its offset is a day or more, which chrono does not have");
    assert!(TimeDelta::try_from(Duration::MAX).is_err());
}

#[test]
fn the_ends_of_the_calendar_are_the_same_days() {
    assert_eq!(NaiveDate::from(Date::from(civil::Date::MIN)), NaiveDate::from_ymd_opt(-9999, 1, 1).unwrap());
    assert_eq!(NaiveDate::from(Date::from(civil::Date::MAX)), NaiveDate::from_ymd_opt(9999, 12, 31).unwrap());
    let last = NaiveDateTime::from(LocalDateTime::from(civil::DateTime::MAX));
    assert_eq!(last.to_string(), "9999-12-31 23:59:59");
}

#[test]
fn fractions_are_cut() {
    let time = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap().and_hms_milli_opt(8, 0, 0, 999).unwrap();
    assert_eq!(LocalDateTime::try_from(time).unwrap(), parse("2026-11-01T08:00:00"));
    assert_eq!(Duration::from(TimeDelta::milliseconds(-1_999)), Duration::from_secs(-1));
}

proptest! {
    #[test]
    fn round_trips(
        day in dates(),
        second in 0_i64..86_400,
        timestamp in timestamps(),
        offset in -86_399_i32..=86_399,
        length in -9_000_000_000_000_000_i64..=9_000_000_000_000_000,
    ) {
        prop_assert_eq!(Date::try_from(NaiveDate::from(Date::from(day))).unwrap(), Date::from(day));
        let local = LocalDateTime::from(day.at(0, 0, 0, 0).saturating_add(SignedDuration::from_secs(second)));
        prop_assert_eq!(LocalDateTime::try_from(NaiveDateTime::from(local)).unwrap(), local);
        let moment = DateTime::new(timestamp, Offset::from_seconds(offset).unwrap());
        let there = chrono::DateTime::<FixedOffset>::try_from(moment).unwrap();
        prop_assert_eq!(DateTime::try_from(there).unwrap(), moment);
        let duration = Duration::from_secs(length);
        prop_assert_eq!(Duration::from(TimeDelta::try_from(duration).unwrap()), duration);
    }
}
