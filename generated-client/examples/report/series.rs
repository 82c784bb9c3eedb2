//! What a chart shows.

use generated_client::jiff::SignedDuration;
use generated_client::jiff::civil::Date;

use crate::clock::hours as written;
use crate::colors::{self, Rgb};
use crate::days::each;
use crate::hours::{Hours, Project};

/// Hours per day, stacked by project.
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) days: Vec<Date>,
    /// The projects, the one with the most hours first; those with the fewest are one series.
    pub(crate) series: Vec<Series>,
}

/// The hours of a project.
pub(crate) struct Series {
    pub(crate) label: String,
    pub(crate) total: SignedDuration,
    pub(crate) color: Rgb,
    /// For each day of the chart.
    pub(crate) times: Vec<SignedDuration>,
}

impl Chart {
    /// Makes a chart of the hours of somebody. `until` is the current time.
    pub(crate) fn new(hours: &Hours, title: String, whose: &str, until: &str) -> Self {
        let days: Vec<Date> = each(hours.days).collect();
        let mut projects: Vec<&Project> = hours.projects().collect();
        projects.sort_by_key(|project| std::cmp::Reverse(hours.of_project(project.id).time));
        let shown = if projects.len() > colors::COUNT { colors::COUNT - 1 } else { projects.len() };
        let (shown, rest) = projects.split_at_checked(shown).unwrap_or((&projects, &[]));
        let own: Vec<Option<Rgb>> = shown.iter().map(|project| project.color).collect();
        let mut series: Vec<Series> = shown
            .iter()
            .zip(colors::choose(&own))
            .map(|(project, color)| Series {
                label: format!("{}: {}", project.customer, project.name),
                ..Series::new(hours, &days, &[project], color)
            })
            .collect();
        if !rest.is_empty() {
            let label = format!("{} other projects", rest.len());
            series.push(Series { label, ..Series::new(hours, &days, rest, colors::REST) });
        }
        let total = hours.total();
        let mut subtitle = format!("{whose}, {} hours in total", written(total.time));
        if total.running > 0 {
            subtitle.push_str(&format!(", with running work up to {until}"));
        }
        Self { title, subtitle, days, series }
    }

    /// The hours of each day.
    pub(crate) fn totals(&self) -> Vec<SignedDuration> {
        let mut totals = vec![SignedDuration::ZERO; self.days.len()];
        for series in &self.series {
            for (total, time) in totals.iter_mut().zip(&series.times) {
                *total += *time;
            }
        }
        totals
    }
}

impl Series {
    fn new(hours: &Hours, days: &[Date], projects: &[&Project], color: Rgb) -> Self {
        let of_day = |day: &Date| projects.iter().map(|project| hours.cell(*day, project.id).time).sum();
        let times: Vec<SignedDuration> = days.iter().map(of_day).collect();
        Self { label: String::new(), total: times.iter().sum(), color, times }
    }
}
