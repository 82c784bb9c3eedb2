//! Tags.

use serde_json::json;

use crate::test_server::form::{Field, Form, Input};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::permission::Permission;
use crate::test_server::query::has_term;
use crate::test_server::sort::sort_key;
use crate::test_server::state::Tag;

pub(super) fn answer(context: &mut Context<'_>, operation: &str) -> Answer {
    match operation {
        "list" => Ok(list(context)),
        "find" => Ok(find(context)),
        "create" => create(context),
        "delete" => {
            let id = context.id(0)?;
            context.state_mut().tags.remove(id).ok_or(NOT_FOUND)?;
            for (_, record) in context.state_mut().timesheets.iter_mut() {
                record.tags.retain(|tag| *tag != id);
            }
            Ok(Reply::empty())
        }
        _ => Err(Refusal::unknown()),
    }
}

/// Names only.
fn list(context: &Context<'_>) -> Reply {
    let tags = matching(context, context.call.parameter("name").unwrap_or_default());
    Reply::json(&tags.into_iter().map(|(_, tag)| json!(tag.name)).collect())
}

/// Without a name, nothing is found.
fn find(context: &Context<'_>) -> Reply {
    let Some(name) = context.call.parameter("name") else { return Reply::json(&json!([])) };
    let view = context.view();
    Reply::json(&matching(context, name).into_iter().map(|(id, tag)| view.tag(id, tag)).collect())
}

fn matching<'a>(context: &'a Context<'_>, name: &str) -> Vec<(u64, &'a Tag)> {
    let mut tags: Vec<(u64, &Tag)> =
        context.state().tags.iter().filter(|(_, tag)| tag.is_visible && has_term(&tag.name, name)).collect();
    tags.sort_by_key(|(_, tag)| sort_key(&tag.name));
    tags
}

fn create(context: &mut Context<'_>) -> Answer {
    if !context.rights().has(Permission::CreateTag) {
        return Err(FORBIDDEN);
    }
    let fields = vec![
        Field::new("name", Input::Name),
        Field::new("color", Input::Color),
        Field::new("visible", Input::Flag).since([2, 0, 26]),
    ];
    let mut form = Form::read(context.release(), fields, &context.call.body, &context.zone())?;
    form.require_name("name", true);
    let name = form.text("name").unwrap_or_default().to_owned();
    if name.contains(',') {
        form.fail_at("name", "Tag name cannot contain comma");
    }
    if !name.is_empty() && context.state().tag_by_name(&name).is_some() {
        form.fail_at("name", "This value is already used.");
    }
    form.check()?;
    // A tag is hidden unless the request says otherwise.
    let is_visible = !context.is_since([2, 0, 26]) || form.flag("visible").unwrap_or_default();
    let tag = Tag { name, color: form.text("color").map(str::to_owned), is_visible };
    let id = context.state_mut().tags.add(tag.clone());
    Ok(Reply::json(&context.view().tag(id, &tag)))
}
