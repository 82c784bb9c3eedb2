//! Who may do what: the permissions of the four roles that a fresh Kimai has.

use super::state::{Resource, Role, State, Timesheet};

/// Whether a role has a permission by itself.
pub(super) fn has(role: Role, permission: &str) -> bool {
    let needed = match permission {
        "view_own_timesheet" | "create_own_timesheet" => Role::User,
        "view_other_timesheet" | "edit_other_timesheet" | "view_rate" | "edit_rate" | "edit_billable" => Role::Teamlead,
        "view_invoice" | "edit_invoice" | "create_export_template" => Role::Teamlead,
        "create_tag" | "view_tag" => Role::User,
        "edit_export" | "view_team" | "create_customer" | "create_project" | "create_activity" | "delete_tag" => {
            Role::Admin
        }
        _ => Role::SuperAdmin,
    };
    role >= needed
}

/// Whether a role may change, or delete, customers, projects and activities.
pub(super) fn may_edit(state: &State, user: u64, role: Role, resource: Resource, id: u64) -> bool {
    role >= Role::Admin
        || (role >= Role::Teamlead && state.is_open_to(resource, id, user) && leads(state, user, resource, id))
}

/// Whether the user sees the details of a customer, project or activity.
pub(super) fn may_view(state: &State, user: u64, role: Role, resource: Resource, id: u64) -> bool {
    role >= Role::Admin || (role >= Role::Teamlead && state.is_open_to(resource, id, user))
}

fn leads(state: &State, user: u64, resource: Resource, id: u64) -> bool {
    let leads = |team: &u64| state.teams.get(*team).is_some_and(|team| team.members.get(&user) == Some(&true));
    state.teams_of(resource, id).iter().any(leads)
}

/// Whether the user sees a time record.
pub(super) fn may_view_record(state: &State, user: u64, role: Role, record: &Timesheet) -> bool {
    record.user == user || may_view_records_of(state, user, role, record.user)
}

/// Whether the user sees the time records of another user.
pub(super) fn may_view_records_of(state: &State, user: u64, role: Role, other: u64) -> bool {
    role >= Role::Admin || (role >= Role::Teamlead && state.leads(user, other))
}

/// Whether the user may change a time record. Exported records are locked for all but administrators.
pub(super) fn may_edit_record(state: &State, user: u64, role: Role, record: &Timesheet) -> bool {
    may_view_record(state, user, role, record) && (!record.is_exported || role >= Role::Admin)
}
