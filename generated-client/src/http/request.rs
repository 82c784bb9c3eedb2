use std::fmt::{self, Display};

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde::Serialize;

use crate::error::InvalidRequest;
use crate::multipart::{Form, Multipart};
use crate::select::{OneOrMany, Select};

/// An HTTP request to the API of any server.
///
/// `Debug` shows neither header values nor the body, which may hold secrets.
#[derive(Clone)]
pub struct HttpRequest {
    method: Method,
    segments: Vec<String>,
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    body: Body,
}

/// The body of a request.
///
/// `Debug` shows only the size.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Body {
    /// No body.
    #[default]
    Empty,
    /// JSON text.
    Json(Bytes),
    /// The parts of a form, including files.
    Multipart(Form),
}

impl HttpRequest {
    /// Creates a request to the path with these segments, below `/api/`.
    ///
    /// # Errors
    ///
    /// Returns an error if a segment is empty, `.` or `..`, or contains control characters: the path would change.
    pub fn new(method: Method, segments: &[&dyn Display]) -> Result<Self, InvalidRequest> {
        let segments: Vec<String> = segments.iter().map(ToString::to_string).collect();
        for (index, segment) in segments.iter().enumerate() {
            // URL parsers drop tabs and line breaks, so that only dots may remain.
            if matches!(segment.as_str(), "" | "." | "..") || segment.contains(char::is_control) {
                return Err(InvalidRequest::PathSegment { number: index + 1, segment: segment.clone() });
            }
        }
        Ok(Self { method, segments, query: Vec::new(), headers: HeaderMap::new(), body: Body::Empty })
    }

    /// Adds a query parameter, if there is a value.
    pub fn query(&mut self, name: &'static str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.query.push((name, value.to_string()));
        }
    }

    /// Adds a query parameter for each value.
    ///
    /// # Errors
    ///
    /// Returns an error if the list is empty, because servers treat that as no filter.
    pub fn query_list<T: Display>(&mut self, name: &'static str, values: Option<&[T]>) -> Result<(), InvalidRequest> {
        let Some(values) = values else { return Ok(()) };
        if values.is_empty() {
            return Err(InvalidRequest::EmptyFilter { name });
        }
        self.query.extend(values.iter().map(|value| (name, value.to_string())));
        Ok(())
    }

    /// Joins the values of a parameter with commas, under the name `to`. Kimai 1.x requires lists like this.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is empty or contains a comma.
    pub fn join_list(&mut self, from: &str, to: &'static str) -> Result<(), InvalidRequest> {
        let Some(place) = self.query.iter().position(|(name, _)| *name == from) else { return Ok(()) };
        let values: Vec<&str> =
            self.query.iter().filter(|(name, _)| *name == from).map(|(_, value)| value.as_str()).collect();
        if let Some(value) = values.iter().find(|value| value.trim().is_empty() || value.contains(',')) {
            return Err(InvalidRequest::Comma { name: to, value: (*value).to_owned() });
        }
        let joined = values.join(",");
        self.query.retain(|(name, _)| *name != from);
        self.query.insert(place.min(self.query.len()), (to, joined));
        Ok(())
    }

    pub(crate) fn has_query(&self, name: &str) -> bool {
        self.query.iter().any(|(known, _)| *known == name)
    }

    /// Renames a parameter and rewrites its values.
    pub(crate) fn rename_query(&mut self, from: &str, to: &'static str, write: impl Fn(&mut String)) {
        for (name, value) in self.query.iter_mut().filter(|(name, _)| *name == from) {
            *name = to;
            write(value);
        }
    }

    pub(crate) fn set_form(&mut self, form: Form) {
        self.body = Body::Multipart(form);
    }

    /// Adds a single value under the name `one`, or several under the name `many`.
    ///
    /// # Errors
    ///
    /// Returns an error if the list is empty, because servers treat that as no filter.
    pub fn query_one_or_many<T: Display>(
        &mut self,
        one: &'static str,
        many: &'static str,
        values: Option<&OneOrMany<T>>,
    ) -> Result<(), InvalidRequest> {
        match values.map(OneOrMany::as_slice) {
            Some([value]) => {
                self.query(one, Some(value));
                Ok(())
            }
            Some([]) => Err(InvalidRequest::EmptyFilter { name: one }),
            values => self.query_list(many, values),
        }
    }

    /// Adds a single value under the name `one`, several under the name `many`, or the word `all`.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no value, or more than one and no name for many.
    pub fn query_select<T: Display>(
        &mut self,
        one: &'static str,
        many: Option<&'static str>,
        all: &'static str,
        values: Option<&Select<T>>,
    ) -> Result<(), InvalidRequest> {
        match (values, many) {
            (None, _) => Ok(()),
            (Some(Select::All), _) => {
                self.query(one, Some(all));
                Ok(())
            }
            (Some(Select::These(values)), Some(many)) => self.query_one_or_many(one, many, Some(values)),
            (Some(Select::These(values)), None) => match values.as_slice() {
                [value] => {
                    self.query(one, Some(value));
                    Ok(())
                }
                [] => Err(InvalidRequest::EmptyFilter { name: one }),
                _ => Err(InvalidRequest::OnlyOne { name: one }),
            },
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

    /// Sets a JSON body.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is invalid, such as a tag with a comma.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        let json = serde_json::to_vec(value).map_err(|error| InvalidRequest::Body { problem: error.to_string() })?;
        self.body = Body::Json(json.into());
        Ok(())
    }

    /// Adds a field to the JSON body, if there is a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is invalid, or if the body is not a JSON object.
    pub fn property(&mut self, name: &'static str, value: Option<impl Serialize>) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        let wrong = |error: serde_json::Error| InvalidRequest::Body { problem: error.to_string() };
        let mut object: serde_json::Map<String, serde_json::Value> = match &self.body {
            Body::Json(json) => serde_json::from_slice(json).map_err(wrong)?,
            Body::Empty | Body::Multipart(_) => serde_json::Map::new(),
        };
        object.insert(name.to_owned(), serde_json::to_value(value).map_err(wrong)?);
        self.json(&object)
    }

    /// Sets a multipart body: a form with files.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is invalid.
    pub fn multipart(&mut self, value: &impl Multipart) -> Result<(), InvalidRequest> {
        self.body = Body::Multipart(value.form()?);
        Ok(())
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The headers, without credentials.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The names of the fields in the body.
    pub(crate) fn properties(&self) -> Vec<String> {
        match &self.body {
            Body::Empty => Vec::new(),
            Body::Json(json) => {
                let object: Result<serde_json::Map<String, serde_json::Value>, _> = serde_json::from_slice(json);
                object.map(|object| object.into_iter().map(|(name, _)| name).collect()).unwrap_or_default()
            }
            Body::Multipart(form) => form.parts().iter().map(|part| part.name.clone()).collect(),
        }
    }

    /// Returns the URL below the address of the API, which must end with a slash.
    #[must_use]
    pub fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(&self.segments);
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
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

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("path_and_query", &self.path_and_query())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json(json) => write!(f, "Json({} bytes)", json.len()),
            Self::Multipart(form) => write!(f, "Multipart({form:?})"),
        }
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
            "/api/tags/a%2Fb%20%3F%23%25%C3%BC?term=Gr%C3%B6%C3%9Fe+%26+1%2B1%3D2+%F0%9F%8E%89"
        );
    }

    #[test]
    fn segments_that_lead_elsewhere_are_refused() {
        for segment in ["", ".", "..", ".\n.", "\t", "a\r\nb"] {
            let error = HttpRequest::new(Method::GET, &[&"tags", &segment]).unwrap_err();
            assert!(matches!(error, InvalidRequest::PathSegment { number: 2, .. }), "{error}");
        }
    }

    #[test]
    fn one_value_or_many() {
        let mut request = get(&[&"timesheets"]);
        request.query_one_or_many("project", "projects[]", Some(&OneOrMany::<u32>::from(5))).unwrap();
        assert_eq!(request.path_and_query(), "/api/timesheets?project=5");

        let mut request = get(&[&"timesheets"]);
        request.query_one_or_many("project", "projects[]", Some(&OneOrMany::<u32>::from([5, 6]))).unwrap();
        assert_eq!(request.path_and_query(), "/api/timesheets?projects%5B%5D=5&projects%5B%5D=6");

        let none: OneOrMany<u32> = OneOrMany::from(Vec::new());
        assert!(get(&[&"timesheets"]).query_one_or_many("project", "projects[]", Some(&none)).is_err());
    }

    #[test]
    fn all_or_some() {
        let path = |select: Select<u32>| {
            let mut request = get(&[&"timesheets"]);
            request.query_select("user", Some("users[]"), "all", Some(&select)).unwrap();
            request.path_and_query()
        };
        assert_eq!(path(Select::All), "/api/timesheets?user=all");
        assert_eq!(path(Select::from(4)), "/api/timesheets?user=4");
        assert_eq!(path(Select::from([1, 4])), "/api/timesheets?users%5B%5D=1&users%5B%5D=4");
        let mut request = get(&[&"timesheets"]);
        assert!(request.query_select("user", None, "all", Some(&Select::<u32>::from([1, 4]))).is_err());
    }

    #[test]
    fn properties_make_a_body_only_if_there_are_any() {
        let mut request = get(&[&"timesheets"]);
        request.property("copy", None::<&str>).unwrap();
        assert!(matches!(request.body(), Body::Empty));
        request.property("copy", Some("all")).unwrap();
        request.property("begin", Some("now")).unwrap();
        let Body::Json(json) = request.body() else { panic!("no body") };
        assert_eq!(json, r#"{"begin":"now","copy":"all"}"#);
    }
}
