//! The days of a report.

use std::str::FromStr;

use clap::{ArgGroup, Args};
use generated_client::jiff::civil::{Date, Weekday};
use generated_client::jiff::{self, ToSpan as _};

use crate::exit::Failure;

/// Which days are wanted.
#[derive(Args)]
#[command(group(ArgGroup::new("period").required(true).args(["week", "month", "from"])))]
pub(crate) struct Period {
    /// The week of this date, or this week. It begins on the day that your profile in Kimai says.
    #[arg(long, value_name = "DATE", num_args = 0..=1, default_missing_value = "today")]
    week: Option<Day>,
    /// The month of this date, such as 2026-11-25 or 2026-11, or this month.
    #[arg(long, value_name = "DATE", num_args = 0..=1, default_missing_value = "today")]
    month: Option<Month>,
    /// The first day.
    #[arg(long, value_name = "DATE", requires = "to")]
    from: Option<Date>,
    /// The last day.
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<Date>,
}

/// `today` or a date.
#[derive(Clone, Copy)]
enum Day {
    Today,
    On(Date),
}

/// `today`, a date or a month.
#[derive(Clone, Copy)]
struct Month(Day);

impl FromStr for Day {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        if text == "today" { Ok(Self::Today) } else { text.parse().map(Self::On) }
    }
}

impl FromStr for Month {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().or_else(|error| format!("{text}-01").parse().map_err(|_| error)).map(Self)
    }
}

impl Day {
    fn date(self, today: Date) -> Date {
        match self {
            Self::Today => today,
            Self::On(date) => date,
        }
    }
}

/// Days from the first to the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: Date,
    pub(crate) last: Date,
}

impl Period {
    /// The days that are meant today.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such day.
    pub(crate) fn days(&self, today: Date, first_weekday: Weekday) -> Result<Days, Failure> {
        let days = match (self.week, self.month, self.from, self.to) {
            (Some(date), ..) => week(date.date(today), first_weekday),
            (_, Some(Month(date)), ..) => {
                let date = date.date(today);
                Ok(Days { first: date.first_of_month(), last: date.last_of_month() })
            }
            (_, _, first, last) => Ok(Days { first: first.unwrap_or(today), last: last.unwrap_or(today) }),
        };
        let days = days.map_err(|error| Failure::usage(format!("there is no such week: {error}")))?;
        if days.last < days.first {
            return Err(Failure::usage(format!("--to {} is before --from {}", days.last, days.first)));
        }
        Ok(days)
    }
}

fn week(date: Date, first_weekday: Weekday) -> Result<Days, jiff::Error> {
    let first = date.checked_sub(i64::from(date.weekday().since(first_weekday)).days())?;
    Ok(Days { first, last: first.checked_add(6.days())? })
}
