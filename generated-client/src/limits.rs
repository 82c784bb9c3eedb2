use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::error::{TransportError, TransportKind};
use crate::info::Info;

/// The time limits of a call and of its parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// `None` if the clock cannot represent it.
    deadline: Option<Instant>,
    call: Duration,
    read: Duration,
}

impl Limits {
    /// Creates the limits of a call that begins now.
    pub(crate) fn new(call: Duration, read: Duration) -> Self {
        Self { deadline: Instant::now().checked_add(call), call, read }
    }

    /// Removes the limit of the whole call: a download takes as long as its reader.
    pub(crate) fn without_end(self) -> Self {
        Self { deadline: None, ..self }
    }

    /// Whether time is left after this wait.
    pub(crate) fn leaves(&self, wait: Duration) -> bool {
        match (self.deadline, Instant::now().checked_add(wait)) {
            (Some(deadline), Some(then)) => then < deadline,
            (None, Some(_)) => true,
            (_, None) => false,
        }
    }

    /// Waits for the server.
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
