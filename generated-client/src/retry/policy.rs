use std::time::Duration;

use reqwest::Method;

use crate::error::{Error, TransportKind};
use crate::info::Info;

/// The longest delay. Longer ones are of no use, and would overflow.
const LONGEST_DELAY: Duration = Duration::from_secs(24 * 60 * 60);

/// When a call is retried.
///
/// Any call is retried if no connection was made, since nothing was sent. Calls with one of the
/// [`methods`](Self::methods), by default GET and HEAD, are also retried if the connection broke, if the server sent nothing
/// for too long, and after status 429, 502, 503 and 504.
///
/// The delay before retry n is a random part of `base_delay` × 2ⁿ⁻¹, at most `max_delay` ("full jitter"), after the time
/// that the server asks for with `Retry-After`. All attempts and delays are within the time limit of the call
/// ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)). All calls of a client share a budget of retries
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

/// Up to three retries, after up to 0.25, 0.5 and 1 seconds.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(10),
            max_retry_after: Duration::from_secs(30),
            methods: vec![Method::GET, Method::HEAD],
        }
    }
}

impl RetryPolicy {
    /// Returns a policy without retries.
    pub fn none() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// Sets the maximum number of retries of a call; 3 by default.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the longest delay before the first retry; 250 ms by default.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest delay before any retry; 10 s by default.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest `Retry-After` that is waited for; 30 s by default. If the server asks for more, the call fails
    /// at once, and [`ApiError::retry_after`](crate::error::ApiError::retry_after) returns the time.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Sets the HTTP methods whose calls may be sent twice; GET and HEAD by default.
    ///
    /// A second DELETE returns 404. A second POST may create a second object, and some PATCH operations of Kimai toggle
    /// something.
    pub fn methods(mut self, methods: impl IntoIterator<Item = Method>) -> Self {
        self.methods = methods.into_iter().collect();
        self
    }

    /// The delay before the next attempt; none if there is no other. `random` is in `0.0..1.0`.
    pub(super) fn delay(&self, info: &Info, error: &Error, attempts: u32, random: f64) -> Option<Duration> {
        if attempts > self.max_retries {
            return None;
        }
        let after = match error {
            Error::Transport(error) => match error.kind() {
                TransportKind::Connect | TransportKind::ConnectTimeout => Duration::ZERO,
                TransportKind::Interrupted | TransportKind::ReadTimeout if self.may_repeat(info) => Duration::ZERO,
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
        Some(after.saturating_add(longest.min(LONGEST_DELAY).mul_f64(random)))
    }

    /// Some GET operations change something.
    fn may_repeat(&self, info: &Info) -> bool {
        let is_read = matches!(info.method, Method::GET | Method::HEAD);
        self.methods.contains(&info.method) && !(info.writes && is_read)
    }
}
