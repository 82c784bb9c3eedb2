use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::operation::Info;

/// Why there is no answer.
///
/// It is printed with the cause at its root, such as `Connection refused (os error 111)`.
#[derive(Debug)]
pub struct TransportError {
    operation: &'static str,
    kind: TransportKind,
    attempts: u32,
    limit: Option<Duration>,
    source: Option<reqwest::Error>,
}

/// What failed on the way to the server or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportKind {
    /// The server cannot be reached: no such name, or nobody listens there.
    Connect,
    /// Connecting took too long.
    ConnectTimeout,
    /// The server's certificate is not trusted, or it does not speak TLS.
    Tls,
    /// The server kept silent for too long.
    ReadTimeout,
    /// The whole call took too long.
    CallTimeout,
    /// The connection broke, or what came over it is damaged.
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
        Self { operation: info.name, kind, attempts: 1, limit: None, source: Some(error) }
    }

    pub(crate) fn timeout(info: &Info, kind: TransportKind, limit: Duration) -> Self {
        Self { operation: info.name, kind, attempts: 1, limit: Some(limit), source: None }
    }

    /// What was under way ended without a word, as when the program is shutting down.
    pub(crate) fn stopped(info: &Info) -> Self {
        Self { operation: info.name, kind: TransportKind::Interrupted, attempts: 1, limit: None, source: None }
    }

    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = attempts;
    }

    /// What failed.
    #[must_use]
    pub fn kind(&self) -> TransportKind {
        self.kind
    }

    /// The operation, such as `timesheets.list`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// How often it was tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether no connection was made, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind, TransportKind::Connect | TransportKind::ConnectTimeout | TransportKind::Tls)
    }

    /// Whether a time limit ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, TransportKind::ConnectTimeout | TransportKind::ReadTimeout | TransportKind::CallTimeout)
    }

    /// What reqwest says, if it was reqwest that failed.
    #[must_use]
    pub fn reqwest(&self) -> Option<&reqwest::Error> {
        self.source.as_ref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.kind {
            TransportKind::Connect => "the server cannot be reached",
            TransportKind::ConnectTimeout => "the server cannot be reached in time",
            TransportKind::Tls => "there is no secure connection to the server",
            TransportKind::ReadTimeout => "the server kept silent for too long",
            TransportKind::CallTimeout => "the call took too long",
            TransportKind::Interrupted => "the connection to the server broke",
        };
        write!(f, "{}: {text}", self.operation)?;
        if let Some(limit) = self.limit {
            write!(f, " (more than {limit:?})")?;
        }
        if let Some(source) = &self.source {
            write!(f, ": {}", root(source))?;
        }
        if self.attempts > 1 {
            write!(f, "; tried {} times", self.attempts)?;
        }
        Ok(())
    }
}

impl StdError for TransportError {}

/// The error and its causes. What an I/O error wraps is not its source: that is the source of what it wraps.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref());
        wrapped.map(|inner| inner as &(dyn StdError + 'static)).or_else(|| error.source())
    })
}

/// What is at the root of the error; the errors above it say no more than that there is one.
pub(crate) fn root(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Whether the handshake failed, as opposed to the connection under it.
fn is_tls(error: &reqwest::Error) -> bool {
    chain(error).any(is_tls_error)
}

fn is_tls_error(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "rustls")]
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
