//! A second user. Kimai's API cannot delete users: the cleanup disables them.

use generated_client::types::{Language, Locale, NewUser, NewUserPreference, Role, UserPatch, Visibility};
use generated_client::{Client, Color, ids};

use super::Scene;
use crate::run::Run;

pub(super) async fn all(run: &mut Run, kimai: &Client, scene: &Scene<'_>) -> Option<ids::UserId> {
    let user = create(run, kimai, scene).await?;
    properties(run, kimai, scene, user).await;
    preferences(run, kimai, user).await;
    run.step("users.get", kimai.users().get(user), |found| {
        assert_eq!((found.id, &found.username), (user, &scene.made.name("user")));
        "it has its name"
    })
    .await;
    Some(user)
}

async fn create(run: &mut Run, kimai: &Client, scene: &Scene<'_>) -> Option<ids::UserId> {
    let name = scene.made.name("user");
    let password = &scene.made.password;
    run.log.hide(password);
    let form = NewUser::new(&name, format!("{name}@example.com"), password.as_str())
        .plain_api_token(password.as_str())
        .language(Language::En)
        .timezone("Europe/Vienna".parse().unwrap())
        .title("Tester");
    let user = run.step("users.create", kimai.users().create(form), |user| {
        assert_eq!(user.username, name);
        assert_eq!((user.timezone.as_str(), user.title.as_deref()), ("Europe/Vienna", Some("Tester")));
        assert!(user.enabled && user.roles.is_empty());
        "it is enabled, and has no roles"
    });
    let user = user.await?.id;
    run.step("users.list", kimai.users().list().term(&name).visible(Visibility::All), |users| {
        assert_eq!(users.iter().map(|found| found.id).collect::<Vec<_>>(), [user]);
        "it is found by its name"
    })
    .await;
    Some(user)
}

async fn properties(run: &mut Run, kimai: &Client, scene: &Scene<'_>, user: ids::UserId) {
    let update = |patch| kimai.users().update(user, patch);
    let email = format!("{}@example.org", scene.made.name("user"));
    let patch = UserPatch::new()
        .account_number("A-1")
        .alias("Test user")
        .color("#ff0000".parse().unwrap())
        .email(&email)
        .language(Language::De)
        .timezone("Asia/Tokyo".parse().unwrap())
        .title("Senior tester");
    run.step("users.update", update(patch), |found| {
        assert_eq!((found.account_number.as_deref(), found.alias.as_deref()), (Some("A-1"), Some("Test user")));
        assert_eq!(found.color.as_ref().map(Color::as_str), Some("#ff0000"));
        assert_eq!((&found.language, found.timezone.as_str()), (&Language::De, "Asia/Tokyo"));
        assert_eq!(found.title.as_deref(), Some("Senior tester"));
        // Not all releases show it.
        assert!(found.email.as_ref().is_none_or(|shown| *shown == email));
        "7 properties are set"
    })
    .await;
    let patch = UserPatch::new().clear_account_number().clear_alias().clear_color().clear_title();
    run.step("users.update", update(patch), |found| {
        assert_eq!([&found.account_number, &found.alias, &found.title], [&None; 3]);
        assert_eq!(found.color, None);
        assert_eq!(found.timezone.as_str(), "Asia/Tokyo", "a property that the patch does not have");
        "4 properties are cleared, another one is kept"
    })
    .await;
    run.step("users.update", update(UserPatch::new().locale(Locale::De)), |found| {
        assert_eq!(found.locale, Some(Locale::De));
        "locale is set"
    })
    .await;
    let both = async {
        let found = update(UserPatch::new().supervisor(scene.me.id)).await?;
        assert_eq!(found.supervisor.as_ref().map(|user| user.id), Some(scene.me.id));
        update(UserPatch::new().clear_supervisor()).await
    };
    run.step("users.update", both, |found| {
        assert!(found.supervisor.is_none());
        "supervisor is set and cleared"
    })
    .await;
    run.step("users.update", update(UserPatch::new().roles([Role::Teamlead])), |found| {
        assert_eq!(found.roles, [Role::Teamlead]);
        "it has a role"
    })
    .await;
    run.step("users.update", update(UserPatch::new().roles([])), |found| {
        assert_eq!(found.roles, []);
        "it has no roles again"
    })
    .await;
}

async fn preferences(run: &mut Run, kimai: &Client, user: ids::UserId) {
    let set = kimai.users().update_preferences(user, [NewUserPreference::new("hourly_rate", 50)]);
    run.step("users.update_preferences", set, |found| {
        assert_eq!(found.preference("hourly_rate"), Some("50"));
        "the hourly rate is 50"
    })
    .await;
}
