//! Invoices. There are some from the beginning, and none are made.

use serde_json::Value;

use super::meta;
use crate::test_server::form;
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, BAD_REQUEST, NOT_FOUND, Refusal, Reply};
use crate::test_server::state::{FieldOwner, Invoice};

const STATES: [&str; 4] = ["new", "pending", "paid", "canceled"];

pub(super) fn answer(context: &mut Context<'_>, operation: &str) -> Answer {
    match operation {
        "list" => list(context),
        "get" => show(context),
        "download" => download(context),
        "update_custom_fields" => {
            let id = context.id(0)?;
            existing(context)?;
            let Value::Array(settings) = form::body(&context.call.body)? else { return Err(BAD_REQUEST) };
            // All names are checked before anything is stored.
            let mut values = Vec::new();
            for setting in &settings {
                values.push(meta::setting(context, FieldOwner::Invoice, setting)?);
            }
            meta::prepare(context, FieldOwner::Invoice, id)?;
            let stored = meta::values(context, FieldOwner::Invoice, id)?;
            for (field, text) in values {
                meta::set(stored, &field, text);
            }
            show(context)
        }
        _ => Err(Refusal::unknown()),
    }
}

fn existing<'a>(context: &'a Context<'_>) -> Result<&'a Invoice, Refusal> {
    context.state().invoices.get(context.id(0)?).ok_or(NOT_FOUND)
}

fn show(context: &Context<'_>) -> Answer {
    let invoice = existing(context)?;
    Ok(Reply::json(&context.view().invoice(context.id(0)?, invoice, &context.zone(), context.kimai.now())))
}

fn list(context: &Context<'_>) -> Answer {
    let query = context.query();
    let (zone, now) = (context.zone(), context.kimai.now());
    let (begin, end) = (query.moment("begin", &zone)?, query.moment("end", &zone)?);
    let customers = query.many_ids("customers")?;
    let states = query.texts("status")?;
    if states.iter().any(|state| !STATES.contains(&state.as_str())) {
        return Err(BAD_REQUEST);
    }
    let mut rows: Vec<(u64, &Invoice)> = context
        .state()
        .invoices
        .iter()
        .filter(|(_, invoice)| begin.is_none_or(|begin| invoice.created >= begin))
        .filter(|(_, invoice)| end.is_none_or(|end| invoice.created <= end))
        .filter(|(_, invoice)| customers.is_empty() || customers.contains(&invoice.customer))
        .filter(|(_, invoice)| states.is_empty() || states.iter().any(|state| state == invoice.status))
        .collect();
    rows.sort_by_key(|(_, invoice)| std::cmp::Reverse(invoice.created));
    let view = context.view();
    let page = query.page(rows)?;
    Ok(page.reply(context.release(), |(id, invoice)| view.invoice(*id, invoice, &zone, now)))
}

fn download(context: &Context<'_>) -> Answer {
    let invoice = existing(context)?;
    let text = format!("<!DOCTYPE html><html><body>Rechnung {} für Müller</body></html>", invoice.file_name);
    let reply = Reply { status: 200, headers: Vec::new(), body: text.into() };
    Ok(reply
        .header("content-type", "text/html; charset=UTF-8")
        .header("content-disposition", &format!("attachment; filename={}", invoice.file_name)))
}
