//! Recorded exchanges, sent to the test server in their order: status, headers and shape of the body are the same.

use std::collections::{BTreeMap, BTreeSet};

use generated_client::Release;
use generated_client::test_server::{CustomField, FieldOwner, TestServer, TrackingMode};
use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::Value;

use crate::shape::Shape;
use crate::support::readers::Readers;
use crate::support::{Exchange, recording, report};

/// Exchanges with another response, by recording and position, with the reason.
const EXCEPTIONS: [(&str, usize, &str); 3] = [
    ("2.65.0", 139, "the recorded server had no invoices yet"),
    ("2.65.0", 140, "the recorded server had no invoices yet"),
    ("2.0.35", 7, "the recorded user was in no team"),
];

/// Lists of which the sample data has more or fewer records: of a month, or not billable.
const OTHER_COUNTS: [(&str, usize); 5] =
    [("2.65.0", 45), ("2.65.0", 53), ("2.65.0-extra", 60), ("2.0.35", 44), ("2.0.35", 52)];

/// Ids of the recording, and those of the test server for the same objects.
#[derive(Default)]
struct Ids(BTreeMap<(String, String), String>);

impl Ids {
    /// The path with ids of the test server.
    fn translate(&self, path: &str) -> String {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let segments: Vec<&str> = path.split('/').collect();
        let translated: Vec<String> = segments
            .iter()
            .enumerate()
            .map(|(position, segment)| {
                let before = position.checked_sub(1).map_or("", |position| segments[position]);
                let resource = if before == "timesheet" { "timesheets" } else { before };
                self.0.get(&(resource.to_owned(), (*segment).to_owned())).cloned().unwrap_or((*segment).to_owned())
            })
            .collect();
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        translated.join("/") + &query
    }

    /// Whether the path is that of an object which was created here, so that its values follow from the requests.
    fn has(&self, path: &str) -> bool {
        let segments: Vec<&str> = path.split(['/', '?']).collect();
        matches!(segments.as_slice(), ["", "api", resource, id, ..] if self.0.contains_key(&((*resource).to_owned(), (*id).to_owned())))
    }

    /// Remembers the id of an object that was created.
    fn learn(&mut self, path: &str, recorded: &Value, ours: &Value) {
        let (Some(recorded), Some(ours)) = (recorded["id"].as_u64(), ours["id"].as_u64()) else { return };
        let plain = path.split('?').next().unwrap_or_default();
        let resource = plain.split('/').nth(2).unwrap_or_default();
        if plain.split('/').nth(3) == Some(&recorded.to_string()) {
            // It was there before.
            return;
        }
        self.0.insert((resource.to_owned(), recorded.to_string()), ours.to_string());
    }
}

fn send(
    client: &Client,
    server: &TestServer,
    exchange: &Exchange,
    path: &str,
) -> (u16, BTreeMap<String, String>, String) {
    let (label, user) = exchange.label.rsplit_once(" as ").unwrap();
    let user = server.users().iter().find(|known| known.name == user).unwrap();
    let method = Method::from_bytes(exchange.method.as_bytes()).unwrap();
    let mut request = client.request(method, format!("{}{path}", server.url()));
    let is_new = server.release() >= Release::new(2, 14, 0);
    request = match label {
        "no credentials" => request,
        "bad bearer" => request.bearer_auth("wrong"),
        "bad X-AUTH" => request.header("X-AUTH-USER", user.name).header("X-AUTH-TOKEN", "wrong"),
        "X-AUTH-USER alone" => request.header("X-AUTH-USER", user.name),
        "X-AUTH" => request.header("X-AUTH-USER", user.name).header("X-AUTH-TOKEN", &user.password),
        _ if is_new => request.bearer_auth(&user.token),
        _ => request.header("X-AUTH-USER", user.name).header("X-AUTH-TOKEN", &user.password),
    };
    if let Some(body) = &exchange.body {
        request = request.header("Content-Type", "application/json").body(body.clone());
    }
    let response = request.send().unwrap();
    let status = response.status().as_u16();
    let headers =
        response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()));
    let headers = headers.collect();
    (status, headers, response.text().unwrap())
}

/// Headers that mean something, with those whose value follows from the request.
const HEADERS: [(&str, bool); 8] = [
    ("content-type", true),
    ("x-page", true),
    ("x-per-page", true),
    ("x-total-count", true),
    ("x-total-pages", true),
    ("www-authenticate", true),
    ("allow", true),
    ("content-disposition", false),
];

/// Properties whose values don't follow from requests.
const UNRELATED: [&str; 2] = ["id", "color-safe"];

fn differences(
    exchange: &Exchange,
    is_own: bool,
    status: u16,
    headers: &BTreeMap<String, String>,
    body: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    if status != exchange.status {
        found.push(format!("status: recorded {}, not {status} {body:.600}", exchange.status));
        return found;
    }
    let recorded: BTreeMap<String, &String> =
        exchange.headers.iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
    for (name, is_exact) in HEADERS {
        let sorted = |value: &str| value.split(", ").map(str::to_owned).collect::<BTreeSet<String>>();
        match (recorded.get(name), headers.get(name)) {
            (Some(recorded), Some(ours)) if is_exact && sorted(recorded) != sorted(ours) => {
                found.push(format!("{name}: recorded {recorded}, not {ours}"));
            }
            (Some(_), None) => found.push(format!("{name}: missing")),
            (None, Some(_)) => found.push(format!("{name}: made up")),
            _ => {}
        }
    }
    match (serde_json::from_str::<Value>(&exchange.answer), serde_json::from_str::<Value>(body)) {
        (Ok(recorded), Ok(ours)) => {
            Shape::of(&recorded).differences(&Shape::of(&ours), "body", false, &mut found);
            if let (true, Value::Object(recorded), Value::Object(ours)) = (is_own, &recorded, &ours) {
                let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
                for (name, value) in recorded.iter().filter(|(_, value)| is_scalar(value)) {
                    if !UNRELATED.contains(&name.as_str()) && ours.get(name).is_some_and(|other| other != value) {
                        found.push(format!("{name}: recorded {value}, not {}", ours[name]));
                    }
                }
            }
            if status >= 400 && recorded != ours {
                found.push(format!("body: recorded {recorded}, not {ours}"));
            }
        }
        (Err(_), Err(_)) => assert_eq!(exchange.answer.is_empty(), body.is_empty(), "{}", exchange.title()),
        _ => found.push("body: only one is JSON".to_owned()),
    }
    found
}

/// Why the client cannot decode our response, if it can decode the recorded one.
fn not_decoded(
    readers: &Readers,
    exchange: &Exchange,
    headers: &BTreeMap<String, String>,
    body: &str,
) -> Option<String> {
    let reader = readers.find(exchange).filter(|_| (200..300).contains(&exchange.status))?;
    (reader.again)(&exchange.response()).ok()?;
    let ours = Exchange { answer: body.to_owned(), headers: headers.clone(), ..exchange.clone() };
    (reader.again)(&ours.response()).err().map(|error| format!("the client cannot decode it: {error}"))
}

fn replay(name: &str, server: &TestServer, mut before: impl FnMut(&TestServer, usize, &Exchange)) {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let (mut ids, mut failures, mut exceptions) = (Ids::default(), Vec::new(), 0);
    let (exchanges, readers) = (recording(name), Readers::all());
    for (position, exchange) in exchanges.iter().enumerate() {
        before(server, position, exchange);
        server.set_now(Some(exchange.at.parse().unwrap()));
        let path = ids.translate(&exchange.path);
        let (status, headers, body) = send(&client, server, exchange, &path);
        let is_exception = EXCEPTIONS.iter().any(|(of, index, _)| *of == name && *index == position);
        let is_own = ids.has(&exchange.path) || exchange.method == "POST";
        let mut found = differences(exchange, is_own, status, &headers, &body);
        found.extend(not_decoded(&readers, exchange, &headers, &body));
        if OTHER_COUNTS.contains(&(name, position)) {
            found.retain(|problem| !problem.starts_with("x-total-"));
        }
        if is_exception {
            exceptions += 1;
            assert!(!found.is_empty(), "no exception is needed for {}", exchange.title());
        } else {
            failures.extend(found.iter().map(|problem| format!("{position} {}: {problem}", exchange.title())));
        }
        let created = exchange.method != "GET" && status == 200;
        if let (true, Ok(recorded), Ok(ours)) =
            (created, serde_json::from_str(&exchange.answer), serde_json::from_str(&body))
        {
            ids.learn(&exchange.path, &recorded, &ours);
        }
    }
    report(&format!("test server: {} exchanges of {name} replayed, {exceptions} answered otherwise", exchanges.len()));
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn server(release: [u32; 3]) -> TestServer {
    let [major, minor, patch] = release;
    // About the time of the recordings.
    let now = "2026-11-23T16:29:40Z".parse().unwrap();
    TestServer::builder().release(Release::new(major, minor, patch)).now(now).start().unwrap()
}

#[test]
fn exchanges_of_2_65_0() {
    replay("2.65.0", &server([2, 65, 0]), |_, _, _| {});
}

#[test]
fn more_exchanges_of_2_65_0() {
    let server = server([2, 65, 0]);
    replay("2.65.0-extra", &server, |server, position, exchange| match position {
        // The recorded servers got their custom fields in between.
        18 => define_fields(server, &[FieldOwner::Invoice]),
        53 => define_fields(
            server,
            &[FieldOwner::Timesheet, FieldOwner::Customer, FieldOwner::Project, FieldOwner::Activity],
        ),
        _ if exchange.label.starts_with("mode punch") => server.set_tracking_mode(TrackingMode::Punch),
        _ if exchange.label.starts_with("mode duration") => server.set_tracking_mode(TrackingMode::DurationFixedBegin),
        _ if exchange.label.starts_with("missing") => server.set_tracking_mode(TrackingMode::Default),
        _ => {}
    });
}

fn define_fields(server: &TestServer, owners: &[FieldOwner]) {
    for owner in owners {
        for name in ["location", "kilometers"] {
            server.define_custom_field(*owner, CustomField::text(name));
        }
        server.define_custom_field(*owner, CustomField::checkbox("travel"));
        server.define_custom_field(*owner, CustomField::text("factor").hidden());
    }
}

#[test]
fn exchanges_of_2_0_35() {
    replay("2.0.35", &server([2, 0, 35]), |_, _, _| {});
}

#[test]
fn exchanges_of_1_30_11() {
    replay("1.30.11", &server([1, 30, 11]), |_, _, _| {});
}
