//! `audit` of a running server.

use crate::kimai::Kimai;
use crate::server::{Reply, Server};
use crate::support::{Copy, Said};

/// Audits a server, where `URL` in what is said stands for it.
fn audit(copy: &Copy, server: &Server, arguments: &[&str], token: &str) -> Said {
    let arguments = [&["audit", &server.url, "--rate", "1000"], arguments].concat();
    let said = copy.xtask_with_variables(&arguments, &[("KIMAI_TOKEN", token)]);
    let shown = |text: &str| text.replace(&server.url, "URL");
    Said { code: said.code, out: shown(&said.out), err: shown(&said.err) }
}

/// What is on standard error.
const CONNECTED: &str = "trying     URL/api/version with the API token\nresult     Kimai 2.65.0\n";

#[test]
fn a_server_is_walked_with_get_alone() {
    let kimai = Kimai::start("2.65.0");
    let copy = Copy::with_all_snapshots();
    let said = audit(&copy, &kimai.server, &[], "token-of-susan_super");
    assert_eq!((said.code, said.err.as_str()), (Some(0), CONNECTED));
    assert_eq!(said.out, include_str!("server.txt"));
    let said = audit(&copy, &kimai.server, &["--show-values"], "token-of-susan_super");
    assert_eq!(said.out, include_str!("server.txt").replace("a server", "URL"));
    let lines = kimai.server.lines();
    assert!(lines.iter().all(|line| line.starts_with("GET /api/")), "{lines:#?}");
}

fn not_found() -> Reply {
    Reply::json(404, r#"{"code":404,"message":"Not Found"}"#)
}

/// A server with one defect, which repeats the token.
fn wrong() -> Server {
    Server::start(|request| match request.line.as_str() {
        "GET /api/version" => Reply::json(200, r#"{"version":"2.65.0","versionId":"canary-token","copyright":"x"}"#),
        _ => not_found(),
    })
}

#[test]
fn a_defect_of_a_server_is_shown_without_its_token() {
    let copy = Copy::with_all_snapshots();
    for format in ["text", "markdown", "json"] {
        let said = audit(&copy, &wrong(), &["--show-values", "--format", format], "canary-token");
        assert_eq!((said.code, said.err.as_str()), (Some(0), CONNECTED));
        assert!(!said.out.contains("canary") && said.out.contains("<redacted>"), "{}", said.out);
    }
    let said = audit(&copy, &wrong(), &["--fail-on", "breaking"], "canary-token");
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("type (breaking) /components/schemas/Version\n"), "{}", said.out);
}

/// What was compared until then is shown.
#[test]
fn a_walk_that_ends_early_is_no_success() {
    let copy = Copy::with_all_snapshots();
    let server = Server::start(|request| match request.line.as_str() {
        "GET /api/version" => Reply::json(200, r#"{"version":"2.65.0","versionId":26500,"copyright":"x"}"#),
        _ => Reply::json(429, r#"{"code":429,"message":"Too Many Requests"}"#),
    });
    let said = audit(&copy, &server, &[], "canary-token");
    assert_eq!((said.code, said.err.as_str()), (Some(3), CONNECTED), "{}", said.out);
    let stopped =
        "\nstopped    a server: too many requests (429 Too Many Requests): wait a few minutes, then try again\n";
    assert!(said.out.contains(stopped), "{}", said.out);
    assert!(said.out.contains("\nKimai 2.65.0: "), "{}", said.out);
}

#[test]
fn a_server_that_refuses_is_an_error() {
    let copy = Copy::with_all_snapshots();
    let server = Server::start(|_| Reply::json(403, r#"{"message":"Invalid credentials"}"#));
    let said = audit(&copy, &server, &[], "canary-token");
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    let refused = "\
trying     URL/api/version with the API token
error: URL/api/version: the server does not accept the API token: check the environment variables, and that the user is enabled
";
    assert_eq!(said.err, refused);
}
