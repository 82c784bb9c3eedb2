//! Prints last week's hours by project, in your own time zone.
//!
//! ```console
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example hours_by_project
//! ```

use std::collections::BTreeMap;
use std::env;

use generated_client::jiff::{SignedDuration, Timestamp, ToSpan as _, civil};
use generated_client::{Auth, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let kimai = Client::connect(env::var("KIMAI_URL")?, Auth::bearer(env::var("KIMAI_TOKEN")?)).await?;

    // Kimai reads the times of filters in the time zone of the user.
    let zone = kimai.users().me().await?.timezone.to_time_zone()?;
    let today = Timestamp::now().to_zoned_datetime(zone).date();
    let (monday, sunday) = last_week(today)?;

    let mut hours: BTreeMap<String, SignedDuration> = BTreeMap::new();
    let list = kimai.timesheets().list().begin(monday.at(0, 0, 0, 0)).end(sunday.at(23, 59, 59, 0));
    let mut records = list.size(500).full().stream();
    while let Some(record) = records.next().await {
        let record = record?;
        let project = format!("{} / {}", record.project.customer.name, record.project.name);
        *hours.entry(project).or_default() += record.duration.unwrap_or_default();
    }

    println!("{monday} to {sunday}");
    for (project, duration) in &hours {
        println!("{:>7.2}  {project}", duration.as_secs_f64() / 3600.0);
    }
    let total = hours.values().map(SignedDuration::as_secs_f64).sum::<f64>() / 3600.0;
    println!("{total:>7.2}  total");
    Ok(())
}

/// Monday and Sunday of the week before this day.
fn last_week(today: civil::Date) -> Result<(civil::Date, civil::Date), generated_client::jiff::Error> {
    let monday = today.checked_sub((7 + i64::from(today.weekday().to_monday_zero_offset())).days())?;
    Ok((monday, monday.checked_add(6.days())?))
}
