//! Objects as a release shows them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::clock;
use super::colors;
use super::object::{Object, is_since};
use super::state::{Comment, FieldOwner, Invoice, Meta, Rate, Resource, State, Tag, Team, Thing, Timesheet, User};
use crate::Release;

/// How much of an object is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Inside of another object, with objects of its own.
    Inside,
    /// In a team: as inside of other objects, with ids.
    InTeam,
    /// In a list.
    Listed,
    /// In a list of customers with `full`.
    ListedFull,
    /// By itself.
    Whole,
}

impl Detail {
    fn is_inside(self) -> bool {
        matches!(self, Self::Inside | Self::InTeam)
    }
}

/// Shows objects.
pub(super) struct View<'a> {
    pub(super) state: &'a State,
    pub(super) release: Release,
}

/// Since when objects have a color that is never null.
const COLOR_SAFE: [u32; 3] = [2, 46, 0];

/// Since when lists and inner objects have most properties.
const WIDER: [u32; 3] = [2, 40, 0];

/// Since when projects and activities have numbers.
const NUMBERED: [u32; 3] = [2, 14, 0];

const BUDGET: [&str; 3] = ["budget", "timeBudget", "budgetType"];

impl View<'_> {
    fn object(&self) -> Object {
        Object::new(self.release)
    }

    /// A customer, project or activity.
    pub(super) fn object_of(&self, resource: Resource, id: u64, detail: Detail) -> Value {
        match resource {
            Resource::Customer => self.customer(id, detail),
            Resource::Project => self.project(id, detail),
            Resource::Activity => self.activity(id, detail),
        }
    }

    pub(super) fn customer(&self, id: u64, detail: Detail) -> Value {
        let Some(customer) = self.state.customers.rows.get(id) else { return Value::Null };
        let values = &customer.values;
        let contact = ["company", "country", "currency", "fax", "homepage", "mobile", "phone", "timezone"];
        let address = ["addressLine1", "addressLine2", "addressLine3", "city", "postCode"];
        let mut object =
            self.thing(id, customer).copy(&["number"], values).copy_since([2, 63, 0], &["language"], values);
        object = self.meta(object, FieldOwner::Customer, &customer.meta, detail);
        object = match detail {
            Detail::Whole => object.copy(&contact, values),
            Detail::Inside | Detail::InTeam => object.copy_since(WIDER, &contact, values),
            Detail::Listed | Detail::ListedFull => {
                object.copy(&["currency"], values).copy_since(WIDER, &contact, values)
            }
        };
        if !detail.is_inside() {
            object = self.teams(object, Resource::Customer, id);
        }
        if matches!(detail, Detail::Whole | Detail::ListedFull) {
            object = object.copy(&["vatId"], values).copy_since([2, 41, 0], &address, values);
        }
        if detail == Detail::Whole {
            object = object
                .copy(&["address", "contact", "email"], values)
                .copy(&BUDGET, values)
                .copy_since([2, 41, 0], &["buyerReference"], values)
                .copy_since([2, 63, 0], &["invoiceEmail"], values);
        }
        object.done()
    }

    pub(super) fn project(&self, id: u64, detail: Detail) -> Value {
        let Some(project) = self.state.projects.rows.get(id) else { return Value::Null };
        let values = &project.values;
        let customer = project.id("customer");
        let [ordered, start, end] = ["orderDate", "start", "end"].map(|name| self.day(values.get(name), customer));
        let object =
            self.thing(id, project).copy(&["globalActivities"], values).copy_since(NUMBERED, &["number"], values);
        let object = self.meta(object, FieldOwner::Project, &project.meta, detail);
        if detail.is_inside() {
            let shown = match customer {
                Some(customer) if detail == Detail::Inside => self.customer(customer, Detail::Inside),
                other => json!(other),
            };
            return object
                .with("customer", shown)
                .copy_since([2, 38, 0], &["orderNumber"], values)
                .since([2, 45, 0], "orderDate", ordered)
                .since([2, 45, 0], "start", start)
                .since([2, 45, 0], "end", end)
                .done();
        }
        let title = customer.and_then(|customer| self.state.customers.rows.get(customer)).map(Thing::name);
        let object = self
            .teams(object, Resource::Project, id)
            .with("customer", customer)
            .with("parentTitle", title)
            .with("start", start)
            .with("end", end);
        if detail == Detail::Whole {
            object.copy(&["orderNumber"], values).with("orderDate", ordered).copy(&BUDGET, values).done()
        } else {
            object.copy_since([2, 38, 0], &["orderNumber"], values).since([2, 45, 0], "orderDate", ordered).done()
        }
    }

    /// Dates of projects are dates since 2.0, and midnights before.
    fn day(&self, day: Option<&Value>, customer: Option<u64>) -> Value {
        let Some(Value::String(day)) = day else { return Value::Null };
        if is_since(self.release, [2, 0, 0]) {
            return json!(day);
        }
        let customer = customer.and_then(|customer| self.state.customers.rows.get(customer));
        let zone = customer.and_then(|customer| TimeZone::get(customer.text("timezone")).ok()).unwrap_or(TimeZone::UTC);
        let midnight = day.parse::<jiff::civil::Date>().ok().and_then(|day| day.to_zoned_datetime(zone.clone()).ok());
        midnight.map_or(Value::Null, |midnight| time(midnight.timestamp(), &zone))
    }

    pub(super) fn activity(&self, id: u64, detail: Detail) -> Value {
        let Some(activity) = self.state.activities.rows.get(id) else { return Value::Null };
        let values = &activity.values;
        let project = activity.id("project");
        let object = self.thing(id, activity).copy_since(NUMBERED, &["number"], values);
        let object = self.meta(object, FieldOwner::Activity, &activity.meta, detail);
        if detail.is_inside() {
            let shown = match project {
                Some(project) if detail == Detail::Inside => self.project(project, Detail::Inside),
                other => json!(other),
            };
            return object.with("project", shown).done();
        }
        let title = project.and_then(|project| self.state.projects.rows.get(project)).map(Thing::name);
        let object = self.teams(object, Resource::Activity, id).with("project", project).with("parentTitle", title);
        if detail == Detail::Whole { object.copy(&BUDGET, values).done() } else { object.done() }
    }

    /// What customers, projects and activities have in common.
    fn thing(&self, id: u64, thing: &Thing) -> Object {
        let color = thing.values.get("color").and_then(Value::as_str);
        self.object()
            .with("id", id)
            .with("name", thing.name())
            .copy(&["comment", "visible", "billable"], &thing.values)
            .with("color", color)
            .since(COLOR_SAFE, "color-safe", colors::shown(color, thing.name()))
    }

    fn teams(&self, object: Object, resource: Resource, id: u64) -> Object {
        let teams = self.state.teams_of(resource, id).into_iter().map(|team| self.team_inside(team));
        object.with("teams", teams.collect::<Vec<Value>>())
    }

    fn meta(&self, object: Object, owner: FieldOwner, meta: &Meta, detail: Detail) -> Object {
        let visible = self.state.fields_of(owner).filter(|field| field.is_visible && meta.has(&field.name));
        let values = visible.map(|field| json!({"name": field.name, "value": meta.get(&field.name)}));
        let values = values.collect::<Vec<Value>>();
        if detail.is_inside() { object.since(WIDER, "metaFields", values) } else { object.with("metaFields", values) }
    }

    /// A time record; with objects in place of ids if `is_full`.
    pub(super) fn timesheet(&self, id: u64, record: &Timesheet, detail: Detail, is_full: bool) -> Value {
        let owner = self.state.users.get(record.user);
        let mut object = self
            .object()
            .with("id", id)
            .with("begin", time(record.begin, &record.zone))
            .with("end", record.end.map(|end| time(end, &record.zone)))
            .with("duration", record.duration())
            .since([2, 45, 0], "break", record.pause)
            .with("description", record.description.as_deref())
            .with("rate", record.rate)
            .with("internalRate", record.internal_rate)
            .with("tags", self.tag_names(record))
            .with("billable", record.is_billable);
        object = object.with("exported", record.is_exported);
        object = self.meta(object, FieldOwner::Timesheet, &record.meta, Detail::Whole);
        if detail == Detail::Whole {
            object = object.with("fixedRate", record.fixed_rate).with("hourlyRate", record.hourly_rate);
        }
        if !is_full {
            let (user, project, activity) = (record.user, record.project, record.activity);
            return object.with("user", user).with("project", project).with("activity", activity).done();
        }
        let user = match owner {
            Some(user) if is_since(self.release, [2, 0, 0]) => self.user_inside(record.user, user),
            _ => json!(record.user),
        };
        object
            .with("user", user)
            .with("project", self.project(record.project, Detail::Inside))
            .with("activity", self.activity(record.activity, Detail::Inside))
            .done()
    }

    fn tag_names(&self, record: &Timesheet) -> Vec<&str> {
        record.tags.iter().filter_map(|tag| self.state.tags.get(*tag)).map(|tag| tag.name.as_str()).collect()
    }

    pub(super) fn tag(&self, id: u64, tag: &Tag) -> Value {
        self.object()
            .with("id", id)
            .with("name", tag.name.as_str())
            .with("color", tag.color.as_deref())
            .since([2, 0, 35], "visible", tag.is_visible)
            .since([2, 18, 0], "color-safe", colors::shown(tag.color.as_deref(), &tag.name))
            .done()
    }

    pub(super) fn team_inside(&self, id: u64) -> Value {
        self.state.teams.get(id).map_or(Value::Null, |team| self.team_object(id, team).done())
    }

    fn team_object(&self, id: u64, team: &Team) -> Object {
        self.object().with("id", id).with("name", team.name.as_str()).with("color", team.color.as_deref()).since(
            COLOR_SAFE,
            "color-safe",
            colors::shown(team.color.as_deref(), &team.name),
        )
    }

    pub(super) fn team(&self, id: u64) -> Value {
        let Some(team) = self.state.teams.get(id) else { return Value::Null };
        let user = |id: u64| self.state.users.get(id).map_or(Value::Null, |user| self.user_inside(id, user));
        let members: Vec<Value> =
            team.members.iter().map(|(id, is_lead)| json!({"user": user(id), "teamlead": is_lead})).collect();
        let lead = team.members.iter().find(|(_, is_lead)| *is_lead).map(|(id, _)| user(id));
        let users: Vec<Value> = team.members.iter().map(|(id, _)| user(id)).collect();
        let customers = team.customers.iter().map(|id| self.customer(*id, Detail::InTeam));
        let projects = team.projects.iter().map(|id| self.project(*id, Detail::InTeam));
        let activities = team.activities.iter().map(|id| self.activity(*id, Detail::InTeam));
        self.team_object(id, team)
            .until([2, 0, 0], "teamlead", lead)
            .until([2, 0, 0], "users", users)
            .with("members", members)
            .with("customers", customers.collect::<Vec<Value>>())
            .with("projects", projects.collect::<Vec<Value>>())
            .with("activities", activities.collect::<Vec<Value>>())
            .done()
    }

    pub(super) fn user_inside(&self, id: u64, user: &User) -> Value {
        let values = &user.values;
        self.user_object(id, user)
            .copy_since([2, 0, 0], &["title"], values)
            .copy_since([2, 40, 0], &["avatar"], values)
            .copy_since([2, 45, 0], &["language", "locale", "timezone"], values)
            .done()
    }

    pub(super) fn user(&self, id: u64, user: &User, with_rates: bool) -> Value {
        let values = &user.values;
        let teams: Vec<(u64, bool)> = self
            .state
            .teams
            .iter()
            .filter_map(|(team, row)| row.members.get(id).map(|is_lead| (team, is_lead)))
            .collect();
        let inside: Vec<Value> = teams.iter().map(|(team, _)| self.team_inside(*team)).collect();
        let memberships: Vec<Value> =
            teams.iter().map(|(team, is_lead)| json!({"team": self.team_inside(*team), "teamlead": is_lead})).collect();
        let is_shown = |name: &str| with_rates || !matches!(name, "hourly_rate" | "internal_rate");
        let preferences = user.preferences.iter().filter(|(name, _)| is_shown(name));
        let preferences = preferences.map(|(name, value)| json!({"name": name, "value": value}));
        let supervisor = values.get("supervisor").and_then(Value::as_u64);
        let supervisor = supervisor.and_then(|id| self.state.users.get(id).map(|user| self.user_inside(id, user)));
        self.user_object(id, user)
            .copy(&["title", "avatar", "language", "timezone"], values)
            .copy_since([2, 11, 0], &["locale"], values)
            .with("roles", user.roles.iter().map(|role| role.name()).collect::<Vec<_>>())
            .with("teams", inside)
            .with("memberships", memberships)
            .with("preferences", preferences.collect::<Vec<Value>>())
            .since([2, 0, 31], "supervisor", supervisor)
            .done()
    }

    fn user_object(&self, id: u64, user: &User) -> Object {
        let values = &user.values;
        let color = values.get("color").and_then(Value::as_str);
        let shown = values.get("alias").and_then(Value::as_str).unwrap_or_else(|| user.name());
        let initials: String = user.name().chars().take(2).flat_map(char::to_uppercase).collect();
        self.object()
            .with("id", id)
            .copy(&["username", "alias"], values)
            .with("enabled", user.is_enabled)
            .copy(&["accountNumber"], values)
            .with("color", color)
            .since([2, 0, 0], "initials", initials)
            .since([2, 1, 0], "apiToken", user.password.is_some())
            .copy_since([2, 45, 0], &["email", "systemAccount"], values)
            .since(COLOR_SAFE, "color-safe", colors::shown(color, shown))
    }

    pub(super) fn rate(&self, id: u64, rate: &Rate) -> Value {
        let user = rate.user.and_then(|id| self.state.users.get(id).map(|user| self.user_inside(id, user)));
        json!({
            "id": id, "user": user, "rate": rate.rate, "internalRate": rate.internal, "isFixed": rate.is_fixed,
        })
    }

    pub(super) fn comment(&self, id: u64, comment: &Comment, zone: &TimeZone) -> Value {
        let by = self.state.users.get(comment.by).map(|user| self.user_inside(comment.by, user));
        json!({
            "id": id, "message": comment.message, "createdBy": by, "createdAt": time(comment.at, zone),
            "pinned": comment.is_pinned,
        })
    }

    pub(super) fn invoice(&self, id: u64, invoice: &Invoice, zone: &TimeZone, now: Timestamp) -> Value {
        let user = self.state.users.get(invoice.user).map(|user| self.user_inside(invoice.user, user));
        let due = clock::after(invoice.created, clock::days(invoice.due_days));
        let is_overdue = matches!(invoice.status, "new" | "pending") && due < now;
        let object = self
            .object()
            .with("id", id)
            .with("createdAt", time(invoice.created, zone))
            .since([2, 45, 0], "overdue", is_overdue)
            .with("invoiceNumber", invoice.number.as_str())
            .with("comment", invoice.comment.as_deref())
            .with("customer", self.customer(invoice.customer, Detail::Inside))
            .with("user", user)
            .with("total", invoice.total)
            .with("tax", invoice.tax)
            .with("currency", invoice.currency.as_str())
            .with("dueDays", invoice.due_days)
            .with("vat", invoice.vat)
            .with("status", invoice.status)
            .since([2, 56, 0], "invoiceFilename", invoice.file_name.as_str())
            .with("paymentDate", invoice.paid.map(|paid| time(paid, zone)));
        self.meta(object, FieldOwner::Invoice, &invoice.meta, Detail::Whole).done()
    }
}

/// A time as Kimai writes it: without a colon in the offset.
pub(super) fn time(time: Timestamp, zone: &TimeZone) -> Value {
    json!(time.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%z").to_string())
}
