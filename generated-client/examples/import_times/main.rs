//! Books time records from a CSV file, as Harvest, Toggl and Jira export them.
//!
//! All lines are checked before the first is booked. A record that is there already is not booked again, so that a run
//! that was interrupted is finished by the next one.
//!
//! ```console
//! $ cargo run --package generated-client --example import_times -- --demo
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example import_times -- times.csv --dry-run
//! $ cargo run --package generated-client --example import_times -- times.csv --date-format %m/%d/%Y --begin 08:30
//! ```

mod book;
mod catalog;
mod check;
mod columns;
#[path = "../support/csv_table.rs"]
mod csv_table;
#[path = "../support/failure.rs"]
mod failure;
mod formats;
mod lines;
#[path = "../support/names.rs"]
mod names;
mod place;
#[path = "../support/print.rs"]
mod print;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use clap::Parser;
use generated_client::jiff::civil::Time;

use crate::book::Mode;
use crate::csv_table::Source;
use crate::failure::{EXIT_CODES, Failure};
use crate::formats::DateFormat;
use crate::place::Placer;
use crate::support::Connection;

/// The days are a Saturday and a Sunday, on which the sample data has no records.
const BUILT_IN: &str = "Date,Customer,Project,Task,Hours,Notes,Tags\n\
    2026-10-31,Acme GmbH,Mobile app,Testing,2.5,Login,urgent\n\
    31.10.2026,Acme GmbH,Mobile app,Development,1:15,,\n\
    2026-11-01,Globex Corp,Reactor,Cooling,1h 30m,\"Pumps, second test\",\"remote, pumps\"\n";

/// Books time records from a CSV file, as Harvest, Toggl and Jira export them.
///
/// The columns, in any order and case: Date or Start date; Project; Activity or Task; Hours, Duration or Time spent, or else
/// Start time and End time (and End date); optionally Client or Customer, Notes or Description, and Tags with commas
/// between them. Others are ignored.
///
/// Durations are 5.25, 5,25, 5:15, 5:15:00 or 1h 30m; times are 9:00, 09:00:00 or 9:00 AM, in the time zone of the Kimai
/// user. Both are rounded to minutes. Records with only a duration follow one another within a day.
///
/// Projects and activities must be in Kimai; the example import_csv creates them. Tags are created. Records must not
/// overlap. One with the same times, project, activity and description is not booked again.
#[derive(Parser)]
#[allow(clippy::doc_markdown, reason = "the help shows the comments as they are")]
#[command(after_help = EXIT_CODES)]
struct Options {
    #[command(flatten)]
    source: Source,
    /// The form of dates, such as %m/%d/%Y; without it, 2026-11-02 and 02.11.2026 are tried.
    #[arg(long, value_name = "FORMAT", value_parser = formats::date_format)]
    date_format: Option<DateFormat>,
    /// When the first record of a day begins, if it has only a duration.
    #[arg(long, value_name = "TIME", default_value = "09:00", value_parser = formats::begin)]
    begin: Time,
    /// Book the lines without problems, and skip the others; without it, nothing is booked if there are problems.
    #[arg(long)]
    skip: bool,
    /// Only show what would be booked.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    connection: Connection,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(options: &Options) -> Result<(), Failure> {
    if let Some(missing) = options.connection.missing() {
        return Err(Failure::Usage(missing));
    }
    let lines = lines::lines(&options.source.read(BUILT_IN)?, options.date_format.as_ref())?;
    let count = lines.len();
    let session = options.connection.open().map_err(Failure::Kimai)?;
    let kimai = &session.kimai;

    // Kimai reads times in the time zone of the user.
    let zone = kimai.users().me().send()?.timezone.to_time_zone();
    let zone = zone.map_err(|problem| Failure::Kimai(problem.to_string()))?;
    let mut placer = Placer::new(zone.clone(), options.begin);
    let checked = check::check(kimai, lines, &mut placer, &zone)?;

    let problems = checked.problems.iter().map(|problem| format!("line {}: {}", problem.line, problem.text));
    if options.skip {
        problems.for_each(|problem| eprintln!("skipped: {problem}"));
    } else if !checked.problems.is_empty() {
        let wrong = checked.problems.len();
        let advice = format!(
            "nothing is booked, because {wrong} of {count} lines have problems; with --skip, the others are booked"
        );
        return Err(Failure::Content(problems.chain([advice]).collect()));
    }
    book::book(kimai, &checked, Mode { is_dry: options.dry_run, skips: options.skip })
}
