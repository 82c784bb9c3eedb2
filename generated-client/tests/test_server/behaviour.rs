//! What the test server does that no recording shows, and what it offers to tests.

use std::time::Duration;

use generated_client::blocking::Client;
use generated_client::error::Error;
use generated_client::jiff::{SignedDuration, civil};
use generated_client::test_server::{CustomField, FieldOwner, TestServer};
use generated_client::types::{NewTeam, NewTeamMember, NewTimesheet, TimesheetPatch, TimesheetSummary};
use generated_client::{Auth, KIMAI_RELEASE, Release, RetryPolicy, ids};

fn server() -> TestServer {
    TestServer::builder().now("2026-11-23T16:30:00Z".parse().unwrap()).start().unwrap()
}

fn client(server: &TestServer, user: &str) -> Client {
    Client::connect(server.url(), server.auth_of(user).unwrap()).unwrap()
}

fn without_retries(server: &TestServer) -> Client {
    Client::builder(server.url(), server.auth()).no_retries().build_blocking().unwrap()
}

const PROJECT: ids::ProjectId = ids::ProjectId::new(1);
const ACTIVITY: ids::ActivityId = ids::ActivityId::new(2);

#[test]
fn failures_come_in_the_order_they_were_asked_for() {
    let server = server();
    let kimai = without_retries(&server);
    server.fail_next(503);
    server.fail_next(404);
    let errors =
        [kimai.system().ping().send(), kimai.system().ping().send()].map(|result| result.unwrap_err().to_string());
    assert_eq!(
        errors,
        [
            "GET /api/ping: the server returned 503 Service Unavailable",
            "GET /api/ping: the server returned 404 Not Found"
        ]
    );
    assert_eq!(kimai.system().ping().send().unwrap().message, "pong");
    let asked: Vec<(Option<&str>, Option<u16>)> =
        server.requests().iter().map(|request| (request.operation, request.status)).collect();
    let ping = Some("system.ping");
    assert_eq!(asked, [(ping, Some(503)), (ping, Some(404)), (ping, Some(200))]);
    server.clear_requests();
    assert_eq!(server.requests(), []);
}

#[test]
fn a_failure_is_over_for_a_client_that_tries_again() {
    let server = server();
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let kimai = Client::builder(server.url(), server.auth()).retry(policy).build_blocking().unwrap();
    server.fail_next(503);
    server.drop_connection();
    assert_eq!(kimai.system().ping().send().unwrap().message, "pong");
    let statuses: Vec<Option<u16>> = server.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [Some(503), None, Some(200)]);
}

#[test]
fn a_failure_can_be_for_one_operation() {
    let server = server();
    let kimai = without_retries(&server);
    server.fail_next_of("timesheets.create", 500);
    assert_eq!(kimai.timesheets().active().send().unwrap().len(), 0);
    let create = || kimai.timesheets().create(NewTimesheet::new(PROJECT, ACTIVITY)).send();
    assert_eq!(status(create()), 500);
    assert_eq!(create().unwrap().end, None);
}

#[test]
fn a_dropped_connection_is_an_error_of_the_transport() {
    let server = server();
    server.drop_connection();
    let error = without_retries(&server).system().ping().send().unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[test]
fn a_delay_is_longer_than_an_impatient_client_waits() {
    let server = server();
    server.delay(Duration::from_secs(5));
    let kimai = Client::builder(server.url(), server.auth()).no_retries().timeout(Duration::from_millis(50));
    let error = kimai.build_blocking().unwrap().system().ping().send().unwrap_err();
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert!(error.is_timeout(), "{error:?}");
    server.delay(Duration::ZERO);
    assert_eq!(without_retries(&server).system().ping().send().unwrap().message, "pong");
}

#[test]
fn requests_have_no_credentials() {
    let server = server();
    let kimai = client(&server, "john_user");
    let form = NewTimesheet::new(PROJECT, ACTIVITY).description("hello").tags(["urgent", "nosuch"]);
    let record = kimai.timesheets().create(form).send().unwrap();
    assert_eq!(record.tags, ["urgent"]);
    let request = server.requests().pop().unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/timesheets"));
    let body = serde_json::json!({"project": 1, "activity": 2, "description": "hello", "tags": "urgent,nosuch"});
    assert_eq!(request.body, body);
    assert!(!format!("{:?} {server:?}", server.requests()).contains("token-of"));
}

#[test]
fn a_record_keeps_what_a_patch_omits() {
    let server = server();
    let kimai = client(&server, "susan_super");
    let form = NewTimesheet::new(PROJECT, ACTIVITY)
        .begin(civil::date(2026, 10, 25).at(1, 30, 0, 0))
        .end(civil::date(2026, 10, 25).at(3, 30, 0, 0))
        .description("over the autumn change");
    let record = kimai.timesheets().create(form).send().unwrap();
    // The hour from two to three is there twice.
    assert_eq!(record.duration, Some(SignedDuration::from_hours(3)));
    let patch = TimesheetPatch::new().clear_description();
    let changed = kimai.timesheets().update(record.id, patch).send().unwrap();
    assert_eq!((changed.description, changed.end), (None, record.end));
    let reopened = kimai.timesheets().update(record.id, TimesheetPatch::new().clear_end()).send().unwrap();
    assert_eq!((reopened.end, reopened.rate), (None, 0.0));
}

#[test]
fn starting_a_record_stops_the_one_that_runs() {
    let server = server();
    let kimai = client(&server, "john_user");
    let before = kimai.timesheets().active().send().unwrap().remove(0);
    let started = kimai.timesheets().create(NewTimesheet::new(PROJECT, ACTIVITY)).send().unwrap();
    let running: Vec<ids::TimesheetId> =
        kimai.timesheets().active().send().unwrap().iter().map(|record| record.id).collect();
    assert_eq!(running, [started.id]);
    let stopped = kimai.timesheets().get(before.id).send().unwrap();
    assert_eq!(stopped.end.unwrap().timestamp().to_string(), "2026-11-23T16:30:00Z");
}

fn status(result: Result<impl std::fmt::Debug, Error>) -> u16 {
    result.unwrap_err().status().unwrap().as_u16()
}

#[test]
fn roles_have_their_limits() {
    let server = server();
    let (anna, tony, john) =
        (client(&server, "anna_admin"), client(&server, "tony_teamlead"), client(&server, "john_user"));
    let of_john = john.timesheets().list().send().unwrap().items.remove(0).id;
    let of_anna = anna.timesheets().list().send().unwrap().items.remove(0).id;
    // Tony leads a team that John is in. Anna is in another one: team leads see the records of users without a team.
    let team = NewTeam::new("Office", [NewTeamMember::new(ids::UserId::new(2)).teamlead(true)]);
    anna.teams().create(team).send().unwrap();
    assert_eq!(tony.timesheets().get(of_john).send().unwrap().id, of_john);
    assert_eq!(status(tony.timesheets().get(of_anna).send()), 403);
    assert_eq!(status(john.timesheets().delete(of_anna).send()), 403);
    assert_eq!(anna.timesheets().get(of_john).send().unwrap().id, of_john);
    assert_eq!(status(john.users().list().send()), 403);
    assert_eq!(status(john.customers().get(ids::CustomerId::new(1)).send()), 403);
    assert_eq!(status(tony.customers().delete(ids::CustomerId::new(1)).send()), 403);
    let users = |records: Vec<TimesheetSummary>| {
        records.iter().map(|record| record.user.get()).collect::<std::collections::BTreeSet<_>>()
    };
    let all = |kimai: &Client| {
        users(kimai.timesheets().list().user(generated_client::Select::All).size(500).send().unwrap().items)
    };
    assert_eq!(all(&john), [4].into());
    assert_eq!(all(&tony), [3, 4].into());
    assert_eq!(all(&anna), [1, 2, 3, 4].into());
}

#[test]
fn exported_records_are_locked_for_those_who_did_not_export() {
    let server = server();
    let (anna, john) = (client(&server, "anna_admin"), client(&server, "john_user"));
    let id = john.timesheets().list().active(false).send().unwrap().items.remove(0).id;
    assert!(anna.timesheets().toggle_exported(id).send().unwrap().exported);
    assert_eq!(status(john.timesheets().update(id, TimesheetPatch::new().description("later")).send()), 403);
}

#[test]
fn custom_fields_are_there_when_an_object_was_written_since() {
    let server = server();
    let kimai = client(&server, "susan_super");
    let id = kimai.timesheets().list().send().unwrap().items.remove(0).id;
    assert_eq!(kimai.timesheets().get(id).send().unwrap().meta_fields.len(), 0);
    server.define_custom_field(FieldOwner::Timesheet, CustomField::text("location"));
    server.define_custom_field(FieldOwner::Timesheet, CustomField::text("secret").hidden());
    assert_eq!(kimai.timesheets().get(id).send().unwrap().meta_fields.len(), 0);
    kimai.timesheets().update(id, TimesheetPatch::new().description("at last")).send().unwrap();
    let names: Vec<String> =
        kimai.timesheets().get(id).send().unwrap().meta_fields.into_iter().map(|field| field.name).collect();
    assert_eq!(names, ["location"]);
}

#[test]
fn an_empty_server_has_users_only() {
    let server = TestServer::builder().empty().start().unwrap();
    let kimai = client(&server, "susan_super");
    assert_eq!(kimai.customers().list().send().unwrap().len(), 0);
    assert_eq!(kimai.timesheets().list().send().unwrap().items.len(), 0);
    assert_eq!(kimai.users().list().send().unwrap().len(), 4);
}

#[test]
fn a_release_has_its_own_api() {
    let server = TestServer::builder().release(Release::new(1, 30, 11)).start().unwrap();
    let kimai = client(&server, "susan_super");
    assert_eq!(kimai.server_version(), Some(Release::new(1, 30, 11)));
    assert!(kimai.config().i18n().send().unwrap().is24hours);
    // A token is nothing that this release knows.
    let error = Client::connect(server.url(), Auth::bearer(server.users()[0].token.clone())).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403);
    let error = TestServer::builder().release(Release::new(1, 29, 0)).start().unwrap_err();
    assert_eq!(error.to_string(), format!("the test server has the releases from 1.30.11 to {KIMAI_RELEASE}"));
}

#[test]
fn two_servers_share_nothing() {
    let (one, other) = (server(), server());
    let record =
        |server: &TestServer| client(server, "susan_super").timesheets().list().send().unwrap().items.remove(0);
    client(&one, "susan_super").timesheets().delete(record(&one).id).send().unwrap();
    assert_ne!(record(&one).id, record(&other).id);
}

#[test]
fn a_server_stops_when_it_is_dropped() {
    let server = server();
    let url = server.url().to_owned();
    drop(server);
    let error =
        Client::builder(url, Auth::bearer("token")).no_retries().build_blocking().unwrap().system().ping().send();
    assert!(matches!(error.unwrap_err(), Error::Transport(_)));
}

/// Sends JSON that no client of ours would send, as the user with most permissions.
fn sent(server: &TestServer, method: &str, path: &str, body: &serde_json::Value) -> (u16, serde_json::Value) {
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
    let request = reqwest::blocking::Client::new().request(method, format!("{}{path}", server.url()));
    let response = request.bearer_auth(&server.users()[0].token).body(body.to_string()).send().unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().unwrap()).unwrap_or_default())
}

#[test]
fn what_belongs_to_a_deleted_customer_is_gone() {
    let server = server();
    let kimai = client(&server, "susan_super");
    kimai.customers().delete(ids::CustomerId::new(1)).send().unwrap();
    assert_eq!(status(kimai.projects().get(ids::ProjectId::new(1)).send()), 404);
    // An activity of a project of the customer.
    assert_eq!(status(kimai.activities().get(ids::ActivityId::new(3)).send()), 404);
    assert_eq!(status(kimai.invoices().get(ids::InvoiceId::new(1)).send()), 404);
    for record in kimai.timesheets().list().user(generated_client::Select::All).size(500).full().send().unwrap().items {
        assert_ne!(record.project.customer.id, ids::CustomerId::new(1));
    }
}

#[test]
fn required_properties_cannot_be_cleared() {
    let server = server();
    for (path, property) in [
        ("/api/customers/1", "country"),
        ("/api/customers/1", "timezone"),
        ("/api/projects/1", "customer"),
        ("/api/timesheets/1", "project"),
        ("/api/timesheets/1", "activity"),
        ("/api/users/4", "email"),
        ("/api/users/4", "timezone"),
    ] {
        let (status, body) = sent(&server, "PATCH", path, &serde_json::json!({property: null}));
        assert_eq!(status, 400, "{path} {property}");
        assert!(body["errors"]["children"][property]["errors"].is_array(), "{path} {property}: {body}");
    }
}

#[test]
fn amounts_and_durations_are_numbers() {
    let server = server();
    for value in ["inf", "nan", "1e300", "-1e300", "9999999999999999", "12:00:00:00", "-5"] {
        let (status, _) = sent(&server, "PATCH", "/api/projects/1", &serde_json::json!({"timeBudget": value}));
        assert_eq!(status, 400, "{value}");
    }
    for value in ["inf", "1e3", "1,5"] {
        let (status, _) = sent(&server, "PATCH", "/api/projects/1", &serde_json::json!({"budget": value}));
        assert_eq!(status, 400, "{value}");
    }
    let (status, project) =
        sent(&server, "PATCH", "/api/projects/1", &serde_json::json!({"budget": "12.5", "timeBudget": "1.5"}));
    assert_eq!((status, &project["budget"], &project["timeBudget"]), (200, &12.5.into(), &5400.into()));
}

#[test]
fn breaks_are_written_where_they_are_switched_on() {
    let server = server();
    let record = serde_json::json!({
        "project": 1, "activity": 2, "begin": "2026-11-05T08:00:00", "end": "2026-11-05T17:00:00", "break": "0:30",
    });
    assert_eq!(sent(&server, "POST", "/api/timesheets", &record).0, 400);
    server.set_breaks(true);
    let (status, shown) = sent(&server, "POST", "/api/timesheets", &record);
    assert_eq!((status, &shown["break"], &shown["duration"]), (200, &1800.into(), &30600.into()));
}

#[test]
fn a_token_that_is_deleted_is_no_credential() {
    let server = server();
    let tokens = |id: u32| sent(&server, "DELETE", &format!("/api/users/api-token/{id}"), &serde_json::Value::Null).0;
    // The second one is Anna's.
    assert_eq!((tokens(2), tokens(1), tokens(1)), (404, 200, 401));
    let anna = client(&server, "anna_admin");
    assert_eq!(anna.users().me().send().unwrap().username, "anna_admin");
}

#[test]
fn ids_are_digits() {
    let server = server();
    for path in
        ["/api/customers/%2B1", "/api%2Fcustomers/1", "/api/customers/1.0", "/api/customers/99999999999999999999"]
    {
        assert_eq!(sent(&server, "GET", path, &serde_json::Value::Null).0, 404, "{path}");
    }
    assert_eq!(sent(&server, "GET", "/api/customers/%31", &serde_json::Value::Null).0, 200);
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let server = server();
    let (status, _) = sent(&server, "POST", "/api/tags", &serde_json::json!({"name": "x".repeat(2 << 20)}));
    assert_eq!(status, 413);
    assert_eq!(server.requests().last().unwrap().status, Some(413));
}

#[test]
fn passwords_of_new_users_are_not_kept() {
    let server = server();
    let user = serde_json::json!({"username": "eve", "plainPassword": "hidden!", "plainApiToken": "hidden!"});
    sent(&server, "POST", "/api/users", &user);
    let request = server.requests().pop().unwrap();
    assert_eq!(request.body, serde_json::json!({"username": "eve", "plainPassword": "…", "plainApiToken": "…"}));
    assert_eq!(request.user.as_deref(), Some("susan_super"));
}

#[test]
fn preferences_change_together_or_not_at_all() {
    let server = server();
    // The first request of a user sets the preferences.
    client(&server, "john_user");
    let settings = serde_json::json!([{"name": "first_weekday", "value": "sunday"}, {"name": "nosuch", "value": "x"}]);
    assert_eq!(sent(&server, "PATCH", "/api/users/4/preferences", &settings).0, 400);
    let user = client(&server, "susan_super").users().get(ids::UserId::new(4)).send().unwrap();
    let value = user.preferences.into_iter().find(|preference| preference.name == "first_weekday").unwrap().value;
    assert_eq!(value.as_deref(), Some("monday"));
}
