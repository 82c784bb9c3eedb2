//! Operations without I/O: which HTTP request they are, and how to read the answer.
//!
//! Everything that [`crate::operations`] holds implements [`Operation`]. Implement it yourself for what a plugin
//! adds to a server, and send it with [`crate::Client::call`]; it gets all that the others get: credentials, limits,
//! retries, errors, traces, streams if it is [`Paged`], and downloads if its output is [`crate::Download`].
//!
//! ```
//! use generated_client::error::{DecodeError, InvalidRequest};
//! use generated_client::operation::{HttpRequest, HttpResponse, Method, Operation};
//!
//! struct Expenses {
//!     year: u32,
//! }
//!
//! impl Operation for Expenses {
//!     type Output = Vec<String>;
//!
//!     const NAME: &'static str = "expenses.list";
//!     const METHOD: Method = Method::GET;
//!     const PATH: &'static str = "/api/expenses";
//!
//!     fn request(&self) -> Result<HttpRequest, InvalidRequest> {
//!         let mut request = HttpRequest::new(Self::METHOD, &[&"expenses"])?;
//!         request.query("year", Some(self.year));
//!         Ok(request)
//!     }
//!
//!     fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
//!         response.json()
//!     }
//! }
//!
//! assert_eq!(Expenses { year: 2026 }.request()?.path_and_query(), "/api/expenses?year=2026");
//! # Ok::<(), InvalidRequest>(())
//! ```

pub mod history;
mod raw;
mod request;
mod response;

pub use raw::Raw;
pub use request::{Body, HttpRequest};
pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode};
pub use response::HttpResponse;

use serde::Serialize;

use history::History;

use crate::Release;
use crate::download::Download;
use crate::error::{DecodeError, Error, InvalidRequest};
use crate::paging::Page;

/// One operation of the API, with its arguments.
pub trait Operation {
    /// What a successful answer holds.
    type Output;

    /// A name for logs: handle and method, such as `timesheets.list`.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path with parameters in braces, such as `/api/timesheets/{id}`.
    const PATH: &'static str;
    /// The permissions that it needs: all of the outer list, one of each inner list (fact D12).
    const PERMISSIONS: &'static [&'static [&'static str]] = &[];
    /// Whether Kimai keeps it from the readers of its API document (fact D16).
    const INTERNAL: bool = false;
    /// Whether Kimai's API document marks it as deprecated.
    const DEPRECATED: bool = false;

    /// Whether it changes something on the server although its method is GET: then it is never sent twice.
    const WRITES: bool = false;
    /// Which releases of Kimai have it, and what of it.
    const HISTORY: &'static History = &History::UNKNOWN;
    /// The first release of Kimai that has it, as far as its API documents tell; nothing if that is not known, as of
    /// what plugins add. It follows from [`HISTORY`](Self::HISTORY), which is what counts.
    const SINCE: Option<Release> = Self::HISTORY.since();

    /// The HTTP request, as the newest release takes it.
    ///
    /// # Errors
    ///
    /// An argument cannot be written, such as an empty path segment.
    fn request(&self) -> Result<HttpRequest, InvalidRequest>;

    /// The HTTP request, as a server of this release takes it.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request); and [`Error::Unsupported`], if the release does not have the operation, or not with
    /// what it was given.
    fn request_for(&self, release: Release) -> Result<HttpRequest, Error>
    where
        Self: Sized,
    {
        let info = Info::of::<Self>();
        self.request().map_err(|reason| Error::invalid_request(&info, reason))?.adapted(&info, release)
    }

    /// Reads a successful answer.
    ///
    /// # Errors
    ///
    /// The answer has another shape than the output.
    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError>;
}

/// A list that comes in pages (fact E1).
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// What the list holds.
    type Item;

    /// The same list at another page, counted from 1.
    #[must_use]
    fn at_page(self, page: u32) -> Self;

    /// The page that it asks for; 1 if it does not say.
    fn page_number(&self) -> u32 {
        1
    }

    /// The number by which a record is known, so that none comes twice or is lost when the list shifts between two
    /// pages ([`Records`](crate::Records)).
    ///
    /// Without it (`None`, if not implemented), records come as the pages hold them, and shifts are not noticed.
    fn id(item: &Self::Item) -> Option<u64> {
        let _ = item;
        None
    }
}

/// What is known of an operation without its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Info {
    /// See [`Operation::NAME`].
    pub name: &'static str,
    /// See [`Operation::METHOD`].
    pub method: Method,
    /// See [`Operation::PATH`].
    pub path: &'static str,
    /// See [`Operation::PERMISSIONS`].
    pub permissions: &'static [&'static [&'static str]],
    /// See [`Operation::INTERNAL`].
    pub internal: bool,
    /// See [`Operation::DEPRECATED`].
    pub deprecated: bool,
    /// See [`Operation::WRITES`].
    pub writes: bool,
    /// See [`Operation::HISTORY`].
    pub history: &'static History,
}

impl Info {
    /// What is known of this operation.
    #[must_use]
    pub fn of<O: Operation>() -> Self {
        Self {
            name: O::NAME,
            method: O::METHOD,
            path: O::PATH,
            permissions: O::PERMISSIONS,
            internal: O::INTERNAL,
            deprecated: O::DEPRECATED,
            writes: O::WRITES,
            history: O::HISTORY,
        }
    }
}

/// Sees all operations; see [`crate::operations::visit`].
///
/// For tests and tools that have to cover everything: a list of all permissions, say, for which
/// [`operation`](Self::operation) is enough. The other methods say more about the answer, and pass on to it.
pub trait Visitor {
    /// Any operation.
    fn operation<O: Operation>(&mut self) {}

    /// An operation that answers with JSON, except bare dates, times and durations: they are not [`Serialize`].
    fn json<O>(&mut self)
    where
        O: Operation,
        O::Output: Serialize,
    {
        self.operation::<O>();
    }

    /// An operation that answers with one page of a list.
    fn page<O>(&mut self)
    where
        O: Paged,
        O::Item: Serialize,
    {
        self.operation::<O>();
    }

    /// An operation whose answer is empty.
    fn empty<O>(&mut self)
    where
        O: Operation<Output = ()>,
    {
        self.operation::<O>();
    }

    /// An operation that answers with a file.
    fn download<O>(&mut self)
    where
        O: Operation<Output = Download>,
    {
        self.operation::<O>();
    }
}
