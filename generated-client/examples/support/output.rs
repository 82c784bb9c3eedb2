
//! Standard output.
use std::io::Write as _;
/// Prints a line. Nobody may be reading any more, as behind `| head`, which does not end an import.
pub(crate) fn print_line(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout(), "{}", line.as_ref());
//! The standard output.
use std::io::{self, Write as _};
use crate::exit::Failure;
/// Prints to the standard output. Ends quietly if nobody reads it any more.
///
/// # Errors
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
