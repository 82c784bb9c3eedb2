//! A project: its properties, rates, comments and custom fields.

use generated_client::jiff::SignedDuration;
use generated_client::jiff::civil::{Date, date};
use generated_client::types::{BudgetType, NewComment, NewProject, NewProjectRate, Project, ProjectPatch};
use generated_client::{Client, Color, ids};

use super::{Scene, fields};
use crate::made::Made;
use crate::run::Run;

const START: Date = date(2024, 1, 1);
const END: Date = date(2036, 12, 31);

pub(super) async fn create(
    run: &mut Run,
    kimai: &Client,
    made: &Made,
    customer: ids::CustomerId,
) -> Option<ids::ProjectId> {
    let name = made.name("project");
    let form = NewProject::new(&name, customer).start(START).end(END).order_date(START).order_number("PO-42");
    let project = run.step("projects.create", kimai.projects().create(form), |project| {
        assert_eq!((project.name.as_str(), project.customer), (name.as_str(), customer));
        assert_eq!((project.start, project.end), (Some(START), Some(END)));
        assert_eq!((project.order_date, project.order_number.as_deref()), (Some(START), Some("PO-42")));
        assert!(project.visible && project.billable && project.global_activities);
        "it is visible and billable, and has its dates"
    });
    Some(project.await?.id)
}

pub(super) async fn change(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let id = scene.project;
    properties(run, kimai, scene).await;
    run.step("projects.list", kimai.projects().list().customer(scene.customer), |list| {
        assert_eq!(list.iter().map(|found| found.id).collect::<Vec<_>>(), [id]);
        "it is the only one of the customer"
    })
    .await;
    rates(run, kimai, id).await;
    comments(run, kimai, id).await;
    custom_field(run, kimai, id).await;
}

async fn properties(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let update = |patch| kimai.projects().update(scene.project, patch);
    let patch = ProjectPatch::new()
        .billable(false)
        .budget(1234.56)
        .budget_type(BudgetType::Month)
        .color("#ff0000".parse().unwrap())
        .comment("changed")
        .end(date(2035, 6, 30))
        .global_activities(false)
        .invoice_text("Thank you")
        .order_date(date(2024, 2, 1))
        .order_number("PO-43")
        .start(date(2024, 2, 2))
        .time_budget(SignedDuration::from_mins(90));
    run.step("projects.update", update(patch), |found| {
        assert_eq!((found.budget, found.time_budget), (1234.56, SignedDuration::from_mins(90)));
        assert_eq!(found.budget_type, Some(BudgetType::Month));
        assert_eq!(found.color.as_ref().map(Color::as_str), Some("#ff0000"));
        assert_eq!((found.comment.as_deref(), found.order_number.as_deref()), (Some("changed"), Some("PO-43")));
        assert_eq!((found.start, found.end), (Some(date(2024, 2, 2)), Some(date(2035, 6, 30))));
        assert_eq!(found.order_date, Some(date(2024, 2, 1)));
        assert!(!found.billable && !found.global_activities);
        "12 properties are set"
    })
    .await;

    let patch = ProjectPatch::new()
        .billable(true)
        .clear_budget()
        .clear_budget_type()
        .clear_color()
        .clear_comment()
        .clear_end()
        .clear_invoice_text()
        .clear_order_date()
        .clear_order_number()
        .clear_start()
        .clear_time_budget()
        .global_activities(true);
    run.step("projects.update", update(patch), |found| {
        assert_eq!((found.budget, found.time_budget), (0.0, SignedDuration::ZERO));
        assert_eq!((&found.budget_type, &found.color), (&None, &None));
        assert_eq!((&found.comment, &found.order_number), (&None, &None));
        assert_eq!([found.start, found.end, found.order_date], [None; 3]);
        assert!(found.billable && found.global_activities);
        "10 properties are cleared, 2 are set back"
    })
    .await;

    let number = scene.made.number();
    let both = async {
        let found = update(ProjectPatch::new().number(&number)).await?;
        assert_eq!(found.number.as_ref(), Some(&number));
        update(ProjectPatch::new().clear_number()).await
    };
    run.step("projects.update", both, |found| {
        assert_eq!(found.number, None);
        "number is set and cleared"
    })
    .await;
}

async fn rates(run: &mut Run, kimai: &Client, id: ids::ProjectId) {
    let form = NewProjectRate::new(80.0).is_fixed(true);
    let rate = run.step("projects.create_rate", kimai.projects().create_rate(id, form), |rate| {
        assert_eq!((rate.rate, rate.is_fixed), (80.0, true));
        assert!(rate.user.is_none());
        "80.00, fixed"
    });
    let Some(rate) = rate.await else { return };
    run.step("projects.rates", kimai.projects().rates(id), |rates| {
        assert_eq!(rates.iter().map(|found| found.id).collect::<Vec<_>>(), [rate.id]);
        "it is listed"
    })
    .await;
    run.step("projects.delete_rate", kimai.projects().delete_rate(id, rate.id), |()| "it is deleted").await;
    run.step("projects.rates", kimai.projects().rates(id), |rates| {
        assert_eq!(rates.len(), 0);
        "none is left"
    })
    .await;
}

async fn comments(run: &mut Run, kimai: &Client, id: ids::ProjectId) {
    let create = kimai.projects().create_comment(id, NewComment::new("kick-off").pinned(true));
    let comment = run.step("projects.create_comment", create, |comment| {
        assert_eq!((comment.message.as_str(), comment.pinned), ("kick-off", true));
        "it is pinned"
    });
    let Some(comment) = comment.await else { return };
    run.step("projects.toggle_comment_pin", kimai.projects().toggle_comment_pin(id, comment.id), |comment| {
        assert!(!comment.pinned);
        "it is not pinned any more"
    })
    .await;
    run.step("projects.comments", kimai.projects().comments(id), |comments| {
        assert_eq!(comments.iter().map(|found| (found.id, found.pinned)).collect::<Vec<_>>(), [(comment.id, false)]);
        "it is listed"
    })
    .await;
    run.step("projects.delete_comment", kimai.projects().delete_comment(id, comment.id), |()| "it is deleted").await;
}

async fn custom_field(run: &mut Run, kimai: &Client, id: ids::ProjectId) {
    let Some(project) = run.quietly("projects.get", kimai.projects().get(id)).await else { return };
    let name = project.meta_fields.first().map(|field| field.name.as_str());
    let update = |field| kimai.projects().update_meta(id, field);
    fields::change(run, "projects.update_meta", name, update, Project::meta).await;
}
