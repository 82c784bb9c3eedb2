//! Requests that another web page could make a browser send.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use generated_client::reqwest::StatusCode;
use generated_client::reqwest::blocking::Body;
use serde_json::{Value, json};

use super::{Demo, newest, read, signed_in, with_token};

#[test]
fn other_names_of_this_machine_are_refused() {
    let demo = Demo::start(&[]);
    let port = demo.port();
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LOCALHOST:{port}")];
    for host in own {
        assert_eq!(demo.get("/").header("host", &host).send().unwrap().status(), StatusCode::OK, "{host}");
    }
    let foreign = [
        format!("kimai.example.com:{port}"),
        format!("127.0.0.1.example.com:{port}"),
        format!("[::1]:{port}"),
        format!("127.1:{port}"),
        "127.0.0.1:1".to_owned(),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
    ];
    for host in foreign {
        for path in ["/", "/script.js", "/nothing"] {
            let response = demo.get(path).header("host", &host).send().unwrap();
            assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
            assert!(!response.text().unwrap().contains("settings"));
        }
    }
}

/// Sends bytes, and returns the first line of the response.
fn send(demo: &Demo, request: &str) -> String {
    let mut stream = TcpStream::connect(demo.origin.strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_name_in_the_request_line_or_a_second_host_is_refused() {
    let demo = Demo::start(&[]);
    let own = demo.origin.strip_prefix("http://").unwrap();
    let end = "Connection: close\r\n\r\n";
    assert_eq!(send(&demo, &format!("GET / HTTP/1.1\r\nHost: {own}\r\n{end}")), "HTTP/1.1 200 OK");
    let refused = "HTTP/1.1 421 Misdirected Request";
    for head in [
        format!("GET http://kimai.example.com/ HTTP/1.1\r\nHost: {own}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {own}\r\nHost: kimai.example.com\r\n"),
        "GET / HTTP/1.1\r\n".to_owned(),
    ] {
        assert_eq!(send(&demo, &format!("{head}{end}")), refused, "{head}");
    }
}

#[test]
fn only_the_page_itself_can_act() {
    let (demo, server) = (Demo::start(&[]), newest());
    let page = signed_in(&demo, &server);
    server.clear_requests();
    let sign_in = with_token(&server, &server.users()[0].token);
    for (path, content) in [("/call", &json!("system.ping")), ("/sign-in", &sign_in), ("/sign-out", &json!({}))] {
        let changed = |name: &'static str, value: Option<&str>| {
            let mut request = demo.post(path, &page, content).build().unwrap();
            request.headers_mut().remove(name);
            if let Some(value) = value {
                request.headers_mut().insert(name, value.parse().unwrap());
            }
            let response = demo.client.execute(request).unwrap();
            (response.status().as_u16(), read(response)["problem"]["message"].clone())
        };
        let other_page = (403, json!("the request comes from another web page"));
        assert_eq!(changed("origin", None), other_page);
        assert_eq!(changed("origin", Some("null")), other_page);
        assert_eq!(changed("origin", Some("http://kimai.example.com")), other_page);
        assert_eq!(changed("origin", Some("http://127.0.0.1:1")), other_page);
        // The page is open under one of the two names.
        assert_eq!(changed("origin", Some(&format!("http://localhost:{}", demo.port()))), other_page);
        for site in ["cross-site", "same-site", "none"] {
            assert_eq!(changed("sec-fetch-site", Some(site)), other_page, "{site}");
        }
        let form = (415, json!("the content type is not application/json"));
        for media_type in ["text/plain", "application/x-www-form-urlencoded", "text/plain; application/json"] {
            assert_eq!(changed("content-type", Some(media_type)), form, "{media_type}");
        }
        assert_eq!(changed("content-type", None), form);
        let unknown = (403, json!("Reload it, and sign in again."));
        assert_eq!(changed("x-api-demo-page", None), unknown);
        assert_eq!(changed("x-api-demo-page", Some(&"0".repeat(32))), unknown);
    }
    assert_eq!(server.requests().len(), 0);
    assert_eq!(demo.call(&page, "system.ping")["status"], json!("200 OK"));
}

#[test]
fn other_pages_cannot_embed_anything_but_can_link_here() {
    let demo = Demo::start(&[]);
    let get = |path: &str, site: &str, mode: &str, dest: &str| {
        let request = demo.get(path).header("sec-fetch-site", site);
        request.header("sec-fetch-mode", mode).header("sec-fetch-dest", dest).send().unwrap().status().as_u16()
    };
    assert_eq!(get("/", "none", "navigate", "document"), 200);
    assert_eq!(get("/", "cross-site", "navigate", "document"), 200);
    assert_eq!(get("/script.js", "same-origin", "no-cors", "script"), 200);
    assert_eq!(get("/", "cross-site", "navigate", "iframe"), 403);
    assert_eq!(get("/", "cross-site", "no-cors", "image"), 403);
    assert_eq!(get("/script.js", "same-site", "no-cors", "script"), 403);
}

#[test]
fn methods_and_paths_are_checked() {
    let demo = Demo::start(&[]);
    for path in ["/call", "/sign-in", "/sign-out"] {
        let response = demo.get(path).send().unwrap();
        assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &"POST".parse().unwrap()));
    }
    let page = demo.number();
    assert_eq!(demo.post("/", &page, &json!({})).send().unwrap().status().as_u16(), 405);
    assert_eq!(demo.get("/../main.rs").send().unwrap().status().as_u16(), 404);
    assert_eq!(demo.post("/call", &page, &json!(["system.ping"])).send().unwrap().status().as_u16(), 400);
}

#[test]
fn large_requests_are_refused() {
    let demo = Demo::start(&[]);
    let page = demo.number();
    let content = json!({"with": "token", "url": "http://127.0.0.1:1", "token": "x".repeat(17 * 1024)});
    let response = demo.post("/sign-in", &page, &content).send().unwrap();
    assert_eq!((response.status().as_u16(), read(response)["problem"]["title"].clone()), {
        (413, json!("The request is too large"))
    });
    // Of unknown length.
    let reader = std::io::Cursor::new(content.to_string());
    let response = demo.post("/sign-in", &page, &Value::Null).body(Body::new(reader)).send().unwrap();
    assert_eq!(response.status().as_u16(), 413);
    let head = demo.get("/").header("x-long", "x".repeat(20 * 1024)).send().unwrap();
    assert_eq!(head.status().as_u16(), 431);
}
