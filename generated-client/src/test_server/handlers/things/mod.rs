//! Customers, projects and activities.

mod forms;
mod lists;

pub(super) use lists::list;

use serde_json::{Value, json};

use self::forms::{check_codes, defaults, has_field, read, require_id, store};
use super::meta;
use crate::test_server::form::{Form, Given};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::permission::{Action, Permission};
use crate::test_server::state::{FieldOwner, Resource, Team, Thing};
use crate::test_server::view::Detail;

/// The object of the request, if its user may see it.
pub(super) fn viewable(context: &Context<'_>, resource: Resource) -> Result<u64, Refusal> {
    permitted(context, Action::View, resource)
}

/// The object of the request, if its user may change it.
pub(super) fn editable(context: &Context<'_>, resource: Resource) -> Result<u64, Refusal> {
    permitted(context, Action::Edit, resource)
}

fn permitted(context: &Context<'_>, action: Action, resource: Resource) -> Result<u64, Refusal> {
    let id = context.id(0)?;
    context.state().things(resource).rows.get(id).ok_or(NOT_FOUND)?;
    if context.rights().may(action, resource, id) { Ok(id) } else { Err(FORBIDDEN) }
}

pub(super) fn get(context: &Context<'_>, resource: Resource) -> Answer {
    let id = viewable(context, resource)?;
    Ok(Reply::json(&context.view().object_of(resource, id, Detail::Whole)))
}

pub(super) fn delete(context: &mut Context<'_>, resource: Resource) -> Answer {
    let id = permitted(context, Action::Delete, resource)?;
    context.state_mut().remove(resource, id);
    Ok(Reply::empty())
}

/// The team of an object was made here up to 2.64.
pub(super) fn create_team(context: &mut Context<'_>, resource: Resource) -> Answer {
    if context.is_since([2, 65, 0]) {
        let message = "This endpoint was removed, use \"POST /api/teams/\" instead.";
        let body = json!({"code": 410, "message": message});
        return Err(Refusal::Reply(Box::new(Reply::with_status(410, &body))));
    }
    let id = editable(context, resource)?;
    let user = context.user;
    let state = context.state_mut();
    let name = state.things(resource).rows.get(id).map(|thing| thing.name().to_owned()).unwrap_or_default();
    let mut team = Team { name, members: [(user, true)].into(), ..Team::default() };
    match resource {
        Resource::Customer => team.customers.insert(id),
        Resource::Project => team.projects.insert(id),
        Resource::Activity => team.activities.insert(id),
    };
    let team = state.teams.add(team);
    Ok(Reply::json(&context.view().team(team)))
}

pub(super) fn create(context: &mut Context<'_>, resource: Resource) -> Answer {
    if !context.rights().has(Permission::Create(resource)) {
        return Err(FORBIDDEN);
    }
    let mut form = read(context, resource, true)?;
    let is_friendly = context.is_since([2, 63, 0]);
    match resource {
        Resource::Customer => {
            form.require_name("name", true);
            for name in ["country", "currency", "timezone"] {
                if !is_friendly && form.text(name).is_none() {
                    form.fail_at(name, "This value should not be blank.");
                }
            }
        }
        Resource::Project => {
            form.require_name("name", true);
            require_id(context, &mut form, Resource::Customer, "customer", true);
        }
        Resource::Activity => {
            form.require_name("name", true);
            require_id(context, &mut form, Resource::Project, "project", false);
        }
    }
    check_codes(&mut form);
    form.check()?;
    let mut thing = Thing::default();
    defaults(context, resource, &mut thing);
    // Before 2.63, a flag that is not sent is off.
    for flag in ["visible", "billable", "globalActivities"] {
        let value = form.flag(flag).unwrap_or(is_friendly || !has_field(context, resource, flag));
        thing.values.insert(flag.to_owned(), json!(value));
    }
    store(&form, &mut thing);
    if !context.is_since([2, 0, 0]) {
        // 1.x does not read it for new projects.
        thing.values.insert("globalActivities".to_owned(), json!(true));
    }
    let id = context.state_mut().things_mut(resource).rows.add(thing);
    meta::prepare(context, owner(resource), id)?;
    assign_teams(context, resource, id, &form);
    Ok(Reply::json(&context.view().object_of(resource, id, Detail::Whole)))
}

pub(super) fn update(context: &mut Context<'_>, resource: Resource) -> Answer {
    let id = editable(context, resource)?;
    let mut form = read(context, resource, false)?;
    if resource == Resource::Customer && context.is_since([2, 0, 0]) {
        form.require_name("name", false);
    } else {
        form.require_name_or_break("name")?;
    }
    match resource {
        Resource::Customer => {}
        Resource::Project if form.get("customer").is_some() => {
            require_id(context, &mut form, Resource::Customer, "customer", true);
        }
        Resource::Activity => require_id(context, &mut form, Resource::Project, "project", false),
        Resource::Project => {}
    }
    check_codes(&mut form);
    form.check()?;
    if let Some(thing) = context.state_mut().things_mut(resource).rows.get_mut(id) {
        store(&form, thing);
    }
    meta::prepare(context, owner(resource), id)?;
    assign_teams(context, resource, id, &form);
    Ok(Reply::json(&context.view().object_of(resource, id, Detail::Whole)))
}

/// What the custom fields of the resource belong to.
pub(super) fn owner(resource: Resource) -> FieldOwner {
    match resource {
        Resource::Customer => FieldOwner::Customer,
        Resource::Project => FieldOwner::Project,
        Resource::Activity => FieldOwner::Activity,
    }
}

fn assign_teams(context: &mut Context<'_>, resource: Resource, id: u64, form: &Form) {
    let Some(Given::Json(Value::Array(teams))) = form.get("teams") else { return };
    let wanted: Vec<u64> = teams.iter().filter_map(Value::as_u64).collect();
    for team in wanted {
        let Some(team) = context.state_mut().teams.get_mut(team) else { continue };
        match resource {
            Resource::Customer => team.customers.insert(id),
            Resource::Project => team.projects.insert(id),
            Resource::Activity => team.activities.insert(id),
        };
    }
}
