//! What the documentation of the methods says.

use std::sync::LazyLock;

use codegen::history::History;
use codegen::rust::{self, Files};

use crate::API;

pub(crate) static FILES: LazyLock<Files> = LazyLock::new(|| rust::generate(&API, &History::default()).unwrap());

/// The documentation of a method, as its reader sees it.
fn documentation(handle: &str, method: &str) -> String {
    let text = &FILES[&format!("operations/{handle}.rs")];
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

Request: `GET /api/invoices`. Its settings are those of [`List`].

Returns a [`Page`](crate::Page) of [`InvoiceCollection`](crate::types::InvoiceCollection), with the totals of the list \
(fact E1). [`stream`](crate::Request::stream) reads all pages, record by record.

Needs the permission `view_invoice` (fact D12).

# Errors

What every call can fail with is told at [`Error`](crate::Error); and:

* [`InvalidRequest`](crate::Error::InvalidRequest), and nothing is sent: an empty list, which a server takes for no \
filter (compare fact R6).
* 400: the server refuses the value of a setting.
* 403: the permission is missing.
* 404: the page is past the end of the list (fact E1).

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
    assert!(text.contains("\nReturns [`TimesheetEntity`](crate::types::TimesheetEntity).\n"), "{text}");
    assert!(
        text.contains(
            "\n* [`InvalidRequest`](crate::Error::InvalidRequest), and nothing is sent: a comma in one of the `tags` \
             (fact R5); a number that is infinite or none at all.\n\
             * 400: the server refuses a value, or a property which it does not take from this user (fact R2); \
             [`ApiError::field`](crate::error::ApiError::field) tells which, and why.\n\
             * 403: the permission is missing, or only others may see the object (fact E4).\n\
             * 404: there is no such object.\n"
        ),
        "{text}"
    );
}

#[test]
fn what_is_gone_says_so() {
    let text = documentation("projects", "create_team");
    assert!(text.contains("\nReturns nothing, ever.\n"), "{text}");
    assert!(text.contains("\n* 410, always: "), "{text}");
    assert_eq!(API.operations.iter().filter(|operation| operation.gone).count(), 3);
}

#[test]
fn a_file_and_an_answer_in_full_have_their_own_types() {
    let text = documentation("invoices", "download");
    assert!(text.contains("\nReturns a file, as [`Download`](crate::Download) (fact E11). [`open`](crate::Request::open) reads it piece by piece, or saves it.\n"), "{text}");
    let text = documentation("timesheets", "create_full");
    assert!(text.contains("\nReturns [`TimesheetExpanded`](crate::types::TimesheetExpanded).\n"), "{text}");
    assert!(!text.contains("# Example"), "{text}");
}

#[test]
fn every_method_has_the_same_parts() {
    for operation in &API.operations {
        let (handle, method) = (&operation.resource, &operation.name);
        let text = documentation(handle, method);
        let summary = text.lines().next().unwrap();
        assert!(summary.ends_with('.') && !summary.starts_with('`'), "{handle}.{method}: {summary}");
        for part in [format!("\nRequest: `{} /api/", operation.method.as_str()), "\nReturns ".into(), "\nNeeds ".into()]
        {
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
        ]
    );
}

#[test]
fn all_methods_are_in_one_table() {
    let rows: Vec<&str> = FILES["operations/mod.rs"].lines().filter(|line| line.starts_with("//! | [`")).collect();
    assert_eq!(rows.len(), 88);
    assert_eq!(
        rows[rows.len() - 4],
        "//! | [`users().me`](users::Users::me) | `GET /api/users/me` |  | Gets the user whose credentials the client uses. |"
    );
}
