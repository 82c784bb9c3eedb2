//! Single requests to the API of a server. Only GET can be sent.

use std::time::Duration;

use codegen::Release;
use codegen::audit::Exchange;
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};

use super::address::Address;
use super::credentials;
use super::error::ServerError;
use super::http::{Answer, Cookies, Http};
use super::progress::say;
use super::redirect::Place;
use super::version;
use crate::command_line::server::ServerOptions;
use crate::secrets::Secrets;

/// The API of a server, with credentials for it.
pub(crate) struct Connection {
    http: Http,
    headers: HeaderMap,
    /// The name of the credentials in messages.
    with: &'static str,
    secrets: Secrets,
}

impl Connection {
    /// Takes the credentials from the environment; nothing is sent.
    pub(crate) fn new(url: &str, options: &ServerOptions) -> Result<Self, ServerError> {
        let address = Address::parse(url, options.allow_http)?;
        let api = credentials::api()?.ok_or(ServerError::NoCredentials)?;
        let secrets = credentials::secrets(Some(&api), None);
        let http = Http::new(&address, Duration::from_secs(options.timeout), Cookies::Dropped, secrets.clone())?;
        let mut headers = api.headers;
        headers.insert(ACCEPT, HeaderValue::from_static("application/json, */*;q=0.8"));
        Ok(Self { http, headers, with: api.name, secrets })
    }

    /// Where Kimai is, such as `https://kimai.example.com/kimai`.
    pub(crate) fn address(&self) -> String {
        self.http.url("").as_str().trim_end_matches('/').to_owned()
    }

    /// The credentials, and what else must not be shown.
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// The release that the server says it is; none if its response has none.
    pub(crate) fn release(&self) -> Result<Option<Release>, ServerError> {
        let url = self.http.url(version::PAGE).to_string();
        say("trying", &format!("{url} with {}", self.with));
        let release = match self.http.get(version::PAGE, &self.headers, None)? {
            Answer::Page(page) => version::release_in(&page.body),
            Answer::Sent(Place::TwoFactor) => return Err(ServerError::TwoFactor { url }),
            Answer::Sent(_) | Answer::Status(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                return Err(ServerError::WrongCredentials { url, with: self.with });
            }
            Answer::Status(StatusCode::NOT_FOUND) => return Err(ServerError::NoKimai { url }),
            Answer::Status(status) => return Err(ServerError::Status { url, status }),
        };
        let result = release.as_ref().map(|release| format!("Kimai {release}"));
        say("result", &result.unwrap_or_else(|| "the response contains no release".to_owned()));
        Ok(release)
    }

    /// Sends GET for a path such as `/api/timesheets/3`. Redirects are not followed, and every status is an answer;
    /// cookies are left out.
    pub(crate) fn get(&self, path: &str, query: &[(String, String)]) -> Result<Exchange, ServerError> {
        let raw = self.http.get_as_it_is(path.trim_start_matches('/'), query, &self.headers)?;
        let headers = raw.headers.iter().filter(|(name, _)| *name != reqwest::header::SET_COOKIE);
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Ok(Exchange {
            method: "GET".to_owned(),
            path: path.to_owned(),
            query: query.to_vec(),
            status: raw.status,
            headers: headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
            body: raw.body,
        })
    }
}
