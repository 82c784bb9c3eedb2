//! The commands of this repository: `cargo xtask regenerate`, `fetch`, `audit` and `history`.

mod audit;
mod diff;
mod differences;
mod error;
mod fetch;
mod history;
mod html;
mod index;
mod models;
mod output;
mod readme;
mod regenerate;
mod scratch;
mod server;
mod snapshots;
mod source;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use workspace::Workspace;

/// Turns Kimai's API document into a Rust client.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the generated part of generated-client from an API document.
    Regenerate(regenerate::Arguments),
    /// Takes an API document into specs/ as the snapshot of a release.
    Fetch(fetch::Arguments),
    /// Shows what changed between two documents, and what that means for a client.
    Diff(diff::Arguments),
    /// Generates a client of each release alone, and compiles it; a line a release.
    Audit(audit::Arguments),
    /// Says which release had which operations and properties, and what each release changed.
    History(history::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = Workspace::find().and_then(|workspace| match arguments.command {
        Command::Regenerate(arguments) => regenerate::run(&workspace, &arguments),
        Command::Fetch(arguments) => fetch::run(&workspace, &arguments),
        Command::Diff(arguments) => Ok(diff::run(&workspace, &arguments)),
        Command::Audit(arguments) => audit::run(&workspace, &arguments),
        Command::History(arguments) => history::run(&workspace, &arguments),
    });
    match result {
        Ok(code) => code,
        Err(error) => {
            error.print();
            ExitCode::FAILURE
        }
    }
}
