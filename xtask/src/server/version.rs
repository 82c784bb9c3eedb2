//! Which release a server is.

use codegen::Release;
use reqwest::header::HeaderMap;
use serde::Deserialize;

use super::error::ServerError;
use super::http::{Answer, Http};
use super::progress::say;
use super::redirect::Place;

pub(super) const PAGE: &str = "api/version";

#[derive(Deserialize)]
struct Version {
    version: String,
}

/// The release in a response to `GET /api/version`.
pub(crate) fn release_in(body: &[u8]) -> Option<Release> {
    let version: Version = serde_json::from_slice(body).ok()?;
    version.version.parse().ok()
}

/// The release that the server says it is; none if it does not say one.
pub(super) fn ask(http: &Http, headers: &HeaderMap, with: &str) -> Result<Option<Release>, ServerError> {
    say("trying", &format!("{} with {with}", http.url(PAGE)));
    let result = match http.get(PAGE, headers, None)? {
        Answer::Page(page) => release_in(&page.body).ok_or_else(|| "the response contains no release".to_owned()),
        Answer::Sent(Place::TwoFactor) => Err("the server requires a second factor".to_owned()),
        Answer::Sent(_) => Err("the server requires a login".to_owned()),
        Answer::Status(status) => Err(format!("status {status}")),
    };
    match result {
        Ok(release) => {
            say("result", &format!("Kimai {release}"));
            Ok(Some(release))
        }
        Err(reason) => {
            say("result", &reason);
            Ok(None)
        }
    }
}

/// The release of the document, from what the server says and what the command line says.
pub(crate) fn settle(url: String, server: Option<Release>, kimai: Option<&Release>) -> Result<Release, ServerError> {
    match (server, kimai) {
        (Some(server), Some(kimai)) if server != *kimai => {
            Err(ServerError::OtherRelease { url, server: server.to_string(), kimai: kimai.to_string() })
        }
        (Some(release), _) => Ok(release),
        (None, Some(kimai)) => Ok(kimai.clone()),
        (None, None) => Err(ServerError::NoRelease { url }),
    }
}
