//! The first program of the README, for `cargo xtask serve`.

use generated_client::types::{NewTimesheet, TimesheetPatch};
use generated_client::{Auth, Client, ids};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), generated_client::Error> {
    let kimai = Client::connect("http://127.0.0.1:8001", Auth::bearer("token-of-susan_super")).await?;

    let form = NewTimesheet::new(ids::ProjectId::new(1), ids::ActivityId::new(2)).tags(["urgent"]);
    let record = kimai.timesheets().create(form).await?;
    kimai.timesheets().update(record.id, TimesheetPatch::new().description("done")).await?;
    kimai.timesheets().stop(record.id).await?;

    // Reads all pages, with objects in place of ids.
    let mut records = kimai.timesheets().list().project(record.project).size(200).full().stream();
    while let Some(record) = records.next().await {
        let record = record?;
        println!("{} {:?} {}", record.begin.datetime(), record.description, record.project.customer.name);
    }
    Ok(())
}
