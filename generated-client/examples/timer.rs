//! Starts and stops a timer, and shows what is running.
//!
//! ```console
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example timer -- start PROJECT ACTIVITY [DESCRIPTION]
//! $ cargo run --package generated-client --example timer -- status
//! $ cargo run --package generated-client --example timer -- stop
//! ```

use std::env;
use std::process::ExitCode;

use generated_client::Auth;
use generated_client::blocking::Client;
use generated_client::jiff::{SignedDuration, Timestamp};
use generated_client::types::NewTimesheet;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["start", project, activity, description @ ..] => start(project, activity, &description.join(" ")),
        ["status"] => status(),
        ["stop"] => stop(),
        _ => Err("usage: timer start PROJECT ACTIVITY [DESCRIPTION] | status | stop".into()),
    }
}

fn connect() -> Result<Client> {
    Ok(Client::connect(env::var("KIMAI_URL")?, Auth::bearer(env::var("KIMAI_TOKEN")?))?)
}

fn start(project: &str, activity: &str, description: &str) -> Result<()> {
    // A record without 'begin' starts now, and one without 'end' is running.
    let form = NewTimesheet::new(project.parse()?, activity.parse()?).description(description);
    let record = connect()?.timesheets().create(form).full().send()?;
    println!("started {} for {}", record.activity.name, record.project.name);
    Ok(())
}

fn status() -> Result<()> {
    let running = connect()?.timesheets().active().send()?;
    if running.is_empty() {
        println!("nothing is running");
    }
    for record in running {
        let since = record.begin.strftime("%F %R").to_string();
        let time = Timestamp::now().duration_since(record.begin.timestamp());
        println!("{} for {} since {since} ({})", record.activity.name, record.project.name, hours(time));
    }
    Ok(())
}

fn stop() -> Result<()> {
    let kimai = connect()?;
    for running in kimai.timesheets().active().send()? {
        let record = kimai.timesheets().stop(running.id).send()?;
        println!("stopped {} after {}", running.activity.name, hours(record.duration.unwrap_or_default()));
    }
    Ok(())
}

fn hours(duration: SignedDuration) -> String {
    format!("{}:{:02} h", duration.as_hours(), duration.as_mins() % 60)
}
