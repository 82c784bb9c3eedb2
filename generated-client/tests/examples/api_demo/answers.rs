//! What the page shows of Kimai's responses.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use generated_client::Release;
use serde_json::{Value, json};

use super::{Demo, newest, server, shown, signed_in, with_password, with_token};

#[test]
fn signing_in_asks_for_the_version_and_lists_what_the_release_has() {
    let (demo, server) = (Demo::start(&[]), newest());
    let token = &server.users()[3].token;
    let welcome = demo.ask("/sign-in", &demo.number(), &with_token(&server, token));
    assert_eq!((&welcome["release"], &welcome["user"]), (&json!("2.65.0"), &Value::Null));
    let paths: Vec<_> =
        welcome["calls"].as_array().unwrap().iter().map(|call| call["path"].as_str().unwrap()).collect();
    assert_eq!(
        paths,
        [
            "/api/ping",
            "/api/version",
            "/api/timesheets",
            "/api/activities",
            "/api/projects",
            "/api/customers",
            "/api/users/me",
        ]
    );
    let requests: Vec<_> = server.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(requests, ["/api/version"]);
}

#[test]
fn each_request_returns_the_json_of_the_server() {
    let (demo, server) = (Demo::start(&[]), newest());
    let page = signed_in(&demo, &server);
    for (name, path, expected) in [
        ("system.ping", "/api/ping", "{\"message\": \"pong\"}"),
        ("system.version", "/api/version", "\"versionId\": 26500"),
        ("timesheets.list", "/api/timesheets", "\"rate\": "),
        ("activities.list", "/api/activities", "\"name\": \"Development\""),
        ("projects.list", "/api/projects", "\"name\": \"Mobile app\""),
        ("customers.list", "/api/customers", "\"name\": \"Ünïcode & Söhne\""),
        ("users.me", "/api/users/me", "\"username\": \"susan_super\""),
    ] {
        server.clear_requests();
        let answer = demo.call(&page, name);
        assert_eq!((&answer["method"], &answer["path"]), (&json!("GET"), &json!(path)));
        assert_eq!((&answer["status"], &answer["problem"]), (&json!("200 OK"), &Value::Null));
        assert!(answer["milliseconds"].as_u64() < Some(10_000));
        assert!(shown(&answer).contains(expected), "{}", shown(&answer));
        assert_eq!(server.requests().len(), 1);
        assert_eq!(server.requests()[0].path, path);
    }
    assert_eq!(demo.call(&page, "timesheets.list")["total"], json!("46"));
    let unknown = demo.post("/call", &page, &json!("users.list")).send().unwrap();
    assert_eq!(unknown.status().as_u16(), 400);
}

#[test]
fn old_releases_have_the_formats() {
    let (demo, server) = (Demo::start(&[]), server(Release::new(1, 30, 11)));
    let page = demo.number();
    let user = &server.users()[2];
    let welcome = demo.ask("/sign-in", &page, &with_password(&server, user.name, &user.password));
    assert_eq!((&welcome["release"], &welcome["user"]), (&json!("1.30.11"), &json!("tony_teamlead")));
    let formats = json!({"name": "config.i18n", "title": "Formats", "method": "GET", "path": "/api/config/i18n"});
    assert_eq!(welcome["calls"].as_array().unwrap().last(), Some(&formats));
    let answer = demo.call(&page, "config.i18n");
    assert_eq!(answer["status"], json!("200 OK"));
    assert!(shown(&answer).contains("\"formDate\": "), "{}", shown(&answer));

    let newest = newest();
    let answer = demo.call(&signed_in(&demo, &newest), "config.i18n");
    assert_eq!(answer["problem"]["title"], json!("This Kimai is not supported"));
    assert_eq!(answer["status"], Value::Null);
}

#[test]
fn refusals_are_explained() {
    let (demo, server) = (Demo::start(&[]), newest());
    let page = demo.number();
    let problem = |content: &Value| demo.ask("/sign-in", &page, content)["problem"].clone();
    let refused = problem(&with_token(&server, "wrong token"));
    assert_eq!(refused["title"], json!("Kimai does not accept the credentials"));
    assert_eq!(
        refused["message"],
        json!("GET /api/version: the server returned 401 Unauthorized; check the credentials")
    );
    let refused = problem(&with_password(&server, "anna_admin", "wrong password"));
    assert_eq!(refused["title"], json!("Kimai does not accept the credentials"));
    assert_eq!(shown(&refused), "{\"message\": \"Invalid credentials\"}");
    assert_eq!(problem(&with_token(&server, " "))["title"], json!("The credentials cannot be used"));

    let page = signed_in(&demo, &server);
    server.fail_next(503);
    let answer = demo.call(&page, "projects.list");
    assert_eq!((&answer["status"], &answer["path"]), (&json!("503 Service Unavailable"), &json!("/api/projects")));
    assert_eq!(answer["problem"]["title"], json!("Kimai returned an error"));
    server.drop_connection();
    let answer = demo.call(&page, "projects.list");
    assert_eq!(answer["status"], Value::Null);
    assert_eq!(answer["problem"]["title"], json!("The connection to Kimai broke"));
    assert_eq!(demo.call(&page, "projects.list")["status"], json!("200 OK"));
}

#[test]
fn missing_and_insecure_connections_are_explained() {
    let (demo, server) = (Demo::start(&[]), newest());
    let page = demo.number();
    let problem = |url: &str| {
        demo.ask("/sign-in", &page, &json!({"with": "token", "url": url, "token": "some token"}))["problem"].clone()
    };
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = problem(&format!("http://{nobody}"));
    assert_eq!(refused["title"], json!("There is no connection to Kimai"));
    assert_eq!(refused["message"], json!("connect: the server could not be reached"));
    let cause = refused["causes"].as_array().unwrap().last().unwrap().as_str().unwrap();
    assert!(cause.contains("refused"), "{cause}");
    // It speaks no TLS.
    let insecure = problem(&server.url().replace("http://", "https://"));
    assert_eq!(insecure["title"], json!("There is no secure connection to Kimai"));
    for url in ["http://kimai.example.com", "kimai.example.com", "https://anna:canary@kimai.example.com"] {
        let refused = problem(url);
        assert_eq!(refused["title"], json!("The address cannot be used"), "{url}");
        assert!(!refused.to_string().contains("canary"));
    }
}

/// A server that gives these responses, one for each connection.
pub(super) fn canned(responses: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for response in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(response.as_bytes());
        }
    });
    url
}

pub(super) fn response(content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

#[test]
fn other_responses_than_json_are_explained() {
    let demo = Demo::start(&[]);
    let page = demo.number();
    let version = response("application/json", "{\"version\":\"2.65.0\"}");
    let moved = "HTTP/1.1 302 Found\r\nLocation: https://kimai.example.com/login\r\nContent-Length: 0\r\n\
                 Connection: close\r\n\r\n";
    let url = canned(vec![
        version,
        response("text/html", "<!doctype html>\n<title>Maintenance</title>\n"),
        response("application/json", ""),
        moved.to_owned(),
        response("application/json", "{\"message\": \"pong\""),
    ]);
    let welcome = demo.ask("/sign-in", &page, &json!({"with": "token", "url": url, "token": "some token"}));
    assert_eq!(welcome["release"], json!("2.65.0"));

    let answer = demo.call(&page, "system.ping");
    assert_eq!((&answer["status"], &answer["lines"]), (&json!("200 OK"), &json!([])));
    assert_eq!(answer["problem"]["title"], json!("The response is not JSON"));
    assert_eq!(shown(&answer["problem"]), "<!doctype html><title>Maintenance</title>");
    let answer = demo.call(&page, "system.ping");
    assert_eq!(
        answer["problem"]["message"],
        json!("the response could not be decoded: it is empty, and JSON was expected")
    );
    let answer = demo.call(&page, "system.ping");
    assert_eq!(
        (&answer["status"], &answer["problem"]["title"]),
        (&json!("302 Found"), &json!("Kimai is at another address"))
    );
    let answer = demo.call(&page, "system.ping");
    assert_eq!(answer["problem"]["title"], json!("The response is not JSON"));
    assert_eq!(shown(&answer["problem"]), "{\"message\": \"pong\"");
}
