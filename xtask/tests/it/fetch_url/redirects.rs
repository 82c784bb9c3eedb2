//! Redirects: credentials stay with the server, and messages do not repeat them.

use super::{ALL, LOGIN, PASSWORD, TOKEN, newest, refused, refused_with};
use crate::server::{Reply, Server};

const NOT_FOLLOWED: &str = ": the server redirects to an address that cannot be followed: use the URL of Kimai's \
    start page\n";

/// The error after a redirect of this page.
fn sent(line: &'static str, location: &str) -> String {
    refused(&newest().with(line, Reply::to(location)).start())
}

#[test]
fn to_another_server() {
    let other = Server::start(|_| Reply::json(200, "{}"));
    let location = format!("{}/api/doc.json", other.url);
    let server = newest().with("GET /api/doc.json", Reply::to(&location)).start();
    for variables in [&ALL[..], &LOGIN] {
        assert_eq!(
            refused_with(&server, &["URL"], variables),
            format!(
                "error: URL/api/doc.json: the server redirects to another server, {0}, which receives no \
                 credentials: if you trust it, use {0} as the URL\n",
                other.url
            )
        );
    }
    assert_eq!(
        sent("POST /en/login_check", "https://sso.example.com/start?from=kimai"),
        "error: URL/en/login_check: the server redirects to another server, https://sso.example.com, which \
         receives no credentials: if you trust it, use https://sso.example.com as the URL\n"
    );
    assert_eq!(
        sent("GET /en/login", "https://www.example.com/k/en/login"),
        "error: URL/en/login: the server redirects to another server, https://www.example.com/k, which receives \
         no credentials: if you trust it, use https://www.example.com/k as the URL\n"
    );
    assert!(other.lines().is_empty());
}

#[test]
fn to_an_encrypted_connection() {
    assert_eq!(
        sent("GET /en/login", "https://127.0.0.1/en/login"),
        "error: URL/en/login: the server requires an encrypted connection: use https://127.0.0.1 as the URL\n"
    );
}

#[test]
fn to_another_folder() {
    let server = newest().with("GET /en/login", Reply::to("/kimai/en/login")).start();
    assert_eq!(
        refused(&server),
        "error: URL/en/login: the server redirects to another folder: use URL/kimai as the URL\n"
    );
}

#[test]
fn in_a_circle() {
    let server = newest()
        .with("GET /api/doc", Reply::to("/api/doc/"))
        .with("GET /api/doc/", Reply::to("/api/doc"))
        .with("GET /en/login", Reply::to("/en/login"));
    // The login comes first, and goes round as well.
    assert_eq!(
        refused(&server.start()),
        "error: URL/en/login: too many redirects: check the configuration of the server, or of a proxy before \
         it\n"
    );
    let server = newest().with("GET /api/doc", Reply::to("/api/doc/")).with("GET /api/doc/", Reply::to("/api/doc"));
    let server = server.start();
    assert_eq!(
        refused(&server),
        "error: URL/api/doc: too many redirects: check the configuration of the server, or of a proxy before \
         it\n"
    );
    assert_eq!(server.lines().len(), 9);
}

#[test]
fn to_nowhere() {
    for location in ["mailto:kimai@example.com", "http://", "javascript:alert(1)"] {
        assert_eq!(sent("GET /api/doc", location), format!("error: URL/api/doc{NOT_FOLLOWED}"), "{location}");
    }
    let server = newest().with("GET /api/doc", Reply::html(302, "no location")).start();
    assert_eq!(refused(&server), format!("error: URL/api/doc{NOT_FOLLOWED}"));
}

/// A secret in the address that a server sends to is not repeated.
#[test]
fn to_an_address_with_a_secret() {
    let encoded = PASSWORD.replace('%', "%25").replace('+', "%2B").replace(' ', "%20").replace('"', "%22");
    for location in [
        format!("https://{TOKEN}.example.com/"),
        format!("https://example.com/{TOKEN}/api/doc.json"),
        format!("https://example.com/{encoded}/api/doc.json"),
        format!("https://127.0.0.1/{TOKEN}/api/doc.json"),
        format!("/{TOKEN}/api/doc.json"),
    ] {
        let server = newest();
        let reply = Reply::to(&location);
        let server = server.answering("GET /api/doc.json", move |request| {
            // Only then is the password known to the client, and to the server.
            if request.header("cookie").is_some() { reply.clone() } else { Reply::json(404, "{}") }
        });
        let error = refused_with(&server.start(), &["URL"], &ALL);
        assert_eq!(error, format!("error: URL/api/doc.json{NOT_FOLLOWED}"), "{location}");
    }
    let target = format!("https://example.com/?{TOKEN}={PASSWORD}#{PASSWORD}");
    assert!(sent("GET /api/doc.json", &target).ends_with(", use https://example.com as the URL\n"));
}

/// The same where the address is followed, and fails.
#[test]
fn to_an_address_with_a_secret_which_fails() {
    for reply in [Reply::html(502, ""), Reply::to("mailto:k@example.com"), Reply::Raw(Vec::new())] {
        let server = newest()
            .with("GET /api/doc", Reply::to("/api/doc?echo=canary-password"))
            .with("GET /api/doc?echo=canary-password", reply)
            .start();
        let error = refused(&server);
        assert!(error.starts_with("error: URL/api/doc: "), "{error}");
    }
}
