use openapi::apis::configuration::Configuration;
use openapi::apis::timesheet_api::{get_timesheets, post_timesheet};
use openapi::models::TimesheetEditForm;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, token) = (std::env::var("KIMAI_URL")?, std::env::var("KIMAI_TOKEN")?);
    let kimai = Configuration {
        base_path: url,
        bearer_access_token: Some(token),
        client: reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?,
        ..Configuration::default()
    };
    let created = post_timesheet(&kimai, TimesheetEditForm::new(2, 1), None).await?;
    println!("created {}", created.id.unwrap_or_default());
    let records = get_timesheets(
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
