//! Days one by one, and in words.

use generated_client::jiff::ToSpan as _;
use generated_client::jiff::civil::Date;

use crate::period::Days;

/// Each day.
pub(crate) fn each(days: Days) -> impl Iterator<Item = Date> {
    days.first.series(1.day()).take_while(move |day| *day <= days.last)
}

/// The days for people, such as `November 2026` or `23 to 29 November 2026`.
pub(crate) fn in_words(days: Days) -> String {
    let Days { first, last } = days;
    if first == last {
        return first.strftime("%-d %B %Y").to_string();
    }
    if first == first.first_of_month() && last == first.last_of_month() {
        return first.strftime("%B %Y").to_string();
    }
    let from = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => first.strftime("%-d"),
        (true, false) => first.strftime("%-d %B"),
        (false, _) => first.strftime("%-d %B %Y"),
    };
    format!("{from} to {}", last.strftime("%-d %B %Y"))
}
