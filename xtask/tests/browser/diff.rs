//! The page of `diff` for 2.57.0 and 2.65.0.

use super::pages::page;
use super::support::Copy;
use super::tab::{DESKTOP, PHONE, Tab};

const SEARCH: &str = "input[name=q]";

fn changes(tab: &Tab) -> Vec<String> {
    tab.seen(".message")
}

fn count(tab: &Tab) -> String {
    tab.seen("output").join("")
}

/// The value of what has the focus.
fn focus(tab: &Tab) -> String {
    tab.run("return document.activeElement.value").as_str().unwrap().to_owned()
}

#[test]
fn filters_show_what_they_let_through() {
    let copy = Copy::with_all_snapshots();
    let file = page(&copy, "diff", &["diff", "2.57.0", "2.65.0"]);
    let mut tab = Tab::new();
    for size in [DESKTOP, PHONE] {
        tab.resize(size);
        tab.open(&file, "");
        tab.check();
        tab.pictures("diff");
        assert_eq!(tab.seen("h1"), ["Kimai 2.57.0 → Kimai 2.65.0"]);
        assert_eq!(count(&tab), "15 of 19 changes");
        assert_eq!(tab.seen("h2"), ["Breaking 3", "Warning 3", "Info 9"]);
        assert_eq!(tab.fragment(), "");

        tab.click("input[value=info]");
        assert_eq!(count(&tab), "6 of 19 changes");
        assert_eq!(tab.seen("h2"), ["Breaking 3", "Warning 3"]);
        tab.click("input[value=warning]");
        assert_eq!(
            changes(&tab),
            [
                "GET /api/timesheets/{id}/restart was removed",
                "GET /api/timesheets/{id}/stop was removed",
                "CustomerEditForm.language was added and is required: string",
            ]
        );
        assert_eq!(tab.fragment(), "#severity=breaking");

        tab.click("select[name=resource] option[value=timesheets]");
        assert_eq!(
            changes(&tab),
            ["GET /api/timesheets/{id}/restart was removed", "GET /api/timesheets/{id}/stop was removed"]
        );
        assert_eq!(tab.seen("h2"), ["Breaking 2 of 3"]);
        tab.write(SEARCH, "STOP");
        assert_eq!(changes(&tab), ["GET /api/timesheets/{id}/stop was removed"]);
        assert_eq!(count(&tab), "1 of 19 changes");
        assert_eq!(tab.fragment(), "#severity=breaking&resource=timesheets&q=STOP");
        tab.check();
        tab.pictures("diff-filtered");

        tab.write(SEARCH, " nowhere");
        assert_eq!(changes(&tab), Vec::<String>::new());
        assert_eq!(tab.seen("[data-nothing]"), ["Nothing matches. Show all again"]);
        assert_eq!(count(&tab), "0 of 19 changes");
        tab.check();
        tab.pictures("diff-none-left");
        tab.click("[data-clear]");
        assert_eq!((count(&tab), tab.fragment()), ("15 of 19 changes".to_owned(), String::new()));
        assert_eq!(tab.seen("[data-nothing]"), Vec::<String>::new());
    }
}

#[test]
fn what_is_not_on_the_wire_is_shown_when_it_is_asked_for() {
    let copy = Copy::with_all_snapshots();
    let file = page(&copy, "diff-wire", &["diff", "2.57.0", "2.65.0"]);
    let mut tab = Tab::new();
    for size in [DESKTOP, PHONE] {
        tab.resize(size);
        tab.open(&file, "");
        tab.click("input[value=none]");
        assert_eq!(count(&tab), "19 changes");
        assert_eq!(tab.seen("h2"), ["Breaking 3", "Warning 3", "Info 9", "Not attributed 4"]);
        for severity in ["breaking", "warning", "info"] {
            tab.click(&format!("input[value={severity}]"));
        }
        tab.click("select[name=rust] option[value=major]");
        assert_eq!(changes(&tab), ["NewCustomer changes in the client only"]);
        assert_eq!(tab.fragment(), "#severity=none&rust=major");
        tab.check();
        tab.pictures("diff-rust");
        tab.click("select[name=rust] option[value=minor]");
        assert_eq!(
            changes(&tab),
            ["activities", "customers", "projects"].map(|one| format!("{one}.create_team changes in the client only"))
        );
    }
}

#[test]
fn a_link_brings_the_filters_back() {
    let copy = Copy::with_all_snapshots();
    let file = page(&copy, "diff-linked", &["diff", "2.57.0", "2.65.0"]);
    let tab = Tab::new();
    tab.open(&file, "severity=warning&severity=info&resource=users&q=added");
    assert_eq!(
        changes(&tab),
        [
            "a value of language of UserCreateForm and UserEditForm was added: sr",
            "a value of locale of UserCreateForm and UserEditForm was added: sr",
            "a media type of POST /api/users 200 was added: application/json",
            "language of Customer, CustomerCollection and CustomerEntity was added: string",
        ]
    );
    let state = tab.run(
        "return [...document.querySelectorAll('input[type=checkbox]')].map((box) => box.checked) \
         .concat([document.querySelector('select').value, document.querySelector('input[type=search]').value])",
    );
    assert_eq!(state, serde_json::json!([false, true, true, false, "users", "added"]));

    // What a page does not have is no filter; no severity at all can be linked too.
    tab.open(&file, "resource=nosuch&severity=");
    assert_eq!(count(&tab), "0 of 19 changes");
    tab.click("button[type=reset]");
    assert_eq!((count(&tab), tab.fragment()), ("15 of 19 changes".to_owned(), String::new()));

    // The way back in the browser, or a link within the page.
    tab.run("location.hash = '#severity=breaking'");
    tab.run("return new Promise((done) => setTimeout(done, 50))");
    assert_eq!(count(&tab), "3 of 19 changes");
    tab.check();
}

#[test]
fn filters_work_with_the_keyboard() {
    let copy = Copy::with_all_snapshots();
    let file = page(&copy, "diff-keys", &["diff", "2.57.0", "2.65.0"]);
    let tab = Tab::new();
    tab.open(&file, "");
    tab.press(&["\u{e004}", " "]);
    assert_eq!((focus(&tab), count(&tab)), ("breaking".to_owned(), "12 of 19 changes".to_owned()));
    tab.press(&["\u{e004}", " "]);
    assert_eq!((focus(&tab), count(&tab)), ("warning".to_owned(), "9 of 19 changes".to_owned()));
    tab.press(&["\u{e004}", "\u{e004}", "\u{e004}", "l", "o", "c", "a", "l", "e"]);
    assert_eq!((focus(&tab), count(&tab)), ("locale".to_owned(), "1 of 19 changes".to_owned()));
    assert_eq!(changes(&tab), ["a value of locale of UserCreateForm and UserEditForm was added: sr"]);
    tab.check();
}
