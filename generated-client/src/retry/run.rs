use std::time::Duration;

use super::{Budget, RetryPolicy};
use crate::error::Error;
use crate::info::Info;
use crate::limits::Limits;

/// The attempts of one call.
pub(crate) struct Retries<'a> {
    policy: &'a RetryPolicy,
    budget: &'a Budget,
    info: &'a Info,
    attempts: u32,
    /// Whether an attempt may have reached the server.
    was_sent: bool,
}

impl<'a> Retries<'a> {
    pub(crate) fn new(policy: &'a RetryPolicy, budget: &'a Budget, info: &'a Info) -> Self {
        Self { policy, budget, info, attempts: 0, was_sent: false }
    }

    /// Runs attempts until one succeeds or none may follow, and returns the last error.
    pub(crate) async fn run<T, F>(mut self, limits: &Limits, attempt: impl Fn(u32) -> F + Send) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>> + Send,
    {
        loop {
            self.attempts += 1;
            match attempt(self.attempts).await {
                Ok(value) => {
                    self.budget.give(self.attempts > 1);
                    return Ok(value);
                }
                Err(error) => {
                    self.was_sent |= error.was_sent();
                    let Some(delay) = self.wait(&error, limits, fastrand::f64()) else {
                        return Err(self.given_up(error));
                    };
                    tokio::time::sleep(delay).await;
                }
            }
        }
    }

    fn given_up(&self, error: Error) -> Error {
        // A server that refuses for a reason is healthy.
        if error.as_api().is_some() && !error.is_retryable() {
            self.budget.give(self.attempts > 1);
        }
        error.after(self.attempts, self.was_sent)
    }

    /// The delay before the next attempt, which is charged to the budget; none if there is no other.
    fn wait(&self, error: &Error, limits: &Limits, random: f64) -> Option<Duration> {
        let delay = self.policy.delay(self.info, error, self.attempts, random)?;
        (limits.leaves(delay) && self.budget.take()).then_some(delay)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use bytes::Bytes;
    use reqwest::header::{HeaderMap, RETRY_AFTER};
    use reqwest::{Method, StatusCode};
    use tokio::time::Instant;

    use super::*;
    use crate::error::{ApiError, TransportError, TransportKind};
    use crate::history::History;
    use crate::secrets::Secrets;

    fn info(method: Method, writes: bool) -> Info {
        Info {
            name: "a.b",
            method,
            path: "/api/a",
            permissions: &[],
            internal: false,
            deprecated: false,
            plugin: false,
            writes,
            history: &History::UNKNOWN,
        }
    }

    fn broken() -> Error {
        TransportError::stopped(&info(Method::GET, false)).into()
    }

    fn refused(retry_after: &'static str) -> Error {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        let (info, status) = (info(Method::GET, false), StatusCode::TOO_MANY_REQUESTS);
        let error = ApiError::read(&info, Vec::new(), status, &headers, &Bytes::new(), &Secrets::default());
        Error::Api(Box::new(error))
    }

    /// How long a call takes that fails so often before it succeeds, and how it ends.
    async fn took(
        policy: &RetryPolicy,
        limit: Duration,
        failures: u32,
        error: fn() -> Error,
    ) -> (Duration, Result<u32, Error>) {
        let (info, budget) = (info(Method::GET, false), Budget::new(100));
        let limits = Limits::new(limit, limit);
        let count = AtomicU32::new(0);
        let begin = Instant::now();
        let result = Retries::new(policy, &budget, &info)
            .run(&limits, |attempt| {
                let failed = count.fetch_add(1, Ordering::Relaxed) < failures;
                async move { if failed { Err(error()) } else { Ok(attempt) } }
            })
            .await;
        (begin.elapsed(), result)
    }

    const MINUTE: Duration = Duration::from_mins(1);

    #[tokio::test(start_paused = true)]
    async fn waits_grow_and_are_random_parts() {
        let policy = RetryPolicy::default().max_retries(6).base_delay(Duration::from_secs(1)).max_delay(4 * MINUTE);
        let mut all = Vec::new();
        for _ in 0..50 {
            let (time, result) = took(&policy, 60 * MINUTE, 6, broken).await;
            assert_eq!(result.unwrap(), 7);
            // 1 + 2 + 4 + 8 + 16 + 32 seconds at the most.
            assert!(time <= Duration::from_secs(63) + Duration::from_millis(10), "{time:?}");
            all.push(time);
        }
        all.sort();
        all.dedup();
        assert!(all.len() > 40, "{all:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn retry_after_is_waited_for() {
        let policy = RetryPolicy::default().base_delay(Duration::ZERO);
        let (time, result) = took(&policy, MINUTE, 1, || refused("30")).await;
        assert_eq!(result.unwrap(), 2);
        assert!(time >= Duration::from_secs(30) && time < Duration::from_secs(31), "{time:?}");
        // More than the policy's limit is not.
        let (time, result) = took(&policy, MINUTE, 1, || refused("31")).await;
        assert_eq!((time, result.unwrap_err().as_api().unwrap().attempts), (Duration::ZERO, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn the_deadline_is_for_all_attempts() {
        let policy = RetryPolicy::default().max_retries(100).base_delay(Duration::ZERO);
        let (time, result) = took(&policy, MINUTE, 100, || refused("25")).await;
        // A third wait would go past it.
        assert!(time >= Duration::from_secs(50) && time < Duration::from_secs(51), "{time:?}");
        assert_eq!(result.unwrap_err().as_api().unwrap().attempts, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_stalled_attempt_ends_with_its_limit() {
        let info = info(Method::GET, false);
        let limits = Limits::new(MINUTE, Duration::from_secs(20));
        let begin = Instant::now();
        let error = limits.read(&info, std::future::pending::<()>()).await.unwrap_err();
        assert_eq!((error.kind(), begin.elapsed().as_secs()), (TransportKind::ReadTimeout, 20));
        limits.read(&info, tokio::time::sleep(Duration::from_secs(19))).await.unwrap();
        limits.read(&info, tokio::time::sleep(Duration::from_secs(19))).await.unwrap();
        let error = limits.read(&info, std::future::pending::<()>()).await.unwrap_err();
        assert_eq!((error.kind(), begin.elapsed().as_secs()), (TransportKind::CallTimeout, 60));
        // Waiting for other calls has only the limit of the whole call.
        let error = limits.queue(&info, std::future::pending::<()>()).await.unwrap_err();
        assert_eq!((error.kind(), begin.elapsed().as_secs()), (TransportKind::QueueTimeout, 60));
        assert!(!error.was_sent());
        // A download that has begun takes its time.
        let slow = tokio::time::sleep(Duration::from_secs(19));
        limits.without_end().read(&info, slow).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn limits_may_be_as_long_as_they_like() {
        let policy = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX).max_retries(u32::MAX);
        let policy = policy.max_retry_after(Duration::MAX);
        let (time, result) = took(&policy, Duration::MAX, 40, broken).await;
        assert_eq!(result.unwrap(), 41);
        assert!(time <= 40 * Duration::from_hours(24), "{time:?}");
        let (_, result) = took(&policy, Duration::MAX, 1, || refused("99999999999999999999")).await;
        assert!(result.is_err(), "nobody can wait that long");
    }

    #[test]
    fn which_failures_are_tried_again() {
        let policy = RetryPolicy::default();
        let again =
            |method: Method, writes: bool, error: &Error| policy.delay(&info(method, writes), error, 1, 0.5).is_some();
        assert!(again(Method::GET, false, &broken()) && again(Method::GET, false, &refused("1")));
        assert!(!again(Method::GET, true, &broken()) && !again(Method::POST, false, &refused("1")));
        let timeout = |kind| Error::from(TransportError::timeout(&info(Method::GET, false), kind, MINUTE));
        assert!(again(Method::POST, false, &timeout(TransportKind::ConnectTimeout)));
        assert!(again(Method::GET, true, &timeout(TransportKind::Connect)));
        assert!(again(Method::GET, false, &timeout(TransportKind::ReadTimeout)));
        assert!(!again(Method::GET, true, &timeout(TransportKind::ReadTimeout)));
        assert!(!again(Method::POST, false, &timeout(TransportKind::ReadTimeout)));
        assert!(!again(Method::GET, false, &timeout(TransportKind::QueueTimeout)));
        assert!(!again(Method::GET, false, &timeout(TransportKind::CallTimeout)));
        assert!(!again(Method::GET, false, &timeout(TransportKind::Tls)));
        let all = RetryPolicy::default().methods([Method::GET, Method::POST]);
        assert!(all.delay(&info(Method::GET, true), &broken(), 1, 0.5).is_none());
        assert!(all.delay(&info(Method::POST, false), &broken(), 1, 0.5).is_some());
    }

    proptest::proptest! {
        #[test]
        fn no_wait_is_longer_than_it_may_be(attempts in 1_u32..200, random in 0.0..1.0, base in 0_u64..10_000) {
            let policy = RetryPolicy::default().max_retries(1000).base_delay(Duration::from_millis(base));
            let delay = policy.delay(&info(Method::GET, false), &broken(), attempts, random).unwrap();
            let longest = base.saturating_mul(2_u64.saturating_pow(attempts - 1)).min(10_000);
            proptest::prop_assert!(delay <= Duration::from_millis(longest));
            let none = policy.delay(&info(Method::GET, false), &broken(), attempts, 0.0).unwrap();
            proptest::prop_assert_eq!(none, Duration::ZERO);
        }
    }
}
