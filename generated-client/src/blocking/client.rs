use std::fmt;

use reqwest::Url;

use super::runtime::Runtime;
use crate::Release;
use crate::auth::Auth;
use crate::client::{ClientBuilder, Version};
use crate::error::{Error, TransportError};
use crate::operation::{Info, Operation};
use crate::request::Request;

/// A connection to one Kimai server as one user, for programs without async.
///
/// It has the handles and settings of the [async client](crate::Client). Clones are cheap and share their
/// connections, also among threads. On an async runtime it works, but holds up the thread that calls.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Runtime,
}

impl Client {
    /// A client for the Kimai at this address, with or without `/api`, in a subdirectory or not.
    ///
    /// # Errors
    ///
    /// See [`ClientBuilder::build_blocking`].
    pub fn new(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).build_blocking()
    }

    /// A client that knows which release the server is, because it asked; see
    /// [`Client::connect`](crate::Client::connect).
    ///
    /// # Errors
    ///
    /// See [`Client::connect`](crate::Client::connect).
    pub fn connect(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).connect_blocking()
    }

    /// The same client for a server of this release.
    ///
    /// # Errors
    ///
    /// The release is older than [`OLDEST_RELEASE`](crate::OLDEST_RELEASE).
    pub fn with_server_version(self, release: Release) -> Result<Self, Error> {
        Ok(Self { client: self.client.with_server_version(release)?, ..self })
    }

    /// The release of the server, if it is known.
    #[must_use]
    pub fn server_version(&self) -> Option<Release> {
        self.client.server_version()
    }

    /// Whether the server has the operation. Where its release is not known, nothing is ruled out.
    #[must_use]
    pub fn supports<O: Operation>(&self) -> bool {
        self.client.supports::<O>()
    }

    /// A client with other settings than the usual ones; it ends with [`ClientBuilder::build_blocking`].
    pub fn builder(base_url: impl Into<String>, auth: Auth) -> ClientBuilder {
        crate::Client::builder(base_url, auth)
    }

    /// The address of the API, with `/api/` at its end.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        self.client.base_url()
    }

    /// A request for any operation, also one which is defined by hand.
    pub fn call<O: Operation>(&self, operation: O) -> Request<&Self, O> {
        Request::new(self, operation)
    }

    pub(super) fn inner(&self) -> &crate::Client {
        &self.client
    }

    pub(super) fn runtime(&self) -> &Runtime {
        &self.runtime
    }
}

impl ClientBuilder {
    /// The client for programs without async.
    ///
    /// # Errors
    ///
    /// As [`Self::build`]; the system gives no thread.
    pub fn build_blocking(self) -> Result<Client, Error> {
        let client = self.build()?;
        let runtime = Runtime::new().map_err(|error| Error::setup("the system did not provide a thread", error))?;
        Ok(Client { client, runtime })
    }

    /// The client for programs without async, which asks the server for its release first; see [`Self::connect`].
    ///
    /// # Errors
    ///
    /// As [`Self::connect`]; the system gives no thread.
    pub fn connect_blocking(self) -> Result<Client, Error> {
        let Client { client, runtime } = self.build_blocking()?;
        if client.server_version().is_some() {
            return Ok(Client { client, runtime });
        }
        let asked = runtime.wait(client.ask_version());
        let client = asked.ok_or_else(|| TransportError::stopped(&Info::of::<Version>()))??;
        Ok(Client { client, runtime })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("blocking::Client").field("base_url", &self.base_url().as_str()).finish_non_exhaustive()
    }
}
