//! When parts were added and removed: the documents of all releases compared with the documented timeline.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use codegen::Release;
use codegen::api::{self, Api};
use codegen::document::{self, Overlay};
use codegen::history::{History, Known, Span};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Index {
    pub(crate) snapshots: Vec<Snapshot>,
}

#[derive(Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) release: String,
    pub(crate) sources: Vec<Source>,
}

#[derive(Deserialize)]
pub(crate) struct Source {
    pub(crate) release: String,
}

/// All releases, with what is known of them beside the documents.
static HISTORY: LazyLock<History> = LazyLock::new(|| {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let read = |name: &str| fs::read_to_string(specs.join(name)).unwrap();
    let overlays: Vec<Overlay> = ["corrections", "docs", "examples", "names"]
        .map(|name| Overlay::parse(name, &read(&format!("overlays/{name}.yaml"))).unwrap())
        .into();
    let index: Index = codegen::yaml::read("index.yaml", &read("index.yaml")).unwrap();
    let mut models: Vec<(Release, Arc<Api>)> = Vec::new();
    for snapshot in &index.snapshots {
        let bytes = read(&format!("{}.json", snapshot.release));
        let mut known: BTreeMap<Vec<Vec<usize>>, Arc<Api>> = BTreeMap::new();
        for source in &snapshot.sources {
            let release: Release = source.release.parse().unwrap();
            let actions = overlays.iter().map(|overlay| overlay.actions_for(&release)).collect();
            let model = known.entry(actions).or_insert_with(|| {
                let document = document::load(bytes.as_bytes(), &release, &overlays).unwrap();
                Arc::new(api::build(&document, &release).unwrap().0)
            });
            models.push((release, Arc::clone(model)));
        }
    }
    History::new(&models, &Known::parse("history.yaml", &read("history.yaml")).unwrap()).unwrap()
});

/// When the part was there, such as `2.0.10 to 2.58.0`.
fn life(what: &str) -> String {
    let Some((_, life)) = HISTORY.find(what) else { return "never".to_owned() };
    let span = |span: &Span| match &span.until {
        None => span.since.to_string(),
        Some(until) => format!("{} to {until}", span.since),
    };
    life.spans.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// What the timeline has beside these is behaviour of servers, of which no document says anything: a page past the end
/// (1.14), the firewall (1.28), the totals in headers (2.0), unknown tags (2.11, 2.26), Bearer (2.14), what operations
/// are called and where the document is (2.35), the largest page (2.42), the end of X-AUTH (2.54), what a POST begins
/// with (2.63). How lists and dates are written is in the tests of the client.
#[test]
fn the_timeline_of_the_facts_is_found() {
    let timeline = [
        ("GET /api/timesheets/active", "1.0"),
        ("GET /api/timesheets/recent", "1.0"),
        ("PATCH /api/timesheets/{id}/stop", "1.0"),
        ("PATCH /api/timesheets/{id}/restart", "1.0"),
        ("PATCH /api/timesheets/{id}/export", "1.0"),
        ("GET /api/tags", "1.0"),
        ("GET /api/timesheets ?full", "1.0"),
        ("GET /api/timesheets ?tags", "1.0 to 2.0.0"),
        ("GET /api/teams", "1.2"),
        ("PATCH /api/timesheets/{id}/meta", "1.2"),
        ("PATCH /api/customers/{id}/meta", "1.2"),
        ("POST /api/tags", "1.3"),
        ("GET /api/projects ?term", "1.5"),
        ("GET /api/users/me", "1.6"),
        ("GET /api/config/timesheet", "1.7"),
        ("GET /api/projects ?start", "1.7"),
        ("GET /api/projects ?end", "1.7"),
        ("GET /api/projects ?ignoreDates", "1.7"),
        ("POST /api/users", "1.8"),
        ("PATCH /api/users/{id}", "1.8"),
        ("POST /api/teams", "1.8"),
        ("PATCH /api/teams/{id}", "1.8"),
        ("PATCH /api/timesheets/{id}/duplicate", "1.8"),
        ("GET /api/activities/{id}/rates", "1.9"),
        ("GET /api/projects/{id}/rates", "1.9"),
        ("GET /api/customers/{id}/rates", "1.9"),
        ("ActivityExpanded", "1.10"),
        ("ProjectExpanded", "1.10"),
        ("GET /api/timesheets ?modified_after", "1.10"),
        ("GET /api/plugins", "1.14.2"),
        ("NewTeam.members", "1.15"),
        ("NewTeam.users", "1.8 to 1.15"),
        ("NewCustomer.billable", "1.19"),
        ("GET /api/timesheets ?billable", "1.19"),
        // Records have it before customers, projects and activities do.
        ("NewTimesheet.billable", "1.14"),
        ("GET /api/projects ?globalActivities", "1.26.0"),
        ("Project.globalActivities", "1.26.0"),
        // It can be written before it can be read.
        ("NewProject.globalActivities", "1.22.0"),
        ("GET /api/timesheets ?tags[]", "2.0.0"),
        ("GET /api/timesheets ?projects[]", "2.0.0"),
        ("GET /api/actions/timesheet/{id}/{view}/{locale}", "2.0.0"),
        ("GET /api/config/i18n", "1.0 to 2.0.0"),
        ("GET /api/timesheets/{id}/stop", "2.0.10 to 2.58.0"),
        ("GET /api/timesheets/{id}/restart", "2.0.15 to 2.58.0"),
        ("GET /api/timesheets ?users[]", "2.0.15"),
        ("NewTag.visible", "2.0.26"),
        ("User.supervisor", "2.0.31"),
        ("GET /api/users ?full", "2.1.0"),
        ("NewUser.locale", "2.11.0"),
        ("DELETE /api/users/api-token/{id}", "2.14.0"),
        ("GET /api/tags/find", "2.18.0"),
        ("GET /api/config/colors", "2.18.0"),
        ("GET /api/invoices", "2.22.0"),
        ("DELETE /api/customers/{id}", "2.25.0"),
        ("DELETE /api/projects/{id}", "2.25.0"),
        ("DELETE /api/activities/{id}", "2.25.0"),
        ("NewTimesheet.break", "2.30.0"),
        ("DELETE /api/export/{id}", "2.36.0"),
        ("PATCH /api/users/{id}/preferences", "2.40.0"),
        ("NewCustomer.address_line1", "2.41.0 to 2.43.0"),
        ("Customer.addressLine1", "2.41.0"),
        ("Timesheet.break", "2.45.0"),
        ("UserRef.email", "2.45.0"),
        ("UserRef.locale", "2.45.0"),
        ("GET /api/invoices/{id}/download", "2.56.0"),
        ("PATCH /api/invoices/{id}/custom-fields", "2.56.0"),
        ("GET /api/customers/{id}/comments", "2.57.0"),
        ("POST /api/projects/{id}/comments", "2.57.0"),
        ("POST /api/customers/{id}/team", "2.58.0 to 2.65.0"),
        ("POST /api/projects/{id}/team", "2.58.0 to 2.65.0"),
        ("POST /api/activities/{id}/team", "2.58.0 to 2.65.0"),
        ("GET /api/customers ?full", "2.62.0"),
        ("NewCustomer.language", "2.63.0"),
        ("NewCustomer.invoiceEmail", "2.63.0"),
    ];
    for (what, expected) in timeline {
        assert_eq!(life(what), expected, "{what}");
    }
}

/// Between 2.0.0 and 2.0.35 there is no document: what the latter has and the former has not came with a release that
/// has to be said, or servers between them would be refused what they have.
#[test]
fn nothing_is_taken_to_have_come_with_2_0_35() {
    let late: Vec<String> = HISTORY
        .lives()
        .filter(|(_, life)| life.since().is_some_and(|since| since.as_str() == "2.0.35"))
        .map(|(subject, _)| subject.to_string())
        .collect();
    assert_eq!(late, Vec::<String>::new());
}
