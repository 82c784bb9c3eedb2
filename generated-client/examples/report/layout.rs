//! The scale of the hours, and the labels of the days.

use generated_client::jiff::SignedDuration;
use generated_client::jiff::civil::{Date, Weekday};

/// The scale of the hours.
pub(crate) struct Scale {
    pub(crate) step: f64,
    /// How many steps there are.
    pub(crate) steps: u32,
}

impl Scale {
    /// A scale for these hours, with at most eight steps.
    pub(crate) fn new(longest: SignedDuration) -> Self {
        let hours = longest.as_secs_f64() / 3600.0;
        let mut step = 0.5;
        while hours > 8.0 * step {
            step *= 2.0;
        }
        let steps = (1..8).find(|steps| hours <= f64::from(*steps) * step).unwrap_or(8);
        Self { step, steps }
    }

    /// Where hours are, from 0 to 1.
    pub(crate) fn at(&self, time: SignedDuration) -> f64 {
        time.as_secs_f64() / 3600.0 / (self.step * f64::from(self.steps))
    }

    /// The hours of a step.
    pub(crate) fn label(&self, step: u32) -> String {
        format!("{} h", self.step * f64::from(step))
    }
}

/// The label of a day, in two lines, if it has one.
///
/// `slot` is the width that each day has, and `width` tells that of a text. No label is wider than the days up to the
/// next label.
pub(crate) fn label(
    days: &[Date],
    position: usize,
    slot: f64,
    width: impl Fn(&str) -> f64,
) -> Option<(String, String)> {
    let day = *days.get(position)?;
    let is_first = position == 0;
    let month = || if is_first || day.day() == 1 { day.strftime("%B").to_string() } else { String::new() };
    if width("Wed 30 Sep") < slot {
        return Some((day.strftime("%a %-d %b").to_string(), String::new()));
    }
    if width("30") < slot {
        // The name of a month needs the days up to the next month.
        let left = days.iter().skip(position).take_while(|other| other.month() == day.month()).count();
        let fits = |name: &String| width(name) < slot * f64::from(u32::try_from(left).unwrap_or(u32::MAX));
        return Some((day.day().to_string(), Some(month()).filter(fits).unwrap_or_default()));
    }
    if width("30 Sep") < 7.0 * slot {
        let is_labelled = day.weekday() == Weekday::Monday;
        return is_labelled.then(|| (day.strftime("%-d %b").to_string(), String::new()));
    }
    (day.day() == 1).then(|| (day.strftime("%b").to_string(), String::new()))
}
