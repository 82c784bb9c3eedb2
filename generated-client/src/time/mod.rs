//! Dates, times and durations in the forms in which a Kimai server writes and reads them.
//!
//! | type | what it is | form |
//! |---|---|---|
//! | [`DateTime`] | moment of an answer, with the UTC offset which the server sent | `2026-11-02T08:00:00+0100` |
//! | [`LocalDateTime`] | wall-clock time of a query or request body | `2026-11-01T00:00:00` |
//! | [`Date`] | calendar day | `2026-01-01` |
//! | [`Duration`] | whole seconds | `7200` in answers, `2:00:00` in requests |
//! | [`TimeZone`] | the zone in which local times are meant | `Europe/Berlin` |
//!
//! Neither of the first two is RFC 3339, and what a server sends is not what it accepts back (Kimai facts T1 to T7),
//! so each form has its own type. The calculations are jiff's; every type converts from and to its jiff counterpart,
//! and with the feature `chrono` from and to chrono's.

#[cfg(feature = "chrono")]
mod chrono_conversions;
mod conversions;
mod date;
mod date_time;
mod duration;
mod error;
mod local_date_time;
mod text;
mod time_zone;

pub use date::Date;
pub use date_time::DateTime;
pub use duration::Duration;
pub use error::{TimeError, TimeKind};
pub use local_date_time::LocalDateTime;
pub use time_zone::TimeZone;

#[cfg(all(test, feature = "chrono"))]
mod chrono_tests;

#[cfg(test)]
mod conversion_tests;

#[cfg(test)]
mod date_time_tests;

#[cfg(test)]
mod duration_tests;

#[cfg(test)]
mod property_tests;

#[cfg(test)]
mod tests;
