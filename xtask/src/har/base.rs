//! Where Kimai is, by the addresses of requests.

use std::borrow::Cow;

use reqwest::Url;

use super::HarError;
use crate::secrets::{REDACTED, is_secret_name};

/// The address of a request to an API.
pub(super) struct Located {
    /// The address of its Kimai, such as `https://kimai.example.com/kimai`.
    pub(super) base: String,
    /// The host and port.
    pub(super) host: String,
    /// From `/api/` on.
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

/// The parts of an address; none if it is not one of an API.
pub(super) fn locate(url: &str) -> Option<Located> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let (folder, _) = url.path().split_once("/api/")?;
    let path = url.path().get(folder.len()..)?.to_owned();
    let query = url.query_pairs().map(|(name, value)| {
        let value = if is_secret_name(&name) { Cow::from(REDACTED) } else { value };
        (name.into_owned(), value.into_owned())
    });
    Some(Located { base: format!("{}{folder}", origin(&url)), host: host(&url), query: query.collect(), path })
}

/// The address of Kimai that the user gives, as [`Located::base`] writes it.
pub(super) fn given(text: &str) -> Result<String, HarError> {
    let url = Url::parse(text.trim()).ok().filter(Url::has_host).ok_or(HarError::InvalidBase)?;
    let folder = url.path().strip_suffix('/').unwrap_or(url.path());
    Ok(format!("{}{folder}", origin(&url)))
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_is_what_precedes_the_first_api() {
        for (url, base, path) in [
            ("https://k.example.com/api/version", "https://k.example.com", "/api/version"),
            ("http://x//api/version", "http://x/", "/api/version"),
            ("https://u:p@k.example.com:8443/a/api/b/api/c?x=1#y", "https://k.example.com:8443/a", "/api/b/api/c"),
            ("https://k.example.com:443/api/%2F%20", "https://k.example.com", "/api/%2F%20"),
        ] {
            let located = locate(url).unwrap();
            assert_eq!((located.base.as_str(), located.path.as_str()), (base, path), "{url}");
        }
        for url in ["https://k.example.com/api", "/api/version", "ws://k/api/x", "data:,/api/", "https://k/?a=/api/"] {
            assert!(locate(url).is_none(), "{url}");
        }
    }

    #[test]
    fn queries_are_decoded_without_secrets() {
        let located = locate("https://k/api/x?a[]=1%202&a[]=&b&Token=canary").unwrap();
        let query: Vec<(&str, &str)> = located.query.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(query, [("a[]", "1 2"), ("a[]", ""), ("b", ""), ("Token", "<redacted>")]);
    }

    #[test]
    fn the_base_may_be_given_with_a_slash() {
        for (text, base) in [
            ("https://k.example.com", "https://k.example.com"),
            (" https://u:p@k.example.com/kimai/?q=1 ", "https://k.example.com/kimai"),
            ("http://x//", "http://x/"),
        ] {
            assert_eq!(given(text).unwrap(), base, "{text}");
        }
        assert!(given("kimai.example.com").is_err());
    }
}
