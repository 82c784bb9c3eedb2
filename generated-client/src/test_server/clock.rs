//! Calculations with times that end at the limits of time.

use jiff::{SignedDuration, Timestamp};

pub(super) fn after(time: Timestamp, duration: SignedDuration) -> Timestamp {
    time.saturating_add(duration).unwrap_or(time)
}

pub(super) fn before(time: Timestamp, duration: SignedDuration) -> Timestamp {
    time.saturating_sub(duration).unwrap_or(time)
}

pub(super) fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(days.saturating_mul(24))
}

/// Records are kept to the minute.
pub(super) fn minute(time: Timestamp) -> Timestamp {
    let second = time.as_second();
    Timestamp::from_second(second - second.rem_euclid(60)).unwrap_or(time)
}
