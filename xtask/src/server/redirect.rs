//! Redirects: no secret is sent to another server.

use reqwest::Url;
use reqwest::header::HeaderValue;

use super::address::Address;
use super::error::ServerError;
use crate::secrets::Secrets;

/// What is at the address that a server sends to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Login,
    TwoFactor,
    Other,
}

/// The address that a server sends to; it is on the same host, and not always of the same origin.
pub(super) struct Target {
    pub(super) place: Place,
    pub(super) url: Url,
}

/// Where a server sends to that was asked for a page, and has sent from there to `from` before. Messages name the page
/// only: what the server makes of its address may repeat a secret.
pub(super) fn target(
    address: &Address,
    asked: &Url,
    from: &Url,
    location: Option<&HeaderValue>,
    secrets: &Secrets,
) -> Result<Target, ServerError> {
    let here = || asked.to_string();
    let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let mut url = location
        .and_then(|location| from.join(&location).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or_else(|| ServerError::Redirect { url: here() })?;
    url.set_fragment(None);
    if url.host() != asked.host() {
        return Err(other_server(address, asked, &url, secrets));
    }
    if asked.scheme() == "http" && url.scheme() == "https" {
        let base = base(address, asked, &url).unwrap_or_else(|| format!("{}{}", origin(&url), address.folder()));
        return Err(advice(&base, secrets, here(), |url, base| ServerError::Unencrypted { url, base }));
    }
    let inside = address.inside(&url).trim_end_matches('/');
    let place = if inside == "login" || inside.ends_with("/login") {
        Place::Login
    } else if inside.contains("2fa") {
        Place::TwoFactor
    } else {
        Place::Other
    };
    if url.origin() == asked.origin()
        && url.path() != asked.path()
        && let Some(base) = base(address, asked, &url)
    {
        return Err(advice(&base, secrets, here(), |url, base| ServerError::OtherFolder { url, base }));
    }
    Ok(Target { place, url })
}

impl Target {
    /// The address, if credentials may go there.
    pub(super) fn follow(self, address: &Address, asked: &Url, secrets: &Secrets) -> Result<Url, ServerError> {
        if self.url.origin() == asked.origin() {
            return Ok(self.url);
        }
        Err(other_server(address, asked, &self.url, secrets))
    }
}

fn other_server(address: &Address, asked: &Url, to: &Url, secrets: &Secrets) -> ServerError {
    let base = base(address, asked, to).unwrap_or_else(|| origin(to));
    advice(&base, secrets, asked.to_string(), |url, base| ServerError::OtherServer { url, base })
}

/// The error with the address to try, if it can be shown.
fn advice(
    base: &str,
    secrets: &Secrets,
    url: String,
    error: impl FnOnce(String, String) -> ServerError,
) -> ServerError {
    if secrets.are_in(base) {
        return ServerError::Redirect { url };
    }
    error(url, base.trim_end_matches('/').to_owned())
}

/// The address of the Kimai whose page of the same name this is.
fn base(address: &Address, asked: &Url, to: &Url) -> Option<String> {
    let page = address.inside(asked);
    let folder = to.path().strip_suffix(page).filter(|folder| folder.ends_with('/'))?;
    Some(format!("{}{folder}", origin(to)))
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(base: &str, page: &str, location: &str) -> Result<(Place, String), String> {
        let address = Address::parse(base, true).unwrap();
        let location = HeaderValue::from_str(location).unwrap();
        let asked = address.page(page);
        let target = target(&address, &asked, &asked, Some(&location), &Secrets::default());
        target.map(|target| (target.place, target.url.to_string())).map_err(|error| error.to_string())
    }

    #[test]
    fn targets_are_relative_or_absolute() {
        for (base, page, location, place, url) in [
            ("https://k.example.com", "api/doc.json", "/en/login", Place::Login, "https://k.example.com/en/login"),
            ("https://k.example.com", "api/doc.json", "../de/login", Place::Login, "https://k.example.com/de/login"),
            ("https://k.example.com/login", "en/login_check", ".", Place::Other, "https://k.example.com/login/en/"),
            ("https://k.example.com/2fa", "en/login_check", "/2fa/en/", Place::Other, "https://k.example.com/2fa/en/"),
            ("https://k.example.com", "en/login_check", "/en/2fa", Place::TwoFactor, "https://k.example.com/en/2fa"),
            ("https://k.example.com", "api/doc", "/api/doc/", Place::Other, "https://k.example.com/api/doc/"),
            // A server behind a proxy that does not tell it how it is reached.
            (
                "https://k.example.com",
                "api/doc",
                "http://k.example.com/en/login",
                Place::Login,
                "http://k.example.com/en/login",
            ),
        ] {
            assert_eq!(of(base, page, location), Ok((place, url.to_owned())), "{base} {page} {location}");
        }
    }

    #[test]
    fn errors_name_the_address_to_try() {
        for (base, page, location, expected) in [
            (
                "http://k.example.com",
                "api/doc.json",
                "https://k.example.com/api/doc.json",
                "use https://k.example.com as",
            ),
            ("http://k.example.com/a", "api/doc", "https://k.example.com/", "use https://k.example.com/a as"),
            ("http://k.example.com:80", "api/doc", "https://k.example.com/b/api/doc", "use https://k.example.com/b as"),
            ("https://k.example.com", "api/doc", "https://sso.example.com/x?y=z", "use https://sso.example.com as"),
            ("https://k.example.com", "api/doc", "//www.example.com/k/api/doc", "use https://www.example.com/k as"),
            ("https://k.example.com", "api/doc", "/k/api/doc", "use https://k.example.com/k as"),
            ("https://k.example.com/k", "api/doc", "/api/doc", "use https://k.example.com as"),
            ("https://k.example.com", "api/doc", "mailto:k@example.com", "that cannot be followed"),
        ] {
            let error = of(base, page, location).unwrap_err();
            assert!(error.contains(expected) && !error.contains("y=z"), "{base} {page} {location}: {error}");
        }
    }
}
