//! Commands whose exit codes tell what their report found.

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::error::Error;
use crate::exit;
use crate::terminal;

/// Prints a report, and returns it for the exit code; or the exit code of what failed.
pub(crate) fn print<R>(made: Result<(String, R), Error>) -> Result<R, ExitCode> {
    let (text, report) = made.map_err(|error| {
        error.print();
        ExitCode::from(error.code())
    })?;
    match io::stdout().write_all(text.as_bytes()) {
        // The reader closed the pipe.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            terminal::error(format_args!("cannot write the report: {error}"));
            Err(ExitCode::from(exit::FAILED))
        }
        _ => Ok(report),
    }
}
