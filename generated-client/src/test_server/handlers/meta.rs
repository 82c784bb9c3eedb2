//! Values of custom fields.

use serde_json::Value;

use crate::test_server::form;
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, BAD_REQUEST, BROKEN, NOT_FOUND, Refusal, Reply};
use crate::test_server::state::{FieldOwner, Meta};

/// Sets one custom field of the object in the path.
pub(super) fn update(context: &mut Context<'_>, owner: FieldOwner) -> Answer {
    let body = form::body(&context.call.body)?;
    let (name, text) = setting(context, owner, &body)?;
    let id = context.id(0)?;
    values(context, owner, id)?.insert(name, text);
    Ok(Reply::empty())
}

/// Reads a name and a value. An unknown name is an error.
pub(super) fn setting(context: &Context<'_>, owner: FieldOwner, body: &Value) -> Result<(String, String), Refusal> {
    let name = body.get("name").and_then(Value::as_str).ok_or(BAD_REQUEST)?;
    if context.state().fields_of(owner).all(|field| field.name != name) {
        return Err(if context.is_since([2, 0, 0]) { NOT_FOUND } else { BROKEN });
    }
    let text = match body.get("value").unwrap_or(&Value::Null) {
        Value::Null => String::new(),
        Value::Bool(true) => "1".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return Err(BAD_REQUEST),
    };
    Ok((name.to_owned(), text))
}

/// The values of the custom fields of an object.
pub(super) fn values<'a>(context: &'a mut Context<'_>, owner: FieldOwner, id: u64) -> Result<&'a mut Meta, Refusal> {
    let state = context.state_mut();
    let meta = match owner {
        FieldOwner::Customer => state.customers.rows.get_mut(id).map(|row| &mut row.meta),
        FieldOwner::Project => state.projects.rows.get_mut(id).map(|row| &mut row.meta),
        FieldOwner::Activity => state.activities.rows.get_mut(id).map(|row| &mut row.meta),
        FieldOwner::Timesheet => state.timesheets.get_mut(id).map(|row| &mut row.meta),
        FieldOwner::Invoice => state.invoices.get_mut(id).map(|row| &mut row.meta),
    };
    meta.ok_or(NOT_FOUND)
}
