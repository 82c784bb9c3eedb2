//! Deletes what a run made.
//!
//! It looks for the names that the run uses. So it also finds objects whose create response was lost.

use futures_util::TryStreamExt as _;
use generated_client::types::{ActivityPatch, CustomerPatch, ProjectPatch, UserPatch, Visibility};
use generated_client::{Client, Select, operations};

use crate::made::Made;
use crate::run::Run;

/// How often it tries.
const ROUNDS: usize = 3;

pub(crate) async fn all(run: &mut Run, kimai: &Client, made: &Made) {
    for _ in 0..ROUNDS {
        if round(run, kimai, made).await == Some(0) {
            run.log.found("cleanup", "nothing of this run is left");
            return;
        }
    }
    run.log.failed("cleanup", &format!("objects stay, whose names begin with {}", made.prefix()));
}

/// Returns how many objects it found; nothing if it could not look for all of them.
async fn round(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let parts = [
        records(run, kimai, made).await,
        activities(run, kimai, made).await,
        projects(run, kimai, made).await,
        customers(run, kimai, made).await,
        teams(run, kimai, made).await,
        tags(run, kimai, made).await,
        users(run, kimai, made).await,
    ];
    parts.into_iter().sum()
}

async fn records(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let all = kimai.projects().list().visible(Visibility::All).ignore_dates();
    let projects = run.quietly("projects.list", all).await?;
    let projects: Vec<_> = projects.iter().filter(|project| made.has(&project.name)).map(|found| found.id).collect();
    if projects.is_empty() {
        return Some(0);
    }
    let records = kimai.timesheets().list().user(Select::All).project(projects.clone()).size(100).stream();
    let records = run.quietly("timesheets.list", records.try_collect::<Vec<_>>()).await?;
    // A server that ignores the filter must not lose the records of others.
    let ours = records.iter().filter(|record| projects.contains(&record.project));
    let ids: Vec<_> = ours.map(|record| record.id).collect();
    if !ids.is_empty() {
        run.each("timesheets.delete", &ids, |id| kimai.timesheets().delete(id), |_, ()| {}).await;
    }
    Some(ids.len())
}

async fn activities(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let can_delete = kimai.supports::<operations::activities::Delete>();
    let all = run.quietly("activities.list", kimai.activities().list().visible(Visibility::All)).await?;
    let left = all.iter().filter(|found| made.has(&found.name) && (can_delete || found.visible));
    let ids: Vec<_> = left.map(|found| found.id).collect();
    if can_delete && !ids.is_empty() {
        run.each("activities.delete", &ids, |id| kimai.activities().delete(id), |_, ()| {}).await;
    } else if !ids.is_empty() {
        run.log.found("cleanup", "this release cannot delete activities: they are hidden");
        let hide = |id| kimai.activities().update(id, ActivityPatch::new().visible(false));
        run.each("activities.update", &ids, hide, |_, found| assert!(!found.visible)).await;
    }
    Some(ids.len())
}

async fn projects(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let can_delete = kimai.supports::<operations::projects::Delete>();
    let all = kimai.projects().list().visible(Visibility::All).ignore_dates();
    let all = run.quietly("projects.list", all).await?;
    let left = all.iter().filter(|found| made.has(&found.name) && (can_delete || found.visible));
    let ids: Vec<_> = left.map(|found| found.id).collect();
    if can_delete && !ids.is_empty() {
        run.each("projects.delete", &ids, |id| kimai.projects().delete(id), |_, ()| {}).await;
    } else if !ids.is_empty() {
        run.log.found("cleanup", "this release cannot delete projects: they are hidden");
        let hide = |id| kimai.projects().update(id, ProjectPatch::new().visible(false));
        run.each("projects.update", &ids, hide, |_, found| assert!(!found.visible)).await;
    }
    Some(ids.len())
}

async fn customers(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let can_delete = kimai.supports::<operations::customers::Delete>();
    let all = run.quietly("customers.list", kimai.customers().list().visible(Visibility::All)).await?;
    let left = all.iter().filter(|found| made.has(&found.name) && (can_delete || found.visible));
    let ids: Vec<_> = left.map(|found| found.id).collect();
    if can_delete && !ids.is_empty() {
        run.each("customers.delete", &ids, |id| kimai.customers().delete(id), |_, ()| {}).await;
    } else if !ids.is_empty() {
        run.log.found("cleanup", "this release cannot delete customers: they are hidden");
        let hide = |id| kimai.customers().update(id, CustomerPatch::new().visible(false));
        run.each("customers.update", &ids, hide, |_, found| assert!(!found.visible)).await;
    }
    Some(ids.len())
}

async fn teams(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let all = run.quietly("teams.list", kimai.teams().list()).await?;
    let ids: Vec<_> = all.iter().filter(|team| made.has(&team.name)).map(|team| team.id).collect();
    if !ids.is_empty() {
        run.each("teams.delete", &ids, |id| kimai.teams().delete(id), |_, ()| {}).await;
    }
    Some(ids.len())
}

async fn tags(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let (count, ids) = if kimai.supports::<operations::tags::Find>() {
        let all = run.quietly("tags.find", kimai.tags().find().name("")).await?;
        let ids: Vec<_> = all.iter().filter(|tag| made.has(&tag.name)).map(|tag| tag.id).collect();
        (ids.len(), ids)
    } else {
        let mut names = run.quietly("tags.list", kimai.tags().list()).await?;
        names.retain(|name| made.has(name));
        (names.len(), made.tags(&names))
    };
    if !ids.is_empty() {
        run.each("tags.delete", &ids, |id| kimai.tags().delete(id), |_, ()| {}).await;
    }
    Some(count)
}

async fn users(run: &mut Run, kimai: &Client, made: &Made) -> Option<usize> {
    let enabled = run.quietly("users.list", kimai.users().list().visible(Visibility::Visible)).await?;
    let ids: Vec<_> = enabled.iter().filter(|user| made.has(&user.username)).map(|user| user.id).collect();
    if !ids.is_empty() {
        run.log.found("cleanup", "Kimai's API cannot delete users: they are disabled");
        let disable = |id| kimai.users().update(id, UserPatch::new().enabled(false));
        run.each("users.update", &ids, disable, |_, user| assert!(!user.enabled)).await;
    }
    Some(ids.len())
}
