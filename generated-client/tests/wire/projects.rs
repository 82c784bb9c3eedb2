use generated_client::ids::{CommentId, CustomerId, ProjectId, ProjectRateId, TeamId, UserId};
use generated_client::jiff::{SignedDuration, civil::date};
use generated_client::types::{
    BudgetType, MetaField, NewComment, NewProject, NewProjectRate, Order, ProjectOrderBy, ProjectPatch, Visibility,
};
use serde_json::json;

use crate::{Case, case, check, kimai, local, value, with_body};

const CUSTOMER: CustomerId = CustomerId::new(4);
const PROJECT: ProjectId = ProjectId::new(5);

pub(crate) fn cases() -> Vec<Case> {
    let projects = kimai().projects();
    let comment = CommentId::new(2);
    let mut cases = vec![
        case(&projects.get(PROJECT), "GET /api/projects/5"),
        case(&projects.delete(PROJECT), "DELETE /api/projects/5"),
        case(&projects.comments(PROJECT), "GET /api/projects/5/comments"),
        with_body(
            &projects.create_comment(PROJECT, NewComment::new("Bitte **prüfen**")),
            "POST /api/projects/5/comments",
            json!({"message": "Bitte **prüfen**"}),
        ),
        with_body(
            &projects.create_comment(PROJECT, NewComment::new("Bitte **prüfen**").pinned(true)),
            "POST /api/projects/5/comments",
            json!({"message": "Bitte **prüfen**", "pinned": true}),
        ),
        case(&projects.delete_comment(PROJECT, comment), "DELETE /api/projects/5/comments/2"),
        case(&projects.toggle_comment_pin(PROJECT, comment), "PATCH /api/projects/5/comments/2/pin"),
        with_body(
            &projects.update_meta(PROJECT, MetaField::new("kilometers", "43")),
            "PATCH /api/projects/5/meta",
            json!({"name": "kilometers", "value": "43"}),
        ),
        case(&projects.rates(PROJECT), "GET /api/projects/5/rates"),
        with_body(
            &projects.create_rate(PROJECT, NewProjectRate::new(50.5)),
            "POST /api/projects/5/rates",
            json!({"rate": 50.5}),
        ),
        with_body(
            &projects.create_rate(
                PROJECT,
                NewProjectRate::new(50.5).internal_rate(20.25).is_fixed(true).user(UserId::new(4)),
            ),
            "POST /api/projects/5/rates",
            json!({"rate": 50.5, "internalRate": 20.25, "isFixed": true, "user": 4}),
        ),
        case(&projects.delete_rate(PROJECT, ProjectRateId::new(2)), "DELETE /api/projects/5/rates/2"),
        create_team(),
    ];
    cases.extend(lists());
    cases.extend(creations());
    cases.extend(changes());
    cases
}

fn create_team() -> Case {
    case(&kimai().projects().create_team(PROJECT), "POST /api/projects/5/team")
}

fn lists() -> [Case; 5] {
    let projects = kimai().projects();
    [
        case(&projects.list(), "GET /api/projects"),
        case(
            &projects
                .list()
                .customer(CUSTOMER)
                .end(local("2026-12-31T23:59:59"))
                .global_activities(true)
                .ignore_dates()
                .order(Order::Asc)
                .order_by(ProjectOrderBy::Customer)
                .start(local("2026-01-01T00:00:00"))
                .term("Intern")
                .visible(Visibility::Visible),
            "GET /api/projects?customer=4&end=2026-12-31T23%3A59%3A59&globalActivities=1&ignoreDates=1&order=ASC\
             &orderBy=customer&start=2026-01-01T00%3A00%3A00&term=Intern&visible=1",
        ),
        case(
            &projects.list().customer([CUSTOMER, CustomerId::new(5)]),
            "GET /api/projects?customers%5B%5D=4&customers%5B%5D=5",
        ),
        case(&projects.list().order_by(ProjectOrderBy::Id), "GET /api/projects?orderBy=id"),
        case(&projects.list().order_by(ProjectOrderBy::Name), "GET /api/projects?orderBy=name"),
    ]
}

fn creations() -> [Case; 2] {
    let projects = kimai().projects();
    let full = NewProject::new("Website 162940", CUSTOMER)
        .billable(true)
        .budget(1234.5)
        .budget_type(BudgetType::Month)
        .color(value("#ff0000"))
        .comment("Zeile 1\nZeile 2")
        .end(date(2027, 12, 31))
        .global_activities(true)
        .invoice_text("Leistung")
        .number("P-1")
        .order_date(date(2025, 12, 24))
        .order_number("PO-1")
        .start(date(2026, 1, 1))
        .teams([TeamId::new(2)])
        .time_budget(SignedDuration::from_hours(100))
        .visible(true);
    [
        with_body(
            &projects.create(NewProject::new("Intern 162940", CUSTOMER)),
            "POST /api/projects",
            json!({
                "name": "Intern 162940",
                "customer": 4,
                "billable": true,
                "globalActivities": true,
                "visible": true,
            }),
        ),
        with_body(
            &projects.create(full.clone()),
            "POST /api/projects",
            json!({
                "name": "Website 162940",
                "customer": 4,
                "billable": true,
                "budget": 1234.5,
                "budgetType": "month",
                "color": "#ff0000",
                "comment": "Zeile 1\nZeile 2",
                "end": "2027-12-31",
                "globalActivities": true,
                "invoiceText": "Leistung",
                "number": "P-1",
                "orderDate": "2025-12-24",
                "orderNumber": "PO-1",
                "start": "2026-01-01",
                "teams": [2],
                "timeBudget": "100:00:00",
                "visible": true,
            }),
        ),
    ]
}

fn changes() -> [Case; 3] {
    let projects = kimai().projects();
    let full = ProjectPatch::new()
        .name("Website")
        .customer(CUSTOMER)
        .billable(false)
        .budget(1234.5)
        .budget_type(BudgetType::from("quarter"))
        .color(value("#0000ff"))
        .comment("geändert")
        .end(date(2027, 12, 31))
        .global_activities(false)
        .invoice_text("Leistung")
        .number("P-2")
        .order_date(date(2025, 12, 24))
        .order_number("PO-2")
        .start(date(2026, 2, 1))
        .time_budget(SignedDuration::from_secs(59))
        .visible(false);
    let cleared = ProjectPatch::new()
        .clear_budget()
        .clear_budget_type()
        .clear_color()
        .clear_comment()
        .clear_end()
        .clear_invoice_text()
        .clear_number()
        .clear_order_date()
        .clear_order_number()
        .clear_start()
        .clear_time_budget();
    [
        with_body(&projects.update(PROJECT, ProjectPatch::new()), "PATCH /api/projects/5", json!({})),
        with_body(
            &projects.update(PROJECT, full.clone()),
            "PATCH /api/projects/5",
            json!({
                "name": "Website",
                "customer": 4,
                "billable": false,
                "budget": 1234.5,
                "budgetType": "quarter",
                "color": "#0000ff",
                "comment": "geändert",
                "end": "2027-12-31T00:00:00",
                "globalActivities": false,
                "invoiceText": "Leistung",
                "number": "P-2",
                "orderDate": "2025-12-24T00:00:00",
                "orderNumber": "PO-2",
                "start": "2026-02-01T00:00:00",
                "timeBudget": "0:00:59",
                "visible": false,
            }),
        ),
        with_body(
            &projects.update(PROJECT, cleared.clone()),
            "PATCH /api/projects/5",
            json!({
                "budget": null,
                "budgetType": null,
                "color": null,
                "comment": null,
                "end": null,
                "invoiceText": null,
                "number": null,
                "orderDate": null,
                "orderNumber": null,
                "start": null,
                "timeBudget": null,
            }),
        ),
    ]
}

#[test]
fn projects_as_the_server_takes_them() {
    check(&cases());
}
