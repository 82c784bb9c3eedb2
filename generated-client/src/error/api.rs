use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::{causes, one_line};
use crate::operation::{HttpResponse, Info};
use crate::retry::retry_after;
use crate::secrets::Secrets;

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
    /// The body of the answer, 1 MiB of it at most.
    pub body: Bytes,
    /// How often it was tried.
    pub attempts: u32,
    /// Properties that were sent and which the server's form does not have.
    extra: Vec<String>,
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
    pub(crate) fn read(info: &Info, sent: Vec<String>, response: &HttpResponse, secrets: &Secrets) -> Self {
        let body: Option<Value> = serde_json::from_slice(response.body()).ok();
        let member = |name: &str| body.as_ref().and_then(|body| body.get(name));
        // The code is a number or text.
        let code = member("code").and_then(|code| code.as_i64().or_else(|| code.as_str()?.parse().ok()));
        Self {
            status: response.status(),
            code,
            message: member("message").and_then(Value::as_str).map(|message| secrets.redact(message)),
            errors: member("errors").map(|errors| FieldErrors::read(errors, secrets)).unwrap_or_default(),
            method: info.method.clone(),
            path: info.path,
            permissions: info.permissions,
            headers: response.headers().clone(),
            body: response.body().clone(),
            attempts: 1,
            extra: member("errors").map(|errors| extra(errors, sent)).unwrap_or_default(),
        }
    }

    /// After what time the server wants to be asked again (`Retry-After`, RFC 9110 section 10.2.3), if it says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// The properties which were sent and which the server's form does not have.
    ///
    /// The message names none of them ("This form should not contain extra fields.", in the user's language; fact
    /// R2), but it comes with all properties that the form has.
    #[must_use]
    pub fn extra_fields(&self) -> &[String] {
        &self.extra
    }

    /// Why the server may not take the [`extra_fields`](Self::extra_fields): one line for each, in English.
    #[must_use]
    pub fn likely_causes(&self) -> Vec<String> {
        self.extra.iter().map(|name| causes::of(name)).collect()
    }

    /// Whether it is the credentials that the server does not accept: wrong `X-AUTH` headers give 403 with a message
    /// but without a code (facts E2, E5).
    pub(crate) fn refuses_credentials(&self) -> bool {
        match self.status {
            StatusCode::UNAUTHORIZED => true,
            StatusCode::FORBIDDEN => self.code.is_none() && self.message.is_some(),
            _ => false,
        }
    }

    /// What is wrong with a property, `begin` say, or `members.0.user` for one of a form in a form.
    #[must_use]
    pub fn field(&self, name: &str) -> &[String] {
        self.errors.field(name)
    }
}

/// What of the sent properties a form does not have, if it is refused as a whole.
fn extra(errors: &Value, sent: Vec<String>) -> Vec<String> {
    let is_refused = errors.get("errors").and_then(Value::as_array).is_some_and(|errors| !errors.is_empty());
    match errors.get("children").and_then(Value::as_object) {
        Some(has) if is_refused => sent.into_iter().filter(|name| !has.contains_key(name)).collect(),
        _ => Vec::new(),
    }
}

impl FieldErrors {
    /// What is wrong with a property here, or with one of a property's own (`members.0.user`).
    #[must_use]
    pub fn field(&self, name: &str) -> &[String] {
        if let Some(field) = self.fields.get(name) {
            return &field.errors;
        }
        let inner = name.split_once('.').and_then(|(first, rest)| Some((self.fields.get(first)?, rest)));
        inner.map_or(&[], |(field, rest)| field.field(rest))
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.fields.is_empty()
    }

    /// Properties without errors are left out; an empty list of them is `[]` or `{}`. The parser has limited the
    /// depth.
    fn read(value: &Value, secrets: &Secrets) -> Self {
        let errors = value.get("errors").and_then(Value::as_array);
        let errors = errors.into_iter().flatten().filter_map(Value::as_str).map(|error| secrets.redact(error));
        let errors = errors.collect();
        let mut fields = BTreeMap::new();
        for (name, child) in value.get("children").and_then(Value::as_object).into_iter().flatten() {
            let field = Self::read(child, secrets);
            if !field.is_empty() {
                fields.insert(secrets.redact(name), field);
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
            write!(f, ": {}", one_line(message))?;
        }
        let mut all = Vec::new();
        self.errors.list("", &mut all);
        if !all.is_empty() {
            write!(f, " ({})", one_line(&all.join("; ")))?;
        }
        let causes = self.likely_causes();
        if !causes.is_empty() {
            write!(f, "; likely causes: {}", causes.join("; "))?;
        }
        if self.status == StatusCode::FORBIDDEN && !self.refuses_credentials() && !self.permissions.is_empty() {
            let permissions: Vec<String> = self.permissions.iter().map(|names| names.join(" or ")).collect();
            write!(f, "; it needs the permission {}", permissions.join(" and "))?;
        }
        if self.attempts > 1 {
            write!(f, "; tried {} times", self.attempts)?;
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
            .field("attempts", &self.attempts)
            .field("extra", &self.extra)
            .finish()
    }
}

impl std::error::Error for ApiError {}
