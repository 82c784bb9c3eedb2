//! Users.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::test_server::form::{self, Field, Form, Given, Input};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, BAD_REQUEST, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::permission::Permission;
use crate::test_server::query::has_term;
use crate::test_server::sample;
use crate::test_server::sort::sort_key;
use crate::test_server::state::{Role, User};

pub(super) fn answer(context: &mut Context<'_>, operation: &str) -> Answer {
    match operation {
        "list" | "list_full" => list(context),
        "me" => show(context, context.user),
        "create" => create(context),
        "get" => {
            let id = viewable(context)?;
            show(context, id)
        }
        "update" => update(context),
        "update_preferences" => update_preferences(context),
        "delete_api_token" => delete_token(context),
        _ => Err(Refusal::unknown()),
    }
}

fn show(context: &Context<'_>, id: u64) -> Answer {
    let user = context.state().users.get(id).ok_or(NOT_FOUND)?;
    Ok(Reply::json(&context.view().user(id, user, sees_rates(context, id))))
}

/// Plain users do not see what they cost. Those who see others see all of them.
fn sees_rates(context: &Context<'_>, id: u64) -> bool {
    id != context.user || context.rights().has(Permission::OwnRate)
}

/// The user of the request, if who sent it may see and change them.
fn viewable(context: &Context<'_>) -> Result<u64, Refusal> {
    let id = context.id(0)?;
    context.state().users.get(id).ok_or(NOT_FOUND)?;
    if context.rights().may_edit_user(id) { Ok(id) } else { Err(FORBIDDEN) }
}

fn list(context: &Context<'_>) -> Answer {
    let query = context.query();
    let (shows_enabled, shows_disabled) = query.visibility()?;
    let (by, is_descending) = query.order(&["username", "id", "alias", "email"], false)?;
    let term = context.call.parameter("term").unwrap_or_default();
    let is_full = context.is_since([2, 1, 0]) && query.wide_flag("full")?;
    let text = |user: &User, name: &str| user.values.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut users: Vec<(u64, &User)> = context
        .state()
        .users
        .iter()
        .filter(|(_, user)| if user.is_enabled { shows_enabled } else { shows_disabled })
        .filter(|(_, user)| ["username", "alias", "email"].iter().any(|name| has_term(&text(user, name), term)))
        .collect();
    users.sort_by_cached_key(
        |(id, user)| if by == "id" { (String::new(), *id) } else { (sort_key(&text(user, by)), *id) },
    );
    if is_descending {
        users.reverse();
    }
    let view = context.view();
    let shown = users.into_iter().map(|(id, user)| {
        if is_full { view.user(id, user, sees_rates(context, id)) } else { view.user_inside(id, user) }
    });
    Ok(Reply::json(&shown.collect()))
}

fn fields(is_new: bool) -> Vec<Field> {
    let text = |name| Field::new(name, Input::Text);
    let mut fields = vec![
        text("alias"),
        text("title"),
        text("accountNumber"),
        Field::new("color", Input::Color),
        text("email").required(),
        text("language").required(),
        text("locale").since([2, 11, 0]),
        text("timezone").required(),
        Field::new("supervisor", Input::Id).since([2, 0, 31]),
        Field::new("roles", Input::Json),
        Field::new("enabled", Input::Flag),
        Field::new("systemAccount", Input::Flag).since([2, 0, 0]),
    ];
    if is_new {
        fields.extend([
            Field::new("username", Input::Name),
            text("plainPassword"),
            text("plainApiToken"),
            Field::new("requiresPasswordReset", Input::Flag).since([2, 1, 0]),
        ]);
    } else {
        fields.push(Field::new("requiresPasswordReset", Input::Flag).since([2, 4, 0]));
    }
    fields
}

fn create(context: &mut Context<'_>) -> Answer {
    let mut form = Form::read(context.release(), fields(true), &context.call.body, &context.zone())?;
    form.require_name("username", true);
    for name in ["email", "plainPassword"] {
        if form.text(name).is_none() && !form.has_failed_at(name) {
            form.fail_at(name, "This value should not be blank.");
        }
    }
    let taken = |name: &str| context.state().users.iter().any(|(_, user)| user.name() == name);
    if form.text("username").is_some_and(taken) {
        form.fail_at("username", "This value is already used.");
    }
    check(&mut form);
    form.check()?;
    let mut user = sample::user(context.release(), form.text("username").unwrap_or_default(), Role::User);
    // Disabled, unless the request says otherwise.
    user.is_enabled = form.flag("enabled").unwrap_or_default();
    store(&form, &mut user);
    user.password = form.text("plainApiToken").map(str::to_owned);
    let id = context.state_mut().users.add(user);
    show(context, id)
}

fn update(context: &mut Context<'_>) -> Answer {
    let id = viewable(context)?;
    let mut fields = fields(false);
    fields.retain(|field| context.rights().may_set_of_user(field.name, id));
    let mut form = Form::read(context.release(), fields, &context.call.body, &context.zone())?;
    check(&mut form);
    form.check()?;
    if let Some(user) = context.state_mut().users.get_mut(id) {
        store(&form, user);
        if form.get("enabled").is_some() {
            user.is_enabled = form.flag("enabled").unwrap_or_default();
        }
    }
    show(context, id)
}

fn check(form: &mut Form) {
    if form.text("timezone").is_some_and(|zone| TimeZone::get(zone).is_err()) {
        form.fail_choice("timezone");
    }
    if form.text("email").is_some_and(|email| !email.contains('@')) {
        form.fail_at("email", "This value is not a valid email address.");
    }
}

fn store(form: &Form, user: &mut User) {
    let names = [
        "username",
        "alias",
        "title",
        "accountNumber",
        "color",
        "avatar",
        "email",
        "language",
        "locale",
        "timezone",
        "supervisor",
        "systemAccount",
    ];
    form.store(&names, &mut user.values);
    if let Some(zone) = form.text("timezone").and_then(|zone| TimeZone::get(zone).ok()) {
        user.zone = zone;
    }
    if let Some(Given::Json(Value::Array(roles))) = form.get("roles") {
        let known = |name: &Value| Role::ALL.into_iter().find(|role| Some(role.name()) == name.as_str());
        user.roles = roles.iter().filter_map(known).filter(|role| *role != Role::User).collect();
    }
}

/// Preferences that are no properties of users.
fn update_preferences(context: &mut Context<'_>) -> Answer {
    let id = viewable(context)?;
    let Value::Array(settings) = form::body(&context.call.body)? else { return Err(BAD_REQUEST) };
    let mut changes: Map<String, Value> = Map::new();
    for setting in &settings {
        let name = setting.get("name").and_then(Value::as_str).ok_or(BAD_REQUEST)?;
        changes.insert(name.to_owned(), setting.get("value").cloned().unwrap_or(Value::Null));
    }
    let release = context.release();
    let user = context.state().users.get(id).ok_or(NOT_FOUND)?;
    let mut user = user.clone();
    // As soon as one was set, all are there, and the locale of a new user is forgotten.
    if sample::add_preferences(release, &mut user) {
        user.values.insert("locale".to_owned(), json!("en"));
    }
    for (name, value) in changes {
        let text = match &value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            Value::Bool(flag) => Some(if *flag { "1" } else { "0" }.to_owned()),
            other => Some(other.to_string()),
        };
        if let Some((_, old)) = user.preferences.iter_mut().find(|(known, _)| *known == name) {
            *old = text;
        } else if let ("timezone" | "language" | "locale", Some(text)) = (name.as_str(), text) {
            if name == "timezone" {
                user.zone = TimeZone::get(&text).map_err(|_| BAD_REQUEST)?;
            }
            user.values.insert(name, json!(text));
        } else {
            return Err(BAD_REQUEST);
        }
    }
    if let Some(row) = context.state_mut().users.get_mut(id) {
        *row = user;
    }
    show(context, id)
}

/// The tokens of others are not found.
fn delete_token(context: &mut Context<'_>) -> Answer {
    let id = context.id(0)?;
    context.state().tokens.get(id).filter(|token| token.user == context.user).ok_or(NOT_FOUND)?;
    context.state_mut().tokens.remove(id);
    Ok(Reply::json(&Value::Null))
}
