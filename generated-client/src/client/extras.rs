use std::fmt;

use reqwest::Method;
use serde_json::Value;

use crate::error::InvalidRequest;
use crate::http::{Body, HttpRequest};

/// What the caller adds to the request of an operation, by name.
///
/// `Debug` shows only the names: the values may be secrets.
#[derive(Clone, Default)]
pub(crate) struct Extras {
    parameters: Vec<(String, String)>,
    /// The values, or why they cannot be sent.
    properties: Vec<(String, Result<Value, String>)>,
}

impl Extras {
    pub(crate) fn add_parameter(&mut self, name: String, value: String) {
        self.parameters.push((name, value));
    }

    pub(crate) fn set_property(&mut self, name: String, value: Result<Value, serde_json::Error>) {
        self.properties.push((name, value.map_err(|error| error.to_string())));
    }

    /// Adds the parameters and sets the fields.
    pub(super) fn extend(&self, request: &mut HttpRequest) -> Result<(), InvalidRequest> {
        for (name, _) in &self.parameters {
            if let Some(sent) = replaced(name, request) {
                let sent = if sent == name { "it" } else { sent };
                let problem = format!("the operation sends {sent} already, and servers read only one of them");
                return Err(InvalidRequest::Parameter { name: name.clone(), problem });
            }
        }
        for (name, value) in &self.parameters {
            request.add_query(name.clone(), value);
        }
        let has_body = !matches!(request.body(), Body::Empty);
        let may_have_body = has_body || !matches!(*request.method(), Method::GET | Method::HEAD);
        if let Some((name, _)) = self.properties.first().filter(|_| !may_have_body) {
            let problem = format!("{} requests have none, so the field {name} cannot be set", request.method());
            return Err(InvalidRequest::Body { problem });
        }
        for (name, value) in &self.properties {
            let wrong = |problem| InvalidRequest::Body { problem: format!("{name}: {problem}") };
            request.set_property(name.clone(), value.clone().map_err(wrong)?)?;
        }
        Ok(())
    }
}

/// The parameter of the request that this one would replace: PHP reads the last of several parameters, except in lists.
fn replaced<'a>(name: &str, request: &'a HttpRequest) -> Option<&'a str> {
    let added = php_name(name);
    let mut same = request.query_names().filter(|sent| php_name(sent).0 == added.0).peekable();
    let first = *same.peek()?;
    let is_list = added.1.ends_with("[]") && same.any(|sent| php_name(sent) == added);
    (!is_list).then_some(first)
}

/// The name of the variable that PHP makes of a parameter, and the keys within it, such as `a_b` and `[c]` of `a.b[c]`.
fn php_name(name: &str) -> (String, &str) {
    let name = name.trim_start_matches(' ');
    let (variable, keys) = name.split_at(name.find('[').unwrap_or(name.len()));
    (variable.replace(['.', ' '], "_"), keys)
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras")
            .field("parameters", &self.parameters.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("properties", &self.properties.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish()
    }
}
