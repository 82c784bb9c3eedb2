//! The example `timer`.

use generated_client::blocking::Client;
use generated_client::jiff::Timestamp;
use generated_client::test_server::TestServer;
use generated_client::types::NewProject;

use super::{Said, run, run_as, run_on};

/// A Wednesday; the user lives in Berlin, where it is an hour later.
const NOW: &str = "2026-11-25T09:05:30Z";

fn server() -> TestServer {
    TestServer::builder().now(NOW.parse().unwrap()).start().unwrap()
}

fn client(server: &TestServer) -> Client {
    Client::connect(server.url(), server.auth()).unwrap()
}

/// Runs the program at this time.
fn timer(server: &TestServer, now: &str, arguments: &[&str]) -> Said {
    server.set_now(Some(now.parse::<Timestamp>().unwrap()));
    run_on(server, "timer", &[&["--now", now], arguments].concat())
}

#[track_caller]
fn assert_prints(said: &Said, out: &str) {
    assert_eq!((said.out.as_str(), said.err.as_str(), said.code), (out, "", Some(0)));
}

#[track_caller]
fn assert_fails(said: &Said, code: i32, error: &str) {
    assert_eq!((said.out.as_str(), said.err.as_str(), said.code), ("", error, Some(code)));
}

#[test]
fn it_starts_shows_and_stops() {
    let server = server();
    assert_prints(&timer(&server, NOW, &["status"]), "nothing is running\ntoday: 0:00 h\n");
    assert_prints(
        &timer(&server, NOW, &["start", "website", "2", "fix", "the menu", "--tags", "urgent, remote,"]),
        "started Development for Website at 10:05\n",
    );
    assert_prints(
        &timer(&server, "2026-11-25T10:20:00Z", &["status"]),
        "Development for Website (Acme GmbH) since 10:05, 1:15 h: fix the menu\ntoday: 1:15 h\n",
    );
    let running = client(&server).timesheets().active().send().unwrap().remove(0);
    assert_eq!(running.tags, ["urgent", "remote"]);
    assert_prints(&timer(&server, "2026-11-25T10:35:00Z", &["stop"]), "stopped Development for Website after 1:30 h\n");
    assert_prints(&timer(&server, "2026-11-25T12:00:00Z", &["stop"]), "nothing is running\n");
    assert_prints(&timer(&server, "2026-11-25T12:00:00Z", &["status"]), "nothing is running\ntoday: 1:30 h\n");
}

#[test]
fn a_record_since_yesterday_is_shown_with_its_date() {
    let server = server();
    timer(&server, "2026-11-25T22:30:00Z", &["start", "Website", "Meetings"]);
    assert_prints(
        &timer(&server, "2026-11-25T23:30:00Z", &["status"]),
        "Meetings for Website (Acme GmbH) since 2026-11-25 23:30, 1:00 h\ntoday: 0:00 h\n",
    );
}

#[test]
fn tags_that_do_not_exist_are_named() {
    let server = server();
    let said = timer(&server, NOW, &["start", "Website", "Meetings", "--tags", "urgent,lunch,nap"]);
    assert_eq!(said.out, "started Meetings for Website at 10:05\n");
    assert_eq!(said.err, "warning: Kimai does not have these tags, and left them out: lunch, nap\n");
    assert_eq!(said.code, Some(0));
}

#[test]
fn restart_continues_the_last_record_with_all_it_has() {
    let server = server();
    timer(&server, NOW, &["start", "Reactor", "Cooling", "pump", "--tags", "overtime"]);
    assert_fails(
        &timer(&server, "2026-11-25T09:30:00Z", &["restart"]),
        2,
        "error: Cooling for Reactor is still running, since 10:05\n",
    );
    timer(&server, "2026-11-25T10:05:00Z", &["stop"]);
    assert_prints(&timer(&server, "2026-11-25T12:15:00Z", &["restart"]), "started Cooling for Reactor at 13:15\n");
    let running = client(&server).timesheets().active().send().unwrap().remove(0);
    assert_eq!(running.description.as_deref(), Some("pump"));
    assert_eq!(running.tags, ["overtime"]);
    assert_prints(
        &timer(&server, "2026-11-25T12:45:00Z", &["status"]),
        "Cooling for Reactor (Globex Corp) since 13:15, 0:30 h: pump\ntoday: 1:30 h\n",
    );
}

#[test]
fn restart_needs_a_record() {
    let server = TestServer::builder().empty().now(NOW.parse().unwrap()).start().unwrap();
    assert_fails(&timer(&server, NOW, &["restart"]), 2, "error: there is no record to continue: use start\n");
}

#[test]
fn switch_stops_and_starts() {
    let server = server();
    timer(&server, NOW, &["start", "Website", "Meetings"]);
    assert_prints(
        &timer(&server, "2026-11-25T09:35:00Z", &["switch", "umbau", "meetings", "lunch"]),
        "stopped Meetings for Website after 0:30 h\nstarted Meetings for Umbau at 10:35\n",
    );
}

#[test]
fn switch_stops_nothing_for_a_wrong_name() {
    let server = server();
    timer(&server, NOW, &["start", "Website", "Meetings"]);
    let said = timer(&server, NOW, &["switch", "Website", "Cooling"]);
    assert_fails(
        &said,
        2,
        "error: there is no activity 'Cooling'; use the name or the id of one of these:\n  \
           3  Design (Website)\n  2  Development\n  1  Meetings\n",
    );
    assert_eq!(client(&server).timesheets().active().send().unwrap().len(), 1);
}

#[test]
fn names_that_are_unknown_or_ambiguous_are_errors_with_candidates() {
    let server = server();
    assert_fails(
        &timer(&server, NOW, &["start", "Web", "Meetings"]),
        2,
        "error: there is no project 'Web'; use the name or the id of one of these:\n  1  Website (Acme GmbH)\n",
    );
    let customer = client(&server).customers().list().send().unwrap().remove(2);
    let project = client(&server).projects().create(NewProject::new("WEBSITE", customer.id)).send().unwrap();
    assert_fails(
        &timer(&server, NOW, &["start", "website", "Meetings"]),
        2,
        "error: there is more than one project 'website'; use the id:\n  \
           1  Website (Acme GmbH)\n  5  WEBSITE (Ünïcode & Söhne)\n",
    );
    // The exact name is not ambiguous, and neither is the id.
    assert_prints(&timer(&server, NOW, &["start", "Website", "Meetings"]), "started Meetings for Website at 10:05\n");
    let id = project.id.to_string();
    assert_prints(&timer(&server, NOW, &["start", &id, "Meetings"]), "started Meetings for WEBSITE at 10:05\n");
}

#[test]
fn times_are_in_the_zone_of_the_user() {
    let server = server();
    let said = run_as(&server, "john_user", "timer", &["status", "--now", NOW]);
    assert_prints(&said, "Meetings for Website (Acme GmbH) since 03:40, 0:25 h: running\ntoday: 0:25 h\n");
}

#[test]
fn what_kimai_refuses_is_exit_code_1() {
    let server = server();
    let said = run("timer", &["stop", "--url", server.url(), "--token", "wrong"]);
    assert_fails(&said, 1, "error: GET /api/version: the server returned 401 Unauthorized; check the credentials\n");
}

#[test]
fn the_demo_needs_nothing() {
    let said = run("timer", &["status", "--demo"]);
    assert_eq!((said.out.as_str(), said.code), ("nothing is running\ntoday: 0:00 h\n", Some(0)));
    assert!(said.err.starts_with("This is a demo: Kimai "), "{}", said.err);
}
