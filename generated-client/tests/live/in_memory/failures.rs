//! What happens when steps fail.

use std::collections::BTreeSet;

use futures_util::TryStreamExt as _;
use generated_client::types::{
    NewActivity, NewCustomer, NewProject, NewTag, NewTeam, NewTeamMember, NewTimesheet, NewUser, Visibility,
};
use generated_client::{Auth, Client, KIMAI_RELEASE, Release, Select, operations};

use super::{NONE, plain_server, run_all, server, settings};
use crate::log::Log;
use crate::made::Made;
use crate::run::Run;
use crate::{cleanup, perform, write, write_and_clean_up};

const OLD: Release = Release::new(2, 0, 35);
const NEW: Release = Release::new(2, 65, 0);

/// All objects of a server, with their properties, but not what cannot be deleted and was hidden instead.
async fn objects(kimai: &Client) -> Vec<String> {
    fn shown<T: std::fmt::Debug>(list: Vec<T>) -> impl Iterator<Item = String> {
        list.into_iter().map(|object| format!("{object:?}"))
    }
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
async fn write_all(kimai: &Client) -> Log {
    let mut run = new_run(kimai.server_version().unwrap());
    write_and_clean_up(&mut run, kimai).await;
    run.log
}

fn new_run(release: Release) -> Run {
    Run { log: Log::new(format!("Kimai {release}"), Vec::new()), only_reads: false }
}

/// Lets the first request of each operation that writes fail, one after the other. Returns the number of operations.
async fn fail_each(release: Release) -> usize {
    let (good, kimai) = server(release).await;
    // All servers begin with the same objects.
    let before = objects(&kimai).await;
    good.clear_requests();
    write_all(&kimai).await;
    let requests = good.requests();
    let writes = requests.iter().filter(|request| request.method != "GET");
    let names: BTreeSet<&str> = writes.filter_map(|request| request.operation).collect();
    let count = names.len();
    for name in names {
        let (server, kimai) = server(release).await;
        server.fail_next_of(name, 500);
        let log = write_all(&kimai).await;
        let start = format!("Kimai {release}: {name}: ");
        assert!(log.failures().iter().any(|failure| failure.starts_with(&start)), "{name}: {:?}", log.failures());
        assert!(objects(&kimai).await == before, "{name}: something is left");
    }
    count
}

#[tokio::test]
async fn nothing_is_left_after_a_failure_of_any_operation() {
    // 2.65.0 has 52.
    assert!(fail_each(KIMAI_RELEASE.parse().unwrap()).await >= 52);
}

#[tokio::test]
async fn nothing_is_left_after_a_failure_on_an_old_server() {
    assert_eq!(fail_each(OLD).await, 38);
}

#[tokio::test]
async fn nothing_is_left_after_a_run() {
    for release in [OLD, KIMAI_RELEASE.parse().unwrap()] {
        let (server, kimai) = server(release).await;
        let before = objects(&kimai).await;
        run_all(&server).await;
        assert!(objects(&kimai).await == before, "{release}: something is left or changed");
    }
}

/// As if the request took effect and its response were lost: no step of the run knows the ids.
#[tokio::test]
async fn cleanup_finds_objects_by_their_names() {
    let (_server, kimai) = server(NEW).await;
    let before = objects(&kimai).await;
    let made = Made::new();
    let customer = kimai.customers().create(NewCustomer::new(made.name("customer"))).await.unwrap();
    let project = kimai.projects().create(NewProject::new(made.name("project"), customer.id)).await.unwrap();
    let activity = kimai.activities().create(NewActivity::new(made.name("activity"))).await.unwrap();
    kimai.timesheets().create(NewTimesheet::new(project.id, activity.id)).await.unwrap();
    kimai.tags().create(NewTag::new(made.name("tag"))).await.unwrap();
    let lead = NewTeamMember::new(kimai.users().me().await.unwrap().id).teamlead(true);
    kimai.teams().create(NewTeam::new(made.name("team"), [lead])).await.unwrap();
    let user = NewUser::new(made.name("user"), "live-test@example.com", made.password.as_str());
    kimai.users().create(user).await.unwrap();
    assert_eq!(objects(&kimai).await.len(), before.len() + 7);

    let mut run = new_run(NEW);
    cleanup::all(&mut run, &kimai, &made).await;
    assert_eq!(run.log.failures(), NONE);
    assert!(objects(&kimai).await == before);
}

#[tokio::test]
async fn an_interrupted_run_can_be_cleaned_up() {
    let (server, kimai) = server(NEW).await;
    let before = objects(&kimai).await;
    let made = Made::new();
    write::everything(&mut new_run(NEW), &kimai, &made).await;
    assert!(objects(&kimai).await != before);

    let mut settings = settings(&server, server.auth(), true);
    settings.cleans_up = Made::of_run(made.prefix());
    let log = perform(&settings).await;
    assert_eq!(log.failures(), NONE);
    assert!(log.text().starts_with("timesheets.delete: "), "{}", log.text());
    assert!(objects(&kimai).await == before);
}

/// Another run at the same time loses nothing.
#[tokio::test]
async fn cleanup_deletes_nothing_of_others() {
    let (_server, kimai) = server(NEW).await;
    let other = Made::new();
    kimai.customers().create(NewCustomer::new(other.name("customer"))).await.unwrap();
    let before = objects(&kimai).await;
    let mut run = new_run(NEW);
    write_and_clean_up(&mut run, &kimai).await;
    assert_eq!(run.log.failures(), NONE);
    assert!(objects(&kimai).await == before);
}

#[tokio::test]
async fn cleanup_tries_again_and_then_says_what_stays() {
    let (server, kimai) = server(NEW).await;
    let before = objects(&kimai).await;
    let made = Made::new();
    let mut run = new_run(NEW);
    write::everything(&mut run, &kimai, &made).await;

    for _ in 0..3 {
        server.fail_next_of("customers.delete", 500);
    }
    cleanup::all(&mut run, &kimai, &made).await;
    let last = run.log.failures().last().unwrap();
    assert_eq!(*last, format!("Kimai 2.65.0: cleanup: objects stay, whose names begin with {}", made.prefix()));
    assert!(objects(&kimai).await != before);

    server.fail_next_of("customers.delete", 500);
    cleanup::all(&mut run, &kimai, &made).await;
    assert!(run.log.text().ends_with("\ncleanup: nothing of this run is left\n"));
    assert!(objects(&kimai).await == before);
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

/// Others use a server that is only read.
#[tokio::test]
async fn what_is_deleted_meanwhile_is_no_failure_of_reading() {
    let server = plain_server(NEW);
    server.fail_next_of("customers.get", 404);
    let log = perform(&settings(&server, server.auth(), false)).await;
    assert_eq!(log.failures(), NONE);
    assert!(log.text().contains("\ncustomers.get: 2 of 3, 1 deleted meanwhile\n"), "{}", log.text());
}

#[tokio::test]
async fn a_wrong_token_is_one_failure_without_the_token() {
    let server = plain_server(NEW);
    let log = perform(&settings(&server, Auth::bearer("canary"), true)).await;
    assert_eq!(
        log.failures(),
        ["the server: connect: GET /api/version: the server returned 401 Unauthorized; check the credentials"]
    );
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
