use std::borrow::Cow;
use std::fmt;

/// Longest excerpt of an input that an error carries, in characters.
const EXCERPT_CHARS: usize = 40;

/// The kind of value that was expected where a [`TimeError`] came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeKind {
    /// A [`DateTime`](super::DateTime).
    DateTime,
    /// A [`LocalDateTime`](super::LocalDateTime).
    LocalDateTime,
    /// A [`Date`](super::Date).
    Date,
    /// A [`Duration`](super::Duration).
    Duration,
    /// A [`TimeZone`](super::TimeZone).
    TimeZone,
}

impl TimeKind {
    /// The form which is expected of text of this kind, with an example, for people to read.
    #[must_use]
    pub fn expected_form(self) -> &'static str {
        match self {
            Self::DateTime => "YYYY-MM-DDTHH:MM:SS and a UTC offset, such as 2026-11-02T08:00:00+0100",
            Self::LocalDateTime => "YYYY-MM-DDTHH:MM:SS without a UTC offset, such as 2026-11-01T00:00:00",
            Self::Date => "YYYY-MM-DD, such as 2026-01-01",
            Self::Duration => "H:MM:SS or H:MM, such as 2:00:00",
            Self::TimeZone => "a name of the IANA database, such as Europe/Berlin",
        }
    }
}

/// Names the kind: `date and time`, `local date and time`, `date`, `duration`, `time zone`.
impl fmt::Display for TimeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::DateTime => "date and time",
            Self::LocalDateTime => "local date and time",
            Self::Date => "date",
            Self::Duration => "duration",
            Self::TimeZone => "time zone",
        })
    }
}

/// A value which is not the date, time or duration it should be.
///
/// It exists so that a refused value can be found and put right without a look at the source: it says what was
/// expected, what came, what is wrong with it, and which form to write. All types of dates and times share it.
///
/// ```
/// use generated_client::{LocalDateTime, TimeKind};
///
/// let error = "2026-11-01".parse::<LocalDateTime>().unwrap_err();
/// assert_eq!(error.kind(), TimeKind::LocalDateTime);
/// assert_eq!(error.input(), "2026-11-01");
/// assert!(error.to_string().starts_with("\"2026-11-01\" is not a local date and time: it has no time of day"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{input:?} is not a {kind}: {problem} (expected {})", kind.expected_form())]
pub struct TimeError {
    kind: TimeKind,
    input: String,
    problem: Cow<'static, str>,
}

impl TimeError {
    pub(super) fn new(kind: TimeKind, input: &str, problem: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, input: excerpt(input), problem: problem.into() }
    }

    /// The kind of value that was expected.
    #[must_use]
    pub fn kind(&self) -> TimeKind {
        self.kind
    }

    /// The refused input, cut to 40 characters; `…` at its end stands for what was cut off.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }

    /// What is wrong with the input, for people to read.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

/// The input, or its beginning and `…` if it is longer than 40 characters.
pub(super) fn excerpt(input: &str) -> String {
    if input.chars().nth(EXCERPT_CHARS).is_none() {
        return input.to_owned();
    }
    let mut cut: String = input.chars().take(EXCERPT_CHARS - 1).collect();
    cut.push('…');
    cut
}
