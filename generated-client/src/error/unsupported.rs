use std::fmt;

use super::ApiError;
use crate::Release;
use crate::history::Span;

/// A server that does not have an operation, parameter or field.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Unsupported {
    /// The release of the server is known not to have it. Nothing was sent.
    Missing(Missing),
    /// The server returned 405, 410 or 501 for the operation.
    Refused(Box<ApiError>),
}

/// The operation, parameter or field that a release of Kimai does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// The operation, such as `timesheets.list`.
    pub operation: &'static str,
    /// The missing part.
    pub part: MissingPart,
    /// The release of the server.
    pub server: Release,
    /// The releases that have it, oldest first.
    pub releases: &'static [Span],
}

/// The part of an operation that a release does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingPart {
    /// The operation itself.
    Operation,
    /// A query parameter, by its name in the request. Servers ignore unknown parameters silently.
    Parameter(&'static str),
    /// A field of the body, by its name in JSON or its path, such as `members/*/user`. Servers refuse a form with an
    /// unknown field without naming it.
    Property(&'static str),
}

impl Unsupported {
    /// The response of the server, if the request was sent.
    #[must_use]
    pub fn refusal(&self) -> Option<&ApiError> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Missing(_) => None,
        }
    }

    /// The missing part, if the request was not sent.
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
            Self::Refused(error) => write!(f, "{error}; this server does not have the operation"),
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
            MissingPart::Property(name) => write!(f, "the field {}", name.replace('/', "."))?,
        }
        for (index, span) in self.releases.iter().enumerate() {
            let start = if index == 0 { ", which exists" } else { " and" };
            match span.end() {
                None => write!(f, "{start} since {}", span.first())?,
                Some(end) => write!(f, "{start} from {} to before {end}", span.first())?,
            }
        }
        match self.part {
            MissingPart::Operation => {}
            MissingPart::Parameter(_) => f.write_str(", and would ignore it")?,
            MissingPart::Property(_) => f.write_str(", and would refuse it")?,
        }
        f.write_str("; nothing was sent")
    }
}
