//! Hours and money by project.

use std::collections::BTreeMap;

use generated_client::jiff::SignedDuration;

use crate::clock::hours;
use crate::period::Days;
use crate::row::Row;

/// The sums of rows.
#[derive(Default)]
pub(crate) struct Sums {
    /// By customer, project and currency.
    projects: BTreeMap<(String, String, Option<String>), Sum>,
    running: u64,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    records: u64,
    time: SignedDuration,
    rate: f64,
}

impl Sums {
    pub(crate) fn add(&mut self, row: &Row) {
        let project = (row.customer.clone(), row.project.clone(), row.currency.clone());
        let sum = self.projects.entry(project).or_default();
        sum.records += 1;
        sum.time += row.duration;
        sum.rate += row.rate;
        self.running += u64::from(row.end.is_none());
    }

    /// A line a project, and one for all.
    pub(crate) fn text(&self, days: Days) -> String {
        let records: u64 = self.projects.values().map(|sum| sum.records).sum();
        let time = self.projects.values().map(|sum| sum.time).sum();
        let noun = if records == 1 { "record" } else { "records" };
        let mut text = format!("{records} {noun} from {} to {}, {} h\n", days.first, days.last, hours(time));
        for ((customer, project, currency), sum) in &self.projects {
            let (time, currency) = (hours(sum.time), currency.as_deref().unwrap_or("?"));
            text.push_str(&format!("{time:>9} h {:>12.2} {currency}  {customer} / {project}\n", sum.rate));
        }
        match self.running {
            0 => {}
            1 => text.push_str("1 record is running; its duration and rate are 0\n"),
            running => text.push_str(&format!("{running} records are running; their durations and rates are 0\n")),
        }
        text
    }
}
