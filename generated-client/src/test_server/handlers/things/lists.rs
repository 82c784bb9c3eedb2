//! Lists of customers, projects and activities.

use jiff::tz::TimeZone;

use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, Refusal, Reply};
use crate::test_server::permission::Permission;
use crate::test_server::query::{Query, has_term};
use crate::test_server::sort::sort_key;
use crate::test_server::state::{Resource, Thing};
use crate::test_server::view::Detail;
use crate::test_server::visibility::has_visible_parents;

pub(in super::super) fn list(context: &Context<'_>, resource: Resource) -> Answer {
    let query = context.query();
    let (shows_visible, shows_hidden) = query.visibility()?;
    let fields: &[&str] = match resource {
        Resource::Customer => &["name", "id"],
        Resource::Project => &["name", "id", "customer"],
        Resource::Activity => &["name", "id", "project"],
    };
    let (by, is_descending) = query.order(fields, false)?;
    let term = context.call.parameter("term").unwrap_or_default();
    let state = context.state();
    let is_wanted: Filter<'_> = match resource {
        Resource::Customer => {
            if context.is_since([2, 62, 0]) {
                query.choice("full", &["0", "1"])?;
            }
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
        // Those of hidden customers and projects are in lists of everything only.
        .filter(|(id, _)| (shows_visible && shows_hidden) || has_visible_parents(state, resource, *id))
        .filter(|(id, thing)| is_wanted(*id, thing) && context.rights().may_access(resource, *id))
        .filter(|(_, thing)| has_term(thing.name(), term) || has_term(thing.text("comment"), term))
        .collect();
    match by {
        "id" => rows.sort_by_key(|(id, _)| *id),
        "name" => rows.sort_by_key(|(_, thing)| sort_key(thing.name())),
        other => rows.sort_by_key(|(_, thing)| thing.id(other)),
    }
    if is_descending {
        rows.reverse();
    }
    let is_full = resource == Resource::Customer && context.call.parameter("full") == Some("1");
    let is_full = is_full && context.is_since([2, 62, 0]) && context.rights().has(Permission::DetailsCustomer);
    let detail = if is_full { Detail::ListedFull } else { Detail::Listed };
    Ok(Reply::json(&rows.into_iter().map(|(id, _)| context.view().object_of(resource, id, detail)).collect()))
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
