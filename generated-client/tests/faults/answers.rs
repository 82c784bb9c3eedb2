//! Responses of the wrong shape, and refusals of all shapes.

use std::io::Write as _;

use flate2::{Compress, Compression, FlushCompress};
use generated_client::types::NewTimesheet;
use generated_client::{Auth, Client, Error, ids};

use crate::server::{Asked, Server, Step, answer, head, json};
use crate::support::{CANARY, builder, checked, client};

/// What the ping says of an answer.
async fn said(steps: impl Fn() -> Vec<Step> + Send + Sync + 'static) -> (Error, String) {
    let server = Server::start(move |_| steps());
    let kimai = builder(server.url()).no_retries().build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    let text = checked(&error);
    (error, text)
}

#[tokio::test]
async fn nothing_where_json_is_due() {
    for status in [200, 204] {
        let (error, text) = said(move || json(status, "")).await;
        assert!(matches!(error, Error::Decode { .. }));
        assert_eq!(text, "system.ping: the response could not be decoded: it is empty, and JSON was expected");
    }
}

#[tokio::test]
async fn no_content_is_an_answer_to_what_answers_nothing() {
    let server = Server::start(|_| answer(204, &[], ""));
    client(&server).tags().delete(ids::TagId::new(3)).await.unwrap();
}

#[tokio::test]
async fn a_login_page_with_200() {
    let page = "<!DOCTYPE html><html><body><form action=\"/en/login_check\">";
    let (error, text) = said(move || answer(200, &[("Content-Type", "text/html")], page)).await;
    assert!(matches!(error, Error::Decode { .. }));
    assert!(text.contains("it is a web page") && text.contains("login page or proxy"), "{text}");
    // Also where nothing is due.
    let server = Server::start(move |_| answer(200, &[("Content-Type", "text/html")], page));
    let error = client(&server).tags().delete(ids::TagId::new(3)).await.unwrap_err();
    assert!(checked(&error).starts_with("tags.delete: the response could not be decoded: it is a web page"));
}

#[tokio::test]
async fn web_pages_as_errors() {
    for (status, is_retryable) in [(500, false), (502, true), (503, true), (504, true)] {
        let page = "<html><head><title>Bad Gateway</title></head></html>";
        let (error, text) = said(move || answer(status, &[("Content-Type", "text/html")], page)).await;
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.is_retryable(), is_retryable);
        assert!(text.starts_with(&format!("GET /api/ping: the server returned {status} ")), "{text}");
        assert_eq!(error.as_api().unwrap().body, page);
    }
}

/// How Kimai behaves: 'Error bodies'.
#[tokio::test]
async fn error_bodies_of_all_shapes() {
    let (error, text) = said(|| json(400, r#"{"code":400,"message":"Bad Request"}"#)).await;
    assert!(error.is_validation());
    assert_eq!(text, "GET /api/ping: the server returned 400 Bad Request");

    // The code as text, and children that are flat.
    let body = r#"{"code":"400","message":"Validation Failed","errors":{"children":{
        "name":{"errors":["Too long.","Too dull."]},"members[0].user":{"errors":["Unknown."]}}}}"#;
    let (error, text) = said(move || json(400, body)).await;
    let refusal = error.as_api().unwrap();
    assert_eq!((refusal.code, refusal.message.as_deref()), (Some(400), Some("Validation Failed")));
    assert_eq!(refusal.field("name"), ["Too long.", "Too dull."]);
    assert_eq!(refusal.field("members[0].user"), ["Unknown."]);
    assert_eq!(
        text,
        "GET /api/ping: the server returned 400 Bad Request: Validation Failed (members[0].user: Unknown.; name: Too \
         long.; name: Too dull.)"
    );

    // Nested, empty children as {} and [].
    let body = r#"{"code":400,"message":"Validation Failed","errors":{"errors":[],"children":{
        "begin":{},"end":[],"members":{"children":{"0":{"children":{"user":{"errors":["Unknown."]}}}}}}}}"#;
    let (error, _) = said(move || json(400, body)).await;
    let refusal = error.as_api().unwrap();
    assert_eq!(refusal.field("members.0.user"), ["Unknown."]);
    assert_eq!((refusal.field("begin"), refusal.field("members.1.user")), (&[][..], &[][..]));

    // Without a code: wrong X-AUTH headers.
    let (error, text) = said(|| json(403, r#"{"message":"Invalid credentials"}"#)).await;
    assert!(error.is_unauthorized() && !error.is_forbidden());
    assert_eq!(error.as_api().unwrap().code, None);
    assert_eq!(text, "GET /api/ping: the server returned 403 Forbidden: Invalid credentials");

    // Nothing but a header.
    let (error, text) = said(|| answer(401, &[("WWW-Authenticate", "Bearer")], "")).await;
    assert!(error.is_unauthorized());
    assert_eq!(error.as_api().unwrap().headers["www-authenticate"], "Bearer");
    assert_eq!(text, "GET /api/ping: the server returned 401 Unauthorized; check the credentials");

    // What is none of them.
    for body in
        ["[]", "null", "{}", "{\"code\":{},\"message\":[],\"errors\":7}", "{\"errors\":{\"children\":[1]}}", "\0"]
    {
        let (error, text) = said(move || json(418, body)).await;
        assert_eq!(error.as_api().unwrap().message, None);
        assert_eq!(text, "GET /api/ping: the server returned 418 I'm a teapot");
    }
}

#[tokio::test]
async fn reasons_in_other_forms_than_kimais_are_shown() {
    for (status, media_type, body, shown) in [
        (400, "text/plain", "The trial has ended", "400 Bad Request: The trial has ended"),
        (503, "text/plain", "Back at noon", "503 Service Unavailable: Back at noon"),
        (400, "application/json", r#""Month is approved already""#, "400 Bad Request: Month is approved already"),
        (
            422,
            "application/problem+json",
            r#"{"title":"Month is closed","detail":"ask Tony","status":422}"#,
            "422 Unprocessable Entity: Month is closed: ask Tony",
        ),
        (400, "application/json", r#"{"error":"key revoked"}"#, "400 Bad Request: key revoked"),
        (400, "application/json", r#"{"detail":"no such month"}"#, "400 Bad Request: no such month"),
        (
            400,
            "application/json",
            r#"{"code":400,"message":"Validation Failed","errors":["month: is closed"]}"#,
            "400 Bad Request: Validation Failed (month: is closed)",
        ),
        (
            400,
            "application/json",
            r#"{"code":400,"message":"Bad Request","errors":{"month":["is closed"]}}"#,
            "400 Bad Request (month: is closed)",
        ),
        (
            500,
            "text/html",
            "<html><head><title>Proxy: no upstream</title></head><body>x</body></html>",
            "500 Internal Server Error: Proxy: no upstream",
        ),
    ] {
        let (error, text) = said(move || answer(status, &[("Content-Type", media_type)], body)).await;
        assert_eq!(text, format!("GET /api/ping: the server returned {shown}"));
        assert!(error.was_sent());
    }
}

#[tokio::test]
async fn a_403_with_a_text_shows_the_text_and_then_the_permission() {
    let server = Server::start(|_| json(403, r#""Not for this team""#));
    let kimai = builder(server.url()).no_retries().build().unwrap();
    let error = kimai.invoices().get(ids::InvoiceId::new(1)).await.unwrap_err();
    assert!(error.is_forbidden() && !error.is_unauthorized());
    assert_eq!(
        checked(&error),
        "GET /api/invoices/{id}: the server returned 403 Forbidden: Not for this team; the operation requires the \
         permission view_invoice"
    );
    // Without permissions, there is nothing to hint at.
    let (_, text) = said(|| json(403, r#""Not for this team""#)).await;
    assert_eq!(text, "GET /api/ping: the server returned 403 Forbidden: Not for this team");
}

#[tokio::test]
async fn the_source_of_a_response_that_could_not_be_decoded_is_the_parsers_error() {
    let (error, text) = said(|| json(200, r#"{"message":17}"#)).await;
    let Error::Decode { reason, .. } = &error else { panic!("{error}") };
    assert_eq!(error.to_string(), r#"system.ping: the response could not be decoded at message (near {"message":17})"#);
    assert_eq!(reason.problem(), "invalid type: integer `17`, expected a string at line 1 column 13");
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.downcast_ref::<serde_json::Error>().is_some_and(serde_json::Error::is_data));
    assert_eq!(text, format!("{error}: {}", reason.problem()));
}

/// Logs are read line by line, on terminals.
#[tokio::test]
async fn what_a_server_says_stays_in_one_line() {
    let body =
        r#"{"message":"a\nERROR faked\u001b[31m","errors":{"errors":["b\r\nc"],"children":{"d\ne":{"errors":["f"]}}}}"#;
    let (error, text) = said(move || json(400, body)).await;
    assert_eq!(error.as_api().unwrap().message.as_deref(), Some("a ERROR faked [31m"));
    assert_eq!(text, "GET /api/ping: the server returned 400 Bad Request: a ERROR faked [31m (b  c; d e: f)");
    let page = "<html>\n\u{1b}[31m<body>";
    for steps in [answer(200, &[], page), json(200, "{\"message\":\n[\"\u{1b}]\"]}")] {
        let server = Server::answers(vec![steps]);
        let error = client(&server).system().ping().await.unwrap_err();
        assert!(!checked(&error).contains(char::is_control), "{error}");
    }
}

/// How Kimai behaves: 'Refused credentials'.
#[tokio::test]
async fn refused_credentials_differ_from_a_missing_permission() {
    let (error, _) = said(|| json(401, r#"{"message":"Authentication required"}"#)).await;
    assert!(error.is_unauthorized());
    let (error, text) = said(|| json(403, r#"{"code":403,"message":"Forbidden"}"#)).await;
    assert!(error.is_forbidden() && !error.is_unauthorized());
    assert_eq!(text, "GET /api/ping: the server returned 403 Forbidden");
}

/// How Kimai behaves: 'Extra fields'.
#[tokio::test]
async fn extra_fields_are_named_with_likely_causes() {
    let body = r#"{"code":400,"message":"Validation Failed","errors":{"errors":["Keine zus\u00e4tzlichen Felder."],
        "children":{"project":{},"activity":{},"tags":{}}}}"#;
    let server = Server::start(move |_| json(400, body));
    let form = NewTimesheet::new(ids::ProjectId::new(1), ids::ActivityId::new(2));
    let form = form.begin("2026-11-02T08:00:00".parse().unwrap()).description("canary");
    let error = client(&server).timesheets().create(form.clone()).await.unwrap_err();
    let text = checked(&error);
    let refusal = error.as_api().unwrap();
    assert_eq!(refusal.extra_fields(), ["begin", "description"]);
    assert_eq!(
        refusal.likely_causes(),
        [
            "`begin`: the tracking modes punch and duration_fixed_begin do not accept it",
            "`description`: it is newer than the server, or requires a permission that you do not have",
        ]
    );
    assert!(text.contains("; likely causes: `begin`: the tracking modes"), "{text}");

    // An error of a property, or of the form for another reason, is another matter.
    for body in [
        r#"{"code":400,"message":"Validation Failed","errors":{"children":{"begin":{"errors":["No."]}}}}"#,
        r#"{"code":400,"message":"Validation Failed","errors":{"errors":["No."],"children":{"begin":{},"end":{},
            "description":{},"project":{},"activity":{}}}}"#,
        r#"{"code":400,"message":"Validation Failed","errors":{"errors":["No."]}}"#,
    ] {
        let server = Server::start(move |_| json(400, body));
        let error = client(&server).timesheets().create(form.clone()).await.unwrap_err();
        assert!(!checked(&error).contains("likely") && error.as_api().unwrap().extra_fields().is_empty());
    }
}

#[tokio::test]
async fn what_a_server_does_not_have() {
    for status in [405, 410, 501] {
        let (error, text) = said(move || json(status, r#"{"code":405,"message":"Gone"}"#)).await;
        assert!(matches!(error, Error::Unsupported(_)));
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(text.ends_with("; this server does not have the operation"), "{text}");
    }
}

#[tokio::test]
async fn an_operation_that_is_missing_after_a_retry_counts_both_attempts() {
    let server = Server::start(|asked| if asked.number == 0 { answer(503, &[], "") } else { answer(501, &[], "") });
    let error = client(&server).tags().find().await.unwrap_err();
    assert!(matches!(error, Error::Unsupported(_)), "{error}");
    assert_eq!(error.as_api().unwrap().attempts, 2);
}

#[tokio::test]
async fn json_nested_100_000_deep() {
    let deep = |open: &str| open.repeat(100_000);
    let (error, _) = said(move || json(200, &deep("["))).await;
    assert!(matches!(error, Error::Decode { .. }));
    let (error, _) = said(move || json(200, &format!("{{\"message\":{}", deep("[")))).await;
    assert!(matches!(error, Error::Decode { .. }));
    let (error, _) = said(move || json(200, &format!("{{\"nosuch\":{}", deep("{\"a\":")))).await;
    assert!(matches!(error, Error::Decode { .. }));
    let (error, _) = said(move || json(400, &format!("{{\"errors\":{}", deep("{\"children\":")))).await;
    assert_eq!(error.as_api().unwrap().message, None);
}

/// A gzip stream of as many MiB of spaces, in a thousandth of the size.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut compress = Compress::new(Compression::fast(), false);
    let mut block = Vec::with_capacity(64 * 1024);
    // After a full flush, the same bytes mean the same again.
    compress.compress_vec(&vec![b' '; 1024 * 1024], &mut block, FlushCompress::Full).unwrap();
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    for _ in 0..mebibytes {
        bytes.write_all(&block).unwrap();
    }
    bytes
}

#[tokio::test]
async fn a_gzip_bomb() {
    let bytes = bomb(1024);
    assert!(bytes.len() < 8 * 1024 * 1024, "{}", bytes.len());
    let (error, text) = said(move || {
        vec![Step::Send(head(200, &[("Content-Encoding", "gzip"), ("Connection", "close")])), Step::Send(bytes.clone())]
    })
    .await;
    assert!(matches!(error, Error::TooLarge { limit: 67_108_864, operation: "system.ping" }));
    assert!(text.starts_with("system.ping: the response is larger than 67108864 bytes"), "{text}");
}

#[tokio::test]
async fn a_gzip_bomb_as_an_error() {
    let bytes = bomb(1024);
    let (error, _) = said(move || {
        vec![Step::Send(head(500, &[("Content-Encoding", "gzip"), ("Connection", "close")])), Step::Send(bytes.clone())]
    })
    .await;
    let read = error.as_api().unwrap().body.len();
    assert!((500_000..=1024 * 1024).contains(&read), "{read}");
}

fn chunks(mebibytes: usize) -> Vec<Step> {
    let mut chunk = b"100000\r\n".to_vec();
    chunk.resize(chunk.len() + 1024 * 1024, b' ');
    chunk.extend(b"\r\n");
    vec![Step::Send(head(200, &[("Transfer-Encoding", "chunked")])), Step::Repeat(chunk, mebibytes)]
}

#[tokio::test]
async fn a_body_of_1_gib_in_chunks() {
    let (error, _) = said(|| chunks(1024)).await;
    assert!(matches!(error, Error::TooLarge { limit: 67_108_864, .. }));
}

#[tokio::test]
async fn the_limit_can_be_set() {
    let server = Server::start(|_| json(200, &format!("{:<1000}", r#"{"message":"pong"}"#)));
    let kimai = builder(server.url()).max_size(999).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 999, .. }));
    assert_eq!(kimai.system().ping().with_max_size(1000).await.unwrap().message, "pong");
    // Also where the length is not announced.
    let server = Server::start(|_| chunks(2));
    let kimai = builder(server.url()).max_size(1024 * 1024).build().unwrap();
    assert!(matches!(kimai.system().ping().await.unwrap_err(), Error::TooLarge { limit: 1_048_576, .. }));
}

#[tokio::test]
async fn an_encoding_that_nobody_asked_for() {
    let (error, text) = said(|| answer(200, &[("Content-Encoding", "br")], [0x0b, 0x02, 0x80])).await;
    assert!(matches!(error, Error::Decode { .. }));
    assert_eq!(
        text,
        "system.ping: the response could not be decoded: it has a content encoding that was not asked for (br)"
    );
}

#[tokio::test]
async fn a_wrong_shape_names_the_place_and_shows_it() {
    let body = format!(r#"{{"pad":"{}","message":17,"more":"{}"}}"#, "a".repeat(500), "b".repeat(500));
    let (error, text) = said(move || json(200, &body)).await;
    let Error::Decode { reason, .. } = &error else { panic!("{text}") };
    assert_eq!(reason.path(), "message");
    assert!(reason.excerpt().contains(r#""message":17,"more":"bbb"#), "{}", reason.excerpt());
    assert!(reason.excerpt().starts_with('…') && reason.excerpt().chars().count() < 210);
}

/// Errors of values quote their beginning, which may be that of a credential.
#[tokio::test]
async fn a_credential_in_place_of_a_value_is_not_printed() {
    let secret = format!("canary{}", "x".repeat(60));
    let body = format!(r#"[{{"begin":"{secret}"}}]"#);
    let server = Server::start(move |_| json(200, &body));
    let kimai = Client::builder(server.url(), Auth::bearer(secret.as_str())).build().unwrap();
    let error = kimai.timesheets().active().await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error}");
    let all = checked(&error);
    assert!(!all.contains("canary"), "{all}");
}

/// A server that repeats what it was sent, wherever it can.
#[tokio::test]
async fn what_a_careless_server_repeats_is_not_printed() {
    type Repeats = fn(&Asked) -> Vec<Step>;
    let servers: [Repeats; 10] = [
        |asked| answer(418, &[("X-Echo", &asked.repeated())], asked.repeated()),
        |asked| {
            answer(
                401,
                &[("Set-Cookie", "PHPSESSID=canary")],
                with_lower_case_escapes(&form_urlencoded(&asked.repeated())),
            )
        },
        |asked| answer(500, &[("Content-Type", "text/html")], format!("<pre>{}</pre>", asked.repeated())),
        |asked| answer(200, &[("Content-Type", "text/html")], format!("<pre>{}</pre>", asked.repeated())),
        |asked| json(200, &format!(r#"{{"message":[{}]}}"#, serde_json::to_string(&asked.repeated()).unwrap())),
        |asked| json(200, &format!("{} is no JSON", asked.repeated())),
        |asked| {
            let text = serde_json::to_string(&asked.repeated()).unwrap();
            json(
                400,
                &format!(
                    r#"{{"message":{text},"errors":{{"errors":[{text}],"children":{{{text}:{{"errors":[{text}]}}}}}}}}"#
                ),
            )
        },
        |asked| {
            let text = serde_json::to_string(&asked.repeated()).unwrap().replace('/', "\\/");
            json(200, &format!(r#"{{"nosuch":{text},"message":{{{text}:1}}}}"#))
        },
        |asked| {
            let to: String = form_urlencoded(&asked.repeated());
            answer(302, &[("Location", &format!("/{to}?{to}#{to}"))], "")
        },
        |asked| {
            let secret = asked.header("x-auth-token").or_else(|| asked.header("authorization")).unwrap_or_default();
            answer(200, &[("Content-Encoding", secret)], "")
        },
    ];
    for (number, repeats) in servers.into_iter().enumerate() {
        let server = Server::start(repeats);
        let cookie = format!("PHPSESSID={CANARY}; path=canary-path");
        for auth in [Auth::token("susan", CANARY), Auth::bearer(CANARY), Auth::session(cookie)] {
            let kimai = Client::builder(server.url(), auth).no_retries().build().unwrap();
            let Err(error) = kimai.system().ping().await else { continue };
            let text = checked(&error);
            assert!(matches!(number, 0..=2 | 8 | 9) || text.contains('…'), "{number}: {text}");
        }
    }
}

fn form_urlencoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Text with `%2f` in place of `%2F`.
fn with_lower_case_escapes(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| format!("{text}%{}{}", part[..2].to_lowercase(), &part[2..]))
}
