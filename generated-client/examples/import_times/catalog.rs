//! The projects and activities of Kimai.

use std::collections::BTreeSet;

use generated_client::Error;
use generated_client::blocking::Client;
use generated_client::ids::ActivityId;
use generated_client::types::{ActivitySummary, ProjectSummary, Visibility};

use crate::names::trimmed;
use crate::place::Span;

/// The projects and activities of Kimai, also hidden ones.
pub(crate) struct Catalog {
    projects: Vec<ProjectSummary>,
    activities: Vec<ActivitySummary>,
}

impl Catalog {
    /// Asks Kimai.
    ///
    /// # Errors
    ///
    /// Returns the errors of the two lists.
    pub(crate) fn read(kimai: &Client) -> Result<Self, Error> {
        let projects = kimai.projects().list().visible(Visibility::All).ignore_dates().send()?;
        let activities = kimai.activities().list().visible(Visibility::All).send()?;
        Ok(Self { projects, activities })
    }

    /// Finds a project by its name, and that of its customer unless it is empty.
    ///
    /// # Errors
    ///
    /// Returns an error if there is none, or more than one that is visible.
    pub(crate) fn project(&self, customer: &str, name: &str) -> Result<&ProjectSummary, String> {
        if name.is_empty() {
            return Err("there is no project".to_owned());
        }
        let is_named = |project: &&ProjectSummary| {
            trimmed(&project.name) == name && (customer.is_empty() || trimmed(&project.parent_title) == customer)
        };
        let of = if customer.is_empty() { String::new() } else { format!(" of {customer:?}") };
        let all: Vec<&ProjectSummary> = self.projects.iter().filter(is_named).collect();
        let visible: Vec<&ProjectSummary> = all.iter().copied().filter(|project| project.visible).collect();
        match visible.as_slice() {
            [project] => Ok(project),
            [] if all.is_empty() => {
                Err(format!("Kimai has no project {name:?}{of}; the example import_csv creates projects"))
            }
            [] => Err(format!("the project {name:?}{of} is hidden in Kimai")),
            several => {
                let customers: BTreeSet<&str> = several.iter().map(|project| trimmed(&project.parent_title)).collect();
                let customers = customers.into_iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" and ");
                let advice = if customer.is_empty() { "; say which one in a column Customer" } else { "" };
                Err(format!("Kimai has several projects {name:?}, of {customers}{advice}"))
            }
        }
    }

    /// Finds an activity of a project, or else one of all projects.
    ///
    /// # Errors
    ///
    /// Returns an error if there is none that is visible.
    pub(crate) fn activity(&self, project: &ProjectSummary, name: &str) -> Result<ActivityId, String> {
        if name.is_empty() {
            return Err("there is no activity".to_owned());
        }
        let all = self.activities.iter().filter(|activity| trimmed(&activity.name) == name);
        let fitting = all.filter(|activity| match activity.project {
            Some(own) => own == project.id,
            None => project.global_activities,
        });
        let mut fitting: Vec<&ActivitySummary> = fitting.collect();
        fitting.sort_by_key(|activity| (!activity.visible, activity.project.is_none(), activity.id));
        match fitting.first() {
            Some(activity) if activity.visible => Ok(activity.id),
            Some(_) => Err(format!("the activity {name:?} of {:?} is hidden in Kimai", project.name)),
            None => Err(format!(
                "Kimai has no activity {name:?} for {:?}; the example import_csv creates activities",
                project.name
            )),
        }
    }
}

/// Whether a project runs at this time.
///
/// # Errors
///
/// Returns when it begins or ends, if it does not.
pub(crate) fn check_dates(project: &ProjectSummary, span: &Span) -> Result<(), String> {
    let name = &project.name;
    match (project.start, project.end) {
        (Some(start), _) if span.local_begin.date() < start => {
            Err(format!("the project {name:?} begins on {start}, after {span}"))
        }
        (_, Some(end)) if span.local_begin.date() > end => {
            Err(format!("the project {name:?} ended on {end}, before {span}"))
        }
        _ => Ok(()),
    }
}

/// Customer and project, for people.
pub(crate) fn title(project: &ProjectSummary) -> String {
    format!("{} / {}", project.parent_title, project.name)
}
