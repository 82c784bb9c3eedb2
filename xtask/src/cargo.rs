//! Another program in place of this one: this package, compiled with other features.
//!
//! Most commands need little, so that little is compiled before they run. What needs more is run through cargo, which
//! compiles the rest first.

use std::ffi::OsString;
use std::process::{Command, ExitCode, Stdio};

use crate::error::Error;
use crate::exit;
use crate::terminal::{self, Line};
use crate::workspace::Workspace;

/// Runs this program with the same arguments and the feature `network`. That one does not come here again, since it asks
/// whether it has the feature.
pub(crate) fn run_with_network(workspace: &Workspace) -> Result<ExitCode, Error> {
    run(workspace, "network", "xtask", std::env::args_os().skip(1))
}

/// Runs a program of this package, in the same folder and with the same standard input.
pub(crate) fn run(
    workspace: &Workspace,
    feature: &str,
    program: &str,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<ExitCode, Error> {
    make_room();
    if terminal::shows_lines() {
        // The first time, this takes long. Cargo runs what was built.
        let _line = Line::of("compiling", "what this command needs");
        let mut build = cargo(workspace, "build", feature, program);
        let status = build.stdin(Stdio::null()).status().map_err(|source| Error::Cargo { source })?;
        if !status.success() {
            return Ok(ExitCode::from(exit::FAILED));
        }
    }
    let mut command = cargo(workspace, "run", feature, program);
    command.arg("--").args(arguments);
    become_it(command)
}

fn cargo(workspace: &Workspace, what: &str, feature: &str, program: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.args([what, "--quiet", "--locked", "--manifest-path"]).arg(workspace.root().join("Cargo.toml"));
    command.args(["--package", "xtask", "--no-default-features", "--features", feature, "--bin", program]);
    command
}

/// Windows does not let cargo replace the file of a running program, but it may get another name. If it cannot, cargo says
/// why it fails.
fn make_room() {
    #[cfg(not(unix))]
    if let Ok(program) = std::env::current_exe() {
        let _ = std::fs::rename(&program, program.with_extension("old"));
    }
}

/// Replaces this process, so that whoever stops it stops the other program.
#[cfg(unix)]
fn become_it(mut command: Command) -> Result<ExitCode, Error> {
    use std::os::unix::process::CommandExt as _;

    Err(Error::Cargo { source: command.exec() })
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Result<ExitCode, Error> {
    let status = command.status().map_err(|source| Error::Cargo { source })?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(exit::FAILED)))
}
