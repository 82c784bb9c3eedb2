use openapi_to_rust_kimai::{HttpClient, TimesheetEditForm};

const NONE: Option<&str> = None;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, token) = (std::env::var("KIMAI_URL")?, std::env::var("KIMAI_TOKEN")?);
    let http = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
    let kimai = HttpClient::with_client(http).with_base_url(url).with_api_key(token);
    let created = kimai.post_timesheet(NONE, TimesheetEditForm::new(2, 1)).await?;
    println!("created {}", created.id.unwrap_or_default());
    let records = kimai
        .get_timesheets(
            NONE,
            None,
            NONE,
            None,
            NONE,
            None,
            NONE,
            None,
            NONE,
            Some("50"),
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
        )
        .await?;
    for record in records {
        println!("{} {}", record.id.unwrap_or_default(), record.begin);
    }
    Ok(())
}
