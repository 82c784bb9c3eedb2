use percent_encoding::percent_decode_str;
use reqwest::{Method, StatusCode, Url};

use crate::info::Info;
use crate::secrets::Secrets;

/// A redirect, which the client does not follow: credentials go to one address only, and a redirected POST would become
/// a GET.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{method} {path}: the server returned {status} and redirected to {target}; {advice}")]
#[non_exhaustive]
pub struct Redirect {
    /// The HTTP status.
    pub status: StatusCode,
    /// The target without query and fragment, or `an unknown address`.
    pub target: String,
    /// What to do about it.
    pub advice: String,
    method: Method,
    path: &'static str,
}

const LOGIN: &str = "that is the login page: use the base URL of Kimai, and credentials that this release accepts";
const ELSEWHERE: &str = "that is another server, or is not encrypted: if you trust it, use its address as the base URL";
const SAME: &str = "that is the address of the request: the server, or a proxy in front of it, is misconfigured";
const UNKNOWN: &str = "use the address of Kimai's start page as the base URL";
const FOLLOWED: &str =
    "the given reqwest::Client followed it, with the X-AUTH headers: build it with redirect::Policy::none";

impl Redirect {
    /// The redirect of a request to this address.
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
        let target = url.map_or_else(|| "an unknown address".to_owned(), |url| shown(&url, secrets));
        Self { status, target, advice: secrets.redact(&advice), method: info.method.clone(), path: info.path }
    }

    /// A redirect that a custom client followed.
    pub(crate) fn followed(info: &Info, status: StatusCode, to: &Url, secrets: &Secrets) -> Self {
        let (method, path) = (info.method.clone(), info.path);
        Self { status, target: shown(to, secrets), advice: FOLLOWED.to_owned(), method, path }
    }
}

/// The address without its query and fragment, which may contain secrets.
fn shown(url: &Url, secrets: &Secrets) -> String {
    let origin = url.origin().ascii_serialization();
    let decoded = percent_decode_str(url.path()).decode_utf8_lossy();
    if secrets.redact(&decoded) == decoded {
        secrets.redact(&format!("{origin}{}", url.path()))
    } else {
        secrets.redact(&origin)
    }
}

fn advice(request: &Url, to: &Url) -> String {
    if to.path().ends_with("/login") {
        return LOGIN.to_owned();
    }
    let is_upgrade = request.scheme() == "http" && to.scheme() == "https";
    let is_same = to.scheme() == request.scheme() && to.port_or_known_default() == request.port_or_known_default();
    // Credentials must not go to another or an unencrypted server on its own recommendation.
    if to.host() != request.host() || !(is_upgrade || is_same) {
        return ELSEWHERE.to_owned();
    }
    if is_same && to.path() == request.path() {
        return SAME.to_owned();
    }
    let operation = request.path().rfind("/api/").and_then(|at| request.path().get(at..));
    match operation.and_then(|operation| to.path().strip_suffix(operation)) {
        Some(before) => format!("try the base URL {}{before}", to.origin().ascii_serialization()),
        None => UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How Kimai behaves: 'Redirects'.
    #[test]
    fn advice_for_each_redirect() {
        for (request, location, expected) in [
            (
                "http://k.example.com/api/ping",
                "https://k.example.com/api/ping",
                "try the base URL https://k.example.com",
            ),
            ("https://k.example.com/api/ping", "/kimai/api/ping", "try the base URL https://k.example.com/kimai"),
            ("https://k.example.com/api/tags/3", "/a/b/api/tags/3", "try the base URL https://k.example.com/a/b"),
            ("https://k.example.com/x/api/ping", "/api/ping", "try the base URL https://k.example.com"),
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
        let secrets = Secrets::new([secrecy::SecretString::from("canary1234")]);
        let url = Url::parse("https://canary1234.example.com/canary1234").unwrap();
        assert_eq!(shown(&url, &secrets), "https://….example.com");
    }
}
