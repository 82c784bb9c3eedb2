//! The entries of menus that Kimai's pages show for an object.

use serde_json::{Value, json};

use super::unknown;
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, NOT_FOUND, Reply};

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
    let locale = context.route.values.get(2).map_or("en", String::as_str);
    let [show, edit, delete, again] = match locale {
        "de" => ["Anzeigen", "Bearbeiten", "Löschen", "Neu starten"],
        _ => ["Show", "Edit", "Delete", "Start again"],
    };
    let entry = |id: &str, title: &str, url: Value, attributes: Value| json!({"id": id, "title": title, "url": url, "class": "modal-ajax-form", "attr": attributes, "divider": false});
    let page = format!("/{locale}/admin/{kind}/{id}");
    let mut entries = if kind == "timesheet" {
        let restart = format!("/api/timesheets/{id}/restart");
        vec![entry("repeat", again, json!("#"), json!({"data-href": restart, "data-method": "PATCH"}))]
    } else {
        vec![entry("details", show, json!(format!("{page}/details")), json!({}))]
    };
    entries.push(entry("edit", edit, json!(format!("{page}/edit")), json!({})));
    entries.push(json!({
        "id": "divider0", "title": "divider0", "url": null, "class": null, "attr": {}, "divider": true,
    }));
    entries.push(entry("trash", delete, json!(format!("{page}/delete")), json!({})));
    Ok(Reply::json(&entries.into()))
}
