//! Hidden customers, projects and activities.

use super::state::{Resource, State};

/// What a project or an activity belongs to.
pub(super) fn parent(state: &State, resource: Resource, id: u64) -> Option<(Resource, u64)> {
    let row = state.things(resource).rows.get(id)?;
    match resource {
        Resource::Customer => None,
        Resource::Project => Some((Resource::Customer, row.id("customer")?)),
        Resource::Activity => Some((Resource::Project, row.id("project")?)),
    }
}

/// Whether an object is there, and neither it nor what it belongs to is hidden.
pub(super) fn is_visible(state: &State, resource: Resource, id: u64) -> bool {
    state.things(resource).rows.get(id).is_some_and(|row| row.is("visible")) && has_visible_parents(state, resource, id)
}

/// Whether nothing that an object belongs to is hidden.
pub(super) fn has_visible_parents(state: &State, resource: Resource, id: u64) -> bool {
    parent(state, resource, id).is_none_or(|(resource, id)| is_visible(state, resource, id))
}
