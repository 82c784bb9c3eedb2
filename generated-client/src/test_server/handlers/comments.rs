//! Comments on customers and projects.

use jiff::tz::TimeZone;

use super::things;
use crate::test_server::form::{Field, Form, Input};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, NOT_FOUND, Refusal, Reply};
use crate::test_server::state::{Comment, Resource};

/// Only the response to a new comment has the zone of its user.
const STORED: TimeZone = TimeZone::UTC;

pub(super) fn list(context: &Context<'_>, resource: Resource) -> Answer {
    let id = things::viewable(context, resource)?;
    let view = context.view();
    let mut comments: Vec<(u64, &Comment)> =
        context.state().things(resource).comments.iter().filter(|(_, comment)| comment.of == id).collect();
    comments.sort_by_key(|(id, comment)| (!comment.is_pinned, std::cmp::Reverse(*id)));
    Ok(Reply::json(&comments.into_iter().map(|(id, comment)| view.comment(id, comment, &STORED)).collect()))
}

pub(super) fn create(context: &mut Context<'_>, resource: Resource) -> Answer {
    let of = things::viewable(context, resource)?;
    let fields = vec![Field::new("message", Input::Text), Field::new("pinned", Input::Flag)];
    let mut form = Form::read(context.release(), fields, &context.call.body, &context.zone())?;
    let message = form.text("message").unwrap_or_default().to_owned();
    if message.is_empty() {
        form.fail_at("message", "This value should not be blank.");
    }
    form.check()?;
    let is_pinned = form.flag("pinned").unwrap_or_default();
    let comment = Comment { of, message, by: context.user, at: context.kimai.now(), is_pinned };
    let id = context.state_mut().things_mut(resource).comments.add(comment.clone());
    Ok(Reply::json(&context.view().comment(id, &comment, &context.zone())))
}

pub(super) fn delete(context: &mut Context<'_>, resource: Resource) -> Answer {
    let comment = existing(context, resource)?;
    context.state_mut().things_mut(resource).comments.remove(comment);
    Ok(Reply::empty())
}

pub(super) fn toggle_pin(context: &mut Context<'_>, resource: Resource) -> Answer {
    let id = existing(context, resource)?;
    let comments = &mut context.state_mut().things_mut(resource).comments;
    let comment = comments.get_mut(id).ok_or(NOT_FOUND)?;
    comment.is_pinned = !comment.is_pinned;
    let comment = comment.clone();
    Ok(Reply::json(&context.view().comment(id, &comment, &STORED)))
}

/// The comment of the request, if its user may change it.
fn existing(context: &Context<'_>, resource: Resource) -> Result<u64, Refusal> {
    let (of, id) = (things::editable(context, resource)?, context.id(1)?);
    let comment = context.state().things(resource).comments.get(id).filter(|comment| comment.of == of);
    comment.map(|_| id).ok_or(NOT_FOUND)
}
