//! How a request gets its body.

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

use super::body::Body;
use super::request::HttpRequest;
use super::url_encoded::UrlEncoded;
use crate::error::InvalidRequest;
use crate::multipart::Multipart;

impl HttpRequest {
    /// Sets a JSON body.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is invalid, such as a tag with a comma.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        self.body = Body::Json(serde_json::to_vec(value).map_err(wrong)?.into());
        Ok(())
    }

    /// Adds a field to the JSON body, if there is a value.
    ///
    /// If the body is a form, the field is added to the form.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is invalid, if the body is neither a JSON object nor a form, and for an empty list in
    /// a form without files.
    pub fn property(&mut self, name: &'static str, value: Option<impl Serialize>) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        self.set_property(name.to_owned(), serde_json::to_value(value).map_err(wrong)?)
    }

    /// Sets a field of the body, which becomes a JSON object if there is none.
    pub(crate) fn set_property(&mut self, name: String, value: Value) -> Result<(), InvalidRequest> {
        match &mut self.body {
            Body::Empty => self.json(&Map::from_iter([(name, value)])),
            Body::Json(json) => {
                let mut body: Value = serde_json::from_slice(json).map_err(wrong)?;
                let Value::Object(object) = &mut body else { return Err(no_fields(&name, "JSON, but not an object")) };
                object.insert(name, value);
                self.json(&body)
            }
            Body::Multipart(form) => form.set(&name, value),
            Body::Form(fields) => fields.set(name, value),
            Body::Text { .. } => Err(no_fields(&name, "text")),
            Body::Bytes { .. } => Err(no_fields(&name, "a file")),
        }
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

    /// Sets a body that is a form without files (`application/x-www-form-urlencoded`).
    ///
    /// Fields of fields are written as PHP reads them: `a[b]=1`, and `a[]=1` for lists. Null is left out, and so are empty
    /// objects. Booleans are written as `true` and `false`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use generated_client::operation::{Body, HttpRequest, Method};
    ///
    /// let mut request = HttpRequest::new(Method::POST, &[&"expenses"])?;
    /// request.form(&BTreeMap::from([("amounts", [3, 5])]))?;
    /// let Body::Form(form) = request.body() else { unreachable!() };
    /// assert_eq!(form.encoded(), "amounts%5B%5D=3&amounts%5B%5D=5");
    /// # Ok::<(), generated_client::error::InvalidRequest>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the value is invalid or not an object, if it contains an empty list, which would not be sent, or
    /// if the name of a field within a field contains brackets.
    pub fn form(&mut self, value: &impl Serialize) -> Result<(), InvalidRequest> {
        self.body = Body::Form(UrlEncoded::new(serde_json::to_value(value).map_err(wrong)?)?);
        Ok(())
    }

    /// Sets a body that is text, in UTF-8.
    ///
    /// The media type is sent as it is. If it is not valid, sending the request returns an error.
    ///
    /// ```
    /// use generated_client::operation::{Body, HttpRequest, Method};
    ///
    /// let mut request = HttpRequest::new(Method::PUT, &[&"expenses", &7, &"note"])?;
    /// request.text("text/plain; charset=utf-8", "Größe: 3");
    /// assert!(matches!(request.body(), Body::Text { text, .. } if text == "Größe: 3"));
    /// # Ok::<(), generated_client::error::InvalidRequest>(())
    /// ```
    pub fn text(&mut self, media_type: &'static str, body: impl Into<String>) {
        self.body = Body::Text { media_type, text: body.into() };
    }

    /// Sets a body with any content.
    ///
    /// The media type is sent as it is. If it is not valid, sending the request returns an error.
    ///
    /// ```
    /// use generated_client::operation::{Body, HttpRequest, Method};
    ///
    /// let mut request = HttpRequest::new(Method::PUT, &[&"expenses", &7, &"receipt"])?;
    /// request.bytes("application/pdf", &b"%PDF-1.7"[..]);
    /// assert!(matches!(request.body(), Body::Bytes { content, .. } if content == "%PDF-1.7"));
    /// # Ok::<(), generated_client::error::InvalidRequest>(())
    /// ```
    pub fn bytes(&mut self, media_type: &'static str, body: impl Into<Bytes>) {
        self.body = Body::Bytes { media_type, content: body.into() };
    }

    /// The names of the fields in the body.
    pub(crate) fn properties(&self) -> Vec<String> {
        match &self.body {
            Body::Empty | Body::Text { .. } | Body::Bytes { .. } => Vec::new(),
            Body::Json(json) => {
                let object: Result<Map<String, Value>, _> = serde_json::from_slice(json);
                object.map(|object| object.into_iter().map(|(name, _)| name).collect()).unwrap_or_default()
            }
            Body::Multipart(form) => form.parts().iter().map(|part| part.name.clone()).collect(),
            Body::Form(fields) => fields.names().cloned().collect(),
        }
    }

    pub(crate) fn set_body(&mut self, body: Body) {
        self.body = body;
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
fn wrong(error: serde_json::Error) -> InvalidRequest {
    InvalidRequest::Body { problem: error.to_string() }
}

fn no_fields(name: &str, body: &str) -> InvalidRequest {
    InvalidRequest::Body { problem: format!("it is {body}, so the field {name} cannot be set") }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;
    use crate::multipart::Form;

    fn post() -> HttpRequest {
        HttpRequest::new(Method::POST, &[&"timesheets"]).unwrap()
    }

    fn json_of(request: &HttpRequest) -> &str {
        let Body::Json(json) = request.body() else { panic!("no JSON") };
        std::str::from_utf8(json).unwrap()
    }

    #[test]
    fn properties_make_a_body_only_if_there_are_any() {
        let mut request = post();
        request.property("copy", None::<&str>).unwrap();
        assert!(matches!(request.body(), Body::Empty));
        request.property("copy", Some("all")).unwrap();
        request.property("begin", Some("now")).unwrap();
        assert_eq!(json_of(&request), r#"{"begin":"now","copy":"all"}"#);
    }

    #[test]
    fn properties_are_set_in_all_bodies_with_fields() {
        let mut request = post();
        request.json(&json!({"a": 1, "b": 2})).unwrap();
        request.set_property("a".into(), json!(null)).unwrap();
        assert_eq!(json_of(&request), r#"{"a":null,"b":2}"#);

        let mut form = Form::default();
        form.value("a", &1).unwrap();
        form.value("b", &2).unwrap();
        request.set_body(Body::Multipart(form));
        request.set_property("a".into(), json!(["x", 3])).unwrap();
        let Body::Multipart(form) = request.body() else { panic!("no form") };
        let parts: Vec<(&str, &[u8])> =
            form.parts().iter().map(|part| (part.name.as_str(), &part.content[..])).collect();
        assert_eq!(parts, [("b", &b"2"[..]), ("a", b"x"), ("a", b"3")]);

        request.form(&json!({"a": {"c": 1}, "b": 2})).unwrap();
        request.set_property("a".into(), json!([3])).unwrap();
        let Body::Form(form) = request.body() else { panic!("no form") };
        assert_eq!(form.encoded(), "a%5B%5D=3&b=2");
        assert_eq!(request.properties(), ["a", "b"]);
        request.set_property("b".into(), json!(null)).unwrap();
        assert_eq!(request.properties(), ["a"]);
    }

    #[test]
    fn bodies_without_fields_have_no_properties() {
        let mut request = post();
        let refused = |request: &mut HttpRequest| request.set_property("a".into(), json!(1)).unwrap_err().to_string();
        request.json(&[1]).unwrap();
        let start = "the body could not be encoded: it is";
        assert_eq!(refused(&mut request), format!("{start} JSON, but not an object, so the field a cannot be set"));
        request.text("text/plain", "x");
        assert_eq!(refused(&mut request), format!("{start} text, so the field a cannot be set"));
        request.bytes("application/pdf", vec![1]);
        assert_eq!(refused(&mut request), format!("{start} a file, so the field a cannot be set"));
        assert_eq!(format!("{:?}", request.body()), "Bytes(\"application/pdf\", 1 bytes)");
    }
}
