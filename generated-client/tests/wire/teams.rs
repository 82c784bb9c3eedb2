use generated_client::ids::{ActivityId, CustomerId, ProjectId, TeamId, UserId};
use generated_client::types::{NewTeam, NewTeamMember, TeamPatch};
use serde_json::json;

use crate::{Case, case, check, kimai, value, with_body};

const TEAM: TeamId = TeamId::new(2);

pub(crate) fn cases() -> Vec<Case> {
    let teams = kimai().teams();
    let mut cases = vec![
        case(&teams.list(), "GET /api/teams"),
        case(&teams.get(TEAM), "GET /api/teams/2"),
        case(&teams.delete(TEAM), "DELETE /api/teams/2"),
        case(&teams.add_activity(TEAM, ActivityId::new(6)), "POST /api/teams/2/activities/6"),
        case(&teams.remove_activity(TEAM, ActivityId::new(6)), "DELETE /api/teams/2/activities/6"),
        case(&teams.add_customer(TEAM, CustomerId::new(4)), "POST /api/teams/2/customers/4"),
        case(&teams.remove_customer(TEAM, CustomerId::new(4)), "DELETE /api/teams/2/customers/4"),
        case(&teams.add_member(TEAM, UserId::new(3)), "POST /api/teams/2/members/3"),
        case(&teams.remove_member(TEAM, UserId::new(3)), "DELETE /api/teams/2/members/3"),
        case(&teams.add_project(TEAM, ProjectId::new(5)), "POST /api/teams/2/projects/5"),
        case(&teams.remove_project(TEAM, ProjectId::new(5)), "DELETE /api/teams/2/projects/5"),
    ];
    cases.extend(forms());
    cases
}

fn forms() -> [Case; 5] {
    let teams = kimai().teams();
    let lead = NewTeamMember::new(UserId::new(3)).teamlead(true);
    let members = [lead.clone(), NewTeamMember::new(UserId::new(4)).teamlead(false)];
    [
        with_body(
            &teams.create(NewTeam::new("Team 162940", [NewTeamMember::new(UserId::new(3))])),
            "POST /api/teams",
            json!({"name": "Team 162940", "members": [{"user": 3}]}),
        ),
        with_body(
            &teams.create(NewTeam::new("Team 162940", members).color(value("#ff0000"))),
            "POST /api/teams",
            json!({
                "name": "Team 162940",
                "members": [{"user": 3, "teamlead": true}, {"user": 4, "teamlead": false}],
                "color": "#ff0000",
            }),
        ),
        with_body(&teams.update(TEAM, TeamPatch::new()), "PATCH /api/teams/2", json!({})),
        with_body(
            &teams.update(TEAM, TeamPatch::new().name("Team B 162940").members([lead]).color(value("#0000ff"))),
            "PATCH /api/teams/2",
            json!({"name": "Team B 162940", "members": [{"user": 3, "teamlead": true}], "color": "#0000ff"}),
        ),
        with_body(&teams.update(TEAM, TeamPatch::new().clear_color()), "PATCH /api/teams/2", json!({"color": null})),
    ]
}

#[test]
fn teams_as_the_server_takes_them() {
    check(&cases());
}
