//! What the server stores.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

pub(super) use super::field_values::Meta;
use super::members::Members;

/// Rows by id, in the order of their creation.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    rows: BTreeMap<u64, T>,
    next: u64,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), next: 1 }
    }
}

impl<T> Table<T> {
    pub(super) fn add(&mut self, row: T) -> u64 {
        let id = self.next;
        self.next += 1;
        self.rows.insert(id, row);
        id
    }

    pub(super) fn get(&self, id: u64) -> Option<&T> {
        self.rows.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut T> {
        self.rows.get_mut(&id)
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<T> {
        self.rows.remove(&id)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, &T)> {
        self.rows.iter().map(|(id, row)| (*id, row))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (u64, &mut T)> {
        self.rows.iter_mut().map(|(id, row)| (*id, row))
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.rows.retain(|_, row| keep(row));
    }
}

/// Customers, projects or activities, with what belongs to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Things {
    pub(super) rows: Table<Thing>,
    pub(super) rates: Table<Rate>,
    pub(super) comments: Table<Comment>,
}

/// A customer, a project or an activity.
#[derive(Clone, Debug, Default)]
pub(super) struct Thing {
    /// The properties that are stored as they are shown.
    pub(super) values: Map<String, Value>,
    pub(super) meta: Meta,
}

impl Thing {
    pub(super) fn text(&self, name: &str) -> &str {
        self.values.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn id(&self, name: &str) -> Option<u64> {
        self.values.get(name).and_then(Value::as_u64)
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.values.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn name(&self) -> &str {
        self.text("name")
    }
}

#[derive(Clone, Debug)]
pub(super) struct Rate {
    /// The customer, project or activity.
    pub(super) of: u64,
    pub(super) user: Option<u64>,
    pub(super) rate: f64,
    pub(super) internal: Option<f64>,
    pub(super) is_fixed: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Comment {
    /// The customer or project.
    pub(super) of: u64,
    pub(super) message: String,
    pub(super) by: u64,
    pub(super) at: Timestamp,
    pub(super) is_pinned: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Timesheet {
    pub(super) user: u64,
    /// The zone of whoever created it.
    pub(super) zone: TimeZone,
    pub(super) project: u64,
    pub(super) activity: u64,
    pub(super) begin: Timestamp,
    pub(super) end: Option<Timestamp>,
    /// Seconds.
    pub(super) pause: i64,
    pub(super) description: Option<String>,
    pub(super) tags: Vec<u64>,
    pub(super) rate: f64,
    pub(super) internal_rate: f64,
    pub(super) fixed_rate: Option<f64>,
    pub(super) hourly_rate: Option<f64>,
    pub(super) is_exported: bool,
    pub(super) is_billable: bool,
    pub(super) meta: Meta,
    pub(super) modified: Timestamp,
}

impl Timesheet {
    /// A record that runs, without a price.
    pub(super) fn new(user: u64, zone: TimeZone, (project, activity): (u64, u64), begin: Timestamp) -> Self {
        Self {
            user,
            zone,
            project,
            activity,
            begin,
            end: None,
            pause: 0,
            description: None,
            tags: Vec::new(),
            rate: 0.0,
            internal_rate: 0.0,
            fixed_rate: None,
            hourly_rate: None,
            is_exported: false,
            is_billable: true,
            meta: Meta::new(),
            modified: begin,
        }
    }

    /// Seconds; 0 while it runs.
    pub(super) fn duration(&self) -> i64 {
        let end = self.end.unwrap_or(self.begin);
        end.as_second().saturating_sub(self.begin.as_second()).saturating_sub(self.pause).max(0)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) color: Option<String>,
    pub(super) is_visible: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Team {
    pub(super) name: String,
    pub(super) color: Option<String>,
    pub(super) members: Members,
    pub(super) customers: BTreeSet<u64>,
    pub(super) projects: BTreeSet<u64>,
    pub(super) activities: BTreeSet<u64>,
}

/// The roles that a fresh Kimai has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    User,
    Teamlead,
    Admin,
    SuperAdmin,
}

impl Role {
    pub(super) const ALL: [Self; 4] = [Self::User, Self::Teamlead, Self::Admin, Self::SuperAdmin];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::User => "ROLE_USER",
            Self::Teamlead => "ROLE_TEAMLEAD",
            Self::Admin => "ROLE_ADMIN",
            Self::SuperAdmin => "ROLE_SUPER_ADMIN",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct User {
    /// The properties that are stored as they are shown.
    pub(super) values: Map<String, Value>,
    pub(super) zone: TimeZone,
    /// Highest first; without the role that everybody has.
    pub(super) roles: Vec<Role>,
    pub(super) is_enabled: bool,
    pub(super) password: Option<String>,
    pub(super) preferences: Vec<(String, Option<String>)>,
}

impl User {
    pub(super) fn role(&self) -> Role {
        self.roles.iter().copied().max().unwrap_or(Role::User)
    }

    pub(super) fn name(&self) -> &str {
        self.values.get("username").and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn preference(&self, name: &str) -> Option<&str> {
        self.preferences.iter().find(|(known, _)| known == name)?.1.as_deref()
    }
}

/// A token that takes the place of user name and password.
#[derive(Clone, Debug)]
pub(super) struct ApiToken {
    pub(super) user: u64,
    pub(super) text: String,
}

#[derive(Clone, Debug)]
pub(super) struct Invoice {
    pub(super) customer: u64,
    pub(super) user: u64,
    pub(super) created: Timestamp,
    pub(super) number: String,
    pub(super) comment: Option<String>,
    pub(super) total: f64,
    pub(super) tax: f64,
    pub(super) vat: f64,
    pub(super) currency: String,
    pub(super) due_days: i64,
    pub(super) status: &'static str,
    pub(super) file_name: String,
    pub(super) paid: Option<Timestamp>,
    pub(super) meta: Meta,
}

/// What custom fields belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FieldOwner {
    /// Customers.
    Customer,
    /// Projects.
    Project,
    /// Activities.
    Activity,
    /// Time records.
    Timesheet,
    /// Invoices.
    Invoice,
}

/// A custom field that is defined for all objects of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    pub(super) name: String,
    pub(super) is_visible: bool,
    pub(super) is_checkbox: bool,
}

impl CustomField {
    /// A field with text, or with anything that is written as text.
    #[must_use]
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_visible: true, is_checkbox: false }
    }

    /// A field that is on or off. As in Kimai, writing `"0"` does not switch it off.
    #[must_use]
    pub fn checkbox(name: impl Into<String>) -> Self {
        Self { is_checkbox: true, ..Self::text(name) }
    }

    /// Hides the field: its values can be written, and are never shown.
    #[must_use]
    pub fn hidden(self) -> Self {
        Self { is_visible: false, ..self }
    }
}

/// All data.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) customers: Things,
    pub(super) projects: Things,
    pub(super) activities: Things,
    pub(super) timesheets: Table<Timesheet>,
    pub(super) tags: Table<Tag>,
    pub(super) teams: Table<Team>,
    pub(super) users: Table<User>,
    pub(super) tokens: Table<ApiToken>,
    pub(super) invoices: Table<Invoice>,
    pub(super) fields: Vec<(FieldOwner, CustomField)>,
}

/// Which of the three resources with rates and teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Customer,
    Project,
    Activity,
}

impl State {
    pub(super) fn things(&self, resource: Resource) -> &Things {
        match resource {
            Resource::Customer => &self.customers,
            Resource::Project => &self.projects,
            Resource::Activity => &self.activities,
        }
    }

    pub(super) fn things_mut(&mut self, resource: Resource) -> &mut Things {
        match resource {
            Resource::Customer => &mut self.customers,
            Resource::Project => &mut self.projects,
            Resource::Activity => &mut self.activities,
        }
    }

    /// The customer of a project.
    pub(super) fn customer_of(&self, project: u64) -> Option<u64> {
        self.projects.rows.get(project)?.id("customer")
    }

    /// The teams that are assigned to a customer, project or activity.
    pub(super) fn teams_of(&self, resource: Resource, id: u64) -> Vec<u64> {
        let is_assigned = |team: &Team| match resource {
            Resource::Customer => team.customers.contains(&id),
            Resource::Project => team.projects.contains(&id),
            Resource::Activity => team.activities.contains(&id),
        };
        self.teams.iter().filter(|(_, team)| is_assigned(team)).map(|(id, _)| id).collect()
    }

    /// Whether its teams let a user see it: what belongs to no team is for everybody.
    pub(super) fn is_open_to(&self, resource: Resource, id: u64, user: u64) -> bool {
        let teams = self.teams_of(resource, id);
        let is_member = |team: &u64| self.teams.get(*team).is_some_and(|team| team.members.contains(user));
        let own = teams.is_empty() || teams.iter().any(is_member);
        let above = match resource {
            Resource::Customer => true,
            Resource::Project => {
                self.customer_of(id).is_none_or(|customer| self.is_open_to(Resource::Customer, customer, user))
            }
            Resource::Activity => {
                let project = self.activities.rows.get(id).and_then(|activity| activity.id("project"));
                project.is_none_or(|project| self.is_open_to(Resource::Project, project, user))
            }
        };
        own && above
    }

    /// Removes a customer, project or activity, with all that belongs to it.
    pub(super) fn remove(&mut self, resource: Resource, id: u64) {
        let inner = match resource {
            Resource::Customer => Some((Resource::Project, "customer")),
            Resource::Project => Some((Resource::Activity, "project")),
            Resource::Activity => None,
        };
        if let Some((inner, owner)) = inner {
            let rows = self.things(inner).rows.iter();
            let ids: Vec<u64> = rows.filter(|(_, row)| row.id(owner) == Some(id)).map(|(id, _)| id).collect();
            for id in ids {
                self.remove(inner, id);
            }
        }
        let things = self.things_mut(resource);
        things.rows.remove(id);
        things.rates.retain(|rate| rate.of != id);
        things.comments.retain(|comment| comment.of != id);
        match resource {
            Resource::Customer => self.invoices.retain(|invoice| invoice.customer != id),
            Resource::Project => self.timesheets.retain(|record| record.project != id),
            Resource::Activity => self.timesheets.retain(|record| record.activity != id),
        }
        for (_, team) in self.teams.iter_mut() {
            match resource {
                Resource::Customer => team.customers.remove(&id),
                Resource::Project => team.projects.remove(&id),
                Resource::Activity => team.activities.remove(&id),
            };
        }
    }

    /// Whether a user leads a team that another user is in.
    pub(super) fn leads(&self, user: u64, other: u64) -> bool {
        self.teams.iter().any(|(_, team)| team.members.get(user) == Some(true) && team.members.contains(other))
    }

    /// The custom fields of one kind of objects, in the order of their definition.
    pub(super) fn fields_of(&self, owner: FieldOwner) -> impl Iterator<Item = &CustomField> {
        self.fields.iter().filter(move |(of, _)| *of == owner).map(|(_, field)| field)
    }

    pub(super) fn tag_by_name(&self, name: &str) -> Option<u64> {
        // As Kimai's database compares them.
        self.tags.iter().find(|(_, tag)| tag.name.to_lowercase() == name.to_lowercase()).map(|(id, _)| id)
    }
}
