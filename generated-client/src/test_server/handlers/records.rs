//! Lists of time records.

use jiff::tz::TimeZone;

use crate::test_server::clock;
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, BAD_REQUEST, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::permission::Permission;
use crate::test_server::query::{Query, has_term};
use crate::test_server::state::Timesheet;
use crate::test_server::view::Detail;

pub(super) fn list(context: &Context<'_>) -> Answer {
    let query = context.query();
    let state = context.state();
    let zone = context.zone();
    let users = users(context, &query)?;
    let customers = known(context, query.ids("customer", "customers")?, |id| state.customers.rows.get(id).is_some())?;
    let projects = known(context, query.ids("project", "projects")?, |id| state.projects.rows.get(id).is_some())?;
    let activities =
        known(context, query.ids("activity", "activities")?, |id| state.activities.rows.get(id).is_some())?;
    let tags = tags(context, &query)?;
    let (begin, end) = (query.moment("begin", &zone)?, query.moment("end", &zone)?);
    // The one filter that is in UTC.
    let modified = query.moment("modified_after", &TimeZone::UTC)?;
    let (active, exported, billable) = (query.flag("active")?, query.flag("exported")?, query.flag("billable")?);
    let (by, is_descending) = query.order(&["begin", "id", "end", "rate"], true)?;
    let term = context.call.parameter("term").unwrap_or_default();
    let is_full = query.wide_flag("full")?;
    let has_customer =
        |record: &Timesheet| state.customer_of(record.project).is_some_and(|customer| customers.contains(&customer));
    let mut rows: Vec<(u64, &Timesheet)> = state
        .timesheets
        .iter()
        .filter(|(_, record)| users.contains(&record.user))
        .filter(|(_, record)| customers.is_empty() || has_customer(record))
        .filter(|(_, record)| projects.is_empty() || projects.contains(&record.project))
        .filter(|(_, record)| activities.is_empty() || activities.contains(&record.activity))
        .filter(|(_, record)| tags.is_empty() || record.tags.iter().any(|tag| tags.contains(tag)))
        .filter(|(_, record)| begin.is_none_or(|begin| record.begin >= begin))
        .filter(|(_, record)| end.is_none_or(|end| record.begin <= end))
        .filter(|(_, record)| modified.is_none_or(|time| record.modified >= time))
        .filter(|(_, record)| active.is_none_or(|active| record.end.is_none() == active))
        .filter(|(_, record)| exported.is_none_or(|exported| record.is_exported == exported))
        .filter(|(_, record)| billable.is_none_or(|billable| record.is_billable == billable))
        .filter(|(_, record)| term.is_empty() || has_term(record.description.as_deref().unwrap_or_default(), term))
        .collect();
    rows.sort_by(|(one, left), (other, right)| {
        let order = match by {
            "id" => one.cmp(other),
            "end" => left.end.cmp(&right.end),
            "rate" => left.rate.total_cmp(&right.rate),
            _ => left.begin.cmp(&right.begin),
        };
        order.then(one.cmp(other))
    });
    if is_descending {
        rows.reverse();
    }
    let view = context.view();
    let page = query.page(rows)?;
    Ok(page.reply(context.release(), |(id, record)| view.timesheet(*id, record, Detail::Listed, is_full)))
}

/// Whose records are wanted; if nobody's, the user's own. A user without the permission for records of others gets the
/// own ones too, and one who has it is refused for users out of reach.
fn users(context: &Context<'_>, query: &Query<'_>) -> Result<Vec<u64>, Refusal> {
    let rights = context.rights();
    let all = || {
        let ids = context.state().users.iter().map(|(id, _)| id);
        ids.filter(|other| rights.may_list_records_of(*other)).collect::<Vec<u64>>()
    };
    let mut wanted = match context.call.parameter("user") {
        None | Some("") => Vec::new(),
        Some("all") => all(),
        Some(text) => vec![text.parse().map_err(|_| BAD_REQUEST)?],
    };
    if context.is_since([2, 0, 15]) {
        wanted.extend(query.many_ids("users")?);
    }
    if !rights.has(Permission::ViewOtherTimesheet) {
        wanted.clear();
    }
    wanted.retain(|other| context.state().users.get(*other).is_some());
    if !wanted.iter().all(|other| rights.may_ask_for_records_of(*other)) {
        return Err(FORBIDDEN);
    }
    if wanted.is_empty() {
        wanted.push(context.user);
    }
    Ok(wanted)
}

/// What releases do with the id of something that is not there: 2.0 refuses it, others leave the filter out.
fn known(context: &Context<'_>, mut ids: Vec<u64>, is_there: impl Fn(u64) -> bool) -> Result<Vec<u64>, Refusal> {
    let is_strict = context.is_since([2, 0, 0]) && !context.is_since([2, 1, 0]);
    if is_strict && ids.iter().any(|id| !is_there(*id)) {
        return Err(NOT_FOUND);
    }
    if context.is_since([2, 1, 0]) {
        ids.retain(|id| is_there(*id));
    }
    Ok(ids)
}

/// The tags by their names. An unknown one is an error since 2.26.
fn tags(context: &Context<'_>, query: &Query<'_>) -> Result<Vec<u64>, Refusal> {
    let mut tags = Vec::new();
    for name in query.texts("tags")? {
        match context.state().tag_by_name(&name) {
            Some(tag) => tags.push(tag),
            None if context.is_since([2, 26, 0]) => return Err(BAD_REQUEST),
            None => {}
        }
    }
    Ok(tags)
}

/// The records that run, of the user.
pub(super) fn active(context: &Context<'_>) -> Reply {
    let view = context.view();
    let mut rows: Vec<(u64, &Timesheet)> = own(context).filter(|(_, record)| record.end.is_none()).collect();
    rows.sort_by_key(|(_, record)| std::cmp::Reverse(record.begin));
    Reply::json(&rows.into_iter().map(|(id, record)| view.timesheet(id, record, Detail::Listed, true)).collect())
}

/// The last record of each pair of project and activity.
pub(super) fn recent(context: &Context<'_>) -> Answer {
    let query = context.query();
    let size = usize::try_from(query.number("size")?.filter(|size| *size > 0).unwrap_or(10)).unwrap_or(10);
    let begin = query.moment("begin", &context.zone())?;
    let begin = begin.unwrap_or_else(|| clock::before(context.kimai.now(), clock::days(365)));
    let mut rows: Vec<(u64, &Timesheet)> =
        own(context).filter(|(_, record)| record.end.is_some() && record.begin >= begin).collect();
    rows.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
    let mut known = Vec::new();
    rows.retain(|(_, record)| {
        let pair = (record.project, record.activity);
        let is_new = !known.contains(&pair);
        known.push(pair);
        is_new
    });
    let view = context.view();
    let shown = rows.into_iter().take(size).map(|(id, record)| view.timesheet(id, record, Detail::Listed, true));
    Ok(Reply::json(&shown.collect()))
}

fn own<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (u64, &'a Timesheet)> {
    let user = match (context.is_since([2, 0, 0]), context.call.parameter("user")) {
        // 1.x shows those of others, to those who may see them.
        (false, Some(user)) if context.rights().has(Permission::ViewOtherTimesheet) => {
            user.parse().unwrap_or(context.user)
        }
        _ => context.user,
    };
    context.state().timesheets.iter().filter(move |(_, record)| record.user == user)
}
