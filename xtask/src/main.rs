//! The commands of this repository: `cargo xtask regenerate`, `fetch`, `intake`, `diff`, `audit`, `check-releases`,
//! `history`, `postman`, `record`, `serve` and `completions`.
//!
//! There are two builds: the feature `network` adds what talks to servers and all that it depends on. The build without it
//! runs the other one when a command needs it.

#![cfg_attr(not(feature = "network"), allow(dead_code, reason = "what only the commands with a server use"))]

mod cargo;
mod check_releases;
mod command_line;
mod completions;
mod count;
mod diff;
mod differences;
mod error;
mod exit;
mod fetch;
mod git;
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
mod postman;
mod readme;
mod regenerate;
mod scratch;
mod serve;
mod similar;
mod snapshots;
mod source;
mod terminal;
mod version;
mod workspace;

#[cfg(feature = "network")]
mod audit;
#[cfg(feature = "network")]
mod har;
#[cfg(feature = "network")]
mod record;
#[cfg(feature = "network")]
mod secrets;
#[cfg(feature = "network")]
mod server;
#[cfg(feature = "network")]
mod walk;

#[cfg(not(feature = "network"))]
#[path = "offline.rs"]
mod server;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;
use clap::error::ErrorKind;

use command_line::Command;
use error::Error;
use workspace::Workspace;

fn main() -> ExitCode {
    let start = Instant::now();
    let arguments = match command_line::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            terminal::result!("{}", version::text());
            return ExitCode::SUCCESS;
        }
        Err(error) => error.exit(),
    };
    terminal::set(arguments.settings);
    let code = run(arguments.command).unwrap_or_else(|error| {
        error.print();
        ExitCode::from(error.code())
    });
    terminal::detail("took", format_args!("{:.2} s", start.elapsed().as_secs_f64()));
    if terminal::write_failed() { ExitCode::from(exit::FAILED) } else { code }
}

fn run(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Completions(arguments) => Ok(completions::run(&arguments)),
        command => run_in(&Workspace::find()?, command),
    }
}

fn run_in(workspace: &Workspace, command: Command) -> Result<ExitCode, Error> {
    if command.needs_network() && !cfg!(feature = "network") {
        return cargo::run_with_network(workspace);
    }
    match command {
        Command::Regenerate(arguments) => regenerate::run(workspace, &arguments),
        Command::Fetch(arguments) => fetch::run(workspace, &arguments),
        Command::Intake(arguments) => intake::run(workspace, &arguments),
        Command::Diff(arguments) => diff::run(workspace, &arguments),
        #[cfg(feature = "network")]
        Command::Audit(arguments) => audit::run(workspace, &arguments),
        #[cfg(feature = "network")]
        Command::Record(arguments) => record::run(workspace, &arguments),
        #[cfg(not(feature = "network"))]
        Command::Audit(_) | Command::Record(_) => Err(Error::NoNetwork),
        Command::CheckReleases(arguments) => check_releases::run(workspace, &arguments),
        Command::History(arguments) => history::run(workspace, &arguments),
        Command::Postman(arguments) => postman::run(workspace, &arguments),
        Command::Serve(arguments) => serve::run(workspace, &arguments),
        Command::Completions(arguments) => Ok(completions::run(&arguments)),
    }
}
