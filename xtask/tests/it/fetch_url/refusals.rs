//! Errors of servers and users: each message says what to do, and nothing is written.

use super::kimai::{Kimai, LOGIN_FORM};
use super::{ALL, LOGIN, PASSWORD, TOKEN, USER, newest, refused, refused_with, run};
use crate::server::{Reply, Server};
use crate::support::Copy;

const WRONG_PASSWORD: &str = "error: URL/en/login: login failed: check KIMAI_USER and KIMAI_PASSWORD, the user \
    name and password of the web login, and that the user is enabled; after many attempts, wait before the next \
    one\n";

const FOREIGN_PAGE: &str = ": the response is not a page of Kimai, but perhaps of a proxy or of single sign-on: \
    connect to Kimai directly, or save the document in a browser and use `cargo xtask fetch --from FILE`\n";

const TWO_FACTOR: &str = ": this user requires a second factor, which is not supported: use another user, or \
    save the document in a browser and use `cargo xtask fetch --from FILE`\n";

const SESSION_LOST: &str = ": the session was lost right after the login: try again, and check that proxies \
    forward cookies\n";

/// A page of another server, which repeats its input.
fn foreign() -> Reply {
    Reply::html(200, &format!("<h1>Sign in to the portal</h1><p>{TOKEN} {PASSWORD}</p>"))
}

#[test]
fn a_wrong_password() {
    let server = newest().start();
    for password in ["canary-wrong", " ", "canary-password"] {
        let variables = [("KIMAI_USER", USER), ("KIMAI_PASSWORD", password)];
        assert_eq!(refused_with(&server, &["URL"], &variables), WRONG_PASSWORD);
    }
    // Some releases show the form again without a redirect.
    let form = Reply::html(200, &format!("{PASSWORD} is wrong {LOGIN_FORM}"));
    assert_eq!(refused(&newest().with("POST /en/login_check", form).start()), WRONG_PASSWORD);
}

#[test]
fn too_many_attempts() {
    for line in ["POST /en/login_check", "GET /en/login", "GET /api/doc.json"] {
        let server = newest().with(line, Reply::html(429, "slow down")).start();
        let (_, path) = line.split_once(' ').unwrap();
        assert_eq!(
            refused(&server),
            format!(
                "error: URL{path}: too many requests (429 Too Many Requests): wait a few minutes, then try \
                 again\n"
            )
        );
    }
}

#[test]
fn a_login_without_what_it_needs() {
    let without = LOGIN_FORM.replace(r#"<input type="hidden" name="_csrf_token" value="TOKEN">"#, "");
    for form in [without, LOGIN_FORM.replace("TOKEN", "")] {
        let server = newest().with("GET /en/login", Reply::html(200, &form)).start();
        assert_eq!(
            refused(&server),
            "error: URL/en/login: the login form has no CSRF token, which the login requires: save the \
             document in a browser and use `cargo xtask fetch --from FILE`\n"
        );
        assert_eq!(server.lines(), ["GET /en/login"]);
    }
    for page in ["<a href='/saml/login'>Log in</a>", "<form><input name='_username'></form>", ""] {
        assert_eq!(
            refused(&newest().with("GET /en/login", Reply::html(200, page)).start()),
            "error: URL/en/login: the page has no login form: check the URL; if this Kimai uses single \
             sign-on, save the document in a browser and use `cargo xtask fetch --from FILE`\n"
        );
    }
}

#[test]
fn a_second_factor() {
    let to = Reply::to("/en/auth/2fa");
    let at_once = newest().with("POST /en/login_check", to.clone()).start();
    assert_eq!(refused(&at_once), format!("error: URL/en/login{TWO_FACTOR}"));
    assert_eq!(at_once.lines(), ["GET /en/login", "POST /en/login_check"]);
    let later = newest().with("GET /api/doc.json", to.clone()).start();
    assert_eq!(refused(&later), format!("error: URL/api/doc.json{TWO_FACTOR}"));
    let in_page = newest().with("GET /api/doc", to).start();
    assert_eq!(refused(&in_page), format!("error: URL/api/doc{TWO_FACTOR}"));
}

#[test]
fn a_session_that_is_lost() {
    for line in ["GET /api/doc.json", "GET /api/doc"] {
        for reply in [Reply::to("/en/login"), Reply::html(200, LOGIN_FORM)] {
            let (_, path) = line.split_once(' ').unwrap();
            let server = newest().with(line, reply).start();
            assert_eq!(refused(&server), format!("error: URL{path}{SESSION_LOST}"));
        }
    }
    let without_cookie = newest().with("POST /en/login_check", Reply::to("/en/dashboard")).start();
    assert_eq!(refused(&without_cookie), format!("error: URL/api/doc{SESSION_LOST}"));
}

#[test]
fn a_login_page_in_place_of_the_json() {
    let server = Kimai::new("2.34.0", "{}").with("GET /api/doc.json", Reply::html(200, LOGIN_FORM)).start();
    let copy = Copy::without_snapshots();
    let said = run(&copy, &server, &["fetch", "URL"], &ALL);
    assert_eq!(said.code, Some(3));
    assert!(said.err.contains("\nresult     login page instead of the document\ntrying     URL/en/login as"));
}

#[test]
fn a_user_without_permission() {
    let server = newest().with("GET /api/doc", Reply::html(403, "Access denied")).start();
    assert_eq!(
        refused(&server),
        "error: URL/api/doc: this user has no access to the API document (403 Forbidden): use a user with API \
         access, such as an administrator\n"
    );
}

#[test]
fn pages_of_a_proxy() {
    for line in ["POST /en/login_check", "GET /api/doc.json", "GET /api/doc"] {
        let (_, path) = line.split_once(' ').unwrap();
        assert_eq!(refused(&newest().with(line, foreign()).start()), format!("error: URL{path}{FOREIGN_PAGE}"));
        for (status, name) in
            [(502, "502 Bad Gateway"), (503, "503 Service Unavailable"), (500, "500 Internal Server Error")]
        {
            let server = newest().with(line, Reply::html(status, PASSWORD)).start();
            assert_eq!(
                refused(&server),
                format!(
                    "error: URL{path}: the server failed with {name}: check Kimai and any proxy before it, then \
                     try again\n"
                )
            );
        }
    }
    // No login follows if the API credentials would reach another server.
    let server = newest().with("GET /api/doc.json", foreign()).start();
    assert_eq!(refused_with(&server, &["URL"], &ALL), format!("error: URL/api/doc.json{FOREIGN_PAGE}"));
    assert_eq!(server.lines(), ["GET /api/doc.json"]);
}

#[test]
fn text_in_place_of_the_json() {
    for body in [String::new(), format!("unknown: user: {PASSWORD}"), format!("\"{PASSWORD}\"")] {
        let server = Kimai::new("2.34.0", "").with("GET /api/doc.json", Reply::of(200, "text/plain", body)).start();
        assert_eq!(refused(&server), format!("error: URL/api/doc.json{FOREIGN_PAGE}"));
    }
}

#[test]
fn json_that_is_no_document() {
    let says = "the document must declare \"openapi\": \"3.0.x\", \"openapi\": \"3.1.x\" or \"swagger\": \"2.0\"";
    let unknown = |what| format!("{what} is not supported: {says}");
    let cut = "the document is not well-formed JSON at /message: EOF while parsing a string at line 1 column 45";
    for (body, problem) in [
        (format!(r#"{{"code": 401, "message": "{TOKEN}"}}"#), unknown("a document without \"openapi\"")),
        (format!(r#"{{"openapi": "3.0.0", "message": "{TOKEN}"#), cut.to_owned()),
        ("[]".to_owned(), unknown("a document that is not an object")),
    ] {
        let server = Kimai::new("2.34.0", body).start();
        assert_eq!(refused(&server), format!("error: URL/api/doc.json\n  because: {problem}\n"));
    }
}

#[test]
fn no_kimai() {
    let no_kimai = "error: URL/en/login: Kimai not found (404 Not Found): use the URL of Kimai's start page, \
        including its folder\n";
    let server = Server::start(|_| Reply::html(404, "Not Found"));
    assert_eq!(refused(&server), no_kimai);
    assert_eq!(refused_with(&server, &["URL"], &ALL), no_kimai);
    assert_eq!(refused(&newest().in_folder("/kimai").start()), no_kimai);
}

#[test]
fn unknown_answers() {
    for (line, status, name) in [
        ("GET /api/doc.json", 400, "400 Bad Request"),
        ("GET /en/login", 204, "204 No Content"),
        ("GET /api/doc", 404, "404 Not Found"),
        ("POST /en/login_check", 307, "307 Temporary Redirect"),
        ("GET /api/doc", 304, "304 Not Modified"),
    ] {
        let (_, path) = line.split_once(' ').unwrap();
        let server = newest().with(line, Reply::html(status, "")).start();
        assert_eq!(
            refused(&server),
            format!(
                "error: URL{path}: unexpected status {name}: check the URL, and any proxy before the \
                 server\n"
            )
        );
    }
}

#[test]
fn pages_without_a_whole_document() {
    let no_document = ": the page does not contain an API document: save the document in a browser and use \
        `cargo xtask fetch --from FILE`\n";
    for page in ["<elements-api></elements-api>", "<div id='swagger-ui'></div>"] {
        let server = newest().with("GET /api/doc", Reply::html(200, page)).start();
        assert_eq!(refused(&server), format!("error: URL/api/doc{no_document}"));
    }
    let start = "docs.apiDescriptionDocument = ";
    for (script, problem) in [
        (format!("<script>{start}{{\"spec\": {{\"a\": \"{TOKEN}"), "it is incomplete (line 1, column 43 of the JSON)"),
        (
            format!("<script>{start}{{\"spec\": {{}}}}.{PASSWORD};</script>"),
            "the assigned value is not the member `spec` of an object",
        ),
        (
            "<script id='swagger-data'>{\"spec\": {\"a\": </script>".to_owned(),
            "it is incomplete (line 1, column 15 of the JSON)",
        ),
        (
            "<script id='swagger-data'>{\"a\": 1}</script>".to_owned(),
            "it is not an object with a member `spec` (line 1, column 8 of the JSON)",
        ),
    ] {
        let server = newest().with("GET /api/doc", Reply::html(200, &script)).start();
        assert_eq!(
            refused(&server),
            format!(
                "error: URL/api/doc: the API document in the page is damaged: {problem}; try again, or save the \
                 document in a browser and use `cargo xtask fetch --from FILE`\n"
            )
        );
    }
}

#[test]
fn credentials_that_are_missing() {
    let server = newest().start();
    for (variables, name, meaning) in [
        (&[][..], "KIMAI_USER", "the user name of the web login"),
        (&[("KIMAI_USER", "")], "KIMAI_USER", "the user name of the web login"),
        (&[LOGIN[0]], "KIMAI_PASSWORD", "the password of the web login"),
        (&[("KIMAI_API_PASSWORD", "canary")], "KIMAI_USER", "the user name of the web login"),
    ] {
        assert_eq!(
            refused_with(&server, &["URL"], variables),
            format!(
                "error: cannot prompt for {name} without a terminal: set the environment variable {name} to \
                 {meaning}\n"
            )
        );
    }
    assert_eq!(
        refused_with(&server, &["URL"], &[("KIMAI_TOKEN", "canary\r\nX: y")]),
        "error: the environment variable KIMAI_TOKEN contains a line break or control character: set it to an API \
         token of the user\n"
    );
    assert!(server.lines().is_empty());
}

#[test]
fn addresses_that_cannot_be_used() {
    let server = newest().start();
    let with_password = server.url.replace("http://", "http://user:canary@");
    for (address, problem) in [
        (
            with_password.as_str(),
            "it contains a user name or password, which is visible in process lists; set KIMAI_USER and \
             KIMAI_PASSWORD instead",
        ),
        ("URL/?token=canary", "it contains ? or #; use the URL of Kimai's start page without them"),
        ("canary.example.com", "it must be like https://kimai.example.com"),
        (
            "http://canary.invalid",
            "credentials would be sent unencrypted; use https, or --allow-http if you trust the network",
        ),
    ] {
        assert_eq!(refused_with(&server, &[address], &ALL), format!("error: invalid URL: {problem}\n"));
    }
    assert!(server.lines().is_empty());
}

#[test]
fn releases_that_do_not_agree() {
    assert_eq!(
        refused_with(&newest().start(), &["URL", "--kimai", "2.64.0"], &LOGIN),
        "error: URL/api/version: the server is Kimai 2.65.0, but --kimai is 2.64.0: omit --kimai, or correct \
         it\n"
    );
    for reply in [
        Reply::json(200, format!(r#"{{"version": "{PASSWORD}"}}"#)),
        Reply::json(200, "{}"),
        Reply::html(200, LOGIN_FORM),
        Reply::to("/en/login"),
        Reply::json(404, "{}"),
    ] {
        assert_eq!(
            refused(&newest().with("GET /api/version", reply).start()),
            "error: URL/api/version: the server does not report its release: set it with --kimai RELEASE\n"
        );
    }
}
