//! Time records, page by page.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use generated_client::types::{ActionView, Language};
use generated_client::{Client, Select};

use crate::run::Run;

/// The size of a page: small enough for several pages, also on small servers.
const SIZE: u32 = 100;

pub(super) async fn read(run: &mut Run, kimai: &Client) {
    let page = kimai.timesheets().list().user(Select::All).size(SIZE);
    run.step("timesheets.list", page, |page| match (page.total, page.pages) {
        (Some(total), Some(pages)) => format!("{} of {total} on the first of {pages} pages", page.items.len()),
        _ => format!("{} on the first page, and no totals", page.items.len()),
    })
    .await;

    let records = kimai.timesheets().list().user(Select::All).size(SIZE).stream();
    let records = run
        .step("timesheets.list", records.try_collect::<Vec<_>>(), |records| {
            let ids: HashSet<_> = records.iter().map(|record| record.id).collect();
            assert_eq!(ids.len(), records.len(), "a record was read twice");
            format!("{} on all pages", records.len())
        })
        .await;
    let ids: Vec<_> = records.iter().flatten().map(|record| record.id).collect();

    let expanded = kimai.timesheets().list().user(Select::All).size(SIZE).full().stream();
    run.step("timesheets.list_full", expanded.try_collect::<Vec<_>>(), |records| {
        format!("{} on all pages", records.len())
    })
    .await;

    run.each("timesheets.get", &ids, |id| kimai.timesheets().get(id), |id, found| assert_eq!(found.id, id)).await;
    let menu = |id| kimai.actions().timesheet(id, ActionView::Index, Language::En);
    run.each("actions.timesheet", &ids, menu, |_, _| {}).await;

    run.step("timesheets.active", kimai.timesheets().active(), |active| {
        assert!(active.iter().all(|record| record.end.is_none()), "a record of them has an end");
        format!("{} running", active.len())
    })
    .await;
    run.step("timesheets.recent", kimai.timesheets().recent().size(5), |recent| {
        assert!(recent.len() <= 5, "{} records", recent.len());
        format!("{} of at most 5", recent.len())
    })
    .await;
}
