//! Users, teams and tags.

use generated_client::Client;
use generated_client::types::Visibility;

use super::listed;
use crate::run::Run;

pub(super) async fn read(run: &mut Run, kimai: &Client) {
    run.step("users.me", kimai.users().me(), |me| {
        me.timezone.to_time_zone().unwrap();
        format!("{} preferences", me.preferences.len())
    })
    .await;
    let users = run.step("users.list", kimai.users().list().visible(Visibility::All), listed).await;
    let users: Vec<_> = users.iter().flatten().map(|user| user.id).collect();
    run.step("users.list_full", kimai.users().list().visible(Visibility::All).full(), listed).await;
    run.each("users.get", &users, |id| kimai.users().get(id), |id, user| assert_eq!(user.id, id)).await;

    let teams = run.step("teams.list", kimai.teams().list(), listed).await;
    let teams: Vec<_> = teams.iter().flatten().map(|team| team.id).collect();
    run.each("teams.get", &teams, |id| kimai.teams().get(id), |id, team| assert_eq!(team.id, id)).await;

    run.step("tags.list", kimai.tags().list(), listed).await;
    // Without a name, servers find nothing.
    run.step("tags.find", kimai.tags().find().name(""), listed).await;
}
