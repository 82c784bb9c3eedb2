//! Creates customers, projects and activities from a CSV file.
//!
//! The file has a header with the columns `Customer`, `Project` and `Activity`, in any order. Objects that Kimai has are
//! used, so that a second run creates nothing, and a run that was interrupted is finished by the next one.
//!
//! ```console
//! $ cargo run --package generated-client --example import_csv -- --demo
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo run --package generated-client --example import_csv -- projects.csv --dry-run
//! $ cargo run --package generated-client --example import_csv -- projects.csv --delimiter ';'
//! ```

#[path = "../support/csv_table.rs"]
mod csv_table;
mod existing;
#[path = "../support/failure.rs"]
mod failure;
mod import;
#[path = "../support/names.rs"]
mod names;
mod plan;
#[path = "../support/print.rs"]
mod print;
mod settings;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use clap::Parser;

use crate::csv_table::Source;
use crate::failure::{EXIT_CODES, Failure};
use crate::settings::Settings;
use crate::support::Connection;

const BUILT_IN: &str = "Customer,Project,Activity\nAcme GmbH,Website,Design\nAcme GmbH,Website,Content\n\
    \"Initech, Inc.\",Portal,Development\n\"Initech, Inc.\",Portal,\n\"Müller & Söhne\",,\n";

/// Creates customers, projects and activities from a CSV file with the columns Customer, Project and Activity.
///
/// The columns can be in any order and case, and others are ignored. If the cell of the activity is empty, the customer
/// and the project are created; if that of the project is empty, only the customer. Objects of the same name are used,
/// also hidden ones; an activity must be one of the project. Names are cut to 150 characters.
#[derive(Parser)]
#[command(after_help = EXIT_CODES)]
struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    customers: Settings,
    /// Only show what would be created.
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
    let plan = plan::plan(&options.source.read(BUILT_IN)?)?;
    let session = options.connection.open().map_err(Failure::Kimai)?;
    let settings = options.customers.for_release(session.kimai.server_version());
    let settings = settings.map_err(|problem| Failure::Usage(problem.to_string()))?;
    import::import(&session.kimai, &plan, &settings, options.dry_run)
}
