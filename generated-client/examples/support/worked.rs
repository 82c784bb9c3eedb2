//! The time of a record, whether it runs or not.

use generated_client::jiff::{SignedDuration, Timestamp};
use generated_client::types::TimesheetSummaryExpanded;

/// The time worked: that of a stopped record as Kimai counts it, that of a running one up to now.
pub(crate) fn worked(record: &TimesheetSummaryExpanded, now: Timestamp) -> SignedDuration {
    if record.end.is_some() {
        return record.duration.unwrap_or_default();
    }
    // The clocks of the machines may differ.
    let time = now.duration_since(record.begin.timestamp()) - record.break_duration.unwrap_or_default();
    time.max(SignedDuration::ZERO)
}
