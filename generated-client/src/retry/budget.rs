use std::sync::atomic::{AtomicU32, Ordering};

/// The cost of a retry. A call that succeeds at once gives back 1.
const COST: u32 = 10;

/// A token bucket for the retries of all calls of a client, so that a server in trouble does not get more calls than
/// usual.
#[derive(Debug)]
pub(crate) struct Budget {
    units: AtomicU32,
    capacity: u32,
}

impl Budget {
    /// A full bucket for this number of retries.
    pub(crate) fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(COST);
        Self { units: AtomicU32::new(capacity), capacity }
    }

    /// Pays for a retry, if there is enough left.
    pub(crate) fn take(&self) -> bool {
        self.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |units| units.checked_sub(COST)).is_ok()
    }

    /// Gives back for a success: a tenth of a retry for the first attempt, and a retry's own cost.
    pub(crate) fn give(&self, retried: bool) {
        let units = if retried { COST } else { 1 };
        let add = |before: u32| Some(before.saturating_add(units).min(self.capacity));
        let _ = self.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bucket_is_drained_and_refilled() {
        let budget = Budget::new(2);
        assert!(budget.take() && budget.take());
        assert!(!budget.take());
        for _ in 0..9 {
            budget.give(false);
        }
        assert!(!budget.take(), "nine successes are not enough");
        budget.give(false);
        assert!(budget.take() && !budget.take());
        budget.give(true);
        assert!(budget.take() && !budget.take());
    }

    #[test]
    fn it_never_holds_more_than_at_first() {
        let budget = Budget::new(1);
        for _ in 0..100 {
            budget.give(true);
        }
        assert!(budget.take() && !budget.take());
        assert!(!Budget::new(0).take());
    }
}
