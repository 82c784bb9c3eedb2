//! Recorded exchanges, sent to the test server in their order: it answers the same, value by value.

use std::collections::{BTreeMap, BTreeSet};

use generated_client::Release;
use generated_client::blocking::Client as BlockingClient;
use generated_client::ids::{ActivityId, TagId, TeamId};
use generated_client::test_server::{CustomField, FieldOwner, TestServer, TrackingMode};
use generated_client::types::{ActivityPatch, NewTag};
use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::difference::Comparison;
use crate::ids::Ids;
use crate::support::readers::Readers;
use crate::support::{Exchange, recording, report};

/// What is expected to be different: recording and position of an exchange, the reason, and all differences.
const EXPECTED: &[(&str, usize, &str, &[&str])] = &[
    (
        "2.65.0",
        43,
        DENSE,
        &[
            "body: recorded ids [183, 179, 187, 186, 188, 189, 185, 184], not [183, 179]",
            "body: recorded 42 generated records, not 48",
        ],
    ),
    ("2.65.0", 45, DENSE, &["x-total-count: recorded 18, not 37", "body: recorded 11 generated records, not 30"]),
    (
        "2.65.0",
        69,
        DENSE,
        &[
            "body: recorded ids [183, 179, 187, 186, 188, 189, 185, 184, 180, 181], not [183, 179, 187, 186, 188, 189]",
            "body: recorded 40 generated records, not 44",
        ],
    ),
    (
        "2.65.0",
        139,
        "there were no invoices yet",
        &["x-total-count: recorded 0, not 2", "body: recorded ids [], not [2, 1]"],
    ),
    (
        "2.65.0",
        140,
        "there were no invoices yet",
        &["x-total-count: recorded 0, not 2", "x-total-pages: recorded 1, not 2", "body: recorded ids [], not [2]"],
    ),
    (
        "2.65.0-extra",
        58,
        "generated records of others come first",
        &["body[generated].user: recorded {1, 2, 3, 4}, not {2, 3, 4}"],
    ),
    ("2.65.0-extra", 60, DENSE, &["x-total-count: recorded 65, not 58", "body: recorded 65 generated records, not 58"]),
    ("2.0.35", 6, "Susan had used the pages, with their wizard", &[WIZARDS]),
    (
        "2.0.35",
        42,
        DENSE,
        &[
            "body: recorded ids [183, 179, 187, 186, 188, 189, 185, 184], not [183, 179]",
            "body: recorded 42 generated records, not 48",
        ],
    ),
    ("2.0.35", 44, DENSE, &["x-total-count: recorded 20, not 37", "body: recorded 13 generated records, not 30"]),
    (
        "2.0.35",
        52,
        "two records had been made without `billable`",
        &[
            "x-total-count: recorded 5, not 3",
            "body: recorded 2 generated records, not 0",
            "body[generated].user: recorded {1}, not {}",
        ],
    ),
    (
        "2.0.35",
        68,
        DENSE,
        &[
            "body: recorded ids [183, 179, 187, 186, 188, 189, 185, 184, 180, 181], not [183, 179, 187, 186, 188, 189]",
            "body: recorded 40 generated records, not 44",
        ],
    ),
    (
        "2.0.35",
        72,
        "two records had been made without `billable`",
        &["body[generated].billable: recorded false, not true"],
    ),
    ("2.0.35", 129, "a user was left from before", &["body: recorded ids [2, 4, 7, 1, 3], not [2, 4, 1, 3]"]),
    ("2.0.35", 153, "Susan had used the pages, with their wizard", &[WIZARDS]),
    (
        "1.30.11",
        42,
        DENSE,
        &[
            "body: recorded ids [183, 179, 187, 186, 188, 189, 185, 184], not [183, 179]",
            "body: recorded 42 generated records, not 48",
        ],
    ),
    ("1.30.11", 44, DENSE, &["body: recorded 11 generated records, not 30"]),
];

/// Why lists of some time have more or fewer records.
const DENSE: &str = "generated records are of other days, two a day";

const WIZARDS: &str = "body.preferences: recorded [\"hourly_rate\", \"internal_rate\", \"first_weekday\", \
     \"favorite_routes\", \"__wizards__\"], not [\"hourly_rate\", \"internal_rate\", \"first_weekday\", \
     \"favorite_routes\"]";

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

/// Headers of the connection, which no recording has.
const OF_CONNECTION: [&str; 2] = ["date", "content-length"];

fn differences(
    exchange: &Exchange,
    (ids, last_generated): (&Ids, u64),
    url: &str,
    (status, headers, body): (u16, &BTreeMap<String, String>, &str),
) -> Vec<String> {
    if status != exchange.status {
        return vec![format!("status: recorded {}, not {status} {body:.600}", exchange.status)];
    }
    let mut found = Vec::new();
    let recorded: BTreeMap<String, &String> =
        exchange.headers.iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
    let names: BTreeSet<&String> = recorded.keys().chain(headers.keys()).collect();
    for name in names.into_iter().filter(|name| !OF_CONNECTION.contains(&name.as_str())) {
        // The order of methods and the address of the server mean nothing.
        let plain = |value: &str| match name.as_str() {
            "allow" => value.split(", ").collect::<BTreeSet<&str>>().into_iter().collect::<Vec<&str>>().join(", "),
            "location" if value.starts_with(url) => value[url.len()..].to_owned(),
            "location" => format!("/{}", value.splitn(4, '/').last().unwrap()),
            _ => value.to_owned(),
        };
        match (recorded.get(name).map(|value| plain(value)), headers.get(name).map(|value| plain(value))) {
            (Some(recorded), Some(ours)) if recorded != ours => {
                found.push(format!("{name}: recorded {recorded}, not {ours}"));
            }
            (Some(_), None) => found.push(format!("{name}: missing")),
            (None, Some(_)) => found.push(format!("{name}: made up")),
            _ => {}
        }
    }
    match (serde_json::from_str::<Value>(&exchange.answer), serde_json::from_str::<Value>(body)) {
        (Ok(recorded), Ok(ours)) => {
            let mut comparison = Comparison { ids, last_generated, found: Vec::new() };
            comparison.bodies(&exchange.path, &recorded, &ours);
            found.extend(comparison.found);
        }
        // The page of a redirect is for browsers.
        (Err(_), Err(_)) if status == 302 => {}
        (Err(_), Err(_)) if exchange.answer == body => {}
        _ => found.push(format!("body: recorded {}, not {body}", exchange.answer)),
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

fn replay(name: &str, server: &TestServer, last_generated: u64, before: impl Fn(&TestServer, usize, &Exchange)) {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let (mut ids, mut failures, mut expected) = (Ids::default(), Vec::new(), 0);
    ids.learn("/api/timesheets", &json!({"id": last_generated}), &json!({"id": LAST_GENERATED}));
    let (exchanges, readers) = (recording(name), Readers::all());
    for (position, exchange) in exchanges.iter().enumerate() {
        before(server, position, exchange);
        server.set_now(Some(exchange.at.parse().unwrap()));
        let path = ids.translate(&exchange.path);
        let (status, headers, body) = send(&client, server, exchange, &path);
        if let (true, Ok(recorded), Ok(ours)) = (
            exchange.method != "GET" && status == 200,
            serde_json::from_str(&exchange.answer),
            serde_json::from_str(&body),
        ) {
            ids.learn(&exchange.path, &recorded, &ours);
        }
        let mut found = differences(exchange, (&ids, last_generated), server.url(), (status, &headers, &body));
        found.extend(not_decoded(&readers, exchange, &headers, &body));
        if let Some((_, _, reason, known)) = EXPECTED.iter().find(|(of, index, _, _)| *of == name && *index == position)
        {
            expected += 1;
            if found != *known {
                failures
                    .push(format!("{position} {}: as {reason}, expected {known:#?}, not {found:#?}", exchange.title()));
            }
        } else {
            failures.extend(found.iter().map(|problem| format!("{position} {}: {problem:.900}", exchange.title())));
        }
    }
    report(&format!("test server: {} exchanges of {name} replayed, {expected} answered otherwise", exchanges.len()));
    let last = EXPECTED.iter().filter(|(of, ..)| *of == name).map(|(_, index, ..)| *index).max();
    assert!(last < Some(exchanges.len()), "{name} has no exchange {last:?}");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// The last time record of the sample data. It runs, and is the same on the recorded servers.
const LAST_GENERATED: u64 = 179;

/// A server with sample data of a time.
fn server(release: [u32; 3], time: &str) -> TestServer {
    let [major, minor, patch] = release;
    let now = format!("2026-11-23T{time}Z").parse().unwrap();
    TestServer::builder().release(Release::new(major, minor, patch)).now(now).start().unwrap()
}

#[test]
fn exchanges_of_2_65_0() {
    replay("2.65.0", &server([2, 65, 0], "16:30:00"), 179, |_, _, _| {});
}

#[test]
fn more_exchanges_of_2_65_0() {
    let server = server([2, 65, 0], "16:30:00");
    replay("2.65.0-extra", &server, 179, |server, position, exchange| match position {
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

/// What the recorded server of 2.0.35 had, and had no more: it was used before.
fn as_recorded_2_0_35(kimai: &BlockingClient) {
    kimai.teams().delete(TeamId::new(1)).send().unwrap();
    for tag in [1, 3] {
        kimai.tags().delete(TagId::new(tag)).send().unwrap();
    }
    kimai.tags().create(NewTag::new("urgent160409")).send().unwrap();
    kimai.activities().update(ActivityId::new(2), ActivityPatch::new().comment("geändert")).send().unwrap();
}

#[test]
fn exchanges_of_2_0_35() {
    // Some records were deleted here before, and the team.
    replay("2.0.35", &server([2, 0, 35], "16:34:00"), 182, |server, position, _| {
        if position == 0 {
            as_recorded_2_0_35(&BlockingClient::connect(server.url(), server.auth()).unwrap());
        }
    });
}

#[test]
fn exchanges_of_1_30_11() {
    replay("1.30.11", &server([1, 30, 11], "16:34:00"), 179, |_, _, _| {});
}
