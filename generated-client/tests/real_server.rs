//! Cases that other generators get wrong with this document, checked against the responses of a real server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use generated_client::jiff::{SignedDuration, Timestamp, civil};
use generated_client::operation::{Operation as _, Visitor};
use generated_client::types::{
    ActionView, Language, MetaField, NewProject, NewTeam, NewTeamMember, NewTimesheet, Order, ProjectPatch,
    TimesheetOrderBy, TimesheetPatch, Visibility,
};
use generated_client::{Auth, Client, RetryPolicy, Select, ids, operations};
use serde_json::{Value, json};
use support::server::Server;
use support::{Exchange, exchange};

fn client(server: &Server) -> Client {
    Client::new(server.url.as_str(), Auth::bearer("canary")).unwrap()
}

/// Starts a server that returns one recorded response.
fn server(label: &str) -> (Server, Exchange) {
    let exchange = exchange(label);
    (Server::start(vec![exchange.clone()]), exchange)
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn local(text: &str) -> civil::DateTime {
    text.parse().unwrap()
}

fn sent(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

/// How Kimai behaves: 'Menu actions are an array'.
#[tokio::test]
async fn menu_actions_are_an_array() {
    let (server, recorded) = server("actions as susan_super");
    let actions =
        client(&server).actions().timesheet(ids::TimesheetId::new(180), ActionView::Index, Language::En).await.unwrap();
    assert_eq!(server.asked().path, recorded.path);
    let first = actions.first().unwrap();
    assert_eq!((first.name.as_str(), first.divider), ("repeat", false));
}

/// How Kimai behaves: 'Dates of projects'.
#[tokio::test]
async fn project_dates_have_no_time() {
    let (server, recorded) = server("project with dates as susan_super");
    let form = NewProject::new("Website 162940", ids::CustomerId::new(4))
        .visible(true)
        .billable(true)
        .start(civil::date(2026, 1, 1))
        .end(civil::date(2027, 12, 31))
        .order_date(civil::date(2025, 12, 24));
    let project = client(&server).projects().create(form.clone()).await.unwrap();
    assert_eq!(project.start, Some(civil::date(2026, 1, 1)));
    assert_eq!(project.order_date, Some(civil::date(2025, 12, 24)));
    let sent = sent(&server.asked().body);
    let recorded = self::sent(recorded.body.as_deref().unwrap());
    for property in ["name", "customer", "visible", "billable", "start", "end", "orderDate"] {
        assert_eq!(sent[property], recorded[property], "{property}");
    }
}

/// How Kimai behaves: 'Full responses'.
#[tokio::test]
async fn full_returns_objects_instead_of_ids() {
    let (server, recorded) = server("full=true as susan_super");
    let page = client(&server).timesheets().list().full().await.unwrap();
    assert_eq!(server.asked().path, recorded.path);
    let sheet = page.items.first().unwrap();
    assert_eq!(sheet.project.customer.name, "Müller & Söhne GmbH 162940");
    assert_eq!(sheet.user.object().unwrap().username, "susan_super");
}

/// How Kimai behaves: 'Full on create'.
#[tokio::test]
async fn create_with_full_returns_objects_too() {
    let (server, recorded) = server("created with full=true, unknown tag as susan_super");
    let form = NewTimesheet::new(ids::ProjectId::new(5), ids::ActivityId::new(7))
        .begin(local("2026-11-03T10:00:00"))
        .end(local("2026-11-03T11:00:00"))
        .tags(["urgent162940", "später162940", "unbekannt"]);
    let sheet = client(&server).timesheets().create(form.clone()).full().await.unwrap();
    let asked = server.asked();
    assert_eq!(asked.path, recorded.path);
    assert_eq!(sent(&asked.body), sent(recorded.body.as_deref().unwrap()));
    assert_eq!(sheet.activity.name, "Meeting 162940");
    // The server dropped the unknown tag.
    assert_eq!(sheet.tags, ["urgent162940", "später162940"]);
}

/// How Kimai behaves: 'Types of query parameters'.
#[tokio::test]
async fn lists_with_two_values() {
    let (server, recorded) = server("array projects as susan_super");
    let projects = [ids::ProjectId::new(5), ids::ProjectId::new(6)];
    client(&server).timesheets().list().project(projects).await.unwrap();
    assert_eq!(server.asked().path, recorded.path);

    let (server, recorded) = self::server("array tags as susan_super");
    let page = client(&server).timesheets().list().tags(["urgent162940", "später162940"]).await.unwrap();
    assert_eq!(server.asked().path, recorded.path);
    assert_eq!(page.items.len(), 2);
}

/// How Kimai behaves: 'Partial updates'.
#[tokio::test]
async fn a_patch_sends_only_what_it_changes() {
    for (label, patch) in [
        ("patch only description as susan_super", TimesheetPatch::new().description("neu")),
        ("patch description null as susan_super", TimesheetPatch::new().clear_description()),
        ("patch tags as susan_super", TimesheetPatch::new().tags(["urgent162940"])),
        ("patch tags empty as susan_super", TimesheetPatch::new().tags(Vec::<String>::new())),
        ("patch end null as susan_super", TimesheetPatch::new().clear_end()),
        ("patch end as susan_super", TimesheetPatch::new().end(local("2026-11-02T10:00:00"))),
        ("patch billable false as susan_super", TimesheetPatch::new().billable(false)),
        ("patch fixedRate null as susan_super", TimesheetPatch::new().clear_fixed_rate()),
        ("patch empty body as susan_super", TimesheetPatch::new()),
    ] {
        let (server, recorded) = server(label);
        client(&server).timesheets().update(ids::TimesheetId::new(180), patch.clone()).await.unwrap();
        let asked = server.asked();
        assert_eq!((asked.method.as_str(), &asked.path), ("PATCH", &recorded.path), "{label}");
        assert_eq!(sent(&asked.body), sent(recorded.body.as_deref().unwrap()), "{label}");
    }
}

/// How Kimai behaves: 'Dates in project forms'.
#[tokio::test]
async fn a_project_patch_writes_dates_with_a_time() {
    let (server, recorded) = server("patch project start as date-time as susan_super");
    let patch = ProjectPatch::new().start(civil::date(2026, 2, 1));
    client(&server).projects().update(ids::ProjectId::new(5), patch.clone()).await.unwrap();
    assert_eq!(sent(&server.asked().body), sent(recorded.body.as_deref().unwrap()));
}

/// How Kimai behaves: 'Paging'.
#[tokio::test]
async fn totals_come_from_the_headers() {
    let (server, recorded) = server("page 2 as susan_super");
    let page = client(&server).timesheets().list().size(2).page(2).await.unwrap();
    // The client sorts parameters by name; servers ignore their order.
    assert_eq!(server.asked().path, "/api/timesheets?page=2&size=2");
    assert_eq!(recorded.path, "/api/timesheets?size=2&page=2");
    assert_eq!((page.items.len(), page.page, page.per_page), (2, Some(2), Some(2)));
    let number = |name: &str| recorded.headers[name].parse::<u32>().unwrap();
    assert_eq!(page.total, Some(u64::from(number("X-Total-Count"))));
    assert_eq!(page.pages, Some(number("X-Total-Pages")));
}

/// How Kimai behaves: 'Paging'.
#[tokio::test]
async fn a_page_past_the_end_is_not_found() {
    let (server, _) = server("past the end as susan_super");
    let error = client(&server).timesheets().list().size(2).page(9999).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "GET /api/timesheets: the server returned 404 Not Found");
}

/// How Kimai behaves: 'Internal operations'.
#[test]
fn internal_operations_are_marked() {
    struct Internal(Vec<&'static str>);
    impl Visitor for Internal {
        fn json<O: generated_client::operation::Operation>(&mut self) {
            self.0.extend(O::INTERNAL.then_some(O::NAME));
        }
        fn page<O: generated_client::operation::Paged>(&mut self) {
            self.0.extend(O::INTERNAL.then_some(O::NAME));
        }
        fn empty<O: generated_client::operation::Operation<Output = ()>>(&mut self) {
            self.0.extend(O::INTERNAL.then_some(O::NAME));
        }
        fn download<O: generated_client::operation::Operation<Output = generated_client::Download>>(&mut self) {
            self.0.extend(O::INTERNAL.then_some(O::NAME));
        }
    }
    let mut internal = Internal(Vec::new());
    operations::visit(&mut internal);
    assert_eq!(
        internal.0,
        [
            "actions.activity",
            "actions.customer",
            "actions.project",
            "actions.timesheet",
            "export.delete_template",
            "tags.list",
            "timesheets.restart_via_get",
            "timesheets.stop_via_get"
        ]
    );
    let delete = operations::export::DeleteTemplate::new(ids::ExportTemplateId::new(3)).request().unwrap();
    assert_eq!((delete.method().as_str(), delete.path_and_query()), ("DELETE", "/api/export/3".to_owned()));
}

/// How Kimai behaves: 'Defects of the document'.
#[tokio::test]
async fn the_default_of_a_choice_may_be_a_number() {
    let (server, recorded) = server("list as susan_super");
    assert_eq!(recorded.path, "/api/customers");
    client(&server).customers().list().visible(Visibility::All).await.unwrap();
    assert_eq!(server.asked().path, "/api/customers?visible=3");
}

/// How Kimai behaves: 'Times in request bodies'.
#[tokio::test]
async fn local_times_are_sent_unchanged() {
    let (server, recorded) = server("closed timesheet as susan_super");
    let form = NewTimesheet::new(ids::ProjectId::new(5), ids::ActivityId::new(6))
        .begin(local("2026-11-02T08:00:00"))
        .end(local("2026-11-02T09:30:00"))
        .description("Anforderungen geklärt")
        .tags(["urgent162940"]);
    let sheet = client(&server).timesheets().create(form.clone()).await.unwrap();
    assert_eq!(sent(&server.asked().body), sent(recorded.body.as_deref().unwrap()));
    assert_eq!(sheet.begin.datetime(), local("2026-11-02T08:00:00"));
    assert_eq!(sheet.duration, Some(SignedDuration::from_mins(90)));
}

/// How Kimai behaves: 'Times in responses'.
#[tokio::test]
async fn offsets_are_kept_when_the_clocks_change() {
    let (server, _) = server("DST timesheet as susan_super");
    let form = NewTimesheet::new(ids::ProjectId::new(5), ids::ActivityId::new(7))
        .begin(local("2026-10-25T01:30:00"))
        .end(local("2026-10-25T03:30:00"))
        .fixed_rate(12.5);
    let sheet = client(&server).timesheets().create(form.clone()).await.unwrap();
    assert_eq!(sheet.begin.strftime("%FT%T%z").to_string(), "2026-10-25T01:30:00+0200");
    assert_eq!(sheet.end.unwrap().strftime("%FT%T%z").to_string(), "2026-10-25T03:30:00+0100");
    // Two hours on the clock, three in truth.
    assert_eq!(sheet.duration, Some(SignedDuration::from_hours(3)));
}

/// How Kimai behaves: 'Times in queries', 'Time zones of filters'.
#[tokio::test]
async fn filters_are_in_local_time_but_modified_after_is_in_utc() {
    let (server, recorded) = server("November as susan_super");
    let list = client(&server);
    let list = list.timesheets().list().begin(local("2026-11-01T00:00:00")).end(local("2026-11-30T23:59:59"));
    list.await.unwrap();
    assert_eq!(server.asked().path, recorded.path);

    let (server, recorded) = self::server("modified_after as susan_super");
    client(&server).timesheets().list().modified_after(moment("2026-01-01T01:00:00+0100")).await.unwrap();
    assert_eq!(server.asked().path, recorded.path);
}

/// How Kimai behaves: 'Records of other users', 'Sort order'.
#[tokio::test]
async fn records_of_all_users_in_an_order() {
    let (server, recorded) = server("user=all as susan_super");
    client(&server).timesheets().list().user(Select::All).await.unwrap();
    assert_eq!(server.asked().path, recorded.path);

    let (server, _) = self::server("by rate as susan_super");
    client(&server).timesheets().list().order_by(TimesheetOrderBy::Rate).order(Order::Asc).await.unwrap();
    assert_eq!(server.asked().path, "/api/timesheets?order=ASC&orderBy=rate");
}

#[tokio::test]
async fn restart_takes_its_options_as_settings() {
    let (server, recorded) = server("restart copy as susan_super");
    client(&server).timesheets().restart(ids::TimesheetId::new(183)).copy_all().await.unwrap();
    assert_eq!(sent(&server.asked().body), sent(recorded.body.as_deref().unwrap()));

    let (server, _) = self::server("restart copy as susan_super");
    client(&server).timesheets().restart(ids::TimesheetId::new(183)).await.unwrap();
    assert_eq!(server.asked().body, "");
}

#[tokio::test]
async fn forms_with_forms_in_them() {
    let (server, recorded) = server("team as susan_super");
    let members = [
        NewTeamMember::new(ids::UserId::new(3)).teamlead(true),
        NewTeamMember::new(ids::UserId::new(4)).teamlead(false),
    ];
    let team = client(&server).teams().create(NewTeam::new("Team 162940", members)).await.unwrap();
    assert_eq!(sent(&server.asked().body), sent(recorded.body.as_deref().unwrap()));
    assert_eq!(team.members.unwrap().len(), 2);
}

/// How Kimai behaves: 'Success statuses'.
#[tokio::test]
async fn an_empty_body_and_null_decode_as_nothing() {
    let (server, recorded) = server("delete as susan_super");
    client(&server).timesheets().delete(ids::TimesheetId::new(181)).await.unwrap();
    let asked = server.asked();
    assert_eq!((asked.method.as_str(), asked.path, recorded.status), ("DELETE", recorded.path, 204));

    let null = Exchange { status: 200, answer: "null".to_owned(), ..exchange("delete as susan_super") };
    let server = Server::start(vec![null]);
    client(&server).users().delete_api_token(ids::ApiTokenId::new(2)).await.unwrap();
    assert_eq!(server.asked().path, "/api/users/api-token/2");
}

/// How Kimai behaves: 'Downloads'.
#[tokio::test]
async fn a_download_has_a_name_and_a_media_type() {
    let (recorded, id) = support::recordings()
        .into_iter()
        .find(|exchange| exchange.path.ends_with("/download") && exchange.status == 200)
        .map(|exchange| (exchange.clone(), exchange.path.split('/').nth(3).unwrap().parse().unwrap()))
        .unwrap();
    let server = Server::start(vec![recorded.clone()]);
    let file = client(&server).invoices().download(id).await.unwrap();
    assert_eq!(server.asked().header("accept"), Some("*/*"));
    assert_eq!(file.file_name.as_deref(), Some("2026-001-acme.html"));
    assert_eq!(file.media_type.as_deref(), Some("text/html; charset=UTF-8"));
    assert_eq!(file.content, recorded.answer.as_bytes());
}

/// How Kimai behaves: 'Error bodies'.
#[tokio::test]
async fn refusals_name_the_fields_and_their_errors() {
    let (server, _) = server("patch begin after end as susan_super");
    let patch = TimesheetPatch::new().begin(local("2026-11-02T11:00:00"));
    let error = client(&server).timesheets().update(ids::TimesheetId::new(180), patch.clone()).await.unwrap_err();
    assert!(error.is_validation());
    let api = error.as_api().unwrap();
    assert_eq!((api.status.as_u16(), api.code, api.message.as_deref()), (400, Some(400), Some("Validation Failed")));
    assert!(!api.errors.is_empty(), "{api}");
}

/// How Kimai behaves: 'Error bodies'.
#[tokio::test]
async fn every_recorded_refusal_is_an_error_with_a_message() {
    let refusals: Vec<Exchange> = support::recordings().into_iter().filter(|exchange| exchange.status >= 400).collect();
    let server = Server::start(refusals.clone());
    let kimai = client(&server);
    for refusal in &refusals {
        let error = kimai.timesheets().get(ids::TimesheetId::new(1)).await.unwrap_err();
        let api = error.as_api().unwrap_or_else(|| panic!("{}: {error}", refusal.title()));
        assert_eq!(api.status.as_u16(), refusal.status, "{}", refusal.title());
        let body: Value = serde_json::from_str(&refusal.answer).unwrap_or_default();
        assert_eq!(api.message.as_deref(), body["message"].as_str(), "{}", refusal.title());
        assert_eq!(api.body, refusal.answer.as_bytes());
        if body["message"] == "Validation Failed" {
            assert!(!api.errors.is_empty(), "{}: {}", refusal.title(), refusal.answer);
        }
    }
    println!("read {} recorded refusals", refusals.len());
    assert_eq!(refusals.len(), 90);
}

/// How Kimai behaves: 'Permissions'.
#[tokio::test]
async fn a_403_names_the_permission() {
    let (server, _) = server("somebody else's as john_user");
    let error = client(&server).timesheets().get(ids::TimesheetId::new(180)).await.unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(
        error.to_string(),
        "GET /api/timesheets/{id}: the server returned 403 Forbidden; the operation requires the permission view"
    );
}

/// How Kimai behaves: 'Redirects'.
#[tokio::test]
async fn redirects_are_not_followed() {
    let (server, recorded) = server("doc page as susan_super");
    assert_eq!(recorded.status, 302);
    let error = client(&server).system().version().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /api/version: the server returned 302 Found and redirected to http://127.0.0.1:8010/en/login; that is the login \
         page: use the base URL of Kimai, and credentials that this release accepts"
    );
}

#[tokio::test]
async fn credentials_go_in_the_headers_and_nowhere_else() {
    for (auth, header, value) in [
        (Auth::bearer("canary"), "authorization", "Bearer canary"),
        (Auth::token("susan", "canary"), "x-auth-token", "canary"),
        (Auth::session("PHPSESSID=canary"), "cookie", "PHPSESSID=canary"),
    ] {
        let (server, _) = server("list as susan_super");
        let kimai = Client::new(format!("{}/", server.url), auth).unwrap();
        kimai.customers().list().await.unwrap();
        let asked = server.asked();
        assert_eq!(asked.header(header), Some(value));
        assert_eq!(asked.header("accept"), Some("application/json"));
        assert!(!asked.path.contains("canary") && !asked.body.contains("canary"));
        assert!(!format!("{kimai:?}").contains("canary"));
    }
}

/// How Kimai behaves: 'Refused credentials'.
#[tokio::test]
async fn session_cookies_are_not_kept_and_not_printed() {
    let mut refusal = exchange("missing as susan_super");
    refusal.headers.insert("Set-Cookie".to_owned(), "PHPSESSID=canary; path=/".to_owned());
    let server = Server::start(vec![refusal.clone(), refusal]);
    let kimai = Client::new(server.url.as_str(), Auth::bearer("token")).unwrap();
    let error = kimai.customers().get(ids::CustomerId::new(1)).await.unwrap_err();
    assert!(!format!("{error} {error:?} {error:#?}").contains("canary"));
    assert_eq!(server.asked().header("cookie"), None);
    kimai.customers().get(ids::CustomerId::new(1)).await.unwrap_err();
    assert_eq!(server.asked().header("cookie"), None);
}

/// How Kimai behaves: 'Refused credentials'.
#[tokio::test]
async fn refused_credentials_are_not_a_missing_permission() {
    let (server, recorded) = server("bad X-AUTH as susan_super");
    assert_eq!((recorded.status, recorded.answer.as_str()), (403, r#"{"message":"Invalid credentials"}"#));
    let kimai = Client::new(server.url.as_str(), Auth::token("susan_super", "wrong")).unwrap();
    let error = kimai.timesheets().get(ids::TimesheetId::new(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "GET /api/timesheets/{id}: the server returned 403 Forbidden: Invalid credentials");
}

#[tokio::test]
async fn what_a_server_repeats_of_a_request_is_not_printed() {
    let mut page = exchange("missing as susan_super");
    page.status = 500;
    page.answer = "<!-- debug page: authorization: Bearer canary -->".to_owned();
    let server = Server::start(vec![page]);
    let kimai = Client::new(server.url.as_str(), Auth::bearer("canary")).unwrap();
    let error = kimai.system().version().await.unwrap_err();
    assert!(!format!("{error} {error:?} {error:#?}").contains("canary"));
    assert_eq!(error.as_api().unwrap().body, "<!-- debug page: authorization: Bearer … -->".as_bytes());
}

#[test]
fn settings_of_a_client_do_not_print_what_is_not_checked_yet() {
    let builder = Client::builder("https://user:canary@kimai.example.com/?token=canary", Auth::bearer("canary"));
    assert!(!format!("{builder:?}").contains("canary"));
    assert!(!format!("{:?}", builder.build().unwrap_err()).contains("canary"));
}

#[tokio::test]
async fn a_refusal_that_never_ends_keeps_its_status() {
    let mut page = exchange("missing as susan_super");
    page.status = 502;
    page.answer = "x".repeat(3 * 1024 * 1024);
    let server = Server::start(vec![page]);
    let request = client(&server);
    let error = request.system().version().with_retry(RetryPolicy::none()).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
    let read = error.as_api().unwrap().body.len();
    assert!((500_000..=1024 * 1024).contains(&read), "{read}");
}

#[tokio::test]
async fn an_answer_of_another_shape_names_the_field() {
    let mut list = exchange("page 1 of size 2 as susan_super");
    list.answer = list.answer.replacen("\"project\":5", "\"project\":\"five\"", 1);
    let server = Server::start(vec![list]);
    let error = client(&server).timesheets().list().await.unwrap_err();
    let text = format!("{error:#}");
    assert!(text.starts_with("timesheets.list: the response could not be decoded at [0].project (near "), "{text}");
    assert!(text.contains(": invalid type: string \"five\", expected u64"), "{text}");
}

#[tokio::test]
async fn a_tag_with_a_comma_is_refused_before_sending() {
    let kimai = Client::new("http://127.0.0.1:9", Auth::bearer("canary")).unwrap();
    let form = NewTimesheet::new(ids::ProjectId::new(1), ids::ActivityId::new(1)).tags(["a,b"]);
    let error = kimai.timesheets().create(form.clone()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "timesheets.create: the body could not be encoded: 'a,b' holds a comma, which separates the values"
    );
}

/// How Kimai behaves: 'Durations'.
#[test]
fn durations_are_written_as_hours_minutes_and_seconds() {
    let patch =
        ProjectPatch::new().time_budget(SignedDuration::from_hours(10) + SignedDuration::from_mins(30)).budget(1234.5);
    assert_eq!(serde_json::to_value(&patch).unwrap(), json!({"budget": 1234.5, "timeBudget": "10:30:00"}));
    // The settings of the server decide whether the form has this field.
    let form = NewTimesheet::new(ids::ProjectId::new(5), ids::ActivityId::new(6))
        .break_duration(SignedDuration::from_mins(30));
    assert_eq!(serde_json::to_value(&form).unwrap(), json!({"project": 5, "activity": 6, "break": "0:30:00"}));
    assert_eq!(
        serde_json::to_value(MetaField::new("location", "Köln")).unwrap(),
        json!({"name": "location", "value": "Köln"})
    );
}
