//! A crate of one's own beside the client: what the client lacks is generated as a module of it, without a warning, and
//! can be called like the rest.

mod command;
mod workspace;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::crates::server::{Answer, Server};
use crate::support::Copy;

const TIMESHEET: &str = r#"{"activity":7,"begin":"2026-03-01T08:30:00+0100","billable":true,"break":0,
    "description":"train","duration":0,"end":null,"exported":false,"fixedRate":null,"hourlyRate":null,"id":4,
    "internalRate":null,"metaFields":[],"project":5,"rate":0,"tags":[],"user":1}"#;

const JSON: &str = "Content-Type: application/json\r\n";

/// Fails the first time that it is asked for budgets.
fn answer(asked: &str) -> Answer {
    static IS_FIRST: AtomicBool = AtomicBool::new(true);
    let first =
        "Content-Type: application/json\r\nX-Page: 1\r\nX-Total-Count: 3\r\nX-Total-Pages: 2\r\nX-Per-Page: 2\r\n";
    let second =
        "Content-Type: application/json\r\nX-Page: 2\r\nX-Total-Count: 3\r\nX-Total-Pages: 2\r\nX-Per-Page: 2\r\n";
    let (status, headers, body) = match asked {
        "GET /api/expenses?currency=EUR&size=2&status%5B%5D=paid" | "GET /api/expenses?currency=EUR&size=2" => {
            (200, first, r#"[{"id":1,"title":"Bus"},{"id":2,"title":"Train"}]"#)
        }
        "GET /api/expenses?currency=EUR&page=2&size=2" => (200, second, r#"[{"id":3,"title":"Hotel"}]"#),
        "POST /api/expenses/9/receipts" => (201, JSON, r#"{"id":3,"name":"a.txt","size":7}"#),
        "GET /api/expenses/9/receipts/3" => {
            (200, "Content-Type: image/png\r\nContent-Disposition: attachment; filename=\"r 3.png\"\r\n", "bytes")
        }
        "PATCH /api/expenses/9" => (200, JSON, r#"{"id":9,"title":"New"}"#),
        "GET /api/expenses/9/timesheet" => (200, JSON, TIMESHEET),
        "GET /api/timesheets/4/expenses?status=paid" => (200, JSON, r#"[{"id":1,"title":"Bus"}]"#),
        "GET /api/expenses/budgets" if IS_FIRST.swap(false, Ordering::Relaxed) => (503, JSON, "{}"),
        "GET /api/expenses/budgets" => (200, JSON, r#"{"travel":{"limit":1.5}}"#),
        _ => (404, JSON, r#"{"code":404,"message":"Not found"}"#),
    };
    (status, headers, body.to_owned())
}

#[test]
fn a_crate_beside_the_client_calls_what_plugins_add() {
    let workspace = workspace::new();
    let copy = Copy::with_all_snapshots();
    let spec = copy.write("own.json", &crate::support::with_plugin().to_string());
    let generate = |folder: &str, more: &[&str]| {
        let out = workspace.path(folder);
        let mut arguments = vec!["regenerate", "--only-plugins", "--spec", &spec, "--kimai", "2.65.0", "--out"];
        arguments.push(out.to_str().unwrap());
        arguments.extend(more);
        copy.ok(&arguments)
    };
    generate("my-tool/src/plugins", &[]);
    generate("my-tool/src/bin/tool/remote/plugins", &[]);
    generate("renamed/src/plugins", &["--client-crate", "kimai-api"]);

    workspace.cargo(&["clippy", "--offline", "--package", "my-tool", "--package", "renamed", "--", "-D", "warnings"]);
    workspace.cargo(&["doc", "--offline", "--no-deps", "--package", "my-tool", "--package", "renamed"]);
    workspace.cargo(&["test", "--offline", "--doc", "--package", "my-tool"]);
    // Formatting leaves generated files as they are, so that they stay up to date.
    workspace.cargo(&["fmt", "--package", "my-tool", "--package", "renamed", "--check"]);
    let out = workspace.path("my-tool/src/plugins");
    let check = ["regenerate", "--only-plugins", "--spec", &spec, "--kimai", "2.65.0", "--check", "--out"];
    let said = copy.ok(&[&check[..], &[out.to_str().unwrap()]].concat());
    assert_eq!(said, "the generated code is up to date\n");

    let server = Server::start(answer);
    let said =
        workspace.cargo(&["run", "--offline", "--quiet", "--package", "my-tool", "--bin", "tool", &server.address]);
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "timesheets.expenses",
            r#"page ["Bus", "Train"] of Some(3)"#,
            r#"streamed Some("Bus")"#,
            r#"streamed Some("Train")"#,
            r#"streamed Some("Hotel")"#,
            "uploaded Some(ExpenseReceiptId(3))",
            r#"downloaded Some("r 3.png") b"bytes""#,
            r#"opened Some(b"bytes")"#,
            r#"changed Some("New")"#,
            r#"record Some("train")"#,
            r#"of the record ["Bus"]"#,
            "GET /api/expenses/{id}: the server returned 404 Not Found: Not found; the object does not exist, or the plugin that \
             adds the operation is not installed on the server",
            "expenses.list: the list for status[] is empty, which the server would treat as no filter; add values, or do \
             not set it",
            r#"retried ["travel"]"#,
            r#"blocking ["Bus", "Train", "Hotel"]"#,
            r#"blocking, of the record ["Bus"]"#,
        ]
    );
    let asked = server.asked();
    let with = |start: &str| asked.iter().filter(|line| line.starts_with(start)).collect::<Vec<_>>();
    assert_eq!(
        with("PATCH /api/expenses/9"),
        [r#"PATCH /api/expenses/9 [content-type: application/json] {"amount":null,"title":"New"}"#]
    );
    let [upload] = with("POST /api/expenses/9/receipts")[..] else { panic!("{asked:?}") };
    assert!(upload.contains("name=\"file\"; filename=\"a.txt\"\r\n\r\ncontent\r\n"), "{upload}");
    assert!(upload.contains("name=\"tags\"\r\n\r\na\r\n"), "{upload}");
    assert_eq!(with("GET /api/expenses/budgets").len(), 2);
}
