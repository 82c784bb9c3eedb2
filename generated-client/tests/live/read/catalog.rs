//! Customers, projects and activities, with their rates, comments and menus.

use generated_client::Client;
use generated_client::types::{ActionView, Language, Visibility};

use super::listed;
use crate::run::Run;

pub(super) async fn read(run: &mut Run, kimai: &Client) {
    customers(run, kimai).await;
    projects(run, kimai).await;
    activities(run, kimai).await;
}

async fn customers(run: &mut Run, kimai: &Client) {
    let list = run.step("customers.list", kimai.customers().list().visible(Visibility::All), listed).await;
    let ids: Vec<_> = list.iter().flatten().map(|customer| customer.id).collect();
    run.step("customers.list_full", kimai.customers().list().visible(Visibility::All).full(), listed).await;
    run.each("customers.get", &ids, |id| kimai.customers().get(id), |id, found| assert_eq!(found.id, id)).await;
    run.each("customers.rates", &ids, |id| kimai.customers().rates(id), |_, _| {}).await;
    run.each("customers.comments", &ids, |id| kimai.customers().comments(id), |_, _| {}).await;
    let menu = |id| kimai.actions().customer(id, ActionView::Index, Language::En);
    run.each("actions.customer", &ids, menu, |_, _| {}).await;
}

async fn projects(run: &mut Run, kimai: &Client) {
    let all = kimai.projects().list().visible(Visibility::All).ignore_dates();
    let list = run.step("projects.list", all, listed).await;
    let ids: Vec<_> = list.iter().flatten().map(|project| project.id).collect();
    run.each("projects.get", &ids, |id| kimai.projects().get(id), |id, found| assert_eq!(found.id, id)).await;
    run.each("projects.rates", &ids, |id| kimai.projects().rates(id), |_, _| {}).await;
    run.each("projects.comments", &ids, |id| kimai.projects().comments(id), |_, _| {}).await;
    let menu = |id| kimai.actions().project(id, ActionView::Index, Language::En);
    run.each("actions.project", &ids, menu, |_, _| {}).await;
}

async fn activities(run: &mut Run, kimai: &Client) {
    let list = run.step("activities.list", kimai.activities().list().visible(Visibility::All), listed).await;
    let ids: Vec<_> = list.iter().flatten().map(|activity| activity.id).collect();
    run.each("activities.get", &ids, |id| kimai.activities().get(id), |id, found| assert_eq!(found.id, id)).await;
    run.each("activities.rates", &ids, |id| kimai.activities().rates(id), |_, _| {}).await;
    let menu = |id| kimai.actions().activity(id, ActionView::Index, Language::En);
    run.each("actions.activity", &ids, menu, |_, _| {}).await;
}
