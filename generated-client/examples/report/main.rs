//! Shows hours by day and project as a table, and as a chart that one can show to a customer.
//!
//! ```console
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example report -- --week
//! $ cargo run --package generated-client --example report -- --month 2026-11 --of all --png november.png
//! $ cargo run --package generated-client --example report -- --from 2026-11-01 --to 2026-11-15 --svg november.svg
//! $ cargo run --package generated-client --example report -- --demo --week
//! ```
//!
//! A record counts for the day on which it begins, in your time zone, as your profile in Kimai says. Records that are
//! running count up to now, and are marked. Only the sums are in memory, so that any number of records needs the same.

mod chart;
#[path = "../support/clock.rs"]
mod clock;
mod colors;
mod days;
#[path = "../support/exit.rs"]
mod exit;
mod hours;
mod layout;
#[path = "../support/output.rs"]
mod output;
mod pen;
#[path = "../support/period.rs"]
mod period;
#[path = "../support/records.rs"]
mod records;
#[path = "../support/save.rs"]
mod save;
mod series;
#[path = "../support/mod.rs"]
mod support;
mod table;
#[path = "../support/worked.rs"]
mod worked;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use self::exit::{Failure, connect, exit};
use self::hours::Hours;
use self::output::print;
use self::records::Selection;
use self::save::save;
use self::series::Chart;
use self::support::Connection;

/// The most days that a chart has room for.
const CHART_DAYS: usize = 366;

/// Shows hours by day and project.
#[derive(Parser)]
struct Options {
    #[command(flatten)]
    selection: Selection,
    /// Draw a chart, as an SVG file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Draw a chart, as a PNG file.
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// The title of the chart.
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    connection: Connection,
}

fn main() -> ExitCode {
    exit(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Failure> {
    let session = connect(&options.connection)?;
    let now = options.selection.clock.now();
    let mut records = options.selection.open(&session.kimai)?;
    let has_chart = options.svg.is_some() || options.png.is_some();
    if has_chart && days::each(records.days).count() > CHART_DAYS {
        return Err(Failure::usage(format!("a chart has room for {CHART_DAYS} days")));
    }
    let mut hours = Hours::new(records.days);
    let zone = records.zone.clone();
    for record in &mut records {
        hours.add(&record?, &zone, now);
    }
    let until = now.to_zoned_datetime(zone.clone()).strftime("%F %R").to_string();
    let zone = zone.iana_name().unwrap_or("your time zone");
    let heading = format!("Hours of {}, {} ({zone})", records.whose, days::in_words(records.days));
    print(&format!("{heading}\n\n{}", table::text(&hours, &until)))?;
    if let Some(note) = records.note() {
        eprintln!("note: {note}");
    }
    if has_chart {
        let title = options.title.clone().unwrap_or_else(|| format!("Hours, {}", days::in_words(records.days)));
        let chart = Chart::new(&hours, title, &records.whose, &until);
        if let Some(file) = &options.svg {
            save(file, ".svg", |part| chart::svg(&chart, part).map_err(|error| failed(file, &error)))?;
        }
        if let Some(file) = &options.png {
            // The backend chooses the format by the end of the name.
            save(file, ".png", |part| chart::png(&chart, part).map_err(|error| failed(file, &error)))?;
        }
    }
    Ok(())
}

fn failed(file: &Path, error: &str) -> Failure {
    Failure::refused(format!("cannot draw {}: {error}", file.display()))
}
