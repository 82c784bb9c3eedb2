//! The exit codes, which mean the same in all commands; `help` documents them.

use std::process::ExitCode;

/// The command found what it looks for: changes, or something that is not up to date.
pub(crate) const FINDINGS: u8 = 1;

/// Wrong arguments. Clap uses the same code.
pub(crate) const USAGE: u8 = 2;

/// Something cannot be read, written, generated, compiled or reached.
pub(crate) const FAILED: u8 = 3;

/// The exit code of a command that looks for something.
pub(crate) fn found(is_found: bool) -> ExitCode {
    if is_found { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
}
