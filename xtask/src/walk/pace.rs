//! How many requests a walk sends, and how fast.

use std::thread;
use std::time::{Duration, Instant};

use crate::terminal::Line;

/// The budget of a walk.
pub(super) struct Pace {
    most: usize,
    sent: usize,
    pause: Duration,
    last: Option<Instant>,
    line: Line,
}

impl Pace {
    /// At most so many requests, and so many per second.
    pub(super) fn new(most: u32, rate: u32) -> Self {
        let pause = Duration::from_secs(1) / rate.max(1);
        Self { most: usize::try_from(most).unwrap_or(usize::MAX), sent: 0, pause, last: None, line: Line::new() }
    }

    /// Waits until the next request may be sent; false if there may be none.
    pub(super) fn next(&mut self) -> bool {
        if self.is_spent() {
            return false;
        }
        if let Some(last) = self.last {
            thread::sleep(self.pause.saturating_sub(last.elapsed()));
        }
        self.last = Some(Instant::now());
        self.sent += 1;
        self.line.show("walking", &format!("request {} of at most {}", self.sent, self.most));
        true
    }

    pub(super) fn is_spent(&self) -> bool {
        self.sent >= self.most
    }

    pub(super) fn sent(&self) -> usize {
        self.sent
    }
}
