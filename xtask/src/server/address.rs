use std::net::IpAddr;

use reqwest::Url;

use super::error::ServerError;

/// Pages of Kimai whose address people copy.
const PAGES: [&str; 4] = ["/api/doc.json", "/api/doc", "/api", "/en/login"];

/// Where a Kimai is: `https://host/folder/`.
#[derive(Clone, Debug)]
pub(super) struct Address(Url);

impl Address {
    pub(super) fn parse(text: &str, allow_http: bool) -> Result<Self, ServerError> {
        let refused = |problem| ServerError::Address { problem };
        let mut url = Url::parse(text.trim()).map_err(|_| refused("it must be like https://kimai.example.com"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "it contains a user name or password, which is visible in process lists; set KIMAI_USER and \
                 KIMAI_PASSWORD instead",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("it contains ? or #; use the URL of Kimai's start page without them"));
        }
        match url.scheme() {
            "https" => {}
            "http" if allow_http || is_loopback(&url) => {}
            "http" => {
                return Err(refused(
                    "credentials would be sent unencrypted; use https, or --allow-http if you trust the network",
                ));
            }
            _ => return Err(refused("it must begin with https:// or http://")),
        }
        let path = url.path().trim_end_matches('/');
        let folder = PAGES.iter().find_map(|page| path.strip_suffix(page)).unwrap_or(path);
        let folder = format!("{folder}/");
        url.set_path(&folder);
        Ok(Self(url))
    }

    /// The address of a page, such as `api/doc`.
    pub(super) fn page(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path()));
        url
    }

    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The path inside of Kimai's folder; the whole path of what is outside.
    pub(super) fn inside<'a>(&self, url: &'a Url) -> &'a str {
        url.path().strip_prefix(self.0.path()).unwrap_or(url.path())
    }

    /// Kimai's folder with a slash at both ends.
    pub(super) fn folder(&self) -> &str {
        self.0.path()
    }
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_to_write_an_address_work() {
        for (text, expected) in [
            ("https://k.example.com", "https://k.example.com"),
            (" https://k.example.com/ ", "https://k.example.com"),
            ("https://k.example.com/api/doc", "https://k.example.com"),
            ("https://k.example.com/en/login", "https://k.example.com"),
            ("https://k.example.com/api/doc.json", "https://k.example.com"),
            ("https://k.example.com:8443/kimai/", "https://k.example.com:8443/kimai"),
            ("https://k.example.com/kimai/api/", "https://k.example.com/kimai"),
            ("https://k.example.com/kapi", "https://k.example.com/kapi"),
            ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
            ("http://[::1]:8001", "http://[::1]:8001"),
        ] {
            let address = Address::parse(text, false).unwrap();
            assert_eq!(address.page("api/version").as_str(), format!("{expected}/api/version"), "{text}");
        }
    }

    #[test]
    fn credentials_travel_encrypted_only() {
        for text in ["http://k.example.com", "http://127.0.0.1.example.com", "http://kimai.localhost"] {
            assert!(Address::parse(text, false).is_err(), "{text}");
            assert!(Address::parse(text, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_refused_is_not_repeated() {
        for text in [
            "canary.example.com",
            "ftp://canary.example.com",
            "https://canary@k.example.com",
            "https://u:canary@k.example.com",
            "https://k.example.com/?token=canary",
            "https://k.example.com/#canary",
        ] {
            let error = Address::parse(text, true).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
    }
}
