use oas3_gen_kimai::{
    ApiClient, ApiResponse, GetTimesheetsRequest, GetTimesheetsRequestQuery, PostTimesheetRequest,
    PostTimesheetRequestQuery, TimesheetEditForm,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, token) = (std::env::var("KIMAI_URL")?, std::env::var("KIMAI_TOKEN")?);
    let http = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
    let kimai = ApiClient::with_client(url, http)?.with_bearer(token);
    let body = TimesheetEditForm { project: 1, activity: 2, ..TimesheetEditForm::default() };
    let request = PostTimesheetRequest { query: PostTimesheetRequestQuery::default(), body };
    let ApiResponse::Ok(created) = kimai.post_timesheet(request).await? else { return Err("refused".into()) };
    println!("created {}", created.id.unwrap_or_default());
    let query = GetTimesheetsRequestQuery { size: Some("50".to_owned()), ..GetTimesheetsRequestQuery::default() };
    let ApiResponse::Ok(records) = kimai.get_timesheets(GetTimesheetsRequest { query }).await? else {
        return Err("refused".into());
    };
    for record in records {
        println!("{} {}", record.id.unwrap_or_default(), record.begin);
    }
    Ok(())
}
