//! What the documentation of the methods says.

use std::sync::LazyLock;

use codegen::history::History;
use codegen::rust::{self, Files};

use crate::API;

static FILES: LazyLock<Files> = LazyLock::new(|| rust::generate(&API, &History::default()).unwrap());

/// The documentation of a method, as its reader sees it.
fn documentation(handle: &str, method: &str) -> String {
    let text = &FILES[&format!("handles/{handle}.rs")];
    let start = text.find(&format!("    pub fn {method}(")).unwrap();
    let lines: Vec<&str> = text[..start].lines().rev().take_while(|line| !line.is_empty()).collect();
    let mut documentation = String::new();
    for line in lines.iter().rev().filter_map(|line| line.trim_start().strip_prefix("///")) {
        documentation.push_str(line.strip_prefix(' ').unwrap_or(line));
        documentation.push('\n');
    }
    documentation
}

#[test]
fn a_list_says_its_settings_its_page_and_what_goes_wrong() {
    assert_eq!(
        documentation("invoices", "list"),
        "\
Lists invoices, newest first.

The list is paged, with 50 invoices on a page unless `size` is set.

Request: `GET /api/invoices`. Requires the permission `view_invoice`.

Returns a [`Page`](crate::Page) of [`InvoiceSummary`](crate::types::InvoiceSummary). \
[`stream`](crate::Request::stream) reads the records of all pages.

# Parameters

All are optional, and methods of the request.

* `begin`: Limits the list to invoices created at or after this wall-clock time in your time zone.
* `customers`: Limits the list to invoices of these customers.
* `end`: Limits the list to invoices created at or before this wall-clock time in your time zone.
* `page`: Selects the page, counted from 1; a page after the last one fails with 404.
* `size`: Sets the number of items on a page; by default, 50. Current servers return at most 500.
* `status`: Limits the list to invoices with one of these statuses; Kimai refuses an unknown status with 400.

# Errors

In addition to the errors common to all calls (see [`Error`](crate::Error)):

* [`Error::InvalidRequest`](crate::Error::InvalidRequest) if a list is empty, which servers treat as no filter. Nothing is sent.
* 400 if the server rejects the value of a parameter.
* 403 if the permission is missing.
* 404 if the page is past the end of the list.

# Example

```no_run
# async fn example(kimai: &generated_client::Client) -> Result<(), Box<dyn std::error::Error>> {
use generated_client::types::InvoiceStatus;

let open = kimai.invoices().list().status([InvoiceStatus::New, InvoiceStatus::Pending]).await?;
println!(\"{:?} invoices, the first over {:?}\", open.total, open.items.first().map(|invoice| invoice.total));
# Ok(())
# }
```
"
    );
}

#[test]
fn a_change_says_what_is_refused_before_sending_and_by_the_server() {
    let text = documentation("timesheets", "update");
    assert!(text.contains("\nReturns [`Timesheet`](crate::types::Timesheet).\n"), "{text}");
    assert!(
        text.contains(
            "\n* [`Error::InvalidRequest`](crate::Error::InvalidRequest) if one of the `tags` contains a comma, or a \
             number is not finite. Nothing is sent.\n\
             * 400 if the server rejects a value, or a field that it does not accept from this user; \
             [`ApiError::field`](crate::error::ApiError::field) returns the reasons.\n\
             * 403 if the permission is missing, or the object is visible to others only.\n\
             * 404 if the object does not exist.\n"
        ),
        "{text}"
    );
}

#[test]
fn what_is_gone_says_so() {
    let text = documentation("projects", "create_team");
    assert!(text.contains("\nReturns an error: current releases of Kimai answer 410.\n"), "{text}");
    assert!(text.contains("\n* 410, always.\n"), "{text}");
    assert_eq!(API.operations.iter().filter(|operation| operation.gone).count(), 3);
}

#[test]
fn a_file_and_an_answer_in_full_have_their_own_types() {
    let text = documentation("invoices", "download");
    let file = "\nReturns a file as [`Download`](crate::Download). [`open`](crate::Request::open) reads it in chunks, or saves it.\n";
    assert!(text.contains(file), "{text}");
    let text = documentation("timesheets", "create");
    let full = "\nWith [`full`](crate::Request::full), it returns [`TimesheetExpanded`](crate::types::TimesheetExpanded), with related objects in place of their ids.\n";
    assert!(text.contains(full), "{text}");
}

#[test]
fn every_method_has_the_same_parts() {
    for operation in &API.operations {
        let (handle, method) = (&operation.resource, &operation.name);
        let text = documentation(handle, method);
        let summary = text.lines().next().unwrap();
        assert!(summary.ends_with('.') && !summary.starts_with('`'), "{handle}.{method}: {summary}");
        let permissions = match operation.permissions.as_slice() {
            [] => ". The API document names no required permission.".to_owned(),
            _ => ". Requires the permission".to_owned(),
        };
        for part in [format!("\nRequest: `{} /api/", operation.method.as_str()), "\nReturns ".to_owned(), permissions] {
            assert_eq!(text.matches(part.as_str()).count(), 1, "{handle}.{method} has no {part:?}");
        }
        assert_eq!(text.matches("\n# Errors\n").count(), 1, "{handle}.{method}");
    }
}

#[test]
fn what_people_use_most_has_an_example() {
    let shown: Vec<String> = API
        .operations
        .iter()
        .filter(|operation| operation.example.is_some())
        .map(|operation| format!("{}.{}", operation.resource, operation.name))
        .collect();
    assert_eq!(
        shown,
        [
            "activities.list",
            "activities.create",
            "config.colors",
            "customers.list",
            "customers.create",
            "invoices.list",
            "invoices.download",
            "projects.list",
            "projects.create",
            "projects.get",
            "system.version",
            "tags.create",
            "tags.find",
            "teams.list",
            "timesheets.list",
            "timesheets.create",
            "timesheets.active",
            "timesheets.recent",
            "timesheets.get",
            "timesheets.update",
            "timesheets.delete",
            "timesheets.duplicate",
            "timesheets.toggle_exported",
            "timesheets.update_meta",
            "timesheets.restart",
            "timesheets.stop",
            "users.list",
            "users.me",
            "users.get",
        ]
    );
}

#[test]
fn all_methods_are_in_one_table() {
    let rows: Vec<&str> = FILES["operations/mod.rs"].lines().filter(|line| line.starts_with("//! | [`")).collect();
    assert_eq!(rows.len(), 88);
    assert_eq!(
        rows[rows.len() - 4],
        "//! | [`users().me`](crate::handles::Users::me) | `GET /api/users/me` |  | Gets the user whose credentials the client uses. |"
    );
}
