use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderValue, USER_AGENT};
use tokio::sync::Semaphore;

use super::connect::supported;
use super::{Client, Inner};
use crate::Release;
use crate::auth::Auth;
use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::retry::{Budget, RetryPolicy};

/// The default limit of a response in bytes, after decompression.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// Settings for a [`Client`].
///
/// ```no_run
/// use std::time::Duration;
///
/// use generated_client::reqwest::{self, Proxy};
/// use generated_client::{Auth, Client};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let http = reqwest::Client::builder().proxy(Proxy::all("http://proxy.example.com:3128")?);
/// let kimai = Client::builder("https://kimai.example.com", Auth::bearer("api token"))
///     .http(http)
///     .timeout(Duration::from_secs(20))
///     .no_retries()
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    auth: Auth,
    allow_http: bool,
    timeout: Duration,
    read_timeout: Duration,
    connect_timeout: Duration,
    max_size: u64,
    max_concurrency: usize,
    retry: RetryPolicy,
    retry_budget: u32,
    user_agent: Option<String>,
    release: Option<Release>,
    http: Http,
}

enum Http {
    Usual,
    Builder(Box<reqwest::ClientBuilder>),
    Client(reqwest::Client),
}

impl ClientBuilder {
    pub(super) fn new(base_url: String, auth: Auth) -> Self {
        Self {
            base_url,
            auth,
            allow_http: false,
            timeout: Duration::from_secs(60),
            read_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_size: MAX_SIZE,
            max_concurrency: 64,
            retry: RetryPolicy::default(),
            retry_budget: 10,
            user_agent: None,
            release: None,
            http: Http::Usual,
        }
    }

    /// Allows unencrypted credentials. Without this, `http` works only for loopback addresses.
    pub fn danger_allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Sets the time limit of a whole call, with all attempts and delays; 60 seconds by default.
    ///
    /// It includes reading the response. For a download that is [opened](crate::Request::open), it ends when the response
    /// starts.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the time for which the server may send nothing: until the response starts, including connecting and sending,
    /// and between two parts of it; 30 seconds by default.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// Sets the time limit for connecting, including TLS; 10 seconds by default, and always a little less than the
    /// [`read_timeout`](Self::read_timeout).
    ///
    /// A custom client ([`danger_http_client`](Self::danger_http_client)) has its own limit.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response in bytes, after decompression; 64 MiB by default. Larger responses are an
    /// error, and are not read to their end.
    pub fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = bytes;
        self
    }

    /// Sets how many requests may be under way at once, at least 1; the default is 64. Further requests wait for
    /// their turn, and their [`timeout`](Self::timeout) includes the wait.
    ///
    /// A download that is [opened](crate::Request::open) is under way until it is read to its end, fails or is dropped.
    /// A program that keeps as many downloads open as are allowed, without reading them, cannot send anything else.
    pub fn max_concurrency(mut self, requests: usize) -> Self {
        self.max_concurrency = requests;
        self
    }

    /// Sets when calls are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Disables retries.
    pub fn no_retries(self) -> Self {
        self.retry(RetryPolicy::none())
    }

    /// Sets how many retries all calls of the client may make together; 10 by default.
    ///
    /// A call that succeeds at once gives back a tenth of a retry, and a call that succeeds after retries a whole one.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Sets the `User-Agent` header; the name and version of this crate by default.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sets the release of the server, so that [`connect`](Self::connect) does not ask for it.
    ///
    /// If the release is not known, requests are sent as to the newest release.
    pub fn server_version(mut self, release: Release) -> Self {
        self.release = Some(release);
        self
    }

    /// Sets the settings of the HTTP client, such as proxies, certificates and name resolution.
    ///
    /// The client overrides the settings for redirects, retries, the referer and the time limit for connecting. Do not
    /// enable a cookie store: Kimai treats requests with a session cookie as those of a browser. Default headers such as
    /// `Host`, name resolution and proxies can lead the credentials to another server. With http, a proxy that is set here
    /// can read them.
    pub fn http(mut self, settings: reqwest::ClientBuilder) -> Self {
        self.http = Http::Builder(Box::new(settings));
        self
    }

    /// Sets the HTTP client, to share its connections.
    ///
    /// It must be built with [`redirect::Policy::none`](reqwest::redirect::Policy::none) and without a cookie store. This
    /// cannot be checked in advance: a client that follows redirects sends `X-AUTH` headers wherever the server tells it
    /// to. The call then returns [`Error::Redirect`], but it is too late. Prefer [`http`](Self::http).
    pub fn danger_http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Client(client);
        self
    }

    /// Creates the client. It does not connect.
    ///
    /// # Errors
    ///
    /// Returns an error if the base URL is not valid or not encrypted, if the credentials or the user agent contain
    /// characters that HTTP headers do not allow, if TLS cannot be set up, or if the given release is older than
    /// [`OLDEST_RELEASE`](crate::OLDEST_RELEASE).
    pub fn build(self) -> Result<Client, Error> {
        let base = BaseUrl::parse(&self.base_url, self.allow_http)?;
        let mut headers = self.auth.headers()?;
        let release = self.release.map(supported).transpose()?;
        let name = self.user_agent.as_deref().unwrap_or(concat!("generated-client/", env!("CARGO_PKG_VERSION")));
        let name = HeaderValue::from_str(name).map_err(|_| Error::Setup {
            problem: "the user agent contains characters that HTTP headers do not allow".to_owned(),
            source: None,
        })?;
        headers.extend([(USER_AGENT, name), (ACCEPT, HeaderValue::from_static("application/json"))]);
        // Otherwise the other limit ends the attempt, and it is not known that nothing was sent.
        let connect_timeout = self.connect_timeout.min(self.read_timeout.mul_f64(0.9));
        let http = match self.http {
            Http::Client(client) => client,
            Http::Builder(settings) => safe(*settings, connect_timeout)?,
            Http::Usual => {
                let settings = reqwest::Client::builder();
                // A proxy can read http.
                let settings = if base.as_url().scheme() == "http" { settings.no_proxy() } else { settings };
                safe(settings, connect_timeout)?
            }
        };
        Ok(Client {
            release,
            inner: Arc::new(Inner {
                http,
                base,
                headers,
                secrets: self.auth.secrets(),
                timeout: self.timeout,
                read_timeout: self.read_timeout,
                max_size: self.max_size,
                retry: self.retry,
                budget: Budget::new(self.retry_budget),
                permits: Arc::new(Semaphore::new(self.max_concurrency.clamp(1, Semaphore::MAX_PERMITS))),
            }),
        })
    }
}

fn safe(settings: reqwest::ClientBuilder, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    set_cryptography();
    settings
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        .build()
        .map_err(|error| Error::setup("the HTTP client could not be built", error))
}

/// Without a provider of cryptography, reqwest panics. One that the program has set stays.
fn set_cryptography() {
    #[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// Omits the base URL, which is not checked yet and may contain a password.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("allow_http", &self.allow_http)
            .field("timeout", &self.timeout)
            .field("read_timeout", &self.read_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_size", &self.max_size)
            .field("max_concurrency", &self.max_concurrency)
            .field("retry", &self.retry)
            .field("retry_budget", &self.retry_budget)
            .field("server_version", &self.release)
            .finish_non_exhaustive()
    }
}
