//! `cargo xtask serve` starts a program of its own: the server is part of the generated client, which this program must
//! be able to generate when it does not compile.

mod arguments;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cargo;
use crate::error::Error;
use crate::workspace::Workspace;

pub(crate) use arguments::Arguments;

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let mut words = vec!["--port".to_owned(), arguments.port.to_string()];
    if let Some(release) = &arguments.release {
        words.extend(["--release".to_owned(), release.clone()]);
    }
    if arguments.empty {
        words.push("--empty".to_owned());
    }
    cargo::run(workspace, "serve", "serve", words.into_iter().map(OsString::from))
}
