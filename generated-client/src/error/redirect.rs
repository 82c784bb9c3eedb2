use percent_encoding::percent_decode_str;
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

const LOGIN: &str =
    "that is the login page: give the address of the API, and credentials which this server's version takes";
const ELSEWHERE: &str =
    "that is not the server of the address that was given, or is not encrypted: if you trust it, give its address";
const SAME: &str = "that is the address that was given: the server, or a proxy before it, is not set up right";
const UNKNOWN: &str = "give the address under which the server itself shows its start page";
const FOLLOWED: &str =
    "the reqwest::Client that was given followed it, with the X-AUTH headers: build it with redirect::Policy::none";

impl Redirect {
    /// What a server says to a request to this address.
    pub(crate) fn new(
        info: &Info,
        status: StatusCode,
        request: &Url,
        location: Option<&str>,
        secrets: &Secrets,
    ) -> Self {
        let url = location.and_then(|location| request.join(location).ok());
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let advice = url.as_ref().map_or(UNKNOWN.to_owned(), |url| advice(request, url));
        let target = url.map_or_else(|| "an unknown place".to_owned(), |url| shown(&url, secrets));
        Self { status, target, advice: secrets.redact(&advice), method: info.method.clone(), path: info.path }
    }

    /// What a client of the user's own did.
    pub(crate) fn followed(info: &Info, status: StatusCode, to: &Url, secrets: &Secrets) -> Self {
        let (method, path) = (info.method.clone(), info.path);
        Self { status, target: shown(to, secrets), advice: FOLLOWED.to_owned(), method, path }
    }
}

/// Without what may hold a secret.
fn shown(url: &Url, secrets: &Secrets) -> String {
    let origin = url.origin().ascii_serialization();
    let decoded = percent_decode_str(url.path()).decode_utf8_lossy();
    if secrets.redact(&decoded) == decoded { secrets.redact(&format!("{origin}{}", url.path())) } else { origin }
}

fn advice(request: &Url, to: &Url) -> String {
    if to.path().ends_with("/login") {
        return LOGIN.to_owned();
    }
    let is_upgrade = request.scheme() == "http" && to.scheme() == "https";
    let is_same = to.scheme() == request.scheme() && to.port_or_known_default() == request.port_or_known_default();
    // Another server, or one that is not encrypted, is nothing to recommend for credentials.
    if to.host() != request.host() || !(is_upgrade || is_same) {
        return ELSEWHERE.to_owned();
    }
    if is_same && to.path() == request.path() {
        return SAME.to_owned();
    }
    let operation = request.path().rfind("/api/").and_then(|at| request.path().get(at..));
    match operation.and_then(|operation| to.path().strip_suffix(operation)) {
        Some(before) => format!("try the address {}{before}", to.origin().ascii_serialization()),
        None => UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e10_what_to_do() {
        for (request, location, expected) in [
            (
                "http://k.example.com/api/ping",
                "https://k.example.com/api/ping",
                "try the address https://k.example.com",
            ),
            ("https://k.example.com/api/ping", "/kimai/api/ping", "try the address https://k.example.com/kimai"),
            ("https://k.example.com/api/tags/3", "/a/b/api/tags/3", "try the address https://k.example.com/a/b"),
            ("https://k.example.com/x/api/ping", "/api/ping", "try the address https://k.example.com"),
            ("https://k.example.com/api/ping", "https://www.k.example.com/api/ping", ELSEWHERE),
            ("https://k.example.com/api/ping", "http://k.example.com/api/ping", ELSEWHERE),
            ("https://k.example.com/api/ping", "https://k.example.com:8443/api/ping", ELSEWHERE),
            ("https://k.example.com/api/ping", "//evil.example.com/api/ping", ELSEWHERE),
            ("https://k.example.com/api/ping", "/api/ping", SAME),
            ("https://k.example.com/api/ping", "ping?again", SAME),
            ("https://k.example.com/api/ping", "/en/login", LOGIN),
            ("https://k.example.com/api/ping", "login", LOGIN),
            ("https://k.example.com/api/ping", "/start", UNKNOWN),
        ] {
            let (from, to) = (Url::parse(request).unwrap(), Url::parse(request).unwrap().join(location).unwrap());
            assert_eq!(advice(&from, &to), expected, "{request} {location}");
        }
    }

    #[test]
    fn a_secret_in_the_path_is_not_shown_however_it_is_encoded() {
        let secrets = Secrets::new([secrecy::SecretString::from("a/b\"c d")]);
        for path in ["a/b%22c%20d", "a%2Fb%22c%20d", "a%2fb%22c d", "%61/b\"c d"] {
            let url = Url::parse(&format!("https://k.example.com/x/{path}/y?{path}")).unwrap();
            let shown = shown(&url, &secrets);
            assert!(["https://k.example.com", "https://k.example.com/x/…/y"].contains(&shown.as_str()), "{shown}");
        }
    }
}
