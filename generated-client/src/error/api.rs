use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use super::refusal::Reason;
use super::retry_after::retry_after;
use super::{causes, one_line};
use crate::info::Info;
use crate::secrets::Secrets;

/// A response with a status that is not a success.
///
/// Credentials that the server repeats are replaced in all of it, including [`headers`](Self::headers) and
/// [`body`](Self::body). `Debug` shows neither header values nor the body: error pages may repeat other things that were
/// sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code in the body, usually the status again.
    pub code: Option<i64>,
    /// The message in the body, in one line of at most 500 characters. Kimai's own messages are in the user's language.
    pub message: Option<String>,
    /// The errors of the fields.
    pub errors: FieldErrors,
    /// The HTTP method of the request.
    pub method: Method,
    /// The path of the operation, with parameters in braces.
    pub path: &'static str,
    /// The permissions that the operation requires: all of the outer list, one of each inner list.
    pub permissions: &'static [&'static [&'static str]],
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The body of the response, at most its first MiB.
    pub body: Bytes,
    /// The number of attempts.
    pub attempts: u32,
    /// The fields that were sent and that the server's form does not have.
    extra: Vec<String>,
    refuses_credentials: bool,
    is_of_plugin: bool,
}

/// The errors of a form and of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldErrors {
    /// The errors of the form as a whole.
    pub errors: Vec<String>,
    /// The errors of the fields, by name; fields of fields are nested.
    pub fields: BTreeMap<String, FieldErrors>,
}

impl ApiError {
    pub(crate) fn read(
        info: &Info,
        sent: Vec<String>,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
        secrets: &Secrets,
    ) -> Self {
        let body = secrets.redact_body(body);
        let reason = Reason::read(&body);
        // A secret may be in the body in an escaped form that the parser has decoded.
        let message = reason.message.map(|message| secrets.redact(&message));
        let errors = reason.errors.redacted(secrets);
        let extra = match &reason.form {
            Some(form) if !errors.errors.is_empty() => sent.into_iter().filter(|name| !form.contains(name)).collect(),
            _ => Vec::new(),
        };
        Self {
            status,
            code: reason.code,
            message,
            errors,
            method: info.method.clone(),
            path: info.path,
            permissions: info.permissions,
            headers: secrets.redact_headers(headers),
            body,
            attempts: 1,
            extra,
            is_of_plugin: info.plugin,
            // Wrong X-AUTH headers give 403 with a message but without a code.
            refuses_credentials: status == StatusCode::UNAUTHORIZED
                || (status == StatusCode::FORBIDDEN && reason.has_bare_message),
        }
    }

    /// The time after which the server asks to send the request again (`Retry-After`, RFC 9110 section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// The fields that were sent and that the server's form does not have.
    ///
    /// Kimai refuses a form with such a field, and does not name it. The names are found by comparing what was sent with
    /// the fields that the response lists.
    #[must_use]
    pub fn extra_fields(&self) -> &[String] {
        &self.extra
    }

    /// Why the server may not accept the [`extra_fields`](Self::extra_fields): one line for each.
    #[must_use]
    pub fn likely_causes(&self) -> Vec<String> {
        self.extra.iter().map(|name| causes::of(name)).collect()
    }

    /// The errors of a field, such as `begin`, or `members.0.user` for a field of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> &[String] {
        self.errors.field(name)
    }

    pub(super) fn refuses_credentials(&self) -> bool {
        self.refuses_credentials
    }

    /// The permissions in words; none if the operation requires none.
    fn required_permissions(&self) -> Option<String> {
        let all: Vec<String> = self
            .permissions
            .iter()
            .filter(|alternatives| !alternatives.is_empty())
            .map(|alternatives| alternatives.join(" or "))
            .collect();
        (!all.is_empty()).then(|| all.join(" and "))
    }
}

impl FieldErrors {
    /// Whether there are no errors.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.fields.is_empty()
    }

    pub(super) fn field(&self, name: &str) -> &[String] {
        if let Some(field) = self.fields.get(name) {
            return &field.errors;
        }
        let inner = name.split_once('.').and_then(|(first, rest)| Some((self.fields.get(first)?, rest)));
        inner.map_or(&[], |(field, rest)| field.field(rest))
    }

    fn redacted(self, secrets: &Secrets) -> Self {
        let errors = self.errors.iter().map(|error| secrets.redact(error)).collect();
        let fields = self.fields.into_iter().map(|(name, field)| (secrets.redact(&name), field.redacted(secrets)));
        Self { errors, fields: fields.collect() }
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
        write!(f, "{} {}: the server returned {}", self.method, self.path, self.status)?;
        let repeats_status =
            |message: &str| self.status.canonical_reason() == Some(message) || self.status.to_string() == message;
        match self.message.as_deref().filter(|message| !repeats_status(message)) {
            Some(message) => write!(f, ": {message}")?,
            None if self.refuses_credentials => f.write_str("; check the credentials")?,
            None => {}
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
        if self.status == StatusCode::FORBIDDEN && !self.refuses_credentials {
            if let Some(permissions) = self.required_permissions() {
                write!(f, "; the operation requires the permission {permissions}")?;
            }
        }
        if self.status == StatusCode::NOT_FOUND && self.is_of_plugin {
            // Without parameters, the path names no object that may not exist.
            f.write_str(if self.path.contains('{') {
                "; the object does not exist, or the plugin that adds the operation is not installed on the server"
            } else {
                "; likely cause: the plugin that adds the operation is not installed on the server"
            })?;
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
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}
