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

/// Collections reserve room for the lower bound of a size hint, which is only what a header says.
const MOST_TO_RESERVE: usize = 100_000;

type Turn<T> = (Box<dyn Source<T>>, Option<Result<Page<T>, Error>>);

/// All records of a list, page after page; made by [`Request::stream`](crate::Request::stream).
///
/// # When the list changes meanwhile
///
/// A record that is created or deleted while the list is read shifts the others from page to page. No record comes
/// twice: those that came are known by their ids, which takes some 16 bytes a record. No record is lost because of it:
/// where the number of records changes from one page to the next, the pages are read again, back to a record that came
/// already. If they do not come to agree, [`Error::ListChanged`] is the last thing that comes.
///
/// Three things cannot be seen. That just as many records come as go between two answers; that a record is edited so
/// that it moves in the order of the list (ask for an order that rests, by id); and that records go on a server that
/// sends no totals (before 2.0, fact E1).
///
/// A list of an operation of one's own that does not tell ids ([`Paged::id`](crate::operation::Paged::id)) comes as
/// it is.
///
/// # What is asked for
///
/// No page after the last is asked for where the server tells how many there are (since 2.0, fact E1), and its 404
/// is the end of the list in any case. One page is asked for ahead while the one before it is used;
/// [`concurrency`](Self::concurrency) sets how many. No more than these and the one in use are held in memory. A time
/// limit of the call holds for each page.
///
/// After an error nothing more comes. `size_hint` is exact from the first record on, by the totals of the last answer;
/// only its lower bound ends at 100,000 and what is held, as collections reserve that much.
#[must_use = "a stream does nothing until it is polled"]
pub struct Records<T> {
    pages: Pages<T>,
    buffer: VecDeque<T>,
}

/// All pages of a list; made by [`Request::pages`](crate::Request::pages).
///
/// They hold what [`Records`] holds, so some may hold less than the server sent for them, and those that were read
/// again hold what had moved.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<T> {
    state: State<T>,
    /// How many records are still to come after the last page, if that is known.
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

    /// How many pages may be asked for at once, ahead of the one in use; 1 if not set.
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.pages = self.pages.concurrency(pages);
        self
    }

    /// The next record of a page that is here already.
    #[cfg(feature = "blocking")]
    pub(crate) fn held(&mut self) -> Option<T> {
        self.buffer.pop_front()
    }

    /// The next record; none at the end.
    ///
    /// # Errors
    ///
    /// Those of the operation, once; then nothing more comes.
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

    /// How many pages may be asked for at once, ahead of the one in use; 1 if not set.
    pub fn concurrency(mut self, pages: usize) -> Self {
        if let State::Resting(source) = &mut self.state {
            source.set_concurrency(pages);
        }
        self
    }

    /// The next page; none at the end.
    ///
    /// # Errors
    ///
    /// Those of the operation, once; then nothing more comes.
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
