//! The HTML reports: their content, and that no text of a document becomes markup.

use crate::support::Copy;
use scraper::{ElementRef, Html, Selector};
use serde_json::json;

/// A name that would be markup if it were not escaped.
const HOSTILE: &str = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)>&amp;";

/// What a selector finds in a page, by its text or attribute.
fn found(page: &str, selector: &str, what: impl Fn(ElementRef) -> Option<String>) -> Vec<String> {
    let (page, selector) = (Html::parse_document(page), Selector::parse(selector).unwrap());
    page.select(&selector).filter_map(what).collect()
}

/// The texts of what a selector finds.
fn texts(page: &str, selector: &str) -> Vec<String> {
    let text = |element: ElementRef| element.text().collect::<String>();
    found(page, selector, |element| Some(text(element).split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The values of an attribute of what a selector finds.
fn values(page: &str, selector: &str, name: &str) -> Vec<String> {
    found(page, selector, |element| element.value().attr(name).map(str::to_owned))
}

/// Checks what holds for each page: it is whole, valid as far as the parser sees, and loads nothing.
fn check(page: &str) {
    let html = Html::parse_document(page);
    assert!(html.errors.is_empty(), "{:?}", html.errors);
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"), "{page}");
    assert!(page.ends_with("</html>\n"));
    assert_eq!(values(page, "meta[name=viewport]", "content"), ["width=device-width, initial-scale=1"]);
    let policy = &values(page, "meta[http-equiv=Content-Security-Policy]", "content")[0];
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    for outside in ["http://", "https://", "//cdn", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    let mut ids = Vec::new();
    for element in html.select(&Selector::parse("*").unwrap()) {
        for (name, value) in element.value().attrs() {
            assert!(!["src", "href", "style", "action"].contains(&name) && !name.starts_with("on"), "{name}={value}");
        }
        ids.extend(element.value().id());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is there twice");
    assert_eq!((texts(page, "script").len(), texts(page, "style").len()), (1, 1));
    assert_eq!(texts(page, "img, link, iframe, object").len(), 0);
}

#[test]
fn differences_stand_by_severity_with_their_operations() {
    let copy = Copy::with_all_snapshots();
    let arguments = ["diff", "2.57.0", "2.65.0", "--format", "html"];
    let page = copy.ok(&arguments);
    check(&page);
    assert_eq!(page, copy.ok(&arguments));
    assert_eq!(texts(&page, "title"), ["Kimai 2.57.0 → Kimai 2.65.0"]);
    assert_eq!(texts(&page, "h1"), ["Kimai 2.57.0 → Kimai 2.65.0"]);
    assert_eq!(texts(&page, "h2"), ["Breaking 3", "Warning 3", "Info 9", "Not attributed 4"]);
    assert_eq!(texts(&page, ".tile"), ["3Breaking", "3Warning", "9Info", "4Client only"]);
    assert_eq!(
        texts(&page, "section.breaking .message"),
        [
            "GET /api/timesheets/{id}/restart was removed",
            "GET /api/timesheets/{id}/stop was removed",
            "CustomerEditForm.language was added and is required: string",
        ]
    );
    assert_eq!(
        texts(&page, "section.breaking .rule"),
        ["operation-removed", "operation-removed", "request-property-added-required"]
    );
    assert_eq!(values(&page, "section.warning [data-item]", "data-resource"), ["tags", "teams", "teams"]);
    assert_eq!(texts(&page, "section.warning summary"), ["6 operations"]);
    assert_eq!(
        texts(&page, "section.warning details li"),
        [
            "DELETE /api/teams/{id}/activities/{activityId}",
            "POST /api/teams/{id}/activities/{activityId}",
            "DELETE /api/teams/{id}/customers/{customerId}",
            "POST /api/teams/{id}/customers/{customerId}",
            "DELETE /api/teams/{id}/projects/{projectId}",
            "POST /api/teams/{id}/projects/{projectId}",
        ]
    );
    assert_eq!(texts(&page, "output"), ["19 changes"]);
    assert_eq!(
        texts(&page, "select[name=resource] option"),
        [
            "all",
            "activities (2)",
            "customers (7)",
            "invoices (1)",
            "projects (2)",
            "tags (1)",
            "teams (3)",
            "timesheets (5)",
            "users (4)",
        ]
    );
    assert_eq!(texts(&page, "main > .lead .badge"), ["major"]);
    assert_eq!(texts(&page, "section.none .rust")[1], "activities.create_team(id: ActivityId) -> () (added)");
    assert_eq!(texts(&page, "select[name=rust] option"), ["all", "major (5)", "minor (11)", "none (3)"]);
    // What has no operations is shown with every resource.
    let page = copy.ok(&["diff", "1.30.11", "2.65.0", "--format", "html"]);
    check(&page);
    assert_eq!(values(&page, "[data-item]", "data-resource")[0], "*");
    assert_eq!(texts(&page, ".message")[0], "header X-AUTH-TOKEN was removed");
}

#[test]
fn what_is_left_out_is_told_and_nothing_is_said_to_be_so() {
    let copy = Copy::with_all_snapshots();
    let file = copy.write("ignore.yaml", "- {id: operation-removed, reason: <b>nobody</b> makes teams so}\n");
    let page = copy.ok(&["diff", "2.64.0", "2.65.0", "--ignore", &file, "--format", "html"]);
    check(&page);
    assert_eq!(texts(&page, ".left-out li"), ["3 changes: <b>nobody</b> makes teams so"]);
    assert_eq!(texts(&page, "h2"), ["Warning 2", "Info 2", "Ignored"]);

    let page = copy.ok(&["diff", "2.63.0", "2.64.0", "--format", "html"]);
    check(&page);
    assert_eq!(texts(&page, "main"), ["No changes in requests and responses."]);
    assert_eq!(texts(&page, "form").len(), 0);
    // --fail-on is the same for all formats.
    let code = copy.xtask(&["diff", "2.64.0", "2.65.0", "--fail-on", "breaking", "--format", "html"]).code;
    assert_eq!(code, Some(1));
}

#[test]
fn operations_are_bars_over_the_releases() {
    let copy = Copy::with_all_snapshots();
    let page = copy.ok(&["history", "--format", "html"]);
    check(&page);
    assert_eq!(page, copy.ok(&["history", "--format", "html"]));
    assert_eq!(
        texts(&page, ".top .lead"),
        ["98 releases from 1.0 to 2.65.0; 91 operations, 85 of them in the newest release."]
    );
    assert_eq!(texts(&page, "tr[data-item]").len(), 91);
    assert_eq!(
        values(&page, "tr[data-state=gone]", "data-resource"),
        ["activities", "config", "customers", "projects", "timesheets", "timesheets",]
    );
    assert_eq!(texts(&page, "tr.title th")[..3], ["actions 4", "activities 10", "config 3"]);
    assert!(
        texts(&page, "tr[data-item]").contains(&"GET /api/timesheets/{}/stop2.0.102.58.02.0.10 to 2.58.0".to_owned())
    );
    // Each row has a cell for each column.
    let columns = texts(&page, "th.release").len();
    let row = "<td colspan=\"10\"></td><td colspan=\"10\" title=\"2.0.10 to 2.58.0\"><span class=\"life gone\"><span class=\"sr\">\
               2.0.10 to 2.58.0</span></span></td><td colspan=\"2\"></td></tr>";
    assert!(page.contains(row) && columns == 22, "{columns}");
    assert!(page.contains("title=\"2.25.0 on\"><span class=\"life\">"));

    assert_eq!(
        texts(&page, "figcaption"),
        ["85 operations, initially 29", "61 parameters, initially 35", "629 properties, initially 253"]
    );
    assert_eq!(
        texts(&page, "svg > title"),
        ["operations", "parameters", "properties"].map(|name| format!("Number of {name} in each release"))
    );
    assert_eq!(texts(&page, "svg > desc")[0], "From 29 in 1.0 to 85 in 2.65.0; maximum 88 in 2.58.0.");
    assert_eq!(texts(&page, ".numbers tbody tr")[0], "2.65.08561629");
}

#[test]
fn parts_of_a_type_tell_when_they_are_required_and_changed() {
    let copy = Copy::with_all_snapshots();
    let page = copy.ok(&["history", "--fields", "NewCustomer", "--format", "html"]);
    check(&page);
    assert_eq!(texts(&page, "h1"), ["NewCustomer"]);
    let rows = texts(&page, "tr[data-item]");
    let row = |name: &str| rows.iter().find(|row| row.starts_with(name)).unwrap();
    assert_eq!(row("timezone"), "timezone1.0required 1.0 to 2.63.02.63.0 on");
    assert_eq!(row("teams"), "teams2.0.02.0.0 to 2.43.0◆changed 2.43.0 to 2.48.0◆changed 2.48.0 on");
    assert_eq!(texts(&page, "select[name=state] option"), ["all", "in the newest release (31)", "removed (7)"]);

    let page = copy.ok(&["history", "--fields", "Language", "--format", "html"]);
    check(&page);
    assert_eq!(texts(&page, "output"), ["278 values"]);
}

#[test]
fn changes_stand_by_release_with_all_their_names() {
    let copy = Copy::with_all_snapshots();
    let page = copy.ok(&["history", "--since", "2.11", "--format", "html"]);
    check(&page);
    let releases = texts(&page, "h2");
    assert_eq!((releases[0].as_str(), releases.last().unwrap().as_str()), ("2.65.0", "2.11.0"));
    assert_eq!(texts(&page, "section:first-of-type li")[0], "operation removed POST /api/activities/{}/team");
    // What text cuts is folded here.
    let folded = texts(&page, "details");
    let all = folded.iter().find(|text| text.contains("=en_GB")).unwrap();
    assert!(all.starts_with("and 224 more=en_AG, =en_AI, ") && all.matches('=').count() == 224, "{all}");

    let page = Copy::new().ok(&["history", "--since", "2.65", "--format", "html"]);
    check(&page);
    assert_eq!(texts(&page, "main"), ["The API did not change from 2.65 on."]);
}

/// A document with hostile names, and another property in some type.
fn document(extra: bool) -> String {
    let mut properties =
        json!({"kind": {"type": "string", "enum": if extra { vec!["a", HOSTILE] } else { vec!["a"] }}});
    if extra {
        properties[HOSTILE] = json!({"type": "string"});
    }
    json!({
        "openapi": "3.0.0", "info": {"title": "T", "version": "1"},
        "paths": {format!("/api/{HOSTILE}"): {"get": {
            "parameters": if extra { json!([{"name": HOSTILE, "in": "query", "schema": {"type": "string"}}]) } else { json!([]) },
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {
                "$ref": "#/components/schemas/Thing"
            }}}}},
        }}},
        "components": {"schemas": {"Thing": {"type": "object", "properties": properties}}},
    })
    .to_string()
}

#[test]
fn names_of_documents_are_text() {
    let copy = Copy::new();
    let (old, new) = (copy.write("old.json", &document(false)), copy.write("new.json", &document(true)));
    let page = copy.ok(&["diff", &old, &new, "--format", "html"]);
    check(&page);
    assert!(!page.contains("<img") && !page.contains("<script>alert") && !page.contains("&amp; "), "{page}");
    let messages = texts(&page, ".message");
    assert_eq!(messages.len(), 3);
    assert!(messages.iter().all(|message| message.contains(HOSTILE)), "{messages:?}");
    // As one word, and with no space in it.
    assert_eq!(
        values(&page, "select[name=resource] option", "value")[1..],
        values(&page, "[data-item]", "data-resource")[..1]
    );
    // Names of files are from outside as well.
    let odd = copy.write("<i>&.json", &document(true));
    let page = copy.ok(&["diff", &old, &odd, "--format", "html"]);
    check(&page);
    assert!(texts(&page, "h1")[0].ends_with("<i>&.json"));
}
