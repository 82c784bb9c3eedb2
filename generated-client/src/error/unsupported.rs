use std::fmt;

use super::ApiError;
use crate::Release;
use crate::operation::history::Span;

/// What a server does not have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Unsupported {
    /// Its release is known not to have it; nothing was sent.
    Missing(Missing),
    /// It does not have the operation, or no longer: it answers 405, 410 or 501.
    Refused(Box<ApiError>),
}

/// What a release of Kimai does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// The operation, such as `timesheets.list`.
    pub operation: &'static str,
    /// What of it is not there.
    pub part: MissingPart,
    /// The release of the server.
    pub server: Release,
    /// The releases that have it, the oldest first.
    pub releases: &'static [Span],
}

/// What of an operation a release does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingPart {
    /// The operation itself.
    Operation,
    /// A query parameter, by its name on the wire: the server would ignore it (fact R6).
    Parameter(&'static str),
    /// A property of what is sent, by its name on the wire, or its path such as `members/*/user`: the server would
    /// refuse it without saying which it is (fact R2).
    Property(&'static str),
}

impl Unsupported {
    /// What the server said, if it was asked.
    #[must_use]
    pub fn refusal(&self) -> Option<&ApiError> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Missing(_) => None,
        }
    }

    /// What its release does not have, if that was known before anything was sent.
    #[must_use]
    pub fn missing(&self) -> Option<&Missing> {
        match self {
            Self::Missing(missing) => Some(missing),
            Self::Refused(_) => None,
        }
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(missing) => missing.fmt(f),
            Self::Refused(error) => write!(f, "{error}; this server does not have the operation, or no longer"),
        }
    }
}

impl std::error::Error for Unsupported {}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: Kimai {} does not have ", self.operation, self.server)?;
        match self.part {
            MissingPart::Operation => f.write_str("this operation")?,
            MissingPart::Parameter(name) => write!(f, "the parameter {name}")?,
            MissingPart::Property(name) => write!(f, "the property {}", name.replace('/', "."))?,
        }
        for (index, span) in self.releases.iter().enumerate() {
            let start = if index == 0 { ", which is there" } else { " and" };
            match span.end() {
                None => write!(f, "{start} since {}", span.first())?,
                Some(end) => write!(f, "{start} from {} to before {end}", span.first())?,
            }
        }
        match self.part {
            MissingPart::Operation => {}
            MissingPart::Parameter(_) => f.write_str(", and would answer as if it were not given")?,
            MissingPart::Property(_) => f.write_str(", and would refuse it")?,
        }
        f.write_str("; nothing was sent")
    }
}
