//! The ways that lead to the document.

use super::kimai::Kimai;
use super::{ALL, API_PASSWORD, LOGIN, TOKEN, fetched, newest, run, snapshot_of};
use crate::server::Reply;
use crate::support::Copy;

/// A document as 1.x writes them.
const SWAGGER: &str = r#"{"swagger": "2.0", "info": {"title": "Kimai", "version": "0.6"}, "paths":
    {"/api/ping": {"get": {"responses": {"200": {"description": "ok", "schema": {"type": "string"}}}}}}}"#;

const SWAGGER_SNAPSHOT: &str = r#"{
  "info": {
    "title": "",
    "version": "0.6"
  },
  "openapi": "3.0.3",
  "paths": {
    "/api/ping": {
      "get": {
        "responses": {
          "200": {
            "content": {
              "application/json": {
                "schema": {
                  "type": "string"
                }
              }
            },
            "description": ""
          }
        }
      }
    }
  }
}
"#;

#[test]
fn kimai_1_shows_its_document_to_a_session() {
    let server = Kimai::new("1.30.11", SWAGGER).start();
    let (copy, said) = fetched(&server, &LOGIN);
    assert_eq!(
        said.err,
        "skipped    URL/api/doc.json with API credentials: neither KIMAI_TOKEN nor KIMAI_API_PASSWORD is set\n\
         trying     URL/en/login as a browser does\n\
         result     logged in\n\
         trying     URL/api/doc.json in the session\n\
         received   178 bytes\n\
         result     the document\n\
         trying     URL/api/version with the session\n\
         result     Kimai 1.30.11\n"
    );
    assert_eq!(
        said.out,
        "read       URL/api/doc.json (Swagger 2.0, 178 bytes)\n\
         snapshot   specs/1.30.11.json\n\
         contains   1 operation, 0 schemas\n\
         next       cargo xtask regenerate\n"
    );
    assert_eq!(copy.read("specs/1.30.11.json"), SWAGGER_SNAPSHOT);
    assert_eq!(server.lines(), ["GET /en/login", "POST /en/login_check", "GET /api/doc.json", "GET /api/version"]);
    let cookies: Vec<_> = server.requests().iter().map(|request| request.header("cookie").map(str::to_owned)).collect();
    let [none, anonymous, session @ ..] = cookies.as_slice() else { panic!("{cookies:?}") };
    assert_eq!((none.as_deref(), anonymous.as_deref()), (None, Some("PHPSESSID=canary-anonymous")));
    assert!(session.iter().all(|cookie| cookie.as_deref() == Some("PHPSESSID=canary-session")), "{session:?}");
}

#[test]
fn kimai_2_shows_its_document_to_a_session() {
    for (release, snapshot) in [("2.0.35", "2.0.35"), ("2.13.0", "2.11.0"), ("2.34.0", "2.33.0")] {
        let document = snapshot_of(snapshot);
        let server = Kimai::new(release, document.as_str()).start();
        let (copy, said) = fetched(&server, &LOGIN);
        assert!(copy.read(&format!("specs/{release}.json")) == document);
        assert!(said.err.ends_with(&format!("\nresult     Kimai {release}\n")), "{}", said.err);
    }
}

#[test]
fn the_page_has_the_document_where_its_json_is_refused() {
    let document = snapshot_of("2.33.0");
    let refusal = Reply::json(403, r#"{"message":"Forbidden"}"#);
    let server = Kimai::new("2.34.0", document.as_str()).with("GET /api/doc.json", refusal).start();
    let (copy, said) = fetched(&server, &LOGIN);
    assert!(said.err.contains("\nresult     status 403 Forbidden\ntrying     URL/api/doc in the session\n"));
    assert!(copy.read("specs/2.34.0.json") == document);
}

#[test]
fn the_newest_has_its_document_in_the_page_alone() {
    let server = newest().start();
    let (copy, said) = fetched(&server, &ALL);
    assert_eq!(
        said.err,
        "trying     URL/api/doc.json with the API token\n\
         result     status 404 Not Found\n\
         trying     URL/en/login as a browser does\n\
         result     logged in\n\
         trying     URL/api/doc.json in the session\n\
         result     status 404 Not Found\n\
         trying     URL/api/doc in the session\n\
         received   170132 bytes\n\
         result     the document in the page\n\
         trying     URL/api/version with the API token\n\
         result     Kimai 2.65.0\n"
    );
    assert_eq!(
        said.out,
        "read       URL/api/doc (OpenAPI 3.0.0, 169943 bytes)\n\
         repaired   5 × empty-object: the HTML page writes empty objects as []\n\
         snapshot   specs/2.65.0.json\n\
         contains   88 operations, 53 schemas\n\
         next       cargo xtask regenerate\n"
    );
    assert!(copy.read("specs/2.65.0.json") == snapshot_of("2.65.0"));
    assert_eq!(
        server.lines(),
        [
            "GET /api/doc.json",
            "GET /en/login",
            "POST /en/login_check",
            "GET /api/doc.json",
            "GET /api/doc",
            "GET /api/version",
        ]
    );
}

#[test]
fn api_credentials_are_tried_before_a_login() {
    let password = [LOGIN[0], LOGIN[1], ("KIMAI_API_PASSWORD", API_PASSWORD)];
    for (release, variables, name, ask) in [
        ("2.0.35", password, "API password", "Kimai 2.0.35\n"),
        ("2.34.0", ALL, "API token", "Kimai 2.34.0\n"),
        // No release before 2.14 knows tokens of this kind: the session says the release.
        (
            "2.13.0",
            ALL,
            "API token",
            "status 403 Forbidden\ntrying     URL/api/version with the session\nresult     Kimai 2.13.0\n",
        ),
    ] {
        let server = Kimai::new(release, SWAGGER).start();
        let (_, said) = fetched(&server, &variables);
        let start =
            format!("trying     URL/api/doc.json with the {name}\nresult     the server requires a web login\n");
        assert!(said.err.starts_with(&start), "{}", said.err);
        let end = format!("\ntrying     URL/api/version with the {name}\nresult     {ask}");
        assert!(said.err.ends_with(&end), "{}", said.err);
    }
}

#[test]
fn a_document_shown_to_the_token_needs_no_login() {
    let document = snapshot_of("2.65.0");
    let json = Reply::json(200, document.as_str());
    let server = newest().with("GET /api/doc.json", json).start();
    let (copy, said) = fetched(&server, &[("KIMAI_TOKEN", TOKEN)]);
    assert_eq!(
        said.err,
        "trying     URL/api/doc.json with the API token\n\
         received   169944 bytes\n\
         result     the document\n\
         trying     URL/api/version with the API token\n\
         result     Kimai 2.65.0\n"
    );
    assert!(copy.read("specs/2.65.0.json") == document);
    assert_eq!(server.lines(), ["GET /api/doc.json", "GET /api/version"]);
}

#[test]
fn a_wrong_token_does_not_stand_in_the_way() {
    let server = newest().start();
    let (_, said) = fetched(&server, &[LOGIN[0], LOGIN[1], ("KIMAI_TOKEN", "canary-expired")]);
    assert!(said.err.ends_with(
        "\ntrying     URL/api/version with the API token\n\
         result     status 401 Unauthorized\n\
         trying     URL/api/version with the session\n\
         result     Kimai 2.65.0\n"
    ));
}

#[test]
fn kimai_lives_in_a_folder_and_any_of_its_pages_is_its_address() {
    for page in ["/kimai", "/kimai/", "/kimai/en/login", "/kimai/api/doc"] {
        let server = newest().in_folder("/kimai").start();
        let copy = Copy::without_snapshots();
        let said = run(&copy, &server, &["fetch", &format!("URL{page}")], &LOGIN);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(said.out.starts_with("read       URL/kimai/api/doc (OpenAPI 3.0.0, "), "{}", said.out);
        assert!(copy.read("specs/2.65.0.json") == snapshot_of("2.65.0"));
    }
}

#[test]
fn what_is_shown_after_the_login_makes_no_difference() {
    for page in ["/en/wizard/intro", "/", "/de/timesheet/?order=ASC"] {
        let kimai = newest();
        let kimai = kimai.answering("POST /en/login_check", move |_| {
            Reply::to(page).header("Set-Cookie", "PHPSESSID=canary-session; path=/")
        });
        fetched(&kimai.start(), &LOGIN);
    }
}

#[test]
fn the_same_page_at_another_address_is_followed() {
    let server = newest()
        .with("GET /en/login", Reply::to("/de/login"))
        .with("GET /de/login", super::kimai::login_page())
        .with("GET /api/doc.json", Reply::to("/api/doc.json/?a=b"))
        .with("GET /api/doc.json/?a=b", Reply::json(200, SWAGGER))
        .start();
    let (_, said) = fetched(&server, &LOGIN);
    assert!(said.out.starts_with("read       URL/api/doc.json (Swagger 2.0, 178 bytes)\n"), "{}", said.out);
}

#[test]
fn a_byte_order_mark_and_a_charset_are_understood() {
    let body = format!("\u{feff}\r\n{SWAGGER}");
    let reply = Reply::of(200, "application/json; charset=utf-8", body);
    let server = Kimai::new("1.30.11", SWAGGER).with("GET /api/doc.json", reply).start();
    let (copy, _) = fetched(&server, &LOGIN);
    assert_eq!(copy.read("specs/1.30.11.json"), SWAGGER_SNAPSHOT);
}

#[test]
fn regenerate_takes_the_document_of_a_server() {
    let copy = Copy::new();
    copy.ok(&["regenerate"]);
    let specs = copy.files("specs");
    let server = newest().start();
    let said = run(&copy, &server, &["regenerate", "--spec", "URL", "--out", "out"], &ALL);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.starts_with(
            "read       URL/api/doc (OpenAPI 3.0.0, JSON, 169943 bytes)\n\
             release    Kimai 2.65.0\n\
             repaired   5 × empty-object: "
        ),
        "{}",
        said.out
    );
    assert_eq!(copy.files("out"), copy.files("generated-client/src/generated"));
    assert_eq!(copy.files("specs"), specs);
}

/// How Kimai behaves: 'The document does not name the release'.
#[test]
fn the_release_can_be_said_where_the_server_does_not() {
    for reply in [Reply::json(200, "{}"), Reply::html(200, "Welcome"), Reply::json(404, "{}"), Reply::to("/en/login")] {
        let server = newest().with("GET /api/version", reply).start();
        let copy = Copy::without_snapshots();
        let said = run(&copy, &server, &["fetch", "URL", "--kimai", "2.65.0"], &LOGIN);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(copy.path("specs/2.65.0.json").exists());
    }
}

#[test]
fn a_release_does_not_change() {
    let (copy, _) = fetched(&newest().start(), &LOGIN);
    let before = copy.files("specs");
    // The same again is no change.
    assert_eq!(run(&copy, &newest().start(), &["fetch", "URL"], &LOGIN).code, Some(0));
    assert_eq!(copy.files("specs"), before);

    let changed = snapshot_of("2.65.0").replace("\"/api/ping\"", "\"/api/pong\"");
    let server = Kimai::new("2.65.0", changed.as_str()).start();
    let said = run(&copy, &server, &["fetch", "URL"], &LOGIN);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    assert!(
        said.err.ends_with(
            "\nerror: specs/ already has a different snapshot of 2.65.0: if that one is wrong, use --replace; \
             differences (- only in the old one, + only in the new one, ~ in both):\n    - /paths/~1api~1ping\n    \
             + /paths/~1api~1pong\n"
        ),
        "{}",
        said.err
    );
    assert_eq!(copy.files("specs"), before);

    let said = run(&copy, &server, &["fetch", "URL", "--replace"], &LOGIN);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(copy.read("specs/2.65.0.json").contains("\"/api/pong\""));
}
