//! Network failures as plain error messages.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use reqwest::Url;

use super::error::ServerError;

/// The time limits of a request.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    pub(super) whole: Duration,
}

/// Why there is no response.
pub(super) fn no_answer(error: &reqwest::Error, url: &Url, limits: Limits) -> ServerError {
    let url = url.to_string();
    let cause = || chain(error).last().map(ToString::to_string).unwrap_or_default();
    if !error.is_connect() {
        return if error.is_timeout() {
            ServerError::Timeout { url, seconds: limits.whole.as_secs() }
        } else if chain(error).any(|error| error.to_string() == "invalid HTTP version parsed") {
            ServerError::NoHttp { url }
        } else {
            ServerError::Broken { url, cause: cause() }
        };
    }
    if chain(error).any(is_no_tls) {
        ServerError::NoTls { url }
    } else if chain(error).any(is_tls) {
        ServerError::Tls { url, cause: cause() }
    } else if error.is_timeout() {
        ServerError::ConnectTimeout { url, seconds: limits.connect.as_secs() }
    } else if chain(error).any(|error| error.to_string() == "dns error") {
        ServerError::NoSuchHost { url }
    } else if chain(error).any(is_refused) {
        ServerError::Refused { url }
    } else {
        ServerError::Unreachable { url, cause: cause() }
    }
}

/// Why the response is incomplete.
pub(super) fn cut_short(error: &io::Error, url: &Url, limits: Limits) -> ServerError {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
    if inner.is_some_and(reqwest::Error::is_timeout) || error.kind() == io::ErrorKind::TimedOut {
        return ServerError::Timeout { url: url.to_string(), seconds: limits.whole.as_secs() };
    }
    let cause = chain(error).last().map(ToString::to_string).unwrap_or_default();
    ServerError::Broken { url: url.to_string(), cause }
}

fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    error.is::<rustls::Error>()
}

/// What is no message of TLS was, in all likelihood, HTTP.
fn is_no_tls(error: &(dyn StdError + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType)))
}

fn is_refused(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
}

/// The error and its causes. What an I/O error wraps is not its source: that is the source of what it wraps.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn StdError + 'static)).or_else(|| error.source())
    })
}
