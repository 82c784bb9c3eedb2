use std::fmt;

use reqwest::Url;

use super::runtime::Runtime;
use crate::Release;
use crate::auth::Auth;
use crate::client::{ClientBuilder, Version};
use crate::error::{Error, TransportError};
use crate::operation::{Info, Operation};

/// A connection to one Kimai server as one user, for programs without async.
///
/// It has the methods and settings of the [async client](crate::Client). Clones are cheap and share their
/// connections, also between threads. It works inside an async runtime, but blocks the calling thread.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Runtime,
}

impl Client {
    /// Creates a client for the Kimai at this address, with or without `/api`, in a subdirectory or not.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`ClientBuilder::build_blocking`].
    pub fn new(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).build_blocking()
    }

    /// Creates a client and asks the server for its release; see
    /// [`Client::connect`](crate::Client::connect).
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Client::connect`](crate::Client::connect).
    pub fn connect(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).connect_blocking()
    }

    /// Sets the release of the server.
    ///
    /// # Errors
    ///
    /// Returns an error if the release is older than [`OLDEST_RELEASE`](crate::OLDEST_RELEASE).
    pub fn with_server_version(self, release: Release) -> Result<Self, Error> {
        Ok(Self { client: self.client.with_server_version(release)?, ..self })
    }

    /// The release of the server, if it is known.
    #[must_use]
    pub fn server_version(&self) -> Option<Release> {
        self.client.server_version()
    }

    /// Whether the server has the operation; true if the release of the server is unknown.
    #[must_use]
    pub fn supports<O: Operation>(&self) -> bool {
        self.client.supports::<O>()
    }

    /// Returns a builder for a client with other settings; finish it with [`ClientBuilder::build_blocking`].
    pub fn builder(base_url: impl Into<String>, auth: Auth) -> ClientBuilder {
        crate::Client::builder(base_url, auth)
    }

    /// The address of the API, with `/api/` at its end.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        self.client.base_url()
    }

    pub(super) fn inner(&self) -> &crate::Client {
        &self.client
    }

    pub(super) fn runtime(&self) -> &Runtime {
        &self.runtime
    }
}

impl ClientBuilder {
    /// Builds a client for programs without async.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::build`], and an error if no thread can be started.
    pub fn build_blocking(self) -> Result<Client, Error> {
        let client = self.build()?;
        let runtime = Runtime::new().map_err(|error| Error::setup("the system did not provide a thread", error))?;
        Ok(Client { client, runtime })
    }

    /// Builds a client for programs without async and asks the server for its release; see [`Self::connect`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::connect`], and an error if no thread can be started.
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
