use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};

use crate::auth::Auth;
use crate::base_url::BaseUrl;
use crate::error::{ApiError, Error, Redirect, TransportError};
use crate::multipart::Form;
use crate::operation::{Body, HttpRequest, HttpResponse, Info, Operation};
use crate::request::Request;

/// The most that an answer may hold, after decompression.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// The most that is read of a refusal; the rest says nothing new.
const MAX_ERROR_BODY: usize = 1024 * 1024;

/// A connection to one Kimai server as one user.
///
/// Clones are cheap and share their connections. Cookies are not kept (fact A4), redirects are not followed
/// (fact E10): credentials go to the address that was given, and nowhere else. The system's proxy is used for https,
/// where it cannot read them, and not for http.
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
}

struct Inner {
    http: reqwest::Client,
    base: BaseUrl,
    headers: HeaderMap,
}

/// Settings for a [`Client`].
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    auth: Auth,
    allow_http: bool,
    timeout: Duration,
    connect_timeout: Duration,
}

impl ClientBuilder {
    /// Sends credentials unencrypted. Without this, `http` works for loopback addresses only.
    pub fn danger_allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// The time that a whole call may take; 60 seconds if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The time that connecting may take; 10 seconds if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// The address is no address, or is unencrypted; the credentials cannot stand in a header; the system's TLS
    /// cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let base = BaseUrl::parse(&self.base_url, self.allow_http)?;
        let headers = self.auth.headers()?;
        let mut builder = reqwest::Client::builder();
        if base.as_url().scheme() == "http" {
            // A proxy would read what is sent in the clear; with https it only passes it on.
            builder = builder.no_proxy();
        }
        let http = builder
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .timeout(self.timeout)
            .connect_timeout(self.connect_timeout)
            .user_agent(concat!("generated-client/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(TransportError::new)?;
        Ok(Client { inner: Arc::new(Inner { http, base, headers }) })
    }
}

impl Client {
    /// A client for the Kimai at this address, with or without `/api`.
    ///
    /// # Errors
    ///
    /// See [`ClientBuilder::build`].
    pub fn new(base_url: impl Into<String>, auth: Auth) -> Result<Self, Error> {
        Self::builder(base_url, auth).build()
    }

    /// A client with other settings than the usual ones.
    pub fn builder(base_url: impl Into<String>, auth: Auth) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.into(),
            auth,
            allow_http: false,
            timeout: Duration::from_mins(1),
            connect_timeout: Duration::from_secs(10),
        }
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

    /// Sends a request and returns a successful answer.
    pub(crate) async fn execute(&self, request: HttpRequest, info: &Info) -> Result<HttpResponse, Error> {
        let response = self.send(request).await?;
        let status = response.status();
        if status.is_redirection() {
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            return Err(Error::Redirect(Box::new(Redirect::new(info, status, self.base_url(), location))));
        }
        let headers = response.headers().clone();
        if status.is_success() {
            return match read(response, MAX_BODY).await? {
                (body, true) => Ok(HttpResponse::new(status, headers, body)),
                (_, false) => Err(Error::TooLarge { limit: MAX_BODY }),
            };
        }
        let (body, _) = read(response, MAX_ERROR_BODY).await?;
        Err(Error::Api(Box::new(ApiError::read(info, &HttpResponse::new(status, headers, body)))))
    }

    async fn send(&self, request: HttpRequest) -> Result<reqwest::Response, Error> {
        let url = request.url(self.base_url());
        let mut headers = request.headers().clone();
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        // Last, so that no request can replace them.
        headers.extend(self.inner.headers.clone());
        let builder = self.inner.http.request(request.method().clone(), url);
        let builder = match request.into_body() {
            Body::Empty => builder,
            Body::Json(json) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                builder.body(json)
            }
            Body::Multipart(form) => builder.multipart(multipart(form)?),
        };
        Ok(builder.headers(headers).send().await.map_err(TransportError::new)?)
    }
}

/// The decompressed body up to the limit, and whether that is all of it.
async fn read(mut response: reqwest::Response, limit: usize) -> Result<(Bytes, bool), Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(TransportError::new)? {
        if body.len() + chunk.len() > limit {
            return Ok((body.freeze(), false));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((body.freeze(), true))
}

fn multipart(form: Form) -> Result<reqwest::multipart::Form, Error> {
    let mut built = reqwest::multipart::Form::new();
    for part in form.into_parts() {
        let mut content = reqwest::multipart::Part::stream(part.content);
        if let Some(name) = part.file_name {
            content = content.file_name(name);
        }
        if let Some(media_type) = &part.media_type {
            content = content.mime_str(media_type).map_err(TransportError::new)?;
        }
        built = built.part(part.name, content);
    }
    Ok(built)
}

/// The address is left out: it is not checked yet, and may hold a password.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("allow_http", &self.allow_http)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url().as_str()).finish_non_exhaustive()
    }
}
