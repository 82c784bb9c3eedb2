//! Custom fields and preferences by name, in recorded responses.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use generated_client::types::{Invoice, ProjectRef, Timesheet, User};
use serde::de::DeserializeOwned;
use serde_json::json;
use support::{Exchange, exchange, recording};

fn read<T: DeserializeOwned>(exchange: &Exchange) -> T {
    serde_json::from_str(&exchange.answer).unwrap()
}

#[test]
fn custom_fields_of_a_time_record() {
    let record: Timesheet = read(&exchange("custom field location as susan_super"));
    assert_eq!(record.meta("location"), Some("Köln"));
    assert_eq!(record.meta("kilometers"), None);
    assert_eq!(record.meta("Location"), None);
    assert_eq!(record.meta("nosuch"), None);
    // Sent as a number, returned as text; the server never returns 'factor', which is hidden.
    let record: Timesheet = read(&exchange("custom field factor as susan_super"));
    assert_eq!(record.meta("kilometers"), Some("43"));
    assert_eq!(record.meta("travel"), Some("1"));
    assert_eq!(record.meta("factor"), None);
}

#[test]
fn custom_fields_of_an_invoice() {
    let invoice: Invoice = read(&exchange("custom fields of an invoice as susan_super"));
    assert_eq!(invoice.meta("location"), Some("Berlin"));
    let invoice: Invoice = read(&exchange("no custom fields as susan_super"));
    assert_eq!(invoice.meta("location"), None);
}

#[test]
fn the_first_of_several_counts() {
    let mut record: Timesheet = read(&exchange("custom field location as susan_super"));
    let mut second = record.meta_fields[0].clone();
    second.value = Some("Zürich".to_owned());
    record.meta_fields.push(second);
    assert_eq!(record.meta("location"), Some("Köln"));
    record.meta_fields[0].value = None;
    assert_eq!(record.meta("location"), None);
}

#[test]
fn a_response_of_a_release_without_custom_fields() {
    let mut project = json!({
        "id": 1, "name": "P", "customer": 1, "visible": true, "billable": true, "globalActivities": true, "color": null,
        "color-safe": "#03A9F4", "comment": null, "number": null, "orderNumber": null, "start": null, "end": null,
        "orderDate": null,
    });
    let read = |project| serde_json::from_value::<ProjectRef>(project).unwrap();
    assert_eq!(read(project.clone()).meta("location"), None);
    project["metaFields"] = json!([{"name": "location", "value": "Köln"}]);
    assert_eq!(read(project).meta("location"), Some("Köln"));
}

#[test]
fn preferences_of_a_user() {
    for release in ["1.30.11", "2.0.35", "2.65.0"] {
        let user = |label: &str| -> User {
            let is_it = |one: &&Exchange| (one.path.as_str(), one.label.as_str()) == ("/api/users/me", label);
            read(recording(release).iter().find(is_it).unwrap())
        };
        let susan = user("system as susan_super");
        assert_eq!(susan.preference("hourly_rate"), Some("0"), "{release}");
        assert_eq!(susan.preference("internal_rate"), None, "{release}");
        assert_eq!(susan.preference("timezone"), None, "{release}");
        // Users see their rates only with a permission.
        let john = user("plain user as john_user");
        assert_eq!(john.preference("hourly_rate"), None, "{release}");
        assert_eq!(john.preference("first_weekday"), Some("monday"), "{release}");
    }
}
