use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::DecodeError;
use crate::http::HttpResponse;
use crate::wire::{ListOf, Wire};

/// One page of a list.
///
/// The totals come from the headers `X-Page`, `X-Total-Count`, `X-Total-Pages` and `X-Per-Page`. Kimai sends them since
/// 2.0; see [How Kimai behaves](crate::docs::how_kimai_behaves#paging).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// The number of this page, counted from 1.
    pub page: Option<u32>,
    /// The number of items on all pages.
    pub total: Option<u64>,
    /// The number of pages.
    pub pages: Option<u32>,
    /// The maximum number of items on a page, which may be less than requested.
    pub per_page: Option<u32>,
}

impl<T> Page<T> {
    fn new(items: Vec<T>, headers: &HeaderMap) -> Self {
        Self {
            items,
            page: number(headers, "x-page"),
            total: number(headers, "x-total-count"),
            pages: number(headers, "x-total-pages"),
            per_page: number(headers, "x-per-page"),
        }
    }

    /// Returns the number of the next page, or `None` after the last page or if the server sends no totals.
    ///
    /// [`Request::stream`](crate::Request::stream) reads all pages.
    #[must_use]
    pub fn next_page(&self) -> Option<u32> {
        let (page, pages) = (self.page?, self.pages?);
        if page < pages { page.checked_add(1) } else { None }
    }

    /// Iterates over the items.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl HttpResponse {
    /// Decodes the body as one page of a list, with the totals from the headers.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::json`].
    pub fn page<T: DeserializeOwned>(&self) -> Result<Page<T>, DecodeError> {
        self.json().map(|items| Page::new(items, self.headers()))
    }

    /// Decodes the body as one page of a list, with elements in this encoding; for generated code.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::json`].
    #[doc(hidden)]
    pub fn page_as<W: Wire<T>, T>(&self) -> Result<Page<T>, DecodeError> {
        self.json_as::<ListOf<W>, _>().map(|items| Page::new(items, self.headers()))
    }
}

/// Creates a page without totals.
impl<T> From<Vec<T>> for Page<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, page: None, total: None, pages: None, per_page: None }
    }
}

fn number<N: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<N> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
