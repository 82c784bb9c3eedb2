//! What the client sends to servers of different releases, and how.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::sync::Arc;

use codegen::api::{Api, ParameterPlace};
use codegen::history::{Sent, sent};
use generated_client::error::{DecodeError, InvalidRequest, MissingPart, Unsupported};
use generated_client::history::History;
use generated_client::jiff::{SignedDuration, civil::date};
use generated_client::operation::{Body, HttpRequest, HttpResponse, Method, Operation, Visitor};
use generated_client::operations::{activities, config, customers, invoices, system, tags, timesheets, users};
use generated_client::types::{
    NewActivity, NewCustomer, NewProject, NewTag, NewTimesheet, NewUser, ProjectPatch, TimesheetPatch,
};
use generated_client::{Auth, Client, Error, OLDEST_RELEASE, Release, Request, ids};
use serde_json::{Value, json};
use support::server::Server;
use support::{Exchange, model, recording};

const V1: Release = Release::new(1, 30, 11);

fn client(release: Release) -> Client {
    Client::new("http://127.0.0.1:9", Auth::bearer("canary")).unwrap().with_server_version(release).unwrap()
}

/// Path, query and body as the client's server receives them.
fn wire<O: Operation>(kimai: &Client, request: &Request<&Client, O>) -> String {
    let request: HttpRequest = request.operation().request_for(kimai.server_version().unwrap()).unwrap();
    let body = match request.body() {
        Body::Json(json) => serde_json::from_slice::<Value>(json).unwrap().to_string(),
        _ => String::new(),
    };
    let path = request.path_and_query().replace("%5B%5D", "[]").replace("%2C", ",");
    format!("{path} {body}").trim_end().to_owned()
}

/// The part that the client's server does not have.
fn missing<O: Operation>(kimai: &Client, request: &Request<&Client, O>) -> String {
    match request.operation().request_for(kimai.server_version().unwrap()) {
        Err(Error::Unsupported(unsupported)) => match unsupported.missing().unwrap().part {
            MissingPart::Operation => "operation".to_owned(),
            MissingPart::Parameter(name) => format!("?{name}"),
            MissingPart::Property(name) => format!(".{name}"),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn version(release: &str) -> Exchange {
    recording(release).into_iter().find(|exchange| exchange.path == "/api/version").unwrap()
}

fn answer(path: &str, status: u16, answer: &str) -> Exchange {
    Exchange { status, answer: answer.to_owned(), path: path.to_owned(), ..version("2.65.0") }
}

#[tokio::test]
async fn connect_asks_the_server_for_its_release() {
    for (recorded, release) in [("1.30.11", V1), ("2.0.35", Release::new(2, 0, 35)), ("2.65.0", Release::new(2, 65, 0))]
    {
        let server = Server::start(vec![version(recorded)]);
        let kimai = Client::connect(server.url.as_str(), Auth::bearer("canary")).await.unwrap();
        assert_eq!(kimai.server_version(), Some(release));
        let asked = server.asked();
        assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/api/version"));
        assert_eq!(asked.header("authorization"), Some("Bearer canary"));
        // Clones know it too.
        assert_eq!(kimai.clone().supports::<invoices::List>(), release.to_string() == "2.65.0");
    }
}

#[test]
fn connect_asks_without_async_too() {
    let server = Server::start(vec![version("2.0.35")]);
    let kimai = generated_client::blocking::Client::connect(server.url.as_str(), Auth::bearer("canary")).unwrap();
    assert_eq!(kimai.server_version(), Some(Release::new(2, 0, 35)));
    assert!(kimai.supports::<timesheets::StopViaGet>() && !kimai.supports::<tags::Find>());
    assert_eq!(server.asked().path, "/api/version");
    let error = kimai.tags().find().send().unwrap_err();
    assert_eq!(
        error.to_string(),
        "tags.find: Kimai 2.0.35 does not have this operation, which exists since 2.18.0; nothing was sent"
    );
}

#[tokio::test]
async fn connect_asks_nothing_if_it_was_told() {
    let builder = Client::builder("http://127.0.0.1:9", Auth::bearer("canary")).server_version(Release::new(2, 40, 0));
    let kimai = builder.connect().await.unwrap();
    assert_eq!(kimai.server_version(), Some(Release::new(2, 40, 0)));
    assert!(format!("{kimai:?}").contains("minor: 40"));
}

#[tokio::test]
async fn connect_fails_as_any_call_does() {
    let server = Server::start(vec![answer("/api/version", 401, r#"{"code":401,"message":"Unauthorized"}"#)]);
    let error = Client::connect(server.url.as_str(), Auth::bearer("canary")).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert!(error.to_string().starts_with("GET /api/version: the server returned 401"), "{error}");
}

#[tokio::test]
async fn a_server_without_a_release_is_an_error() {
    let server = Server::start(vec![answer("/api/version", 200, r#"{"version":"latest"}"#)]);
    let error = Client::connect(server.url.as_str(), Auth::bearer("canary")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server reported the version \"latest\", which is not a release of Kimai; set it with \
         ClientBuilder::server_version"
    );
}

#[tokio::test]
async fn a_server_that_is_too_old_is_an_error() {
    assert_eq!(OLDEST_RELEASE, V1);
    let server = Server::start(vec![answer("/api/version", 200, r#"{"version":"1.30.10"}"#)]);
    let error = Client::connect(server.url.as_str(), Auth::bearer("canary")).await.unwrap_err().to_string();
    let expected = "the server is Kimai 1.30.10, and this client supports 1.30.11 and later; upgrade the server, or \
                    generate a client for its release";
    assert_eq!(error, expected);
    let builder = Client::builder("http://127.0.0.1:9", Auth::bearer("canary"));
    assert_eq!(
        builder.server_version(Release::new(1, 0, 0)).build().unwrap_err().to_string(),
        expected.replace("30.10", "0.0")
    );
}

/// The server has only one response: a second request would get none.
#[tokio::test]
async fn what_the_server_does_not_have_is_not_sent() {
    let server = Server::start(vec![version("1.30.11"), answer("/api/ping", 200, r#"{"message":"pong"}"#)]);
    let kimai = Client::connect(server.url.as_str(), Auth::bearer("canary")).await.unwrap();
    server.asked();

    let error = kimai.invoices().list().await.unwrap_err();
    let Error::Unsupported(unsupported) = &error else { panic!("{error}") };
    let Unsupported::Missing(missing) = &**unsupported else { panic!("{error}") };
    assert_eq!((missing.operation, missing.part, missing.server), ("invoices.list", MissingPart::Operation, V1));
    assert_eq!(missing.releases[0].first(), Release::new(2, 22, 0));
    assert!(error.status().is_none() && error.as_api().is_none() && !error.is_retryable());

    let users = [ids::UserId::new(1), ids::UserId::new(4)];
    let error = kimai.timesheets().list().user(users).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "timesheets.list: Kimai 1.30.11 does not have the parameter users[], which exists since 2.0.15, and would \
         ignore it; nothing was sent"
    );
    // Streams and raw responses are calls too.
    assert!(matches!(kimai.timesheets().list().user(users).stream().next().await, Some(Err(Error::Unsupported(_)))));
    assert!(matches!(kimai.invoices().list().raw().await, Err(Error::Unsupported(_))));
    assert!(matches!(kimai.invoices().download(ids::InvoiceId::new(1)).open().await, Err(Error::Unsupported(_))));

    let error = kimai.users().create(NewUser::new("n", "e@example.com", "p").locale("de".into())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "users.create: Kimai 1.30.11 does not have the field locale, which exists since 2.11.0, and would refuse \
         it; nothing was sent"
    );

    kimai.system().ping().await.unwrap();
    assert_eq!(server.asked().path, "/api/ping");
}

#[tokio::test]
async fn without_a_known_release_nothing_is_held_back() {
    let server = Server::start(vec![answer("/api/tags/find", 200, "[]")]);
    let kimai = Client::new(server.url.as_str(), Auth::bearer("canary")).unwrap();
    assert_eq!(kimai.server_version(), None);
    assert!(kimai.supports::<config::I18n>() && kimai.supports::<tags::Find>());
    assert!(kimai.tags().find().await.unwrap().is_empty());
    assert_eq!(server.asked().path, "/api/tags/find");
}

#[test]
fn a_newer_release_than_all_known_is_as_the_newest() {
    let kimai = client(Release::new(3, 1, 4));
    assert!(kimai.supports::<tags::Find>() && !kimai.supports::<config::I18n>());
    assert_eq!(missing(&kimai, &kimai.call(activities::CreateTeam::new(ids::ActivityId::new(1)))), "operation");
}

/// How Kimai behaves: 'Types of query parameters'.
#[test]
fn lists_have_commas_for_1x_and_brackets_for_2x() {
    let (old, new) = (client(V1), client(Release::new(2, 0, 0)));
    let both =
        |path: &str, old_query: &str, new_query: &str| (format!("{path}?{old_query}"), format!("{path}?{new_query}"));

    let projects = [ids::ProjectId::new(5), ids::ProjectId::new(6)];
    let list = |kimai: &Client| wire(kimai, &kimai.timesheets().list().project(projects).tags(["a", "b c"]).size(9));
    assert_eq!(
        (list(&old), list(&new)),
        both(
            "/api/timesheets",
            "projects=5,6&size=9&tags=a,b%20c",
            "projects[]=5&projects[]=6&size=9&tags[]=a&tags[]=b%20c"
        )
    );
    let list = |kimai: &Client| wire(kimai, &kimai.activities().list().project(projects));
    assert_eq!((list(&old), list(&new)), both("/api/activities", "projects=5,6", "projects[]=5&projects[]=6"));
    let customers = [ids::CustomerId::new(1), ids::CustomerId::new(2)];
    let list = |kimai: &Client| wire(kimai, &kimai.projects().list().customer(customers));
    assert_eq!((list(&old), list(&new)), both("/api/projects", "customers=1,2", "customers[]=1&customers[]=2"));
    // A single value has its own parameter in all releases.
    let list = |kimai: &Client| wire(kimai, &kimai.projects().list().customer(ids::CustomerId::new(1)));
    assert_eq!((list(&old), list(&new)), both("/api/projects", "customer=1", "customer=1"));

    // A server of 1.x would read two tags.
    let comma = old.timesheets().list().tags(["a,b"]);
    let error = comma.operation().request_for(V1).unwrap_err();
    assert!(matches!(error, Error::InvalidRequest { .. }), "{error}");
}

/// How Kimai behaves: 'Dates in project forms'.
#[test]
fn dates_of_a_new_project_have_a_time_for_1x_and_none_for_2x() {
    let day = date(2026, 1, 1);
    let form = NewProject::new("P", ids::CustomerId::new(4)).start(day).order_date(day);
    let start = |kimai: &Client| {
        let text = wire(kimai, &kimai.projects().create(form.clone()));
        let body: Value = serde_json::from_str(text.split_once(' ').unwrap().1).unwrap();
        (body["start"].clone(), body["orderDate"].clone())
    };
    let with_time = json!("2026-01-01T00:00:00");
    assert_eq!(start(&client(V1)), (with_time.clone(), with_time));
    assert_eq!(start(&client(Release::new(2, 0, 0))), (json!("2026-01-01"), json!("2026-01-01")));
    // PATCH requires a time in all releases.
    let patch = ProjectPatch::new().start(day).clear_end();
    for release in [V1, Release::new(2, 65, 0)] {
        let kimai = client(release);
        let text = wire(&kimai, &kimai.projects().update(ids::ProjectId::new(5), patch.clone()));
        assert_eq!(text, r#"/api/projects/5 {"end":null,"start":"2026-01-01T00:00:00"}"#);
    }
}

/// How Kimai behaves: 'Missing booleans mean no'.
#[test]
fn a_field_with_the_default_of_old_servers_is_omitted_for_them() {
    let form = NewTag::new("urgent");
    let create = |release: Release| {
        let kimai = client(release);
        wire(&kimai, &kimai.tags().create(form.clone()))
    };
    assert_eq!(create(Release::new(2, 0, 26)), r#"/api/tags {"name":"urgent","visible":true}"#);
    assert_eq!(create(Release::new(2, 0, 25)), r#"/api/tags {"name":"urgent"}"#);
    // These releases have no hidden tags.
    let kimai = client(Release::new(2, 0, 25));
    assert_eq!(missing(&kimai, &kimai.tags().create(form.visible(false))), ".visible");
}

#[test]
fn properties_that_were_renamed_have_the_name_of_the_release() {
    let form = NewCustomer::new("C").address_line1("Street 1").post_code("10115");
    let create = |release: Release| {
        let kimai = client(release);
        let text = wire(&kimai, &kimai.customers().create(form.clone()));
        let mut body: BTreeMap<String, Value> = serde_json::from_str(text.split_once(' ').unwrap().1).unwrap();
        body.retain(|name, _| name.contains("ddress") || name.contains("ost"));
        body.into_keys().collect::<Vec<_>>()
    };
    assert_eq!(create(Release::new(2, 43, 0)), ["addressLine1", "postCode"]);
    assert_eq!(create(Release::new(2, 42, 0)), ["address_line1", "postcode"]);
    let kimai = client(Release::new(2, 40, 0));
    let error = kimai.customers().create(form.clone()).operation().request_for(Release::new(2, 40, 0)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "customers.create: Kimai 2.40.0 does not have the field addressLine1, which exists since 2.41.0, and would \
         refuse it; nothing was sent"
    );
}

/// Fields that recorded servers accept although the documents of their releases do not declare them.
#[test]
fn budgets_are_sent_to_releases_whose_documents_hide_them() {
    let hour = SignedDuration::from_hours(1);
    for release in [V1, Release::new(2, 0, 35), Release::new(2, 42, 0), Release::new(2, 65, 0)] {
        let kimai = client(release);
        let form = NewActivity::new("A").budget(1.5).time_budget(hour);
        assert_eq!(
            wire(&kimai, &kimai.activities().create(form.clone())),
            r#"/api/activities {"billable":true,"budget":1.5,"name":"A","timeBudget":"1:00:00","visible":true}"#
        );
    }
    let form = NewActivity::new("A").teams([ids::TeamId::new(1)]);
    assert_eq!(missing(&client(V1), &client(V1).activities().create(form.clone())), ".teams");
}

/// How Kimai behaves: 'Extra fields'.
#[test]
fn fields_that_were_added_later_are_not_sent_to_older_releases() {
    let minutes = SignedDuration::from_mins(30);
    let patch = TimesheetPatch::new().break_duration(minutes);
    let kimai = client(Release::new(2, 29, 0));
    assert_eq!(missing(&kimai, &kimai.timesheets().update(ids::TimesheetId::new(1), patch.clone())), ".break");
    let form = NewTimesheet::new(ids::ProjectId::new(1), ids::ActivityId::new(1)).break_duration(minutes);
    assert_eq!(missing(&kimai, &kimai.timesheets().create(form.clone()).full()), ".break");
    let kimai = client(Release::new(2, 30, 0));
    assert!(wire(&kimai, &kimai.timesheets().create(form.clone())).contains(r#""break":"0:30:00""#));
}

/// First releases, from the timeline in 'How Kimai behaves'.
#[test]
fn operations_say_since_when_they_are_there() {
    fn since<O: Operation>() -> String {
        O::SINCE.unwrap().to_string()
    }
    assert_eq!(since::<timesheets::Active>(), "1.0.0");
    assert_eq!(since::<tags::Create>(), "1.3.0");
    assert_eq!(since::<users::Me>(), "1.6.0");
    assert_eq!(since::<config::Timesheet>(), "1.7.0");
    assert_eq!(since::<activities::Rates>(), "1.9.0");
    assert_eq!(since::<system::Plugins>(), "1.14.2");
    assert_eq!(since::<timesheets::StopViaGet>(), "2.0.10");
    assert_eq!(since::<timesheets::RestartViaGet>(), "2.0.15");
    assert_eq!(since::<users::ListFull>(), "2.1.0");
    assert_eq!(since::<users::DeleteApiToken>(), "2.14.0");
    assert_eq!(since::<config::Colors>(), "2.18.0");
    assert_eq!(since::<invoices::List>(), "2.22.0");
    assert_eq!(since::<customers::Delete>(), "2.25.0");
    assert_eq!(since::<users::UpdatePreferences>(), "2.40.0");
    assert_eq!(since::<invoices::DownloadOperation>(), "2.56.0");
    assert_eq!(since::<customers::Comments>(), "2.57.0");
    assert_eq!(since::<customers::ListFull>(), "2.62.0");
}

/// An operation that sends one part of another operation, and has that operation's table.
#[derive(Clone)]
struct Probe<O>(HttpRequest, PhantomData<O>);

impl<O: Operation> Operation for Probe<O> {
    type Output = ();
    const NAME: &'static str = O::NAME;
    const METHOD: Method = O::METHOD;
    const PATH: &'static str = O::PATH;
    const HISTORY: &'static History = O::HISTORY;

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        Ok(self.0.clone())
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        response.empty()
    }
}

impl<O: Operation> Probe<O> {
    /// Whether the release accepts the request.
    fn passes(fill: impl FnOnce(&mut HttpRequest), release: Release) -> bool {
        let mut request = HttpRequest::new(Self::METHOD, &[&"probe"]).unwrap();
        fill(&mut request);
        Self(request, PhantomData).request_for(release).is_ok()
    }
}

/// Sends every parameter and field that the client has, one at a time, to each release.
struct Gates {
    united: Api,
    models: Vec<(codegen::Release, Arc<Api>)>,
    operations: usize,
    parts: usize,
    refused: usize,
}

fn anonymous(path: &str) -> String {
    path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect::<Vec<_>>().join("/")
}

fn find<O: Operation>(api: &Api) -> Option<&codegen::api::Operation> {
    api.operations.iter().find(|operation| {
        operation.method.as_str() == O::METHOD.as_str() && anonymous(&operation.template) == anonymous(O::PATH)
    })
}

/// The parameters of an operation: stable names, names on the wire, and whether the body contains them.
fn settings(operation: &codegen::api::Operation) -> Vec<(codegen::history::Named, String, bool)> {
    let all = operation.parameters.iter().flat_map(|parameter| {
        let is_body = parameter.place == ParameterPlace::Body;
        let spellings = codegen::history::of_parameter(operation, parameter).into_iter();
        spellings.map(move |(named, spelling)| (named, spelling.wire, is_body))
    });
    all.collect()
}

/// JSON with only the field at this path.
fn nested(path: &str) -> Value {
    path.rsplit('/').fold(json!("x"), |inner, name| if name == "*" { json!([inner]) } else { json!({ name: inner }) })
}

impl Visitor for Gates {
    fn operation<O: Operation>(&mut self) {
        let united = find::<O>(&self.united).unwrap();
        let is_full = O::NAME.ends_with("_full");
        for (release, api) in &self.models {
            let server: Release = release.as_str().parse().unwrap();
            let there = find::<O>(api).filter(|there| !there.gone && (!is_full || there.full.is_some()));
            let passes = Probe::<O>::passes(|_| {}, server);
            assert_eq!(passes, there.is_some(), "{} in {release}", O::NAME);
            self.operations += 1;
            let Some(there) = there else { continue };
            let known = settings(there);
            for (named, wire, is_body) in settings(united) {
                // Some releases have another name for it.
                let expected = known.iter().any(|(other, name, _)| *other == named || *name == wire);
                let wire: &'static str = wire.leak();
                let passes = Probe::<O>::passes(
                    |request| {
                        if is_body {
                            request.property(wire, Some("x")).unwrap();
                        } else {
                            request.query(wire, Some("x"));
                        }
                    },
                    server,
                );
                assert_eq!(passes, expected, "{} ?{wire} in {release}", O::NAME);
                self.parts += 1;
                self.refused += usize::from(!passes);
            }
            let there: BTreeSet<String> = sent(api, there).into_iter().map(|sent| sent.name).collect();
            for Sent { path, name, .. } in sent(&self.united, united) {
                let passes = Probe::<O>::passes(|request| request.json(&nested(&path)).unwrap(), server);
                assert_eq!(passes, there.contains(&name), "{} .{path} in {release}", O::NAME);
                self.parts += 1;
                self.refused += usize::from(!passes);
            }
        }
    }
}

#[test]
fn the_tables_say_what_the_documents_of_all_supported_releases_say() {
    let mut gates = Gates { united: model::api(), models: model::models(), operations: 0, parts: 0, refused: 0 };
    generated_client::operations::visit(&mut gates);
    // Up to 2.65.0, there are 68 releases, 91 operations and four variants.
    assert!(gates.models.len() >= 68, "{}", gates.models.len());
    assert!(gates.operations >= 68 * 95, "{}", gates.operations);
    support::report(&format!(
        "gates: {} parameters and properties asked of {} releases, {} of them not there",
        gates.parts,
        gates.models.len(),
        gates.refused
    ));
    assert!(gates.refused > 500 && gates.parts > 10_000);
}
