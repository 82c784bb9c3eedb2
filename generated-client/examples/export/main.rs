//! Writes time records as CSV or JSON, a record a row, with names in place of ids.
//!
//! ```console
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example export -- --month 2026-11 --format csv --output november.csv
//! $ cargo run --package generated-client --example export -- --from 2026-01-01 --to 2026-12-31 --format json --of all
//! $ cargo run --package generated-client --example export -- --demo --month --format csv
//! ```
//!
//! Rows are written while records arrive, so that any number of them needs the same memory. The sums by project follow
//! on the standard error. Times are in your time zone, as your profile in Kimai says.

#[path = "../support/clock.rs"]
mod clock;
#[path = "../support/exit.rs"]
mod exit;
mod names;
#[path = "../support/period.rs"]
mod period;
#[path = "../support/records.rs"]
mod records;
mod row;
#[path = "../support/save.rs"]
mod save;
mod sums;
#[path = "../support/mod.rs"]
mod support;
mod write;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use generated_client::blocking::Client;

use self::exit::{Failure, connect, exit};
use self::names::Names;
use self::records::{Records, Selection};
use self::row::Row;
use self::save::save;
use self::sums::Sums;
use self::support::Connection;
use self::write::{Format, Writer};

/// Writes time records as CSV or JSON.
#[derive(Parser)]
struct Options {
    #[command(flatten)]
    selection: Selection,
    /// The format of the rows.
    #[arg(long, value_enum)]
    format: Format,
    /// Write to this file in place of the standard output. If anything fails, it stays as it was.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Do not put an apostrophe before cells of a CSV file that a spreadsheet would run as a formula.
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    connection: Connection,
}

fn main() -> ExitCode {
    exit(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Failure> {
    let session = connect(&options.connection)?;
    let mut records = options.selection.open(&session.kimai)?;
    let sums = match &options.output {
        Some(file) => save(file, "", |part| {
            let part = File::options().write(true).open(part);
            let failed = |error: &io::Error| Failure::refused(format!("cannot write {}: {error}", file.display()));
            write(&session.kimai, options, &mut records, part.map_err(|error| failed(&error))?)
                .map_err(|stop| stop.or(failed))
        })?,
        None => match write(&session.kimai, options, &mut records, io::stdout().lock()) {
            Ok(sums) => sums,
            // Nobody reads it any more, as behind `| head`.
            Err(Stop::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            Err(stop) => {
                let failed =
                    |error: &io::Error| Failure::refused(format!("cannot write to the standard output: {error}"));
                return Err(stop.or(failed));
            }
        },
    };
    eprint!("{}", sums.text(records.days));
    if let Some(note) = records.note() {
        eprintln!("note: {note}");
    }
    Ok(())
}

/// Why an export stops before its end.
enum Stop {
    Read(Failure),
    Write(io::Error),
}

impl Stop {
    fn or(self, failed: impl FnOnce(&io::Error) -> Failure) -> Failure {
        match self {
            Self::Read(failure) => failure,
            Self::Write(error) => failed(&error),
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

fn write(kimai: &Client, options: &Options, records: &mut Records, to: impl Write) -> Result<Sums, Stop> {
    let mut writer = Writer::new(options.format, options.raw, BufWriter::new(to))?;
    let mut sums = Sums::default();
    let mut names = Names::new(kimai, &records.me);
    while let Some(record) = records.next() {
        let record = record.map_err(Stop::Read)?;
        let row = Row::new(&record, &mut names, &records.zone).map_err(Stop::Read)?;
        writer.write(&row)?;
        sums.add(&row);
    }
    writer.finish()?;
    Ok(sums)
}
