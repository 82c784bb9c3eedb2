//! Consecutive releases: each entry of the timeline that a document shows is a change in that release.

use codegen::diff::compare;

use crate::SNAPSHOTS;

/// The changes from the snapshot before to that of this release: rule and subject.
fn changes_of(release: &str) -> Vec<String> {
    let place = SNAPSHOTS.iter().position(|(known, _)| known.as_str() == release).unwrap();
    let changes = compare(&SNAPSHOTS[place - 1].1, &SNAPSHOTS[place].1);
    let lines = changes.iter().flat_map(|change| {
        let id = change.id();
        change.places().into_iter().map(move |place| format!("{id} {place}"))
    });
    lines.collect()
}

/// What the timeline has beside these is behaviour of servers, of which no document says anything: a page past the end
/// (1.14), the firewall (1.28), the totals in headers (2.0), unknown tags (2.11, 2.26), names of operations (2.35,
/// which are no change), the largest page (2.42), the end of X-AUTH (2.54), what a POST begins with (2.63). Releases
/// without a document of their own are found in the next one: 1.14.2 in 1.15, 2.0.10 to 2.0.31 in 2.0.35. Of 1.0, there
/// is nothing before.
const TIMELINE: &[(&str, &[&str])] = &[
    ("1.2", &["operation-added GET /api/teams", "operation-added PATCH /api/timesheets/{id}/meta"]),
    ("1.3", &["operation-added POST /api/tags"]),
    ("1.5", &["request-parameter-added ?term"]),
    ("1.6", &["operation-added GET /api/users/me"]),
    (
        "1.7",
        &[
            "operation-added GET /api/config/timesheet",
            "request-parameter-added ?start",
            "request-parameter-added ?end",
            "request-parameter-added ?ignoreDates",
        ],
    ),
    (
        "1.8",
        &[
            "operation-added POST /api/users",
            "operation-added PATCH /api/users/{id}",
            "operation-added POST /api/teams",
            "operation-added PATCH /api/teams/{id}",
            "operation-added PATCH /api/timesheets/{id}/duplicate",
        ],
    ),
    (
        "1.9",
        &[
            "operation-added GET /api/activities/{id}/rates",
            "operation-added GET /api/customers/{id}/rates",
            "operation-added GET /api/projects/{id}/rates",
        ],
    ),
    ("1.10", &["request-parameter-added ?modified_after"]),
    (
        "1.15",
        &[
            "operation-added GET /api/plugins",
            "request-property-added-required TeamEditForm.members",
            "request-property-removed TeamEditForm.users",
        ],
    ),
    ("1.19", &["request-parameter-added ?billable", "request-property-added CustomerEditForm.billable"]),
    ("1.26.0", &["request-parameter-added ?globalActivities"]),
    (
        "2.0.0",
        &[
            "request-parameter-renamed ?tags",
            "request-parameter-renamed ?projects",
            "request-property-format-changed ProjectEditForm.start",
            "operation-added GET /api/actions/timesheet/{id}/{view}/{locale}",
            "operation-removed GET /api/config/i18n",
        ],
    ),
    (
        "2.0.35",
        &[
            "operation-added GET /api/timesheets/{id}/stop",
            "operation-added GET /api/timesheets/{id}/restart",
            "request-parameter-added ?users[]",
            "request-property-added TagEditForm.visible",
            "response-property-added UserEntity.supervisor",
        ],
    ),
    ("2.1.0", &["request-parameter-added ?full"]),
    ("2.11.0", &["request-property-added-required UserCreateForm.locale"]),
    ("2.14.0", &["operation-added DELETE /api/users/api-token/{id}", "authentication-added http bearer"]),
    ("2.18.0", &["operation-added GET /api/tags/find", "operation-added GET /api/config/colors"]),
    ("2.22.0", &["operation-added GET /api/invoices"]),
    (
        "2.25.0",
        &[
            "operation-added DELETE /api/customers/{id}",
            "operation-added DELETE /api/projects/{id}",
            "operation-added DELETE /api/activities/{id}",
        ],
    ),
    ("2.36.0", &["operation-added DELETE /api/export/{id}"]),
    ("2.40.0", &["operation-added PATCH /api/users/{id}/preferences", "response-property-added Customer.company"]),
    ("2.41.0", &["response-property-added CustomerEntity.addressLine1"]),
    ("2.45.0", &["response-property-added TimesheetEntity.break", "response-property-added User.email"]),
    (
        "2.56.0",
        &["operation-added GET /api/invoices/{id}/download", "operation-added PATCH /api/invoices/{id}/custom-fields"],
    ),
    ("2.57.0", &["operation-added GET /api/customers/{id}/comments"]),
    (
        "2.58.0",
        &[
            "operation-removed GET /api/timesheets/{id}/stop",
            "operation-removed GET /api/timesheets/{id}/restart",
            "operation-added POST /api/customers/{id}/team",
        ],
    ),
    ("2.62.0", &["request-parameter-added ?full"]),
    ("2.63.0", &["request-property-added CustomerEditForm.invoiceEmail"]),
    ("2.65.0", &["operation-removed POST /api/customers/{id}/team"]),
];

#[test]
fn the_timeline_of_the_facts_is_found_in_the_right_release() {
    let mut missed = Vec::new();
    for (release, expected) in TIMELINE {
        let changes = changes_of(release);
        missed.extend(
            expected
                .iter()
                .filter(|line| !changes.contains(&(**line).to_owned()))
                .map(|line| format!("{release}: {line}")),
        );
    }
    assert_eq!(missed, Vec::<String>::new());
}
