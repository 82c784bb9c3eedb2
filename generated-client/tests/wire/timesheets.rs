use generated_client::Select;
use generated_client::ids::{ActivityId, CustomerId, ProjectId, TimesheetId, UserId};
use generated_client::jiff::{SignedDuration, Timestamp};
use generated_client::operation::Paged as _;
use generated_client::types::{MetaField, NewTimesheet, Order, TimesheetOrderBy, TimesheetPatch};
use serde_json::{Value, json};

use crate::{Case, case, check, kimai, local, with_body};

const ACTIVITY: ActivityId = ActivityId::new(6);
const CUSTOMER: CustomerId = CustomerId::new(4);
const PROJECT: ProjectId = ProjectId::new(5);
const SHEET: TimesheetId = TimesheetId::new(180);

pub(crate) fn cases() -> Vec<Case> {
    let sheets = kimai().timesheets();
    let mut cases = vec![
        case(&sheets.active(), "GET /api/timesheets/active"),
        case(&sheets.recent(), "GET /api/timesheets/recent"),
        case(
            &sheets.recent().begin(local("2026-01-01T00:00:00")).size(2).user(UserId::new(4)),
            "GET /api/timesheets/recent?begin=2026-01-01T00%3A00%3A00&size=2&user=4",
        ),
        case(&sheets.recent().user(Select::All), "GET /api/timesheets/recent?user=all"),
        case(&sheets.get(SHEET), "GET /api/timesheets/180"),
        case(&sheets.delete(SHEET), "DELETE /api/timesheets/180"),
        case(&sheets.duplicate(SHEET), "PATCH /api/timesheets/180/duplicate"),
        case(&sheets.toggle_exported(SHEET), "PATCH /api/timesheets/180/export"),
        case(&sheets.stop(SHEET), "PATCH /api/timesheets/180/stop"),
        case(&sheets.restart(SHEET), "PATCH /api/timesheets/180/restart"),
        with_body(
            &sheets.restart(SHEET).begin(local("2026-11-08T08:00:00")).copy_all(),
            "PATCH /api/timesheets/180/restart",
            json!({"begin": "2026-11-08T08:00:00", "copy": "all"}),
        ),
        case(&sheets.stop_via_get(SHEET), "GET /api/timesheets/180/stop"),
        case(&sheets.restart_via_get(SHEET), "GET /api/timesheets/180/restart"),
        with_body(
            &sheets.restart_via_get(SHEET).begin(local("2026-11-08T08:00:00")).copy_all(),
            "GET /api/timesheets/180/restart",
            json!({"begin": "2026-11-08T08:00:00", "copy": "all"}),
        ),
        with_body(
            &sheets.update_meta(SHEET, MetaField::new("location", "Köln")),
            "PATCH /api/timesheets/180/meta",
            json!({"name": "location", "value": "Köln"}),
        ),
        // Null clears the field.
        with_body(
            &sheets.update_meta(SHEET, MetaField::new("location", "")),
            "PATCH /api/timesheets/180/meta",
            json!({"name": "location", "value": ""}),
        ),
    ];
    cases.extend(lists());
    cases.extend(orders());
    cases.extend(creations());
    cases.extend(changes());
    cases
}

fn lists() -> [Case; 8] {
    let sheets = kimai().timesheets();
    let modified: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let one_each = sheets
        .list()
        .active(true)
        .activity(ACTIVITY)
        .begin(local("2026-11-01T00:00:00"))
        .billable(false)
        .customer(CUSTOMER)
        .end(local("2026-11-30T23:59:59"))
        .exported(true)
        .modified_after(modified)
        .order(Order::Asc)
        .order_by(TimesheetOrderBy::Rate)
        .page(2)
        .project(PROJECT)
        .size(500)
        .tags(["urgent162940"])
        .term("Anforderungen")
        .user(UserId::new(4));
    let two_each = sheets
        .list()
        .activity([ACTIVITY, ActivityId::new(7)])
        .customer([CUSTOMER, CustomerId::new(5)])
        .project([PROJECT, ProjectId::new(6)])
        .tags(["urgent162940", "später162940"])
        .user([UserId::new(1), UserId::new(4)]);
    let one_line = "active=1&activity=6&begin=2026-11-01T00%3A00%3A00&billable=0&customer=4\
        &end=2026-11-30T23%3A59%3A59&exported=1&modified_after=2026-01-01T00%3A00%3A00&order=ASC&orderBy=rate\
        &page=2&project=5&size=500&tags%5B%5D=urgent162940&term=Anforderungen&user=4";
    let two_line = "activities%5B%5D=6&activities%5B%5D=7&customers%5B%5D=4&customers%5B%5D=5\
        &projects%5B%5D=5&projects%5B%5D=6&tags%5B%5D=urgent162940&tags%5B%5D=sp%C3%A4ter162940\
        &users%5B%5D=1&users%5B%5D=4";
    [
        case(&sheets.list(), "GET /api/timesheets"),
        case(&one_each, &format!("GET /api/timesheets?{one_line}")),
        case(&two_each, &format!("GET /api/timesheets?{two_line}")),
        case(&sheets.list().user(Select::All), "GET /api/timesheets?user=all"),
        case(&sheets.list().size(2).page(1).map(|list| list.at_page(2)), "GET /api/timesheets?page=2&size=2"),
        case(&sheets.list().full(), "GET /api/timesheets?full=true"),
        case(&one_each.full(), &format!("GET /api/timesheets?{one_line}&full=true")),
        case(&two_each.full().map(|list| list.at_page(3)), &{
            let (before, after) = two_line.split_once("&projects").unwrap();
            format!("GET /api/timesheets?{before}&page=3&projects{after}&full=true")
        }),
    ]
}

fn orders() -> [Case; 3] {
    let list = kimai().timesheets().list();
    [
        case(&list.clone().order(Order::Desc), "GET /api/timesheets?order=DESC"),
        case(&list.clone().order_by(TimesheetOrderBy::Id), "GET /api/timesheets?orderBy=id"),
        case(&list.order(Order::Asc).order_by(TimesheetOrderBy::End), "GET /api/timesheets?order=ASC&orderBy=end"),
    ]
}

fn full_form() -> (NewTimesheet, Value) {
    let form = NewTimesheet::new(PROJECT, ACTIVITY)
        .begin(local("2026-11-02T08:00:00"))
        .billable(false)
        .break_duration(SignedDuration::from_mins(15))
        .description("Anforderungen geklärt")
        .end(local("2026-11-02T09:30:00"))
        .exported(true)
        .fixed_rate(12.5)
        .internal_rate(7.5)
        .hourly_rate(87.65)
        .tags(["urgent162940", "später162940", "unbekannt"])
        .user(UserId::new(4));
    let json = json!({
        "project": 5,
        "activity": 6,
        "begin": "2026-11-02T08:00:00",
        "billable": false,
        "break": "0:15:00",
        "description": "Anforderungen geklärt",
        "end": "2026-11-02T09:30:00",
        "exported": true,
        "fixedRate": 12.5,
        "internalRate": 7.5,
        "hourlyRate": 87.65,
        "tags": "urgent162940,später162940,unbekannt",
        "user": 4,
    });
    (form, json)
}

fn creations() -> [Case; 4] {
    let sheets = kimai().timesheets();
    let plain = NewTimesheet::new(PROJECT, ACTIVITY);
    let (full, json) = full_form();
    [
        with_body(&sheets.create(plain.clone()), "POST /api/timesheets", json!({"project": 5, "activity": 6})),
        with_body(&sheets.create(full.clone()), "POST /api/timesheets", json.clone()),
        with_body(
            &sheets.create(plain.clone()).full(),
            "POST /api/timesheets?full=true",
            json!({"project": 5, "activity": 6}),
        ),
        with_body(&sheets.create(full.clone()).full(), "POST /api/timesheets?full=true", json),
    ]
}

fn changes() -> [Case; 3] {
    let sheets = kimai().timesheets();
    let full = TimesheetPatch::new()
        .project(PROJECT)
        .activity(ACTIVITY)
        .begin(local("2026-11-02T08:00:00"))
        .billable(true)
        .break_duration(SignedDuration::from_mins(90))
        .description("neu")
        .end(local("2026-11-02T10:00:00"))
        .exported(false)
        .fixed_rate(0.0)
        .hourly_rate(87.65)
        .internal_rate(7.5)
        .tags(["urgent162940", "später162940"])
        .user(UserId::new(4));
    let cleared = TimesheetPatch::new()
        .clear_break_duration()
        .clear_description()
        .clear_end()
        .clear_fixed_rate()
        .clear_hourly_rate()
        .clear_internal_rate()
        .clear_tags();
    [
        with_body(&sheets.update(SHEET, TimesheetPatch::new()), "PATCH /api/timesheets/180", json!({})),
        with_body(
            &sheets.update(SHEET, full.clone()),
            "PATCH /api/timesheets/180",
            json!({
                "project": 5,
                "activity": 6,
                "begin": "2026-11-02T08:00:00",
                "billable": true,
                "break": "1:30:00",
                "description": "neu",
                "end": "2026-11-02T10:00:00",
                "exported": false,
                "fixedRate": 0.0,
                "hourlyRate": 87.65,
                "internalRate": 7.5,
                "tags": "urgent162940,später162940",
                "user": 4,
            }),
        ),
        with_body(
            &sheets.update(SHEET, cleared.clone()),
            "PATCH /api/timesheets/180",
            json!({"break": null, "description": null, "end": null, "fixedRate": null, "hourlyRate": null, "internalRate": null, "tags": null}),
        ),
    ]
}

#[test]
fn timesheets_as_the_server_takes_them() {
    check(&cases());
}
