//! `cargo xtask serve` starts a program of its own: the server is part of the generated client, which this program must
//! be able to generate when it does not compile.

mod arguments;

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use crate::error::Error;
use crate::workspace::Workspace;

pub(crate) use arguments::Arguments;

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.current_dir(workspace.root());
    command.args(["run", "--quiet", "--locked", "--package", "xtask", "--features", "serve", "--bin", "serve", "--"]);
    command.arg("--port").arg(arguments.port.to_string());
    if let Some(release) = &arguments.release {
        command.arg("--release").arg(release);
    }
    if arguments.empty {
        command.arg("--empty");
    }
    become_it(command)
}

/// Replaces this process, so that whoever stops it stops the server.
#[cfg(unix)]
fn become_it(mut command: Command) -> Result<ExitCode, Error> {
    use std::os::unix::process::CommandExt as _;

    Err(Error::Cargo { source: command.exec() })
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Result<ExitCode, Error> {
    let status = command.status().map_err(|source| Error::Cargo { source })?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
