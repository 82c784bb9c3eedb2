use std::collections::{HashSet, VecDeque};
use std::future::{Future, IntoFuture as _};
use std::pin::Pin;

use super::page::Page;
use super::task::Task;
use crate::client::{Client, Options};
use crate::error::{Error, TransportError};
use crate::operation::{Info, Paged};
use crate::request::Request;

/// How often a part of a list is read again before it is given up.
const ROUNDS: usize = 5;

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
    seen: HashSet<u64>,
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
    fn of<T>(page: &Page<T>) -> Option<Self> {
        let per_page = page.per_page.filter(|size| *size > 0)?;
        Some(Self { records: page.total?, pages: page.pages?, per_page })
    }

    /// Over how many pages records moved, if their number changed so.
    fn distance(&self, records: u64) -> u32 {
        let pages = self.records.abs_diff(records).div_ceil(u64::from(self.per_page));
        u32::try_from(pages).unwrap_or(u32::MAX)
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
        let page = match (answer, self.totals) {
            (Ok(page), Some(before)) if Totals::of(&page).is_some_and(|now| now.records != before.records) => {
                self.read_again(number, before).await?
            }
            (Ok(page), _) => self.fresh(page),
            // There was such a page when it was asked for: the list has become shorter.
            (Err(error), Some(before)) if error.is_not_found() && number > self.start => {
                self.read_again(number, before).await?
            }
            // The first page is always there, also of an empty list.
            (Err(error), _) if error.is_not_found() && number > 1 => return Ok(None),
            (Err(error), _) => return Err(error),
        };
        self.totals = Totals::of(&page);
        self.next = number.saturating_add(1);
        match self.totals {
            Some(totals) if number >= totals.pages => self.is_done = true,
            Some(totals) => self.ask_ahead(totals.pages),
            // Without totals, the end is a page that is not there (404) or brings nothing new.
            None if page.items.is_empty() => return Ok(None),
            None => {}
        }
        Ok(Some(page))
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

    /// Reads this page and those before it again, as far back as records can have moved, until they agree on the
    /// number of records: then nothing moved from one to the other while they were read.
    async fn read_again(&mut self, number: u32, before: Totals) -> Result<Page<O::Item>, Error> {
        self.ahead.clear();
        let mut back = 1;
        let mut found = Vec::new();
        let mut rounds = 0;
        while rounds < ROUNDS {
            let mut agreed: Option<Totals> = None;
            let mut agree = true;
            let mut last: Option<Page<O::Item>> = None;
            let first = number.saturating_sub(back).max(self.start);
            for page in first..=number {
                let answer = match self.ask(page).await {
                    Err(error) if error.is_not_found() && page > 1 => {
                        agree &= agreed.is_none_or(|totals| totals.pages < page);
                        break;
                    }
                    answer => answer?,
                };
                let totals = Totals::of(&answer);
                agree &= agreed.is_none_or(|agreed| Some(agreed) == totals);
                agreed = totals;
                let mut answer = self.fresh(answer);
                found.append(&mut answer.items);
                last = Some(answer);
            }
            if agreed.is_none() && first > self.start {
                // All of these pages are gone.
                back = back.saturating_mul(2);
                continue;
            }
            rounds += 1;
            let distance = agreed.map_or(1, |totals| before.distance(totals.records));
            if agree && distance <= back {
                self.is_done = last.is_none();
                return Ok(Page { items: found, ..last.unwrap_or_else(|| Page::from(Vec::new())) });
            }
            back = back.max(distance);
        }
        Err(Error::ListChanged { operation: O::NAME, page: number })
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
