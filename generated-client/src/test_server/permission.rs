//! Who may do what: the permissions of the four roles that a fresh Kimai has.
//!
//! Kimai's configuration and its access rules (`config/packages/kimai.yaml` and `src/Voter`) say so in 1.30.11, 2.0.35
//! and 2.65.0. Where these differ, releases in between show when it changed.

use super::object::is_since;
use super::state::{Resource, Role, State, Timesheet};
use super::visibility;
use crate::Release;

/// A permission that belongs to a role, whatever the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permission {
    /// Customers, projects or activities.
    Create(Resource),
    CreateExportTemplate,
    CreateOtherTimesheet,
    CreateOwnTimesheet,
    CreateTag,
    CreateTeam,
    CreateUser,
    DeleteTag,
    DetailsCustomer,
    EditBillable,
    EditExport,
    EditExportedTimesheet,
    EditInvoice,
    EditRate,
    /// Changing and deleting teams.
    EditTeam,
    /// Seeing one's own rates.
    OwnRate,
    /// Seeing and changing other users, their roles and their supervisors.
    OtherProfile,
    ViewAllData,
    ViewInvoice,
    ViewOtherTimesheet,
    ViewOwnTimesheet,
    ViewTeam,
    ViewUser,
}

impl Permission {
    /// The lowest role that has it.
    fn role(self, release: Release) -> Role {
        match self {
            Self::CreateOwnTimesheet | Self::ViewOwnTimesheet => Role::User,
            Self::CreateTag if is_since(release, [2, 0, 0]) => Role::User,
            Self::Create(Resource::Activity)
            | Self::CreateOtherTimesheet
            | Self::CreateTag
            | Self::DeleteTag
            | Self::EditBillable
            | Self::EditExport
            | Self::EditInvoice
            | Self::OwnRate
            | Self::ViewInvoice
            | Self::ViewOtherTimesheet => Role::Teamlead,
            Self::Create(Resource::Customer | Resource::Project)
            | Self::CreateExportTemplate
            | Self::CreateTeam
            | Self::DetailsCustomer
            | Self::EditExportedTimesheet
            | Self::EditRate
            | Self::EditTeam
            | Self::ViewAllData
            | Self::ViewTeam => Role::Admin,
            Self::CreateUser | Self::OtherProfile | Self::ViewUser => Role::SuperAdmin,
        }
    }
}

/// What the name of a permission in an API document means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// The role decides.
    Role(Permission),
    /// The object decides too: its handler checks it.
    Object,
}

fn meaning(name: &str) -> Option<Meaning> {
    Some(match name {
        "create_export_template" => Meaning::Role(Permission::CreateExportTemplate),
        "create_own_timesheet" => Meaning::Role(Permission::CreateOwnTimesheet),
        "create_team" => Meaning::Role(Permission::CreateTeam),
        "create_user" => Meaning::Role(Permission::CreateUser),
        "delete_tag" => Meaning::Role(Permission::DeleteTag),
        "edit_invoice" => Meaning::Role(Permission::EditInvoice),
        "view_invoice" => Meaning::Role(Permission::ViewInvoice),
        "view_other_timesheet" => Meaning::Role(Permission::ViewOtherTimesheet),
        "view_own_timesheet" => Meaning::Role(Permission::ViewOwnTimesheet),
        "view_team" => Meaning::Role(Permission::ViewTeam),
        "view_user" => Meaning::Role(Permission::ViewUser),
        "access_user" | "comments" | "delete" | "duplicate" | "edit" | "edit_export" | "permissions" | "start"
        | "stop" | "view" => Meaning::Object,
        _ => return None,
    })
}

/// What somebody wants to do with a customer, project or activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Its details and its comments.
    View,
    /// Its properties, custom fields, rates, and the comments of others.
    Edit,
    Delete,
}

/// What a user may do.
#[derive(Clone, Copy)]
pub(super) struct Rights<'a> {
    pub(super) state: &'a State,
    pub(super) release: Release,
    pub(super) user: u64,
    pub(super) role: Role,
}

impl Rights<'_> {
    pub(super) fn has(&self, permission: Permission) -> bool {
        self.role >= permission.role(self.release)
    }

    /// Whether the user has one of some permissions of an API document, as far as the role decides; nothing if one of
    /// them is unknown.
    pub(super) fn has_one_of(&self, names: &[&str]) -> Option<bool> {
        let meanings = names.iter().map(|name| meaning(name)).collect::<Option<Vec<Meaning>>>()?;
        Some(meanings.into_iter().any(|meaning| match meaning {
            Meaning::Role(permission) => self.has(permission),
            Meaning::Object => true,
        }))
    }

    /// Whether the teams of a customer, project or activity, and of what it belongs to, let the user use it.
    pub(super) fn may_access(&self, resource: Resource, id: u64) -> bool {
        self.has(Permission::ViewAllData) || self.state.is_open_to(resource, id, self.user)
    }

    pub(super) fn may(&self, action: Action, resource: Resource, id: u64) -> bool {
        let is_for_leads = match action {
            Action::View => true,
            Action::Edit => resource == Resource::Activity,
            Action::Delete => false,
        };
        self.role >= Role::Admin || (is_for_leads && self.role >= Role::Teamlead && self.leads_team_of(resource, id))
    }

    /// Whether forms of a customer, project or activity have a budget; `None` is a new one.
    pub(super) fn may_set_budget(&self, resource: Resource, id: Option<u64>) -> bool {
        id.map_or(self.role >= Role::Admin, |id| self.may(Action::View, resource, id))
    }

    /// Whether the user leads a team of an object, or of what it belongs to.
    fn leads_team_of(&self, resource: Resource, id: u64) -> bool {
        let leads =
            |team: &u64| self.state.teams.get(*team).is_some_and(|team| team.members.get(self.user) == Some(true));
        let parent = visibility::parent(self.state, resource, id);
        self.state.teams_of(resource, id).iter().any(leads)
            || parent.is_some_and(|(resource, id)| self.leads_team_of(resource, id))
    }

    pub(super) fn may_view_record(&self, record: &Timesheet) -> bool {
        record.user == self.user
            || (self.has(Permission::ViewOtherTimesheet)
                && (!is_since(self.release, [2, 56, 0]) || self.has_team_access_to(record)))
    }

    /// Team leads reach the records of their teams, and of users without a team.
    fn has_team_access_to(&self, record: &Timesheet) -> bool {
        self.may_access(Resource::Project, record.project)
            && self.may_access(Resource::Activity, record.activity)
            && (self.may_list_records_of(record.user) || self.is_without_team(record.user))
    }

    fn is_without_team(&self, user: u64) -> bool {
        self.state.teams.iter().all(|(_, team)| !team.members.contains(user))
    }

    /// Changing or deleting a time record.
    pub(super) fn may_edit_record(&self, record: &Timesheet) -> bool {
        self.may_view_record(record) && self.may_touch_exported(record)
    }

    fn may_touch_exported(&self, record: &Timesheet) -> bool {
        !record.is_exported || self.has(Permission::EditExportedTimesheet)
    }

    pub(super) fn may_toggle_exported(&self, record: &Timesheet) -> bool {
        self.has(Permission::EditExport) && self.may_edit_record(record)
    }

    pub(super) fn may_stop_record(&self, record: &Timesheet) -> bool {
        self.may_view_record(record)
    }

    /// Making a new time record from one: by restarting or duplicating it.
    pub(super) fn may_start_record(&self, record: &Timesheet) -> bool {
        let is_open = |resource, id| {
            visibility::is_visible(self.state, resource, id)
                && (!is_since(self.release, [2, 58, 0]) || self.may_access(resource, id))
        };
        self.may_view_record(record)
            && is_open(Resource::Project, record.project)
            && is_open(Resource::Activity, record.activity)
    }

    /// Whether lists of the records of all users have those of this one, and whether records can be written for it.
    pub(super) fn may_list_records_of(&self, other: u64) -> bool {
        other == self.user
            || self.has(Permission::ViewAllData)
            || (self.role >= Role::Teamlead && self.state.leads(self.user, other))
    }

    /// Whether lists of records can be asked for those of this user.
    pub(super) fn may_ask_for_records_of(&self, other: u64) -> bool {
        let is_plain = self.state.users.get(other).is_some_and(|user| user.role() == Role::User && user.is_enabled);
        !is_since(self.release, [2, 57, 0])
            || self.may_list_records_of(other)
            || (self.role >= Role::Teamlead && is_plain && self.is_without_team(other))
    }

    /// Whether begin and end can be written in the tracking modes that set them.
    pub(super) fn may_write_fixed_times(&self) -> bool {
        is_since(self.release, [2, 25, 0]) && self.has(Permission::ViewOtherTimesheet)
    }

    /// Seeing or changing a user.
    pub(super) fn may_edit_user(&self, other: u64) -> bool {
        other == self.user || self.has(Permission::OtherProfile)
    }

    /// Whether the form of a user that is there has a property.
    pub(super) fn may_set_of_user(&self, property: &str, user: u64) -> bool {
        match property {
            "roles" | "supervisor" => self.has(Permission::OtherProfile),
            "enabled" => user != self.user,
            "systemAccount" if !is_since(self.release, [2, 55, 0]) => user != self.user,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use crate::test_server::routes;

    #[test]
    fn the_permissions_of_all_operations_are_known() {
        let mut unknown = Vec::new();
        for info in routes::all() {
            let names = info.permissions.iter().copied().flatten().filter(|name| meaning(name).is_none());
            unknown.extend(names.map(|name| format!("{}: {name}", info.name)));
        }
        assert_eq!(unknown, Vec::<String>::new());
        assert_eq!(meaning("view_everything"), None);
    }
}
