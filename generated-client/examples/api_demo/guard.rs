//! Which requests are refused before anything is done: those that come from other web pages.
//!
//! A page of another site can make the browser send requests to this machine. It can do so under its own name that it
//! points to this machine (DNS rebinding), in which case `Host` has that name. Otherwise the browser says in `Origin` and
//! `Sec-Fetch-Site` whose page it is, and does not let that page set the content type of JSON or the header with the
//! page's number.

use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

/// The header with the number of the page.
pub(crate) const PAGE: HeaderName = HeaderName::from_static("x-api-demo-page");

/// A refused request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) title: &'static str,
    pub(crate) message: &'static str,
}

/// The names of this server.
pub(crate) struct Guard {
    hosts: Vec<String>,
}

impl Guard {
    pub(crate) fn new(port: u16) -> Self {
        let names = ["127.0.0.1", "localhost"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            // Browsers leave out the usual port.
            hosts.extend(names.map(str::to_owned));
        }
        Self { hosts }
    }

    /// Checks the head of a request.
    pub(crate) fn check(&self, parts: &Parts) -> Result<(), Refusal> {
        let host = only(&parts.headers, &HOST).filter(|host| self.is_own(host));
        let is_own_target = parts.uri.authority().is_none_or(|authority| self.is_own(authority.as_str()));
        let Some(host) = host.filter(|_| is_own_target) else {
            return Err(refusal(StatusCode::MISDIRECTED_REQUEST, "this address is not that of the API demo"));
        };
        let from_elsewhere = refusal(StatusCode::FORBIDDEN, "the request comes from another web page");
        let site = only(&parts.headers, &HeaderName::from_static("sec-fetch-site"));
        if parts.method == Method::POST {
            let origin = only(&parts.headers, &ORIGIN);
            let is_same = origin.is_some_and(|origin| origin.eq_ignore_ascii_case(&format!("http://{host}")));
            if !is_same || site.is_some_and(|site| site != "same-origin") {
                return Err(from_elsewhere);
            }
            if !only(&parts.headers, &CONTENT_TYPE).is_some_and(is_json) {
                return Err(refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the content type is not application/json"));
            }
        } else if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) && !is_visit(&parts.headers) {
            return Err(from_elsewhere);
        }
        Ok(())
    }

    fn is_own(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }
}

fn refusal(status: StatusCode, message: &'static str) -> Refusal {
    Refusal { status, title: "The request was refused", message }
}

/// Whether a person follows a link, also from another site.
fn is_visit(headers: &HeaderMap) -> bool {
    only(headers, &HeaderName::from_static("sec-fetch-mode")) == Some("navigate")
        && only(headers, &HeaderName::from_static("sec-fetch-dest")) == Some("document")
}

fn is_json(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("application/json"))
}

/// The value of a header that is there once.
pub(crate) fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value: &HeaderValue = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}
