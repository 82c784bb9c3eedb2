use std::collections::VecDeque;
use std::pin::Pin;

use super::fetch::Fetch;
use super::page::Page;
use super::seen::Seen;
use super::task::Task;
use super::with_totals::{Totals, read_again};
use super::without_totals::{EndFinder, MOST_STALE, Verdict};
use crate::error::Error;

/// A page, or the end of the list.
pub(crate) type Turn<'a, T> = Pin<Box<dyn Future<Output = Option<Result<Page<T>, Error>>> + Send + 'a>>;

/// Pages of records, without the type of the operation.
pub(crate) trait Source<T>: Send {
    /// Returns the next page, without records that were returned before.
    fn next(&mut self) -> Turn<'_, T>;

    /// The number of records on the remaining pages, if the server says so.
    fn remaining(&self) -> Option<u64>;

    /// Sets how many pages may be requested at once.
    fn set_concurrency(&mut self, pages: usize);
}

/// Reads the pages of a list in their order, requests some ahead, and notices when the list shifts.
pub(crate) struct Pager<F: Fetch> {
    fetch: F,
    concurrency: usize,
    /// The page to return next.
    next: u32,
    /// Pages that were requested ahead: the first is `next`.
    ahead: VecDeque<Task<Result<Page<F::Item>, Error>>>,
    /// The totals of the last page.
    totals: Option<Totals>,
    /// The number of pages in a row with totals and without new records.
    without_new: u32,
    /// Finds the end if there are no totals.
    end: EndFinder,
    seen: Seen,
    is_done: bool,
}

impl<F> Pager<F>
where
    F: Fetch + 'static,
{
    pub(crate) fn new(fetch: F) -> Self {
        let next = fetch.start();
        Self {
            fetch,
            concurrency: 1,
            next,
            ahead: VecDeque::new(),
            totals: None,
            without_new: 0,
            end: EndFinder::default(),
            seen: Seen::default(),
            is_done: false,
        }
    }

    async fn advance(&mut self) -> Option<Result<Page<F::Item>, Error>> {
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

    async fn read_next(&mut self) -> Result<Option<Page<F::Item>>, Error> {
        let number = self.next;
        let response = self.receive(number).await;
        let page = match (response, self.totals.filter(|_| !self.seen.is_empty())) {
            (Ok(page), Some(before)) if Totals::of(&page).is_some_and(|now| now.records != before.records) => {
                self.read_again(number).await?
            }
            (Ok(page), _) if Totals::of(&page).is_none() && self.is_end(&page)? => return Ok(None),
            (Ok(page), _) => self.without_seen(page),
            // The page existed when the totals were read: the list has become shorter.
            (Err(error), Some(_)) if error.is_not_found() && number > self.fetch.start() => {
                self.read_again(number).await?
            }
            // The first page always exists, even if the list is empty.
            (Err(error), _) if error.is_not_found() && number > 1 => return Ok(None),
            (Err(error), _) => return Err(error),
        };
        self.totals = Totals::of(&page);
        if self.totals.is_some() {
            self.without_new = if page.items.is_empty() { self.without_new + 1 } else { 0 };
            if self.without_new > MOST_STALE {
                return Err(Error::ListChanged { operation: self.fetch.name(), page: number });
            }
        }
        self.next = number.saturating_add(1);
        match self.totals {
            Some(totals) if number >= totals.pages => self.is_done = true,
            Some(totals) => self.request_ahead(totals.pages),
            None => {}
        }
        Ok(Some(page))
    }

    /// Returns the page that was requested ahead, or requests it.
    async fn receive(&mut self, number: u32) -> Result<Page<F::Item>, Error> {
        let Some(task) = self.ahead.pop_front() else { return self.fetch.fetch(number).await };
        match task.await {
            Ok(response) => response,
            Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
            Err(_) => Err(self.fetch.stopped()),
        }
    }

    fn request_ahead(&mut self, pages: u32) {
        while self.ahead.len() < self.concurrency {
            let requested = u32::try_from(self.ahead.len()).unwrap_or(u32::MAX);
            let number = self.next.saturating_add(requested);
            if number > pages {
                return;
            }
            self.ahead.push_back(Task::spawn(self.fetch.fetch(number)));
        }
    }

    async fn read_again(&mut self, number: u32) -> Result<Page<F::Item>, Error> {
        self.ahead.clear();
        let again = read_again(&mut self.fetch, &mut self.seen, number).await?;
        self.is_done = again.is_end;
        Ok(again.page)
    }

    fn is_end(&mut self, page: &Page<F::Item>) -> Result<bool, Error> {
        let ids = page.iter().filter_map(F::id).collect();
        match self.end.look(&self.seen, page.items.is_empty(), ids) {
            Verdict::Continues => Ok(false),
            Verdict::Ends => Ok(true),
            Verdict::KeepsChanging => Err(Error::ListChanged { operation: self.fetch.name(), page: self.next }),
        }
    }

    /// Removes the records that were returned before.
    fn without_seen(&mut self, mut page: Page<F::Item>) -> Page<F::Item> {
        self.seen.keep_new(&mut page.items, F::id);
        page
    }
}

impl<F> Source<F::Item> for Pager<F>
where
    F: Fetch + 'static,
{
    fn next(&mut self) -> Turn<'_, F::Item> {
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
