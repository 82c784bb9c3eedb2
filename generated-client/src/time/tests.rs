//! Moments and local times where the clocks are set back and forth.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ZonedDateTime, civil};
use proptest::prelude::*;

use super::{RepeatedLocalTime, to_local};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn local(moment: &str, name: &str) -> Result<String, RepeatedLocalTime> {
    let moment: Timestamp = moment.parse().unwrap();
    to_local(moment, &zone(name)).map(|local| local.to_string())
}

fn read(local: &str, name: &str) -> ZonedDateTime {
    zone(name).to_ambiguous_zoned_datetime(local.parse().unwrap()).compatible().unwrap()
}

#[test]
fn a_moment_is_what_the_clocks_of_the_zone_show() {
    assert_eq!(local("2026-11-02T07:00:00Z", "Europe/Berlin").unwrap(), "2026-11-02T08:00:00");
    assert_eq!(local("2026-11-02T07:00:00.9Z", "America/New_York").unwrap(), "2026-11-02T02:00:00");
    assert_eq!(local("1969-12-31T23:59:59.9Z", "UTC").unwrap(), "1969-12-31T23:59:59");
    assert_eq!(local("2026-06-15T21:30:00Z", "Europe/Berlin").unwrap(), "2026-06-15T23:30:00");
    let begin = "2026-11-02T07:00:00Z".parse::<Timestamp>().unwrap().to_zoned_datetime(zone("Europe/Berlin"));
    assert_eq!(to_local(&begin, &zone("America/New_York")).unwrap(), civil::date(2026, 11, 2).at(2, 0, 0, 0));
    assert_eq!(to_local(begin, &zone("UTC")).unwrap(), civil::date(2026, 11, 2).at(7, 0, 0, 0));
}

#[test]
fn the_second_pass_of_a_repeated_time_is_an_error_with_both_moments() {
    // The clocks in Berlin show 02:30 at 00:30 and at 01:30 UTC.
    assert_eq!(local("2026-10-25T00:30:00Z", "Europe/Berlin").unwrap(), "2026-10-25T02:30:00");
    let error = local("2026-10-25T01:30:00.5Z", "Europe/Berlin").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the clocks in Europe/Berlin show 2026-10-25T02:30:00 twice: Kimai would read it as 2026-10-25T02:30:00+0200, \
         not as 2026-10-25T02:30:00+0100"
    );
    assert_eq!(error.local_time(), civil::date(2026, 10, 25).at(2, 30, 0, 0));
    assert_eq!(error.moment().timestamp().to_string(), "2026-10-25T01:30:00.5Z");
    assert_eq!(error.read_as().timestamp().to_string(), "2026-10-25T00:30:00Z");
    assert_eq!(local("2026-10-25T02:00:00Z", "Europe/Berlin").unwrap(), "2026-10-25T03:00:00");
    // Half an hour in one place.
    let error = local("2026-04-04T15:15:00Z", "Australia/Lord_Howe").unwrap_err();
    assert_eq!(error.moment().duration_since(error.read_as()), SignedDuration::from_mins(30));
    // A zone without a name.
    let rules = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let error = to_local("2026-10-25T01:30:00Z".parse::<Timestamp>().unwrap(), &rules).unwrap_err();
    assert!(error.to_string().starts_with("the clocks show 2026-10-25T02:30:00 twice: "), "{error}");
}

#[test]
fn a_local_time_is_read_as_kimai_reads_it() {
    assert_eq!(read("2026-11-02T08:00:00", "Europe/Berlin").timestamp().to_string(), "2026-11-02T07:00:00Z");
    assert_eq!(read("2026-10-25T02:30:00", "Europe/Berlin").timestamp().to_string(), "2026-10-25T00:30:00Z");
    assert_eq!(read("2026-03-29T02:30:00", "Europe/Berlin").timestamp().to_string(), "2026-03-29T01:30:00Z");
    for (never_or_twice, name) in [
        ("2026-10-25T02:30:00", "Europe/Berlin"),
        ("2026-03-29T02:30:00", "Europe/Berlin"),
        ("2026-04-05T01:45:00", "Australia/Lord_Howe"),
        ("2011-12-30T12:00:00", "Pacific/Apia"),
    ] {
        let local: civil::DateTime = never_or_twice.parse().unwrap();
        assert!(zone(name).to_ambiguous_zoned_datetime(local).unambiguous().is_err(), "{never_or_twice}");
    }
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    for moment in [Timestamp::MIN, Timestamp::MAX] {
        for name in ["Europe/Berlin", "Pacific/Kiritimati", "UTC"] {
            assert!(to_local(moment, &zone(name)).is_ok());
        }
    }
}

const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "UTC"];

proptest! {
    #[test]
    fn a_local_time_is_read_as_the_moment_that_was_meant(
        seconds in -2_000_000_000_i64..4_000_000_000, index in 0..ZONES.len(),
    ) {
        let moment = Timestamp::from_second(seconds).unwrap();
        let zone = zone(ZONES[index]);
        let read = |local| zone.to_ambiguous_zoned_datetime(local).compatible().unwrap().timestamp();
        match to_local(moment, &zone) {
            Ok(local) => prop_assert_eq!(read(local), moment),
            Err(error) => {
                prop_assert_eq!(read(error.local_time()), error.read_as().timestamp());
                prop_assert_eq!(error.moment().timestamp(), moment);
                let difference = error.moment().duration_since(error.read_as());
                prop_assert!(difference.is_positive() && difference <= SignedDuration::from_hours(24));
            }
        }
    }
}
