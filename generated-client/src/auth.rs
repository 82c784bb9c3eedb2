use std::fmt;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Error;
use crate::secrets::Secrets;

const X_AUTH_USER: HeaderName = HeaderName::from_static("x-auth-user");
const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_AUTH_SESSION: HeaderName = HeaderName::from_static("x-auth-session");

/// The credentials of a client.
///
/// `Debug` shows only their kind.
///
/// ```
/// use generated_client::Auth;
///
/// assert_eq!(format!("{:?}", Auth::bearer("my token")), "Auth(bearer)");
/// ```
#[derive(Clone)]
pub struct Auth(Kind);

#[derive(Clone)]
enum Kind {
    Token { user: SecretString, password: SecretString },
    Bearer(SecretString),
    Session(SecretString),
}

impl Auth {
    /// Uses a user name and API password, in the headers `X-AUTH-USER` and `X-AUTH-TOKEN`.
    ///
    /// All releases of Kimai accept them. They are deprecated since 2.54, which slows them down and limits failures.
    #[must_use]
    pub fn token(user: impl Into<String>, api_password: impl Into<String>) -> Self {
        Self(Kind::Token { user: user.into().into(), password: api_password.into().into() })
    }

    /// Uses an API token, in the header `Authorization: Bearer`. Kimai accepts it since 2.14.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Kind::Bearer(token.into().into()))
    }

    /// Uses the cookie of a browser session, such as `PHPSESSID=…`, with the header `X-AUTH-SESSION`.
    ///
    /// Kimai accepts it up to 2.13.
    #[must_use]
    pub fn session(cookie: impl Into<String>) -> Self {
        Self(Kind::Session(cookie.into().into()))
    }

    /// The texts that errors must not show, wherever a server repeats them.
    pub(crate) fn secrets(&self) -> Secrets {
        match &self.0 {
            Kind::Token { password: secret, .. } | Kind::Bearer(secret) => Secrets::new([secret.clone()]),
            Kind::Session(cookie) => {
                // A cookie may be repeated without its name.
                let values = cookie.expose_secret().split(';').filter_map(|pair| pair.split_once('='));
                let values = values.map(|(_, value)| SecretString::from(value.trim()));
                Secrets::new([cookie.clone()].into_iter().chain(values))
            }
        }
    }

    /// The headers, marked as sensitive.
    pub(crate) fn headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        match &self.0 {
            Kind::Token { user, password } => {
                headers.insert(X_AUTH_USER, sensitive(user.expose_secret())?);
                headers.insert(X_AUTH_TOKEN, sensitive(password.expose_secret())?);
            }
            Kind::Bearer(token) if token.expose_secret().trim().is_empty() => return Err(Error::InvalidCredentials),
            Kind::Bearer(token) => {
                // Kimai does not accept the scheme in lower case.
                let value = SecretString::from(format!("Bearer {}", token.expose_secret()));
                headers.insert(AUTHORIZATION, sensitive(value.expose_secret())?);
            }
            Kind::Session(cookie) => {
                headers.insert(X_AUTH_SESSION, HeaderValue::from_static("1"));
                headers.insert(COOKIE, sensitive(cookie.expose_secret())?);
            }
        }
        Ok(headers)
    }
}

fn sensitive(text: &str) -> Result<HeaderValue, Error> {
    if text.trim().is_empty() {
        return Err(Error::InvalidCredentials);
    }
    // User names may contain any letter, sent as UTF-8; control characters are refused.
    let mut value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| Error::InvalidCredentials)?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Token { .. } => "Auth(user and token)",
            Kind::Bearer(_) => "Auth(bearer)",
            Kind::Session(_) => "Auth(session)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(auth: &Auth, name: &str) -> String {
        String::from_utf8(auth.headers().unwrap().get(name).unwrap().as_bytes().to_vec()).unwrap()
    }

    /// How Kimai behaves: 'User name and API password'.
    #[test]
    fn user_and_password() {
        let auth = Auth::token("jürgen", "secret");
        assert_eq!(header(&auth, "X-AUTH-USER"), "jürgen");
        assert_eq!(header(&auth, "X-AUTH-TOKEN"), "secret");
        assert!(auth.headers().unwrap().values().all(HeaderValue::is_sensitive));
    }

    /// How Kimai behaves: 'API tokens'.
    #[test]
    fn bearer_is_capitalised() {
        assert_eq!(header(&Auth::bearer("secret"), "Authorization"), "Bearer secret");
    }

    /// How Kimai behaves: 'Browser sessions'.
    #[test]
    fn the_session_is_a_header() {
        let auth = Auth::session("PHPSESSID=secret");
        assert_eq!(header(&auth, "X-AUTH-SESSION"), "1");
        assert_eq!(header(&auth, "Cookie"), "PHPSESSID=secret");
    }

    #[test]
    fn what_cannot_stand_in_a_header_is_refused_without_showing_it() {
        for auth in [Auth::bearer("sec\nret"), Auth::bearer(""), Auth::token("", "secret"), Auth::session("\0")] {
            let error = auth.headers().unwrap_err();
            assert_eq!(
                error.to_string(),
                "the credentials are empty, or contain characters that HTTP headers do not allow"
            );
        }
    }

    #[test]
    fn secrets_are_not_printed() {
        for auth in [Auth::token("canary", "canary"), Auth::bearer("canary"), Auth::session("canary")] {
            let text = format!("{auth:?} {auth:#?} {:?}", auth.headers().unwrap());
            assert!(!text.contains("canary"), "{text}");
        }
    }
}
