//! Rates of customers, projects and activities.

use super::things;
use crate::test_server::form::{Field, Form, Input};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, NOT_FOUND, Reply};
use crate::test_server::state::{Rate, Resource};

pub(super) fn list(context: &Context<'_>, resource: Resource) -> Answer {
    let id = things::editable(context, resource)?;
    let view = context.view();
    let rates = context.state().things(resource).rates.iter().filter(|(_, rate)| rate.of == id);
    Ok(Reply::json(&rates.map(|(rate, row)| view.rate(rate, row)).collect()))
}

pub(super) fn create(context: &mut Context<'_>, resource: Resource) -> Answer {
    let id = things::editable(context, resource)?;
    let fields = vec![
        Field::new("user", Input::Id),
        Field::new("rate", Input::Money),
        Field::new("internalRate", Input::Money),
        Field::new("isFixed", Input::Flag),
    ];
    let mut form = Form::read(context.release(), fields, &context.call.body, &context.zone())?;
    let user = form.id("user");
    if user.is_some_and(|user| context.state().users.get(user).is_none()) {
        form.fail_choice("user");
    }
    let is_used = |rate: &Rate| rate.of == id && rate.user == user;
    if context.state().things(resource).rates.iter().any(|(_, rate)| is_used(rate)) {
        form.fail_at("user", "This value is already used.");
    } else if form.number("rate").is_none() && !form.has_failed_at("rate") {
        form.fail_at("rate", "This value should not be null.");
    }
    form.check()?;
    let rate = Rate {
        of: id,
        user,
        rate: form.number("rate").unwrap_or_default(),
        internal: form.number("internalRate"),
        is_fixed: form.flag("isFixed").unwrap_or_default(),
    };
    let rate_id = context.state_mut().things_mut(resource).rates.add(rate.clone());
    Ok(Reply::json(&context.view().rate(rate_id, &rate)))
}

pub(super) fn delete(context: &mut Context<'_>, resource: Resource) -> Answer {
    let (id, rate) = (things::editable(context, resource)?, context.id(1)?);
    let rates = &mut context.state_mut().things_mut(resource).rates;
    rates.get(rate).filter(|row| row.of == id).ok_or(NOT_FOUND)?;
    rates.remove(rate);
    Ok(Reply::empty())
}
