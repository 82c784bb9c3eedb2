//! What goes wrong.

mod api;
mod decode;
mod transport;

pub use api::{ApiError, FieldErrors};
pub use decode::DecodeError;
pub use transport::{Redirect, TransportError};

use reqwest::StatusCode;

use crate::operation::Info;

/// Why a call failed.
///
/// Whatever is called, these can come:
///
/// * [`Transport`](Self::Transport): the server was not reached, or not in time.
/// * [`Redirect`](Self::Redirect): the base URL is not quite that of the server (fact E10).
/// * [`Api`](Self::Api) with 401, or 403 on servers before 2.14 and for wrong `X-AUTH` headers: the credentials are not
///   accepted (fact E5).
/// * [`Api`](Self::Api) with 5xx: the server failed; some servers do so on input which they should refuse (fact E9).
/// * [`Decode`](Self::Decode) and [`TooLarge`](Self::TooLarge): the answer is not what the operation answers.
///
/// What a single operation is refused for is told at its method.
///
/// No variant holds or prints a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address of the server cannot be used.
    #[error(transparent)]
    InvalidBaseUrl(InvalidBaseUrl),

    /// The credentials cannot be sent.
    #[error("the credentials are empty or hold characters that cannot stand in an HTTP header")]
    InvalidCredentials,

    /// The request cannot be built; nothing was sent.
    #[error("{operation}: {source}")]
    InvalidRequest {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// What is wrong.
        source: InvalidRequest,
    },

    /// The server was not reached, or the connection broke.
    #[error(transparent)]
    Transport(#[from] Box<TransportError>),

    /// The server sends elsewhere; nothing was sent there.
    #[error(transparent)]
    Redirect(Box<Redirect>),

    /// The server refused.
    #[error(transparent)]
    Api(Box<ApiError>),

    /// The answer is not what the operation answers.
    #[error("{operation}: {source}")]
    Decode {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// What is wrong, and where.
        source: Box<DecodeError>,
    },

    /// The answer is larger than allowed.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes after decompression.
        limit: usize,
    },
}

impl Error {
    pub(crate) fn invalid_request(info: &Info, source: InvalidRequest) -> Self {
        Self::InvalidRequest { operation: info.name, source }
    }

    pub(crate) fn decode(info: &Info, source: DecodeError) -> Self {
        Self::Decode { operation: info.name, source: Box::new(source) }
    }

    /// The status with which the server refused.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Redirect(redirect) => Some(redirect.status),
            _ => None,
        }
    }

    /// What the server said when it refused.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Whether what was asked for does not exist: also the page past the end of a list (fact E1).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the server does not accept the credentials. Wrong `X-AUTH` headers give 403 (fact E5), which
    /// [`Self::is_forbidden`] tells.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether the user may not do this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// Whether the server found the request wrong (400).
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.status() == Some(StatusCode::BAD_REQUEST)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(Box::new(error))
    }
}

/// Why an address cannot be the server's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address of the server cannot be used: {problem}")]
pub struct InvalidBaseUrl {
    pub(crate) problem: &'static str,
}

/// Why a request cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidRequest {
    /// A segment of the path would lead to another path.
    #[error("{segment:?} cannot be segment {number} of a path below /api/: it would lead elsewhere")]
    PathSegment {
        /// The number of the segment, counted from 1.
        number: usize,
        /// The segment.
        segment: String,
    },

    /// A filter without values, which a server takes for no filter.
    #[error("the list for {name} is empty, which the server would take for no filter: give values, or leave it out")]
    EmptyFilter {
        /// The parameter.
        name: &'static str,
    },

    /// A filter with many values which takes only one.
    #[error("{name} takes one value only")]
    OnlyOne {
        /// The parameter.
        name: &'static str,
    },

    /// A header's value cannot be sent.
    #[error("the value for the header {name} holds characters that cannot stand there")]
    Header {
        /// The header.
        name: &'static str,
    },

    /// The body cannot be written.
    #[error("the body cannot be written: {problem}")]
    Body {
        /// What is wrong.
        problem: String,
    },
}
