use std::collections::{HashSet, VecDeque};
use std::future::{Future, IntoFuture as _};
use std::pin::Pin;

use super::page::Page;
use super::task::Task;
use crate::client::{Client, Options};
use crate::error::{Error, TransportError};
use crate::operation::{Info, Paged};
use crate::request::Request;

/// How often a part of a list is read again, and how many pages without anything new are read in a row, before the list
/// is given up.
const ROUNDS: u32 = 5;

/// A page, or the end of the list.
pub(crate) type Turn<'a, T> = Pin<Box<dyn Future<Output = Option<Result<Page<T>, Error>>> + Send + 'a>>;

/// Pages of records, whatever operation they come from.
pub(crate) trait Source<T>: Send {
    /// The next page, without what was handed out before.
    fn next(&mut self) -> Turn<'_, T>;

    /// How many records the pages after the last one hold, if the server tells.
    fn remaining(&self) -> Option<u64>;

    /// How many pages may be asked for at once.
    fn set_concurrency(&mut self, pages: usize);
}

/// Reads the pages of a list in their order, asks for some ahead, and notices when the list shifts.
pub(crate) struct Pager<O: Paged> {
    client: Client,
    operation: O,
    options: Options,
    concurrency: usize,
    /// The page to begin with, and the one to hand out next.
    start: u32,
    next: u32,
    /// Pages that were asked for ahead: the first is `next`.
    ahead: VecDeque<Task<Result<Page<O::Item>, Error>>>,
    totals: Option<Totals>,
    /// The records that were handed out.
    seen: HashSet<u64>,
    /// Of servers that send no totals: the last page, and how many brought nothing new.
    last: Vec<u64>,
    stale: u32,
    is_done: bool,
}

/// What a page says of the whole list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Totals {
    records: u64,
    pages: u32,
    per_page: u32,
}

impl Totals {
    /// None if the server sends none, or contradicts itself.
    fn of<T>(page: &Page<T>) -> Option<Self> {
        let totals =
            Self { records: page.total?, pages: page.pages?, per_page: page.per_page.filter(|size| *size > 0)? };
        let pages = totals.records.div_ceil(u64::from(totals.per_page)).max(1);
        (u64::from(totals.pages) == pages).then_some(totals)
    }
}

/// Pages that were read again, one after the other.
struct Sweep<T> {
    pages: Vec<Page<T>>,
    /// What all of them say of the list, if they say the same.
    totals: Option<Totals>,
    /// The page that was not there.
    missing: Option<u32>,
}

impl<T> Sweep<T> {
    /// Whether nothing moved from one page to another while they were read.
    fn is_consistent(&self) -> bool {
        self.totals.is_some_and(|totals| self.missing.is_none_or(|missing| totals.pages < missing))
    }
}

impl<O> Pager<O>
where
    O: Paged + Clone + Send + 'static,
    O::Item: Send,
{
    pub(crate) fn new(client: Client, operation: O, options: Options) -> Self {
        let start = operation.page_number().max(1);
        Self {
            client,
            operation,
            options,
            concurrency: 1,
            start,
            next: start,
            ahead: VecDeque::new(),
            totals: None,
            seen: HashSet::new(),
            last: Vec::new(),
            stale: 0,
            is_done: false,
        }
    }

    async fn advance(&mut self) -> Option<Result<Page<O::Item>, Error>> {
        if self.is_done {
            return None;
        }
        let result = self.read_next().await;
        if !matches!(result, Ok(Some(_))) {
            self.is_done = true;
            self.ahead.clear();
        }
        result.transpose()
    }

    async fn read_next(&mut self) -> Result<Option<Page<O::Item>>, Error> {
        let number = self.next;
        let answer = match self.ahead.pop_front() {
            Some(task) => match task.await {
                Ok(answer) => answer,
                Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
                Err(_) => Err(TransportError::stopped(&Info::of::<O>()).into()),
            },
            None => self.ask(number).await,
        };
        let page = match (answer, self.totals.filter(|_| !self.seen.is_empty())) {
            (Ok(page), Some(before)) if Totals::of(&page).is_some_and(|now| now.records != before.records) => {
                self.read_again(number).await?
            }
            (Ok(page), _) if self.is_end_without_totals(&page)? => return Ok(None),
            (Ok(page), _) => self.fresh(page),
            // There was such a page when it was asked for: the list has become shorter.
            (Err(error), Some(_)) if error.is_not_found() && number > self.start => self.read_again(number).await?,
            // The first page is always there, also of an empty list.
            (Err(error), _) if error.is_not_found() && number > 1 => return Ok(None),
            (Err(error), _) => return Err(error),
        };
        self.totals = Totals::of(&page);
        self.next = number.saturating_add(1);
        match self.totals {
            Some(totals) if number >= totals.pages => self.is_done = true,
            Some(totals) => self.ask_ahead(totals.pages),
            None => {}
        }
        Ok(Some(page))
    }

    /// Where the server does not tell how many pages there are, the list ends with one that is not there (404) or
    /// empty, or with one that comes three times: then the server knows no pages.
    fn is_end_without_totals(&mut self, page: &Page<O::Item>) -> Result<bool, Error> {
        if Totals::of(page).is_some() {
            return Ok(false);
        }
        let ids: Vec<u64> = page.items.iter().filter_map(O::id).collect();
        // New records in front may fill a page with what was handed out already.
        let is_stale = !ids.is_empty() && ids.iter().all(|id| self.seen.contains(id));
        self.stale = if is_stale { self.stale + 1 } else { 0 };
        let is_same = is_stale && ids == self.last;
        self.last = ids;
        match self.stale {
            _ if page.items.is_empty() => Ok(true),
            2.. if is_same => Ok(true),
            stale if stale > ROUNDS => Err(Self::changed(self.next)),
            _ => Ok(false),
        }
    }

    fn changed(page: u32) -> Error {
        Error::ListChanged { operation: O::NAME, page }
    }

    fn ask(&self, number: u32) -> impl Future<Output = Result<Page<O::Item>, Error>> + Send + use<O> {
        // The first page is asked for as the caller put it.
        let operation = self.operation.clone();
        let operation = if number == self.start { operation } else { operation.at_page(number) };
        Request::with_options(&self.client, operation, self.options.clone()).into_future()
    }

    fn ask_ahead(&mut self, pages: u32) {
        while self.ahead.len() < self.concurrency {
            let asked = u32::try_from(self.ahead.len()).unwrap_or(u32::MAX);
            let number = self.next.saturating_add(asked);
            if number > pages {
                return;
            }
            self.ahead.push_back(Task::spawn(self.ask(number)));
        }
    }

    /// Leaves out what was handed out already.
    fn fresh(&mut self, mut page: Page<O::Item>) -> Page<O::Item> {
        page.items.retain(|item| O::id(item).is_none_or(|id| self.seen.insert(id)));
        page
    }

    /// Reads this page and those before it again, back to a record that was handed out: what stands before that was
    /// handed out, too, or is new. Pages that agree on the number of records hold all of them that were there.
    async fn read_again(&mut self, number: u32) -> Result<Page<O::Item>, Error> {
        self.ahead.clear();
        let mut back = 1;
        let mut contradiction = None;
        let mut rounds = 0;
        while rounds < ROUNDS {
            let first = number.saturating_sub(back).max(1);
            let sweep = self.sweep(first, number).await?;
            let known = |item: &O::Item| O::id(item).is_some_and(|id| self.seen.contains(&id));
            let begins_known = sweep.pages.first().and_then(|page| page.items.first()).is_some_and(known);
            if first > 1 && !begins_known {
                back = back.saturating_mul(2);
                continue;
            }
            // Pages that are told of but not there, and are so again, never will be.
            let missing = sweep.totals.zip(sweep.missing);
            if sweep.is_consistent() || (missing.is_some() && missing == contradiction) {
                let has_anchor = sweep.pages.iter().flat_map(|page| &page.items).any(known);
                if self.start > 1 && !has_anchor {
                    return Err(Self::changed(number));
                }
                self.is_done = sweep.missing.is_some();
                return Ok(self.taken(sweep.pages));
            }
            contradiction = missing;
            rounds += 1;
        }
        Err(Self::changed(number))
    }

    /// Reads these pages, one after the other, up to one that is not there.
    async fn sweep(&mut self, first: u32, last: u32) -> Result<Sweep<O::Item>, Error> {
        let mut sweep = Sweep { pages: Vec::new(), totals: None, missing: None };
        for number in first..=last {
            match self.ask(number).await {
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

    /// One page with what is new in all of them. What stands before the first that was handed out belongs to the pages
    /// before the one with which the caller began.
    fn taken(&mut self, pages: Vec<Page<O::Item>>) -> Page<O::Item> {
        let mut taken = Page::from(Vec::new());
        let mut is_behind = self.start == 1;
        for mut page in pages {
            for item in std::mem::take(&mut page.items) {
                let is_new = O::id(&item).is_none_or(|id| self.seen.insert(id));
                is_behind |= !is_new;
                if is_new && is_behind {
                    taken.items.push(item);
                }
            }
            taken = Page { items: taken.items, ..page };
        }
        taken
    }
}

impl<O> Source<O::Item> for Pager<O>
where
    O: Paged + Clone + Send + 'static,
    O::Item: Send,
{
    fn next(&mut self) -> Turn<'_, O::Item> {
        Box::pin(self.advance())
    }

    fn remaining(&self) -> Option<u64> {
        if self.is_done {
            return Some(0);
        }
        let totals = self.totals?;
        let read = u64::from(self.next.saturating_sub(1)).saturating_mul(u64::from(totals.per_page));
        Some(totals.records.saturating_sub(read))
    }

    fn set_concurrency(&mut self, pages: usize) {
        self.concurrency = pages.max(1);
    }
}
