//! Values of custom fields.

use serde_json::Value;

use crate::test_server::form;
use crate::test_server::kimai::Context;
use crate::test_server::message::{BAD_REQUEST, BROKEN, NOT_FOUND, Refusal};
use crate::test_server::state::{CustomField, FieldOwner, Meta};

/// Sets one custom field of the object in the path.
pub(super) fn update(context: &mut Context<'_>, owner: FieldOwner) -> Result<(), Refusal> {
    let body = form::body(&context.call.body)?;
    let (field, text) = setting(context, owner, &body)?;
    let id = context.id(0)?;
    prepare(context, owner, id)?;
    set(values(context, owner, id)?, &field, text);
    Ok(())
}

/// Stores a value. A checkbox that is on stays on when it is written as `"0"`.
pub(super) fn set(meta: &mut Meta, field: &CustomField, text: String) {
    let is_on = meta.get(&field.name).is_some_and(|value| value == "1");
    let text = if field.is_checkbox && is_on && text == "0" { "1".to_owned() } else { text };
    meta.insert(field.name.clone(), text);
}

/// Reads the name of a field and a value. An unknown name is an error.
pub(super) fn setting(
    context: &Context<'_>,
    owner: FieldOwner,
    body: &Value,
) -> Result<(CustomField, String), Refusal> {
    let name = body.get("name").and_then(Value::as_str).ok_or(BAD_REQUEST)?;
    let Some(field) = context.state().fields_of(owner).find(|field| field.name == name) else {
        return Err(if context.is_since([2, 0, 0]) { NOT_FOUND } else { BROKEN });
    };
    let text = match body.get("value").unwrap_or(&Value::Null) {
        Value::Null => String::new(),
        Value::Bool(true) => "1".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return Err(BAD_REQUEST),
    };
    Ok((field.clone(), text))
}

/// Adds all fields that there are to an object that was written.
pub(super) fn prepare(context: &mut Context<'_>, owner: FieldOwner, id: u64) -> Result<(), Refusal> {
    let names: Vec<String> = context.state().fields_of(owner).map(|field| field.name.clone()).collect();
    let meta = values(context, owner, id)?;
    for name in names {
        meta.add(name);
    }
    Ok(())
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
