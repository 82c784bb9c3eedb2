//! Progress messages on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How long a number stays before the next.
const PAUSE: Duration = Duration::from_millis(100);

/// Prints what is tried, or its result.
pub(super) fn say(label: &str, text: &str) {
    eprintln!("{label:<11}{text}");
}

/// A line that counts the bytes of a download.
pub(super) struct Progress {
    is_terminal: bool,
    shown: Option<Instant>,
    bytes: usize,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), shown: None, bytes: 0 }
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
        if self.bytes == 0 {
            return;
        }
        let start = if self.is_terminal && self.shown.is_some() { "\r" } else { "" };
        eprintln!("{start}{:<11}{} bytes", "received", self.bytes);
    }
}

/// A line that counts steps, on a terminal only; it is gone when the value is.
pub(crate) struct Counter {
    is_terminal: bool,
    shown: Option<Instant>,
    width: usize,
}

impl Counter {
    pub(crate) fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), shown: None, width: 0 }
    }

    pub(crate) fn step(&mut self, label: &str, text: &str) {
        if !self.is_terminal || self.shown.is_some_and(|shown| shown.elapsed() < PAUSE) {
            return;
        }
        let line = format!("{label:<11}{text}");
        let length = line.chars().count();
        eprint!("\r{line:<width$}", width = self.width.max(length));
        let _ = io::stderr().flush();
        (self.shown, self.width) = (Some(Instant::now()), length);
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        if self.shown.is_some() {
            eprint!("\r{:width$}\r", "", width = self.width);
            let _ = io::stderr().flush();
        }
    }
}
