//! The connection to a server.

mod answer;
mod builder;
mod call;
mod connect;

pub(crate) use answer::{Incoming, Opened};
pub use builder::ClientBuilder;
pub(crate) use call::{Call, Options};
#[cfg(feature = "blocking")]
pub(crate) use connect::Version;

use std::fmt;
use std::sync::Arc;

use reqwest::Url;
use tokio::sync::Semaphore;

use crate::Release;
use crate::auth::Auth;
use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::operation::{HeaderMap, Operation};
use crate::request::Request;
use crate::retry::{Budget, RetryPolicy};
use crate::secrets::Secrets;

/// A connection to one Kimai server as one user.
///
/// Clones are cheap and share their connections. Cookies are not kept (fact A4), redirects are not followed
/// (fact E10): credentials go to the address that was given, and nowhere else. The system's proxy is used for https,
/// where it cannot read them, and not for http.
///
/// It needs a tokio runtime with time and I/O switched on; `blocking::Client` (feature `blocking`) does
/// without. A call whose future is dropped is cancelled, and the client goes on.
///
/// See also [what the client promises](crate::docs::promises).
///
/// ```no_run
/// use generated_client::{Auth, Client};
///
/// # async fn example() -> Result<(), generated_client::Error> {
/// let kimai = Client::new("https://kimai.example.com", Auth::bearer("api token"))?;
/// let version = kimai.system().version().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    /// The server's, if it is known.
    release: Option<Release>,
}

struct Inner {
    http: reqwest::Client,
    base: BaseUrl,
    /// What goes with every request that does not say otherwise.
    defaults: HeaderMap,
    credentials: HeaderMap,
    secrets: Secrets,
    timeout: std::time::Duration,
    read_timeout: std::time::Duration,
    max_size: u64,
    retry: RetryPolicy,
    budget: Budget,
    /// Arc, so that an opened download can hold its permit.
    permits: Arc<Semaphore>,
}

impl Client {
    /// A client for the Kimai at this address, with or without `/api`, in a subdirectory or not.
    ///
    /// # Errors
    ///
    /// See [`ClientBuilder::build`].
    pub fn new(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).build()
    }

    /// A client with other settings than the usual ones.
    pub fn builder(base_url: impl Into<String>, auth: Auth) -> ClientBuilder {
        ClientBuilder::new(base_url.into(), auth)
    }

    /// The address of the API, with `/api/` at its end.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        self.inner.base.as_url()
    }

    /// A request for any operation, also one which is defined by hand.
    pub fn call<O: Operation>(&self, operation: O) -> Request<&Self, O> {
        Request::new(self, operation)
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.inner.secrets
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url().as_str())
            .field("server_version", &self.release)
            .finish_non_exhaustive()
    }
}
