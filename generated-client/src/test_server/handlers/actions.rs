//! The entries of menus that Kimai's pages show for an object.

use serde_json::{Value, json};

use super::unknown;
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, NOT_FOUND, Reply};

/// The texts of a menu.
struct Titles {
    show: &'static str,
    edit: &'static str,
    copy: &'static str,
    delete: &'static str,
    again: &'static str,
}

const ENGLISH: Titles =
    Titles { show: "Show", edit: "Edit", copy: "Create copy", delete: "Delete", again: "Start again" };

const GERMAN: Titles =
    Titles { show: "Anzeigen", edit: "Bearbeiten", copy: "Kopie erstellen", delete: "Löschen", again: "Neu starten" };

pub(super) fn list(context: &Context<'_>, kind: &str) -> Answer {
    let id = context.id(0)?;
    let state = context.state();
    let is_there = match kind {
        "activity" => state.activities.rows.get(id).is_some(),
        "customer" => state.customers.rows.get(id).is_some(),
        "project" => state.projects.rows.get(id).is_some(),
        "timesheet" => state.timesheets.get(id).is_some(),
        _ => return Err(unknown()),
    };
    if !is_there {
        return Err(NOT_FOUND);
    }
    let value = |position: usize| context.route.values.get(position).map_or("", String::as_str);
    let (view, locale) = (value(1), value(2));
    let titles = if locale == "de" { GERMAN } else { ENGLISH };
    let mut entries = if kind == "timesheet" {
        of_record(context, id, locale, &titles)
    } else {
        let page = format!("/{locale}/admin/{kind}/{id}");
        let entry = |id: &str, title: &str| link(id, title, &format!("{page}/{id}"));
        vec![entry("details", titles.show), entry("edit", titles.edit), divider()]
    };
    if view != "custom" {
        entries.push(delete(kind, id, locale, &titles));
    }
    Ok(Reply::json(&entries.into()))
}

fn of_record(context: &Context<'_>, id: u64, locale: &str, titles: &Titles) -> Vec<Value> {
    let restart = format!("/api/timesheets/{id}/restart?_locale={locale}");
    let mut attributes = json!({
        "data-payload": "{\"copy\": \"all\"}",
        "data-event": "kimai.timesheetStart kimai.timesheetUpdate",
        "data-method": "PATCH",
        "data-msg-error": "timesheet.start.error",
        "data-msg-success": "timesheet.start.success",
    });
    let mut url = restart.clone();
    if let (true, Some(attributes)) = (context.is_since([2, 35, 0]), attributes.as_object_mut()) {
        attributes.insert("data-href".to_owned(), json!(restart));
        "#".clone_into(&mut url);
    }
    let page = format!("/{locale}/timesheet/{id}");
    vec![
        json!({
            "id": "repeat", "title": titles.again, "url": url, "class": "api-link", "attr": attributes, "divider": false,
        }),
        link("edit", titles.edit, &format!("{page}/edit")),
        link("copy", titles.copy, &format!("{page}/duplicate")),
        divider(),
    ]
}

fn link(id: &str, title: &str, url: &str) -> Value {
    json!({"id": id, "title": title, "url": url, "class": "modal-ajax-form", "attr": {}, "divider": false})
}

fn divider() -> Value {
    json!({"id": "divider0", "title": "divider0", "url": null, "class": null, "attr": {}, "divider": true})
}

fn delete(kind: &str, id: u64, locale: &str, titles: &Titles) -> Value {
    let (url, attributes) = if kind == "timesheet" {
        let attributes = json!({
            "data-event": "kimai.timesheetDelete",
            "data-method": "DELETE",
            "data-question": "confirm.delete",
            "data-msg-error": "action.delete.error",
            "data-msg-success": "action.delete.success",
        });
        (format!("/api/timesheets/{id}?_locale={locale}"), attributes)
    } else {
        (format!("/{locale}/admin/{kind}/{id}/delete"), json!({}))
    };
    json!({"id": "trash", "title": titles.delete, "url": url, "class": "text-red", "attr": attributes, "divider": true})
}
