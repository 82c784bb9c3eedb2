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
use crate::error::{Error, root};
use crate::retry::{Budget, RetryPolicy};

/// The most that an answer may hold, after decompression.
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
            timeout: Duration::from_mins(1),
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

    /// Sends credentials unencrypted. Without this, `http` works for loopback addresses only.
    pub fn danger_allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// The time that a whole call may take, with all attempts and the waits between them; 60 seconds if not set.
    ///
    /// It ends with the answer's last byte, or for a download that is [opened](crate::Request::open) with its
    /// beginning.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The time for which the server may keep silent: until its answer begins, connecting and sending included, and
    /// between two parts of it; 30 seconds if not set.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// The time that connecting may take; 10 seconds if not set, and always a little less than the
    /// [`read_timeout`](Self::read_timeout).
    ///
    /// A client of one's own ([`danger_http_client`](Self::danger_http_client)) has its own limit.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The most that an answer may hold after decompression, in bytes; 64 MiB if not set. Larger ones are an error,
    /// and are not read to their end.
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

    /// When calls are tried again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Tries every call once.
    pub fn no_retries(self) -> Self {
        self.retry(RetryPolicy::none())
    }

    /// How many retries all calls of the client may make together before some succeed; 10 if not set.
    ///
    /// A call that is answered at once gives back a tenth of one, one that is answered after retries a whole one.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// The name with which the program presents itself; that of this crate if not set.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// The release of the server, which [`connect`](Self::connect) asks for; see [`Client::connect`] for what it changes.
    /// Without it, requests are those of the newest release, and nothing is held back.
    pub fn server_version(mut self, release: Release) -> Self {
        self.release = Some(release);
        self
    }

    /// Connects with settings of one's own: proxies, certificates, name resolution.
    ///
    /// That redirects are not followed, the referer and the time limit for connecting are set on top of them. Leave
    /// the cookie store off (fact A4). With http, a proxy that is set here reads the credentials.
    pub fn http(mut self, settings: reqwest::ClientBuilder) -> Self {
        self.http = Http::Builder(Box::new(settings));
        self
    }

    /// Connects with a client of one's own, to share its connections.
    ///
    /// It has to be built with [`redirect::Policy::none`](reqwest::redirect::Policy::none) and without a cookie store
    /// (fact A4), which cannot be checked before something is sent: a client that follows redirects takes `X-AUTH`
    /// headers with it to wherever the server sends it. Then the answer is an [`Error::Redirect`], but it is too late.
    /// Prefer [`http`](Self::http).
    pub fn danger_http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Client(client);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// The address is no address, or is unencrypted; the credentials or the user agent cannot stand in a header; TLS
    /// cannot be set up; the server is older than [`OLDEST_RELEASE`](crate::OLDEST_RELEASE).
    pub fn build(self) -> Result<Client, Error> {
        let base = BaseUrl::parse(&self.base_url, self.allow_http)?;
        let credentials = self.auth.headers()?;
        let release = self.release.map(supported).transpose()?;
        let name = self.user_agent.as_deref().unwrap_or(concat!("generated-client/", env!("CARGO_PKG_VERSION")));
        let name = HeaderValue::from_str(name).map_err(|_| Error::Setup {
            problem: "the user agent holds characters that cannot stand in an HTTP header".to_owned(),
        })?;
        let defaults = [(USER_AGENT, name), (ACCEPT, HeaderValue::from_static("application/json"))];
        // That no connection was made is only known if that limit is the first to run out.
        let connect_timeout = self.connect_timeout.min(self.read_timeout.mul_f64(0.9));
        let http = match self.http {
            Http::Client(client) => client,
            Http::Builder(settings) => safe(*settings, connect_timeout)?,
            Http::Usual => {
                let settings = reqwest::Client::builder();
                // A proxy would read what is sent in the clear; with https it only passes it on.
                let settings = if base.as_url().scheme() == "http" { settings.no_proxy() } else { settings };
                safe(settings, connect_timeout)?
            }
        };
        Ok(Client {
            release,
            inner: Arc::new(Inner {
                http,
                base,
                defaults: defaults.into_iter().collect(),
                credentials,
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
    settings
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(connect_timeout)
        .build()
        .map_err(|error| Error::Setup { problem: root(&error) })
}

/// The address is left out: it is not checked yet, and may hold a password.
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
