//! Tests of measured facts about Kimai's servers that no other file covers, and a check that each section of 'How Kimai
//! behaves' has a test.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generated_client::jiff::civil::date;
use generated_client::operation::{HttpRequest, Operation};
use generated_client::types::{
    ActivityPatch, BudgetType, InvoiceStatus, MetaField, NewActivity, NewCustomer, NewProject, NewTag, NewTimesheet,
    NewUser, PageAction, ProjectRef, TimesheetSummary, Visibility,
};
use generated_client::{Auth, Client, Color, Error, Page, Request, Select, ids};
use serde_json::{Value, json};
use support::server::Server;
use support::{Exchange, recordings};

fn client(server: &Server) -> Client {
    Client::new(server.url.as_str(), Auth::bearer("canary")).unwrap()
}

fn offline() -> Client {
    Client::new("http://127.0.0.1:9", Auth::bearer("canary")).unwrap()
}

fn sent<O: Operation>(request: &Request<&Client, O>) -> HttpRequest {
    request.operation().request().unwrap()
}

/// Returns the recorded exchange with this request, and a server that returns its response.
fn server(method: &str, path: &str, body: &str) -> (Server, Exchange) {
    let same = |exchange: &Exchange| {
        (exchange.method.as_str(), exchange.path.as_str()) == (method, path)
            && exchange.body.as_deref().unwrap_or_default().contains(body)
    };
    let exchange = recordings().into_iter().find(same).unwrap();
    (Server::start(vec![exchange.clone()]), exchange)
}

/// How Kimai behaves: 'Dates of projects'.
#[test]
fn kimai_1_sends_project_dates_with_a_time() {
    let mut project: Value = json!({
        "id": 1, "name": "P", "customer": 1, "visible": true, "billable": true, "globalActivities": true,
        "metaFields": [], "color": null, "color-safe": "#03A9F4", "comment": null, "number": null, "orderNumber": null,
        "start": "2026-01-01", "end": null, "orderDate": "2025-12-24",
    });
    let read: ProjectRef = serde_json::from_value(project.clone()).unwrap();
    project["start"] = json!("2026-01-01T00:00:00+0100");
    project["orderDate"] = json!("2025-12-24T00:00:00+0100");
    assert_eq!(serde_json::from_value::<ProjectRef>(project).unwrap(), read);
    assert_eq!(read.start, Some(date(2026, 1, 1)));
}

/// How Kimai behaves: 'Extra fields'.
#[test]
fn forms_lack_the_fields_that_servers_refuse() {
    let refused = |result: Result<(), serde_json::Error>| result.unwrap_err().to_string();
    let form = serde_json::from_value::<NewActivity>(json!({"name": "a", "nosuch": 1})).map(drop);
    assert!(refused(form).starts_with("unknown field `nosuch`, expected one of `name`, `billable`"));
    // Only POST accepts teams.
    assert!(serde_json::from_value::<NewActivity>(json!({"name": "a", "teams": [1]})).is_ok());
    let patch = serde_json::from_value::<ActivityPatch>(json!({"teams": [1]})).map(drop);
    assert!(refused(patch).starts_with("unknown field `teams`"));
}

/// How Kimai behaves: 'Extra fields'.
#[tokio::test]
async fn extra_fields_are_an_error_of_the_whole_form() {
    let (server, _) = server("POST", "/api/timesheets", r#""break": "0:30:00""#);
    let form = NewTimesheet::new(ids::ProjectId::new(5), ids::ActivityId::new(6));
    let error = client(&server).timesheets().create(form.clone()).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    assert_eq!(error.as_api().unwrap().errors.errors, ["This form should not contain extra fields."]);
}

/// How Kimai behaves: 'Missing booleans mean no'.
#[test]
fn booleans_are_sent_if_missing_ones_mean_no() {
    let kimai = offline();
    let body = |request: HttpRequest| match request.body() {
        generated_client::operation::Body::Json(json) => serde_json::from_slice::<Value>(json).unwrap(),
        other => panic!("{other:?}"),
    };
    let tag = NewTag::new("t");
    assert_eq!(body(sent(&kimai.tags().create(tag.clone()))), json!({"name": "t", "visible": true}));
    let user = NewUser::new("u", "u@example.com", "secret");
    assert_eq!(body(sent(&kimai.users().create(user.clone())))["enabled"], json!(true));
    let customer = NewCustomer::new("c").visible(false);
    assert_eq!(
        body(sent(&kimai.customers().create(customer.clone()))),
        json!({"name": "c", "billable": true, "visible": false})
    );
    let activity = NewActivity::new("a");
    assert_eq!(
        body(sent(&kimai.activities().create(activity.clone()))),
        json!({"name": "a", "billable": true, "visible": true})
    );
    let project = NewProject::new("p", ids::CustomerId::new(1));
    assert_eq!(
        body(sent(&kimai.projects().create(project.clone()))),
        json!({"name": "p", "customer": 1, "billable": true, "globalActivities": true, "visible": true})
    );
    // Servers before 2.0.26 do not know it: it can be omitted.
    let mut tag = tag;
    tag.visible = None;
    assert_eq!(body(sent(&kimai.tags().create(tag.clone()))), json!({"name": "t"}));
}

/// How Kimai behaves: 'Unknown query parameters'.
#[test]
fn empty_filters_are_refused() {
    let kimai = offline();
    let none: [ids::ProjectId; 0] = [];
    let error = kimai.timesheets().list().project(none).operation().request().unwrap_err();
    assert!(error.to_string().contains("project"), "{error}");
    let error = kimai.timesheets().list().user(Select::These(Vec::new().into())).operation().request().unwrap_err();
    assert!(error.to_string().contains("user"), "{error}");
    // The recorded server ignored an unknown filter.
    let total = |path: &str| {
        let same = |exchange: &Exchange| exchange.method == "GET" && exchange.path == path;
        recordings().into_iter().find(same).unwrap().headers["X-Total-Count"].clone()
    };
    assert_eq!(total("/api/timesheets?unknownparam=x"), total("/api/timesheets"));
}

/// How Kimai behaves: 'Records of other users'.
#[test]
fn all_users_are_requested_with_a_word() {
    let kimai = offline();
    let path = |request: &Request<&Client, _>| sent(request).path_and_query();
    assert_eq!(path(&kimai.timesheets().list().user(Select::All)), "/api/timesheets?user=all");
    assert_eq!(path(&kimai.timesheets().list().user(ids::UserId::new(4))), "/api/timesheets?user=4");
}

/// How Kimai behaves: 'Page size'.
#[test]
fn a_page_contains_at_most_500_records() {
    let recorded = recordings().into_iter().find(|exchange| exchange.path.contains("size=1000")).unwrap();
    let page: Page<TimesheetSummary> =
        generated_client::operations::timesheets::List::decode(&recorded.response()).unwrap();
    assert_eq!((page.per_page, page.total, page.items.len()), (Some(500), Some(180), 180));
}

/// How Kimai behaves: 'Hidden and past projects'.
#[tokio::test]
async fn the_server_omits_hidden_projects_by_default() {
    let kimai = offline();
    let projects = kimai.projects().list();
    assert_eq!(sent(&projects).path_and_query(), "/api/projects");
    assert_eq!(
        sent(&projects.visible(Visibility::All).ignore_dates()).path_and_query(),
        "/api/projects?ignoreDates=1&visible=3"
    );
    let (server, _) = server("GET", "/api/tags/find", "");
    assert_eq!(client(&server).tags().find().await.unwrap(), []);
    let (server, _) = self::server("GET", "/api/tags/find?name=", "");
    assert_eq!(client(&server).tags().find().name("").await.unwrap().len(), 5);
    assert_eq!(server.asked().path, "/api/tags/find?name=");
}

/// How Kimai behaves: 'Custom fields'.
#[tokio::test]
async fn custom_fields_are_strings_and_unknown_ones_are_not_found() {
    let id = ids::TimesheetId::new(1);
    let (server, recorded) = server("PATCH", "/api/timesheets/1/meta", r#""value": "43""#);
    let record = client(&server).timesheets().update_meta(id, MetaField::new("kilometers", 43)).await.unwrap();
    let body: Value = serde_json::from_str(&server.asked().body).unwrap();
    assert_eq!(body, serde_json::from_str::<Value>(&recorded.body.unwrap()).unwrap());
    let kilometers = record.meta_fields.iter().find(|field| field.name == "kilometers").unwrap();
    assert_eq!(kilometers.value.as_deref(), Some("43"));

    let (server, _) = self::server("PATCH", "/api/timesheets/180/meta", "nosuch");
    let form = MetaField::new("nosuch", "x");
    let error = client(&server).timesheets().update_meta(ids::TimesheetId::new(180), form.clone()).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");

    let written = |form: MetaField| serde_json::to_value(form).unwrap();
    assert_eq!(written(MetaField::new("travel", false)), json!({"name": "travel", "value": "0"}));
    assert_eq!(written(MetaField::clear_value("travel")), json!({"name": "travel", "value": null}));
}

/// How Kimai behaves: 'Colors'.
#[tokio::test]
async fn colors_belong_to_the_palette() {
    let (server, _) = server("GET", "/api/config/colors", "");
    let palette = client(&server).config().colors().await.unwrap();
    assert_eq!(palette["Red"], Color::from_rgb(255, 0, 0));
    let orange: Color = "#ff8800".parse().unwrap();
    assert!(!palette.values().any(|color| *color == orange));
    let (server, _) = self::server("POST", "/api/projects", "#ff8800");
    let form = NewProject::new("Bunt 162940", ids::CustomerId::new(4)).color(orange);
    let error = client(&server).projects().create(form.clone()).await.unwrap_err();
    assert_eq!(error.as_api().unwrap().field("color").len(), 1, "{error}");
}

/// How Kimai behaves: 'Missing and forbidden objects'.
#[tokio::test]
async fn missing_forbidden_and_stopped_objects_are_errors() {
    let id = ids::TimesheetId::new(180);
    let (server, _) = server("GET", "/api/timesheets/99999999", "");
    let error = client(&server).timesheets().get(ids::TimesheetId::new(99_999_999)).await.unwrap_err();
    assert!(error.is_not_found() && !error.is_forbidden(), "{error}");
    let forbidden = recordings().into_iter().find(|exchange| exchange.title().contains("somebody else's")).unwrap();
    let error = client(&Server::start(vec![forbidden])).timesheets().get(id).await.unwrap_err();
    assert!(error.is_forbidden() && !error.is_not_found() && !error.is_unauthorized(), "{error}");
    let again = recordings().into_iter().find(|exchange| exchange.title().contains("stop again")).unwrap();
    let stopped = client(&Server::start(vec![again])).timesheets().stop(ids::TimesheetId::new(183)).await.unwrap();
    assert!(stopped.end.is_some());
}

/// How Kimai behaves: 'Tracking modes'.
#[tokio::test]
async fn some_tracking_modes_refuse_begin_and_end() {
    let form = NewTimesheet::new(ids::ProjectId::new(1), ids::ActivityId::new(1));
    let form = form.begin("2026-11-12T09:00:00".parse().unwrap());
    for mode in ["punch", "duration_fixed_begin"] {
        let label = format!("{mode} with begin as john_user");
        let refused = recordings().into_iter().find(|exchange| exchange.label == label).unwrap();
        let error = client(&Server::start(vec![refused])).timesheets().create(form.clone()).await.unwrap_err();
        assert_eq!(error.as_api().unwrap().extra_fields(), ["begin"]);
        assert_eq!(
            error.to_string(),
            "POST /api/timesheets: the server returned 400 Bad Request: Validation Failed (This form should not contain \
             extra fields.); likely causes: `begin`: the tracking modes punch and duration_fixed_begin do not \
             accept it"
        );
    }
    let (server, _) = server("GET", "/api/invoices?status%5B%5D=nosuch", "");
    let error = client(&server).invoices().list().status([InvoiceStatus::from("nosuch")]).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
}

/// How Kimai behaves: 'Server errors on bad input'.
#[tokio::test]
async fn some_bad_input_returns_500() {
    let (server, recorded) = server("PATCH", "/api/projects/5", r#"{"name": ""}"#);
    assert_eq!(recorded.status, 500);
    let patch = generated_client::types::ProjectPatch::new().name("");
    let error = client(&server).projects().update(ids::ProjectId::new(5), patch.clone()).await.unwrap_err();
    assert_eq!(error.to_string(), "PATCH /api/projects/{id}: the server returned 500 Internal Server Error");
    assert!(!error.is_retryable() && !error.is_validation());
}

/// How Kimai behaves: 'Empty maps'.
#[test]
fn an_empty_map_may_be_an_empty_array() {
    let read = |attr: Value| {
        let entry = json!({"id": "edit", "title": null, "url": null, "class": null, "divider": false, "attr": attr});
        serde_json::from_value::<PageAction>(entry)
    };
    assert_eq!(read(json!([])).unwrap(), read(json!({})).unwrap());
    assert_eq!(read(json!({"a": "b"})).unwrap().attr["a"], "b");
    assert!(read(json!(["a"])).is_err());
}

/// How Kimai behaves: 'Only success responses are declared'.
#[tokio::test]
async fn undeclared_refusals_are_decoded() {
    let (server, _) = server("GET", "/api/timesheets", "");
    let page = client(&server).timesheets().list().await.unwrap();
    assert_eq!((page.page, page.pages, page.per_page), (Some(1), Some(2), Some(50)));
    let (server, _) = self::server("PATCH", "/api/timesheets/180", r#""nosuch": 1"#);
    let patch = generated_client::types::TimesheetPatch::new();
    let error = client(&server).timesheets().update(ids::TimesheetId::new(180), patch.clone()).await.unwrap_err();
    let Error::Api(refusal) = error else { panic!("{error}") };
    assert_eq!((refusal.status.as_u16(), refusal.code, refusal.path), (400, Some(400), "/api/timesheets/{id}"));
}

/// How Kimai behaves: 'The document depends on the installation', 'Invoice status'.
#[test]
fn additions_of_an_installation_are_tolerated() {
    assert_eq!(InvoiceStatus::from("disputed"), InvoiceStatus::Unknown("disputed".to_owned()));
    let budget: BudgetType = serde_json::from_str("\"year\"").unwrap();
    assert_eq!(serde_json::to_string(&budget).unwrap(), "\"year\"");
    let entry = json!({
        "id": "edit", "title": null, "url": null, "class": null, "divider": false, "attr": {}, "plugin": [1]
    });
    assert_eq!(serde_json::from_value::<PageAction>(entry).unwrap().name, "edit");
}

/// A section needs a test whose comment names it: `How Kimai behaves: 'Tags', 'Colors'.`
#[test]
fn every_section_of_how_kimai_behaves_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("generated-client/docs/how-kimai-behaves.md")).unwrap();
    let sections: BTreeSet<String> =
        page.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_owned).collect();
    let mut tested = BTreeSet::new();
    for folder in ["generated-client/src", "generated-client/tests", "codegen/src", "codegen/tests", "xtask/tests"] {
        collect(&root.join(folder), &mut tested);
    }
    assert_eq!(sections.difference(&tested).collect::<Vec<_>>(), Vec::<&String>::new(), "these sections have no test");
    assert_eq!(tested.difference(&sections).collect::<Vec<_>>(), Vec::<&String>::new(), "the page has no such section");
}

fn collect(folder: &Path, tested: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, tested);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let comments = text.lines().filter_map(|line| line.trim_start().strip_prefix("/// How Kimai behaves: "));
            tested.extend(
                comments
                    .flat_map(|names| names.trim_end_matches('.').split(", "))
                    .map(|name| name.trim_matches('\'').to_owned()),
            );
        }
    }
}
