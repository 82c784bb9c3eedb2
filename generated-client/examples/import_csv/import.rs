//! Creates the objects that Kimai does not have.

use std::collections::HashMap;

use generated_client::Error;
use generated_client::blocking::Client;
use generated_client::ids::CustomerId;
use generated_client::types::{NewActivity, NewCustomer, NewProject};
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::existing::Existing;
use crate::failure::Failure;
use crate::plan::{Plan, in_order};
use crate::print::print_line;
use crate::settings::Settings;

/// Creates what the plan has and Kimai has not, and prints a summary.
///
/// # Errors
///
/// Returns the first error of Kimai, with the line of the file. Objects created before it are kept.
pub(crate) fn import(kimai: &Client, plan: &Plan, settings: &Settings, is_dry: bool) -> Result<(), Failure> {
    let existing = Existing::read(kimai)?;
    let projects = plan.values().map(|customer| &customer.children);
    let activities = projects.clone().flat_map(|projects| projects.values().map(|project| project.children.len()));
    let total = plan.len() + projects.map(HashMap::len).sum::<usize>() + activities.sum::<usize>();
    // It draws nothing unless standard error is a terminal.
    let target = if is_dry { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let progress = ProgressBar::with_draw_target(u64::try_from(total).ok(), target);
    let [customers, projects, activities] = [Count::default(); 3];
    let mut importer = Importer { kimai, settings, is_dry, progress, customers, projects, activities };
    let result = importer.import(plan, &existing);
    importer.progress.finish_and_clear();
    importer.print_summary();
    result
}

struct Importer<'a> {
    kimai: &'a Client,
    settings: &'a Settings,
    is_dry: bool,
    progress: ProgressBar,
    customers: Count,
    projects: Count,
    activities: Count,
}

/// How many objects of a kind are new, and how many were there.
#[derive(Clone, Copy, Default)]
struct Count {
    new: usize,
    there: usize,
}

/// An object of the file.
struct Wanted<I> {
    /// The line that names it.
    line: u64,
    what: String,
    /// Its id, if it is in Kimai.
    id: Option<I>,
}

impl Importer<'_> {
    fn import(&mut self, plan: &Plan, existing: &Existing) -> Result<(), Failure> {
        let (kimai, settings) = (self.kimai, self.settings);
        for (customer, node) in in_order(plan) {
            let id = existing.customers.get(customer).copied();
            let wanted = Wanted { line: node.line, what: format!("the customer {customer:?}"), id };
            let create = || create_customer(kimai, settings, customer).map(Some);
            let customer_id = self.ensure(|all| &mut all.customers, wanted, create)?;

            for (project, node) in in_order(&node.children) {
                let what = format!("the project {project:?} of {customer:?}");
                let id = customer_id.and_then(|id| existing.projects.get(&(id, project.to_owned())).copied());
                let form = customer_id.map(|id| NewProject::new(project, id));
                let create = || form.map(|form| Ok(kimai.projects().create(form).send()?.id)).transpose();
                let project_id = self.ensure(|all| &mut all.projects, Wanted { line: node.line, what, id }, create)?;

                for (activity, node) in in_order(&node.children) {
                    let what = format!("the activity {activity:?} of {project:?} of {customer:?}");
                    let id = project_id.and_then(|id| existing.activities.get(&(id, activity.to_owned())).copied());
                    let form = project_id.map(|id| NewActivity::new(activity).project(id));
                    let create = || form.map(|form| Ok(kimai.activities().create(form).send()?.id)).transpose();
                    self.ensure(|all| &mut all.activities, Wanted { line: node.line, what, id }, create)?;
                }
            }
        }
        Ok(())
    }

    /// Returns the id of an object, which is created if it is not there. A dry run has no ids for new objects.
    fn ensure<I>(
        &mut self,
        count: impl FnOnce(&mut Self) -> &mut Count,
        wanted: Wanted<I>,
        create: impl FnOnce() -> Result<Option<I>, Error>,
    ) -> Result<Option<I>, Failure> {
        self.progress.inc(1);
        let Wanted { line, what, id } = wanted;
        if id.is_some() {
            count(self).there += 1;
            return Ok(id);
        }
        let id = if self.is_dry {
            print_line(format!("would create {what}"));
            None
        } else {
            create().map_err(|error| Failure::Kimai(format!("line {line}: cannot create {what}: {error:#}")))?
        };
        count(self).new += 1;
        Ok(id)
    }

    fn print_summary(&self) {
        let new = if self.is_dry { "to create" } else { "created" };
        print_line(format!("{:<10}  {new:>9}  {:>9}", "", "there"));
        let counts = [("customers", self.customers), ("projects", self.projects), ("activities", self.activities)];
        for (kind, count) in counts {
            print_line(format!("{kind:<10}  {:>9}  {:>9}", count.new, count.there));
        }
    }
}

fn create_customer(kimai: &Client, settings: &Settings, name: &str) -> Result<CustomerId, Error> {
    let mut form = NewCustomer::new(name);
    form.country.clone_from(&settings.country);
    form.currency.clone_from(&settings.currency);
    form.timezone.clone_from(&settings.time_zone);
    Ok(kimai.customers().create(form).send()?.id)
}
