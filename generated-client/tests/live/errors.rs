//! What a server refuses, and what the client says about it.
//!
//! Not provoked: web pages in place of JSON, which come from proxies and broken servers, and the form of error whose code
//! is a text, which needs settings that forbid a time record. `tests/faults/` and recorded responses cover them.

use generated_client::error::{Error, MissingPart};
use generated_client::jiff::civil::date;
use generated_client::types::{MetaField, NewCustomer, NewTimesheet, ProjectPatch, TimesheetPatch};
use generated_client::{Auth, Client, Release, ids};

use crate::run::Run;
use crate::write::Scene;

/// An id that no server has.
const UNKNOWN: u64 = 99_999_999;

pub(crate) async fn all(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    forms(run, kimai, scene).await;
    unknown_objects(run, kimai, scene).await;
    queries(run, kimai).await;
    nothing_is_sent(run, kimai, scene).await;
    removed_operations(run, kimai, scene).await;
    credentials(run, kimai).await;
}

async fn forms(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let form = NewTimesheet::new(ids::ProjectId::new(UNKNOWN), scene.activity);
    run.refused("timesheets.create", kimai.timesheets().create(form), |error| {
        assert!(error.is_validation(), "{error}");
        let refusal = error.as_api().unwrap();
        assert_eq!((refusal.code, refusal.message.as_deref()), (Some(400), Some("Validation Failed")));
        assert!(!refusal.field("project").is_empty(), "{error}");
        "an unknown project is an error of the field project"
    })
    .await;
    let noon = date(2024, 3, 5).at(12, 0, 0, 0);
    let form = NewTimesheet::new(scene.project, scene.activity).begin(noon).end(date(2024, 3, 5).at(11, 0, 0, 0));
    run.refused("timesheets.create", kimai.timesheets().create(form), |error| {
        assert!(error.is_validation(), "{error}");
        let refusal = error.as_api().unwrap();
        // 1.x blames the field, later releases the form.
        let messages = refusal.errors.errors.iter().chain(refusal.field("end"));
        assert!(messages.count() > 0, "{error}");
        "an end before the begin is an error"
    })
    .await;
    let form = NewTimesheet::new(scene.project, scene.activity);
    run.refused("timesheets.create", kimai.timesheets().create(form).with_property("nosuch", 1), |error| {
        assert!(error.is_validation(), "{error}");
        assert_eq!(error.as_api().unwrap().extra_fields(), ["nosuch"]);
        "an extra field is named, although the server does not name it"
    })
    .await;
    let update = kimai.projects().update(scene.project, ProjectPatch::new().name(""));
    run.refused("projects.update", update, |error| {
        // A defect of many releases.
        assert!(matches!(error.status().map(|status| status.as_u16()), Some(400 | 500)), "{error}");
        assert!(!error.is_retryable());
        "an empty name is refused"
    })
    .await;
}

async fn unknown_objects(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let is_not_found = |error: &Error| {
        assert!(error.is_not_found(), "{error}");
        "an unknown id is a 404"
    };
    let record = ids::TimesheetId::new(UNKNOWN);
    run.refused("customers.get", kimai.customers().get(ids::CustomerId::new(UNKNOWN)), is_not_found).await;
    run.refused("timesheets.get", kimai.timesheets().get(record), is_not_found).await;
    run.refused("timesheets.update", kimai.timesheets().update(record, TimesheetPatch::new()), is_not_found).await;
    run.refused("timesheets.delete", kimai.timesheets().delete(record), is_not_found).await;
    let rate = ids::ProjectRateId::new(UNKNOWN);
    run.refused("projects.delete_rate", kimai.projects().delete_rate(scene.project, rate), is_not_found).await;
    let token = kimai.users().delete_api_token(ids::ApiTokenId::new(UNKNOWN));
    run.refused("users.delete_api_token", token, is_not_found).await;
    let template = kimai.export().delete_template(ids::ExportTemplateId::new(UNKNOWN));
    run.refused("export.delete_template", template, is_not_found).await;
    let field = MetaField::new("nosuch", "x");
    run.refused("projects.update_meta", kimai.projects().update_meta(scene.project, field), |error| {
        assert!(matches!(error.status().map(|status| status.as_u16()), Some(404 | 500)), "{error}");
        "an unknown custom field is refused"
    })
    .await;
}

async fn queries(run: &mut Run, kimai: &Client) {
    // The client itself writes no such values.
    for (name, value) in [("begin", "2024-03-04"), ("active", "true"), ("order", "asc"), ("size", "many")] {
        let list = kimai.timesheets().list().with_parameter(name, value);
        run.refused("timesheets.list", list, |error| {
            assert!(error.is_validation(), "{error}");
            let refusal = error.as_api().unwrap();
            assert!(refusal.errors.is_empty(), "{error}");
            format!("{name}={value} is a 400 without errors of fields")
        })
        .await;
    }
}

/// What the client refuses itself.
async fn nothing_is_sent(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let form = NewTimesheet::new(scene.project, scene.activity).tags(["a,b"]);
    run.refused("timesheets.create", kimai.timesheets().create(form), |error| {
        assert!(matches!(error, Error::InvalidRequest { .. }), "{error}");
        assert!(!error.was_sent());
        "a tag with a comma is not sent"
    })
    .await;
    let outcome = async {
        let old = kimai.clone().with_server_version(generated_client::OLDEST_RELEASE)?;
        Ok(old.invoices().list().await.unwrap_err())
    };
    run.step("invoices.list", outcome, |error| {
        let Error::Unsupported(unsupported) = error else { panic!("{error}") };
        assert_eq!(unsupported.missing().unwrap().part, MissingPart::Operation);
        assert!(!error.was_sent());
        "an operation that an old release lacks is not sent"
    })
    .await;
}

/// A client that does not know the release sends what the server has no more.
async fn removed_operations(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    if kimai.server_version() < Some(Release::new(2, 65, 0)) {
        run.log.skipped("customers.create_team: the error for a removed operation, which servers have since 2.65.0");
        return;
    }
    let outcome = async {
        let old = kimai.clone().with_server_version(Release::new(2, 60, 0))?;
        Ok(old.customers().create_team(scene.customer).await.unwrap_err())
    };
    run.step("customers.create_team", outcome, |error| {
        let Error::Unsupported(unsupported) = error else { panic!("{error}") };
        assert_eq!(unsupported.refusal().unwrap().status.as_u16(), 410);
        assert!(error.was_sent());
        "a removed operation is a 410"
    })
    .await;
}

async fn credentials(run: &mut Run, kimai: &Client) {
    for (what, auth) in [
        ("API token", Auth::bearer("wrong-token")),
        ("API password", Auth::token("live-test-nobody", "wrong-password")),
    ] {
        let ping = async { Client::new(kimai.base_url().as_str(), auth)?.system().ping().await };
        run.refused("system.ping", ping, |error| {
            assert!(error.is_unauthorized() && !error.is_forbidden(), "{error}");
            let text = format!("{error} {error:?}");
            assert!(!text.contains("wrong-"), "the error has the credentials");
            format!("a wrong {what} is a {}", error.status().unwrap().as_u16())
        })
        .await;
    }
    let empty = async { Client::new(kimai.base_url().as_str(), Auth::bearer("")) };
    run.refused("system.ping", empty, |error| {
        assert!(matches!(error, Error::InvalidCredentials));
        assert!(!error.was_sent());
        "an empty API token is not sent"
    })
    .await;
}

/// What the administrator may do, and a user without roles may not.
pub(crate) async fn of_a_plain_user(run: &mut Run, kimai: &Client, scene: &Scene<'_>, id: ids::UserId) {
    let auth = Auth::token(scene.made.name("user"), scene.made.password.as_str());
    let plain = async {
        let client = Client::connect(kimai.base_url().as_str(), auth).await?;
        let me = client.users().me().await?;
        assert_eq!(me.id, id);
        Ok(client)
    };
    let Some(plain) = run.step("users.me", plain, |_| "the second user, with an API password").await else { return };

    let is_forbidden = |error: &Error| {
        assert!(error.is_forbidden() && !error.is_unauthorized(), "{error}");
        "a user without roles gets a 403"
    };
    run.refused("users.get", plain.users().get(scene.me.id), is_forbidden).await;
    run.refused("users.list", plain.users().list(), |error| {
        assert!(error.is_forbidden(), "{error}");
        assert!(error.to_string().ends_with("requires the permission view_user"), "{error}");
        "a 403 names the permission"
    })
    .await;
    let form = NewCustomer::new(scene.made.name("forbidden"));
    run.refused("customers.create", plain.customers().create(form), is_forbidden).await;
    run.refused("projects.update", plain.projects().update(scene.project, ProjectPatch::new()), is_forbidden).await;
    let record = run.quietly("timesheets.list", kimai.timesheets().list().project(scene.project).size(1)).await;
    if let Some(record) = record.iter().flat_map(|page| page.iter()).next() {
        run.refused("timesheets.get", plain.timesheets().get(record.id), is_forbidden).await;
        run.refused("timesheets.delete", plain.timesheets().delete(record.id), is_forbidden).await;
    }
}
