use std::iter::FusedIterator;

use futures_core::Stream as _;

use super::runtime::Runtime;
use crate::error::Error;
use crate::paging::{self, Page};

/// An iterator over all records of a list; it behaves like the stream [`crate::Records`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is used"]
pub struct Records<T>(Reader<paging::Records<T>>);

/// An iterator over all pages of a list; it behaves like the stream [`crate::Pages`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is used"]
pub struct Pages<T>(Reader<paging::Pages<T>>);

/// A stream that moves to the thread of the client while its next item is read.
struct Reader<S> {
    stream: Option<S>,
    runtime: Runtime,
}

impl<T: Send + 'static> Records<T> {
    pub(super) fn new(stream: paging::Records<T>, runtime: Runtime) -> Self {
        Self(Reader { stream: Some(stream), runtime })
    }

    /// Sets how many pages may be requested ahead of the current one; the default is 1.
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.0.stream = self.0.stream.map(|stream| stream.concurrency(pages));
        self
    }
}

impl<T: Send + 'static> Pages<T> {
    pub(super) fn new(stream: paging::Pages<T>, runtime: Runtime) -> Self {
        Self(Reader { stream: Some(stream), runtime })
    }

    /// Sets how many pages may be requested ahead of the current one; the default is 1.
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.0.stream = self.0.stream.map(|stream| stream.concurrency(pages));
        self
    }
}

impl<T: Send + 'static> Iterator for Records<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.0.stream.take()?;
        if let Some(record) = stream.held() {
            self.0.stream = Some(stream);
            return Some(Ok(record));
        }
        let (stream, record) = self.0.runtime.wait(async move {
            let record = stream.next().await;
            (stream, record)
        })?;
        self.0.stream = Some(stream);
        record
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.stream.as_ref().map_or((0, Some(0)), paging::Records::size_hint)
    }
}

impl<T: Send + 'static> Iterator for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.0.stream.take()?;
        let (stream, page) = self.0.runtime.wait(async move {
            let page = stream.next().await;
            (stream, page)
        })?;
        self.0.stream = Some(stream);
        page
    }
}

impl<T: Send + 'static> FusedIterator for Records<T> {}

impl<T: Send + 'static> FusedIterator for Pages<T> {}

impl<S> std::fmt::Debug for Reader<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}
