//! Lists of servers that do not say how many records there are: Kimai before 2.0, and plugins.
//!
//! Such a list ends with a page that is missing (404) or empty. A server that ignores page numbers sends the same page
//! forever, so a page that comes three times ends the list too. Records that are added in front can fill a page with
//! known records, so one such page is not the end.

use super::seen::Seen;

/// The most pages in a row that may contain no new records.
pub(super) const MOST_STALE: u32 = 5;

/// Finds the end of the list.
#[derive(Default)]
pub(super) struct EndFinder {
    /// The ids of the last page.
    last: Vec<u64>,
    /// The number of pages in a row that contained only known records.
    stale: u32,
}

pub(super) enum Verdict {
    Continues,
    Ends,
    /// Too many pages in a row contain only known records.
    KeepsChanging,
}

impl EndFinder {
    /// Looks at the next page.
    pub(super) fn look(&mut self, seen: &Seen, is_empty: bool, ids: Vec<u64>) -> Verdict {
        let is_stale = !ids.is_empty() && ids.iter().all(|id| seen.contains(*id));
        self.stale = if is_stale { self.stale + 1 } else { 0 };
        let is_same = is_stale && ids == self.last;
        self.last = ids;
        match self.stale {
            _ if is_empty => Verdict::Ends,
            2.. if is_same => Verdict::Ends,
            stale if stale > MOST_STALE => Verdict::KeepsChanging,
            _ => Verdict::Continues,
        }
    }
}
