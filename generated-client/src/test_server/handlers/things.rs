//! Customers, projects and activities.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::test_server::form::{Field, Form, Given, Input, PLAIN_DATES};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::permission;
use crate::test_server::query::{Query, has_term};
use crate::test_server::state::{Resource, Role, Team, Thing};
use crate::test_server::view::Detail;

pub(super) fn list(context: &Context<'_>, resource: Resource) -> Answer {
    let query = Query { call: context.call, release: context.release() };
    let (shows_visible, shows_hidden) = query.visibility()?;
    let fields: &[&str] = match resource {
        Resource::Customer => &["name", "id"],
        Resource::Project => &["name", "id", "customer"],
        Resource::Activity => &["name", "id", "project"],
    };
    let (by, is_descending) = query.order(fields, false)?;
    let term = context.call.parameter("term").unwrap_or_default();
    let state = context.state();
    let is_wanted: Box<dyn Fn(u64, &Thing) -> bool> = match resource {
        Resource::Customer => {
            query.choice("full", &["0", "1"])?;
            Box::new(|_, _| true)
        }
        Resource::Project => project_filter(context, &query)?,
        Resource::Activity => activity_filter(&query)?,
    };
    let mut rows: Vec<(u64, &Thing)> = state
        .things(resource)
        .rows
        .iter()
        .filter(|(_, thing)| if thing.is("visible") { shows_visible } else { shows_hidden })
        .filter(|(id, thing)| is_wanted(*id, thing) && state.is_open_to(resource, *id, context.user))
        .filter(|(_, thing)| has_term(thing.name(), term) || has_term(thing.text("comment"), term))
        .collect();
    match by {
        "id" => rows.sort_by_key(|(id, _)| *id),
        "name" => rows.sort_by_key(|(_, thing)| thing.name().to_lowercase()),
        other => rows.sort_by_key(|(_, thing)| thing.id(other)),
    }
    if is_descending {
        rows.reverse();
    }
    let is_full = resource == Resource::Customer && context.call.parameter("full") == Some("1");
    let is_full = is_full && context.is_since([2, 62, 0]);
    let detail = if is_full { Detail::ListedFull } else { Detail::Listed };
    Ok(Reply::json(&rows.into_iter().map(|(id, _)| show(context, resource, id, detail)).collect()))
}

type Filter<'a> = Box<dyn Fn(u64, &Thing) -> bool + 'a>;

fn project_filter<'a>(context: &'a Context<'_>, query: &Query<'_>) -> Result<Filter<'a>, Refusal> {
    let customers = query.ids("customer", "customers")?;
    let with_global = query.flag("globalActivities")?;
    // 2.0 and later read dates here, with or without a time.
    let day = |name: &str| -> Result<Option<String>, Refusal> {
        let Some(text) = context.call.parameter(name) else { return Ok(None) };
        if context.is_since([2, 0, 0]) && text.parse::<jiff::civil::Date>().is_ok() && !text.contains('T') {
            return Ok(Some(text.to_owned()));
        }
        let moment = query.moment(name, &TimeZone::UTC)?;
        Ok(moment.map(|moment| moment.to_zoned_datetime(TimeZone::UTC).date().to_string()))
    };
    let ignores_dates = query.choice("ignoreDates", &["1"])?.is_some();
    let today = context.kimai.now().to_zoned_datetime(context.zone()).date().to_string();
    let (start, end) = (day("start")?, day("end")?);
    let (from, until) = match (start, end) {
        (None, None) => (today.clone(), today),
        (start, end) => (start.clone().or_else(|| end.clone()).unwrap_or_default(), end.or(start).unwrap_or_default()),
    };
    Ok(Box::new(move |_, project| {
        let is_running = (project.text("start").is_empty() || project.text("start") <= until.as_str())
            && (project.text("end").is_empty() || project.text("end") >= from.as_str());
        (customers.is_empty() || project.id("customer").is_some_and(|customer| customers.contains(&customer)))
            && with_global.is_none_or(|wanted| project.is("globalActivities") == wanted)
            && (is_running || ignores_dates)
    }))
}

fn activity_filter<'a>(query: &Query<'_>) -> Result<Filter<'a>, Refusal> {
    let projects = query.ids("project", "projects")?;
    let only_global = query.wide_flag("globals")?;
    Ok(Box::new(move |_, activity| match activity.id("project") {
        None => true,
        Some(_) if only_global => false,
        Some(project) => projects.is_empty() || projects.contains(&project),
    }))
}

fn show(context: &Context<'_>, resource: Resource, id: u64, detail: Detail) -> Value {
    let view = context.view();
    match resource {
        Resource::Customer => view.customer(id, detail),
        Resource::Project => view.project(id, detail),
        Resource::Activity => view.activity(id, detail),
    }
}

/// The object of the request, if its user may see it.
pub(super) fn viewable(context: &Context<'_>, resource: Resource) -> Result<u64, Refusal> {
    let id = context.id(0)?;
    context.state().things(resource).rows.get(id).ok_or(NOT_FOUND)?;
    let may = permission::may_view(context.state(), context.user, context.role, resource, id);
    if may { Ok(id) } else { Err(FORBIDDEN) }
}

/// The object of the request, if its user may change it.
pub(super) fn editable(context: &Context<'_>, resource: Resource) -> Result<u64, Refusal> {
    let id = context.id(0)?;
    context.state().things(resource).rows.get(id).ok_or(NOT_FOUND)?;
    let may = permission::may_edit(context.state(), context.user, context.role, resource, id);
    if may { Ok(id) } else { Err(FORBIDDEN) }
}

pub(super) fn get(context: &Context<'_>, resource: Resource) -> Answer {
    let id = viewable(context, resource)?;
    Ok(Reply::json(&show(context, resource, id, Detail::Whole)))
}

pub(super) fn delete(context: &mut Context<'_>, resource: Resource) -> Answer {
    let id = context.id(0)?;
    context.state().things(resource).rows.get(id).ok_or(NOT_FOUND)?;
    if context.role < Role::Admin {
        return Err(FORBIDDEN);
    }
    let state = context.state_mut();
    match resource {
        Resource::Customer => {
            state.projects.rows.retain(|project| project.id("customer") != Some(id));
        }
        Resource::Project => state.activities.rows.retain(|activity| activity.id("project") != Some(id)),
        Resource::Activity => {}
    }
    state.things_mut(resource).rows.remove(id);
    state.things_mut(resource).rates.retain(|rate| rate.of != id);
    state.things_mut(resource).comments.retain(|comment| comment.of != id);
    for (_, team) in state.teams.iter_mut() {
        match resource {
            Resource::Customer => team.customers.remove(&id),
            Resource::Project => team.projects.remove(&id),
            Resource::Activity => team.activities.remove(&id),
        };
    }
    let (projects, activities) = (state.projects.rows.clone(), state.activities.rows.clone());
    state
        .timesheets
        .retain(|record| projects.get(record.project).is_some() && activities.get(record.activity).is_some());
    Ok(Reply::empty())
}

/// The team of an object was made here up to 2.64.
pub(super) fn create_team(context: &mut Context<'_>, resource: Resource) -> Answer {
    if context.is_since([2, 65, 0]) {
        let message = "This endpoint was removed, use \"POST /api/teams/\" instead.";
        let body = json!({"code": 410, "message": message});
        return Err(Refusal::Reply(Box::new(Reply::with_status(410, &body).header("vary", "Accept"))));
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
    if context.role < Role::Admin {
        return Err(FORBIDDEN);
    }
    let mut form = read(context, resource, true)?;
    let is_friendly = context.is_since([2, 63, 0]);
    match resource {
        Resource::Customer => {
            form.require_name("name", true)?;
            for name in ["country", "currency", "timezone"] {
                if !is_friendly && form.text(name).is_none() {
                    form.fail_at(name, "This value should not be blank.");
                }
            }
        }
        Resource::Project => {
            form.require_name("name", true)?;
            require_id(context, &mut form, Resource::Customer, "customer", true);
        }
        Resource::Activity => {
            form.require_name("name", true)?;
            require_id(context, &mut form, Resource::Project, "project", false);
        }
    }
    check_codes(&mut form);
    form.check()?;
    let mut thing = Thing::default();
    defaults(context, resource, &mut thing);
    // Before 2.63, a flag that is not sent is off.
    for flag in ["visible", "billable", "globalActivities"] {
        let value = form
            .get(flag)
            .map_or(is_friendly || !has_field(context, resource, flag), |_| form.flag(flag).unwrap_or_default());
        thing.values.insert(flag.to_owned(), json!(value));
    }
    store(&form, &mut thing);
    let id = context.state_mut().things_mut(resource).rows.add(thing);
    assign_teams(context, resource, id, &form);
    Ok(Reply::json(&show(context, resource, id, Detail::Whole)))
}

pub(super) fn update(context: &mut Context<'_>, resource: Resource) -> Answer {
    let id = editable(context, resource)?;
    let mut form = read(context, resource, false)?;
    if resource == Resource::Customer && context.is_since([2, 0, 0]) {
        form.require_name("name", false)?;
    } else {
        form.require_name_or_break("name", false)?;
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
    assign_teams(context, resource, id, &form);
    Ok(Reply::json(&show(context, resource, id, Detail::Whole)))
}

fn read(context: &Context<'_>, resource: Resource, is_new: bool) -> Result<Form, Refusal> {
    let mut fields = fields(resource);
    if context.role < Role::Admin {
        fields.retain(|field| !matches!(field.name, "budget" | "timeBudget" | "budgetType"));
    }
    if is_new {
        if context.is_since([2, 0, 0]) {
            fields.push(PLAIN_DATES);
        }
    } else {
        fields.retain(|field| field.name != "teams");
    }
    Form::read(context.release(), fields, &context.call.body, &context.zone())
}

fn has_field(context: &Context<'_>, resource: Resource, name: &str) -> bool {
    fields(resource).iter().any(|field| field.name == name && field.is_in(context.release()))
}

fn fields(resource: Resource) -> Vec<Field> {
    let text = |name| Field::new(name, Input::Text);
    let mut fields = vec![
        Field::new("name", Input::Name),
        text("comment"),
        Field::new("color", Input::Color),
        Field::new("visible", Input::Flag),
        Field::new("billable", Input::Flag),
        Field::new("budget", Input::Money),
        Field::new("timeBudget", Input::Hours),
        text("budgetType"),
    ];
    match resource {
        Resource::Customer => {
            for name in ["company", "contact", "country", "currency", "email", "fax", "homepage", "mobile"] {
                fields.push(text(name));
            }
            fields.extend([
                text("number"),
                text("phone"),
                text("timezone"),
                text("vatId"),
                text("address").until([2, 41, 0]),
                text("invoiceText").since([2, 0, 0]),
                Field::new("invoiceTemplate", Input::Id).since([2, 0, 0]),
                text("buyerReference").since([2, 41, 0]),
                text("city").since([2, 41, 0]),
                text("address_line1").since([2, 41, 0]).until([2, 43, 0]),
                text("address_line2").since([2, 41, 0]).until([2, 43, 0]),
                text("address_line3").since([2, 41, 0]).until([2, 43, 0]),
                text("postcode").since([2, 41, 0]).until([2, 43, 0]),
                text("addressLine1").since([2, 43, 0]),
                text("addressLine2").since([2, 43, 0]),
                text("addressLine3").since([2, 43, 0]),
                text("postCode").since([2, 43, 0]),
                text("invoiceEmail").since([2, 63, 0]),
                text("language").since([2, 63, 0]),
                Field::new("teams", Input::Json).since([2, 43, 0]),
            ]);
        }
        Resource::Project => fields.extend([
            Field::new("customer", Input::Id),
            text("orderNumber"),
            Field::new("orderDate", Input::Day),
            Field::new("start", Input::Day),
            Field::new("end", Input::Day),
            text("invoiceText"),
            Field::new("globalActivities", Input::Flag),
            text("number").since([2, 14, 0]),
            Field::new("teams", Input::Json).since([2, 0, 0]),
        ]),
        Resource::Activity => fields.extend([
            Field::new("project", Input::Id),
            text("invoiceText"),
            text("number").since([2, 14, 0]),
            Field::new("teams", Input::Json).since([2, 0, 0]),
        ]),
    }
    fields
}

fn require_id(context: &Context<'_>, form: &mut Form, resource: Resource, name: &'static str, is_required: bool) {
    match form.get(name) {
        Some(Given::Id(id)) => {
            let is_there = context.state().things(resource).rows.get(*id).is_some();
            if !is_there || !context.state().is_open_to(resource, *id, context.user) {
                form.fail_choice(name);
            }
        }
        None | Some(Given::Nothing) if is_required && !form.has_failed_at(name) => {
            form.fail_at(name, "This value should not be null.");
        }
        _ => {}
    }
}

fn check_codes(form: &mut Form) {
    let is_upper =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_wrong = [
        ("country", form.text("country").is_some_and(|code| !is_upper(code, 2))),
        ("currency", form.text("currency").is_some_and(|code| !is_upper(code, 3))),
        ("timezone", form.text("timezone").is_some_and(|name| TimeZone::get(name).is_err())),
    ];
    for (name, is_wrong) in is_wrong {
        if is_wrong {
            form.fail_choice(name);
        }
    }
}

fn defaults(context: &Context<'_>, resource: Resource, thing: &mut Thing) {
    let is_numbered = context.is_since([2, 14, 0]);
    let last = context.state().things(resource).rows.iter().map(|(id, _)| id).last().unwrap_or(0);
    if is_numbered {
        // Numbers begin with 2, as on the servers that were recorded.
        thing.values.insert("number".to_owned(), json!(format!("{:04}", last + 2)));
    }
    thing.values.insert("budget".to_owned(), json!(0.0));
    thing.values.insert("timeBudget".to_owned(), json!(0));
    if resource == Resource::Customer {
        for (name, value) in [("country", "DE"), ("currency", "EUR"), ("timezone", "Europe/Berlin"), ("language", "en")]
        {
            thing.values.insert(name.to_owned(), json!(value));
        }
    }
}

/// Properties that have another name in forms than in responses.
const RENAMED: [(&str, &str); 4] = [
    ("address_line1", "addressLine1"),
    ("address_line2", "addressLine2"),
    ("address_line3", "addressLine3"),
    ("postcode", "postCode"),
];

fn store(form: &Form, thing: &mut Thing) {
    let names: Vec<&str> = [
        "name",
        "number",
        "comment",
        "company",
        "vatId",
        "contact",
        "address",
        "country",
        "currency",
        "phone",
        "fax",
        "mobile",
        "email",
        "homepage",
        "timezone",
        "language",
        "invoiceEmail",
        "buyerReference",
        "city",
        "addressLine1",
        "addressLine2",
        "addressLine3",
        "postCode",
        "address_line1",
        "address_line2",
        "address_line3",
        "postcode",
        "color",
        "visible",
        "billable",
        "globalActivities",
        "customer",
        "project",
        "orderNumber",
        "orderDate",
        "start",
        "end",
        "budgetType",
        "invoiceText",
    ]
    .to_vec();
    form.store(&names, &mut thing.values);
    for (written, shown) in RENAMED {
        if let Some(value) = thing.values.remove(written) {
            thing.values.insert(shown.to_owned(), value);
        }
    }
    match form.get("budget") {
        Some(Given::Number(budget)) => thing.values.insert("budget".to_owned(), json!(budget)),
        Some(_) => thing.values.insert("budget".to_owned(), json!(0.0)),
        None => None,
    };
    match form.get("timeBudget") {
        #[allow(clippy::cast_possible_truncation, reason = "hours of a budget are far from the limit")]
        Some(Given::Number(seconds)) => thing.values.insert("timeBudget".to_owned(), json!(*seconds as i64)),
        Some(_) => thing.values.insert("timeBudget".to_owned(), json!(0)),
        None => None,
    };
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
