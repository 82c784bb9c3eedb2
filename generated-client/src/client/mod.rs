//! The client.

mod builder;
mod call;
mod connect;
mod extras;
mod headers;

pub use builder::ClientBuilder;
pub(crate) use call::{Call, Options};
#[cfg(feature = "blocking")]
pub(crate) use connect::Version;

use std::fmt;
use std::sync::Arc;

use reqwest::Url;
use reqwest::header::HeaderMap;
use tokio::sync::Semaphore;

use crate::Release;
use crate::auth::Auth;
use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::retry::{Budget, RetryPolicy};
use crate::secrets::Secrets;

/// A client for one Kimai server and one user.
///
/// Clones are cheap and share their connections. Credentials go only to the base URL: the client follows no redirects
/// and keeps no cookies. It uses the system's proxy for https, where the proxy cannot read them, and not for http.
///
/// A client requires a tokio runtime with I/O and time enabled; `blocking::Client` (feature `blocking`) requires none.
/// Dropping the future of a call cancels the call, and the client can still be used.
///
/// See [What the client promises](crate::docs::promises).
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
    /// The release of the server, if it is known.
    release: Option<Release>,
}

struct Inner {
    http: reqwest::Client,
    base: BaseUrl,
    /// The headers of all requests: the defaults and the credentials.
    headers: HeaderMap,
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
    /// Creates a client for the Kimai at this URL, with or without `/api`, in a subdirectory or not.
    ///
    /// It does not connect. [`connect`](Self::connect) asks for the server's release as well.
    ///
    /// # Errors
    ///
    /// See [`ClientBuilder::build`].
    pub fn new(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).build()
    }

    /// Returns a builder for a client with other settings.
    pub fn builder(base_url: impl Into<String>, auth: Auth) -> ClientBuilder {
        ClientBuilder::new(base_url.into(), auth)
    }

    /// The URL of the API, with `/api/` at its end.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        self.inner.base.as_url()
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
