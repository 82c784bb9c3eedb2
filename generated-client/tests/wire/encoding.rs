//! How values are written in paths, queries and bodies, and which values are refused.

use generated_client::error::InvalidRequest;
use generated_client::ids::{ActivityId, ApiTokenId, CustomerId, ProjectId, ProjectRateId, TagId, TimesheetId, UserId};
use generated_client::jiff::civil::date;
use generated_client::jiff::{SignedDuration, Timestamp, ZonedDateTime};
use generated_client::operation::{HttpRequest, Operation};
use generated_client::types::{
    ActionView, ActivityPatch, CustomerPatch, InvoiceStatus, Language, MetaField, NewActivity, NewCustomer, NewProject,
    NewTimesheet, NewUser, Order, ProjectPatch, TimesheetPatch, Visibility,
};
use generated_client::{Client, Patch, Request, Secret, Select};
use serde_json::{Value, json};

use crate::{body, kimai, local};

fn sent<O: Operation>(request: &Request<&Client, O>) -> HttpRequest {
    request.operation().request().unwrap()
}

fn path<O: Operation>(request: &Request<&Client, O>) -> String {
    sent(request).path_and_query()
}

fn json_of<O: Operation>(request: &Request<&Client, O>) -> Value {
    body(&sent(request)).unwrap()
}

fn refused<O: Operation>(request: &Request<&Client, O>) -> InvalidRequest {
    request.operation().request().unwrap_err()
}

fn update(patch: TimesheetPatch) -> Value {
    json_of(&kimai().timesheets().update(TimesheetId::new(180), patch))
}

/// The `{view}` of `/api/actions/timesheet/1/{view}/en`.
fn view(view: &str) -> Result<String, InvalidRequest> {
    let path = kimai().actions().timesheet(TimesheetId::new(1), view.into(), Language::En);
    let path = path.operation().request()?.path_and_query();
    let segments: Vec<&str> = path.split('/').collect();
    match segments[..] {
        ["", "api", "actions", "timesheet", "1", view, "en"] => Ok(view.to_owned()),
        _ => panic!("{view:?} leads to {path}"),
    }
}

const SPECIAL: [(&str, &str, &str); 14] = [
    ("a/b", "a%2Fb", "a%2Fb"),
    ("a\\b", "a%5Cb", "a%5Cb"),
    ("a?b", "a%3Fb", "a%3Fb"),
    ("a#b", "a%23b", "a%23b"),
    ("a%b", "a%25b", "a%25b"),
    ("a%2Fb", "a%252Fb", "a%252Fb"),
    ("%2e%2e", "%252e%252e", "%252e%252e"),
    ("a b", "a%20b", "a%20b"),
    ("äöü", "%C3%A4%C3%B6%C3%BC", "%C3%A4%C3%B6%C3%BC"),
    ("🎉", "%F0%9F%8E%89", "%F0%9F%8E%89"),
    ("...", "...", "..."),
    ("a\"<>b", "a%22%3C%3Eb", "a%22%3C%3Eb"),
    (" ", "%20", "%20"),
    ("-_.9Z", "-_.9Z", "-_.9Z"),
];

#[test]
fn special_characters_in_paths() {
    for (text, in_path, _) in SPECIAL {
        assert_eq!(view(text).as_deref(), Ok(in_path), "{text:?}");
    }
    // These need no encoding in a path.
    assert_eq!(view("a+b&c=d;e,f:g@h").as_deref(), Ok("a+b&c=d;e,f:g@h"));
    assert_eq!(
        path(&kimai().actions().activity(ActivityId::new(1), "a/b".into(), "d?e#".into())),
        "/api/actions/activity/1/a%2Fb/d%3Fe%23"
    );
    assert_eq!(
        path(&kimai().actions().customer(CustomerId::new(1), "Übersicht 1".into(), "zh Hant".into())),
        "/api/actions/customer/1/%C3%9Cbersicht%201/zh%20Hant"
    );
}

#[test]
fn special_characters_in_queries() {
    let more = [
        ("a+b", "a%2Bb"),
        ("a&b=c", "a%26b%3Dc"),
        ("a\r\nb\tc", "a%0D%0Ab%09c"),
        ("\u{7f}\0", "%7F%00"),
        ("", ""),
        ("a,b;c", "a%2Cb%3Bc"),
    ];
    for (text, in_query) in SPECIAL.map(|(text, _, in_query)| (text, in_query)).into_iter().chain(more) {
        let list = kimai().timesheets().list();
        assert_eq!(path(&list.clone().term(text)), format!("/api/timesheets?term={in_query}"), "{text:?}");
        assert_eq!(path(&list.tags([text])), format!("/api/timesheets?tags%5B%5D={in_query}"), "{text:?}");
        assert_eq!(path(&kimai().tags().find().name(text)), format!("/api/tags/find?name={in_query}"), "{text:?}");
        let status = kimai().invoices().list().status([InvoiceStatus::from(text)]);
        assert_eq!(path(&status), format!("/api/invoices?status%5B%5D={in_query}"), "{text:?}");
    }
}

#[test]
fn segments_that_would_lead_elsewhere_are_refused() {
    for (text, message) in [
        ("", "\"\" cannot be segment 4 of a path below /api/: it would lead to another path"),
        (".", "\".\" cannot be segment 4 of a path below /api/: it would lead to another path"),
        ("..", "\"..\" cannot be segment 4 of a path below /api/: it would lead to another path"),
    ] {
        assert_eq!(view(text).unwrap_err().to_string(), message);
        let locale = refused(&kimai().actions().project(ProjectId::new(1), ActionView::Index, text.into()));
        assert_eq!(locale, InvalidRequest::PathSegment { number: 5, segment: text.to_owned() });
    }
}

#[test]
fn control_characters_in_paths() {
    // URL parsers remove them, which would leave another segment, or none.
    for text in ["a\r\nb", "a\tb", "\n", ".\t", ".\n."] {
        let refused = format!("{text:?} cannot be segment 4 of a path below /api/: it would lead to another path");
        assert_eq!(view(text).unwrap_err().to_string(), refused);
    }
}

#[test]
fn the_largest_ids() {
    const MAX: u64 = u64::MAX;
    let kimai = kimai();
    assert_eq!(path(&kimai.timesheets().get(MAX.into())), "/api/timesheets/18446744073709551615");
    assert_eq!(path(&kimai.timesheets().get(0.into())), "/api/timesheets/0");
    assert_eq!(path(&kimai.tags().delete(TagId::new(MAX))), "/api/tags/18446744073709551615");
    assert_eq!(
        path(&kimai.users().delete_api_token(ApiTokenId::new(MAX))),
        "/api/users/api-token/18446744073709551615"
    );
    assert_eq!(
        path(&kimai.projects().delete_rate(ProjectId::new(MAX), ProjectRateId::new(MAX))),
        "/api/projects/18446744073709551615/rates/18446744073709551615"
    );
    assert_eq!(path(&kimai.timesheets().list().user(UserId::new(MAX))), "/api/timesheets?user=18446744073709551615");
    let form = NewTimesheet::new(ProjectId::new(MAX), ActivityId::new(MAX));
    assert_eq!(
        json_of(&kimai.timesheets().create(form.clone())),
        json!({"project": 18_446_744_073_709_551_615_u64, "activity": 18_446_744_073_709_551_615_u64})
    );
    let page = kimai.timesheets().list().page(u32::MAX).size(0);
    assert_eq!(path(&page), "/api/timesheets?page=4294967295&size=0");
}

#[test]
fn empty_filters_are_refused() {
    let kimai = kimai();
    let sheets = || kimai.timesheets().list();
    for (error, name) in [
        (refused(&sheets().activity(Vec::new())), "activity"),
        (refused(&sheets().customer([])), "customer"),
        (refused(&sheets().project(Vec::new())), "project"),
        (refused(&sheets().tags(Vec::<String>::new())), "tags[]"),
        (refused(&sheets().user(Vec::new())), "user"),
        (refused(&sheets().user([]).full()), "user"),
        (refused(&kimai.activities().list().project(Vec::new())), "project"),
        (refused(&kimai.projects().list().customer(Vec::new())), "customer"),
        (refused(&kimai.invoices().list().customers(Vec::<CustomerId>::new())), "customers[]"),
        (refused(&kimai.invoices().list().status(Vec::<InvoiceStatus>::new())), "status[]"),
    ] {
        let message = format!(
            "the list for {name} is empty, which the server would treat as no filter; add values, or do not set it"
        );
        assert_eq!(error.to_string(), message);
    }
}

#[tokio::test]
async fn what_is_refused_names_the_operation() {
    let error = kimai().timesheets().list().tags(Vec::<String>::new()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "timesheets.list: the list for tags[] is empty, which the server would treat as no filter; add \
         values, or do not set it"
    );
}

#[test]
fn one_value_goes_alone_and_many_as_a_list() {
    let list = || kimai().timesheets().list();
    assert_eq!(path(&list().project([ProjectId::new(5)])), "/api/timesheets?project=5");
    assert_eq!(path(&list().project(vec![ProjectId::new(5)])), "/api/timesheets?project=5");
    assert_eq!(path(&list().user([UserId::new(4)])), "/api/timesheets?user=4");
    assert_eq!(path(&list().user(Select::from(UserId::new(4)))), "/api/timesheets?user=4");
    assert_eq!(
        path(&list().activity(&[ActivityId::new(6), ActivityId::new(6)][..])),
        "/api/timesheets?activities%5B%5D=6&activities%5B%5D=6"
    );
    // If a value is set twice, the last one counts.
    assert_eq!(
        path(&list().term("a").term("b").user(Select::All).user(UserId::new(1))),
        "/api/timesheets?term=b&user=1"
    );
}

/// How Kimai behaves: 'Tags'.
#[test]
fn tags_are_one_string_in_bodies() {
    let sheets = kimai().timesheets();
    let form = NewTimesheet::new(ProjectId::new(5), ActivityId::new(6));
    for error in [
        refused(&sheets.create(form.clone().tags(["a", "b,c"]))),
        refused(&sheets.create(form.clone().tags(["b,c"])).full()),
        refused(&sheets.update(TimesheetId::new(180), TimesheetPatch::new().tags(["a", "b,c"]))),
    ] {
        assert_eq!(error.to_string(), "the body could not be encoded: 'b,c' holds a comma, which separates the values");
    }
    assert_eq!(update(TimesheetPatch::new().tags(["a b", "ü/ö", "🎉"])), json!({"tags": "a b,ü/ö,🎉"}));
    assert_eq!(update(TimesheetPatch::new().tags([""; 0])), json!({"tags": ""}));
    assert_eq!(json_of(&sheets.create(form.tags([""; 0]))), json!({"project": 5, "activity": 6, "tags": ""}));
}

/// How Kimai behaves: 'Partial updates'.
#[test]
fn missing_and_null_are_different() {
    assert_eq!(update(TimesheetPatch::new()), json!({}));
    assert_eq!(update(TimesheetPatch::new().clear_end()), json!({"end": null}));
    assert_eq!(update(TimesheetPatch::new().description("")), json!({"description": ""}));
    assert_eq!(update(TimesheetPatch::new().clear_description().description("neu")), json!({"description": "neu"}));
    assert_eq!(update(TimesheetPatch::new().description("neu").clear_description()), json!({"description": null}));

    let mut patch = TimesheetPatch::new();
    patch.description = Patch::Clear;
    patch.fixed_rate = Patch::Set(12.5);
    patch.hourly_rate = 1.5.into();
    patch.end = Patch::Keep;
    assert_eq!(update(patch.clone()), json!({"description": null, "fixedRate": 12.5, "hourlyRate": 1.5}));
    patch.description = Patch::Keep;
    assert_eq!(update(patch.clone()), json!({"fixedRate": 12.5, "hourlyRate": 1.5}));
}

/// How Kimai behaves: 'Null values'.
#[test]
fn fields_that_cannot_be_null_have_no_clear_method() {
    let mut patch = TimesheetPatch::new().begin(local("2026-11-02T08:00:00")).billable(true).exported(true);
    patch.begin = None;
    patch.billable = None;
    patch.exported = None;
    patch.user = None;
    assert_eq!(update(patch.clone()), json!({}));
    let form = NewTimesheet::new(ProjectId::new(5), ActivityId::new(6));
    assert_eq!(json_of(&kimai().timesheets().create(form.clone())), json!({"project": 5, "activity": 6}));
}

/// How Kimai behaves: 'Durations'.
#[test]
fn durations_are_hours_minutes_seconds() {
    let kimai = kimai();
    for (duration, text) in [
        (SignedDuration::ZERO, "0:00:00"),
        (SignedDuration::from_secs(1), "0:00:01"),
        (SignedDuration::from_secs(7200), "2:00:00"),
        (SignedDuration::from_mins(630), "10:30:00"),
        (SignedDuration::from_hours(100), "100:00:00"),
        (SignedDuration::from_mins(545) + SignedDuration::from_millis(999), "9:05:00"),
        (SignedDuration::from_millis(-1999), "-0:00:01"),
    ] {
        let time = |body: Value| body["timeBudget"].clone();
        let id = CustomerId::new(4);
        assert_eq!(time(json_of(&kimai.customers().create(NewCustomer::new("n").time_budget(duration)))), text);
        assert_eq!(time(json_of(&kimai.customers().update(id, CustomerPatch::new().time_budget(duration)))), text);
        let form = NewProject::new("n", id).time_budget(duration);
        assert_eq!(time(json_of(&kimai.projects().create(form.clone()))), text);
        let patch = ProjectPatch::new().time_budget(duration);
        assert_eq!(time(json_of(&kimai.projects().update(ProjectId::new(5), patch.clone()))), text);
        let form = NewActivity::new("n").time_budget(duration);
        assert_eq!(time(json_of(&kimai.activities().create(form.clone()))), text);
        let patch = ActivityPatch::new().time_budget(duration);
        assert_eq!(time(json_of(&kimai.activities().update(ActivityId::new(6), patch.clone()))), text);
    }
}

/// How Kimai behaves: 'Dates in project forms'.
#[test]
fn project_dates_in_forms() {
    let day = date(2026, 2, 1);
    let form = NewProject::new("n", CustomerId::new(4)).start(day).end(day).order_date(day);
    assert_eq!(
        json_of(&kimai().projects().create(form.clone())),
        json!({
            "name": "n",
            "customer": 4,
            "start": "2026-02-01",
            "end": "2026-02-01",
            "orderDate": "2026-02-01",
            "billable": true,
            "globalActivities": true,
            "visible": true,
        })
    );
    let patch = ProjectPatch::new().start(day).clear_end().order_date(day);
    assert_eq!(
        json_of(&kimai().projects().update(ProjectId::new(5), patch.clone())),
        json!({"start": "2026-02-01T00:00:00", "end": null, "orderDate": "2026-02-01T00:00:00"})
    );
}

/// How Kimai behaves: 'Times in queries', 'Times in request bodies'.
#[test]
fn local_times_have_seconds_and_no_offset() {
    for time in [
        local("2026-11-01T00:00:00"),
        local("2026-11-01 00:00"),
        date(2026, 11, 1).at(0, 0, 0, 0),
        date(2026, 11, 1).at(0, 0, 0, 999_999_999),
        ZonedDateTime::strptime("%FT%T%z", "2026-11-01T00:00:00+0100").unwrap().datetime(),
    ] {
        let kimai = kimai();
        let wire = "2026-11-01T00%3A00%3A00";
        assert_eq!(
            path(&kimai.timesheets().list().begin(time).end(time)),
            format!("/api/timesheets?begin={wire}&end={wire}")
        );
        assert_eq!(path(&kimai.timesheets().recent().begin(time)), format!("/api/timesheets/recent?begin={wire}"));
        assert_eq!(
            path(&kimai.invoices().list().begin(time).end(time)),
            format!("/api/invoices?begin={wire}&end={wire}")
        );
        assert_eq!(
            path(&kimai.projects().list().start(time).end(time)),
            format!("/api/projects?end={wire}&start={wire}")
        );
        let json = json!({"begin": "2026-11-01T00:00:00", "end": "2026-11-01T00:00:00"});
        assert_eq!(update(TimesheetPatch::new().begin(time).end(time)), json);
        let restart = kimai.timesheets().restart(TimesheetId::new(183)).begin(time);
        assert_eq!(json_of(&restart), json!({"begin": "2026-11-01T00:00:00"}));
    }
}

/// How Kimai behaves: 'Time zones of filters'.
#[test]
fn modified_after_is_in_utc() {
    for text in ["2026-01-01T01:30:00+0130", "2025-12-31T19:00:00-05:00", "2026-01-01T00:00:00Z"] {
        let moment: Timestamp = text.parse().unwrap();
        let list = kimai().timesheets().list().modified_after(moment).begin(local("2026-01-01T00:00:00"));
        assert_eq!(
            path(&list),
            "/api/timesheets?begin=2026-01-01T00%3A00%3A00&modified_after=2026-01-01T00%3A00%3A00",
            "{text}"
        );
    }
}

/// How Kimai behaves: 'Booleans in queries'.
#[test]
fn booleans_as_each_endpoint_reads_them() {
    let kimai = kimai();
    let sheets = || kimai.timesheets().list();
    for (value, digit, word) in [(true, "1", "true"), (false, "0", "false")] {
        assert_eq!(path(&sheets().active(value)), format!("/api/timesheets?active={digit}"));
        assert_eq!(path(&sheets().billable(value)), format!("/api/timesheets?billable={digit}"));
        assert_eq!(path(&sheets().exported(value)), format!("/api/timesheets?exported={digit}"));
        let projects = kimai.projects().list().global_activities(value);
        assert_eq!(path(&projects), format!("/api/projects?globalActivities={digit}"));
        assert_eq!(path(&kimai.activities().list().globals(value)), format!("/api/activities?globals={word}"));
    }
    assert_eq!(path(&kimai.projects().list().ignore_dates()), "/api/projects?ignoreDates=1");
    assert_eq!(path(&sheets().full()), "/api/timesheets?full=true");
    assert_eq!(path(&kimai.users().list().full()), "/api/users?full=true");
    assert_eq!(path(&kimai.customers().list().full()), "/api/customers?full=1");
}

/// How Kimai behaves: 'Sort order'.
#[test]
fn order_is_upper_case() {
    for (order, text) in [(Order::Asc, "ASC"), (Order::Desc, "DESC")] {
        let kimai = kimai();
        assert_eq!(path(&kimai.timesheets().list().order(order)), format!("/api/timesheets?order={text}"));
        assert_eq!(path(&kimai.activities().list().order(order)), format!("/api/activities?order={text}"));
        assert_eq!(path(&kimai.customers().list().order(order)), format!("/api/customers?order={text}"));
        assert_eq!(path(&kimai.projects().list().order(order)), format!("/api/projects?order={text}"));
        assert_eq!(path(&kimai.users().list().order(order)), format!("/api/users?order={text}"));
    }
}

#[test]
fn visibility_is_a_number() {
    for (visible, digit) in [(Visibility::Visible, 1), (Visibility::Hidden, 2), (Visibility::All, 3)] {
        let kimai = kimai();
        assert_eq!(path(&kimai.activities().list().visible(visible)), format!("/api/activities?visible={digit}"));
        assert_eq!(path(&kimai.customers().list().visible(visible)), format!("/api/customers?visible={digit}"));
        assert_eq!(path(&kimai.projects().list().visible(visible)), format!("/api/projects?visible={digit}"));
        assert_eq!(path(&kimai.users().list().visible(visible)), format!("/api/users?visible={digit}"));
    }
}

#[test]
fn text_in_bodies_stays_as_it_is() {
    let text = "Zeile 1\r\n\tZeile 2 \"/\\\" \u{0} 🎉 <b>&amp;</b>";
    assert_eq!(update(TimesheetPatch::new().description(text)), json!({"description": text}));
    let form = MetaField::new("a/b", text);
    assert_eq!(
        json_of(&kimai().timesheets().update_meta(TimesheetId::new(180), form.clone())),
        json!({"name": "a/b", "value": text})
    );
}

#[test]
fn secrets_are_sent_and_not_printed() {
    let form = NewUser::new("neu", "a@example.com", "canary-password")
        .plain_api_token(Secret::from("canary-token".to_owned()));
    let request = kimai().users().create(form.clone());
    let json = json_of(&request);
    assert_eq!((&json["plainPassword"], &json["plainApiToken"]), (&json!("canary-password"), &json!("canary-token")));
    let operation = request.operation();
    let printed = format!("{form:?} {form:#?} {operation:?} {operation:#?} {request:?} {request:#?}");
    assert!(!printed.contains("canary"), "{printed}");
    assert!(printed.contains("plain_password: Secret(…)"), "{printed}");
}

#[test]
fn secrets_are_not_printed_as_bytes() {
    let form = NewUser::new("neu", "a@example.com", "canary-password");
    let printed = format!("{:?}", sent(&kimai().users().create(form.clone())));
    let bytes = format!("{:?}", "canary-password".as_bytes());
    assert!(!printed.contains(bytes.trim_matches(['[', ']'])), "{printed}");
}

/// How Kimai behaves: 'Null values'.
#[test]
fn values_that_are_not_numbers_are_refused() {
    let sheets = kimai().timesheets();
    for rate in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let form = NewTimesheet::new(ProjectId::new(5), ActivityId::new(6)).fixed_rate(rate);
        assert!(sheets.create(form.clone()).operation().request().is_err(), "{rate}");
        let patch = TimesheetPatch::new().hourly_rate(rate);
        assert!(sheets.update(TimesheetId::new(180), patch.clone()).operation().request().is_err(), "{rate}");
    }
}
