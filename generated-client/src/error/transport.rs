use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::info::Info;

/// Why there is no response.
///
/// Its [`source`](std::error::Error::source) is the error of reqwest, whose chain ends with the cause, such as
/// `Connection refused (os error 111)`. Exceeded time limits have no source.
#[derive(Debug)]
pub struct TransportError {
    operation: &'static str,
    kind: TransportKind,
    attempts: u32,
    was_sent: bool,
    limit: Option<Duration>,
    source: Option<reqwest::Error>,
}

/// The kind of a [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportKind {
    /// The call waited for other calls ([`ClientBuilder::max_concurrency`](crate::ClientBuilder::max_concurrency))
    /// until its time limit. Nothing was sent.
    QueueTimeout,
    /// The server could not be reached: its name is unknown, or it does not accept connections.
    Connect,
    /// Connecting took too long.
    ConnectTimeout,
    /// The server's certificate is not trusted, or the server does not support TLS.
    Tls,
    /// The server sent nothing for too long.
    ReadTimeout,
    /// The whole call took too long.
    CallTimeout,
    /// The connection broke, or the response is damaged.
    Interrupted,
}

impl TransportError {
    pub(crate) fn new(info: &Info, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let kind = match (error.is_connect(), error.is_timeout()) {
            (true, _) if is_tls(&error) => TransportKind::Tls,
            (true, true) => TransportKind::ConnectTimeout,
            (true, false) => TransportKind::Connect,
            (false, true) => TransportKind::ReadTimeout,
            (false, false) => TransportKind::Interrupted,
        };
        Self { source: Some(error), ..Self::of(info, kind) }
    }

    fn of(info: &Info, kind: TransportKind) -> Self {
        let was_sent = !matches!(
            kind,
            TransportKind::QueueTimeout | TransportKind::Connect | TransportKind::ConnectTimeout | TransportKind::Tls
        );
        Self { operation: info.name, kind, attempts: 1, was_sent, limit: None, source: None }
    }

    pub(crate) fn timeout(info: &Info, kind: TransportKind, limit: Duration) -> Self {
        Self { limit: Some(limit), ..Self::of(info, kind) }
    }

    /// The call was stopped, as when the program is shutting down.
    pub(crate) fn stopped(info: &Info) -> Self {
        Self::of(info, TransportKind::Interrupted)
    }

    pub(crate) fn set_attempts(&mut self, attempts: u32, was_sent: bool) {
        self.attempts = attempts;
        self.was_sent |= was_sent;
    }

    /// The kind of the failure.
    #[must_use]
    pub fn kind(&self) -> TransportKind {
        self.kind
    }

    /// The operation, such as `timesheets.list`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the request may have reached the server, in this or an earlier attempt.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.was_sent
    }

    /// Whether no connection was made in the last attempt.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind, TransportKind::Connect | TransportKind::ConnectTimeout | TransportKind::Tls)
    }

    /// Whether a time limit was exceeded.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            TransportKind::QueueTimeout
                | TransportKind::ConnectTimeout
                | TransportKind::ReadTimeout
                | TransportKind::CallTimeout
        )
    }

    /// The error of reqwest, if there is one.
    #[must_use]
    pub fn reqwest(&self) -> Option<&reqwest::Error> {
        self.source.as_ref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.kind {
            TransportKind::QueueTimeout => "the call waited too long for other calls, and was not sent",
            TransportKind::Connect => "the server could not be reached",
            TransportKind::ConnectTimeout => "the server could not be reached in time",
            TransportKind::Tls => "no secure connection to the server could be made",
            TransportKind::ReadTimeout => "the server sent nothing for too long",
            TransportKind::CallTimeout => "the call took too long",
            TransportKind::Interrupted => "the connection to the server broke",
        };
        write!(f, "{}: {text}", self.operation)?;
        if let Some(limit) = self.limit {
            write!(f, " (more than {limit:?})")?;
        }
        if self.attempts > 1 {
            write!(f, "; tried {} times", self.attempts)?;
        }
        Ok(())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// The error and its causes. The source of an I/O error is not the error that it wraps, but the source of that.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref());
        wrapped.map(|inner| inner as &(dyn StdError + 'static)).or_else(|| error.source())
    })
}

/// Whether the TLS handshake failed, and not the connection below it.
fn is_tls(error: &reqwest::Error) -> bool {
    chain(error).any(is_tls_error)
}

fn is_tls_error(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(any(feature = "rustls", feature = "rustls-ring"))]
    if error.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if error.is::<native_tls::Error>() {
        return true;
    }
    let _ = error;
    false
}
