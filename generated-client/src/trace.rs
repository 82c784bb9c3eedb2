//! Spans of the crate `tracing`, if the feature is enabled: a span for each call, with a span for each attempt in it.

use crate::error::Error;
use reqwest::StatusCode;

use crate::info::Info;

#[cfg(feature = "tracing")]
mod spans {
    use std::time::Instant;

    use tracing::field::Empty;
    use tracing::{Instrument as _, Span};

    use super::{Error, Info, StatusCode};

    pub(crate) async fn call<T>(
        info: &Info,
        status: impl Fn(&T) -> StatusCode,
        future: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let span = tracing::debug_span!(
            target: "generated_client",
            "call",
            operation = info.name,
            method = info.method.as_str(),
            path = info.path,
            status = Empty,
            error = Empty,
            duration_ms = Empty,
        );
        measured(span, status, future).await
    }

    pub(crate) async fn attempt<T>(
        info: &Info,
        attempt: u32,
        status: impl Fn(&T) -> StatusCode,
        future: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let span = tracing::debug_span!(
            target: "generated_client",
            "attempt",
            operation = info.name,
            attempt,
            status = Empty,
            error = Empty,
            duration_ms = Empty,
        );
        measured(span, status, future).await
    }

    /// Runs the future in the current span, even if another task polls it.
    pub(crate) fn in_span<T>(future: impl Future<Output = T>) -> impl Future<Output = T> {
        future.in_current_span()
    }

    async fn measured<T>(
        span: Span,
        status: impl Fn(&T) -> StatusCode,
        future: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let begin = Instant::now();
        let result = future.instrument(span.clone()).await;
        let duration = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
        span.record("duration_ms", duration);
        let status = match &result {
            Ok(value) => Some(status(value)),
            Err(error) => {
                span.record("error", tracing::field::display(error));
                error.status()
            }
        };
        if let Some(status) = status {
            span.record("status", status.as_u16());
        }
        result
    }
}

#[cfg(not(feature = "tracing"))]
mod spans {
    use super::{Error, Info, StatusCode};

    pub(crate) fn in_span<T>(future: impl Future<Output = T>) -> impl Future<Output = T> {
        future
    }

    pub(crate) async fn call<T>(
        _: &Info,
        _: impl Fn(&T) -> StatusCode,
        future: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        future.await
    }

    pub(crate) async fn attempt<T>(
        _: &Info,
        _: u32,
        _: impl Fn(&T) -> StatusCode,
        future: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        future.await
    }
}

pub(crate) use spans::{attempt, call, in_span};
