//! One time record: create, change, start, stop.

use jiff::Timestamp;

use super::meta;
use crate::test_server::clock::{after, minute};
use crate::test_server::form::{Field, Form, Given, Input, moment};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, BAD_REQUEST, BROKEN, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::pay;
use crate::test_server::permission::{Permission, Rights};
use crate::test_server::sort::sort_key;
use crate::test_server::state::{FieldOwner, Meta, Resource, Tag, Timesheet};
use crate::test_server::tracking::TrackingMode;
use crate::test_server::view::Detail;
use crate::test_server::visibility;

pub(super) fn get(context: &Context<'_>) -> Answer {
    let id = viewable(context)?;
    reply(context, id)
}

fn reply(context: &Context<'_>, id: u64) -> Answer {
    let record = context.state().timesheets.get(id).ok_or(NOT_FOUND)?;
    // Any value of it expands the response, even `false`.
    let is_full = context.route.info.name == "timesheets.create" && context.call.parameter("full").is_some();
    Ok(Reply::json(&context.view().timesheet(id, record, Detail::Whole, is_full)))
}

/// The record of the request, if its user may see it.
pub(super) fn viewable(context: &Context<'_>) -> Result<u64, Refusal> {
    permitted(context, Rights::may_view_record)
}

/// The record of the request, if its user may change it.
pub(super) fn editable(context: &Context<'_>) -> Result<u64, Refusal> {
    permitted(context, Rights::may_edit_record)
}

fn permitted<'a>(context: &'a Context<'_>, may: fn(&Rights<'a>, &Timesheet) -> bool) -> Result<u64, Refusal> {
    let id = context.id(0)?;
    let record = context.state().timesheets.get(id).ok_or(NOT_FOUND)?;
    if may(&context.rights(), record) { Ok(id) } else { Err(FORBIDDEN) }
}

pub(super) fn create(context: &mut Context<'_>) -> Answer {
    let mut form = read(context, true)?;
    let now = context.kimai.now();
    let user = owner(context, &mut form).unwrap_or(context.user);
    let begin = if context.kimai.mode == TrackingMode::Punch { now } else { minute(now) };
    let mut record = Timesheet { modified: now, ..Timesheet::new(user, context.zone(), (0, 0), begin) };
    fill(context, &mut form, &mut record)?;
    require_project(context, &mut form, &record, None);
    form.check()?;
    let before = context.state().tags.iter().next_back().map_or(0, |(id, _)| id);
    write_tags(context, &form, &mut record);
    if form.get("billable").is_none() {
        record.is_billable = pay::is_billable(context.state(), &record);
    }
    pay::settle(context.state(), &mut record);
    if record.end.is_none() {
        stop_others(context, user);
    }
    let mut tags = record.tags.clone();
    if context.is_since([2, 0, 0]) && !context.is_since([2, 11, 0]) {
        // Known tags come first here, by name; the next response has them as they were written.
        sort_tags(context, &mut tags, before);
    }
    let id = context.state_mut().timesheets.add(Timesheet { tags, ..record.clone() });
    meta::prepare(context, FieldOwner::Timesheet, id)?;
    let answer = reply(context, id)?;
    // The next response has the zone of the owner.
    let zone = context.state().users.get(user).map(|user| user.zone.clone());
    if let Some(row) = context.state_mut().timesheets.get_mut(id) {
        row.tags = record.tags;
        row.zone = zone.unwrap_or(record.zone);
    }
    Ok(answer)
}

/// Sorts the tags that were there before by name, and puts those that are new after them.
fn sort_tags(context: &Context<'_>, tags: &mut [u64], last: u64) {
    let key = |tag: &u64| context.state().tags.get(*tag).map(|row| sort_key(&row.name)).unwrap_or_default();
    tags.sort_by_cached_key(|tag| if *tag > last { (true, String::new()) } else { (false, key(tag)) });
}

pub(super) fn update(context: &mut Context<'_>) -> Answer {
    let id = editable(context)?;
    let mut form = read(context, false)?;
    let mut record = context.state().timesheets.get(id).ok_or(NOT_FOUND)?.clone();
    if let Some(user) = owner(context, &mut form) {
        record.user = user;
    }
    let before = record.clone();
    fill(context, &mut form, &mut record)?;
    require_project(context, &mut form, &record, Some(&before));
    form.check()?;
    write_tags(context, &form, &mut record);
    if (record.begin, record.end, record.pause) != (before.begin, before.end, before.pause)
        || form.get("hourlyRate").is_some()
        || form.get("fixedRate").is_some()
    {
        pay::settle(context.state(), &mut record);
    }
    record.modified = context.kimai.now();
    let shows_old = form.get("billable") == Some(&Given::Nothing) && context.is_since([2, 0, 0]);
    if let Some(row) = context.state_mut().timesheets.get_mut(id) {
        *row = record.clone();
    }
    meta::prepare(context, FieldOwner::Timesheet, id)?;
    if shows_old {
        // The response to a null still has the old value; the next one has the new one.
        record.is_billable = before.is_billable;
        return Ok(Reply::json(&context.view().timesheet(id, &record, Detail::Whole, false)));
    }
    reply(context, id)
}

fn read(context: &Context<'_>, is_new: bool) -> Result<Form, Refusal> {
    let rights = context.rights();
    let has_times = context.kimai.mode == TrackingMode::Default || rights.may_write_fixed_times();
    let mut fields = Vec::new();
    if has_times {
        fields.extend([Field::new("begin", Input::Moment), Field::new("end", Input::Moment)]);
        if context.kimai.has_breaks {
            fields.push(Field::new("break", Input::Hours).since([2, 30, 0]));
        }
    }
    fields.extend([
        Field::new("project", Input::Id),
        Field::new("activity", Input::Id),
        Field::new("description", Input::Text),
        Field::new("tags", Input::Words),
    ]);
    if rights.has(Permission::EditRate) {
        fields.extend([Field::new("fixedRate", Input::Money), Field::new("hourlyRate", Input::Money)]);
    }
    if !is_new || rights.has(Permission::CreateOtherTimesheet) {
        fields.push(Field::new("user", Input::Id));
    }
    if rights.has(Permission::EditExport) {
        fields.push(Field::new("exported", Input::Flag));
    }
    if rights.has(Permission::EditBillable) {
        fields.push(Field::new("billable", Input::Flag));
    }
    Form::read(context.release(), fields, &context.call.body, &context.zone())
}

/// The user that the record shall belong to.
fn owner(context: &Context<'_>, form: &mut Form) -> Option<u64> {
    match form.get("user").cloned() {
        None => None,
        Some(Given::Id(id)) => {
            let may = context.rights().may_list_records_of(id);
            if !may || context.state().users.get(id).is_none() {
                form.fail_choice("user");
            }
            Some(id)
        }
        Some(_) => {
            form.fail_at("user", "This value should not be null.");
            None
        }
    }
}

/// Writes what the form has, and checks it.
fn fill(context: &Context<'_>, form: &mut Form, record: &mut Timesheet) -> Result<(), Refusal> {
    let is_loose = context.is_since([2, 0, 0]) && !context.is_since([2, 1, 0]);
    if is_loose && (form.has_failed_at("project") || form.has_failed_at("activity")) {
        // 2.0 fails on ids that are no numbers.
        return Err(BROKEN);
    }
    match form.get("begin") {
        Some(Given::Moment(begin)) => record.begin = minute(*begin),
        Some(_) => return Err(BROKEN),
        None => {}
    }
    match form.get("end") {
        Some(Given::Moment(end)) => record.end = Some(minute(*end)),
        Some(_) => record.end = None,
        None => {}
    }
    if form.get("break").is_some() {
        record.pause = form.seconds("break").unwrap_or_default();
    }
    if let Some(given) = form.get("description") {
        record.description = if let Given::Text(text) = given { Some(text.clone()) } else { None };
    }
    for (name, target) in [("fixedRate", &mut record.fixed_rate), ("hourlyRate", &mut record.hourly_rate)] {
        if form.get(name).is_some() {
            *target = form.number(name);
        }
    }
    if form.get("billable").is_some() {
        record.is_billable = form.flag("billable").unwrap_or_default();
    }
    match form.get("exported") {
        // A null counts as true since 2.0.
        Some(Given::Nothing) if context.is_since([2, 0, 0]) => record.is_exported = true,
        Some(_) => record.is_exported = form.flag("exported").unwrap_or_default(),
        None => {}
    }
    // If the begin is wrong, it is now.
    let begin = if form.has_failed_at("begin") { context.kimai.now() } else { record.begin };
    if record.end.is_some_and(|end| end < begin) {
        if !context.is_since([2, 0, 0]) {
            form.fail_at("end", "The end date must not be before the start date.");
        } else if context.is_since([2, 35, 0]) {
            form.fail("The end date must not be earlier than the start date.");
            form.fail("Duration cannot be negative.");
        } else {
            form.fail("End date must not be earlier then start date.");
        }
    }
    // 0 is no project, which is an error later on.
    if form.get("project").is_some() {
        record.project = form.id("project").unwrap_or_default();
    }
    if form.get("activity").is_some() {
        record.activity = form.id("activity").unwrap_or_default();
    }
    Ok(())
}

/// Requires a project, and an activity that the project has. What is hidden can stay, and cannot be chosen.
fn require_project(context: &Context<'_>, form: &mut Form, record: &Timesheet, before: Option<&Timesheet>) {
    let state = context.state();
    let is_there =
        |resource, id| visibility::is_visible(state, resource, id) && context.rights().may_access(resource, id);
    if record.project == 0 {
        if !form.has_failed_at("project") {
            form.fail_at("project", "A project needs to be selected.");
            form.fail_at("project", "This value should not be null.");
        }
    } else if before.map(|before| before.project) != Some(record.project)
        && !is_there(Resource::Project, record.project)
    {
        form.fail_choice("project");
    }
    if record.activity == 0 {
        if !form.has_failed_at("activity") {
            form.fail_at("activity", "An activity needs to be selected.");
            form.fail_at("activity", "This value should not be null.");
        }
    } else if !form.has_failed_at("project") {
        let own = state.activities.rows.get(record.activity).and_then(|activity| activity.id("project"));
        let is_for_global = || {
            let project = state.projects.rows.get(record.project);
            project.is_some_and(|project| project.is("globalActivities"))
        };
        let fits = own.map_or_else(is_for_global, |project| project == record.project);
        let is_kept = before.map(|before| before.activity) == Some(record.activity);
        if !fits || (!is_kept && !is_there(Resource::Activity, record.activity)) {
            form.fail_choice("activity");
        }
    }
}

/// Unknown tags are created up to 2.10, and dropped since.
fn write_tags(context: &mut Context<'_>, form: &Form, record: &mut Timesheet) {
    let names = match form.get("tags") {
        None => return,
        Some(Given::Words(names)) => names.clone(),
        Some(_) => Vec::new(),
    };
    let drops_unknown = context.is_since([2, 11, 0]);
    let state = context.state_mut();
    record.tags.clear();
    for name in names {
        let tag = match state.tag_by_name(&name) {
            Some(tag) => tag,
            None if drops_unknown => continue,
            None => state.tags.add(Tag { name, color: None, is_visible: true }),
        };
        if !record.tags.contains(&tag) {
            record.tags.push(tag);
        }
    }
}

/// A user has one running record: starting one stops the others.
fn stop_others(context: &mut Context<'_>, user: u64) {
    let is_running = |record: &Timesheet| record.user == user && record.end.is_none();
    let running = context.state().timesheets.iter().filter(|(_, record)| is_running(record));
    for id in running.map(|(id, _)| id).collect::<Vec<u64>>() {
        stop_one(context, id);
    }
}

fn stop_one(context: &mut Context<'_>, id: u64) {
    let now = context.kimai.now();
    let Some(mut record) = context.state().timesheets.get(id).filter(|record| record.end.is_none()).cloned() else {
        return;
    };
    finish(&mut record, now);
    pay::settle(context.state(), &mut record);
    if let Some(row) = context.state_mut().timesheets.get_mut(id) {
        *row = record;
    }
}

fn finish(record: &mut Timesheet, now: Timestamp) {
    record.begin = minute(record.begin);
    let end = minute(now);
    // Ends are rounded up.
    let end = if end < now { after(end, jiff::SignedDuration::from_mins(1)) } else { end };
    record.end = Some(end.max(record.begin));
    record.modified = now;
}

pub(super) fn stop(context: &mut Context<'_>) -> Answer {
    let id = permitted(context, Rights::may_stop_record)?;
    stop_one(context, id);
    reply(context, id)
}

pub(super) fn restart(context: &mut Context<'_>) -> Answer {
    let id = permitted(context, Rights::may_start_record)?;
    let old = context.state().timesheets.get(id).ok_or(NOT_FOUND)?.clone();
    let zone = context.zone();
    let fields = vec![Field::new("copy", Input::Text), Field::new("begin", Input::Text)];
    let form = Form::read(context.release(), fields, &context.call.body, &zone)?;
    let parameter = |name: &str| context.call.parameter(name).or_else(|| form.text(name)).map(str::to_owned);
    let now = context.kimai.now();
    let begin = match parameter("begin") {
        None => now,
        Some(text) => moment(&text, &zone).ok_or(BAD_REQUEST)?,
    };
    let user = context.user;
    let mut record = Timesheet {
        user,
        zone: zone.clone(),
        begin: minute(begin),
        end: None,
        pause: 0,
        rate: 0.0,
        internal_rate: 0.0,
        is_exported: false,
        modified: now,
        ..old.clone()
    };
    if parameter("copy").as_deref() != Some("all") {
        record = Timesheet { description: None, tags: Vec::new(), meta: Meta::new(), ..record };
        record.is_billable = pay::is_billable(context.state(), &record);
        record.fixed_rate = None;
    }
    if parameter("copy").as_deref() != Some("all") || context.is_since([2, 35, 0]) {
        record.hourly_rate = None;
    }
    stop_others(context, user);
    let id = context.state_mut().timesheets.add(record);
    meta::prepare(context, FieldOwner::Timesheet, id)?;
    reply(context, id)
}

pub(super) fn duplicate(context: &mut Context<'_>) -> Answer {
    let id = permitted(context, Rights::may_start_record)?;
    let mut record = context.state().timesheets.get(id).ok_or(NOT_FOUND)?.clone();
    record.is_exported = false;
    record.modified = context.kimai.now();
    let id = context.state_mut().timesheets.add(record);
    reply(context, id)
}

pub(super) fn toggle_exported(context: &mut Context<'_>) -> Answer {
    let id = permitted(context, Rights::may_toggle_exported)?;
    if let Some(record) = context.state_mut().timesheets.get_mut(id) {
        record.is_exported = !record.is_exported;
    }
    reply(context, id)
}

pub(super) fn delete(context: &mut Context<'_>) -> Answer {
    let id = editable(context)?;
    context.state_mut().timesheets.remove(id);
    Ok(Reply::empty())
}
