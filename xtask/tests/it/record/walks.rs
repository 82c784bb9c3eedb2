//! What is sent.

use std::time::{Duration, Instant};

use super::{TOKEN, entries, not_found, record, server};
use crate::kimai::Kimai;
use crate::server::Reply;
use crate::support::Copy;

/// Records a release, and returns what was printed and what was sent.
fn walked(release: &str, variables: &[(&str, &str)], arguments: &[&str]) -> (Copy, String, Vec<String>) {
    let kimai = Kimai::start(release);
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &kimai.server, arguments, variables);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let lines = kimai.server.lines();
    assert!(lines.iter().all(|line| line.starts_with("GET /api/")), "{lines:#?}");
    for private in ["-of-susan_super", "127.0.0.1", "localhost"] {
        assert!(!copy.read("a.har").contains(private), "the file has {private}");
    }
    let text = copy.read("a.har");
    assert!(text.contains(&format!("\"browser\": {{\n      \"name\": \"Kimai\",\n      \"version\": \"{release}\"")));
    (copy, said.out, lines)
}

const WARNING: &str = "warning    the file holds data of the server: names, descriptions, e-mail addresses; only its \
    address and the credentials are left out\n";

#[test]
fn the_newest_release_is_walked() {
    let token = [("KIMAI_TOKEN", "token-of-susan_super")];
    let (copy, out, lines) = walked("2.65.0", &token, &[]);
    assert_eq!(
        out,
        format!(
            "release    Kimai 2.65.0\n\
             sent       69 requests\n\
             status     200: 69 responses\n\
             written    a.har\n{WARNING}"
        )
    );
    assert_eq!(lines.len(), 70, "the first one asks for the release");
    for line in [
        "GET /api/version",
        "GET /api/timesheets",
        "GET /api/timesheets?page=2&size=1",
        "GET /api/timesheets?full=true",
        "GET /api/customers?full=1",
        "GET /api/actions/customer/1/index/ar",
        "GET /api/actions/customer/2/custom/bg",
        "GET /api/customers/1",
        "GET /api/customers/2",
        "GET /api/customers/3/rates",
        "GET /api/teams/1",
        "GET /api/timesheets/46",
        "GET /api/invoices/2/download",
    ] {
        assert!(lines.iter().any(|sent| sent == line), "{line}: {lines:#?}");
    }
    let recorded = entries(&copy);
    let sent: Vec<String> = recorded
        .iter()
        .map(|entry| {
            let part = |pointer| entry.pointer(pointer).unwrap().as_str().unwrap();
            let url = part("/request/url").strip_prefix("https://kimai.example.com").unwrap();
            assert_eq!(entry.pointer("/request/headers").unwrap().as_array().unwrap().len(), 0);
            format!("{} {url}", part("/request/method"))
        })
        .collect();
    assert_eq!(sent, lines[1..], "in the order of the requests");
}

#[test]
fn requests_that_change_something_are_not_sent() {
    let token = [("KIMAI_TOKEN", "token-of-susan_super")];
    let (_, out, lines) = walked("2.20.0", &token, &[]);
    assert!(!lines.iter().any(|line| line.contains("restart") || line.contains("stop")), "{lines:#?}");
    assert!(
        out.contains(
            "skipped    GET /api/timesheets/{id}/restart: changes data, although it is a GET\n\
             skipped    GET /api/timesheets/{id}/stop: changes data, although it is a GET\n"
        ),
        "{out}"
    );
}

#[test]
fn old_releases_take_a_password() {
    let pair = [("KIMAI_USER", "susan_super"), ("KIMAI_API_PASSWORD", "password-of-susan_super")];
    let (_, out, lines) = walked("1.30.11", &pair, &[]);
    assert!(
        out.starts_with("release    Kimai 1.30.11\nsent       41 requests\nstatus     200: 41 responses\n"),
        "{out}"
    );
    assert!(lines.iter().any(|line| line == "GET /api/activities/5/rates"), "{lines:#?}");
}

#[test]
fn the_number_of_requests_is_limited() {
    let token = [("KIMAI_TOKEN", "token-of-susan_super")];
    let (_, out, lines) = walked("2.65.0", &token, &["--max-requests", "4"]);
    assert_eq!(lines.len(), 5, "the first one asks for the release");
    assert!(out.contains("sent       4 requests\n"), "{out}");
    let spent = "all 4 requests of --max-requests were spent";
    assert!(out.contains(&format!("skipped    GET /api/tags: {spent}\n")), "{out}");
    assert!(out.contains(&format!("skipped    GET /api/customers/{{id}}: {spent}\n")), "{out}");
}

#[test]
fn requests_are_not_sent_faster_than_allowed() {
    let copy = Copy::with_all_snapshots();
    let server = server("2.65.0", |_| not_found());
    let start = Instant::now();
    let arguments = ["record", &server.url, "--out", "a.har", "--rate", "20", "--max-requests", "9"];
    assert_eq!(copy.xtask_with_variables(&arguments, &TOKEN).code, Some(0));
    assert!(start.elapsed() >= Duration::from_millis(400));
}

#[test]
fn ids_that_no_response_shows_are_reported() {
    let copy = Copy::with_all_snapshots();
    let server = server("2.65.0", |line| match line {
        "GET /api/tags/find" => Reply::json(200, r#"[{"id": 7, "name": "x"}]"#),
        // A thing shows the id of another kind.
        "GET /api/projects" => Reply::json(200, r#"[{"id": 3, "customer": 9}]"#),
        "GET /api/customers" => Reply::html(503, "maintenance"),
        _ => not_found(),
    });
    let said = record(&copy, &server, &[], &TOKEN);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for line in ["GET /api/projects/3", "GET /api/projects/3/rates", "GET /api/customers/9"] {
        assert!(server.lines().iter().any(|sent| sent == line), "{line}: {:#?}", server.lines());
    }
    for line in [
        "skipped    GET /api/invoices/{id}: no response shows an id of the kind Invoice\n",
        "skipped    GET /api/teams/{id}: no response shows an id of the kind Team\n",
        "status     503: 1 response\n",
    ] {
        assert!(said.out.contains(line), "{}", said.out);
    }
}

#[test]
fn ids_that_later_responses_show_are_used() {
    let copy = Copy::with_all_snapshots();
    let server = server("2.65.0", |line| match line {
        "GET /api/projects" => Reply::json(200, r#"[{"id": 3, "customer": 9}]"#),
        "GET /api/projects/3" => Reply::json(200, r#"{"id": 3, "customer": 10}"#),
        _ => not_found(),
    });
    let said = record(&copy, &server, &[], &TOKEN);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for line in ["GET /api/customers/9", "GET /api/customers/10"] {
        let count = server.lines().iter().filter(|sent| *sent == line).count();
        assert_eq!(count, 1, "{line}: {:#?}", server.lines());
    }
}

#[test]
fn a_release_without_a_snapshot_is_walked_as_the_one_before() {
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &server("2.99.0", |_| not_found()), &["--max-requests", "1"], &TOKEN);
    assert!(
        said.out.starts_with(
            "release    Kimai 2.99.0\n\
             note       no snapshot of 2.99.0: the requests are those of 2.65.0; `cargo xtask intake` adds it\n"
        ),
        "{}",
        said.out
    );
}
