//! Requests to one Kimai.

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use codegen::document::MAX_BYTES;
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::cookie::Jar;
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{StatusCode, Url, redirect};

use super::address::Address;
use super::error::ServerError;
use super::progress::Progress;
use super::redirect::{Place, target};
use super::transport::{Limits, cut_short, no_answer};
use crate::secrets::Secrets;

/// How often a server may send elsewhere.
const MOST_REDIRECTS: usize = 5;

/// How much is read at once.
const PIECE: u64 = 64 * 1024;

/// How long connecting may take, if the whole request may not take less.
const CONNECT: Duration = Duration::from_secs(10);

/// Whether cookies are kept, as in a browser: next to API credentials they would open a session, which
/// replaces the credentials.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cookies {
    Kept,
    Dropped,
}

/// What a server returns.
pub(super) enum Answer {
    Page(Page),
    /// It sends to another page instead.
    Sent(Place),
    /// It refuses.
    Status(StatusCode),
}

/// A page that a server shows.
pub(super) struct Page {
    pub(super) body: Vec<u8>,
}

impl Page {
    /// Whether this may be a document; what a server says in its place, as HTML or text, is not read as YAML.
    pub(super) fn is_json(&self) -> bool {
        let body = self.body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.body);
        matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A response as it is, whatever its status.
pub(super) struct Raw {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// A way to one Kimai.
pub(super) struct Http {
    client: Client,
    address: Address,
    secrets: Secrets,
    limits: Limits,
}

impl Http {
    pub(super) fn new(
        address: &Address,
        timeout: Duration,
        cookies: Cookies,
        secrets: Secrets,
    ) -> Result<Self, ServerError> {
        let limits = Limits { connect: CONNECT.min(timeout), whole: timeout };
        let mut builder = Client::builder()
            .user_agent("cargo-xtask")
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(limits.connect)
            .timeout(None);
        // Without encryption, credentials stay on this machine.
        if address.is_loopback() {
            builder = builder.no_proxy();
        }
        if cookies == Cookies::Kept {
            builder = builder.cookie_provider(Arc::new(Jar::default()));
        }
        let client = builder.build().map_err(|source| ServerError::Setup { source })?;
        Ok(Self { client, address: address.clone(), secrets, limits })
    }

    /// The address of a page.
    pub(super) fn url(&self, page: &str) -> Url {
        self.address.page(page)
    }

    /// Reads a page, following the server as long as it stays itself and does not ask for a login.
    pub(super) fn get(
        &self,
        page: &str,
        headers: &HeaderMap,
        mut progress: Option<Progress>,
    ) -> Result<Answer, ServerError> {
        let asked = self.url(page);
        let mut url = asked.clone();
        let asks_for_login = page.ends_with("login");
        for _ in 0..=MOST_REDIRECTS {
            let response = self.send(self.client.get(url.clone()).headers(headers.clone()), &asked)?;
            let status = response.status();
            if !is_redirect(status) {
                return if status == StatusCode::OK {
                    let body = self.read(response, &asked, progress.as_mut())?;
                    Ok(Answer::Page(Page { body }))
                } else {
                    Ok(Answer::Status(status))
                };
            }
            let target = target(&self.address, &asked, &url, response.headers().get(LOCATION), &self.secrets)?;
            match target.place {
                Place::Login if asks_for_login => {}
                Place::Login | Place::TwoFactor => return Ok(Answer::Sent(target.place)),
                Place::Other => {}
            }
            url = target.follow(&self.address, &asked, &self.secrets)?;
        }
        Err(ServerError::RedirectLoop { url: asked.to_string() })
    }

    /// Sends one GET; redirects are not followed, and no status is an error.
    pub(super) fn get_as_it_is(
        &self,
        page: &str,
        query: &[(String, String)],
        headers: &HeaderMap,
    ) -> Result<Raw, ServerError> {
        let mut url = self.url(page);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let response = self.attempt(self.client.get(url.clone()).headers(headers.clone()), &url)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Raw { status, headers, body: self.read(response, &url, None)? })
    }

    /// Sends a form; where the server sends to is not followed.
    pub(super) fn post(&self, page: &str, fields: &[(&str, &str)]) -> Result<Answer, ServerError> {
        let url = self.url(page);
        let response = self.send(self.client.post(url.clone()).form(fields), &url)?;
        let status = response.status();
        if status == StatusCode::OK {
            let body = self.read(response, &url, None)?;
            return Ok(Answer::Page(Page { body }));
        }
        // The other redirects ask for the same form at another address.
        if !matches!(status, StatusCode::FOUND | StatusCode::SEE_OTHER) {
            return Ok(Answer::Status(status));
        }
        let target = target(&self.address, &url, &url, response.headers().get(LOCATION), &self.secrets)?;
        Ok(Answer::Sent(target.place))
    }

    fn send(&self, request: RequestBuilder, url: &Url) -> Result<Response, ServerError> {
        let response = self.attempt(request, url)?;
        let status = response.status();
        if status.is_server_error() {
            return Err(ServerError::Failing { url: url.to_string(), status });
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Err(ServerError::TooManyRequests { url: url.to_string() });
        }
        Ok(response)
    }

    fn attempt(&self, request: RequestBuilder, url: &Url) -> Result<Response, ServerError> {
        let response = request.timeout(self.limits.whole).send();
        response.map_err(|error| no_answer(&error, url, self.limits))
    }

    fn read(
        &self,
        mut response: Response,
        url: &Url,
        mut progress: Option<&mut Progress>,
    ) -> Result<Vec<u8>, ServerError> {
        let mut body = Vec::new();
        loop {
            let piece = response.by_ref().take(PIECE).read_to_end(&mut body);
            if body.len() > MAX_BYTES {
                return Err(ServerError::TooLarge { url: url.to_string(), limit: MAX_BYTES });
            }
            let read = piece.map_err(|error| cut_short(&error, url, self.limits))?;
            if read == 0 {
                return Ok(body);
            }
            if let Some(progress) = &mut progress {
                progress.received(body.len());
            }
        }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    use StatusCode as S;
    matches!(status, S::MOVED_PERMANENTLY | S::FOUND | S::SEE_OTHER | S::TEMPORARY_REDIRECT | S::PERMANENT_REDIRECT)
}
