use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_core::stream::FusedStream;

use super::page::Page;
use super::pager::Source;
use crate::error::Error;

/// Collections reserve memory for the lower bound of a size hint, which comes from a header and may be wrong.
const MOST_TO_RESERVE: usize = 100_000;

type Turn<T> = (Box<dyn Source<T>>, Option<Result<Page<T>, Error>>);

/// A stream of all records of a list; returned by [`Request::stream`](crate::Request::stream).
///
/// # Lists that change while they are read
///
/// A record that is created or deleted shifts the records after it to other pages. The stream remembers the ids of the
/// last 16,384 records that it returned, or those of 32 pages if these have more records, so it returns no record twice. If
/// the total number of records changes between two pages, it reads pages again, back to a record that it remembers, so it
/// misses none that moved. It keeps at most 32 pages in memory for that, and reads them at most five times until they agree
/// with each other. If records moved further or keep moving, the stream ends with [`Error::ListChanged`].
///
/// The stream cannot notice that
///
/// - as many records were created as deleted between two responses,
/// - a record was edited so that it moved in the order of the list (sort by id to avoid this),
/// - records were deleted, or more records were created between two responses than it remembers, if the server sends no
///   totals (Kimai before 2.0).
///
/// The records of a hand-written operation that does not implement [`Paged::id`](crate::operation::Paged::id) are
/// returned exactly as the pages contain them.
///
/// # Requests and memory
///
/// If the server sends totals (Kimai since 2.0), no page after the last is requested. A 404 after the first page ends
/// the list. The next page is requested while the current one is in use; [`concurrency`](Self::concurrency) changes
/// how many. Only these pages, the current one and the remembered ids (less than one MiB) are kept in memory, except while
/// pages are read again: a longer list needs no more memory. The time limit of the request applies to each page.
///
/// An error ends the stream. From the first record on, `size_hint` is exact according to the latest totals, except
/// that the lower bound counts at most 100,000 records of pages to come, because collections reserve that much.
#[must_use = "a stream does nothing until it is polled"]
pub struct Records<T> {
    pages: Pages<T>,
    buffer: VecDeque<T>,
}

/// A stream of all pages of a list; returned by [`Request::pages`](crate::Request::pages).
///
/// The pages contain the records of [`Records`]: a page may have fewer records than the server sent, and a page that
/// was read again contains all records that moved.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<T> {
    state: State<T>,
    /// The number of records after the last returned page, if known.
    remaining: Option<u64>,
}

enum State<T> {
    Resting(Box<dyn Source<T>>),
    Reading(Pin<Box<dyn Future<Output = Turn<T>> + Send>>),
    Done,
}

impl<T: 'static> Records<T> {
    pub(crate) fn new(source: Box<dyn Source<T>>) -> Self {
        Self { pages: Pages::new(source), buffer: VecDeque::new() }
    }

    /// Sets how many pages may be requested ahead of the current one; the default is 1.
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.pages = self.pages.concurrency(pages);
        self
    }

    /// Returns the next record of the current page.
    #[cfg(feature = "blocking")]
    pub(crate) fn held(&mut self) -> Option<T> {
        self.buffer.pop_front()
    }

    /// Returns the next record, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns the errors of the operation and [`Error::ListChanged`]. After an error, the stream has ended.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(record) = self.buffer.pop_front() {
                return Poll::Ready(Some(Ok(record)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.buffer = page.items.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: 'static> Pages<T> {
    pub(crate) fn new(source: Box<dyn Source<T>>) -> Self {
        Self { state: State::Resting(source), remaining: None }
    }

    /// Sets how many pages may be requested ahead of the current one; the default is 1.
    pub fn concurrency(mut self, pages: usize) -> Self {
        if let State::Resting(source) = &mut self.state {
            source.set_concurrency(pages);
        }
        self
    }

    /// Returns the next page, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns the errors of the operation and [`Error::ListChanged`]. After an error, the stream has ended.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Resting(mut source) => State::Reading(Box::pin(async move {
                    let page = source.next().await;
                    (source, page)
                })),
                State::Reading(mut reading) => match reading.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready((source, Some(Ok(page)))) => {
                        self.remaining = source.remaining();
                        self.state = State::Resting(source);
                        return Poll::Ready(Some(Ok(page)));
                    }
                    Poll::Ready((_, Some(Err(error)))) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready((_, None)) => return Poll::Ready(None),
                },
            };
        }
    }
}

impl<T> Unpin for Records<T> {}

impl<T: 'static> Stream for Records<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let held = self.buffer.len();
        let remaining = if self.pages.is_terminated() { Some(0) } else { self.pages.remaining };
        match remaining.map(|records| usize::try_from(records).unwrap_or(usize::MAX)) {
            Some(records) => (held.saturating_add(records.min(MOST_TO_RESERVE)), held.checked_add(records)),
            None => (held, None),
        }
    }
}

impl<T: 'static> FusedStream for Records<T> {
    fn is_terminated(&self) -> bool {
        self.buffer.is_empty() && self.pages.is_terminated()
    }
}

impl<T: 'static> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: 'static> FusedStream for Pages<T> {
    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Done)
    }
}

impl<T> fmt::Debug for Records<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Records({} held)", self.buffer.len())
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}
