//! Starts and stops a timer, and shows what is running.
//!
//! ```console
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example timer -- start Website Development fix the menu --tags urgent
//! $ cargo run --package generated-client --example timer -- status
//! $ cargo run --package generated-client --example timer -- switch Website Meetings
//! $ cargo run --package generated-client --example timer -- stop
//! $ cargo run --package generated-client --example timer -- restart
//! $ cargo run --package generated-client --example timer -- status --demo
//! ```
//!
//! Projects and activities are given by id or name. Times are in your time zone, as your profile in Kimai says.

#[path = "../support/clock.rs"]
mod clock;
#[path = "../support/exit.rs"]
mod exit;
mod find;
#[path = "../support/output.rs"]
mod output;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/worked.rs"]
mod worked;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use generated_client::blocking::Client;
use generated_client::jiff::tz::TimeZone;
use generated_client::jiff::{SignedDuration, Timestamp, ZonedDateTime};
use generated_client::types::NewTimesheet;

use self::clock::{Clock, hours};
use self::exit::{Failure, connect, exit};
use self::output::print;
use self::support::Connection;
use self::worked::worked;

/// Starts and stops a timer in Kimai, and shows what is running.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    connection: Connection,
    #[command(flatten)]
    clock: Clock,
}

#[derive(Subcommand)]
enum Command {
    /// Start a timer. Kimai stops a running one if its settings allow only one.
    Start(Work),
    /// Stop what is running.
    Stop,
    /// Show what is running, and today's sum.
    Status,
    /// Continue the last record: project, activity, description, tags, rates and custom fields.
    Restart,
    /// Stop what is running, and start something else.
    Switch(Work),
}

#[derive(Args)]
struct Work {
    /// The id or the name of the project.
    project: String,
    /// The id or the name of the activity.
    activity: String,
    /// What the work is about.
    description: Vec<String>,
    /// Tags, with commas in between. They must exist.
    #[arg(long, value_delimiter = ',')]
    tags: Vec<String>,
}

fn main() -> ExitCode {
    exit(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Failure> {
    let session = connect(&options.connection)?;
    let kimai = &session.kimai;
    let zone =
        kimai.users().me().send()?.timezone.to_time_zone().map_err(|error| Failure::refused(error.to_string()))?;
    let timer = Timer { kimai, zone, now: options.clock.now() };
    match &options.command {
        Command::Start(work) => timer.start(&timer.find(work)?),
        Command::Stop => timer.stop(),
        Command::Status => timer.status(),
        Command::Restart => timer.restart(),
        Command::Switch(work) => {
            // First, so that nothing is stopped for a name that does not exist.
            let work = timer.find(work)?;
            timer.stop()?;
            timer.start(&work)
        }
    }
}

struct Timer<'a> {
    kimai: &'a Client,
    zone: TimeZone,
    now: Timestamp,
}

impl Timer<'_> {
    fn find(&self, work: &Work) -> Result<NewTimesheet, Failure> {
        let project = find::project(self.kimai, &work.project)?;
        let activity = find::activity(self.kimai, project, &work.activity)?;
        let mut form = NewTimesheet::new(project, activity);
        if !work.description.is_empty() {
            form = form.description(work.description.join(" "));
        }
        let tags: Vec<&str> = work.tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()).collect();
        Ok(if tags.is_empty() { form } else { form.tags(tags) })
    }

    fn start(&self, form: &NewTimesheet) -> Result<(), Failure> {
        // A record without 'begin' starts now, and one without 'end' is running.
        let record = self.kimai.timesheets().create(form.clone()).full().send()?;
        print(&format!(
            "started {} for {} at {}\n",
            record.activity.name,
            record.project.name,
            self.time(&record.begin)
        ))?;
        let wanted = form.tags.iter().flatten();
        let missing: Vec<&str> = wanted
            .filter(|tag| !record.tags.iter().any(|set| set.eq_ignore_ascii_case(tag)))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            eprintln!("warning: Kimai does not have these tags, and left them out: {}", missing.join(", "));
        }
        Ok(())
    }

    fn stop(&self) -> Result<(), Failure> {
        let running = self.kimai.timesheets().active().send()?;
        if running.is_empty() {
            return print("nothing is running\n");
        }
        for record in running {
            let stopped = self.kimai.timesheets().stop(record.id).send()?;
            let time = hours(stopped.duration.unwrap_or_default());
            print(&format!("stopped {} for {} after {time} h\n", record.activity.name, record.project.name))?;
        }
        Ok(())
    }

    fn status(&self) -> Result<(), Failure> {
        let running = self.kimai.timesheets().active().send()?;
        let mut text = if running.is_empty() { "nothing is running\n".to_owned() } else { String::new() };
        for record in &running {
            let (activity, project, customer) =
                (&record.activity.name, &record.project.name, &record.project.customer.name);
            let (since, time) = (self.time(&record.begin), hours(worked(record, self.now)));
            text.push_str(&format!("{activity} for {project} ({customer}) since {since}, {time} h"));
            if let Some(description) = &record.description {
                text.push_str(&format!(": {}", description.replace('\n', " ")));
            }
            text.push('\n');
        }
        text.push_str(&format!("today: {} h\n", hours(self.today()?)));
        print(&text)
    }

    /// The time of the records that began today.
    fn today(&self) -> Result<SignedDuration, Failure> {
        // Kimai reads the times of filters in the time zone of the user.
        let today = self.now.to_zoned_datetime(self.zone.clone()).date();
        let list = self.kimai.timesheets().list().begin(today.at(0, 0, 0, 0)).end(today.at(23, 59, 59, 0));
        let mut sum = SignedDuration::ZERO;
        for record in list.full().iter() {
            sum += worked(&record?, self.now);
        }
        Ok(sum)
    }

    fn restart(&self) -> Result<(), Failure> {
        let newest = self.kimai.timesheets().list().size(1).full().send()?;
        let Some(last) = newest.items.first() else {
            return Err(Failure::usage("there is no record to continue: use start"));
        };
        if last.end.is_none() {
            return Err(Failure::usage(format!(
                "{} for {} is still running, since {}",
                last.activity.name,
                last.project.name,
                self.time(&last.begin)
            )));
        }
        let record = self.kimai.timesheets().restart(last.id).copy_all().send()?;
        print(&format!("started {} for {} at {}\n", last.activity.name, last.project.name, self.time(&record.begin)))
    }

    /// The local time, with the date if it is not today.
    fn time(&self, moment: &ZonedDateTime) -> String {
        let moment = moment.with_time_zone(self.zone.clone());
        let is_today = moment.date() == self.now.to_zoned_datetime(self.zone.clone()).date();
        moment.strftime(if is_today { "%R" } else { "%F %R" }).to_string()
    }
}
