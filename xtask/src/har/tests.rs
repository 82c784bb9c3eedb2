use codegen::audit::Exchange;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::read::parse;
use super::{HarError, Recording, read, write};
use crate::secrets::Secrets;

/// Exported by the developer tools of Chromium 148 ('Export HAR with sensitive data', with 'Preserve log' switched on),
/// from two pages that ask the test server of 2.65.0 through a proxy. The proxy adds what a test server does not have:
/// cookies, caches, a login page, a binary download. Headers about the browser and the connection were removed.
const BROWSER: &[u8] = include_bytes!("../../tests/it/fixtures/browser.har");

fn parsed(har: &Value) -> Result<Recording, String> {
    parse(har.to_string().as_bytes(), "x.har", None).map_err(|error| error.to_string())
}

/// A HAR with one entry; `change` gets the entry.
fn with(change: impl Fn(&mut Value)) -> Value {
    let mut entry = json!({
        "request": {"method": "GET", "url": "https://k.example.com/api/version", "headers": []},
        "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"size": 20, "text": "{\"version\":\"2.65.0\"}"}},
    });
    change(&mut entry);
    json!({"log": {"entries": [entry]}})
}

fn ignored(recording: &Recording) -> Vec<(&str, usize)> {
    recording.ignored.iter().map(|ignored| (ignored.reason.as_str(), ignored.count)).collect()
}

#[test]
fn a_browser_s_export_is_read() {
    let recording = parse(BROWSER, "browser.har", None).unwrap();
    assert_eq!(recording.address, "http://time.example.com/kimai");
    assert_eq!(recording.release.as_ref().unwrap().as_str(), "2.65.0");
    let shown: Vec<String> = recording
        .exchanges
        .iter()
        .map(|exchange| format!("{} {} {}", exchange.status, exchange.method, exchange.path))
        .collect();
    assert_eq!(
        shown,
        [
            "200 GET /api/version",
            "200 GET /api/ping",
            "400 GET /api/timesheets",
            "200 GET /api/timesheets",
            "404 GET /api/timesheets/99999",
            "200 GET /api/customers/1",
            "200 GET /api/config/colors",
            "200 GET /api/config/timesheet",
            "200 GET /api/invoices/1/download",
            "400 POST /api/tags",
            "200 GET /api/echo",
        ]
    );
    assert_eq!(
        ignored(&recording),
        [
            ("requests to other paths than /api/", 7),
            ("responses whose body the browser did not keep", 1),
            ("responses from the browser's cache", 2),
            ("requests for the API document", 1),
            ("redirects to the login page", 1),
            ("requests to other servers", 2),
            ("requests without a response: blocked, cancelled or failed", 1),
        ]
    );
    let query: Vec<(&str, &str)> =
        recording.exchanges[2].query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(query, [("size", "2"), ("tags[]", "a b"), ("token", "<redacted>")]);
    assert_eq!(recording.exchanges[3].header("x-total-pages"), Some("46"));
    assert_eq!(recording.exchanges[8].body, b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\x0a\xff\x00\x80");
}

#[test]
fn no_secret_of_a_browser_s_export_is_shown_or_written() {
    let recording = parse(BROWSER, "browser.har", None).unwrap();
    let echoed = String::from_utf8(recording.exchanges.last().unwrap().body.clone()).unwrap();
    assert!(echoed.contains("canary-bearer-token") && echoed.contains("canary-session-cookie"));
    assert_eq!(
        recording.secrets.redact(&echoed),
        r#"{"authorization":"Bearer <redacted>","cookie":"PHPSESSID=<redacted>; kimai_lang=de"}"#
    );
    for secret in ["api-password", "query-token", "stats-key", "stats-cookie"].map(|name| format!("canary-{name}")) {
        assert_eq!(recording.secrets.redact(&secret), "<redacted>");
    }
    assert_eq!(recording.secrets.redact("canary/web password"), "<redacted>");
    assert!(!format!("{recording:?}").contains("canary"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clean.har");
    write(&path, &recording, false).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("canary") && !text.contains("time.example.com"), "{text}");
    assert!(text.contains("https://kimai.example.com/api/customers/1"));
}

#[test]
fn what_is_written_is_read_back() {
    let bodies: [&[u8]; 9] = [
        b"",
        b"{\"a\": 1.50, \"b\": \"\\u00e9\\/\"}",
        "\u{feff}{\"ü\u{1}\u{2028}😀\": null}".as_bytes(),
        b"\xff\x00\x80",
        b"\"",
        b"{\"cut\": \"",
        b"[1,\r\n2]",
        "<p>é</p>".as_bytes(),
        &[0; 300],
    ];
    let owned = |pairs: &[(&str, &str)]| pairs.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect::<Vec<_>>();
    let mut exchanges = Vec::new();
    for (index, body) in bodies.into_iter().enumerate() {
        for (method, path, query) in [
            ("GET", "/api/timesheets", &[("a[]", "1 2"), ("a[]", "ü&=%+#"), ("", "")][..]),
            ("PATCH", "/api/x/%2F%20%C3%A9/y", &[][..]),
        ] {
            exchanges.push(Exchange {
                method: method.to_owned(),
                path: path.to_owned(),
                query: owned(query),
                status: [200, 201, 404, 500, 100][index % 5],
                headers: owned(&[("Content-Type", "application/json"), ("x-é", "ü\"\\"), ("X-Empty", "")]),
                body: body.to_vec(),
            });
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.har");
    let recording = Recording {
        name: "server".to_owned(),
        address: "http://127.0.0.1:8001/kimai".to_owned(),
        release: Some("2.20.0".parse().unwrap()),
        exchanges,
        ignored: Vec::new(),
        secrets: Secrets::default(),
    };
    write(&path, &recording, false).unwrap();
    let back = read(&path, None).unwrap();
    assert_eq!(back.exchanges, recording.exchanges);
    assert_eq!((back.release, back.address.as_str()), (recording.release.clone(), "https://kimai.example.com"));
    assert!(back.ignored.is_empty());

    let first = std::fs::read(&path).unwrap();
    assert!(matches!(write(&path, &recording, false), Err(crate::error::Error::Exists { .. })));
    write(&path, &recording, true).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), first);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn secrets_are_written_nowhere() {
    let mut secrets = Secrets::default();
    secrets.add(SecretString::from("can"));
    let exchange = Exchange {
        method: "GET".to_owned(),
        path: "/api/x/can".to_owned(),
        query: vec![("q".to_owned(), "can".to_owned())],
        status: 200,
        headers: [("X-Echo", "can"), ("Set-Cookie", "a=b"), ("Content-Type", "a/can"), ("Location", "http://k/can")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        body: br#"{"can": "can", "password": "other", "n": [1, "https:\/\/k\/a"]}"#.to_vec(),
    };
    let recording = Recording {
        name: String::new(),
        address: "https://k".to_owned(),
        release: None,
        exchanges: vec![exchange],
        ignored: Vec::new(),
        secrets,
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.har");
    write(&path, &recording, false).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("can\"") && !text.contains("/can") && !text.contains("a=b"), "{text}");
    let har: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        har.pointer("/log/entries/0/response/content/text").unwrap(),
        r#"{"<redacted>": "<redacted>", "password": "<redacted>", "n": [1, "https:\/\/kimai.example.com\/a"]}"#
    );
}

#[test]
fn headers_are_written_without_secrets() {
    let headers = [
        ("X-Auth-Token", "canary"),
        ("Location", "https://K.example.com/x?a=1&token=canary#access_token=canary"),
        ("Link", "<https://k.example.com/x?api%5Fkey=canary&page=2>; rel=\"next\""),
        ("X-Host", "k.example.com"),
    ];
    let exchange = Exchange {
        method: "GET".to_owned(),
        path: "/api/x".to_owned(),
        query: Vec::new(),
        status: 302,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        body: Vec::new(),
    };
    let recording = Recording {
        name: String::new(),
        address: "https://k.example.com".to_owned(),
        release: None,
        exchanges: vec![exchange],
        ignored: Vec::new(),
        secrets: Secrets::default(),
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.har");
    write(&path, &recording, false).unwrap();
    let har: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let location = "https://kimai.example.com/x?a=1&token=<redacted>#access_token=<redacted>";
    assert_eq!(
        har.pointer("/log/entries/0/response/headers").unwrap(),
        &json!([
            {"name": "X-Auth-Token", "value": "<redacted>"},
            {"name": "Location", "value": location},
            {"name": "Link", "value": "<https://kimai.example.com/x?api%5Fkey=<redacted>&page=2>; rel=\"next\""},
            {"name": "X-Host", "value": "kimai.example.com"},
        ])
    );
    assert_eq!(har.pointer("/log/entries/0/response/redirectURL").unwrap(), location);
}

#[test]
fn the_server_with_most_requests_counts() {
    let har = |urls: &[&str]| {
        let entry = |url: &&str| json!({"request": {"method": "GET", "url": url}, "response": {"status": 204}});
        json!({"log": {"entries": urls.iter().map(entry).collect::<Vec<_>>()}}).to_string()
    };
    let text = har(&[
        "https://user:canary@a.example.com/api/x?canary",
        "https://b.example.com/one/api/ping",
        "https://b.example.com/one/api/version",
        "https://b.example.com//api/version",
        "https://b.example.com/style.css",
        "data:image/png;base64,canary",
        "chrome-extension://x/api/y",
    ]);
    let recording = parse(text.as_bytes(), "x.har", None).unwrap();
    assert_eq!((recording.address.as_str(), recording.exchanges.len()), ("https://b.example.com/one", 2));
    assert_eq!(
        ignored(&recording),
        [
            ("requests to other servers", 1),
            ("requests to another folder of the server", 1),
            ("requests to other paths than /api/", 3),
        ]
    );
    let other = parse(text.as_bytes(), "x.har", Some("https://b.example.com//")).unwrap();
    assert_eq!((other.address.as_str(), other.exchanges.len()), ("https://b.example.com/", 1));
    let error = parse(text.as_bytes(), "x.har", Some("https://c.example.com")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "x.har: no request to the server of --base; it has requests to https://a.example.com, \
         https://b.example.com/one, https://b.example.com/"
    );
    let error = parse(text.as_bytes(), "x.har", Some("b.example.com")).unwrap_err();
    assert!(error.to_string().starts_with("--base: not a URL"), "{error}");
    let error = parse(har(&["https://a.example.com/"]).as_bytes(), "x.har", None).unwrap_err();
    assert_eq!(error.to_string(), "x.har: no request has /api/ in its path: use Kimai while you record");
}

#[test]
fn the_server_says_the_release() {
    let version = |version: &str| {
        json!({"request": {"method": "GET", "url": "https://k/api/version"},
            "response": {"status": 200, "content": {"text": format!("{{\"version\":\"{version}\"}}")}}})
    };
    let browser = json!({"name": "Kimai", "version": "2.63.0"});
    let release = |har: Value| parsed(&har).unwrap().release.map(|release| release.to_string());
    let entries = [version("2.65.0"), version("2.65.0")];
    assert_eq!(release(json!({"log": {"browser": browser, "entries": entries}})).as_deref(), Some("2.65.0"));
    let ping = json!([{"request": {"method": "GET", "url": "https://k/api/ping"}, "response": {"status": 204}}]);
    assert_eq!(release(json!({"log": {"browser": browser, "entries": ping}})).as_deref(), Some("2.63.0"));
    let firefox = json!({"name": "Firefox", "version": "2.63.0"});
    assert_eq!(release(json!({"log": {"browser": firefox, "entries": ping}})), None);
    let entries = [version("1.30.11"), version("2.65.0")];
    assert_eq!(
        parsed(&json!({"log": {"entries": entries}})).err().as_deref(),
        Some("x.har: has responses of Kimai 1.30.11 and 2.65.0: record each release in a file of its own")
    );
}

/// Reports would lose these words otherwise.
#[test]
fn short_cookies_are_no_secrets() {
    let har = with(|entry| {
        entry["request"]["headers"] =
            json!([{"name": "Cookie", "value": "view=timesheets; lang=properties; PHPSESSID=0123456789abcdef"}]);
    });
    let recording = parse(har.to_string().as_bytes(), "x.har", None).unwrap();
    assert_eq!(recording.secrets.redact("timesheets.properties 0123456789abcdef"), "timesheets.properties <redacted>");
}

#[test]
fn two_releases_in_a_file_are_an_error() {
    let version = |host: &str, version: &str| {
        json!({"request": {"method": "GET", "url": format!("https://{host}/api/version")},
            "response": {"status": 200, "content": {"text": format!("{{\"version\":\"{version}\"}}")}}})
    };
    let entries = [version("k", "1.30.11"), version("k", "2.65.0")];
    assert_eq!(
        parsed(&json!({"log": {"entries": entries}})).unwrap_err(),
        "x.har: has responses of Kimai 1.30.11 and 2.65.0: record each release in a file of its own"
    );
    // Of two addresses, only one counts.
    let har = json!({"log": {"entries": [version("a", "1.30.11"), version("b", "2.65.0")]}}).to_string();
    for (base, release) in [("https://a", "1.30.11"), ("https://b", "2.65.0")] {
        assert_eq!(parse(har.as_bytes(), "x.har", Some(base)).unwrap().release.unwrap().as_str(), release);
    }
}

#[test]
fn short_credentials_are_secrets() {
    let har = with(|entry| {
        entry["request"]["url"] = json!("https://u:passwd@k.example.com/api/version?token=query1");
        entry["request"]["headers"] =
            json!([{"name": "Authorization", "value": "Bearer bearer"}, {"name": "X-AUTH-TOKEN", "value": "header"}]);
        entry["request"]["postData"] =
            json!({"text": r#"[{"name": "api_token", "value": "field1"}, {"secret": {"a": ["nested"]}}]"#});
    });
    let recording = parse(har.to_string().as_bytes(), "x.har", None).unwrap();
    assert_eq!(
        recording.secrets.redact("passwd query1 bearer header field1 nested"),
        "<redacted> <redacted> <redacted> <redacted> <redacted> <redacted>"
    );
}

#[test]
fn what_is_no_response_is_not_compared_as_an_empty_one() {
    const LOST: &str = "responses whose body the browser did not keep";
    let response = |response: Value| with(move |entry| entry["response"] = response.clone());
    for (har, reason) in [
        (with(|entry| entry["request"]["method"] = json!("options")), "preflight requests of the browser"),
        (response(Value::Null), "requests without a response: blocked, cancelled or failed"),
        (response(json!({"status": -1})), "requests without a response: blocked, cancelled or failed"),
        (response(json!({"status": 304})), "responses from the browser's cache"),
        (with(|entry| entry["_fromCache"] = json!("memory")), "responses from the browser's cache"),
        (with(|entry| entry["_fetchType"] = json!("Disk Cache")), "responses from the browser's cache"),
        (
            response(json!({"status": 302, "redirectURL": "https://k.example.com/de/login?x=/"})),
            "redirects to the login page",
        ),
        (response(json!({"status": 200, "content": {"size": 5}})), LOST),
        (response(json!({"status": 200, "content": {"size": 5, "text": ""}})), LOST),
        (response(json!({"status": 200, "bodySize": 5})), LOST),
        (response(json!({"status": 200, "headers": [{"name": "content-length", "value": "5"}]})), LOST),
        (
            with(|entry| entry["response"]["content"]["text"] = json!("{\"version\":")),
            "responses of whose body the browser kept only a part",
        ),
    ] {
        let recording = parsed(&har).unwrap();
        assert_eq!(ignored(&recording), [(reason, 1)], "{har}");
        assert!(recording.exchanges.is_empty());
    }
    for empty in [json!({"status": 204}), json!({"status": 200, "content": {"size": 0, "text": ""}, "bodySize": 30})] {
        assert_eq!(parsed(&response(empty)).unwrap().exchanges[0].body, b"");
    }
    // A redirect to anything else is a response.
    let moved = parsed(&response(json!({"status": 301, "redirectURL": "/api/tags/"}))).unwrap();
    assert_eq!(moved.exchanges[0].status, 301);
}

#[test]
fn errors_name_the_file_and_the_place() {
    let text = |bytes: &[u8]| parse(bytes, "x.har", None).unwrap_err().to_string();
    let again = "export the requests as HAR, in the network tab of the browser's developer tools";
    assert_eq!(text(b"\xff\xfe{\0"), "x.har: not UTF-8: export the requests as HAR again, and do not convert the file");
    assert_eq!(text(b""), "x.har: incomplete: the JSON ends early: export the requests as HAR again");
    assert_eq!(text(b"{\"log\": {"), "x.har: incomplete: the JSON ends early: export the requests as HAR again");
    assert_eq!(text(b"<html>"), format!("x.har: not JSON (line 1, column 1): {again}"));
    assert_eq!(text(b"[]"), format!("x.har: the JSON is no object, so this is no HAR: {again}"));
    assert_eq!(text(b"{}"), format!("x.har: /log is missing, so this is no HAR: {again}"));
    assert_eq!(text(br#"{"log": 1}"#), format!("x.har: /log is no object, so this is no HAR: {again}"));
    assert_eq!(text(br#"{"log": {}}"#), format!("x.har: /log/entries is missing, so this is no HAR: {again}"));
    assert_eq!(
        text(br#"{"log": {"entries": {}}}"#),
        format!("x.har: /log/entries is no list, so this is no HAR: {again}")
    );
    for (har, expected) in [
        (json!({"log": {"entries": [1]}}), "/log/entries/0 must be an object"),
        (with(|entry| entry["request"] = json!({})), "/log/entries/0/request/url is missing"),
        (with(|entry| entry["request"]["url"] = json!(1)), "/log/entries/0/request/url must be text"),
        (with(|entry| entry["request"]["method"] = json!(1)), "/log/entries/0/request/method must be text"),
        (
            with(|entry| entry["response"]["status"] = json!("200")),
            "/log/entries/0/response/status must be a whole number",
        ),
        (
            with(|entry| entry["response"]["status"] = json!(7)),
            "/log/entries/0/response/status must be a status of HTTP",
        ),
        (with(|entry| entry["response"]["headers"] = json!({})), "/log/entries/0/response/headers must be a list"),
        (
            with(|entry| entry["response"]["headers"] = json!([{"value": "x"}])),
            "/log/entries/0/response/headers/0/name is missing",
        ),
        (
            with(|entry| entry["response"]["content"]["encoding"] = json!("hex")),
            "/log/entries/0/response/content/encoding must be base64, or missing",
        ),
        (
            with(|entry| entry["response"]["content"] = json!({"text": "AAA", "encoding": "base64"})),
            "/log/entries/0/response/content/text is not base64",
        ),
    ] {
        assert_eq!(
            parsed(&har).unwrap_err(),
            format!("x.har: {expected}: export the requests again, or remove this entry from the file")
        );
    }
    let deep = format!(r#"{{"log": {{"entries": [{{"x": {}1{}}}]}}}}"#, "[".repeat(200), "]".repeat(200));
    assert!(
        text(deep.as_bytes()).starts_with("x.har: /log/entries/0 is nested too deeply"),
        "{}",
        text(deep.as_bytes())
    );
}

#[test]
fn a_byte_order_mark_is_no_damage() {
    let text = format!("\u{feff}{}", with(|_| {}));
    assert_eq!(parse(text.as_bytes(), "x.har", None).unwrap().exchanges.len(), 1);
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    for end in (0..BROWSER.len() - 3).step_by(61) {
        let error = parse(&BROWSER[..end], "x.har", None).unwrap_err();
        assert!(matches!(error, HarError::Incomplete { .. } | HarError::NotUtf8 { .. }), "{end}: {error}");
    }
    for at in (0..BROWSER.len()).step_by(211) {
        for byte in [b'"', b'{', b'\\', b'9', 0xff] {
            let mut bytes = BROWSER.to_vec();
            bytes[at] = byte;
            // It may be as good as before.
            if let Err(error) = parse(&bytes, "x.har", None) {
                let text = error.to_string();
                assert!(text.starts_with("x.har: ") && !text.contains("canary"), "{at}: {text}");
            }
        }
    }
    let values = [json!(null), json!(true), json!(-1), json!(1e300), json!("é"), json!([]), json!([{}]), json!({})];
    let whole = with(|entry| {
        entry["startedDateTime"] = json!("2026-01-01T00:00:00Z");
        entry["request"]["cookies"] = json!([{"name": "a", "value": "b"}]);
        entry["request"]["postData"] = json!({"params": [{"name": "token", "value": "x"}], "text": "{}"});
    });
    let mut places = vec![String::new()];
    let mut next = 0;
    while let Some(place) = places.get(next).cloned() {
        match whole.pointer(&place).unwrap() {
            Value::Object(members) => places.extend(members.keys().map(|name| format!("{place}/{name}"))),
            Value::Array(values) => places.extend((0..values.len()).map(|index| format!("{place}/{index}"))),
            _ => {}
        }
        next += 1;
    }
    assert!(places.len() > 20);
    for place in places {
        for value in &values {
            let mut har = whole.clone();
            *har.pointer_mut(&place).unwrap() = value.clone();
            if let Err(text) = parsed(&har) {
                assert!(text.starts_with("x.har: "), "{place}: {text}");
            }
        }
    }
}
