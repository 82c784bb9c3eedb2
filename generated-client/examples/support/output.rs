//! The standard output.

use std::io::{self, Write as _};

use crate::exit::Failure;

/// Prints to the standard output. Ends quietly if nobody reads it any more.
///
/// # Errors
///
/// Returns why it could not be written.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::refused(format!("cannot write to the standard output: {error}")))
        }
        _ => Ok(()),
    }
}
