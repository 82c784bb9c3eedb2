use progenitor_kimai::Client;
use progenitor_kimai::types::TimesheetEditForm;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, token) = (std::env::var("KIMAI_URL")?, std::env::var("KIMAI_TOKEN")?);
    let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}"))?)]);
    let http =
        reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).default_headers(headers).build()?;
    let kimai = Client::new_with_client(&url, http);
    let form = TimesheetEditForm {
        project: 1,
        activity: 2,
        begin: None,
        billable: None,
        description: None,
        end: None,
        exported: None,
        fixed_rate: None,
        hourly_rate: None,
        tags: None,
        user: None,
    };
    let created = kimai.post_timesheet(None, &form).await?;
    println!("created {}", created.id.unwrap_or_default());
    let size = "50".parse()?;
    let records = kimai
        .get_timesheets(
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
            None,
            None,
            None,
            None,
            None,
            Some(&size),
            None,
            None,
            None,
            None,
        )
        .await?;
    for record in records.into_inner() {
        println!("{} {}", record.id.unwrap_or_default(), record.begin);
    }
    Ok(())
}
