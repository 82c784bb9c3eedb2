//! The command line, which is the same in both builds of this program: with the feature `network`, and without.

pub(crate) mod audit;
pub(crate) mod help;
pub(crate) mod record;
pub(crate) mod server;
pub(crate) mod walk;

use clap::{Parser, Subcommand};

use crate::{check_releases, completions, diff, fetch, history, intake, postman, regenerate, serve, terminal};

/// Generates a Rust client from Kimai's API document.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, after_help = help::EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) settings: terminal::Settings,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
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
    /// Write the requests of a release as a Postman collection or an .http file.
    Postman(postman::Arguments),
    /// Record what a server answers to all requests that only read.
    Record(record::Arguments),
    /// Start a Kimai in memory, to try things out.
    #[command(after_help = help::serve())]
    Serve(serve::Arguments),
    /// Write a script that completes `cargo xtask` in a shell.
    Completions(completions::Arguments),
}

impl Command {
    /// Whether only the build with the feature `network` can run it.
    pub(crate) fn needs_network(&self) -> bool {
        match self {
            Self::Regenerate(arguments) => arguments.names_server(),
            Self::Fetch(arguments) => arguments.names_server(),
            Self::Intake(arguments) => arguments.names_server(),
            Self::Diff(arguments) => arguments.names_server(),
            // Recordings have addresses, which are read as those of servers are.
            Self::Audit(_) | Self::Record(_) => true,
            Self::CheckReleases(_) | Self::History(_) | Self::Postman(_) | Self::Serve(_) | Self::Completions(_) => {
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn needs_network(line: &str) -> bool {
        let words = ["cargo xtask"].into_iter().chain(line.split(' '));
        Arguments::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}")).command.needs_network()
    }

    #[test]
    fn the_help_of_each_command_ends_with_two_examples_that_work_and_its_exit_codes() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().unwrap().to_string();
            let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  cargo xtask ")).collect();
            assert_eq!(examples.len(), 2, "{help}");
            for example in examples {
                assert!(example.split(' ').next() == Some(command.get_name()), "{example}");
                let arguments = example.split(" > ").next().unwrap();
                let words = ["cargo xtask"].into_iter().chain(arguments.split(' '));
                assert!(Arguments::try_parse_from(words).is_ok(), "{example}");
            }
            let (_, codes) = help.split_once("\nExit codes:\n").unwrap();
            assert!(codes.starts_with("  0  ") && codes.contains("\n  2  ") && codes.contains("\n  3  "), "{help}");
        }
    }

    #[test]
    fn a_command_that_contacts_a_server_needs_the_network() {
        for line in [
            "regenerate --spec https://kimai.example.com",
            "regenerate --spec HTTP://127.0.0.1:8001 --kimai 2.65.0 --out client",
            "regenerate --spec https://kimai.example.com --only-plugins --out plugins --check",
            "fetch https://kimai.example.com",
            "fetch kimai.example.com",
            "intake https://kimai.example.com --no-check",
            "diff 2.65.0 https://kimai.example.com",
            "diff http://127.0.0.1:8001 -",
            "audit https://kimai.example.com",
            "audit recording.har",
            "record https://kimai.example.com --out recording.har",
        ] {
            assert!(needs_network(line), "{line}");
        }
    }

    #[test]
    fn other_commands_do_not() {
        for line in [
            "regenerate",
            "regenerate --check",
            "regenerate --spec 2.65.0 --out client",
            "regenerate --spec mine.json --kimai 2.65.0",
            "regenerate --spec -",
            "regenerate --spec https.json",
            "fetch --from - --kimai 2.65.0",
            "fetch --from https://kimai.example.com --kimai 2.65.0",
            "intake 2.66.0",
            "intake kimai.json --kimai 2.66.0",
            "intake -",
            "diff 2.57.0 2.65.0",
            "diff - mine.json",
            "check-releases --spread 12",
            "history --since 2.40",
            "postman --release 2.20.0",
            "serve --port 0",
        ] {
            assert!(!needs_network(line), "{line}");
        }
    }
}
