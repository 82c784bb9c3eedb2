//! Why a program ends early, and its exit code.

use std::process::ExitCode;

use crate::support::{Connection, Session};

/// What the user is told, with the exit code of the program.
pub(crate) struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// The user asked for something that is wrong, or that is not there.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// Kimai refused it or could not be reached, or a file could not be written.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }
}

impl From<generated_client::Error> for Failure {
    fn from(error: generated_client::Error) -> Self {
        Self::refused(format!("{error:#}"))
    }
}

/// Says why the program failed, and returns its exit code.
pub(crate) fn exit(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

/// Connects.
///
/// # Errors
///
/// Returns what is missing or went wrong.
pub(crate) fn connect(connection: &Connection) -> Result<Session, Failure> {
    match connection.missing() {
        Some(problem) => Err(Failure::usage(problem)),
        None => connection.open().map_err(Failure::refused),
    }
}
