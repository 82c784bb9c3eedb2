//! The pages of `history`.

use super::pages::page;
use super::support::Copy;
use super::tab::{DESKTOP, PHONE, Tab};

fn rows(tab: &Tab) -> Vec<String> {
    tab.seen("tr[data-item] th")
}

fn count(tab: &Tab) -> String {
    tab.seen("output").join("")
}

#[test]
fn operations_are_found_by_resource_state_and_text() {
    let copy = Copy::with_all_snapshots();
    let file = page(&copy, "history", &["history"]);
    let mut tab = Tab::new();
    for size in [DESKTOP, PHONE] {
        tab.resize(size);
        tab.open(&file, "");
        tab.check();
        tab.pictures("history");
        assert_eq!(count(&tab), "91 operations");

        tab.click("select[name=state] option[value=gone]");
        assert_eq!(
            rows(&tab),
            [
                "POST /api/activities/{}/team",
                "GET /api/config/i18n",
                "POST /api/customers/{}/team",
                "POST /api/projects/{}/team",
                "GET /api/timesheets/{}/restart",
                "GET /api/timesheets/{}/stop",
            ]
        );
        assert_eq!(tab.seen("tr.title th").len(), 5);
        tab.check();
        tab.pictures("history-gone");
        tab.click("select[name=resource] option[value=timesheets]");
        assert_eq!(rows(&tab), ["GET /api/timesheets/{}/restart", "GET /api/timesheets/{}/stop"]);
        assert_eq!(tab.seen("tr.title th"), ["timesheets 2 of 14"]);
        tab.write("input[name=q]", "stop");
        assert_eq!(count(&tab), "1 of 91 operations");
        assert_eq!(tab.fragment(), "#resource=timesheets&state=gone&q=stop");

        tab.open(&file, "state=newest&resource=tags");
        assert_eq!(rows(&tab), ["GET /api/tags", "POST /api/tags", "GET /api/tags/find", "DELETE /api/tags/{}"]);
        tab.check();
    }
}

#[test]
fn the_first_column_stays_while_the_table_is_scrolled() {
    let copy = Copy::with_all_snapshots();
    let file = page(&copy, "history-scrolled", &["history"]);
    let mut tab = Tab::new();
    tab.resize(PHONE);
    tab.open(&file, "resource=tags");
    let place = "return [document.querySelector('.scroll').scrollLeft > 100, \
                 document.querySelector('tr[data-item]:not([hidden]) th').getBoundingClientRect().left > 0]";
    tab.run("document.querySelector('.scroll').scrollLeft = 200");
    assert_eq!(tab.run(place), serde_json::json!([true, true]));
    tab.picture("history-scrolled");
    tab.check();
}

#[test]
fn parts_of_a_type_and_changes_are_found() {
    let copy = Copy::with_all_snapshots();
    let form = page(&copy, "history-fields", &["history", "--fields", "NewCustomer"]);
    let changes = page(&copy, "history-since", &["history", "--since", "2.57"]);
    let tab = Tab::new();
    tab.open(&form, "state=gone");
    assert_eq!(
        rows(&tab),
        ["address", "address_line1", "address_line2", "address_line3", "fixedRate", "hourlyRate", "postcode"]
    );
    tab.open(&changes, "");
    assert_eq!(tab.seen("h2"), ["2.65.0", "2.63.0", "2.62.0", "2.58.0", "2.57.0"]);
    tab.click("select[name=event] option[value=went]");
    assert_eq!(tab.seen("h2"), ["2.65.0", "2.58.0"]);
    tab.click("select[name=kind] option[value=type]");
    assert_eq!(tab.seen("[data-nothing] p"), ["Nothing matches."]);
    tab.check();
}
