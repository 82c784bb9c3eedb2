//! Creates a customer, a project, an activity and time records, changes them, and lists them page by page.
//!
//! It leaves the objects on the server: use one for testing, or `--demo`, which has a Kimai in memory.
//!
//! ```console
//! $ cargo run --package generated-client --example first_project -- --demo
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example first_project
//! ```

use std::env;
use std::process::ExitCode;

use generated_client::jiff::{SignedDuration, Timestamp};
use generated_client::test_server::TestServer;
use generated_client::time::to_local;
use generated_client::types::{
    MetaField, NewActivity, NewCustomer, NewProject, NewTag, NewTimesheet, TimesheetPatch, TimesheetSummary,
};
use generated_client::{Auth, Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let result = if env::args().any(|argument| argument == "--demo") {
        demo().await
    } else {
        match (env::var("KIMAI_URL"), env::var("KIMAI_TOKEN")) {
            (Ok(url), Ok(token)) => run(&url, Auth::bearer(token)).await,
            _ => Err("set KIMAI_URL and KIMAI_TOKEN, or try it with --demo".into()),
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", explanation(&*error));
            ExitCode::FAILURE
        }
    }
}

async fn demo() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start()?;
    run(server.url(), server.auth()).await
}

async fn run(url: &str, auth: Auth) -> Result<(), Box<dyn std::error::Error>> {
    let kimai = Client::connect(url, auth).await?;
    let zone = kimai.users().me().await?.timezone.to_time_zone()?;

    let customer = kimai.customers().create(NewCustomer::new("Acme")).await?;
    let project = kimai.projects().create(NewProject::new("Website", customer.id)).await?;
    let activity = kimai.activities().create(NewActivity::new("Design").project(project.id)).await?;
    println!("created {} / {} / {}", customer.name, project.name, activity.name);

    // Current servers drop the names of tags that do not exist.
    let create = kimai.tags().create(NewTag::new("urgent"));
    kimai.tags().find().name("urgent").find_or_create(|tag| tag.name == "urgent", create).await?;
    let end = Timestamp::now();
    let form = NewTimesheet::new(project.id, activity.id)
        .begin(to_local(end - SignedDuration::from_hours(2), &zone)?)
        .end(to_local(end, &zone)?)
        .description("First sketches")
        .tags(["urgent"]);
    let record = kimai.timesheets().create(form).await?;
    println!("booked {} hours: {:?}", record.duration.unwrap_or_default().as_hours(), record.tags);

    // An administrator defines custom fields; an unknown name is a 404.
    match kimai.timesheets().update_meta(record.id, MetaField::new("location", "Berlin")).await {
        Ok(record) => println!("{:?}", record.meta_fields),
        Err(error) if error.is_not_found() => println!("the server has no custom field 'location'"),
        Err(error) => return Err(error.into()),
    }

    // Sets one field, clears another, and keeps all others.
    let patch = TimesheetPatch::new().tags(["urgent"]).clear_description();
    let record = kimai.timesheets().update(record.id, patch).await?;
    println!("the description is {:?}", record.description);

    let mut records: Vec<TimesheetSummary> = Vec::new();
    let mut page = kimai.timesheets().list().project(project.id).size(100).await?;
    while let Some(next) = page.next_page() {
        records.extend(page.items);
        page = kimai.timesheets().list().project(project.id).size(100).page(next).await?;
    }
    records.extend(page.items);
    println!("{} records", records.len());
    Ok(())
}

/// The error in words for a person, with what to do about it.
fn explanation(error: &(dyn std::error::Error + 'static)) -> String {
    let Some(error) = error.downcast_ref::<Error>() else { return error.to_string() };
    match error {
        _ if error.is_unauthorized() => "the server does not accept the token; create a new one".to_owned(),
        _ if error.is_forbidden() => format!("you may not do this: {error}"),
        _ if error.is_not_found() => format!("it does not exist: {error}"),
        Error::Api(refusal) if !refusal.errors.is_empty() => {
            let fields: Vec<&str> = refusal.errors.fields.keys().map(String::as_str).collect();
            format!("the server rejected {}: {error}", fields.join(", "))
        }
        Error::Unsupported(missing) => format!("the server is too old: {missing}"),
        Error::Redirect(redirect) => format!("check KIMAI_URL: {}", redirect.advice),
        Error::InvalidBaseUrl(_) => format!("check KIMAI_URL: {error}"),
        _ if error.is_retryable() && error.was_sent() => {
            format!("it may have worked; look before you retry: {error:#}")
        }
        _ if error.is_retryable() => format!("nothing was sent; try again later: {error:#}"),
        _ => format!("{error:#}"),
    }
}
