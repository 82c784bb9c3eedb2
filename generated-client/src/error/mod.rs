//! Why a call failed.

mod api;
mod causes;
mod decode;
mod place;
mod redirect;
mod refusal;
mod request;
mod retry_after;
mod transport;
mod unsupported;

pub use api::{ApiError, FieldErrors};
pub use decode::DecodeError;
pub use redirect::Redirect;
pub use request::{InvalidBaseUrl, InvalidRequest};
pub use transport::{TransportError, TransportKind};
pub use unsupported::{Missing, MissingPart, Unsupported};

use std::error::Error as StdError;
use std::{fmt, io};

use reqwest::StatusCode;

use crate::info::Info;
use crate::{OLDEST_RELEASE, Release};

/// Why a call failed.
///
/// # Handling errors
///
/// Most programs handle a few cases, and print the rest:
///
/// ```no_run
/// use generated_client::{Client, Error, ids::TimesheetId};
///
/// # async fn example(kimai: &Client) {
/// match kimai.timesheets().stop(TimesheetId::new(180)).await {
///     Ok(record) => println!("stopped at {:?}", record.end),
///     Err(error) if error.is_not_found() => println!("the record was deleted"),
///     Err(error) if error.is_unauthorized() => println!("sign in again"),
///     Err(error) if error.is_forbidden() => println!("not allowed: {error}"),
///     Err(Error::Api(refusal)) if !refusal.errors.is_empty() => println!("{:?}", refusal.field("end")),
///     Err(error) if error.is_retryable() && !error.was_sent() => println!("try again later: {error:#}"),
///     Err(error) => println!("{error:#}"),
/// }
/// # }
/// ```
///
/// # Errors common to all calls
///
/// Every call can return these errors. The documentation of a method lists the others.
///
/// * [`Transport`](Self::Transport): the server could not be reached, was too slow, or the connection broke.
/// * [`Redirect`](Self::Redirect): the base URL is not exactly that of the server.
/// * [`Api`](Self::Api) with status 401, or 403 for wrong `X-AUTH` headers: the server does not accept the credentials
///   ([`is_unauthorized`](Self::is_unauthorized)).
/// * [`Api`](Self::Api) with status 5xx: the server failed. Some servers do so for input that they should refuse.
/// * [`Unsupported`](Self::Unsupported): the release of the server does not have the operation, parameter or field.
/// * [`Decode`](Self::Decode) and [`TooLarge`](Self::TooLarge): the response could not be read.
///
/// Temporary failures have been retried as the [`RetryPolicy`](crate::RetryPolicy) says.
///
/// # Messages
///
/// `Display` writes one line that names the operation and does not repeat its causes, which
/// [`source`](std::error::Error::source) returns. The alternate form, `{error:#}`, writes the causes as well. No error
/// contains a credential: where a server repeats one, it is replaced by `…`.
///
/// `Debug` writes the same as `{error:#}`, since that is what a program shows whose `main` returns the error. The types
/// inside, such as [`ApiError`], show their fields.
#[non_exhaustive]
pub enum Error {
    /// The base URL cannot be used.
    InvalidBaseUrl(InvalidBaseUrl),

    /// The credentials are empty, or contain characters that HTTP headers do not allow.
    InvalidCredentials,

    /// The client could not be set up.
    Setup {
        /// What is wrong.
        problem: String,
        /// The cause, if there is one.
        source: Option<Box<dyn StdError + Send + Sync>>,
    },

    /// The server is older than [`OLDEST_RELEASE`].
    OldServer {
        /// The release of the server.
        release: Release,
    },

    /// The server reported a version that is not a release of Kimai.
    UnknownRelease {
        /// The reported version.
        said: String,
    },

    /// The request could not be built. Nothing was sent.
    InvalidRequest {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// What is wrong.
        reason: InvalidRequest,
    },

    /// The server could not be reached, was too slow, or the connection broke.
    Transport(Box<TransportError>),

    /// The server returned a redirect, which the client does not follow.
    Redirect(Box<Redirect>),

    /// The server returned a status that is not a success.
    Api(Box<ApiError>),

    /// The server does not have the operation, parameter or field: its release is known not to have it, in which case
    /// nothing was sent, or it returned 405, 410 or 501.
    Unsupported(Box<Unsupported>),

    /// The response could not be decoded.
    Decode {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// What is wrong, and where.
        reason: Box<DecodeError>,
    },

    /// The response is larger than allowed. It was not read to its end.
    TooLarge {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// The limit in bytes, after decompression.
        limit: u64,
    },

    /// A list kept changing while it was read, so that records may be missing.
    ListChanged {
        /// The operation, such as `timesheets.list`.
        operation: &'static str,
        /// The page that was read when the client gave up.
        page: u32,
    },

    /// A download could not be written.
    Write {
        /// The operation, such as `invoices.download`.
        operation: &'static str,
        /// The file or folder, or `the writer`.
        to: String,
        /// The cause.
        reason: io::Error,
    },
}

impl Error {
    pub(crate) fn setup(problem: impl Into<String>, source: impl StdError + Send + Sync + 'static) -> Self {
        Self::Setup { problem: problem.into(), source: Some(Box::new(source)) }
    }

    pub(crate) fn invalid_request(info: &Info, reason: InvalidRequest) -> Self {
        Self::InvalidRequest { operation: info.name, reason }
    }

    pub(crate) fn decode(info: &Info, reason: DecodeError) -> Self {
        Self::Decode { operation: info.name, reason: Box::new(reason) }
    }

    /// The status of the response, if it was a refusal or a redirect.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Redirect(redirect) => Some(redirect.status),
            _ => self.as_api().map(|error| error.status),
        }
    }

    /// The details of a refusal.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Unsupported(unsupported) => unsupported.refusal(),
            _ => None,
        }
    }

    /// Whether the object, or the page of a list, does not exist (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the server does not accept the credentials: 401, or 403 as servers return it for wrong `X-AUTH` headers.
    ///
    /// Servers before 2.14 return the same 403 for missing credentials.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.as_api().is_some_and(ApiError::refuses_credentials)
    }

    /// Whether the user lacks a permission (403, with accepted credentials).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN) && !self.is_unauthorized()
    }

    /// Whether the server rejected the content of the request (400).
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.status() == Some(StatusCode::BAD_REQUEST)
    }

    /// Whether the failure is temporary: the server could not be reached (for another reason than its certificate), was
    /// too slow, the connection broke, or the status is 429, 502, 503 or 504.
    ///
    /// A write that failed this way may have taken effect; see [`was_sent`](Self::was_sent).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.kind() != TransportKind::Tls,
            Self::Api(error) => matches!(error.status.as_u16(), 429 | 502..=504),
            _ => false,
        }
    }

    /// Whether the request may have reached the server. If not, sending it again is safe, also for writes.
    ///
    /// For [`OldServer`](Self::OldServer) it is false, because the request for the version changes nothing.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        match self {
            Self::InvalidBaseUrl(_)
            | Self::InvalidCredentials
            | Self::Setup { .. }
            | Self::OldServer { .. }
            | Self::InvalidRequest { .. } => false,
            Self::Transport(error) => error.was_sent(),
            Self::Unsupported(unsupported) => unsupported.refusal().is_some(),
            Self::UnknownRelease { .. }
            | Self::Redirect(_)
            | Self::Api(_)
            | Self::Decode { .. }
            | Self::TooLarge { .. }
            | Self::ListChanged { .. }
            | Self::Write { .. } => true,
        }
    }

    /// The same error after a number of attempts, one of which may have been sent.
    pub(crate) fn after(mut self, attempts: u32, was_sent: bool) -> Self {
        match &mut self {
            Self::Transport(error) => error.set_attempts(attempts, was_sent),
            Self::Api(error) => error.attempts = attempts,
            Self::Unsupported(unsupported) => {
                if let Unsupported::Refused(error) = &mut **unsupported {
                    error.attempts = attempts;
                }
            }
            _ => {}
        }
        self
    }

    fn line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidBaseUrl(error) => write!(f, "{error}"),
            Self::InvalidCredentials => {
                f.write_str("the credentials are empty, or contain characters that HTTP headers do not allow")
            }
            Self::Setup { problem, .. } => write!(f, "the client could not be set up: {problem}"),
            Self::OldServer { release } => write!(
                f,
                "the server is Kimai {release}, and this client supports {OLDEST_RELEASE} and later; upgrade the server, \
                 or generate a client for its release"
            ),
            Self::UnknownRelease { said } => write!(
                f,
                "the server reported the version {said:?}, which is not a release of Kimai; set it with \
                 ClientBuilder::server_version"
            ),
            Self::InvalidRequest { operation, reason } => write!(f, "{operation}: {reason}"),
            Self::Transport(error) => write!(f, "{error}"),
            Self::Redirect(error) => write!(f, "{error}"),
            Self::Api(error) => write!(f, "{error}"),
            Self::Unsupported(error) => write!(f, "{error}"),
            Self::Decode { operation, reason } => write!(f, "{operation}: {reason}"),
            Self::TooLarge { operation, limit } => write!(
                f,
                "{operation}: the response is larger than {limit} bytes; to allow more, use with_max_size or \
                 ClientBuilder::max_size"
            ),
            Self::ListChanged { operation, page } => write!(
                f,
                "{operation}: the list kept changing while page {page} was read, so records may be missing; read it \
                 again, or limit it to records that do not change"
            ),
            Self::Write { operation, to, .. } => write!(f, "{operation}: the download could not be written to {to}"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line(f)?;
        if f.alternate() {
            let mut cause = self.source();
            while let Some(error) = cause {
                write!(f, ": {}", one_line(&error.to_string()))?;
                cause = error.source();
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:#}")
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Setup { source, .. } => source.as_deref().map(|source| source as &(dyn StdError + 'static)),
            Self::Transport(error) => error.source(),
            Self::Decode { reason, .. } => reason.source(),
            Self::Write { reason, .. } => Some(reason),
            _ => None,
        }
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

/// Replaces line breaks and other control characters, which a terminal would act on.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
