//! The release of the server.

use reqwest::Method;
use serde::Deserialize;

use super::{Call, Client, ClientBuilder, Options};
use crate::auth::Auth;
use crate::error::{DecodeError, Error, InvalidRequest};
use crate::operation::{HttpRequest, HttpResponse, Operation};
use crate::{OLDEST_RELEASE, Release};

/// The request for the server's version.
pub(crate) struct Version;

#[derive(Deserialize)]
pub(crate) struct Answer {
    version: String,
}

impl Operation for Version {
    type Output = Answer;
    const NAME: &'static str = "connect";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/api/version";

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        HttpRequest::new(Self::METHOD, &[&"version"])
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        response.json()
    }
}

impl Client {
    /// Creates a client and asks the server for its release.
    ///
    /// For an operation, parameter or field that this release does not have, a call returns [`Error::Unsupported`]
    /// before anything is sent. Requests are adapted to the release ([`history`](crate::history)). The client
    /// does not notice when the server is upgraded.
    ///
    /// ```no_run
    /// use generated_client::{Auth, Client, operations::config::Colors};
    ///
    /// # async fn example() -> Result<(), generated_client::Error> {
    /// let kimai = Client::connect("https://kimai.example.com", Auth::bearer("api token")).await?;
    /// if kimai.supports::<Colors>() {
    ///     println!("{:?}", kimai.config().colors().await?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`new`](Self::new) and of any call, and an error if the server is older than
    /// [`OLDEST_RELEASE`] or reports a version that is not a release.
    pub async fn connect(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).connect().await
    }

    /// Sets the release of the server.
    ///
    /// # Errors
    ///
    /// Returns an error if the release is older than [`OLDEST_RELEASE`].
    pub fn with_server_version(mut self, release: Release) -> Result<Self, Error> {
        self.release = Some(supported(release)?);
        Ok(self)
    }

    /// The release of the server, if it is known.
    #[must_use]
    pub fn server_version(&self) -> Option<Release> {
        self.release
    }

    /// Whether the server has the operation; true if its release is not known.
    #[must_use]
    pub fn supports<O: Operation>(&self) -> bool {
        self.release.is_none_or(|release| O::HISTORY.covers(release))
    }

    pub(crate) async fn ask_version(self) -> Result<Self, Error> {
        let call = Call::new(&Version, Options::default())?;
        let info = call.info.clone();
        let response = self.clone().execute(call).await?;
        let said = self.decode(&info, &response, Version::decode)?.version;
        match said.parse() {
            Ok(release) => self.with_server_version(release),
            Err(_) => Err(Error::UnknownRelease { said: self.secrets().redact(&said).chars().take(100).collect() }),
        }
    }
}

impl ClientBuilder {
    /// Creates the client and asks the server for its release; see [`Client::connect`].
    ///
    /// It does not ask if [`server_version`](Self::server_version) is set.
    ///
    /// # Errors
    ///
    /// See [`Client::connect`].
    pub async fn connect(self) -> Result<Client, Error> {
        let client = self.build()?;
        if client.release.is_some() { Ok(client) } else { client.ask_version().await }
    }
}

pub(super) fn supported(release: Release) -> Result<Release, Error> {
    if release < OLDEST_RELEASE { Err(Error::OldServer { release }) } else { Ok(release) }
}
