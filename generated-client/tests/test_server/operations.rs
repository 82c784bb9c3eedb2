//! The test server does what every operation of the client asks for.

use generated_client::Release;
use generated_client::operation::{Info, Operation, Visitor};
use generated_client::test_server::{CustomField, FieldOwner, TestServer};
use reqwest::Method;
use reqwest::blocking::Client;

/// The newest release, and others for operations that it has no more.
const RELEASES: [Option<Release>; 4] =
    [None, Some(Release::new(2, 58, 0)), Some(Release::new(2, 40, 0)), Some(Release::new(1, 30, 11))];

/// Paths of operations that `1` in place of all ids does not make.
const PATHS: [(&str, &str); 10] = [
    ("activities.rates", "/api/activities/4/rates"),
    ("activities.delete_rate", "/api/activities/4/rates/1"),
    ("projects.rates", "/api/projects/3/rates"),
    ("projects.delete_rate", "/api/projects/3/rates/1"),
    ("customers.list_full", "/api/customers?full=1"),
    ("timesheets.stop", "/api/timesheets/179/stop"),
    ("timesheets.stop_via_get", "/api/timesheets/179/stop"),
    ("teams.add_member", "/api/teams/1/members/2"),
    ("teams.remove_member", "/api/teams/1/members/4"),
    ("tags.find", "/api/tags/find?name=urgent"),
];

/// What there has to be before an operation: the path of a `POST`, and its body.
const BEFORE: [(&str, &str, &str); 5] = [
    ("projects.delete_comment", "/api/projects/1/comments", "{\"message\": \"new\"}"),
    ("projects.toggle_comment_pin", "/api/projects/1/comments", "{\"message\": \"new\"}"),
    ("teams.remove_activity", "/api/teams/1/activities/1", ""),
    ("teams.remove_customer", "/api/teams/1/customers/1", ""),
    ("teams.remove_project", "/api/teams/1/projects/1", ""),
];

/// The smallest bodies.
const BODIES: [(&str, &str); 29] = [
    ("activities.create", "{\"name\": \"Planning\"}"),
    ("activities.create_rate", RATE),
    ("activities.update", COMMENT),
    ("activities.update_meta", FIELD),
    ("customers.create", CUSTOMER),
    ("customers.create_comment", MESSAGE),
    ("customers.create_rate", RATE),
    ("customers.update", COMMENT),
    ("customers.update_meta", FIELD),
    ("invoices.update_custom_fields", "[{\"name\": \"location\", \"value\": \"Berlin\"}]"),
    ("projects.create", "{\"name\": \"Relaunch\", \"customer\": 1}"),
    ("projects.create_comment", MESSAGE),
    ("projects.create_rate", RATE),
    ("projects.update", COMMENT),
    ("projects.update_meta", FIELD),
    ("tags.create", "{\"name\": \"new\"}"),
    ("teams.create", "{\"name\": \"Frontend\", \"members\": [{\"user\": 1, \"teamlead\": true}]}"),
    ("teams.update", "{\"name\": \"Frontend\"}"),
    ("timesheets.create", RECORD),
    ("timesheets.create_full", RECORD),
    ("timesheets.update", "{\"description\": \"new\"}"),
    ("timesheets.update_meta", FIELD),
    ("timesheets.restart", "{}"),
    ("users.create", USER),
    ("users.update", "{\"title\": \"Developer\"}"),
    ("users.update_preferences", "[{\"name\": \"timezone\", \"value\": \"Europe/Vienna\"}]"),
    ("activities.create_team", ""),
    ("customers.create_team", ""),
    ("projects.create_team", ""),
];

const RATE: &str = "{\"user\": 2, \"rate\": 50}";
const COMMENT: &str = "{\"comment\": \"new\"}";
const FIELD: &str = "{\"name\": \"location\", \"value\": \"Berlin\"}";
const MESSAGE: &str = "{\"message\": \"new\"}";
const RECORD: &str = "{\"project\": 1, \"activity\": 1}";
const CUSTOMER: &str =
    "{\"name\": \"Initech\", \"country\": \"DE\", \"currency\": \"EUR\", \"timezone\": \"Europe/Berlin\"}";
const USER: &str = "{\"username\": \"new_user\", \"email\": \"new@example.com\", \"plainPassword\": \"Secret-12345\"}";

/// Statuses of success that are not 200, or 204 for `DELETE`.
const STATUSES: [(&str, u16); 6] = [
    ("teams.remove_activity", 200),
    ("teams.remove_customer", 200),
    ("teams.remove_member", 200),
    ("teams.remove_project", 200),
    ("users.delete_api_token", 200),
    // There are no templates to delete.
    ("export.delete_template", 404),
];

fn found<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

fn server(release: Option<Release>) -> TestServer {
    let builder = TestServer::builder();
    let server = release.map_or(builder.clone(), |release| builder.release(release)).start().unwrap();
    for owner in
        [FieldOwner::Activity, FieldOwner::Customer, FieldOwner::Invoice, FieldOwner::Project, FieldOwner::Timesheet]
    {
        server.define_custom_field(owner, CustomField::text("location"));
    }
    server
}

/// The status of an operation; none if the release of the server does not have it.
fn status(server: &TestServer, info: &Info) -> Option<u16> {
    let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let user = &server.users()[0];
    let send = |method: Method, path: &str, body: &str| {
        let request = http.request(method, format!("{}{path}", server.url())).body(body.to_owned());
        let request = request.header("X-AUTH-USER", user.name).header("X-AUTH-TOKEN", &user.password);
        request.send().unwrap().status().as_u16()
    };
    if let Some((_, path, body)) = BEFORE.iter().find(|(name, ..)| *name == info.name) {
        send(Method::POST, path, body);
    }
    let ids = ["{id}", "{rateId}", "{comment}", "{userId}", "{customerId}", "{projectId}", "{activityId}"];
    let path = ids.iter().fold(info.path.to_owned(), |path, parameter| path.replace(parameter, "1"));
    let path = path.replace("{view}", "index").replace("{locale}", "en");
    let path = found(&PATHS, info.name).map_or(path, str::to_owned);
    let method = Method::from_bytes(info.method.as_str().as_bytes()).unwrap();
    let status = send(method, &path, found(&BODIES, info.name).unwrap_or_default());
    let is_known = server.requests().last().unwrap().operation.is_some();
    (is_known && status != 410).then_some(status)
}

#[test]
fn every_operation_of_the_client_succeeds() {
    struct Infos(Vec<Info>);
    impl Visitor for Infos {
        fn operation<O: Operation>(&mut self) {
            self.0.push(Info::of::<O>());
        }
    }
    let mut infos = Infos(Vec::new());
    generated_client::operations::visit(&mut infos);
    let mut failures = Vec::new();
    for info in &infos.0 {
        let usual = if info.method == "DELETE" { 204 } else { 200 };
        let expected = found(&STATUSES, info.name).unwrap_or(usual);
        // A server for each, as some operations delete what others need.
        let status = RELEASES.into_iter().find_map(|release| status(&server(release), info));
        if status != Some(expected) {
            failures.push(format!("{}: {status:?}, not {expected}", info.name));
        }
    }
    assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), infos.0.len(), failures.join("\n"));
}
