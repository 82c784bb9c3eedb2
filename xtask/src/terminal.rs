//! Messages for people. Results go to standard output, everything else to standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a number stays before the next.
const PAUSE: Duration = Duration::from_millis(100);

const RED: u8 = 31;
const YELLOW: u8 = 33;
const CYAN: u8 = 36;

/// The part of the help with these options.
const HEADING: &str = "Messages";

/// What the arguments say about messages.
#[derive(Clone, Copy, Default, clap::Args)]
pub(crate) struct Settings {
    /// Colors: auto for terminals only, unless the environment has `NO_COLOR`.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t, help_heading = HEADING)]
    color: Color,

    /// Print errors and results only.
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = HEADING)]
    quiet: bool,

    /// Also print which files are read and written, and how long it takes.
    #[arg(long, short, global = true, help_heading = HEADING)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    fn is_shown(self, is_terminal: bool, no_color: bool) -> bool {
        match self {
            Self::Auto => is_terminal && !no_color,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

static SETTINGS: OnceLock<Settings> = OnceLock::new();

static WRITE_FAILED: AtomicBool = AtomicBool::new(false);

/// Sets what the arguments say; before, nothing is set.
pub(crate) fn set(settings: Settings) {
    // There is one command line.
    let _ = SETTINGS.set(settings);
}

fn settings() -> Settings {
    SETTINGS.get().copied().unwrap_or_default()
}

pub(crate) fn is_quiet() -> bool {
    settings().quiet
}

/// Whether to write colors to this stream.
pub(crate) fn has_colors(stream: &impl IsTerminal) -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    settings().color.is_shown(stream.is_terminal(), no_color)
}

/// Text in bold and a color.
pub(crate) fn painted(text: &str, color: u8, has_colors: bool) -> String {
    if has_colors { format!("\u{1b}[1;{color}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Prints an error.
pub(crate) fn error(text: impl Display) {
    say("error", RED, text);
}

/// Prints why something failed, below its error.
pub(crate) fn cause(text: impl Display) {
    let _ = writeln!(io::stderr(), "  because: {}", harmless(&text.to_string()));
}

/// Prints something that may be wrong.
pub(crate) fn warning(text: impl Display) {
    if !is_quiet() {
        say("warning", YELLOW, text);
    }
}

/// Prints something good to know.
pub(crate) fn note(text: impl Display) {
    if !is_quiet() {
        say("note", CYAN, text);
    }
}

fn say(what: &str, color: u8, text: impl Display) {
    let text = harmless(&text.to_string());
    // There is nobody to tell that standard error is closed.
    let _ = writeln!(io::stderr(), "{} {text}", painted(&format!("{what}:"), color, has_colors(&io::stderr())));
}

/// Text without control characters, with which a name in a file could change what the terminal shows.
fn harmless(text: &str) -> String {
    let shown = |c: char| if c.is_control() && c != '\n' { c.escape_default().collect() } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// Prints what a command does, for `--verbose`.
pub(crate) fn detail(label: &str, text: impl Display) {
    if settings().verbose {
        let _ = writeln!(io::stderr(), "{label:<11}{}", harmless(&text.to_string()));
    }
}

/// Prints a result to standard output. A reader that closes the pipe has seen enough.
pub(crate) fn print(text: impl Display) {
    match write!(io::stdout(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe && !WRITE_FAILED.swap(true, Ordering::Relaxed) => {
            self::error(format_args!("cannot write to standard output: {error}"));
        }
        _ => {}
    }
}

/// Whether a result could not be printed.
pub(crate) fn write_failed() -> bool {
    WRITE_FAILED.load(Ordering::Relaxed)
}

/// Prints a line of the result.
macro_rules! result {
    ($($text:tt)*) => {
        $crate::terminal::print(format_args!("{}\n", format_args!($($text)*)))
    };
}

pub(crate) use result;

/// Prints a line about the work of a command. With `--quiet`, it prints nothing.
macro_rules! report {
    ($($text:tt)*) => {
        if !$crate::terminal::is_quiet() {
            $crate::terminal::result!($($text)*);
        }
    };
}

pub(crate) use report;

/// Whether somebody sees such lines.
pub(crate) fn shows_lines() -> bool {
    io::stderr().is_terminal() && !is_quiet()
}

/// A line about what takes long, on a terminal only; it is gone when the value is.
pub(crate) struct Line {
    is_shown: bool,
    last: Option<Instant>,
    width: usize,
}

impl Line {
    pub(crate) fn new() -> Self {
        Self { is_shown: shows_lines(), last: None, width: 0 }
    }

    /// A line with this text.
    pub(crate) fn of(label: &str, text: &str) -> Self {
        let mut line = Self::new();
        line.show(label, text);
        line
    }

    /// Replaces the text, but not more often than somebody can read it.
    pub(crate) fn show(&mut self, label: &str, text: &str) {
        if !self.is_shown || self.last.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        let line = format!("{label:<11}{text}");
        let length = line.chars().count();
        // A line that is not shown is no reason to end a command.
        let _ = write!(io::stderr(), "\r{line:<width$}", width = self.width.max(length));
        let _ = io::stderr().flush();
        (self.last, self.width) = (Some(Instant::now()), length);
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self) {
        if self.last.take().is_some() {
            let _ = write!(io::stderr(), "\r{:width$}\r", "", width = self.width);
            let _ = io::stderr().flush();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_for_terminals_unless_somebody_says_otherwise() {
        assert!(Color::Auto.is_shown(true, false));
        assert!(!Color::Auto.is_shown(false, false));
        assert!(!Color::Auto.is_shown(true, true));
        assert!(Color::Always.is_shown(false, true));
        assert!(!Color::Never.is_shown(true, false));
    }
}
