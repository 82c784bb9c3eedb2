//! The entries of menus that Kimai's pages show for an object.

use serde_json::{Value, json};

use super::{record, things};
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, Refusal, Reply};
use crate::test_server::state::Resource;

/// The texts of a menu. Those of customers, projects and activities are known in English only.
struct Titles {
    show: &'static str,
    edit: &'static str,
    copy: &'static str,
    delete: &'static str,
    again: &'static str,
    permissions: &'static str,
    filter: &'static str,
    create_project: &'static str,
    create_activity: &'static str,
    report: &'static str,
}

const ENGLISH: Titles = Titles {
    show: "Show",
    edit: "Edit",
    copy: "Create copy",
    delete: "Delete",
    again: "Start again",
    permissions: "Permissions",
    filter: "Filter data",
    create_project: "Create project",
    create_activity: "Create activity",
    report: "Report",
};

/// Before 2.35, some texts have no translation.
const OLD: Titles = Titles {
    permissions: "Team permissions",
    filter: "filter",
    create_project: "create-project",
    create_activity: "create-activity",
    report: "report",
    ..ENGLISH
};

const GERMAN: Titles = Titles {
    show: "Anzeigen",
    edit: "Bearbeiten",
    copy: "Kopie erstellen",
    delete: "Löschen",
    again: "Neu starten",
    ..ENGLISH
};

pub(super) fn list(context: &Context<'_>, kind: &str) -> Answer {
    let id = match kind {
        "activity" => things::viewable(context, Resource::Activity)?,
        "customer" => things::viewable(context, Resource::Customer)?,
        "project" => things::viewable(context, Resource::Project)?,
        "timesheet" => record::viewable(context)?,
        _ => return Err(Refusal::unknown()),
    };
    let value = |position: usize| context.route.values.get(position).map_or("", String::as_str);
    let (view, locale) = (value(1), value(2));
    let titles = match locale {
        "de" => GERMAN,
        _ if context.is_since([2, 35, 0]) => ENGLISH,
        _ => OLD,
    };
    let (mut entries, trash) = if kind == "timesheet" {
        (of_record(context, id, locale, &titles), delete_record(context, id, locale, &titles))
    } else {
        let url = format!("/{locale}/admin/{kind}/{id}/delete");
        let trash = entry("trash", titles.delete, Some(&url), Some("modal-ajax-form text-red"), &json!({}), true);
        (of_thing(context, kind, id, locale, &titles), trash)
    };
    if view != "custom" {
        entries.push(trash);
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
    let class = |name: &str, of: &str| class_of_record(context, name, of);
    let (edit, copy) = (class("modal-ajax-form", "edit"), class("modal-ajax-form", "duplicate"));
    vec![
        entry("repeat", titles.again, Some(&url), Some(&class("api-link", "repeat")), &attributes, false),
        entry("edit", titles.edit, Some(&format!("{page}/edit")), Some(&edit), &json!({}), false),
        entry("copy", titles.copy, Some(&format!("{page}/duplicate")), Some(&copy), &json!({}), false),
        divider(0),
    ]
}

fn delete_record(context: &Context<'_>, id: u64, locale: &str, titles: &Titles) -> Value {
    let attributes = json!({
        "data-event": "kimai.timesheetDelete",
        "data-method": "DELETE",
        "data-question": "confirm.delete",
        "data-msg-error": "action.delete.error",
        "data-msg-success": "action.delete.success",
    });
    let url = format!("/api/timesheets/{id}?_locale={locale}");
    let class = class_of_record(context, "api-link text-red", "trash");
    entry("trash", titles.delete, Some(&url), Some(&class), &attributes, true)
}

/// Since 2.35, entries for time records have a class of their own.
fn class_of_record(context: &Context<'_>, class: &str, own: &str) -> String {
    if context.is_since([2, 35, 0]) { format!("{class} dd-ts-{own}") } else { class.to_owned() }
}

fn of_thing(context: &Context<'_>, kind: &str, id: u64, locale: &str, titles: &Titles) -> Vec<Value> {
    let page = format!("/{locale}/admin/{kind}/{id}");
    let plain = |id: &str, title: &str, url: &str| entry(id, title, Some(url), None, &json!({}), false);
    let form =
        |id: &str, title: &str, url: &str| entry(id, title, Some(url), Some("modal-ajax-form"), &json!({}), false);
    let nothing = |id: &str, title: &str| entry(id, title, None, None, &json!({}), false);
    let mut entries = vec![
        plain("details", titles.show, &format!("{page}/details")),
        form("edit", titles.edit, &format!("{page}/edit")),
        form("permissions", titles.permissions, &format!("{page}/permissions")),
    ];
    if kind == "customer" {
        entries.push(form("create-project", titles.create_project, &format!("/{locale}/admin/project/create/{id}")));
    }
    entries.extend([divider(0), nothing("filter", titles.filter), divider(1)]);
    match kind {
        "customer" => entries.push(nothing("report", titles.report)),
        "project" => {
            let url = format!("/{locale}/admin/activity/create/{id}");
            entries.push(form("create-activity", titles.create_activity, &url));
            let url = format!("/{locale}/reporting/project_details?project={id}");
            entries.push(plain("report_project_details", "Project details", &url));
        }
        _ => {
            let project = context.state().activities.rows.get(id).and_then(|activity| activity.id("project"));
            let project = project.map(|project| format!("&project={project}")).unwrap_or_default();
            let url = format!("/{locale}/team/timesheet/create?activity={id}{project}");
            entries.push(form("create-timesheet", "Create timesheet", &url));
        }
    }
    entries
}

fn entry(id: &str, title: &str, url: Option<&str>, class: Option<&str>, attributes: &Value, divider: bool) -> Value {
    json!({"id": id, "title": title, "url": url, "class": class, "attr": attributes, "divider": divider})
}

fn divider(number: usize) -> Value {
    let id = format!("divider{number}");
    entry(&id, &id, None, None, &json!({}), true)
}
