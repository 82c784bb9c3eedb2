use kimai_client_lib::apis::configuration::Configuration;
use kimai_client_lib::apis::timesheet_api::{get_get_timesheets, post_post_timesheet};
use kimai_client_lib::models::TimesheetEditForm;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, token) = (std::env::var("KIMAI_URL")?, std::env::var("KIMAI_TOKEN")?);
    let kimai = Configuration {
        base_path: url,
        bearer_access_token: Some(token),
        client: reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?,
        ..Configuration::default()
    };
    // It requires a begin.
    let form = TimesheetEditForm::new("2026-11-02T08:00:00".to_owned(), 1, 2);
    let created = post_post_timesheet(&kimai, form, None).await?;
    println!("created {}", created.id.unwrap_or_default());
    let records = get_get_timesheets(
        &kimai,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        Some("50"),
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
    )
    .await?;
    for record in records {
        println!("{} {}", record.id.unwrap_or_default(), record.begin);
    }
    Ok(())
}
