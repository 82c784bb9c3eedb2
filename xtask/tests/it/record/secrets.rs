//! No secret gets into the file, whatever the server repeats.

use super::{CANARY, entries, record};
use crate::server::{Reply, Server};
use crate::support::Copy;

#[test]
fn what_the_server_repeats_is_left_out() {
    let token = "canary/+=\"é token";
    let server = Server::start(move |request| {
        let sent = request.header("authorization").unwrap_or_default().to_owned();
        let json = serde_json::json!({
            "version": "2.65.0", "echo": sent, "password": "canary-2", "apiToken": "canary-3", "plain": 1,
        });
        // As PHP writes it.
        let body = json.to_string().replace('/', "\\/").replace('é', "\\u00e9");
        let reply = match request.line.as_str() {
            "GET /api/ping" => Reply::html(302, "moved").header("Location", "/x?t=canary%2F%2B%3D%22%C3%A9%20token"),
            "GET /api/tags" => Reply::of(200, "application/octet-stream", [b"\xff\xfe", token.as_bytes()].concat()),
            "GET /api/teams" => Reply::html(500, &format!("<pre>{token}</pre>")),
            _ => Reply::json(200, body),
        };
        reply.header("Set-Cookie", "PHPSESSID=canary-session").header("X-Echo", token)
    });
    let copy = Copy::with_all_snapshots();
    let said = record(&copy, &server, &[], &[("KIMAI_TOKEN", token)]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for text in [copy.read("a.har"), said.out, said.err] {
        assert!(!text.contains(CANARY), "{text}");
    }
    let entries = entries(&copy);
    let text = |path: &str| {
        let url = format!("https://kimai.example.com{path}");
        let entry = entries.iter().find(|entry| entry.pointer("/request/url").unwrap() == url.as_str()).unwrap();
        entry.pointer("/response/content/text").unwrap().as_str().unwrap().to_owned()
    };
    assert_eq!(
        text("/api/version"),
        r#"{"apiToken":"<redacted>","echo":"Bearer <redacted>","password":"<redacted>","plain":1,"version":"2.65.0"}"#
    );
    // The bytes ff and fe, and what stands in place of the secret.
    assert_eq!(text("/api/tags"), "//48cmVkYWN0ZWQ+");
}
