use std::borrow::Cow;
use std::fmt::Display;

use serde::Serialize;
use serde_json::{Map, Value};

use super::nested;
use super::request::HttpRequest;
use crate::error::InvalidRequest;
use crate::select::{OneOrMany, Select};

/// How a query parameter that is an object is written; see [`HttpRequest::query_object`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ObjectStyle {
    /// `name[key]=value` for each property. Objects within it are written as `name[a][b]=value`, and lists as
    /// `name[a][]=value`, as PHP reads them.
    Deep,
    /// `key=value` for each property, without the name of the parameter. Lists are written as `key[]=value`.
    Exploded,
    /// `name=key,value,key,value`.
    Joined,
}

impl HttpRequest {
    /// Adds a query parameter, also one with the name of another.
    pub(crate) fn add_query(&mut self, name: impl Into<Cow<'static, str>>, value: impl Display) {
        self.query.push(name, value);
    }

    /// Adds a query parameter, if there is a value.
    pub fn query(&mut self, name: &'static str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.add_query(name, value);
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
        for value in values {
            self.add_query(name, value);
        }
        Ok(())
    }

    /// Joins the values of a parameter with commas, under the name `to`. Kimai 1.x requires lists like this.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is empty or contains a comma.
    pub fn join_list(&mut self, from: &str, to: &'static str) -> Result<(), InvalidRequest> {
        self.join(from, to, ',')
    }

    /// Joins the values of a parameter with a separator, such as a space or a vertical bar.
    ///
    /// ```
    /// use generated_client::operation::{HttpRequest, Method};
    ///
    /// let mut request = HttpRequest::new(Method::GET, &[&"expenses"])?;
    /// request.query_list("ids", Some(&[1, 2, 3]))?;
    /// request.join_list_with("ids", '|')?;
    /// assert_eq!(request.path_and_query(), "/api/expenses?ids=1%7C2%7C3");
    /// # Ok::<(), generated_client::error::InvalidRequest>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a value is empty or contains the separator.
    pub fn join_list_with(&mut self, name: &'static str, separator: char) -> Result<(), InvalidRequest> {
        self.join(name, name, separator)
    }

    fn join(&mut self, from: &str, to: &'static str, separator: char) -> Result<(), InvalidRequest> {
        let values: Vec<&str> = self.query.values_of(from).collect();
        if let Some(value) = values.iter().find(|value| value.trim().is_empty() || value.contains(separator)) {
            let value = (*value).to_owned();
            return Err(match separator {
                ',' => InvalidRequest::Comma { name: to, value },
                _ => InvalidRequest::Separator { name: to, value, separator },
            });
        }
        // In the place of the first.
        let mut joined = Some(values.join(separator.encode_utf8(&mut [0; 4])));
        self.query.replace(from, |query, _| {
            if let Some(joined) = joined.take() {
                query.push(to, joined);
            }
        });
        Ok(())
    }

    /// The names of the parameters, in the order in which they are sent.
    pub(crate) fn query_names(&self) -> impl Iterator<Item = &str> {
        self.query.names()
    }

    pub(crate) fn has_query(&self, name: &str) -> bool {
        self.query.names().any(|known| known == name)
    }

    /// Renames a parameter and rewrites its values.
    pub(crate) fn rename_query(&mut self, from: &str, to: &'static str, write: impl Fn(&str) -> String) {
        self.query.replace(from, |query, value| query.push(to, write(value)));
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

    /// Adds a query parameter that is an object, if there is a value.
    ///
    /// Properties that are null are left out. Booleans are written as `true` and `false`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use generated_client::operation::{HttpRequest, Method, ObjectStyle};
    ///
    /// let range = BTreeMap::from([("from", 3), ("to", 5)]);
    /// let query = |style| {
    ///     let mut request = HttpRequest::new(Method::GET, &[&"expenses"])?;
    ///     request.query_object("amount", style, Some(&range))?;
    ///     Ok::<_, generated_client::error::InvalidRequest>(request.path_and_query())
    /// };
    /// assert_eq!(query(ObjectStyle::Deep)?, "/api/expenses?amount%5Bfrom%5D=3&amount%5Bto%5D=5");
    /// assert_eq!(query(ObjectStyle::Exploded)?, "/api/expenses?from=3&to=5");
    /// assert_eq!(query(ObjectStyle::Joined)?, "/api/expenses?amount=from%2C3%2Cto%2C5");
    /// # Ok::<(), generated_client::error::InvalidRequest>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, if it contains an empty list, which servers treat as no filter, or
    /// if the style cannot express it: a name with brackets within [`Deep`](ObjectStyle::Deep), an object within
    /// [`Exploded`](ObjectStyle::Exploded), and an object, a list or a comma within [`Joined`](ObjectStyle::Joined).
    pub fn query_object(
        &mut self,
        name: &'static str,
        style: ObjectStyle,
        value: Option<&impl Serialize>,
    ) -> Result<(), InvalidRequest> {
        let Some(value) = value else { return Ok(()) };
        let pairs = serde_json::to_value(value).map_err(|error| error.to_string()).and_then(|value| match value {
            Value::Object(members) => written(name, style, members),
            _ => Err("its value is not an object".to_owned()),
        });
        let pairs = pairs.map_err(|problem| InvalidRequest::Parameter { name: name.to_owned(), problem })?;
        for (name, value) in pairs {
            self.add_query(name, value);
        }
        Ok(())
    }
}

/// The parameters that express an object.
fn written(name: &str, style: ObjectStyle, members: Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    let members: Vec<(String, Value)> = members.into_iter().filter(|(_, value)| !value.is_null()).collect();
    if let Some((key, _)) = members.iter().find(|(_, value)| nested::has_empty_list(value)) {
        return Err(format!("the list in {key:?} is empty, which the server would treat as no filter"));
    }
    let mut pairs = Vec::new();
    match style {
        ObjectStyle::Deep => {
            let value = Value::Object(members.into_iter().collect());
            nested::check_keys(&value)?;
            nested::add(name, &value, &mut pairs);
        }
        ObjectStyle::Exploded => {
            for (key, value) in &members {
                if nested::holds_object(value) {
                    return Err(format!("{key:?} contains an object, which cannot be written here"));
                }
                nested::add(key, value, &mut pairs);
            }
        }
        ObjectStyle::Joined => {
            let mut texts = Vec::new();
            for (key, value) in members {
                let Some(text) = nested::plain(&value) else {
                    return Err(format!("{key:?} is a list or an object, which cannot be written here"));
                };
                if key.contains(',') || text.contains(',') {
                    return Err(format!("{key:?} contains a comma, which separates the values here"));
                }
                texts.extend([key, text]);
            }
            if !texts.is_empty() {
                pairs.push((name.to_owned(), texts.join(",")));
            }
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;

    fn get(segments: &[&dyn Display]) -> HttpRequest {
        HttpRequest::new(Method::GET, segments).unwrap()
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
    fn lists_with_separators_are_one_parameter() {
        let joined = |separator, values: &[&str]| {
            let mut request = get(&[&"things"]);
            request.query("a", Some(1));
            request.query_list("l", Some(values)).unwrap();
            request.query("z", Some(1));
            request.join_list_with("l", separator).map(|()| request.path_and_query()).map_err(|error| error.to_string())
        };
        assert_eq!(joined('|', &["1", "b c", "3"]).unwrap(), "/api/things?a=1&l=1%7Cb%20c%7C3&z=1");
        assert_eq!(joined(' ', &["1", "b|c", "3"]).unwrap(), "/api/things?a=1&l=1%20b%7Cc%203&z=1");
        assert_eq!(joined(' ', &["1"]).unwrap(), "/api/things?a=1&l=1&z=1");
        for (separator, value, said) in
            [('|', "b|c", "'|'"), (' ', "b c", "' '"), ('|', "", "'|'"), (',', "b,c", "commas")]
        {
            let error = joined(separator, &["a", value]).unwrap_err();
            let expected = format!("{value:?} cannot be a value of l, whose values are separated by {said}");
            assert!(error.starts_with(&expected), "{error}");
        }
        let mut request = get(&[&"things"]);
        request.join_list_with("l", '|').unwrap();
        assert_eq!(request.path_and_query(), "/api/things");
    }

    /// The decoded query, or why there is none.
    fn object(style: ObjectStyle, value: &Value) -> String {
        let mut request = get(&[&"things"]);
        match request.query_object("f", style, Some(value)) {
            Ok(()) => {
                let pairs: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
                pairs.join("&")
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn deep_objects_are_written_as_php_reads_them() {
        let deep = |value: Value| object(ObjectStyle::Deep, &value);
        assert_eq!(deep(json!({"a": 1, "b": "x y", "c": null, "d": true})), "f[a]=1&f[b]=x y&f[d]=true");
        assert_eq!(deep(json!({"a": {"b": {"c": 1.5}, "d": null}})), "f[a][b][c]=1.5");
        assert_eq!(deep(json!({"a": ["x", false, null, "x"]})), "f[a][]=x&f[a][]=false&f[a][]=x");
        // PHP would read f[a][][b] and f[a][][c] as two elements.
        assert_eq!(deep(json!({"a": [{"b": 1, "c": 2}, {"b": 3}]})), "f[a][0][b]=1&f[a][0][c]=2&f[a][1][b]=3");
        assert_eq!(deep(json!({"a": [[1, 2], [3]]})), "f[a][0][]=1&f[a][0][]=2&f[a][1][]=3");
        assert_eq!(deep(json!({"a": null})), "");
        assert_eq!(deep(json!({})), "");
        assert_eq!(
            deep(json!({"a": {"b[c": 1}})),
            "the parameter f cannot be sent: \"b[c\" is empty or contains brackets, and cannot be the name of a field here"
        );
        assert_eq!(
            deep(json!({"a": {"b": []}})),
            "the parameter f cannot be sent: the list in \"a\" is empty, which the server would treat as no filter"
        );
        for value in [json!(1), json!([1]), json!("x"), json!(null)] {
            assert_eq!(deep(value), "the parameter f cannot be sent: its value is not an object");
        }
    }

    #[test]
    fn exploded_objects_have_no_name_of_their_own() {
        let exploded = |value: Value| object(ObjectStyle::Exploded, &value);
        assert_eq!(exploded(json!({"a": 1, "b": null, "c": false, "d,e": "f,g"})), "a=1&c=false&d,e=f,g");
        assert_eq!(exploded(json!({"a": [1, 2]})), "a[]=1&a[]=2");
        for value in [json!({"a": {"b": 1}}), json!({"a": [{"b": 1}]}), json!({"a": {}})] {
            let text = "the parameter f cannot be sent: \"a\" contains an object, which cannot be written here";
            assert_eq!(exploded(value), text);
        }
        assert_eq!(exploded(json!([])), "the parameter f cannot be sent: its value is not an object");
    }

    #[test]
    fn joined_objects_are_one_text() {
        let joined = |value: Value| object(ObjectStyle::Joined, &value);
        assert_eq!(joined(json!({"a": 1, "b": null, "c": true, "d": ""})), "f=a,1,c,true,d,");
        assert_eq!(joined(json!({"a": null})), "");
        for value in [json!({"a": {"b": 1}}), json!({"a": [1]})] {
            let text = "the parameter f cannot be sent: \"a\" is a list or an object, which cannot be written here";
            assert_eq!(joined(value), text);
        }
        let text = "the parameter f cannot be sent: \"a\" contains a comma, which separates the values here";
        assert_eq!(joined(json!({"a": "b,c"})), text);
        assert!(joined(json!({"a,b": 1})).ends_with("contains a comma, which separates the values here"));
    }

    #[test]
    fn an_object_that_is_not_set_is_left_out() {
        let mut request = get(&[&"things"]);
        request.query_object("f", ObjectStyle::Deep, None::<&Value>).unwrap();
        assert_eq!(request.path_and_query(), "/api/things");
    }
}
