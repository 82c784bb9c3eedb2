//! What ends a recording.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::{TOKEN, entries, not_found, record, server};
use crate::server::{Reply, Server};
use crate::support::Copy;

/// Why a recording fails without a file.
fn refused(server: &Server, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let copy = Copy::with_all_snapshots();
    let before = copy.files("");
    let said = record(&copy, server, arguments, variables);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""), "{}", said.err);
    assert_eq!(copy.files(""), before);
    said.err[said.err.find("error: ").unwrap()..].to_owned()
}

#[test]
fn credentials_are_required() {
    let server = server("2.65.0", |_| not_found());
    assert_eq!(
        refused(&server, &[], &[]),
        "error: no API credentials: set the environment variable KIMAI_TOKEN to an API token, or KIMAI_USER and \
         KIMAI_API_PASSWORD to a user name and its API password\n"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn credentials_must_be_right() {
    for reply in [Reply::json(401, "{}"), Reply::json(403, "{}"), Reply::to("/en/login")] {
        let server = Server::start(move |_| reply.clone());
        assert_eq!(
            refused(&server, &[], &TOKEN),
            "error: URL/api/version: the server does not accept the API token: check the environment variables, and that \
             the user is enabled\n"
        );
        assert_eq!(server.lines(), ["GET /api/version"]);
    }
}

#[test]
fn the_release_must_be_known() {
    let nameless = Server::start(|_| Reply::json(200, "{}"));
    assert_eq!(
        refused(&nameless, &[], &TOKEN),
        "error: URL: the server does not report its release: set it with --kimai RELEASE\n"
    );
    assert_eq!(
        refused(&server("2.65.0", |_| not_found()), &["--kimai", "2.20.0"], &TOKEN),
        "error: URL: the server is Kimai 2.65.0, but --kimai is 2.20.0: omit --kimai, or correct it\n"
    );
    assert_eq!(
        refused(&server("0.9.0", |_| not_found()), &[], &TOKEN).split_once("; it has").unwrap().0,
        "error: specs/ has no snapshot of 0.9.0 or an older release"
    );
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &nameless, &["--kimai", "2.20.0", "--max-requests", "1"], &TOKEN);
    assert!(said.out.starts_with("release    Kimai 2.20.0\n"), "{}", said.err);
}

#[test]
fn a_file_is_replaced_only_if_asked() {
    let copy = Copy::with_all_snapshots();
    copy.write("a.har", "old");
    let server = server("2.65.0", |_| not_found());
    let said = record(&copy, &server, &[], &TOKEN);
    assert_eq!(said.err, "error: a.har exists: choose another name, or use --replace\n");
    assert_eq!((said.code, copy.read("a.har").as_str()), (Some(3), "old"));
    assert!(server.requests().is_empty());
    let said = record(&copy, &server, &["--replace", "--max-requests", "2"], &TOKEN);
    assert_eq!((said.code, entries(&copy).len()), (Some(0), 2), "{}", said.err);
}

#[test]
fn a_place_where_no_file_can_be_is_found_before_the_walk() {
    let server = server("2.65.0", |_| not_found());
    for (out, expected) in [
        ("none/a.har", "error: cannot write none/a.har\n  because: No such file or directory (os error 2)\n"),
        ("specs/index.yaml/a.har", "error: cannot write specs/index.yaml/a.har\n  because: not a directory\n"),
        ("specs", "error: cannot write specs\n  because: is a directory\n"),
    ] {
        let copy = Copy::with_all_snapshots();
        let said = copy.xtask_with_variables(&["record", &server.url, "--replace", "--out", out], &TOKEN);
        assert_eq!((said.code, said.err.as_str()), (Some(3), expected));
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_walk_that_is_stopped_leaves_no_file() {
    let server = server("2.65.0", |_| not_found());
    let copy = Copy::with_all_snapshots();
    let before = copy.files("");
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["record", &server.url, "--out", "a.har", "--rate", "20"])
        .env("CARGO_MANIFEST_DIR", copy.path("xtask"))
        .envs(TOKEN)
        .current_dir(copy.path(""))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while server.lines().len() < 3 {
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(copy.files(""), before);
}

#[test]
fn a_server_that_goes_away_ends_the_walk() {
    let asked = AtomicUsize::new(0);
    let server = server("2.65.0", move |_| match asked.fetch_add(1, Ordering::Relaxed) {
        0..2 => not_found(),
        _ => Reply::Raw(Vec::new()),
    });
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &server, &[], &TOKEN);
    assert_eq!((said.code, entries(&copy).len()), (Some(3), 2), "{}", said.err);
    assert!(said.out.contains("sent       5 requests\nstatus     404: 2 responses\n"), "{}", said.out);
    assert!(said.out.contains("skipped    GET /api/tags: the walk ended early\n"), "{}", said.out);
    assert!(said.err.contains("error: URL/api/"), "{}", said.err);
    assert!(said.err.contains("the connection was interrupted"), "{}", said.err);
    assert_eq!(server.lines().len(), 6);
}

#[test]
fn a_server_that_answers_nothing_leaves_no_file() {
    let server = server("2.65.0", |_| Reply::Raw(Vec::new()));
    assert!(refused(&server, &[], &TOKEN).contains("the connection was interrupted"));
    assert_eq!(server.lines().len(), 4);
}

#[test]
fn a_server_that_is_asked_too_much_is_left_alone() {
    let server = server("2.65.0", |_| Reply::json(429, "{}"));
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &server, &[], &TOKEN);
    assert_eq!((said.code, entries(&copy).len()), (Some(3), 3), "{}", said.err);
    assert!(
        said.err
            .ends_with("error: URL: too many requests (429 Too Many Requests): wait a few minutes, then try again\n")
    );
}

#[test]
fn errors_of_the_server_are_recorded() {
    let server = server("2.65.0", |line| match line {
        "GET /api/tags" => Reply::json(500, r#"{"code":500}"#),
        "GET /api/ping" => Reply::to("https://sso.example.com/"),
        _ => not_found(),
    });
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &server, &[], &TOKEN);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.contains("status     200: 1 response\nstatus     302: 1 response\nstatus     404: "),
        "{}",
        said.out
    );
    assert!(said.out.contains("status     500: 1 response\n"), "{}", said.out);
}

#[test]
fn a_response_that_is_too_long_is_skipped() {
    let server = server("2.65.0", |line| match line {
        "GET /api/tags" => Reply::json(200, vec![b' '; 33 * 1024 * 1024]),
        _ => not_found(),
    });
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &server, &[], &TOKEN);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.contains("skipped    GET /api/tags: the response is longer than 33554432 bytes\n"),
        "{}",
        said.out
    );
}
