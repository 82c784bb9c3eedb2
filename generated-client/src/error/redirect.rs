use reqwest::{Method, StatusCode, Url};

use crate::operation::Info;
use crate::secrets::Secrets;

/// Where a server wanted to send the client, which does not follow (fact E10): credentials stay where they belong,
/// and a redirected POST would become a GET.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{method} {path}: the server answers {status} and sends to {target}; {advice}")]
#[non_exhaustive]
pub struct Redirect {
    /// The HTTP status.
    pub status: StatusCode,
    /// Where to, without query and fragment; `an unknown place` if the server does not say it.
    pub target: String,
    /// What to do.
    pub advice: String,
    method: Method,
    path: &'static str,
}

impl Redirect {
    pub(crate) fn new(info: &Info, status: StatusCode, base: &Url, location: Option<&str>, secrets: &Secrets) -> Self {
        let url = location.and_then(|location| base.join(location).ok());
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let advice = match &url {
            Some(url) if url.path().ends_with("/login") => {
                "that is the login page: give the address of the API, and credentials which this server's version takes"
                    .to_owned()
            }
            // Another server, or one that is not encrypted, is nothing to recommend for credentials.
            Some(url) if url.host() != base.host() || (url.scheme() != "https" && base.scheme() == "https") => {
                "that is not the server of the address that was given, or is not encrypted: if you trust it, give its \
                 address"
                    .to_owned()
            }
            Some(url) => match url.path().find("/api/") {
                Some(at) => {
                    let before = url.path().get(..at).unwrap_or_default();
                    format!("try the address {}{before}", url.origin().ascii_serialization())
                }
                None => "give the address under which the server itself shows its start page".to_owned(),
            },
            None => "give the address under which the server itself shows its start page".to_owned(),
        };
        let target = url.map_or_else(
            || "an unknown place".to_owned(),
            |url| format!("{}{}", url.origin().ascii_serialization(), url.path()),
        );
        Self {
            status,
            target: secrets.redact(&target),
            advice: secrets.redact(&advice),
            method: info.method.clone(),
            path: info.path,
        }
    }
}
