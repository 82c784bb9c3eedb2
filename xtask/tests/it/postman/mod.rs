//! `cargo xtask postman`.

mod bodies;
mod http;
mod laws;

use serde_json::{Value, json};

use crate::support::Copy;

/// Releases with different forms, parameters and ways to log in.
const SPREAD: [&str; 9] = ["1.0", "1.10", "1.30.11", "2.0.0", "2.14.0", "2.31.0", "2.45.0", "2.57.0", "2.65.0"];

/// The collection of a release.
fn collection(copy: &Copy, release: &str) -> Value {
    serde_json::from_str(&copy.ok(&["postman", "--release", release])).unwrap()
}

/// The requests of a collection with the folders that they are in.
fn requests(collection: &Value) -> Vec<(&str, &Value)> {
    let folders = collection["item"].as_array().unwrap();
    folders
        .iter()
        .flat_map(|folder| {
            let name = folder["name"].as_str().unwrap();
            folder["item"].as_array().unwrap().iter().map(move |item| (name, item))
        })
        .collect()
}

/// The request of this name.
fn request<'a>(collection: &'a Value, name: &str) -> &'a Value {
    let found = requests(collection).into_iter().find(|(_, item)| item["name"] == name);
    &found.unwrap_or_else(|| panic!("no request is called '{name}'")).1["request"]
}

/// A query parameter of a request.
fn query<'a>(request: &'a Value, key: &str) -> &'a Value {
    let rows = request["url"]["query"].as_array().unwrap();
    rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no parameter is called '{key}'"))
}

/// The keys and values of the variables.
fn variables(collection: &Value) -> Vec<(&str, &str)> {
    let variables = collection["variable"].as_array().unwrap();
    variables.iter().map(|one| (one["key"].as_str().unwrap(), one["value"].as_str().unwrap())).collect()
}

#[test]
fn the_newest_release_is_written_to_standard_output_or_to_a_file() {
    let copy = Copy::with_all_snapshots();
    let text = copy.ok(&["postman"]);
    let newest: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(newest["info"]["name"], "Kimai 2.65.0");
    assert_eq!(newest["info"]["schema"], "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");

    assert_eq!(copy.ok(&["postman", "--out", "kimai.json"]), "written    kimai.json\n");
    assert_eq!(copy.read("kimai.json"), text);
    assert_eq!(
        copy.fails(&["postman", "--release", "2.20.0", "--out", "kimai.json"]),
        "error: kimai.json exists: choose another name, or use --replace\n"
    );
    assert_eq!(copy.read("kimai.json"), text);
    copy.ok(&["postman", "--release", "2.20.0", "--out", "kimai.json", "--replace"]);
    assert!(copy.read("kimai.json").contains("\"name\": \"Kimai 2.20.0\""));
    assert_eq!(
        copy.fails(&["postman", "--out", "new/folder/kimai.json"]),
        "error: cannot write new/folder/kimai.json\n  because: No such file or directory (os error 2)\n"
    );
}

#[test]
fn a_release_without_a_snapshot_is_an_error() {
    let copy = Copy::with_all_snapshots();
    assert_eq!(
        copy.refuses(&["postman", "--release", "2.99.0", "--out", "kimai.json"]),
        "error: specs/ has no snapshot of 2.99.0; it has 98 releases from 1.0 to 2.65.0; add one with \
         `cargo xtask fetch --from FILE --kimai 2.99.0`\n"
    );
    assert!(!copy.path("kimai.json").exists());
    let empty = Copy::without_snapshots();
    assert!(empty.fails(&["postman"]).starts_with("error: specs/ has no snapshots: "));
}

#[test]
fn a_token_is_sent_since_2_14_and_no_secret_has_a_value() {
    let copy = Copy::with_all_snapshots();
    let newest = collection(&copy, "2.65.0");
    assert_eq!(
        variables(&newest),
        [
            ("baseUrl", "https://kimai.example.com"),
            ("token", ""),
            ("username", ""),
            ("apiPassword", ""),
            ("newPassword", "")
        ]
    );
    let bearer = json!({"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]});
    assert_eq!(newest["auth"], bearer);
    assert_eq!(
        newest["event"],
        json!([{"listen": "prerequest", "script": {"type": "text/javascript", "exec": [
            "const username = pm.variables.replaceIn(\"{{username}}\");",
            "const password = pm.variables.replaceIn(\"{{apiPassword}}\");",
            "const token = pm.variables.replaceIn(\"{{token}}\");",
            "if (username && password && !token) {",
            "    pm.request.headers.upsert({key: \"X-AUTH-USER\", value: username});",
            "    pm.request.headers.upsert({key: \"X-AUTH-TOKEN\", value: password});",
            "}",
        ]}}])
    );
    assert_eq!(collection(&copy, "2.14.0")["auth"], bearer);

    let old = collection(&copy, "2.13.0");
    assert_eq!(old["auth"], json!({"type": "noauth"}));
    assert!(!old.to_string().to_lowercase().contains("bearer"));
    assert!(variables(&old).iter().all(|(key, _)| *key != "token"));
    assert_eq!(old["event"][0]["script"]["exec"][2], "if (username && password) {");
    // Nothing but the script and the collection logs in.
    for (_, item) in requests(&newest) {
        assert!(item["request"].get("auth").is_none());
        let headers = item["request"]["header"].as_array().unwrap();
        assert!(headers.iter().all(|header| header["key"] == "Accept" || header["key"] == "Content-Type"), "{item}");
    }
}

#[test]
fn a_password_that_a_request_sets_is_a_variable() {
    let copy = Copy::with_all_snapshots();
    let newest = collection(&copy, "2.65.0");
    let raw = request(&newest, "Creates a user")["body"]["raw"].as_str().unwrap();
    let body: Value = serde_json::from_str(raw).unwrap();
    assert_eq!(
        body,
        json!({
            "email": "jane@example.com", "enabled": true, "plainPassword": "{{newPassword}}", "username": "jane",
        })
    );
    // This release cannot create users.
    assert!(variables(&collection(&copy, "1.0")).iter().all(|(key, _)| *key != "newPassword"));
}

#[test]
fn optional_parameters_are_off_and_have_values_as_they_are_sent() {
    let copy = Copy::with_all_snapshots();
    let newest = collection(&copy, "2.65.0");
    let list = request(&newest, "Lists time records, newest first");
    assert_eq!(list["url"]["raw"], "{{baseUrl}}/api/timesheets");
    assert_eq!(
        *query(list, "begin"),
        json!({
            "key": "begin", "value": "2026-11-02T08:00:00", "disabled": true,
            "description": "Limits the list to records that begin at or after this wall-clock time in your time zone.",
        })
    );
    assert_eq!(
        *query(list, "active"),
        json!({
            "key": "active", "value": "1", "disabled": true,
            "description": "Limits the list to running (`true`) or stopped (`false`) records.\n\n\
                            `1` is true, and `0` is false.",
        })
    );
    assert_eq!(query(list, "tags[]")["value"], "Example");
    assert_eq!(query(list, "user")["value"], "1");
    assert_eq!(query(list, "users[]")["value"], "1");
    assert_eq!(query(list, "full")["disabled"], true);
    let order = query(list, "order");
    assert_eq!(order["value"], "ASC");
    assert!(order["description"].as_str().unwrap().ends_with("\n\nOne of `ASC`, `DESC`."), "{order}");

    let old = collection(&copy, "1.30.11");
    let list = request(&old, "Lists time records, newest first");
    assert_eq!(query(list, "tags")["value"], "Example");
    assert_eq!(query(list, "activities")["value"], "1");
}

#[test]
fn names_and_descriptions_tell_what_is_deprecated_or_gone() {
    let copy = Copy::with_all_snapshots();
    let newest = collection(&copy, "2.65.0");
    let tags = request(&newest, "Lists the names of tags (deprecated)");
    assert!(tags["description"].as_str().unwrap().contains("\n\nDeprecated.\n\n"), "{tags}");
    let team = request(&newest, "Creates a team for an activity; current servers refuse this with 410 (gone)");
    let said = team["description"].as_str().unwrap();
    assert!(
        said.ends_with(
            "\n\nServers return only status 410.\n\n\
             Use `POST /api/teams` and `POST /api/teams/{id}/activities/{activityId}` instead."
        ),
        "{said}"
    );
}

/// Written by `cargo xtask postman`, and looked at.
#[test]
fn the_folder_of_tags_is_as_it_was() {
    let copy = Copy::with_all_snapshots();
    let newest = collection(&copy, "2.65.0");
    let folder = newest["item"].as_array().unwrap().iter().find(|folder| folder["name"] == "tags").unwrap();
    assert_eq!(format!("{folder:#}\n"), include_str!("tags.json"));
}
