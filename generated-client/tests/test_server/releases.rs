//! The test server shows what the API documents declare: those of all snapshots of supported releases.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use generated_client::test_server::TestServer;
use generated_client::{OLDEST_RELEASE, Release};
use reqwest::blocking::Client;
use serde_json::Value;

use crate::support::report;

/// Operations without a body in the request, with values for their paths.
const REQUESTS: [(&str, &str); 30] = [
    ("/api/activities", "/api/activities"),
    ("/api/activities/{id}", "/api/activities/3"),
    ("/api/activities/{id}/rates", "/api/activities/4/rates"),
    ("/api/actions/activity/{id}/{view}/{locale}", "/api/actions/activity/1/index/en"),
    ("/api/actions/customer/{id}/{view}/{locale}", "/api/actions/customer/1/index/en"),
    ("/api/actions/project/{id}/{view}/{locale}", "/api/actions/project/1/index/en"),
    ("/api/actions/timesheet/{id}/{view}/{locale}", "/api/actions/timesheet/1/index/en"),
    ("/api/config/i18n", "/api/config/i18n"),
    ("/api/config/timesheet", "/api/config/timesheet"),
    ("/api/customers", "/api/customers"),
    ("/api/customers/{id}", "/api/customers/1"),
    ("/api/customers/{id}/comments", "/api/customers/1/comments"),
    ("/api/customers/{id}/rates", "/api/customers/1/rates"),
    ("/api/invoices", "/api/invoices"),
    ("/api/invoices/{id}", "/api/invoices/1"),
    ("/api/ping", "/api/ping"),
    ("/api/plugins", "/api/plugins"),
    ("/api/projects", "/api/projects"),
    ("/api/projects/{id}", "/api/projects/1"),
    ("/api/projects/{id}/rates", "/api/projects/3/rates"),
    ("/api/tags", "/api/tags"),
    ("/api/tags/find", "/api/tags/find?name="),
    ("/api/teams", "/api/teams"),
    ("/api/teams/{id}", "/api/teams/1"),
    ("/api/timesheets", "/api/timesheets"),
    ("/api/timesheets/{id}", "/api/timesheets/1"),
    ("/api/users", "/api/users"),
    ("/api/users/me", "/api/users/me"),
    ("/api/users/{id}", "/api/users/1"),
    ("/api/version", "/api/version"),
];

/// What documents declare, and servers do otherwise: a path, a property, and the evidence.
const KNOWN: [(&str, &str, &str); 1] =
    [("/api/tags/find", "color-safe", "the document of 2.45.0 lacks it, those before and after have it")];

#[test]
fn every_release_shows_what_its_document_declares() {
    let client = Client::new();
    let (mut releases, mut compared, mut problems) = (0, 0, BTreeMap::<String, Vec<String>>::new());
    for (release, document) in documents() {
        releases += 1;
        let server = TestServer::builder().release(release).start().unwrap();
        let user = &server.users()[0];
        for (path, request) in REQUESTS {
            let operation = &document["paths"][path]["get"];
            let response = client
                .get(format!("{}{request}", server.url()))
                .header("X-AUTH-USER", user.name)
                .header("X-AUTH-TOKEN", &user.password)
                .send()
                .unwrap();
            let status = response.status().as_u16();
            let expected = if operation.is_null() { 404 } else { 200 };
            // Another method may have the path.
            let fits = status == expected || (operation.is_null() && status == 405);
            if !fits {
                problems
                    .entry(format!("{path}: status {status}, not {expected}"))
                    .or_default()
                    .push(release.to_string());
                continue;
            }
            if operation.is_null() {
                continue;
            }
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            let declared = properties(&document, schema);
            let body: Value = serde_json::from_str(&response.text().unwrap()).unwrap();
            let shown = body.as_array().map_or(Some(&body), |array| array.first());
            let Some(Value::Object(shown)) = shown else { continue };
            if declared.is_empty() {
                continue;
            }
            compared += 1;
            let shown: BTreeSet<String> = shown.keys().cloned().collect();
            for (what, name) in declared
                .difference(&shown)
                .map(|name| ("not shown", name))
                .chain(shown.difference(&declared).map(|name| ("not declared", name)))
            {
                if !KNOWN.iter().any(|(of, property, _)| *of == path && property == name) {
                    problems.entry(format!("{path} {name}: {what}")).or_default().push(release.to_string());
                }
            }
        }
    }
    report(&format!("test server: {compared} responses of {releases} releases compared with their documents"));
    let listed: Vec<String> =
        problems.iter().map(|(problem, releases)| format!("{problem} in {}", releases.join(" "))).collect();
    assert!(listed.is_empty(), "{} problems:\n{}", listed.len(), listed.join("\n"));
}

/// The snapshots of supported releases.
pub(crate) fn documents() -> Vec<(Release, Value)> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut documents: Vec<(Release, Value)> = fs::read_dir(specs)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let release: Release = path.file_name()?.to_str()?.strip_suffix(".json")?.parse().ok()?;
            (release >= OLDEST_RELEASE).then(|| (release, serde_json::from_slice(&fs::read(path).unwrap()).unwrap()))
        })
        .collect();
    documents.sort_by_key(|(release, _)| *release);
    documents
}

/// The properties of a schema, or of the elements of a list.
pub(crate) fn properties(document: &Value, schema: &Value) -> BTreeSet<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return properties(document, document.pointer(reference.trim_start_matches('#')).unwrap());
    }
    let mut names: BTreeSet<String> =
        schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        names.extend(properties(document, part));
    }
    if schema["type"] == "array" {
        names.extend(properties(document, &schema["items"]));
    }
    names
}
