//! What goes wrong.

mod api;
mod causes;
mod decode;
mod place;
mod redirect;
mod request;
mod transport;
mod unsupported;

pub use api::{ApiError, FieldErrors};
pub use decode::DecodeError;
pub use redirect::Redirect;
pub use request::{InvalidBaseUrl, InvalidRequest};
pub(crate) use transport::root;
pub use transport::{TransportError, TransportKind};
pub use unsupported::{Missing, MissingPart, Unsupported};

use std::io;

use reqwest::StatusCode;

use crate::operation::Info;
use crate::{OLDEST_RELEASE, Release};

/// Why a call failed.
///
/// Whatever is called, these can come:
///
/// * [`Transport`](Self::Transport): the server was not reached, or not in time, or the connection broke.
/// * [`Redirect`](Self::Redirect): the base URL is not quite that of the server (fact E10).
/// * [`Api`](Self::Api) with 401, or 403 on servers before 2.14 and for wrong `X-AUTH` headers: the credentials are not
///   accepted (fact E5).
/// * [`Api`](Self::Api) with 5xx: the server failed; some servers do so on input which they should refuse (fact E9).
/// * [`Unsupported`](Self::Unsupported): the server does not have the operation, or no longer, or not with this
///   parameter or property.
/// * [`Decode`](Self::Decode) and [`TooLarge`](Self::TooLarge): the answer is not what the operation answers.
///
/// What a single operation is refused for is told at its method. What passes with time was tried again already, as the
/// [`RetryPolicy`](crate::RetryPolicy) says; [`is_retryable`](Self::is_retryable) tells it.
///
/// `Display` says it all in one line, so `source` has nothing to add, and a chain of errors repeats nothing. No variant
/// holds or prints a credential: where a server repeats one, it is replaced by `…`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address of the server cannot be used.
    #[error(transparent)]
    InvalidBaseUrl(InvalidBaseUrl),

    /// The credentials cannot be sent.
    #[error("the credentials are empty or hold characters that cannot stand in an HTTP header")]
    InvalidCredentials,

    /// The client cannot be set up, for the reason given; the settings of [`reqwest`] or the system's are at fault.
    #[error("the client cannot be set up: {problem}")]
    Setup {
        /// What is wrong.
        problem: String,
    },

    /// The server is older than the oldest release whose answers the client can read.
    #[error(
        "the server is Kimai {release}, and {OLDEST_RELEASE} is the oldest that this client knows; upgrade it, or use a \
         client that is generated for it"
    )]
    OldServer {
        /// The release of the server.
        release: Release,
    },

    /// The server does not say which release it is.
    #[error(
        "the server says that it is Kimai {said:?}, which is no release; say it with ClientBuilder::server_version"
    )]
    UnknownRelease {
        /// What it says.
        said: String,
    },

    /// The request cannot be built; nothing was sent.
    #[error("{operation}: {reason}")]
    InvalidRequest {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// What is wrong.
        reason: InvalidRequest,
    },

    /// The server was not reached, or not in time, or the connection broke.
    #[error(transparent)]
    Transport(Box<TransportError>),

    /// The server sends elsewhere; nothing was sent there.
    #[error(transparent)]
    Redirect(Box<Redirect>),

    /// The server refused.
    #[error(transparent)]
    Api(Box<ApiError>),

    /// The server does not have what was asked for: its release is known not to have it, so that nothing was sent, or
    /// it refuses with 405, 410 or 501.
    #[error(transparent)]
    Unsupported(Box<Unsupported>),

    /// The answer is not what the operation answers.
    #[error("{operation}: {reason}")]
    Decode {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// What is wrong, and where.
        reason: Box<DecodeError>,
    },

    /// The answer is larger than allowed; it was not read to its end.
    #[error(
        "{operation}: the answer is larger than {limit} bytes; if that is right, allow more with with_max_size or \
         ClientBuilder::max_size"
    )]
    TooLarge {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// The limit, in bytes after decompression.
        limit: u64,
    },

    /// A list changed again and again while it was read, so that records may be missing from what was read.
    #[error(
        "{operation}: the list kept changing while page {page} was read, so records may be missing; read it again, or \
         ask for a part that rests"
    )]
    ListChanged {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// The page.
        page: u32,
    },

    /// A download cannot be written.
    #[error("{operation}: the download cannot be written to {to}: {reason}")]
    Write {
        /// The operation, such as `invoices.download`.
        operation: &'static str,
        /// The file or folder; `the writer` if it is neither.
        to: String,
        /// What is wrong.
        reason: io::Error,
    },
}

impl Error {
    pub(crate) fn invalid_request(info: &Info, reason: InvalidRequest) -> Self {
        Self::InvalidRequest { operation: info.name, reason }
    }

    pub(crate) fn decode(info: &Info, reason: DecodeError) -> Self {
        Self::Decode { operation: info.name, reason: Box::new(reason) }
    }

    /// The status with which the server refused.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Redirect(redirect) => Some(redirect.status),
            _ => self.as_api().map(|error| error.status),
        }
    }

    /// What the server said when it refused.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Unsupported(unsupported) => unsupported.refusal(),
            _ => None,
        }
    }

    /// Whether what was asked for does not exist: also the page past the end of a list (fact E1).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the server does not accept the credentials: 401, and 403 as it comes for wrong `X-AUTH` headers, with a
    /// message but without a code (fact E5). The 403 of servers before 2.14 for no credentials looks the same.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.as_api().is_some_and(ApiError::refuses_credentials)
    }

    /// Whether the user may not do this (403, the credentials being accepted).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN) && !self.is_unauthorized()
    }

    /// Whether the server found the request wrong (400).
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.status() == Some(StatusCode::BAD_REQUEST)
    }

    /// Whether it is a failure that passes with time: the server was not reached (for another reason than its
    /// certificate), was too slow, broke off, or answered 429, 502, 503 or 504.
    ///
    /// A write that failed so may have taken effect, unless the connection was never made
    /// ([`TransportError::is_connect`]).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.kind() != TransportKind::Tls,
            Self::Api(error) => matches!(error.status.as_u16(), 429 | 502..=504),
            _ => false,
        }
    }

    /// The same error after this number of attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        match &mut self {
            Self::Transport(error) => error.set_attempts(attempts),
            Self::Api(error) => error.attempts = attempts,
            _ => {}
        }
        self
    }
}

impl From<Unsupported> for Error {
    fn from(error: Unsupported) -> Self {
        Self::Unsupported(Box::new(error))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(Box::new(error))
    }
}

/// What a server says, for a line of a log: without line breaks, and without what a terminal would act on.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
