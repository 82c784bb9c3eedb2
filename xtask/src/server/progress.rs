//! Progress messages on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::terminal;

/// How long a number stays before the next.
const PAUSE: Duration = Duration::from_millis(100);

/// Prints what is tried, or its result.
pub(super) fn say(label: &str, text: &str) {
    if !terminal::is_quiet() {
        eprintln!("{label:<11}{text}");
    }
}

/// A line that counts the bytes of a download.
pub(super) struct Progress {
    is_terminal: bool,
    shown: Option<Instant>,
    bytes: usize,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal() && !terminal::is_quiet(), shown: None, bytes: 0 }
    }

    pub(super) fn received(&mut self, bytes: usize) {
        self.bytes = bytes;
        if self.is_terminal && self.shown.is_none_or(|shown| shown.elapsed() >= PAUSE) {
            eprint!("\r{:<11}{} bytes", "received", self.bytes);
            // A number that is not shown is no reason to end a download.
            let _ = io::stderr().flush();
            self.shown = Some(Instant::now());
        }
    }
}

/// The line ends in every case, so that an error does not stand behind it.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.bytes == 0 || terminal::is_quiet() {
            return;
        }
        let start = if self.is_terminal && self.shown.is_some() { "\r" } else { "" };
        eprintln!("{start}{:<11}{} bytes", "received", self.bytes);
    }
}
