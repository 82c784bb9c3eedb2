use jiff::ZonedDateTime;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct New {
    project: u64,
    activity: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Record {
    id: u64,
    #[serde(deserialize_with = "time")]
    begin: ZonedDateTime,
    duration: Option<i64>,
    description: Option<String>,
    rate: f64,
    tags: Vec<String>,
}

fn time<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<ZonedDateTime, D::Error> {
    let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
    ZonedDateTime::strptime("%Y-%m-%dT%H:%M:%S%z", &*text).map_err(serde::de::Error::custom)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, token) = (std::env::var("KIMAI_URL")?, std::env::var("KIMAI_TOKEN")?);
    #[cfg(feature = "ring")]
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "a provider is set already")?;
    let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
    let records = format!("{url}/api/timesheets");
    let form = New { project: 1, activity: 2 };
    let response = client.post(&records).bearer_auth(&token).json(&form).send().await?.error_for_status()?;
    println!("created {}", response.json::<Record>().await?.id);
    let response =
        client.get(&records).bearer_auth(&token).query(&[("size", "50")]).send().await?.error_for_status()?;
    for record in response.json::<Vec<Record>>().await? {
        println!("{} {}", record.id, record.begin);
    }
    Ok(())
}
