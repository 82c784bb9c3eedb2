use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, LOCATION};

use super::extras::Extras;
use super::{Client, Inner, headers};
use crate::error::{ApiError, DecodeError, Error, InvalidRequest, Redirect, TransportError, Unsupported};
use crate::http::form_data;
use crate::http::{Body, HttpRequest, HttpResponse};
use crate::incoming::{Incoming, Opened};
use crate::info::Info;
use crate::limits::Limits;
use crate::operation::{Operation, adapt};
use crate::retry::{Retries, RetryPolicy};
use crate::trace;

/// The most that is read of a refusal, in bytes.
const MAX_REFUSAL: u64 = 1024 * 1024;

/// A request and its settings.
pub(crate) struct Call {
    pub(crate) info: Info,
    pub(crate) request: HttpRequest,
    pub(crate) options: Options,
}

/// The settings of a single call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_size: Option<u64>,
    pub(crate) extras: Extras,
}

impl Call {
    pub(crate) fn new<O: Operation>(operation: &O, options: Options) -> Result<Self, Error> {
        let info = Info::of::<O>();
        match operation.request() {
            Ok(request) => {
                // An operation may create a request with another method.
                let info = Info { method: request.method().clone(), ..info };
                Ok(Self { info, request, options })
            }
            Err(error) => Err(Error::invalid_request(&info, error)),
        }
    }
}

impl Client {
    /// Decodes a successful response. Errors do not contain the credentials, even if the server repeats them.
    pub(crate) fn decode<T>(
        &self,
        info: &Info,
        response: &HttpResponse,
        decode: fn(&HttpResponse) -> Result<T, DecodeError>,
    ) -> Result<T, Error> {
        let secrets = &self.inner.secrets;
        decode(response).map_err(|error| Error::decode(info, error.redacted(response.body(), secrets)))
    }

    /// Sends a request, and returns the successful response with its body.
    pub(crate) async fn execute(self, call: Call) -> Result<HttpResponse, Error> {
        let call = self.adapted(call)?;
        let inner = &*self.inner;
        let (headers, limits) = (&inner.headers(&call)?, inner.limits(&call));
        let call = &call;
        let attempts = inner.retries(call).run(&limits, |attempt| {
            let read = async move {
                // Held until the body is read.
                let _permit = limits.queue(&call.info, inner.permits.acquire()).await?;
                inner.open_once(call, headers.clone(), limits).await?.whole().await
            };
            Box::pin(trace::attempt(&call.info, attempt, HttpResponse::status, read))
        });
        trace::call(&call.info, HttpResponse::status, attempts).await
    }

    /// Sends a request, and returns the successful response before its body is read.
    pub(crate) async fn open(self, call: Call) -> Result<Opened, Error> {
        let call = self.adapted(call)?;
        let inner = &*self.inner;
        let (headers, limits) = (&inner.headers(&call)?, inner.limits(&call));
        let call = &call;
        let attempts = inner.retries(call).run(&limits, |attempt| {
            let open = async move {
                let permit = limits.queue(&call.info, Arc::clone(&inner.permits).acquire_owned()).await?;
                let mut opened = inner.open_once(call, headers.clone(), limits).await?;
                // The file name gets into errors.
                opened.headers = inner.secrets.redact_headers(&opened.headers);
                // The semaphore is never closed, so there always is a permit.
                Ok(opened.holding(permit.ok()))
            };
            Box::pin(trace::attempt(&call.info, attempt, |opened| opened.status, open))
        });
        trace::call(&call.info, |opened| opened.status, attempts).await
    }
}

impl Client {
    /// The call, adapted to the release of the server if it is known, with what the caller adds to it.
    fn adapted(&self, mut call: Call) -> Result<Call, Error> {
        if let Some(release) = self.release {
            call.request = adapt::adapted(call.request, &call.info, release)?;
        }
        let extended = call.options.extras.extend(&mut call.request);
        extended.map_err(|reason| Error::invalid_request(&call.info, reason))?;
        Ok(call)
    }
}

impl Inner {
    fn limits(&self, call: &Call) -> Limits {
        Limits::new(call.options.timeout.unwrap_or(self.timeout), self.read_timeout)
    }

    fn retries<'a>(&'a self, call: &'a Call) -> Retries<'a> {
        let policy = call.options.retry.as_ref().unwrap_or(&self.retry);
        Retries::new(policy, &self.budget, &call.info)
    }

    fn headers(&self, call: &Call) -> Result<HeaderMap, Error> {
        headers::of(call, &self.headers).map_err(|reason| Error::invalid_request(&call.info, reason))
    }

    async fn open_once(&self, call: &Call, headers: HeaderMap, limits: Limits) -> Result<Opened, Error> {
        let info = &call.info;
        let url = call.request.url(self.base.as_url());
        let mut request = reqwest::Request::new(call.request.method().clone(), url.clone());
        *request.headers_mut() = headers;
        *request.body_mut() = match call.request.body() {
            Body::Empty => None,
            Body::Json(content) | Body::Bytes { content, .. } => Some(content.clone().into()),
            Body::Text { text, .. } => Some(text.clone().into()),
            Body::Form(form) => Some(form.encoded().into()),
            Body::Multipart(form) => {
                let written = form_data::write(form).map_err(|reason| Error::invalid_request(info, reason));
                let (media_type, content) = written?;
                request.headers_mut().insert(CONTENT_TYPE, media_type);
                Some(content.into())
            }
        };
        let response = limits.read(info, self.http.execute(request)).await?.map_err(|error| unsent(info, error))?;
        let status = response.status();
        if *response.url() != url {
            let redirect = Redirect::followed(info, status, response.url(), &self.secrets);
            return Err(Error::Redirect(Box::new(redirect)));
        }
        if status.is_redirection() {
            let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let redirect = Redirect::new(info, status, &url, location, &self.secrets);
            return Err(Error::Redirect(Box::new(redirect)));
        }
        if !status.is_success() {
            return Err(self.refusal(call, response, limits).await);
        }
        if let Some(encoding) = response.headers().get(CONTENT_ENCODING).filter(|encoding| *encoding != "identity") {
            let encoding = &self.secrets.redact(&String::from_utf8_lossy(encoding.as_bytes()));
            return Err(Error::decode(info, DecodeError::encoding(encoding)));
        }
        let max_size = call.options.max_size.unwrap_or(self.max_size);
        // The length that a HEAD returns is that of another response.
        let has_body = *call.request.method() != Method::HEAD;
        if has_body && response.content_length().is_some_and(|length| length > max_size) {
            return Err(Error::TooLarge { operation: info.name, limit: max_size });
        }
        Ok(Opened::new(response, info.clone(), limits, max_size))
    }

    async fn refusal(&self, call: &Call, mut response: reqwest::Response, limits: Limits) -> Error {
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let incoming = Incoming::new(response, call.info.clone(), limits, MAX_REFUSAL);
        let (body, is_complete) = incoming.beginning().await;
        let body = if is_complete { body } else { self.secrets.redact_beginning(&body) };
        let sent = call.request.properties();
        let error = Box::new(ApiError::read(&call.info, sent, status, &headers, &body, &self.secrets));
        if matches!(status.as_u16(), 405 | 410 | 501) { Unsupported::Refused(error).into() } else { Error::Api(error) }
    }
}

fn unsent(info: &Info, error: reqwest::Error) -> Error {
    if error.is_builder() {
        let problem = innermost(&error.without_url());
        return Error::invalid_request(info, InvalidRequest::Http { problem });
    }
    TransportError::new(info, error).into()
}

/// The text of the innermost cause.
fn innermost(error: &reqwest::Error) -> String {
    let chain = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    chain.last().map(ToString::to_string).unwrap_or_default()
}

/// Hides the values of headers, which may be secrets.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("max_size", &self.max_size)
            .field("extras", &self.extras)
            .finish()
    }
}
