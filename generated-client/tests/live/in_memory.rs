//! The steps against the test server, with the API of several releases.

mod all_releases;
mod coverage;
mod failures;

use std::fs;
use std::path::Path;

use generated_client::ids::InvoiceId;
use generated_client::test_server::{CustomField, FieldOwner, TestServer};
use generated_client::types::NewInvoiceMeta;
use generated_client::{Auth, Client, Release, operations};

use crate::log::Log;
use crate::perform;
use crate::settings::Settings;

const NONE: [String; 0] = [];

/// A server at a fixed time, with sample data.
fn plain_server(release: Release) -> TestServer {
    TestServer::builder().release(release).now("2026-11-23T16:30:00Z".parse().unwrap()).start().unwrap()
}

/// A server with breaks, and with custom fields, which an invoice shows; and a client of it.
async fn server(release: Release) -> (TestServer, Client) {
    let server = plain_server(release);
    server.set_breaks(true);
    for owner in
        [FieldOwner::Activity, FieldOwner::Customer, FieldOwner::Invoice, FieldOwner::Project, FieldOwner::Timesheet]
    {
        server.define_custom_field(owner, CustomField::text("location"));
    }
    let kimai = Client::connect(server.url(), server.auth()).await.unwrap();
    if kimai.supports::<operations::invoices::UpdateCustomFields>() {
        let fields = [NewInvoiceMeta::new("location", "Berlin")];
        kimai.invoices().update_custom_fields(InvoiceId::new(1), fields).await.unwrap();
    }
    server.clear_requests();
    (server, kimai)
}

/// Without secrets to hide, so that a test sees whether a step prints one.
fn settings(server: &TestServer, auth: Auth, writes: bool) -> Settings {
    Settings { url: server.url().to_owned(), auth, secrets: Vec::new(), writes, cleans_up: None }
}

/// Reads and writes, as the user with most permissions.
async fn run_all(server: &TestServer) -> Log {
    let log = perform(&settings(server, server.auth(), true)).await;
    let shown = format!("{}{}", log.text(), log.failures().join("\n"));
    assert!(
        !server.users().iter().any(|user| shown.contains(&user.token) || shown.contains(&user.password)),
        "{shown}"
    );
    log
}

/// Does all steps, and compares the log with the one in the folder `logs`.
async fn compare(release: Release) {
    let (server, _) = server(release).await;
    let log = run_all(&server).await;
    assert_eq!(log.failures(), NONE);

    let name = format!("{release}.txt");
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/live/logs").join(&name);
    let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("live-{name}"));
    fs::write(&actual, log.text()).unwrap();
    let (text, known) = (log.text(), fs::read_to_string(&expected).unwrap_or_default());
    let first = text.lines().zip(known.lines()).find(|(new, old)| new != old);
    assert!(
        text == known,
        "the log is not as before, the first difference is {first:?}; if it is right, copy {} to {}",
        actual.display(),
        expected.display()
    );
    coverage::check(&server, &log);
}

#[tokio::test]
async fn kimai_1_30_11() {
    compare(Release::new(1, 30, 11)).await;
}

#[tokio::test]
async fn kimai_2_0_35() {
    compare(Release::new(2, 0, 35)).await;
}

#[tokio::test]
async fn kimai_2_20_0() {
    compare(Release::new(2, 20, 0)).await;
}

#[tokio::test]
async fn kimai_2_45_0() {
    compare(Release::new(2, 45, 0)).await;
}

/// Has the operations that make the team of a customer, project or activity.
#[tokio::test]
async fn kimai_2_60_0() {
    compare(Release::new(2, 60, 0)).await;
}

#[tokio::test]
async fn kimai_2_65_0() {
    compare(Release::new(2, 65, 0)).await;
}

#[tokio::test]
async fn reading_sends_only_get() {
    let server = plain_server(Release::new(2, 65, 0));
    let log = perform(&settings(&server, server.auth(), false)).await;
    assert_eq!(log.failures(), NONE);
    let requests = server.requests();
    assert!(requests.len() > 100, "{}", requests.len());
    let writes: Vec<_> = requests.iter().filter(|request| request.method != "GET").collect();
    assert!(writes.is_empty(), "{writes:?}");
    assert!(log.text().contains("\nskipped: all that writes: KIMAI_WRITE is not 1\n"));
}

/// 2.20.0 has operations that write, and are GET.
#[tokio::test]
async fn reading_sends_no_get_that_writes() {
    let server = plain_server(Release::new(2, 20, 0));
    perform(&settings(&server, server.auth(), false)).await;
    let changes = ["timesheets.restart_via_get", "timesheets.stop_via_get"];
    assert!(server.requests().iter().all(|request| request.operation.is_none_or(|name| !changes.contains(&name))));
}

#[tokio::test]
async fn a_user_with_few_permissions_reads_what_there_is() {
    let server = plain_server(Release::new(2, 65, 0));
    let log = perform(&settings(&server, server.auth_of("john_user").unwrap(), false)).await;
    assert_eq!(log.failures(), NONE);
    let line = "skipped: users.list: not permitted: GET /api/users: the server returned 403 Forbidden; \
                the operation requires the permission view_user";
    assert!(log.text().lines().any(|shown| shown == line), "{}", log.text());
}

/// A server without data, breaks and custom fields.
#[tokio::test]
async fn what_a_server_has_not_is_skipped() {
    let server = TestServer::builder().empty().start().unwrap();
    let log = run_all(&server).await;
    assert_eq!(log.failures(), NONE);
    for line in [
        "skipped: customers.get: there is nothing to ask for",
        "skipped: timesheets.get: there is nothing to ask for",
        "skipped: customers.update_meta: the server shows no custom field for it",
        "skipped: invoices.update_custom_fields: the server shows no custom field for it",
        "timesheets.update: the server has no breaks: the error names the field",
    ] {
        assert!(log.text().lines().any(|shown| shown == line), "no line {line}");
    }
}
