use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::nested;
use crate::error::InvalidRequest;

/// The characters that are escaped in `application/x-www-form-urlencoded`; spaces become `+`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

const EMPTY_LIST: &str = "the list is empty, which a url-encoded form cannot express; leave the field out";

/// The fields of a form that is sent as `application/x-www-form-urlencoded`.
///
/// Fields of fields are written as PHP reads them: `a[b]=1`, and `a[]=1` for lists. `Debug` shows only the names of the
/// fields.
#[derive(Clone, PartialEq)]
pub struct UrlEncoded(Map<String, Value>);

impl UrlEncoded {
    /// Creates a form from an object.
    pub(super) fn new(value: Value) -> Result<Self, InvalidRequest> {
        let Value::Object(fields) = value else {
            return Err(InvalidRequest::Body { problem: "it is not an object, which forms are made of".to_owned() });
        };
        for (name, value) in &fields {
            check(name, value)?;
        }
        Ok(Self(fields))
    }

    /// Sets a field.
    pub(super) fn set(&mut self, name: String, value: Value) -> Result<(), InvalidRequest> {
        check(&name, &value)?;
        self.0.insert(name, value);
        Ok(())
    }

    /// The names of the fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name)
    }

    pub(crate) fn fields(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Creates a form from the changed fields of another.
    pub(crate) fn of(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// The names and values as they are sent, before escaping. Null and empty objects are left out, and booleans are
    /// `true` and `false`.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        self.0.iter().for_each(|(name, value)| nested::add(name, value, &mut pairs));
        pairs
    }

    /// The body of the request.
    #[must_use]
    pub fn encoded(&self) -> String {
        let pairs: Vec<String> =
            self.pairs().iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        pairs.join("&")
    }
}

fn check(name: &str, value: &Value) -> Result<(), InvalidRequest> {
    let wrong = |name: &str, problem: &str| InvalidRequest::Body { problem: format!("{name}: {problem}") };
    nested::check_keys(value).map_err(|problem| wrong(name, &problem))?;
    match nested::empty_list(name, value) {
        Some(place) => Err(wrong(&place, EMPTY_LIST)),
        None => Ok(()),
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string().replace(' ', "+")
}

impl fmt::Debug for UrlEncoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UrlEncoded").field(&self.0.keys().collect::<Vec<_>>()).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_written_as_php_reads_them() {
        let form = UrlEncoded::new(json!({
            "a": "x", "b": {"c": 1, "d": {"e": true}}, "f": [1, 2], "g": [{"h": 1, "i": 2}], "j": null, "k[]": ["y"],
            "l": {}, "m": 1.5, "n": ""
        }));
        let pairs = form.unwrap().pairs();
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let expected = ["a=x", "b[c]=1", "b[d][e]=true", "f[]=1", "f[]=2", "g[0][h]=1", "g[0][i]=2", "k[]=y", "m=1.5"];
        assert_eq!(pairs, [&expected[..], &["n="]].concat());
    }

    #[test]
    fn special_characters_are_escaped() {
        let form = UrlEncoded::new(json!({"a b": "x&y=z+1 %ü~", "c": {"*-._": "\n"}})).unwrap();
        assert_eq!(form.encoded(), "a+b=x%26y%3Dz%2B1+%25%C3%BC%7E&c%5B*-._%5D=%0A");
    }

    #[test]
    fn what_a_form_cannot_express_is_refused() {
        for value in [json!([1]), json!("x"), json!(null)] {
            assert_eq!(
                UrlEncoded::new(value).unwrap_err().to_string(),
                "the body could not be encoded: it is not an object, which forms are made of"
            );
        }
        assert_eq!(
            UrlEncoded::new(json!({"a": [{"b]": 1}]})).unwrap_err().to_string(),
            "the body could not be encoded: a: \"b]\" is empty or contains brackets, and cannot be the name of a field here"
        );
    }

    #[test]
    fn empty_lists_are_refused() {
        let problem = "the list is empty, which a url-encoded form cannot express; leave the field out";
        for (value, place) in [
            (json!({"a": 1, "l": []}), "l"),
            (json!({"k[]": []}), "k[]"),
            (json!({"a": {"b": [{"c": 1}, {"d": []}]}}), "a[b][1][d]"),
        ] {
            let text = format!("the body could not be encoded: {place}: {problem}");
            assert_eq!(UrlEncoded::new(value).unwrap_err().to_string(), text);
        }
        let mut form = UrlEncoded::new(json!({"l": [1]})).unwrap();
        let error = form.set("l".into(), json!([])).unwrap_err();
        assert_eq!(error.to_string(), format!("the body could not be encoded: l: {problem}"));
        assert_eq!(form.encoded(), "l%5B%5D=1");
    }

    #[test]
    fn debug_shows_only_names() {
        assert_eq!(format!("{:?}", UrlEncoded::new(json!({"a": "canary"})).unwrap()), "UrlEncoded([\"a\"])");
    }
}
