//! The commands of this repository: `cargo xtask regenerate`, `fetch`, `intake`, `diff`, `audit`, `check-releases`,
//! `history`, `record` and `serve`.

mod audit;
mod check_releases;
mod count;
mod diff;
mod differences;
mod error;
mod fetch;
mod har;
mod history;
mod html;
mod index;
mod intake;
mod left_out;
mod made;
mod models;
mod output;
mod own;
mod plugins;
mod readme;
mod record;
mod regenerate;
mod reported;
mod scratch;
mod secrets;
mod serve;
mod server;
mod snapshots;
mod source;
mod walk;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use workspace::Workspace;

/// Generates a Rust client from Kimai's API document.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the Rust client from an API document.
    Regenerate(regenerate::Arguments),
    /// Store an API document in specs/ as the snapshot of a release.
    Fetch(fetch::Arguments),
    /// Take in a new release: store its document, make the overlays fit, generate the client, and list the decisions.
    Intake(intake::Arguments),
    /// Show what changed between two API documents, and what breaks.
    Diff(diff::Arguments),
    /// Compare what servers answer with the document of their release.
    Audit(audit::Arguments),
    /// Generate and compile a separate client for each release.
    CheckReleases(check_releases::Arguments),
    /// Show which releases have which operations and properties, and what each release changed.
    History(history::Arguments),
    /// Record what a server answers to all requests that only read.
    Record(record::Arguments),
    /// Start a Kimai in memory, to try things out.
    Serve(serve::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = Workspace::find().and_then(|workspace| match arguments.command {
        Command::Regenerate(arguments) => regenerate::run(&workspace, &arguments),
        Command::Fetch(arguments) => fetch::run(&workspace, &arguments),
        Command::Intake(arguments) => intake::run(&workspace, &arguments),
        Command::Diff(arguments) => Ok(diff::run(&workspace, &arguments)),
        Command::Audit(arguments) => Ok(audit::run(&workspace, &arguments)),
        Command::CheckReleases(arguments) => check_releases::run(&workspace, &arguments),
        Command::History(arguments) => history::run(&workspace, &arguments),
        Command::Record(arguments) => record::run(&workspace, &arguments),
        Command::Serve(arguments) => serve::run(&workspace, &arguments),
    });
    match result {
        Ok(code) => code,
        Err(error) => {
            error.print();
            ExitCode::FAILURE
        }
    }
}
