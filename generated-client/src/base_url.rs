use std::net::IpAddr;

use reqwest::Url;

use crate::error::{Error, InvalidBaseUrl};

/// The address of the API: `https://host/path/api/`.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Parses the address of a Kimai, with or without `/api`, with or without a slash at the end.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, Error> {
        let invalid = |problem| Error::InvalidBaseUrl(InvalidBaseUrl { problem });
        let mut url = Url::parse(text.trim())
            .map_err(|_| invalid("it is not a valid URL; write it like https://kimai.example.com"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(invalid("it contains a user name or password; pass them to Auth"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("it contains a query or fragment; use the address of the start page"));
        }
        match url.scheme() {
            "https" => {}
            "http" if allow_http || is_loopback(&url) => {}
            "http" => {
                return Err(invalid(
                    "it is not encrypted, so others could read the credentials; use https or \
                     ClientBuilder::danger_allow_http",
                ));
            }
            _ => return Err(invalid("its scheme is not https or http")),
        }
        if url.scheme() == "https"
            && cfg!(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))
        {
            return Err(invalid(
                "this program was built without TLS; build it with the feature rustls, rustls-ring or native-tls",
            ));
        }
        let mut path = url.path().trim_end_matches('/').to_owned();
        if path != "/api" && !path.ends_with("/api") {
            path.push_str("/api");
        }
        path.push('/');
        url.set_path(&path);
        Ok(Self(url))
    }

    pub(crate) fn as_url(&self) -> &Url {
        &self.0
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
        for (text, url) in [
            ("https://k.example.com", "https://k.example.com/api/"),
            ("https://k.example.com/", "https://k.example.com/api/"),
            ("https://k.example.com/api", "https://k.example.com/api/"),
            ("https://k.example.com/api/", "https://k.example.com/api/"),
            ("https://example.com:8443/kimai/", "https://example.com:8443/kimai/api/"),
            ("https://example.com/kimai/api", "https://example.com/kimai/api/"),
            ("https://example.com/kapi", "https://example.com/kapi/api/"),
            ("http://127.0.0.1:8001", "http://127.0.0.1:8001/api/"),
            ("http://[::1]:8001", "http://[::1]:8001/api/"),
            ("http://localhost", "http://localhost/api/"),
        ] {
            assert_eq!(BaseUrl::parse(text, false).unwrap().as_url().as_str(), url, "{text}");
        }
    }

    #[test]
    fn credentials_travel_encrypted_only() {
        assert!(BaseUrl::parse("http://kimai.example.com", false).is_err());
        assert!(BaseUrl::parse("http://127.0.0.1.example.com", false).is_err());
        // How this name is resolved depends on the system.
        assert!(BaseUrl::parse("http://kimai.localhost", false).is_err());
        assert!(BaseUrl::parse("http://kimai.example.com", true).is_ok());
    }

    #[test]
    fn refuses_what_is_no_address_and_shows_no_secret() {
        for text in [
            "",
            "kimai.example.com",
            "ftp://k.example.com",
            "https://u:canary@k.example.com",
            "https://k/?token=canary",
        ] {
            let error = BaseUrl::parse(text, true).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
    }
}
