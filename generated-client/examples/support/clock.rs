//! The time, and how long things took.

use clap::Args;
use generated_client::jiff::{SignedDuration, Timestamp};

/// Which time it is.
#[derive(Args)]
pub(crate) struct Clock {
    /// Take this moment, such as 2026-11-25T10:00:00Z, for the current time. For tests.
    #[arg(long, value_name = "MOMENT", global = true, hide = true)]
    now: Option<Timestamp>,
}

impl Clock {
    /// The current time.
    pub(crate) fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// Hours and minutes, such as `2:05`; seconds are left out.
pub(crate) fn hours(duration: SignedDuration) -> String {
    format!("{}:{:02}", duration.as_hours(), duration.as_mins() % 60)
}
