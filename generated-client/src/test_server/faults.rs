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

/// The failures to come, in their order, with the operation that they are for; any, if there is none.
#[derive(Debug, Default)]
pub(super) struct Faults {
    queue: VecDeque<(Option<String>, Fault)>,
    pub(super) delay: Duration,
}

impl Faults {
    pub(super) fn add(&mut self, operation: Option<&str>, fault: Fault) {
        self.queue.push_back((operation.map(str::to_owned), fault));
    }

    /// What happens to a request for this operation.
    pub(super) fn next(&mut self, operation: Option<&str>) -> Option<Fault> {
        let is_for = |wanted: &Option<String>| wanted.is_none() || wanted.as_deref() == operation;
        let position = self.queue.iter().position(|(wanted, _)| is_for(wanted))?;
        self.queue.remove(position).map(|(_, fault)| fault)
    }
}
