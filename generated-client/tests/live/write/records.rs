//! Time records: booked, changed, listed in pages, started and stopped.

use std::collections::BTreeSet;

use futures_util::TryStreamExt as _;
use generated_client::jiff::SignedDuration;
use generated_client::jiff::civil::{DateTime, date};
use generated_client::types::{NewTimesheet, Order, Timesheet, TimesheetOrderBy, TimesheetPatch};
use generated_client::{Client, Error, Release, Select, ids, operations};

use super::{Scene, fields, not_tried};
use crate::run::Run;

/// A day long ago, which no server locks as the future.
const fn at(hour: i8) -> DateTime {
    date(2024, 3, 4).at(hour, 0, 0, 0)
}

/// How many records there are for the lists: more than two pages of them.
const BOOKED: usize = 5;

pub(super) async fn all(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let Some(record) = book(run, kimai, scene).await else {
        return not_tried(run, "what needs a time record");
    };
    lists(run, kimai, scene).await;
    change(run, kimai, scene, record.id).await;
    start_and_stop(run, kimai, scene, record.id).await;
    let field = record.meta_fields.first().map(|field| field.name.as_str());
    let update = |field| kimai.timesheets().update_meta(record.id, field);
    fields::change(run, "timesheets.update_meta", field, update, Timesheet::meta).await;
    delete(run, kimai, record.id).await;
}

async fn book(run: &mut Run, kimai: &Client, scene: &Scene<'_>) -> Option<Timesheet> {
    let tag = scene.made.name("urgent");
    let form = NewTimesheet::new(scene.project, scene.activity)
        .begin(at(8))
        .end(at(10))
        .description("Anforderungen geklärt")
        .hourly_rate(80.5)
        .tags([&tag]);
    let record = run.step("timesheets.create", kimai.timesheets().create(form), |record| {
        assert_eq!((record.project, record.activity, record.user), (scene.project, scene.activity, scene.me.id));
        assert_eq!(record.begin.datetime(), at(8));
        assert_eq!(record.end.as_ref().unwrap().datetime(), at(10));
        assert_eq!(record.duration, Some(SignedDuration::from_hours(2)));
        assert_eq!(record.description.as_deref(), Some("Anforderungen geklärt"));
        assert_eq!((record.hourly_rate, record.rate), (Some(80.5), 161.0));
        assert_eq!(record.tags, [tag.as_str()]);
        assert!(record.billable && !record.exported);
        "2 hours of 80.50, with a tag"
    });
    let record = record.await?;

    let zone = scene.me.timezone.to_time_zone().unwrap();
    run.step("timesheets.get", kimai.timesheets().get(record.id), |found| {
        assert_eq!((found.id, &found.begin), (record.id, &record.begin));
        let begin = at(8).to_zoned_datetime(zone.clone()).unwrap();
        assert_eq!(found.begin.timestamp(), begin.timestamp());
        "its times are those of the user's time zone"
    })
    .await;

    let form = NewTimesheet::new(scene.project, scene.activity).begin(at(10)).end(at(11)).fixed_rate(12.5);
    run.step("timesheets.create_full", kimai.timesheets().create(form).full(), |record| {
        assert_eq!((record.project.id, record.activity.id), (scene.project, scene.activity));
        assert_eq!(record.project.customer.id, scene.customer);
        assert_eq!(record.rate, 12.5);
        "a fixed rate, and the project with its customer"
    })
    .await;

    let form = |hour| NewTimesheet::new(scene.project, scene.activity).begin(at(hour)).end(at(hour + 1));
    let more = kimai.timesheets();
    let more = async {
        for hour in [11, 12] {
            more.create(form(hour)).await?;
        }
        more.create(form(13).billable(false)).await
    };
    run.step("timesheets.create", more, |record| {
        assert!(!record.billable);
        "3 more, the last one is not billable"
    })
    .await;
    Some(record)
}

async fn lists(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let list = || kimai.timesheets().list().project(scene.project);
    run.step("timesheets.list", list().size(2), |page| {
        assert_eq!(page.items.len(), 2);
        match (page.total, page.pages, page.next_page()) {
            (None, None, None) => "2 on the first page, and no totals",
            totals => {
                assert_eq!(totals, (Some(BOOKED as u64), Some(3), Some(2)));
                "2 of 5 on the first of 3 pages"
            }
        }
    })
    .await;
    run.step("timesheets.list", list().size(2).stream().try_collect::<Vec<_>>(), |records| {
        let ids: BTreeSet<ids::TimesheetId> = records.iter().map(|record| record.id).collect();
        assert_eq!((records.len(), ids.len()), (BOOKED, BOOKED));
        "5 on all pages, none twice"
    })
    .await;
    run.step("timesheets.list_full", list().size(2).full().stream().try_collect::<Vec<_>>(), |records| {
        assert_eq!(records.len(), BOOKED);
        assert!(records.iter().all(|record| record.project.customer.id == scene.customer));
        "5 on all pages, with their customer"
    })
    .await;
    run.refused("timesheets.list", list().size(2).page(99), |error| {
        assert!(error.is_not_found(), "{error}");
        "a page after the last one is a 404"
    })
    .await;
    filters(run, kimai, scene).await;
}

async fn filters(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let list = || kimai.timesheets().list().project(scene.project);
    let count = |page: &generated_client::Page<_>, expected: usize| assert_eq!(page.items.len(), expected);

    let later = list().begin(at(11)).end(at(23)).order_by(TimesheetOrderBy::Begin).order(Order::Asc);
    run.step("timesheets.list", later, |page| {
        let hours: Vec<i8> = page.iter().map(|record| record.begin.hour()).collect();
        assert_eq!(hours, [11, 12, 13]);
        "3 from 11 on, the first one first"
    })
    .await;
    run.step("timesheets.list", list().tags([scene.made.name("urgent")]), |page| {
        count(page, 1);
        "1 with the tag"
    })
    .await;
    run.step("timesheets.list", list().term("Anforderungen"), |page| {
        count(page, 1);
        "1 with the word"
    })
    .await;
    run.step("timesheets.list", kimai.timesheets().list().activity(scene.activity), |page| {
        count(page, BOOKED);
        "5 of the activity"
    })
    .await;
    run.step("timesheets.list", kimai.timesheets().list().customer(scene.customer), |page| {
        count(page, BOOKED);
        "5 of the customer"
    })
    .await;
    run.step("timesheets.list", list().active(true), |page| {
        count(page, 0);
        "none is running"
    })
    .await;
    run.step("timesheets.list", list().exported(true), |page| {
        count(page, 0);
        "none is exported"
    })
    .await;
    run.step("timesheets.list", list().billable(true), |page| {
        count(page, BOOKED - 1);
        "4 are billable"
    })
    .await;
    run.step("timesheets.list", list().user(vec![scene.me.id]), |page| {
        count(page, BOOKED);
        "5 of the user"
    })
    .await;
    run.step("timesheets.list", list().user(Select::All), |page| {
        count(page, BOOKED);
        "5 of all users"
    })
    .await;
}

async fn change(run: &mut Run, kimai: &Client, scene: &Scene<'_>, id: ids::TimesheetId) {
    let update = |patch| kimai.timesheets().update(id, patch);
    let patch = TimesheetPatch::new().begin(at(7)).billable(false).description("done").exported(true).fixed_rate(99.95);
    run.step("timesheets.update", update(patch), |record| {
        assert_eq!(record.begin.datetime(), at(7));
        assert_eq!(record.duration, Some(SignedDuration::from_hours(3)));
        assert_eq!((record.fixed_rate, record.rate), (Some(99.95), 99.95));
        assert_eq!(record.description.as_deref(), Some("done"));
        assert!(!record.billable && record.exported);
        assert_eq!(record.tags, [scene.made.name("urgent")], "a property that the patch does not have");
        "5 properties are set, another one is kept"
    })
    .await;
    let patch = TimesheetPatch::new().clear_description().clear_fixed_rate().clear_hourly_rate().clear_tags();
    run.step("timesheets.update", update(patch.exported(false)), |record| {
        assert_eq!((&record.description, record.fixed_rate), (&None, None));
        assert_eq!(record.tags.len(), 0);
        assert!(!record.exported && !record.billable);
        "4 properties are cleared, 1 is set back"
    })
    .await;
    run.step("timesheets.toggle_exported", kimai.timesheets().toggle_exported(id), |record| {
        assert!(record.exported);
        "it is exported"
    })
    .await;
    run.step("timesheets.toggle_exported", kimai.timesheets().toggle_exported(id), |record| {
        assert!(!record.exported);
        "it is not exported"
    })
    .await;
    unknown_tags(run, kimai, scene, id).await;
    breaks(run, kimai, id).await;
}

/// Only since 2.11: older releases make a tag, whose id they do not tell.
async fn unknown_tags(run: &mut Run, kimai: &Client, scene: &Scene<'_>, id: ids::TimesheetId) {
    if !kimai.supports::<operations::tags::Find>() {
        run.log.skipped("timesheets.update: an unknown tag, which this release may make and not find");
        return;
    }
    let patch = TimesheetPatch::new().tags([scene.made.name("unknown"), scene.made.name("urgent")]);
    run.step("timesheets.update", kimai.timesheets().update(id, patch), |record| {
        assert_eq!(record.tags, [scene.made.name("urgent")]);
        "an unknown tag is dropped"
    })
    .await;
}

/// The settings of the server decide whether records have a break. Before 2.45, no response shows it.
async fn breaks(run: &mut Run, kimai: &Client, id: ids::TimesheetId) {
    let set = async {
        let patch = TimesheetPatch::new().break_duration(SignedDuration::from_mins(30));
        match kimai.timesheets().update(id, patch).await {
            Ok(record) => Ok(Some(record)),
            Err(Error::Api(refusal)) if refusal.extra_fields() == ["break"] => Ok(None),
            Err(error) => Err(error),
        }
    };
    let record = run.step("timesheets.update", set, |record| match record {
        Some(record) => {
            let is_shown = kimai.server_version() >= Some(Release::new(2, 45, 0));
            assert_eq!(record.break_duration, is_shown.then_some(SignedDuration::from_mins(30)));
            "break is set"
        }
        None => "the server has no breaks: the error names the field",
    });
    if let Some(Some(_)) = record.await {
        let patch = TimesheetPatch::new().clear_break_duration();
        run.step("timesheets.update", kimai.timesheets().update(id, patch), |record| {
            assert_eq!(record.break_duration.unwrap_or_default(), SignedDuration::ZERO);
            "break is cleared"
        })
        .await;
    }
}

/// With a record that begins now: servers may refuse to stop one that ran for days.
async fn start_and_stop(run: &mut Run, kimai: &Client, scene: &Scene<'_>, booked: ids::TimesheetId) {
    let timesheets = kimai.timesheets();
    let start = timesheets.create(NewTimesheet::new(scene.project, scene.activity));
    let started = run.step("timesheets.create", start, |record| {
        assert_eq!(record.end, None);
        "without times, it is running"
    });
    let Some(started) = started.await else { return not_tried(run, "what needs a running record") };
    let id = started.id;
    run.step("timesheets.active", timesheets.active(), |active| {
        let found = active.iter().find(|record| record.id == id).unwrap();
        assert_eq!(found.project.customer.id, scene.customer);
        "it is running"
    })
    .await;
    run.step("timesheets.stop", timesheets.stop(id), |record| {
        assert!(record.end.is_some());
        "it has an end"
    })
    .await;
    run.step("timesheets.stop", timesheets.stop(id), |record| {
        assert!(record.end.is_some());
        "a stopped record can be stopped"
    })
    .await;
    run.step("timesheets.update", timesheets.update(id, TimesheetPatch::new().clear_end()), |record| {
        assert_eq!(record.end, None);
        "without an end, it runs again"
    })
    .await;
    run.step("timesheets.stop_via_get", timesheets.stop_via_get(id), |record| {
        assert_eq!(record.id, id);
        assert!(record.end.is_some());
        "it has an end"
    })
    .await;
    run.step("timesheets.restart", timesheets.restart(booked).copy_all(), |record| {
        assert_eq!((record.end.as_ref(), record.project), (None, scene.project));
        assert_ne!(record.id, booked);
        "another record is running"
    })
    .await;
    run.step("timesheets.restart_via_get", timesheets.restart_via_get(booked), |record| {
        assert_eq!(record.end, None);
        assert_ne!(record.id, booked);
        "another record is running"
    })
    .await;
    run.step("timesheets.recent", timesheets.recent(), |recent| {
        assert!(recent.iter().any(|record| record.project.id == scene.project));
        "the project is among them"
    })
    .await;
    run.step("timesheets.duplicate", timesheets.duplicate(booked), |record| {
        assert_ne!(record.id, booked);
        assert_eq!((record.project, record.begin.datetime()), (scene.project, at(7)));
        "the copy has the same begin"
    })
    .await;
}

async fn delete(run: &mut Run, kimai: &Client, id: ids::TimesheetId) {
    run.step("timesheets.delete", kimai.timesheets().delete(id), |()| "it is deleted").await;
    run.refused("timesheets.get", kimai.timesheets().get(id), |error| {
        assert!(error.is_not_found(), "{error}");
        "a deleted record is a 404"
    })
    .await;
}
