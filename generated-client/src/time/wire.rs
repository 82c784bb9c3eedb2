//! What request bodies write in place of a value's own serialized form. For `#[serde(serialize_with = "…")]`.

use serde::Serializer;

use super::{Date, Duration};

/// Writes a duration as `2:00:00`, because a server takes a plain number as hours (Kimai fact T7).
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serialize_with passes a reference")]
pub(crate) fn hms<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Writes a date as `2026-02-01T00:00:00`, because a `PATCH` of a project refuses a date alone
/// (Kimai fact T6).
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serialize_with passes a reference")]
pub(crate) fn date_as_date_time<S: Serializer>(value: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&value.at_midnight())
}
