use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::operation::{HttpResponse, Info};

/// What a server says when it refuses (fact E2).
///
/// `Debug` shows neither header values nor the body: error pages may repeat what was sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code in the body, which is mostly the status again.
    pub code: Option<i64>,
    /// The message, in the user's language.
    pub message: Option<String>,
    /// What is wrong with which property.
    pub errors: FieldErrors,
    /// The method of the request.
    pub method: Method,
    /// The path of the operation, with parameters in braces.
    pub path: &'static str,
    /// The permissions that the operation needs (fact D12).
    pub permissions: &'static [&'static [&'static str]],
    /// The headers of the answer.
    pub headers: HeaderMap,
    /// The body of the answer.
    pub body: Bytes,
}

/// What is wrong with a form: with the whole of it, and with its properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldErrors {
    /// What is wrong here.
    pub errors: Vec<String>,
    /// What is wrong with the properties.
    pub fields: BTreeMap<String, FieldErrors>,
}

impl ApiError {
    pub(crate) fn read(info: &Info, response: &HttpResponse) -> Self {
        let body: Option<Value> = serde_json::from_slice(response.body()).ok();
        let member = |name: &str| body.as_ref().and_then(|body| body.get(name));
        // The code is a number or text.
        let code = member("code").and_then(|code| code.as_i64().or_else(|| code.as_str()?.parse().ok()));
        Self {
            status: response.status(),
            code,
            message: member("message").and_then(Value::as_str).map(ToOwned::to_owned),
            errors: member("errors").map(FieldErrors::read).unwrap_or_default(),
            method: info.method.clone(),
            path: info.path,
            permissions: info.permissions,
            headers: response.headers().clone(),
            body: response.body().clone(),
        }
    }

    /// What is wrong with a property, `begin` say.
    #[must_use]
    pub fn field(&self, name: &str) -> &[String] {
        self.errors.field(name)
    }
}

impl FieldErrors {
    /// What is wrong with a property here.
    #[must_use]
    pub fn field(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], |field| &field.errors)
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.fields.is_empty()
    }

    /// Properties without errors are left out; an empty list of them is `[]` or `{}`. The parser has limited the
    /// depth.
    fn read(value: &Value) -> Self {
        let errors = value.get("errors").and_then(Value::as_array);
        let errors = errors.into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
        let mut fields = BTreeMap::new();
        for (name, child) in value.get("children").and_then(Value::as_object).into_iter().flatten() {
            let field = Self::read(child);
            if !field.is_empty() {
                fields.insert(name.clone(), field);
            }
        }
        Self { errors, fields }
    }

    fn list(&self, prefix: &str, all: &mut Vec<String>) {
        for error in &self.errors {
            all.push(if prefix.is_empty() { error.clone() } else { format!("{prefix}: {error}") });
        }
        for (name, field) in &self.fields {
            let place = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            field.list(&place, all);
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: the server answers {}", self.method, self.path, self.status)?;
        if let Some(message) = &self.message
            && self.status.canonical_reason() != Some(message)
        {
            write!(f, ": {message}")?;
        }
        let mut all = Vec::new();
        self.errors.list("", &mut all);
        if !all.is_empty() {
            write!(f, " ({})", all.join("; "))?;
        }
        // Refused credentials give 403 as well, with a message but without a code (facts E2, E5).
        let credentials = self.code.is_none() && self.message.is_some();
        if self.status == StatusCode::FORBIDDEN && !credentials && !self.permissions.is_empty() {
            let permissions: Vec<String> = self.permissions.iter().map(|names| names.join(" or ")).collect();
            write!(f, "; it needs the permission {}", permissions.join(" and "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("errors", &self.errors)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("permissions", &self.permissions)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for ApiError {}
