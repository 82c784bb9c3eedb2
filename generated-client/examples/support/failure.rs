//! Why an import ends early, and its exit code.

use std::process::ExitCode;

/// For `--help`.
pub(crate) const EXIT_CODES: &str = "Exit codes:
  0  Done
  2  The options are wrong or incomplete
  3  The file cannot be read
  4  The content of the file is wrong
  5  Kimai cannot be reached, or refuses something";

/// Why an import ends early.
pub(crate) enum Failure {
    /// The options are incomplete.
    Usage(String),
    /// The file cannot be read.
    File(String),
    /// What is wrong with the content, and in which lines.
    Content(Vec<String>),
    /// What Kimai refuses, or why it cannot be reached.
    Kimai(String),
}

impl Failure {
    /// One thing that is wrong in a line.
    pub(crate) fn line(line: u64, problem: impl std::fmt::Display) -> Self {
        Self::Content(vec![format!("line {line}: {problem}")])
    }

    /// Prints it, and returns the exit code.
    pub(crate) fn report(self) -> ExitCode {
        let (code, problems) = match self {
            Self::Usage(problem) => (2, vec![problem]),
            Self::File(problem) => (3, vec![problem]),
            Self::Content(problems) => (4, problems),
            Self::Kimai(problem) => (5, vec![problem]),
        };
        for problem in problems {
            eprintln!("error: {problem}");
        }
        ExitCode::from(code)
    }
}

/// A failure that concerns no line.
impl From<generated_client::Error> for Failure {
    fn from(error: generated_client::Error) -> Self {
        Self::Kimai(format!("{error:#}"))
    }
}
