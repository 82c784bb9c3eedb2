use generated_client::ids::{ActivityId, ActivityRateId, ProjectId, TeamId, UserId};
use generated_client::jiff::SignedDuration;
use generated_client::types::{
    ActivityOrderBy, ActivityPatch, BudgetType, MetaField, NewActivity, NewActivityRate, Order, Visibility,
};
use serde_json::json;

use crate::{Case, case, check, kimai, value, with_body};

const ACTIVITY: ActivityId = ActivityId::new(6);

pub(crate) fn cases() -> Vec<Case> {
    let activities = kimai().activities();
    let mut cases = vec![
        case(&activities.get(ACTIVITY), "GET /api/activities/6"),
        case(&activities.delete(ACTIVITY), "DELETE /api/activities/6"),
        with_body(
            &activities.update_meta(ACTIVITY, MetaField::new("location", "Köln")),
            "PATCH /api/activities/6/meta",
            json!({"name": "location", "value": "Köln"}),
        ),
        case(&activities.rates(ACTIVITY), "GET /api/activities/6/rates"),
        with_body(
            &activities.create_rate(ACTIVITY, NewActivityRate::new(50.5)),
            "POST /api/activities/6/rates",
            json!({"rate": 50.5}),
        ),
        with_body(
            &activities.create_rate(
                ACTIVITY,
                NewActivityRate::new(50.5).internal_rate(20.25).is_fixed(false).user(UserId::new(4)),
            ),
            "POST /api/activities/6/rates",
            json!({"rate": 50.5, "internalRate": 20.25, "isFixed": false, "user": 4}),
        ),
        case(&activities.delete_rate(ACTIVITY, ActivityRateId::new(2)), "DELETE /api/activities/6/rates/2"),
        create_team(),
    ];
    cases.extend(lists());
    cases.extend(creations());
    cases.extend(changes());
    cases
}

fn create_team() -> Case {
    case(&kimai().activities().create_team(ACTIVITY), "POST /api/activities/6/team")
}

fn lists() -> [Case; 5] {
    let activities = kimai().activities();
    [
        case(&activities.list(), "GET /api/activities"),
        case(
            &activities
                .list()
                .globals(true)
                .globals_first(false)
                .order(Order::Desc)
                .order_by(ActivityOrderBy::Project)
                .project(ProjectId::new(5))
                .term("Meeting")
                .visible(Visibility::Hidden),
            "GET /api/activities?globals=true&globalsFirst=false&order=DESC&orderBy=project&project=5&term=Meeting&visible=2",
        ),
        case(
            &activities.list().project([ProjectId::new(5), ProjectId::new(6)]),
            "GET /api/activities?projects%5B%5D=5&projects%5B%5D=6",
        ),
        case(&activities.list().order_by(ActivityOrderBy::Id), "GET /api/activities?orderBy=id"),
        case(&activities.list().order_by(ActivityOrderBy::Name), "GET /api/activities?orderBy=name"),
    ]
}

fn creations() -> [Case; 2] {
    let activities = kimai().activities();
    let full = NewActivity::new("Entwicklung 162940")
        .billable(true)
        .budget(1234.5)
        .budget_type(BudgetType::Month)
        .color(value("#0000ff"))
        .comment("Zeile 1\nZeile 2")
        .invoice_text("Leistung")
        .number("A-1")
        .project(ProjectId::new(5))
        .teams([TeamId::new(2), TeamId::new(3)])
        .time_budget(SignedDuration::from_mins(630))
        .visible(true);
    [
        with_body(
            &activities.create(NewActivity::new("Meeting 162940")),
            "POST /api/activities",
            json!({"name": "Meeting 162940", "billable": true, "visible": true}),
        ),
        with_body(
            &activities.create(full.clone()),
            "POST /api/activities",
            json!({
                "name": "Entwicklung 162940",
                "billable": true,
                "budget": 1234.5,
                "budgetType": "month",
                "color": "#0000ff",
                "comment": "Zeile 1\nZeile 2",
                "invoiceText": "Leistung",
                "number": "A-1",
                "project": 5,
                "teams": [2, 3],
                "timeBudget": "10:30:00",
                "visible": true,
            }),
        ),
    ]
}

fn changes() -> [Case; 3] {
    let activities = kimai().activities();
    let full = ActivityPatch::new()
        .name("Entwicklung")
        .billable(false)
        .budget(1234.5)
        .budget_type(BudgetType::Month)
        .color(value("#0000ff"))
        .comment("geändert")
        .invoice_text("Leistung")
        .number("A-2")
        .project(ProjectId::new(5))
        .time_budget(SignedDuration::from_hours(2))
        .visible(false);
    let cleared = ActivityPatch::new()
        .clear_budget()
        .clear_budget_type()
        .clear_color()
        .clear_comment()
        .clear_invoice_text()
        .clear_number()
        .clear_project()
        .clear_time_budget();
    [
        with_body(&activities.update(ACTIVITY, ActivityPatch::new()), "PATCH /api/activities/6", json!({})),
        with_body(
            &activities.update(ACTIVITY, full.clone()),
            "PATCH /api/activities/6",
            json!({
                "name": "Entwicklung",
                "billable": false,
                "budget": 1234.5,
                "budgetType": "month",
                "color": "#0000ff",
                "comment": "geändert",
                "invoiceText": "Leistung",
                "number": "A-2",
                "project": 5,
                "timeBudget": "2:00:00",
                "visible": false,
            }),
        ),
        with_body(
            &activities.update(ACTIVITY, cleared.clone()),
            "PATCH /api/activities/6",
            json!({
                "budget": null,
                "budgetType": null,
                "color": null,
                "comment": null,
                "invoiceText": null,
                "number": null,
                "project": null,
                "timeBudget": null,
            }),
        ),
    ]
}

#[test]
fn activities_as_the_server_takes_them() {
    check(&cases());
}
