//! What holds for each page, whatever it shows.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::support::Copy;
use super::tab::{DESKTOP, PHONE, Tab, folder};

/// Keeps what a command writes as a page.
pub(crate) fn page(copy: &Copy, name: &str, arguments: &[&str]) -> PathBuf {
    let file = folder("pages").join(format!("{name}.html"));
    fs::write(&file, copy.ok(&[arguments, &["--format", "html"]].concat())).unwrap();
    file
}

#[test]
fn pages_fit_the_window_and_load_nothing() {
    let copy = Copy::with_all_snapshots();
    let pages = [
        ("diff-long", vec!["diff", "1.30.11", "2.65.0"]),
        ("diff-nothing", vec!["diff", "2.63.0", "2.64.0"]),
        ("history-form", vec!["history", "--fields", "NewCustomer"]),
        ("history-enum", vec!["history", "--fields", "Language"]),
        ("history-changes", vec!["history", "--since", "2.40"]),
    ]
    .map(|(name, arguments)| (name, page(&copy, name, &arguments)));
    let mut tab = Tab::new();
    for size in [DESKTOP, PHONE] {
        tab.resize(size);
        for (name, file) in &pages {
            tab.open(file, "");
            tab.check();
            tab.pictures(name);
            // What can be opened fits as well.
            tab.run("for (const one of document.querySelectorAll('details')) one.open = true");
            tab.check();
        }
    }
}

#[test]
fn without_scripts_all_is_there_and_no_filters() {
    let copy = Copy::with_all_snapshots();
    let file = page(&copy, "diff-plain", &["diff", "2.57.0", "2.65.0"]);
    let tab = Tab::new();
    tab.scripts(false);
    tab.open(&file, "#severity=info");
    assert_eq!(tab.seen("[data-item]").len(), 19);
    assert_eq!(tab.seen(".tile"), ["3Breaking", "3Warning", "9Info", "4Client only"]);
    assert_eq!(tab.seen("input, select, button, output"), Vec::<String>::new());
    tab.picture("diff-plain");
}

#[test]
fn names_of_documents_are_no_markup() {
    let copy = Copy::new();
    let name = "</script><script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    let document = |properties: serde_json::Value| {
        json!({
            "openapi": "3.0.0", "info": {"title": "T", "version": "1"},
            "paths": {format!("/api/{name}"): {"get": {"responses": {"200": {"description": "ok", "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
            }}}}}},
            "components": {"schemas": {"Thing": {"type": "object", "properties": properties}}},
        })
        .to_string()
    };
    let old = copy.write("old.json", &document(json!({"kind": {"type": "string", "enum": ["a"]}})));
    let new = copy.write(
        "new.json",
        &document(json!({"kind": {"type": "string", "enum": ["a", name]}, name: {"type": "string"}})),
    );
    let file = page(&copy, "diff-hostile", &["diff", &old, &new]);
    let mut tab = Tab::new();
    tab.resize(PHONE);
    tab.open(&file, "");
    tab.check();
    assert_eq!(tab.run("return [document.images.length, document.scripts.length]"), json!([0, 1]));
    assert_eq!(tab.seen("[data-item]").len(), 2);
    // The resource has the name up to its first slash; choosing it shows what it has.
    tab.click("select[name=resource] option:nth-child(2)");
    assert_eq!(tab.seen("[data-item]").len(), 2);
    tab.check();
}

#[test]
fn what_is_wrong_would_be_seen() {
    let file = folder("pages").join("wrong.html");
    let page = "<!DOCTYPE html><title>a</title><style>p { width: 400px; margin: 0 }</style><body><p>wide</p>\
                <script>throw new Error('so it is')</script>";
    fs::write(&file, page).unwrap();
    let mut tab = Tab::new();
    tab.resize(PHONE);
    tab.open(&file, "");
    let console = tab.console();
    assert!(console.len() == 1 && console[0].contains("so it is"), "{console:?}");
    assert!(tab.width() >= 400, "{}", tab.width());
}
