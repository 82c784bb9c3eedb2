use std::collections::{HashSet, VecDeque};

use super::with_totals::MOST_PAGES;

/// How many ids are remembered at least; 32 of Kimai's largest pages have a few less.
const LEAST: usize = 16_384;

/// The ids of the last records that were returned.
///
/// Records shift by as many places as others were created or deleted between two responses. To find them, the ids of all
/// pages that may be read again are needed, but not those of the whole list.
#[derive(Default)]
pub(super) struct Seen {
    ids: HashSet<u64>,
    /// The same ids, the oldest first.
    order: VecDeque<u64>,
    longest_page: usize,
}

impl Seen {
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn contains(&self, id: u64) -> bool {
        self.ids.contains(&id)
    }

    /// Removes the records that are known, and remembers the others. Records without ids stay.
    pub(super) fn keep_new<T>(&mut self, items: &mut Vec<T>, id: impl Fn(&T) -> Option<u64>) {
        self.longest_page = self.longest_page.max(items.len());
        items.retain(|item| id(item).is_none_or(|id| self.insert(id)));
        self.forget();
    }

    fn insert(&mut self, id: u64) -> bool {
        let is_new = self.ids.insert(id);
        if is_new {
            self.order.push_back(id);
        }
        is_new
    }

    /// Forgets the oldest ids.
    fn forget(&mut self) {
        let most = self.longest_page.saturating_mul(MOST_PAGES as usize).max(LEAST);
        let excess = self.order.len().saturating_sub(most);
        for oldest in self.order.drain(..excess) {
            self.ids.remove(&oldest);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.ids.len().max(self.order.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(seen: &mut Seen, ids: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let mut page: Vec<u64> = ids.into_iter().collect();
        seen.keep_new(&mut page, |id| Some(*id));
        page
    }

    #[test]
    fn known_records_are_not_new() {
        let mut seen = Seen::default();
        assert!(seen.is_empty());
        assert_eq!(new(&mut seen, [9, 8, 7]), [9, 8, 7]);
        assert_eq!(new(&mut seen, [8, 7, 6, 6]), [6]);
        assert!(seen.contains(9) && !seen.contains(5) && !seen.is_empty());
        let mut without_ids = vec!["a", "a"];
        seen.keep_new(&mut without_ids, |_| None);
        assert_eq!((without_ids, seen.len()), (vec!["a", "a"], 4));
    }

    #[test]
    fn only_the_last_ids_are_remembered() {
        let mut seen = Seen::default();
        for page in 0..2_000 {
            assert_eq!(new(&mut seen, page * 500..(page + 1) * 500).len(), 500);
            assert!(seen.len() <= 16_384);
        }
        assert!(seen.contains(999_999) && seen.contains(1_000_000 - 16_384) && !seen.contains(1_000_000 - 16_385));
    }

    #[test]
    fn all_pages_that_may_be_read_again_are_remembered() {
        let mut seen = Seen::default();
        for page in 0..100 {
            new(&mut seen, page * 1_000..(page + 1) * 1_000);
        }
        assert_eq!((seen.len(), seen.contains(68_000), seen.contains(67_999)), (32_000, true, false));
    }
}
