//! What the operations do.

mod actions;
mod comments;
mod invoices;
mod meta;
mod rates;
mod record;
mod records;
mod system;
mod tags;
mod teams;
mod things;
mod users;

use super::kimai::Context;
use super::message::{Answer, NOT_FOUND, Refusal};
use super::state::{FieldOwner, Resource};

/// Answers a request that its user may send.
pub(super) fn answer(context: &mut Context<'_>) -> Answer {
    let name = context.route.info.name;
    let (resource, operation) = name.split_once('.').unwrap_or((name, ""));
    match resource {
        "actions" => actions::list(context, operation),
        "activities" => of_things(context, Resource::Activity, operation),
        "config" | "system" => system::answer(context, operation),
        "customers" => of_things(context, Resource::Customer, operation),
        // There are no templates.
        "export" => Err(NOT_FOUND),
        "invoices" => invoices::answer(context, operation),
        "projects" => of_things(context, Resource::Project, operation),
        "tags" => tags::answer(context, operation),
        "teams" => teams::answer(context, operation),
        "timesheets" => of_records(context, operation),
        "users" => users::answer(context, operation),
        _ => Err(Refusal::unknown()),
    }
}

fn of_things(context: &mut Context<'_>, resource: Resource, operation: &str) -> Answer {
    match operation {
        "list" | "list_full" => things::list(context, resource),
        "create" => things::create(context, resource),
        "get" => things::get(context, resource),
        "update" => things::update(context, resource),
        "delete" => things::delete(context, resource),
        "update_meta" => {
            things::editable(context, resource)?;
            meta::update(context, things::owner(resource))?;
            things::get(context, resource)
        }
        "create_team" => things::create_team(context, resource),
        "rates" => rates::list(context, resource),
        "create_rate" => rates::create(context, resource),
        "delete_rate" => rates::delete(context, resource),
        "comments" => comments::list(context, resource),
        "create_comment" => comments::create(context, resource),
        "delete_comment" => comments::delete(context, resource),
        "toggle_comment_pin" => comments::toggle_pin(context, resource),
        _ => Err(Refusal::unknown()),
    }
}

fn of_records(context: &mut Context<'_>, operation: &str) -> Answer {
    match operation {
        "list" | "list_full" => records::list(context),
        "active" => Ok(records::active(context)),
        "recent" => records::recent(context),
        "create" | "create_full" => record::create(context),
        "get" => record::get(context),
        "update" => record::update(context),
        "delete" => record::delete(context),
        "duplicate" => record::duplicate(context),
        "toggle_exported" => record::toggle_exported(context),
        "restart" | "restart_via_get" => record::restart(context),
        "stop" | "stop_via_get" => record::stop(context),
        "update_meta" => {
            record::editable(context)?;
            meta::update(context, FieldOwner::Timesheet)?;
            record::get(context)
        }
        _ => Err(Refusal::unknown()),
    }
}
