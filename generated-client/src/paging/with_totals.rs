//! Lists of servers that say how many records there are.
//!
//! If that number changes between two pages, records may have moved to pages that were read before. The pages are then
//! read again, back to a record that was returned already: all records before it were returned too, or are new.

use super::fetch::Fetch;
use super::page::Page;
use super::seen::Seen;
use crate::error::Error;

/// The most pages that one round reads, and keeps in memory.
pub(super) const MOST_PAGES: u32 = 32;

/// The number of rounds in which the pages have to agree with each other.
const ROUNDS: u32 = 5;

/// The size of the list, as a page states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) records: u64,
    pub(super) pages: u32,
    pub(super) per_page: u32,
}

impl Totals {
    /// Returns `None` if the server sends no totals, or totals that contradict each other.
    pub(super) fn of<T>(page: &Page<T>) -> Option<Self> {
        let totals =
            Self { records: page.total?, pages: page.pages?, per_page: page.per_page.filter(|size| *size > 0)? };
        let pages = totals.records.div_ceil(u64::from(totals.per_page)).max(1);
        (u64::from(totals.pages) == pages).then_some(totals)
    }
}

/// The new records of the pages that were read again.
pub(super) struct Again<T> {
    pub(super) page: Page<T>,
    /// Whether the list ended before the page that was wanted.
    pub(super) is_end: bool,
}

/// Reads a page and those before it again, until all records that moved are found.
///
/// Returns [`Error::ListChanged`] if the records moved further than [`MOST_PAGES`], or keep moving for [`ROUNDS`].
pub(super) async fn read_again<F: Fetch>(fetch: &mut F, seen: &mut Seen, number: u32) -> Result<Again<F::Item>, Error> {
    let changed = Error::ListChanged { operation: fetch.name(), page: number };
    let from_first_page = fetch.start() == 1;
    let mut back = 1;
    let mut contradiction = None;
    let mut rounds = 0;
    while rounds < ROUNDS {
        let first = number.saturating_sub(back).max(1);
        let sweep = sweep(fetch, first, number).await?;
        if first > 1 && !sweep.begins_with(|item| is_seen::<F>(seen, item)) {
            if back == MOST_PAGES - 1 {
                break;
            }
            back = (back * 2).min(MOST_PAGES - 1);
            continue;
        }
        // A page that is missing twice although the totals count it does not exist.
        let missing = sweep.totals.zip(sweep.missing);
        if sweep.is_consistent() || (missing.is_some() && missing == contradiction) {
            if !from_first_page && !sweep.items().any(|item| is_seen::<F>(seen, item)) {
                break;
            }
            let is_end = sweep.missing.is_some();
            return Ok(Again { page: new_records::<F>(seen, sweep.pages, from_first_page), is_end });
        }
        contradiction = missing;
        rounds += 1;
    }
    Err(changed)
}

fn is_seen<F: Fetch>(seen: &Seen, item: &F::Item) -> bool {
    F::id(item).is_some_and(|id| seen.contains(id))
}

/// Pages that were read one after the other.
struct Sweep<T> {
    pages: Vec<Page<T>>,
    /// The totals, if all pages state the same.
    totals: Option<Totals>,
    /// The number of the page that does not exist.
    missing: Option<u32>,
}

impl<T> Sweep<T> {
    /// Whether no record moved from one page to another while they were read.
    fn is_consistent(&self) -> bool {
        self.totals.is_some_and(|totals| self.missing.is_none_or(|missing| totals.pages < missing))
    }

    fn begins_with(&self, is_wanted: impl Fn(&T) -> bool) -> bool {
        self.pages.first().and_then(|page| page.items.first()).is_some_and(is_wanted)
    }

    fn items(&self) -> impl Iterator<Item = &T> {
        self.pages.iter().flatten()
    }
}

/// Reads pages one after the other, up to one that does not exist.
async fn sweep<F: Fetch>(fetch: &mut F, first: u32, last: u32) -> Result<Sweep<F::Item>, Error> {
    let mut sweep = Sweep { pages: Vec::new(), totals: None, missing: None };
    for number in first..=last {
        match fetch.fetch(number).await {
            Ok(page) => {
                let totals = Totals::of(&page);
                let is_first = sweep.pages.is_empty();
                sweep.totals = if is_first || sweep.totals == totals { totals } else { None };
                sweep.pages.push(page);
            }
            Err(error) if error.is_not_found() && number > 1 => {
                sweep.missing = Some(number);
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(sweep)
}

/// Joins the new records of all pages. If the list is not read from its first page on, records before the first known
/// one belong to pages that the caller skipped.
fn new_records<F: Fetch>(seen: &mut Seen, pages: Vec<Page<F::Item>>, from_first_page: bool) -> Page<F::Item> {
    let mut joined = Page::from(Vec::new());
    let mut is_wanted = from_first_page;
    for mut page in pages {
        let mut items = std::mem::take(&mut page.items);
        let first_known = items.iter().position(|item| is_seen::<F>(seen, item));
        seen.keep_new(&mut items, F::id);
        let skipped = if is_wanted { 0 } else { first_known.unwrap_or(items.len()) };
        is_wanted |= first_known.is_some();
        joined.items.extend(items.into_iter().skip(skipped));
        joined = Page { items: joined.items, ..page };
    }
    joined
}
