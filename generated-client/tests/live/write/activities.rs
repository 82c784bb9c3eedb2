//! An activity of a project: its properties, rates and custom fields.

use generated_client::jiff::SignedDuration;
use generated_client::types::{Activity, ActivityPatch, BudgetType, NewActivity, NewActivityRate};
use generated_client::{Client, Color, ids};

use super::{Scene, fields};
use crate::made::Made;
use crate::run::Run;

pub(super) async fn create(
    run: &mut Run,
    kimai: &Client,
    made: &Made,
    project: ids::ProjectId,
) -> Option<ids::ActivityId> {
    let name = made.name("activity");
    let form = NewActivity::new(&name).project(project).comment("made by a test");
    let activity = run.step("activities.create", kimai.activities().create(form), |activity| {
        assert_eq!((activity.name.as_str(), activity.project), (name.as_str(), Some(project)));
        assert_eq!(activity.comment.as_deref(), Some("made by a test"));
        assert!(activity.visible && activity.billable);
        "it is of the project, visible and billable"
    });
    Some(activity.await?.id)
}

pub(super) async fn change(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    properties(run, kimai, scene).await;
    run.step("activities.list", kimai.activities().list().project(scene.project).term(scene.made.prefix()), |list| {
        assert_eq!(list.iter().map(|found| found.id).collect::<Vec<_>>(), [scene.activity]);
        "it is found by its name"
    })
    .await;
    rates(run, kimai, scene.activity, scene.me.id).await;
    custom_field(run, kimai, scene.activity).await;
}

async fn properties(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let update = |patch| kimai.activities().update(scene.activity, patch);
    let patch = ActivityPatch::new()
        .billable(false)
        .budget(1234.56)
        .budget_type(BudgetType::Month)
        .color("#ff0000".parse().unwrap())
        .comment("changed")
        .invoice_text("Thank you")
        .time_budget(SignedDuration::from_mins(90));
    run.step("activities.update", update(patch), |found| {
        assert_eq!((found.budget, found.time_budget), (1234.56, SignedDuration::from_mins(90)));
        assert_eq!(found.budget_type, Some(BudgetType::Month));
        assert_eq!(found.color.as_ref().map(Color::as_str), Some("#ff0000"));
        assert_eq!(found.comment.as_deref(), Some("changed"));
        assert!(!found.billable);
        "7 properties are set"
    })
    .await;

    let patch = ActivityPatch::new()
        .billable(true)
        .clear_budget()
        .clear_budget_type()
        .clear_color()
        .clear_comment()
        .clear_invoice_text()
        .clear_time_budget();
    run.step("activities.update", update(patch), |found| {
        assert_eq!((found.budget, found.time_budget), (0.0, SignedDuration::ZERO));
        assert_eq!((&found.budget_type, &found.color, &found.comment), (&None, &None, &None));
        assert!(found.billable);
        "6 properties are cleared, 1 is set back"
    })
    .await;

    let number = scene.made.number();
    let both = async {
        let found = update(ActivityPatch::new().number(&number)).await?;
        assert_eq!(found.number.as_ref(), Some(&number));
        update(ActivityPatch::new().clear_number()).await
    };
    run.step("activities.update", both, |found| {
        assert_eq!(found.number, None);
        "number is set and cleared"
    })
    .await;
}

async fn rates(run: &mut Run, kimai: &Client, id: ids::ActivityId, me: ids::UserId) {
    let form = NewActivityRate::new(60.0).user(me);
    let rate = run.step("activities.create_rate", kimai.activities().create_rate(id, form), |rate| {
        assert_eq!((rate.rate, rate.user.as_ref().map(|user| user.id)), (60.0, Some(me)));
        "60.00, for one user"
    });
    let Some(rate) = rate.await else { return };
    run.step("activities.rates", kimai.activities().rates(id), |rates| {
        assert_eq!(rates.iter().map(|found| found.id).collect::<Vec<_>>(), [rate.id]);
        "it is listed"
    })
    .await;
    run.step("activities.delete_rate", kimai.activities().delete_rate(id, rate.id), |()| "it is deleted").await;
    run.step("activities.rates", kimai.activities().rates(id), |rates| {
        assert_eq!(rates.len(), 0);
        "none is left"
    })
    .await;
}

async fn custom_field(run: &mut Run, kimai: &Client, id: ids::ActivityId) {
    let Some(activity) = run.quietly("activities.get", kimai.activities().get(id)).await else { return };
    let name = activity.meta_fields.first().map(|field| field.name.as_str());
    let update = |field| kimai.activities().update_meta(id, field);
    fields::change(run, "activities.update_meta", name, update, Activity::meta).await;
}
