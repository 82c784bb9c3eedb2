//! What happens when steps fail.

use std::collections::BTreeSet;

use futures_util::TryStreamExt as _;
use generated_client::test_server::TestServer;
use generated_client::types::Visibility;
use generated_client::{Auth, Client, Release, Select, operations};

use super::{plain_server, run_all, server, settings};
use crate::log::Log;
use crate::made::Made;
use crate::run::Run;
use crate::{cleanup, perform, write, write_and_clean_up};

const OLD: Release = Release::new(2, 0, 35);
const NEW: Release = Release::new(2, 65, 0);

/// All objects of a server, with their properties, but not what cannot be deleted and was hidden instead.
async fn objects(server: &TestServer) -> Vec<String> {
    fn shown<T: std::fmt::Debug>(list: Vec<T>) -> impl Iterator<Item = String> {
        list.into_iter().map(|object| format!("{object:?}"))
    }
    let kimai = Client::connect(server.url(), server.auth()).await.unwrap();
    let can_delete = kimai.supports::<operations::customers::Delete>();
    let visible = if can_delete { Visibility::All } else { Visibility::Visible };
    let mut all = Vec::new();
    all.extend(shown(kimai.customers().list().visible(visible).await.unwrap()));
    all.extend(shown(kimai.projects().list().visible(visible).ignore_dates().await.unwrap()));
    all.extend(shown(kimai.activities().list().visible(visible).await.unwrap()));
    all.extend(shown(kimai.users().list().await.unwrap()));
    all.extend(shown(kimai.teams().list().await.unwrap()));
    all.extend(kimai.tags().list().await.unwrap());
    let records = kimai.timesheets().list().user(Select::All).stream();
    all.extend(shown(records.try_collect().await.unwrap()));
    assert!(all.len() > 190, "{}", all.len());
    all
}

/// A run that does not read everything before.
async fn write_all(server: &TestServer) -> Log {
    let kimai = Client::connect(server.url(), server.auth()).await.unwrap();
    let mut run = new_run(server.release());
    write_and_clean_up(&mut run, &kimai).await;
    run.log
}

fn new_run(release: Release) -> Run {
    Run { log: Log::new(format!("Kimai {release}"), Vec::new()), may_lack_permissions: false }
}

/// The operations that a good run calls and that change something.
async fn writes(release: Release) -> BTreeSet<&'static str> {
    let server = server(release).await;
    write_all(&server).await;
    let requests = server.requests();
    requests.iter().filter(|request| request.method != "GET").filter_map(|request| request.operation).collect()
}

/// Lets the first request of each operation that writes fail, one after the other.
async fn fail_each(release: Release, expected: usize) {
    let names = writes(release).await;
    assert_eq!(names.len(), expected, "{names:?}");
    for name in names {
        let server = server(release).await;
        let before = objects(&server).await;
        server.fail_next_of(name, 500);
        let log = write_all(&server).await;
        let start = format!("Kimai {release}: {name}: ");
        assert!(log.failures().iter().any(|failure| failure.starts_with(&start)), "{name}: {:?}", log.failures());
        assert!(objects(&server).await == before, "{name}: something is left");
    }
}

#[tokio::test]
async fn nothing_is_left_after_a_failure_of_any_operation() {
    fail_each(NEW, 52).await;
}

#[tokio::test]
async fn nothing_is_left_after_a_failure_on_an_old_server() {
    fail_each(OLD, 38).await;
}

#[tokio::test]
async fn nothing_is_left_after_a_run() {
    for release in [OLD, NEW] {
        let server = server(release).await;
        let before = objects(&server).await;
        run_all(&server).await;
        assert!(objects(&server).await == before, "{release}: something is left or changed");
    }
}

/// The request took effect, but the client does not get the id.
#[tokio::test]
async fn what_was_made_without_a_response_is_found() {
    let server = server(NEW).await;
    let before = objects(&server).await;
    let kimai = Client::connect(server.url(), server.auth()).await.unwrap();
    let made = Made::new();
    let mut run = new_run(NEW);
    write::everything(&mut run, &kimai, &made).await;
    assert!(objects(&server).await != before);
    // A cleanup that knows only the name.
    cleanup::all(&mut run, &kimai, &made).await;
    assert!(objects(&server).await == before);
}

#[tokio::test]
async fn cleanup_tries_again_and_then_says_what_stays() {
    let server = server(NEW).await;
    let before = objects(&server).await;
    let kimai = Client::connect(server.url(), server.auth()).await.unwrap();
    let made = Made::new();
    let mut run = new_run(NEW);
    write::everything(&mut run, &kimai, &made).await;

    for _ in 0..3 {
        server.fail_next_of("customers.delete", 500);
    }
    cleanup::all(&mut run, &kimai, &made).await;
    let last = run.log.failures().last().unwrap();
    assert_eq!(*last, format!("Kimai 2.65.0: cleanup: objects stay, whose names begin with {}", made.prefix()));
    assert!(objects(&server).await != before);

    server.fail_next_of("customers.delete", 500);
    cleanup::all(&mut run, &kimai, &made).await;
    assert!(run.log.text().ends_with("\ncleanup: nothing of this run is left\n"));
    assert!(objects(&server).await == before);
}

#[tokio::test]
async fn reading_goes_on_and_reports_all_failures() {
    let server = plain_server(NEW);
    for name in ["customers.get", "timesheets.active", "users.list"] {
        server.fail_next_of(name, 500);
    }
    let log = perform(&settings(&server, server.auth(), false)).await;
    assert_eq!(
        log.failures(),
        [
            "Kimai 2.65.0: users.list: GET /api/users: the server returned 500 Internal Server Error",
            "Kimai 2.65.0: customers.get: id 1: GET /api/customers/{id}: the server returned 500 Internal Server Error",
            "Kimai 2.65.0: timesheets.active: GET /api/timesheets/active: the server returned 500 Internal Server Error",
        ]
    );
    assert!(log.text().contains("\ncustomers.get: 2 of 3\n"));
    assert!(log.text().ends_with(" 3 failed\n"));
}

#[tokio::test]
async fn a_wrong_token_is_one_failure_without_the_token() {
    let server = plain_server(NEW);
    let log = perform(&settings(&server, Auth::bearer("canary"), true)).await;
    assert_eq!(log.failures(), ["the server: connect: GET /api/version: the server returned 401 Unauthorized"]);
    assert!(!log.text().contains("canary"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_panic_is_a_failure_of_its_step() {
    let mut run = new_run(NEW);
    let found = run.step("tags.list", async { Ok(7) }, |number| {
        assert_eq!(*number, 8);
        "not reached"
    });
    assert_eq!(found.await, None);
    run.refused("tags.delete", async { Ok(()) }, |_| "not reached").await;
    run.each("tags.delete", &[1, 2], |_| async { Ok(()) }, |id, ()| assert_eq!(id, 2)).await;
    assert_eq!(
        run.log.failures(),
        [
            "Kimai 2.65.0: tags.list: assertion `left == right` failed\n  left: 7\n right: 8",
            "Kimai 2.65.0: tags.delete: the server accepted what it should refuse",
            "Kimai 2.65.0: tags.delete: id 1: assertion `left == right` failed\n  left: 1\n right: 2",
        ]
    );
}
