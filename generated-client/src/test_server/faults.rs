//! Failures that a test asks for.

use std::collections::VecDeque;
use std::time::Duration;

/// What happens to one request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// A response with this status.
    Status(u16),
    /// No response: the connection is closed.
    Drop,
}

/// The failures to come.
#[derive(Debug, Default)]
pub(super) struct Faults {
    queue: VecDeque<Fault>,
    pub(super) delay: Duration,
}

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.queue.push_back(fault);
    }

    /// The delay of the next request, and what happens to it.
    pub(super) fn next(&mut self) -> (Duration, Option<Fault>) {
        (self.delay, self.queue.pop_front())
    }
}
