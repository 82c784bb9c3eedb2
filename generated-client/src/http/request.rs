use std::fmt::{self, Display};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use super::body::Body;
use super::cookie;
use super::pairs::Pairs;
use super::token::is_token;
use crate::error::InvalidRequest;

/// An HTTP request to the API of any server.
///
/// `Debug` shows neither values of headers and cookies nor the body, which may hold secrets.
#[derive(Clone)]
pub struct HttpRequest {
    method: Method,
    is_outside_api: bool,
    segments: Vec<String>,
    pub(super) query: Pairs,
    headers: HeaderMap,
    cookies: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

impl HttpRequest {
    /// Creates a request to the path with these segments, below `/api/`.
    ///
    /// # Errors
    ///
    /// Returns an error if a segment is empty, `.` or `..`, or contains control characters: the path would change.
    pub fn new(method: Method, segments: &[&dyn Display]) -> Result<Self, InvalidRequest> {
        let segments =
            checked(segments).map_err(|(number, segment)| InvalidRequest::PathSegment { number, segment })?;
        Ok(Self::to(method, segments, false))
    }

    /// Creates a request to a path of the server that is not below `/api/`. Without segments, the path is `/`.
    ///
    /// ```
    /// use generated_client::operation::{HttpRequest, Method};
    /// use generated_client::reqwest::Url;
    ///
    /// let request = HttpRequest::outside_api(Method::GET, &[&"expenses", &7])?;
    /// assert_eq!(request.path_and_query(), "/expenses/7");
    /// let base = Url::parse("https://example.com/kimai/api/").unwrap();
    /// assert_eq!(request.url(&base).as_str(), "https://example.com/kimai/expenses/7");
    /// # Ok::<(), generated_client::error::InvalidRequest>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a segment is empty, `.` or `..`, or contains control characters: the path would change.
    pub fn outside_api(method: Method, segments: &[&dyn Display]) -> Result<Self, InvalidRequest> {
        let segments =
            checked(segments).map_err(|(number, segment)| InvalidRequest::ServerPathSegment { number, segment })?;
        Ok(Self::to(method, segments, true))
    }

    fn to(method: Method, segments: Vec<String>, is_outside_api: bool) -> Self {
        Self {
            method,
            is_outside_api,
            segments,
            query: Pairs::default(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::Empty,
        }
    }

    /// Sets a header, if there is a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value contains characters that headers must not contain.
    pub fn header(&mut self, name: &'static str, value: Option<impl Display>) -> Result<(), InvalidRequest> {
        if let Some(value) = value {
            let invalid = || InvalidRequest::Header { name: name.to_owned() };
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
            let value = HeaderValue::from_str(&value.to_string()).map_err(|_| invalid())?;
            self.headers.insert(header, value);
        }
        Ok(())
    }

    /// Sets a cookie, if there is a value.
    ///
    /// The client sends it beside the session cookie of [`Auth::session`](crate::Auth::session). A cookie with the same
    /// name as the session cookie is refused when the request is sent.
    ///
    /// ```
    /// use generated_client::operation::{HttpRequest, Method};
    ///
    /// let mut request = HttpRequest::new(Method::GET, &[&"expenses"])?;
    /// request.cookie("view", Some("compact"))?;
    /// assert_eq!(request.cookies().collect::<Vec<_>>(), [("view", "compact")]);
    /// let error = request.cookie("view", Some("two words")).unwrap_err();
    /// assert_eq!(error.to_string(), "the cookie view contains characters that cookies must not contain");
    /// # Ok::<(), generated_client::error::InvalidRequest>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the name or the value contains characters that cookies must not contain (RFC 6265 section
    /// 4.1.1), such as spaces, quotes, commas, semicolons and letters outside ASCII.
    pub fn cookie(&mut self, name: &'static str, value: Option<impl Display>) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        let value = value.to_string();
        if !is_token(name) || !cookie::is_value(&value) {
            return Err(InvalidRequest::Cookie { name: name.to_owned() });
        }
        self.cookies.retain(|(known, _)| *known != name);
        self.cookies.push((name, value));
        Ok(())
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The headers, without credentials, cookies and the content type of the [body](Self::body).
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The names and values of the cookies, without credentials.
    pub fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cookies.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Returns the URL for the address of the API, which must end with a slash. The last segment of the address, `api`, is
    /// left out for a request [outside the API](Self::outside_api).
    #[must_use]
    pub fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        let is_api = url.path().trim_end_matches('/').ends_with("/api");
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty();
            if self.is_outside_api && is_api {
                path.pop();
            }
            path.extend(&self.segments);
        }
        if self.is_outside_api && self.segments.is_empty() && !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(self.query.iter());
            // Only forms write spaces as `+`.
            if let Some(query) = url.query().filter(|query| query.contains('+')) {
                let query = query.replace('+', "%20");
                url.set_query(Some(&query));
            }
        }
        url
    }

    /// Returns the encoded path and query, for a server without a subdirectory.
    #[must_use]
    pub fn path_and_query(&self) -> String {
        let Ok(base) = Url::parse("http://localhost/api/") else { return String::new() };
        let url = self.url(&base);
        match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        }
    }
}

/// The segments, or the first that leads to another path, with its number.
fn checked(segments: &[&dyn Display]) -> Result<Vec<String>, (usize, String)> {
    let segments: Vec<String> = segments.iter().map(ToString::to_string).collect();
    // URL parsers drop tabs and line breaks, so that only dots may remain.
    let leads_elsewhere = |segment: &str| matches!(segment, "" | "." | "..") || segment.contains(char::is_control);
    match segments.iter().position(|segment| leads_elsewhere(segment)) {
        Some(index) => Err((index + 1, segments.into_iter().nth(index).unwrap_or_default())),
        None => Ok(segments),
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("path_and_query", &self.path_and_query())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("cookies", &self.cookies.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(segments: &[&dyn Display]) -> HttpRequest {
        HttpRequest::new(Method::GET, segments).unwrap()
    }

    #[test]
    fn segments_and_values_are_encoded() {
        let mut request = get(&[&"tags", &"a/b ?#%ü"]);
        request.query("term", Some("Größe & 1+1=2 🎉"));
        assert_eq!(
            request.path_and_query(),
            "/api/tags/a%2Fb%20%3F%23%25%C3%BC?term=Gr%C3%B6%C3%9Fe%20%26%201%2B1%3D2%20%F0%9F%8E%89"
        );
    }

    #[test]
    fn segments_that_lead_elsewhere_are_refused() {
        for segment in ["", ".", "..", ".\n.", "\t", "a\r\nb"] {
            let error = HttpRequest::new(Method::GET, &[&"tags", &segment]).unwrap_err();
            assert!(matches!(error, InvalidRequest::PathSegment { number: 2, .. }), "{error}");
            let error = HttpRequest::outside_api(Method::GET, &[&"tags", &segment]).unwrap_err();
            assert!(matches!(error, InvalidRequest::ServerPathSegment { number: 2, .. }), "{error}");
        }
        let error = HttpRequest::outside_api(Method::GET, &[&".."]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"..\" cannot be segment 1 of a path of the server: it would lead to another path"
        );
    }

    #[test]
    fn paths_outside_the_api() {
        let outside = |segments: &[&dyn Display]| HttpRequest::outside_api(Method::GET, segments).unwrap();
        for (base, below, start) in [
            ("https://k.example.com/api/", "https://k.example.com/a/b%2Fc", "https://k.example.com/"),
            ("https://k.example.com/kimai/api/", "https://k.example.com/kimai/a/b%2Fc", "https://k.example.com/kimai/"),
            ("https://k.example.com/api/api/", "https://k.example.com/api/a/b%2Fc", "https://k.example.com/api/"),
            ("https://k.example.com/other/", "https://k.example.com/other/a/b%2Fc", "https://k.example.com/other/"),
        ] {
            let base = Url::parse(base).unwrap();
            assert_eq!(outside(&[&"a", &"b/c"]).url(&base).as_str(), below);
            assert_eq!(outside(&[]).url(&base).as_str(), start);
        }
        let mut request = outside(&[]);
        request.query("a", Some(1));
        assert_eq!(request.path_and_query(), "/?a=1");
        assert_eq!(outside(&[&"api", &"a"]).path_and_query(), "/api/a");
    }

    #[test]
    fn cookies_have_the_characters_of_rfc_6265() {
        let mut request = get(&[&"tags"]);
        request.cookie("a", None::<&str>).unwrap();
        request.cookie("a", Some("!#$%&'()*+-./:<=>?@[]^_`{|}~")).unwrap();
        request.cookie("b", Some("")).unwrap();
        request.cookie("a", Some(2)).unwrap();
        assert_eq!(request.cookies().collect::<Vec<_>>(), [("b", ""), ("a", "2")]);
        for value in ["a b", "a;b", "a,b", "\"a\"", "a\\b", "ä", "a\r\nb", "\u{7f}"] {
            let error = request.cookie("token", Some(value)).unwrap_err();
            assert_eq!(error.to_string(), "the cookie token contains characters that cookies must not contain");
        }
        for name in ["", "a=b", "a b", "a;b", "a[b]", "ä"] {
            assert_eq!(request.cookie(name, Some(1)), Err(InvalidRequest::Cookie { name: name.to_owned() }));
        }
    }

    #[test]
    fn debug_shows_no_values() {
        let mut request = get(&[&"tags"]);
        request.cookie("name", Some("canary")).unwrap();
        request.header("x-name", Some("canary")).unwrap();
        request.text("text/plain", "canary");
        assert_eq!(
            format!("{request:?}"),
            "HttpRequest { method: GET, path_and_query: \"/api/tags\", headers: [\"x-name\"], cookies: [\"name\"], \
             body: Text(\"text/plain\", 6 bytes), .. }"
        );
    }
}
