//! Teams.

use serde_json::Value;

use crate::test_server::form::{Field, Form, Given, Input};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::permission::Permission;
use crate::test_server::sort::sort_key;
use crate::test_server::state::{Resource, Team};

pub(super) fn answer(context: &mut Context<'_>, operation: &str) -> Answer {
    match operation {
        "list" => {
            let mut teams: Vec<(u64, &Team)> = context.state().teams.iter().collect();
            teams.sort_by_key(|(_, team)| sort_key(&team.name));
            return Ok(Reply::json(&teams.into_iter().map(|(id, _)| context.view().team_inside(id)).collect()));
        }
        "create" => return create(context),
        _ => {}
    }
    let id = context.id(0)?;
    context.state().teams.get(id).ok_or(NOT_FOUND)?;
    // Whoever may change teams may also do so for all members, customers, projects and activities.
    if operation != "get" && !context.rights().has(Permission::EditTeam) {
        return Err(FORBIDDEN);
    }
    match operation {
        "get" => {}
        "update" => update(context, id)?,
        "delete" => {
            context.state_mut().teams.remove(id);
            return Ok(Reply::empty());
        }
        _ => assign(context, id, operation)?,
    }
    Ok(Reply::json(&context.view().team(id)))
}

/// Adds or removes a member, customer, project or activity.
fn assign(context: &mut Context<'_>, id: u64, operation: &str) -> Result<(), Refusal> {
    let other = context.id(1)?;
    let state = context.state_mut();
    let is_there = |resource| state.things(resource).rows.get(other).is_some();
    let is_known = match operation.rsplit_once('_').map(|(_, what)| what) {
        Some("member") => state.users.get(other).is_some(),
        Some("customer") => is_there(Resource::Customer),
        Some("project") => is_there(Resource::Project),
        Some("activity") => is_there(Resource::Activity),
        _ => return Err(Refusal::unknown()),
    };
    if !is_known {
        return Err(NOT_FOUND);
    }
    let team = state.teams.get_mut(id).ok_or(NOT_FOUND)?;
    let is_done = match operation {
        "add_member" => team.members.insert(other, false).is_none(),
        "remove_member" => team.members.remove(other).is_some(),
        "add_customer" => team.customers.insert(other),
        "remove_customer" => team.customers.remove(&other),
        "add_project" => team.projects.insert(other),
        "remove_project" => team.projects.remove(&other),
        "add_activity" => team.activities.insert(other),
        "remove_activity" => team.activities.remove(&other),
        _ => return Err(Refusal::unknown()),
    };
    // Kimai refuses to add what is there, and to remove what is not.
    if is_done { Ok(()) } else { Err(Refusal::Status(400)) }
}

fn create(context: &mut Context<'_>) -> Answer {
    let form = read(context, true)?;
    let mut team = Team::default();
    store(&form, &mut team);
    let id = context.state_mut().teams.add(team);
    Ok(Reply::json(&context.view().team(id)))
}

fn update(context: &mut Context<'_>, id: u64) -> Result<(), Refusal> {
    let form = read(context, false)?;
    let team = context.state_mut().teams.get_mut(id).ok_or(NOT_FOUND)?;
    store(&form, team);
    Ok(())
}

fn read(context: &Context<'_>, is_new: bool) -> Result<Form, Refusal> {
    let fields =
        vec![Field::new("name", Input::Name), Field::new("color", Input::Color), Field::new("members", Input::Json)];
    let mut form = Form::read(context.release(), fields, &context.call.body, &context.zone())?;
    form.require_name("name", is_new);
    if is_new || form.get("members").is_some() {
        let members = members(&form);
        if members.iter().any(|(user, _)| context.state().users.get(*user).is_none()) {
            form.fail_choice("members");
        } else if !members.iter().any(|(_, is_lead)| *is_lead) {
            form.fail_at("members", "At least one team leader must be assigned to the team.");
        }
    }
    form.check()?;
    Ok(form)
}

fn members(form: &Form) -> Vec<(u64, bool)> {
    let Some(Given::Json(Value::Array(members))) = form.get("members") else { return Vec::new() };
    let member = |member: &Value| {
        let user = member.get("user")?.as_u64()?;
        Some((user, member.get("teamlead").and_then(Value::as_bool).unwrap_or_default()))
    };
    members.iter().filter_map(member).collect()
}

fn store(form: &Form, team: &mut Team) {
    if let Some(name) = form.text("name") {
        name.clone_into(&mut team.name);
    }
    if form.get("color").is_some() {
        team.color = form.text("color").map(str::to_owned);
    }
    if form.get("members").is_some() {
        team.members = members(form).into_iter().collect();
    }
}
