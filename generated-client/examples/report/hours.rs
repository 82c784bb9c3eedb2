//! Hours by day and project.

use std::collections::BTreeMap;
use std::ops::{Add, AddAssign};

use generated_client::Color;
use generated_client::ids::ProjectId;
use generated_client::jiff::civil::Date;
use generated_client::jiff::tz::TimeZone;
use generated_client::jiff::{SignedDuration, Timestamp};
use generated_client::types::TimesheetSummaryExpanded;

use crate::period::Days;
use crate::worked::worked;

/// The sums of records.
pub(crate) struct Hours {
    pub(crate) days: Days,
    projects: BTreeMap<Key, Project>,
    cells: BTreeMap<(Date, ProjectId), Cell>,
}

/// By customer and name; ids tell projects of the same name apart.
type Key = (String, String, ProjectId);

/// A project with hours.
#[derive(Clone)]
pub(crate) struct Project {
    pub(crate) id: ProjectId,
    pub(crate) customer: String,
    pub(crate) name: String,
    /// Red, green and blue, if somebody chose a color for the project.
    pub(crate) color: Option<(u8, u8, u8)>,
}

/// The time of some records.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cell {
    pub(crate) time: SignedDuration,
    /// How many of the records are running.
    pub(crate) running: u32,
}

impl Hours {
    pub(crate) fn new(days: Days) -> Self {
        Self { days, projects: BTreeMap::new(), cells: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, record: &TimesheetSummaryExpanded, zone: &TimeZone, now: Timestamp) {
        let (id, name, customer) = (record.project.id, &record.project.name, &record.project.customer.name);
        let key = (customer.clone(), name.clone(), id);
        self.projects.entry(key).or_insert_with_key(|(customer, name, id)| Project {
            id: *id,
            customer: customer.clone(),
            name: name.clone(),
            color: record.project.color.as_ref().and_then(Color::rgb),
        });
        // The owner of the record may live in another zone.
        let day = record.begin.with_time_zone(zone.clone()).date();
        let running = u32::from(record.end.is_none());
        *self.cells.entry((day, id)).or_default() += Cell { time: worked(record, now), running };
    }

    /// The projects by customer and name.
    pub(crate) fn projects(&self) -> impl Iterator<Item = &Project> {
        self.projects.values()
    }

    pub(crate) fn cell(&self, day: Date, project: ProjectId) -> Cell {
        self.cells.get(&(day, project)).copied().unwrap_or_default()
    }

    pub(crate) fn of_day(&self, day: Date) -> Cell {
        let of_day = self.cells.range((day, ProjectId::new(0))..=(day, ProjectId::new(u64::MAX)));
        of_day.fold(Cell::default(), |sum, (_, cell)| sum + *cell)
    }

    pub(crate) fn of_project(&self, project: ProjectId) -> Cell {
        let of_project = self.cells.iter().filter(|((_, other), _)| *other == project);
        of_project.fold(Cell::default(), |sum, (_, cell)| sum + *cell)
    }

    pub(crate) fn total(&self) -> Cell {
        self.cells.values().fold(Cell::default(), |sum, cell| sum + *cell)
    }
}

impl Add for Cell {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { time: self.time + other.time, running: self.running + other.running }
    }
}

impl AddAssign for Cell {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
