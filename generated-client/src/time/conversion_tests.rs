//! Moments and local times where the clocks are set back and forth.

use jiff::tz::Disambiguation;
use jiff::{Timestamp, civil};
use proptest::prelude::*;

use super::tests::parse;
use super::{DateTime, LocalDateTime, TimeKind, TimeZone};

fn zone(name: &str) -> TimeZone {
    parse(name)
}

fn at(moment: &str, name: &str) -> Result<String, String> {
    let moment: Timestamp = moment.parse().unwrap();
    LocalDateTime::at(moment, &zone(name)).map(|local| local.to_string()).map_err(|error| error.to_string())
}

fn moment(local: &str, name: &str) -> Result<String, String> {
    let local: LocalDateTime = parse(local);
    local.moment(&zone(name)).map(|moment| moment.to_string()).map_err(|error| error.to_string())
}

#[test]
fn a_moment_is_sent_as_the_clocks_of_the_user_show_it() {
    assert_eq!(at("2026-11-02T07:00:00Z", "Europe/Berlin").unwrap(), "2026-11-02T08:00:00");
    assert_eq!(at("2026-11-02T07:00:00.9Z", "America/New_York").unwrap(), "2026-11-02T02:00:00");
    assert_eq!(at("2026-06-15T21:30:00Z", "Europe/Berlin").unwrap(), "2026-06-15T23:30:00");
    assert_eq!(at("2026-11-02T07:00:00Z", "UTC").unwrap(), "2026-11-02T07:00:00");
    let answered: DateTime = parse("2026-11-02T08:00:00+0100");
    assert_eq!(LocalDateTime::at(answered, &zone("America/New_York")).unwrap(), parse("2026-11-02T02:00:00"));
}

#[test]
fn when_the_clocks_are_set_back_the_second_pass_cannot_be_told() {
    // Two passes of 02:30 in Berlin: at 00:30 and at 01:30 UTC.
    assert_eq!(at("2026-10-25T00:30:00Z", "Europe/Berlin").unwrap(), "2026-10-25T02:30:00");
    assert_eq!(
        at("2026-10-25T01:30:00Z", "Europe/Berlin").unwrap_err(),
        "\"2026-10-25T02:30:00+0100\" is not a local date and time: the clocks are set back and show this time for the \
         second time; a server would read the first one, see LocalDateTime::at_or_before (expected YYYY-MM-DDTHH:MM:SS \
         without a UTC offset, such as 2026-11-01T00:00:00)"
    );
    let second: Timestamp = "2026-10-25T01:30:00Z".parse().unwrap();
    let berlin = zone("Europe/Berlin");
    assert_eq!(LocalDateTime::at_or_before(second, &berlin).unwrap(), parse("2026-10-25T02:30:00"));
    let zoned = second.to_zoned_datetime(berlin.to_jiff().unwrap());
    assert!(LocalDateTime::try_from(&zoned).is_err());
    assert_eq!(at("2026-10-25T02:00:00Z", "Europe/Berlin").unwrap(), "2026-10-25T03:00:00");
}

#[test]
fn a_local_time_that_comes_twice_or_never_is_an_error_with_both_moments() {
    assert_eq!(moment("2026-11-02T08:00:00", "Europe/Berlin").unwrap(), "2026-11-02T08:00:00+0100");
    assert!(moment("2026-10-25T02:30:00", "Europe/Berlin").unwrap_err().contains(
        "in Europe/Berlin it comes twice, as the clocks are set back; it could be 2026-10-25T02:30:00+0200 or \
         2026-10-25T02:30:00+0100, choose with moment_by"
    ));
    assert!(moment("2026-03-29T02:30:00", "Europe/Berlin").unwrap_err().contains(
        "in Europe/Berlin it comes never, as the clocks are set forward; it could be 2026-03-29T01:30:00+0100 or \
         2026-03-29T03:30:00+0200, choose with moment_by"
    ));
    // Half an hour in one place, a whole day in another.
    assert!(moment("2026-04-05T01:45:00", "Australia/Lord_Howe").unwrap_err().contains("comes twice"));
    assert!(moment("2011-12-30T12:00:00", "Pacific/Apia").unwrap_err().contains("comes never"));
}

#[test]
fn a_rule_chooses_between_both_moments() {
    let berlin = zone("Europe/Berlin");
    let by = |local: &str, rule| {
        parse::<LocalDateTime>(local).moment_by(&berlin, rule).map(|moment| moment.to_string()).map_err(|e| e.kind())
    };
    let (twice, never) = ("2026-10-25T02:30:00", "2026-03-29T02:30:00");
    assert_eq!(by(twice, Disambiguation::Earlier).unwrap(), "2026-10-25T02:30:00+0200");
    assert_eq!(by(twice, Disambiguation::Later).unwrap(), "2026-10-25T02:30:00+0100");
    assert_eq!(by(twice, Disambiguation::Compatible).unwrap(), "2026-10-25T02:30:00+0200");
    assert_eq!(by(twice, Disambiguation::Reject).unwrap_err(), TimeKind::LocalDateTime);
    assert_eq!(by(never, Disambiguation::Compatible).unwrap(), "2026-03-29T03:30:00+0200");
    assert_eq!(by("2026-11-02T08:00:00", Disambiguation::Reject).unwrap(), "2026-11-02T08:00:00+0100");
}

#[test]
fn zones_go_by_the_names_of_the_database() {
    for name in ["UTC", "Europe/Berlin", "US/Eastern", "America/Argentina/Buenos_Aires"] {
        assert_eq!(zone(name).as_str(), name);
    }
    assert_eq!(TimeZone::utc(), zone("UTC"));
    for name in ["", "Berlin", "Europe/Berlin ", "+01:00", "Europe/../UTC", "/etc/passwd"] {
        let error = name.parse::<TimeZone>().unwrap_err();
        assert_eq!(error.kind(), TimeKind::TimeZone, "{name}");
    }
    let error = "europe/berlin".parse::<TimeZone>().unwrap_err();
    assert_eq!(error.problem(), "its name is spelled Europe/Berlin");
}

#[test]
fn a_zone_which_only_the_server_knows_is_kept() {
    let martian: TimeZone = serde_json::from_str("\"Mars/Olympus_Mons\"").unwrap();
    assert_eq!(serde_json::to_string(&martian).unwrap(), "\"Mars/Olympus_Mons\"");
    assert_eq!(format!("{martian:?}"), "TimeZone(Mars/Olympus_Mons)");
    let error = LocalDateTime::at(Timestamp::UNIX_EPOCH, &martian).unwrap_err();
    assert_eq!((error.kind(), error.input()), (TimeKind::TimeZone, "Mars/Olympus_Mons"));
}

#[test]
fn the_ends_of_the_calendar_are_no_panic() {
    let berlin = zone("Europe/Berlin");
    for local in [civil::DateTime::MIN, civil::DateTime::MAX].map(LocalDateTime::from) {
        for rule in [Disambiguation::Compatible, Disambiguation::Earlier, Disambiguation::Later, Disambiguation::Reject]
        {
            let _ = local.moment_by(&berlin, rule);
        }
        let _ = local.moment(&berlin);
    }
    for moment in [Timestamp::MIN, Timestamp::MAX] {
        assert!(LocalDateTime::at_or_before(moment, &berlin).is_ok());
    }
}

const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "UTC"];

proptest! {
    #[test]
    fn what_is_told_is_read_as_what_was_meant(seconds in -2_000_000_000_i64..4_000_000_000, index in 0..ZONES.len()) {
        let moment = Timestamp::from_second(seconds).unwrap();
        let zone = zone(ZONES[index]);
        let read = |local: LocalDateTime| local.moment_by(&zone, Disambiguation::Compatible).unwrap().timestamp();
        if let Ok(local) = LocalDateTime::at(moment, &zone) {
            prop_assert_eq!(read(local), moment);
        } else {
            let before = read(LocalDateTime::at_or_before(moment, &zone).unwrap());
            prop_assert!(before < moment && moment.as_second() - before.as_second() <= 24 * 3600);
        }
    }

    #[test]
    fn a_moment_in_its_own_zone_is_what_it_shows(seconds in 0_i64..4_000_000_000, index in 0..ZONES.len()) {
        let jiff = zone(ZONES[index]).to_jiff().unwrap();
        let zoned = Timestamp::from_second(seconds).unwrap().to_zoned_datetime(jiff);
        if let Ok(local) = LocalDateTime::try_from(&zoned) {
            prop_assert_eq!(local, DateTime::from(&zoned).local());
        }
    }
}
