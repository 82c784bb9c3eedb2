//! A running server: single requests to its API, and its document.
//!
//! To get the document, it tries three ways in turn: `/api/doc.json` with API credentials, the same in a
//! browser session, and the page `/api/doc` in that session.

mod address;
mod connection;
mod credentials;
mod error;
mod http;
mod login;
mod page;
mod progress;
mod redirect;
mod transport;
mod version;

use std::time::Duration;

use codegen::Release;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::command_line::server::ServerOptions;
use crate::source::Fetched;
use address::Address;
pub(crate) use connection::Connection;
use credentials::Api;
pub(crate) use error::ServerError;
use http::{Answer, Cookies, Http};
use page::Document;
use progress::{Progress, say};
use redirect::Place;
pub(crate) use version::{release_in, settle};

const JSON: &str = "api/doc.json";
const PAGE: &str = "api/doc";

/// The document of a server and its release, which `kimai` says if the server does not.
pub(crate) fn fetch(url: &str, kimai: Option<&Release>, options: &ServerOptions) -> Result<Fetched, ServerError> {
    let address = Address::parse(url, options.allow_http)?;
    let timeout = Duration::from_secs(options.timeout);
    let api = credentials::api()?;
    let api_http = Http::new(&address, timeout, Cookies::Dropped, credentials::secrets(api.as_ref(), None))?;
    if let Some(bytes) = with_api(&api_http, api.as_ref())? {
        let server = release_with_api(&api_http, api.as_ref())?;
        let release = version::settle(api_http.url(version::PAGE).to_string(), server, kimai)?;
        return Ok(Fetched { name: api_http.url(JSON).to_string(), bytes, release });
    }

    let login = credentials::login()?;
    let http = Http::new(&address, timeout, Cookies::Kept, credentials::secrets(api.as_ref(), Some(&login)))?;
    say("trying", &format!("{} as a browser does", http.url(login::PAGE)));
    login::log_in(&http, &login)?;
    say("result", "logged in");
    let (name, bytes) = in_session(&http)?;
    let server = match release_with_api(&api_http, api.as_ref())? {
        Some(release) => Some(release),
        None => version::ask(&http, &session_headers(), "the session")?,
    };
    let release = version::settle(http.url(version::PAGE).to_string(), server, kimai)?;
    Ok(Fetched { name, bytes, release })
}

/// The first way.
fn with_api(http: &Http, api: Option<&Api>) -> Result<Option<Vec<u8>>, ServerError> {
    let url = http.url(JSON).to_string();
    let Some(api) = api else {
        say("skipped", &format!("{url} with API credentials: neither KIMAI_TOKEN nor KIMAI_API_PASSWORD is set"));
        return Ok(None);
    };
    say("trying", &format!("{url} with {}", api.name));
    let reason = match http.get(JSON, &api.headers, Some(Progress::new()))? {
        Answer::Page(page) if page.is_json() => {
            say("result", "the document");
            return Ok(Some(page.body));
        }
        Answer::Page(page) if page::is_login(&page.text()) => "login page instead of the document".to_owned(),
        Answer::Page(_) => return Err(ServerError::ForeignPage { url }),
        Answer::Sent(_) => "the server requires a web login".to_owned(),
        Answer::Status(status) if is_refusal(status) => format!("status {status}"),
        Answer::Status(status) => return Err(ServerError::Status { url, status }),
    };
    say("result", &reason);
    Ok(None)
}

/// The second way, and the third.
fn in_session(http: &Http) -> Result<(String, Vec<u8>), ServerError> {
    let url = http.url(JSON).to_string();
    say("trying", &format!("{url} in the session"));
    match http.get(JSON, &HeaderMap::new(), Some(Progress::new()))? {
        Answer::Page(page) if page.is_json() => {
            say("result", "the document");
            return Ok((url, page.body));
        }
        Answer::Page(page) if page::is_login(&page.text()) => return Err(ServerError::SessionLost { url }),
        Answer::Page(_) => return Err(ServerError::ForeignPage { url }),
        Answer::Sent(Place::TwoFactor) => return Err(ServerError::TwoFactor { url }),
        Answer::Sent(_) => return Err(ServerError::SessionLost { url }),
        Answer::Status(status) if is_refusal(status) => say("result", &format!("status {status}")),
        Answer::Status(status) => return Err(ServerError::Status { url, status }),
    }

    let url = http.url(PAGE).to_string();
    say("trying", &format!("{url} in the session"));
    let page = match http.get(PAGE, &HeaderMap::new(), Some(Progress::new()))? {
        Answer::Page(page) => page.text(),
        Answer::Sent(Place::TwoFactor) => return Err(ServerError::TwoFactor { url }),
        Answer::Sent(_) => return Err(ServerError::SessionLost { url }),
        Answer::Status(StatusCode::FORBIDDEN) => return Err(ServerError::NoPermission { url }),
        Answer::Status(status) => return Err(ServerError::Status { url, status }),
    };
    match page::document(&page) {
        Document::Found(document) => {
            say("result", "the document in the page");
            Ok((url, document.into_bytes()))
        }
        Document::Damaged(problem) => Err(ServerError::Damaged { url, problem }),
        Document::Missing => Err(ServerError::NoDocument { url }),
        Document::OtherPage if page::is_login(&page) => Err(ServerError::SessionLost { url }),
        Document::OtherPage => Err(ServerError::ForeignPage { url }),
    }
}

fn release_with_api(http: &Http, api: Option<&Api>) -> Result<Option<Release>, ServerError> {
    api.map_or(Ok(None), |api| version::ask(http, &api.headers, api.name))
}

/// Up to 2.13 the API accepts a browser session only with this header.
fn session_headers() -> HeaderMap {
    let header = (HeaderName::from_static("x-auth-session"), HeaderValue::from_static("1"));
    HeaderMap::from_iter([header])
}

/// Whether another way may still lead to the document.
fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
}
