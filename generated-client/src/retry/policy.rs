use std::time::Duration;

use crate::error::{Error, TransportKind};
use crate::operation::{Info, Method};

/// When a call is tried again.
///
/// Any call is, if the connection was never made: then nothing was sent. Calls with the methods of
/// [`methods`](Self::methods), by default GET only, are also tried again when the connection broke, and after the
/// answers 429, 502, 503 and 504. What changes something is never sent twice unless its method is allowed to.
///
/// The wait before retry n is a random part of `base_delay` × 2ⁿ⁻¹, `max_delay` at most ("full jitter"), on top of what
/// the server asks for with `Retry-After`. Retries stop at the call's overall time limit
/// ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)): a wait that would go past it is not begun. All calls of
/// a client together make no more retries than its budget allows
/// ([`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget)).
///
/// ```
/// use std::time::Duration;
///
/// use generated_client::{Auth, Client, RetryPolicy};
///
/// let patient = RetryPolicy::default().max_retries(5).max_delay(Duration::from_secs(20));
/// let kimai = Client::builder("https://kimai.example.com", Auth::bearer("api token")).retry(patient).build()?;
/// # Ok::<(), generated_client::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    methods: Vec<Method>,
}

/// Three retries of GET, after up to 0.25, 0.5 and 1 seconds.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(10),
            max_retry_after: Duration::from_secs(30),
            methods: vec![Method::GET],
        }
    }
}

impl RetryPolicy {
    /// Never.
    pub fn none() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// How often a call is tried again at most; 3 if not set.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The longest wait before the first retry; 250 ms if not set.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait before any retry; 10 s if not set.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited for; 30 s if not set. A server that asks for more is not asked again:
    /// the error comes at once, and [`ApiError::retry_after`](crate::error::ApiError::retry_after) tells the time.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// The methods whose calls may be sent twice; GET if not set.
    ///
    /// A second DELETE finds nothing (404). A second POST creates a second object, and Kimai has PATCH operations
    /// that toggle something.
    pub fn methods(mut self, methods: impl IntoIterator<Item = Method>) -> Self {
        self.methods = methods.into_iter().collect();
        self
    }

    /// How long to wait before the next attempt, after this number of them; none if there shall be no other.
    ///
    /// `random` is from 0 up to, but not including, 1.
    pub(super) fn delay(&self, info: &Info, error: &Error, attempts: u32, random: f64) -> Option<Duration> {
        if attempts > self.max_retries {
            return None;
        }
        let after = match error {
            Error::Transport(error) => match error.kind() {
                TransportKind::Connect | TransportKind::ConnectTimeout => Duration::ZERO,
                TransportKind::Interrupted if self.may_repeat(info) => Duration::ZERO,
                _ => return None,
            },
            Error::Api(refusal) if error.is_retryable() && self.may_repeat(info) => {
                refusal.retry_after().unwrap_or_default()
            }
            _ => return None,
        };
        if after > self.max_retry_after {
            return None;
        }
        let factor = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.base_delay.saturating_mul(factor).min(self.max_delay);
        // Longer waits than a day are of no use, and would not fit.
        Some(after.saturating_add(longest.min(Duration::from_hours(24)).mul_f64(random)))
    }

    /// A GET that changes something is never repeated.
    fn may_repeat(&self, info: &Info) -> bool {
        self.methods.contains(&info.method) && !(info.writes && info.method == Method::GET)
    }
}
