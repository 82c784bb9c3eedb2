//! Progress messages on standard error.

use std::io::{self, Write as _};

use crate::terminal::{self, Line};

/// Prints what is tried, or its result.
pub(super) fn say(label: &str, text: &str) {
    if !terminal::is_quiet() {
        // A message that cannot be printed is no reason to end a command.
        let _ = writeln!(io::stderr(), "{label:<11}{text}");
    }
}

/// A line that counts the bytes of a download.
pub(super) struct Progress {
    line: Line,
    bytes: usize,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { line: Line::new(), bytes: 0 }
    }

    pub(super) fn received(&mut self, bytes: usize) {
        self.bytes = bytes;
        self.line.show("received", &format!("{bytes} bytes"));
    }
}

/// The number stays, also when an error follows.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.bytes > 0 {
            self.line.clear();
            say("received", &format!("{} bytes", self.bytes));
        }
    }
}
