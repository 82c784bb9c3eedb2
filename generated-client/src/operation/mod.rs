//! Operations without I/O: how to create their HTTP request and decode the response.
//!
//! All types in [`crate::operations`] implement [`Operation`]. Implement it yourself for an operation of a plugin, and
//! send it with [`crate::Client::call`]. Credentials, limits, retries, errors and traces work as for all others.
//! Implement [`Paged`] for streams of records, and return [`crate::Download`] for files. With [`Operation::PLUGIN`], the
//! error for 404 mentions that the plugin may not be installed on the server. The generator can do all of it for you: see
//! [Plugins](crate::docs::plugins).
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
//!     const PLUGIN: bool = true;
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

/// The constants of an operation that wraps the operation `O`.
macro_rules! constants_of_wrapped {
    () => {
        const NAME: &'static str = O::NAME;
        const METHOD: Method = O::METHOD;
        const PATH: &'static str = O::PATH;
        const PERMISSIONS: &'static [&'static [&'static str]] = O::PERMISSIONS;
        const INTERNAL: bool = O::INTERNAL;
        const DEPRECATED: bool = O::DEPRECATED;
        const PLUGIN: bool = O::PLUGIN;
        const WRITES: bool = O::WRITES;
        const HISTORY: &'static History = O::HISTORY;
        const SINCE: Option<Release> = O::SINCE;
    };
}

pub(crate) mod adapt;
mod keep_json;
mod raw;

pub use crate::http::{Body, HttpRequest, HttpResponse, ObjectStyle, UrlEncoded};
pub use crate::info::Info;
pub use bytes::Bytes;
pub use keep_json::{KeepItemJson, KeepJson};
pub use raw::Raw;
pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode};

use serde::Serialize;

use crate::Release;
use crate::download::Download;
use crate::error::{DecodeError, Error, InvalidRequest};
use crate::history::History;
use crate::paging::Page;

/// One operation of the API, with its arguments.
pub trait Operation {
    /// The type of a successful response.
    type Output;

    /// The name in errors and logs: handle and method, such as `timesheets.list`.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path with parameters in braces, such as `/api/timesheets/{id}`.
    const PATH: &'static str;
    /// The required permissions: one of each inner list.
    const PERMISSIONS: &'static [&'static [&'static str]] = &[];
    /// Whether Kimai hides it from readers of its API document.
    const INTERNAL: bool = false;
    /// Whether Kimai's API document marks it as deprecated.
    const DEPRECATED: bool = false;
    /// Whether a plugin adds the operation: no known release of Kimai has it by itself.
    const PLUGIN: bool = false;

    /// Whether it changes something on the server although its method is GET; then it is never retried.
    const WRITES: bool = false;
    /// The releases of Kimai that have the operation, its parameters and its fields.
    const HISTORY: &'static History = &History::UNKNOWN;
    /// The first release of Kimai that has the operation, if known. Derived from [`HISTORY`](Self::HISTORY); do not set
    /// it.
    const SINCE: Option<Release> = Self::HISTORY.since();

    /// Creates the HTTP request for the newest release.
    ///
    /// # Errors
    ///
    /// Returns an error if an argument is invalid, such as an empty path segment.
    fn request(&self) -> Result<HttpRequest, InvalidRequest>;

    /// Creates the HTTP request for a server of this release.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`request`](Self::request), and [`Error::Unsupported`] if the release does not have the
    /// operation, or a parameter or field that is set.
    fn request_for(&self, release: Release) -> Result<HttpRequest, Error>
    where
        Self: Sized,
    {
        let info = Info::of::<Self>();
        adapt::adapted(self.request().map_err(|reason| Error::invalid_request(&info, reason))?, &info, release)
    }

    /// Decodes a successful response.
    ///
    /// # Errors
    ///
    /// Returns an error if the response cannot be decoded as the output.
    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError>;
}

/// A list that comes in pages.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// The type of the records.
    type Item;

    /// Sets the page, counted from 1.
    #[must_use]
    fn at_page(self, page: u32) -> Self;

    /// The requested page; 1 by default.
    fn page_number(&self) -> u32 {
        1
    }

    /// The id of a record, so that streams neither repeat nor lose records when the list changes between two pages; see
    /// [`Records`](crate::Records).
    ///
    /// The default returns `None`: streams then return the records exactly as the pages contain them.
    fn id(item: &Self::Item) -> Option<u64> {
        let _ = item;
        None
    }
}

impl Info {
    /// Returns the properties of an operation.
    #[must_use]
    pub fn of<O: Operation>() -> Self {
        Self {
            name: O::NAME,
            method: O::METHOD,
            path: O::PATH,
            permissions: O::PERMISSIONS,
            internal: O::INTERNAL,
            deprecated: O::DEPRECATED,
            plugin: O::PLUGIN,
            writes: O::WRITES,
            history: O::HISTORY,
        }
    }
}

/// A client that sends requests: [`Client`](crate::Client) or `blocking::Client`.
///
/// A trait for both can add methods to them, as the module does that `cargo xtask regenerate --only-plugins` writes.
pub trait AnyClient: sealed::Sealed {}

impl AnyClient for crate::Client {}

#[cfg(feature = "blocking")]
impl AnyClient for crate::blocking::Client {}

mod sealed {
    pub trait Sealed {}

    impl Sealed for crate::Client {}

    #[cfg(feature = "blocking")]
    impl Sealed for crate::blocking::Client {}
}

/// Visits all operations; see [`crate::operations::visit`].
///
/// Useful for tests and tools, such as a list of all permissions. The other methods know more about the response; by
/// default they call [`operation`](Self::operation).
pub trait Visitor {
    /// Visits any operation.
    fn operation<O: Operation>(&mut self) {}

    /// Visits an operation that returns JSON, except bare dates, times and durations: they are not [`Serialize`].
    fn json<O>(&mut self)
    where
        O: Operation,
        O::Output: Serialize,
    {
        self.operation::<O>();
    }

    /// Visits an operation that returns one page of a list.
    fn page<O>(&mut self)
    where
        O: Paged,
        O::Item: Serialize,
    {
        self.operation::<O>();
    }

    /// Visits an operation that returns nothing.
    fn empty<O>(&mut self)
    where
        O: Operation<Output = ()>,
    {
        self.operation::<O>();
    }

    /// Visits an operation that returns a file.
    fn download<O>(&mut self)
    where
        O: Operation<Output = Download>,
    {
        self.operation::<O>();
    }
}
