//! Who is signed in, and for how long.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Demo, newest, signed_in, with_token};

#[test]
fn signing_out_forgets() {
    let (demo, server) = (Demo::start(&[]), newest());
    let (page, other) = (signed_in(&demo, &server), signed_in(&demo, &server));
    assert_eq!(demo.ask("/sign-out", &page, &json!({})), json!({}));
    server.clear_requests();
    let response = demo.post("/call", &page, &json!("system.ping")).send().unwrap();
    assert_eq!(response.status().as_u16(), 401);
    assert_eq!(super::read(response)["problem"]["title"], json!("You are signed out"));
    assert_eq!(server.requests().len(), 0);
    // Pages know nothing of each other.
    assert_eq!(demo.call(&other, "system.ping")["status"], json!("200 OK"));
}

#[test]
fn a_failed_sign_in_signs_out() {
    let (demo, server) = (Demo::start(&[]), newest());
    let page = signed_in(&demo, &server);
    assert_ne!(demo.ask("/sign-in", &page, &with_token(&server, "wrong token"))["problem"], Value::Null);
    assert_eq!(demo.call(&page, "system.ping")["problem"]["title"], json!("You are signed out"));
}

#[test]
fn a_slow_sign_in_does_not_undo_a_sign_out() {
    let (demo, server) = (Demo::start(&[]), newest());
    let page = demo.number();
    server.delay(Duration::from_millis(600));
    let sign_in = demo.post("/sign-in", &page, &with_token(&server, &server.users()[0].token));
    let slow = thread::spawn(move || sign_in.send().unwrap().status().as_u16());
    while server.requests().is_empty() && !slow.is_finished() {
        thread::sleep(Duration::from_millis(100));
        demo.ask("/sign-out", &page, &json!({}));
    }
    assert_eq!(slow.join().unwrap(), 401);
    assert_eq!(demo.call(&page, "system.ping")["problem"]["title"], json!("You are signed out"));
}

#[test]
fn an_unused_session_ends() {
    let (demo, server) = (Demo::start(&["--sign-out-after", "2"]), newest());
    let page = signed_in(&demo, &server);
    for _ in 0..3 {
        thread::sleep(Duration::from_secs(1));
        assert_eq!(demo.call(&page, "system.ping")["status"], json!("200 OK"));
    }
    thread::sleep(Duration::from_millis(2100));
    assert_eq!(demo.call(&page, "system.ping")["problem"]["title"], json!("You are signed out"));
}

#[test]
fn numbers_of_pages_are_long_and_differ() {
    let demo = Demo::start(&[]);
    let (one, other) = (demo.number(), demo.number());
    assert_ne!(one, other);
    assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()), "{one}");
}

#[test]
fn many_open_pages_end_no_session() {
    let (demo, server) = (Demo::start(&[]), newest());
    let (unused, page) = (demo.number(), signed_in(&demo, &server));
    for _ in 0..300 {
        demo.number();
    }
    assert_eq!(demo.call(&page, "system.ping")["status"], json!("200 OK"));
    assert_eq!(demo.call(&unused, "system.ping")["problem"]["title"], json!("This page has expired"));
}
