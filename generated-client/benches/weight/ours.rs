use generated_client::types::NewTimesheet;
use generated_client::{Auth, Client, ids};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, token) = (std::env::var("KIMAI_URL")?, std::env::var("KIMAI_TOKEN")?);
    let kimai = Client::connect(&url, Auth::bearer(token)).await?;
    let form = NewTimesheet::new(ids::ProjectId::new(1), ids::ActivityId::new(2));
    println!("created {}", kimai.timesheets().create(form).await?.id);
    for record in kimai.timesheets().list().size(50).await? {
        println!("{} {}", record.id, record.begin);
    }
    Ok(())
}
