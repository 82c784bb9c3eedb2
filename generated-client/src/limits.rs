use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::error::{TransportError, TransportKind};
use crate::operation::Info;

/// How long a call may take, and its parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// None if that is further away than the clock reaches.
    deadline: Option<Instant>,
    call: Duration,
    read: Duration,
}

impl Limits {
    /// The limits of a call which begins now.
    pub(crate) fn new(call: Duration, read: Duration) -> Self {
        Self { deadline: Instant::now().checked_add(call), call, read }
    }

    /// Without an end for the whole of it: what is read piece by piece takes the time that its reader takes.
    pub(crate) fn without_end(self) -> Self {
        Self { deadline: None, ..self }
    }

    /// Whether there is time for something after this wait.
    pub(crate) fn leaves(&self, wait: Duration) -> bool {
        match (self.deadline, Instant::now().checked_add(wait)) {
            (Some(deadline), Some(then)) => then < deadline,
            (None, Some(_)) => true,
            (_, None) => false,
        }
    }

    /// Waits for a sign of life of the server.
    pub(crate) async fn read<T>(&self, info: &Info, future: impl Future<Output = T>) -> Result<T, TransportError> {
        let read = Instant::now().checked_add(self.read);
        let (until, kind, limit) = match (self.deadline, read) {
            (Some(deadline), Some(read)) if deadline < read => (deadline, TransportKind::CallTimeout, self.call),
            (_, Some(read)) => (read, TransportKind::ReadTimeout, self.read),
            (Some(deadline), None) => (deadline, TransportKind::CallTimeout, self.call),
            (None, None) => return Ok(future.await),
        };
        timeout_at(until, future).await.map_err(|_| TransportError::timeout(info, kind, limit))
    }

    /// Waits for a free slot among the calls of the client.
    pub(crate) async fn queue<T>(&self, info: &Info, future: impl Future<Output = T>) -> Result<T, TransportError> {
        let Some(deadline) = self.deadline else { return Ok(future.await) };
        match timeout_at(deadline, future).await {
            // A slot that becomes free at the deadline is of no use.
            Ok(slot) if Instant::now() < deadline => Ok(slot),
            _ => Err(TransportError::timeout(info, TransportKind::QueueTimeout, self.call)),
        }
    }
}
