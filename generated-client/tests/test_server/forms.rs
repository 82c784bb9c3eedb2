//! The test server reads what the API documents of all snapshots of supported releases declare.

use std::collections::{BTreeMap, BTreeSet};

use generated_client::Release;
use generated_client::test_server::TestServer;
use reqwest::blocking::Client;
use serde_json::Value;

use crate::releases::{documents, properties};
use crate::support::report;

/// Operations with a form in the request, with values for their paths.
const FORMS: [(&str, &str, &str); 18] = [
    ("post", "/api/activities", "/api/activities"),
    ("patch", "/api/activities/{id}", "/api/activities/1"),
    ("post", "/api/activities/{id}/rates", "/api/activities/1/rates"),
    ("post", "/api/customers", "/api/customers"),
    ("patch", "/api/customers/{id}", "/api/customers/1"),
    ("post", "/api/customers/{id}/comments", "/api/customers/1/comments"),
    ("post", "/api/customers/{id}/rates", "/api/customers/1/rates"),
    ("post", "/api/projects", "/api/projects"),
    ("patch", "/api/projects/{id}", "/api/projects/1"),
    ("post", "/api/projects/{id}/comments", "/api/projects/1/comments"),
    ("post", "/api/projects/{id}/rates", "/api/projects/1/rates"),
    ("post", "/api/tags", "/api/tags"),
    ("post", "/api/teams", "/api/teams"),
    ("patch", "/api/teams/{id}", "/api/teams/1"),
    ("post", "/api/timesheets", "/api/timesheets"),
    ("patch", "/api/timesheets/{id}", "/api/timesheets/1"),
    ("post", "/api/users", "/api/users"),
    ("patch", "/api/users/{id}", "/api/users/4"),
];

/// What forms and documents have differently.
struct Known {
    operations: &'static [&'static str],
    properties: &'static [&'static str],
    since: Release,
    until: Release,
    evidence: &'static str,
}

const KNOWN: [Known; 4] = [
    Known {
        operations: &[
            "post /api/activities",
            "patch /api/activities/{id}",
            "post /api/customers",
            "patch /api/customers/{id}",
            "post /api/projects",
            "patch /api/projects/{id}",
        ],
        properties: &["budget", "timeBudget", "budgetType"],
        since: Release::new(1, 30, 11),
        until: Release::new(2, 43, 0),
        evidence: "the recorded servers of 1.30.11 and 2.0.35 take and name them",
    },
    Known {
        operations: &["post /api/projects"],
        properties: &["teams"],
        since: Release::new(2, 0, 0),
        until: Release::new(2, 43, 0),
        evidence: "the recorded server of 2.0.35 names it, that of 1.30.11 does not",
    },
    Known {
        operations: &["patch /api/activities/{id}", "patch /api/customers/{id}", "patch /api/projects/{id}"],
        properties: &["teams"],
        since: Release::new(2, 0, 0),
        until: Release::new(3, 0, 0),
        evidence: "the recorded servers of 2.0.35 and 2.65.0 name it for new objects only; the document has one form",
    },
    Known {
        operations: &["post /api/timesheets", "patch /api/timesheets/{id}"],
        properties: &["internalRate"],
        since: Release::new(2, 31, 0),
        until: Release::new(2, 32, 0),
        evidence: "the documents before and after have no such property",
    },
];

#[test]
fn every_release_reads_what_its_document_declares() {
    let client = Client::new();
    let (mut compared, mut problems) = (0, BTreeMap::<String, Vec<String>>::new());
    let mut seen = BTreeSet::new();
    for (release, document) in documents() {
        let server = TestServer::builder().release(release).start().unwrap();
        let user = &server.users()[0];
        for (method, path, request) in FORMS {
            let schema = &document["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
            if schema.is_null() {
                continue;
            }
            let declared = properties(&document, schema);
            // The errors of a form name all of its properties.
            let response = client
                .request(method.to_uppercase().parse().unwrap(), format!("{}{request}", server.url()))
                .header("X-AUTH-USER", user.name)
                .header("X-AUTH-TOKEN", &user.password)
                .body("{\"nosuch\": 1}")
                .send()
                .unwrap();
            let operation = format!("{method} {path}");
            assert_eq!(response.status().as_u16(), 400, "{operation} of {release}");
            let body: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
            let read: BTreeSet<String> = body["errors"]["children"].as_object().unwrap().keys().cloned().collect();
            compared += 1;
            for (what, name) in declared
                .difference(&read)
                .map(|name| ("not read", name))
                .chain(read.difference(&declared).map(|name| ("not declared", name)))
            {
                let is_known = KNOWN.iter().any(|known| {
                    known.operations.contains(&operation.as_str())
                        && known.properties.contains(&name.as_str())
                        && (known.since..known.until).contains(&release)
                });
                if is_known {
                    seen.insert(format!("{operation} {name}"));
                } else {
                    problems.entry(format!("{operation} {name}: {what}")).or_default().push(release.to_string());
                }
            }
        }
    }
    report(&format!("test server: {compared} forms compared with their documents"));
    let listed: Vec<String> =
        problems.iter().map(|(problem, releases)| format!("{problem} in {}", releases.join(" "))).collect();
    assert!(listed.is_empty(), "{} problems:\n{}", listed.len(), listed.join("\n"));
    for Known { operations, properties, evidence, .. } in KNOWN {
        for known in operations.iter().flat_map(|of| properties.iter().map(move |name| format!("{of} {name}"))) {
            assert!(seen.contains(&known), "no difference is left for {known}: {evidence}");
        }
    }
}
