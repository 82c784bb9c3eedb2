//! The customers, projects and activities that Kimai has.

use std::collections::HashMap;
use std::hash::Hash;

use generated_client::Error;
use generated_client::blocking::Client;
use generated_client::ids::{ActivityId, CustomerId, ProjectId};
use generated_client::types::Visibility;

use crate::names::trimmed;

/// Objects in Kimai, also hidden ones, by their names.
///
/// Of several with the same name, it has the visible one with the lowest id.
pub(crate) struct Existing {
    pub(crate) customers: HashMap<String, CustomerId>,
    pub(crate) projects: HashMap<(CustomerId, String), ProjectId>,
    pub(crate) activities: HashMap<(ProjectId, String), ActivityId>,
}

impl Existing {
    /// Asks Kimai.
    ///
    /// # Errors
    ///
    /// Returns the errors of the three lists.
    pub(crate) fn read(kimai: &Client) -> Result<Self, Error> {
        let customers = kimai.customers().list().visible(Visibility::All).send()?;
        let projects = kimai.projects().list().visible(Visibility::All).ignore_dates().send()?;
        let activities = kimai.activities().list().visible(Visibility::All).send()?;
        let name = |name: &str| trimmed(name).to_owned();
        Ok(Self {
            customers: by_key(customers.iter().map(|one| (name(&one.name), one.visible, one.id))),
            projects: by_key(projects.iter().map(|one| ((one.customer, name(&one.name)), one.visible, one.id))),
            activities: by_key(
                activities.iter().filter_map(|one| Some(((one.project?, name(&one.name)), one.visible, one.id))),
            ),
        })
    }
}

fn by_key<K: Eq + Hash, I: Ord>(objects: impl Iterator<Item = (K, bool, I)>) -> HashMap<K, I> {
    let mut objects: Vec<(K, bool, I)> = objects.collect();
    objects.sort_by(|(_, visible, id), (_, other_visible, other_id)| {
        other_visible.cmp(visible).then_with(|| id.cmp(other_id))
    });
    let mut by_key = HashMap::new();
    for (key, _, id) in objects {
        by_key.entry(key).or_insert(id);
    }
    by_key
}
