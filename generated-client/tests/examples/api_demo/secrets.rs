//! Credentials are in the memory of the program only.

use serde_json::json;

use super::answers::{canned, response};
use super::credentials::{Credential, SignIn};
use super::{Demo, newest, shown, with_password, with_token};

#[test]
fn credentials_are_in_no_response_and_not_printed() {
    let (demo, server) = (Demo::start(&["--demo"]), newest());
    let user = &server.users()[0];
    let mut said = String::new();
    for content in [
        with_token(&server, &user.token),
        with_password(&server, user.name, &user.password),
        with_token(&server, "token-of-nobody"),
        with_password(&server, user.name, "password-of-nobody"),
        json!({"with": "demo", "user": "susan_super"}),
        json!({"with": "token", "url": server.url(), "token": ["token-of-susan_super"]}),
        json!({"with": "token-of-susan_super"}),
    ] {
        let opened = demo.get("/").send().unwrap();
        said += &format!("{:?}", opened.headers());
        let opened = opened.text().unwrap();
        said += &opened;
        let page = super::settings(&opened)["page"].as_str().unwrap().to_owned();
        let mut responses = vec![demo.post("/sign-in", &page, &content).send().unwrap()];
        for name in ["system.ping", "users.me", "customers.list"] {
            responses.push(demo.post("/call", &page, &json!(name)).send().unwrap());
        }
        responses.push(demo.post("/sign-out", &page, &json!({})).send().unwrap());
        for response in responses {
            said += &format!("{} {:?}", response.url(), response.headers());
            said += &response.text().unwrap();
        }
    }
    assert!(said.contains("pong"));
    said += &demo.end();
    for secret in ["token-of-", "password-of-"] {
        assert!(!said.contains(secret), "{secret}");
    }
}

#[test]
fn a_credential_that_kimai_repeats_is_not_shown() {
    let demo = Demo::start(&[]);
    let page = demo.number();
    let url = canned(vec![
        response("application/json", "{\"version\":\"2.65.0\"}"),
        response(
            "application/json",
            "{\"a\":\"Bearer my/secret\",\"b\":\"my\\/secret\",\"\\u006dy/secret\":[\"other\"]}",
        ),
        response("text/plain", "you sent my/secret"),
    ]);
    demo.ask("/sign-in", &page, &json!({"with": "token", "url": url, "token": "my/secret"}));
    let answer = demo.call(&page, "system.ping");
    assert_eq!(shown(&answer), "{\"a\": \"Bearer …\",\"b\": \"…\",\"…\": [\"other\"]}");
    let answer = demo.call(&page, "system.ping");
    assert_eq!(shown(&answer["problem"]), "you sent …");
    assert!(!answer.to_string().contains("secret"), "{answer}");
}

#[test]
fn debug_output_has_no_credentials() {
    let read = |content: serde_json::Value| serde_json::from_value::<SignIn>(content).unwrap();
    let url = "https://canary:canary@kimai.example.com";
    let forms = [
        (read(json!({"with": "token", "url": url, "token": "canary"})), "SignIn(token)"),
        (read(json!({"with": "password", "url": url, "user": "canary", "password": "canary"})), {
            "SignIn(user and password)"
        }),
        (read(json!({"with": "demo", "user": "canary"})), "SignIn(demo)"),
    ];
    for (form, expected) in forms {
        assert_eq!(format!("{form:?}"), expected);
    }
    let credential = Credential::new("canary");
    assert_eq!(format!("{credential:?} {:?}", credential.bearer()), "Credential(…) Auth(bearer)");
}
