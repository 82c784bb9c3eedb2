//! Makes objects of all kinds, changes them, and takes their changes back.

mod activities;
mod customers;
mod fields;
mod invoices;
mod projects;
mod records;
mod tags;
mod teams;
mod users;

use generated_client::types::User;
use generated_client::{Client, ids};

use crate::errors;
use crate::made::Made;
use crate::run::Run;

/// What the steps work on.
pub(crate) struct Scene<'a> {
    pub(crate) made: &'a Made,
    pub(crate) me: User,
    pub(crate) customer: ids::CustomerId,
    pub(crate) project: ids::ProjectId,
    pub(crate) activity: ids::ActivityId,
}

pub(crate) async fn everything(run: &mut Run, kimai: &Client, made: &Made) {
    let Some(me) = run.quietly("users.me", kimai.users().me()).await else {
        return not_tried(run, "all that writes");
    };
    let Some(customer) = customers::create(run, kimai, made).await else {
        return not_tried(run, "what needs a customer");
    };
    let Some(project) = projects::create(run, kimai, made, customer).await else {
        return not_tried(run, "what needs a project");
    };
    let Some(activity) = activities::create(run, kimai, made, project).await else {
        return not_tried(run, "what needs an activity");
    };
    let scene = Scene { made, me, customer, project, activity };
    customers::change(run, kimai, &scene).await;
    projects::change(run, kimai, &scene).await;
    activities::change(run, kimai, &scene).await;
    tags::all(run, kimai, made).await;
    records::all(run, kimai, &scene).await;
    let user = users::all(run, kimai, &scene).await;
    teams::all(run, kimai, &scene, user).await;
    invoices::all(run, kimai).await;
    errors::all(run, kimai, &scene).await;
    match user {
        Some(user) => errors::of_a_plain_user(run, kimai, &scene, user).await,
        None => not_tried(run, "what needs a second user"),
    }
}

/// The failure that this follows from is in the log already.
fn not_tried(run: &mut Run, what: &str) {
    run.log.skipped(&format!("{what}, because of a failure before"));
}
