use generated_client::ids::{ApiTokenId, UserId};
use generated_client::types::{
    Language, Locale, NewUser, NewUserPreference, Order, Role, UserOrderBy, UserPatch, Visibility,
};
use serde_json::json;

use crate::{Case, case, check, kimai, value, with_body};

const USER: UserId = UserId::new(10);

pub(crate) fn cases() -> Vec<Case> {
    let users = kimai().users();
    let mut cases = vec![
        case(&users.list(), "GET /api/users"),
        case(
            &users.list().order(Order::Desc).order_by(UserOrderBy::Alias).term("john").visible(Visibility::All),
            "GET /api/users?order=DESC&orderBy=alias&term=john&visible=3",
        ),
        case(&users.list().order_by(UserOrderBy::Id), "GET /api/users?orderBy=id"),
        case(&users.list().order_by(UserOrderBy::Username), "GET /api/users?orderBy=username"),
        case(&users.list().order_by(UserOrderBy::Email), "GET /api/users?orderBy=email"),
        case(&users.list().full(), "GET /api/users?full=true"),
        case(
            &users.list().order(Order::Asc).order_by(UserOrderBy::Id).term("john").visible(Visibility::Hidden).full(),
            "GET /api/users?order=ASC&orderBy=id&term=john&visible=2&full=true",
        ),
        case(&users.me(), "GET /api/users/me"),
        case(&users.get(USER), "GET /api/users/10"),
        case(&users.delete_api_token(ApiTokenId::new(2)), "DELETE /api/users/api-token/2"),
        with_body(&users.update_preferences(USER, []), "PATCH /api/users/10/preferences", json!([])),
        with_body(
            &users.update_preferences(
                USER,
                [NewUserPreference::new("timezone", "Europe/Vienna"), NewUserPreference::clear_value("skin")],
            ),
            "PATCH /api/users/10/preferences",
            json!([{"name": "timezone", "value": "Europe/Vienna"}, {"name": "skin", "value": null}]),
        ),
    ];
    cases.extend(creations());
    cases.extend(changes());
    cases
}

fn creations() -> [Case; 2] {
    let users = kimai().users();
    let plain = NewUser::new("neu162940", "neu162940@example.com", "Geheim-12345");
    let full = plain
        .clone()
        .account_number("P-17")
        .alias("Neu")
        .color(value("#ff0000"))
        .enabled(false)
        .language(Language::De)
        .locale(Locale::DeAt)
        .timezone(value("Europe/Berlin"))
        .plain_api_token("Schlüssel-1")
        .requires_password_reset(false)
        .roles([Role::Teamlead, Role::Admin, Role::SuperAdmin, Role::from("ROLE_EIGENE")])
        .supervisor(UserId::new(1))
        .system_account(false)
        .title("Entwicklerin");
    [
        with_body(
            &users.create(plain.clone()),
            "POST /api/users",
            json!({
                "username": "neu162940",
                "email": "neu162940@example.com",
                "plainPassword": "Geheim-12345",
                "enabled": true,
            }),
        ),
        with_body(
            &users.create(full.clone()),
            "POST /api/users",
            json!({
                "username": "neu162940",
                "email": "neu162940@example.com",
                "language": "de",
                "locale": "de_AT",
                "timezone": "Europe/Berlin",
                "plainPassword": "Geheim-12345",
                "accountNumber": "P-17",
                "alias": "Neu",
                "color": "#ff0000",
                "enabled": false,
                "plainApiToken": "Schlüssel-1",
                "requiresPasswordReset": false,
                "roles": ["ROLE_TEAMLEAD", "ROLE_ADMIN", "ROLE_SUPER_ADMIN", "ROLE_EIGENE"],
                "supervisor": 1,
                "systemAccount": false,
                "title": "Entwicklerin",
            }),
        ),
    ]
}

fn changes() -> [Case; 3] {
    let users = kimai().users();
    let full = UserPatch::new()
        .email("neu@example.com")
        .language(Language::ZhHantTw)
        .locale(Locale::from("tlh"))
        .timezone(value("Europe/Vienna"))
        .account_number("P-18")
        .alias("Neu")
        .color(value("#0000ff"))
        .enabled(false)
        .requires_password_reset(true)
        .roles([])
        .supervisor(UserId::new(1))
        .system_account(true)
        .title("Entwicklerin");
    let cleared = UserPatch::new().clear_account_number().clear_alias().clear_color().clear_supervisor().clear_title();
    [
        with_body(&users.update(USER, UserPatch::new()), "PATCH /api/users/10", json!({})),
        with_body(
            &users.update(USER, full.clone()),
            "PATCH /api/users/10",
            json!({
                "email": "neu@example.com",
                "language": "zh_Hant_TW",
                "locale": "tlh",
                "timezone": "Europe/Vienna",
                "accountNumber": "P-18",
                "alias": "Neu",
                "color": "#0000ff",
                "enabled": false,
                "requiresPasswordReset": true,
                "roles": [],
                "supervisor": 1,
                "systemAccount": true,
                "title": "Entwicklerin",
            }),
        ),
        with_body(
            &users.update(USER, cleared.clone()),
            "PATCH /api/users/10",
            json!({"accountNumber": null, "alias": null, "color": null, "supervisor": null, "title": null}),
        ),
    ]
}

#[test]
fn users_as_the_server_takes_them() {
    check(&cases());
}
