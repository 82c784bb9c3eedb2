//! Standard output.

use std::io::Write as _;

/// Prints a line. Nobody may be reading any more, as behind `| head`, which does not end an import.
pub(crate) fn print_line(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout(), "{}", line.as_ref());
}
