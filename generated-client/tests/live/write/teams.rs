//! A team: its members, and what it may access.

use generated_client::types::{NewTeam, NewTeamMember, Team, TeamPatch};
use generated_client::{Client, Color, ids};

use super::{Scene, not_tried};
use crate::run::Run;

pub(super) async fn all(run: &mut Run, kimai: &Client, scene: &Scene<'_>, user: Option<ids::UserId>) {
    let name = scene.made.name("team");
    let form = NewTeam::new(&name, [NewTeamMember::new(scene.me.id).teamlead(true)]);
    let team = run.step("teams.create", kimai.teams().create(form), |team| {
        assert_eq!(team.name, name);
        assert_eq!(members(team), [(scene.me.id, true)]);
        "it has a lead"
    });
    match team.await {
        Some(team) => {
            properties(run, kimai, scene, team.id).await;
            access(run, kimai, scene, team.id).await;
            match user {
                Some(user) => membership(run, kimai, scene, team.id, user).await,
                None => not_tried(run, "what needs a second member"),
            }
            run.step("teams.delete", kimai.teams().delete(team.id), |()| "it is deleted").await;
        }
        None => not_tried(run, "what needs a team"),
    }
    of_an_object(run, kimai, scene).await;
}

/// Some releases make the team of an object; it has the name of the object.
async fn of_an_object(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    run.step("customers.create_team", kimai.customers().create_team(scene.customer), |team| {
        assert!(scene.made.has(&team.name));
        "it has the name of the customer"
    })
    .await;
    run.step("projects.create_team", kimai.projects().create_team(scene.project), |team| {
        assert!(scene.made.has(&team.name));
        "it has the name of the project"
    })
    .await;
    run.step("activities.create_team", kimai.activities().create_team(scene.activity), |team| {
        assert!(scene.made.has(&team.name));
        "it has the name of the activity"
    })
    .await;
}

fn members(team: &Team) -> Vec<(ids::UserId, bool)> {
    team.members.iter().flatten().map(|member| (member.user.id, member.teamlead)).collect()
}

async fn properties(run: &mut Run, kimai: &Client, scene: &Scene<'_>, id: ids::TeamId) {
    let name = scene.made.name("renamed");
    let patch = TeamPatch::new().name(&name).color("#ff0000".parse().unwrap());
    run.step("teams.update", kimai.teams().update(id, patch), |team| {
        assert_eq!(team.name, name);
        assert_eq!(team.color.as_ref().map(Color::as_str), Some("#ff0000"));
        assert_eq!(members(team), [(scene.me.id, true)], "a property that the patch does not have");
        "name and color are set, the lead is kept"
    })
    .await;
    run.step("teams.update", kimai.teams().update(id, TeamPatch::new().clear_color()), |team| {
        assert_eq!(team.color, None);
        "color is cleared"
    })
    .await;
    run.step("teams.list", kimai.teams().list(), |teams| {
        assert!(teams.iter().any(|team| team.id == id && team.name == name));
        "it is listed with its new name"
    })
    .await;
}

async fn access(run: &mut Run, kimai: &Client, scene: &Scene<'_>, id: ids::TeamId) {
    let teams = kimai.teams();
    run.step("teams.add_customer", teams.add_customer(id, scene.customer), |team| {
        assert_eq!(team.customers.iter().flatten().map(|found| found.id).collect::<Vec<_>>(), [scene.customer]);
        "it has access"
    })
    .await;
    run.step("teams.add_project", teams.add_project(id, scene.project), |team| {
        assert_eq!(team.projects.iter().flatten().map(|found| found.id).collect::<Vec<_>>(), [scene.project]);
        "it has access"
    })
    .await;
    run.step("teams.add_activity", teams.add_activity(id, scene.activity), |team| {
        assert_eq!(team.activities.iter().flatten().map(|found| found.id).collect::<Vec<_>>(), [scene.activity]);
        "it has access"
    })
    .await;
    run.step("customers.get", kimai.customers().get(scene.customer), |customer| {
        assert_eq!(customer.teams.iter().map(|team| team.id).collect::<Vec<_>>(), [id]);
        "the customer shows the team"
    })
    .await;
    run.step("teams.remove_activity", teams.remove_activity(id, scene.activity), |team| {
        assert_eq!(team.activities.iter().flatten().count(), 0);
        "it has no access any more"
    })
    .await;
    run.step("teams.remove_project", teams.remove_project(id, scene.project), |team| {
        assert_eq!(team.projects.iter().flatten().count(), 0);
        "it has no access any more"
    })
    .await;
    run.step("teams.remove_customer", teams.remove_customer(id, scene.customer), |team| {
        assert_eq!(team.customers.iter().flatten().count(), 0);
        "it has no access any more"
    })
    .await;
}

async fn membership(run: &mut Run, kimai: &Client, scene: &Scene<'_>, id: ids::TeamId, user: ids::UserId) {
    let teams = kimai.teams();
    run.step("teams.add_member", teams.add_member(id, user), |team| {
        assert!(members(team).contains(&(user, false)));
        assert_eq!(members(team).len(), 2);
        "it has two members"
    })
    .await;
    run.step("teams.get", teams.get(id), |team| {
        assert_eq!(members(team).len(), 2);
        "it has two members"
    })
    .await;
    run.step("teams.remove_member", teams.remove_member(id, user), |team| {
        assert_eq!(members(team), [(scene.me.id, true)]);
        "it has one member"
    })
    .await;
    let both = [NewTeamMember::new(scene.me.id).teamlead(true), NewTeamMember::new(user).teamlead(true)];
    run.step("teams.update", teams.update(id, TeamPatch::new().members(both)), |team| {
        assert_eq!(members(team).iter().filter(|(_, is_lead)| *is_lead).count(), 2);
        "it has two leads"
    })
    .await;
}
