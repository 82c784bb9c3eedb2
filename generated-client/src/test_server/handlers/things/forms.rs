//! Forms of customers, projects and activities.

use jiff::tz::TimeZone;
use serde_json::json;

use crate::test_server::form::{Field, Form, Given, Input};
use crate::test_server::kimai::Context;
use crate::test_server::message::Refusal;
use crate::test_server::state::{Resource, Thing};

pub(super) fn read(context: &Context<'_>, resource: Resource, is_new: bool) -> Result<Form, Refusal> {
    let mut fields = fields(resource);
    let id = if is_new { None } else { Some(context.id(0)?) };
    if !context.rights().may_set_budget(resource, id) {
        fields.retain(|field| !matches!(field.name, "budget" | "timeBudget" | "budgetType"));
    }
    if is_new && context.is_since([2, 0, 0]) {
        for field in fields.iter_mut().filter(|field| field.input == Input::Day) {
            field.input = Input::PlainDay;
        }
    }
    if !is_new {
        fields.retain(|field| field.name != "teams");
    }
    Form::read(context.release(), fields, &context.call.body, &context.zone())
}

pub(super) fn has_field(context: &Context<'_>, resource: Resource, name: &str) -> bool {
    fields(resource).iter().any(|field| field.name == name && field.is_in(context.release()))
}

fn fields(resource: Resource) -> Vec<Field> {
    let text = |name| Field::new(name, Input::Text);
    let mut fields = vec![
        Field::new("name", Input::Name),
        text("comment"),
        Field::new("color", Input::Color),
        Field::new("visible", Input::Flag),
        Field::new("billable", Input::Flag),
        Field::new("budget", Input::Money),
        Field::new("timeBudget", Input::Hours),
        text("budgetType"),
    ];
    match resource {
        Resource::Customer => {
            for name in ["company", "contact", "email", "fax", "homepage", "mobile"] {
                fields.push(text(name));
            }
            for name in ["country", "currency", "timezone"] {
                fields.push(text(name).required());
            }
            fields.extend([
                text("number"),
                text("phone"),
                text("vatId"),
                text("address").until([2, 41, 0]),
                text("invoiceText").since([2, 0, 0]),
                Field::new("invoiceTemplate", Input::Id).since([2, 0, 0]),
                text("buyerReference").since([2, 41, 0]),
                text("city").since([2, 41, 0]),
                text("address_line1").since([2, 41, 0]).until([2, 43, 0]),
                text("address_line2").since([2, 41, 0]).until([2, 43, 0]),
                text("address_line3").since([2, 41, 0]).until([2, 43, 0]),
                text("postcode").since([2, 41, 0]).until([2, 43, 0]),
                text("addressLine1").since([2, 43, 0]),
                text("addressLine2").since([2, 43, 0]),
                text("addressLine3").since([2, 43, 0]),
                text("postCode").since([2, 43, 0]),
                text("invoiceEmail").since([2, 63, 0]),
                text("language").since([2, 63, 0]),
                Field::new("teams", Input::Json).since([2, 43, 0]),
            ]);
        }
        Resource::Project => fields.extend([
            Field::new("customer", Input::Id).required(),
            text("orderNumber"),
            Field::new("orderDate", Input::Day),
            Field::new("start", Input::Day),
            Field::new("end", Input::Day),
            text("invoiceText"),
            Field::new("globalActivities", Input::Flag),
            text("number").since([2, 14, 0]),
            Field::new("teams", Input::Json).since([2, 0, 0]),
        ]),
        Resource::Activity => fields.extend([
            Field::new("project", Input::Id),
            text("invoiceText"),
            text("number").since([2, 14, 0]),
            Field::new("teams", Input::Json).since([2, 0, 0]),
        ]),
    }
    fields
}

pub(super) fn require_id(
    context: &Context<'_>,
    form: &mut Form,
    resource: Resource,
    name: &'static str,
    is_required: bool,
) {
    match form.get(name) {
        Some(Given::Id(id)) => {
            let is_there = context.state().things(resource).rows.get(*id).is_some();
            if !is_there || !context.rights().may_access(resource, *id) {
                form.fail_choice(name);
            }
        }
        None | Some(Given::Nothing) if is_required && !form.has_failed_at(name) => {
            form.fail_at(name, "This value should not be null.");
        }
        _ => {}
    }
}

pub(super) fn check_codes(form: &mut Form) {
    let is_upper =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let wrong = [
        ("country", form.text("country").is_some_and(|code| !is_upper(code, 2))),
        ("currency", form.text("currency").is_some_and(|code| !is_upper(code, 3))),
        ("budgetType", form.text("budgetType").is_some_and(|kind| kind != "month")),
        ("timezone", form.text("timezone").is_some_and(|name| TimeZone::get(name).is_err())),
    ];
    for (name, is_wrong) in wrong {
        if is_wrong {
            form.fail_choice(name);
        }
    }
}

pub(super) fn defaults(context: &Context<'_>, resource: Resource, thing: &mut Thing) {
    let is_numbered = context.is_since([2, 14, 0]);
    let last = context.state().things(resource).rows.iter().next_back().map_or(0, |(id, _)| id);
    if is_numbered {
        // Numbers begin with 2, as on the servers that were recorded.
        thing.values.insert("number".to_owned(), json!(format!("{:04}", last + 2)));
    }
    thing.values.insert("budget".to_owned(), json!(0.0));
    thing.values.insert("timeBudget".to_owned(), json!(0));
    if resource == Resource::Customer {
        for (name, value) in [("country", "DE"), ("currency", "EUR"), ("timezone", "Europe/Berlin"), ("language", "en")]
        {
            thing.values.insert(name.to_owned(), json!(value));
        }
    }
}

/// Properties that have another name in forms than in responses.
const RENAMED: [(&str, &str); 4] = [
    ("address_line1", "addressLine1"),
    ("address_line2", "addressLine2"),
    ("address_line3", "addressLine3"),
    ("postcode", "postCode"),
];

pub(super) fn store(form: &Form, thing: &mut Thing) {
    let names = [
        "name",
        "number",
        "comment",
        "company",
        "vatId",
        "contact",
        "address",
        "country",
        "currency",
        "phone",
        "fax",
        "mobile",
        "email",
        "homepage",
        "timezone",
        "language",
        "invoiceEmail",
        "buyerReference",
        "city",
        "addressLine1",
        "addressLine2",
        "addressLine3",
        "postCode",
        "address_line1",
        "address_line2",
        "address_line3",
        "postcode",
        "color",
        "visible",
        "billable",
        "globalActivities",
        "customer",
        "project",
        "orderNumber",
        "orderDate",
        "start",
        "end",
        "budgetType",
        "invoiceText",
    ];
    form.store(&names, &mut thing.values);
    for (written, shown) in RENAMED {
        if let Some(value) = thing.values.remove(written) {
            thing.values.insert(shown.to_owned(), value);
        }
    }
    if form.get("budget").is_some() {
        thing.values.insert("budget".to_owned(), json!(form.number("budget").unwrap_or_default()));
    }
    if form.get("timeBudget").is_some() {
        thing.values.insert("timeBudget".to_owned(), json!(form.seconds("timeBudget").unwrap_or_default()));
    }
}
