use std::fmt;
use std::sync::Arc;

use super::{one_line, place};
use crate::secrets::Secrets;

/// The longest excerpt of a body, in bytes.
const EXCERPT: usize = 200;

/// How much of the excerpt precedes the place of the error.
const BEFORE: usize = 60;

/// Why a response could not be decoded.
///
/// Its [`source`](std::error::Error::source) is the error of `serde_json`, if there is one.
#[derive(Clone, Debug)]
pub struct DecodeError {
    path: String,
    problem: String,
    excerpt: String,
    /// The byte in the body at which the parser stopped.
    offset: usize,
    source: Option<Arc<serde_json::Error>>,
}

impl DecodeError {
    pub(crate) fn empty() -> Self {
        Self::new("it is empty, and JSON was expected")
    }

    pub(crate) fn html(body: &[u8]) -> Self {
        let problem = "it is a web page; is the base URL that of a Kimai, and not of a login page or proxy?";
        Self { excerpt: excerpt(body, 0, &Secrets::default()), ..Self::new(problem) }
    }

    pub(crate) fn encoding(encoding: &str) -> Self {
        let advice = if cfg!(feature = "gzip") { "" } else { "; the feature gzip of this crate reads gzip" };
        Self::new(format!("it has a content encoding that was not asked for ({encoding}){advice}"))
    }

    pub(crate) fn json(error: serde_json::Error, body: &[u8]) -> Self {
        let offset = offset(&error, body);
        let problem = error.to_string();
        let found = [("invalid type: map", b'{'), ("invalid type: sequence", b'[')];
        let found = found.into_iter().find(|(start, _)| problem.starts_with(start)).map(|(_, bracket)| bracket);
        Self {
            path: place::path(body, offset, found),
            excerpt: excerpt(body, offset, &Secrets::default()),
            offset,
            source: Some(Arc::new(error)),
            ..Self::new(problem)
        }
    }

    /// Creates an error for an operation that decodes its response by hand.
    #[must_use]
    pub fn new(problem: impl Into<String>) -> Self {
        Self { path: String::new(), problem: problem.into(), excerpt: String::new(), offset: 0, source: None }
    }

    /// The same error without the credentials that the server repeated.
    pub(crate) fn redacted(self, body: &[u8], secrets: &Secrets) -> Self {
        let excerpt =
            if self.excerpt.is_empty() { self.excerpt } else { excerpt(body.trim_ascii(), self.offset, secrets) };
        // The parser's message quotes values, and shortens long ones: it may contain a part of a secret.
        let text = String::from_utf8_lossy(body);
        let is_clean = secrets.redact(&text) == text;
        let problem = if is_clean { self.problem } else { "a value has the wrong form".to_owned() };
        let source = self.source.filter(|_| is_clean);
        Self { path: secrets.redact(&self.path), problem, excerpt, offset: self.offset, source }
    }

    /// The place in the JSON, such as `[3].project.start`; empty for the whole body.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// The part of the body around the place, at most 200 bytes.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.excerpt
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response could not be decoded")?;
        if !self.path.is_empty() {
            write!(f, " at {}", one_line(&self.path))?;
        }
        if self.source.is_none() {
            write!(f, ": {}", one_line(&self.problem))?;
        }
        if !self.excerpt.is_empty() {
            write!(f, " (near {})", self.excerpt)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// The byte at which the parser stopped.
fn offset(error: &serde_json::Error, body: &[u8]) -> usize {
    let lines = body.split(|byte| *byte == b'\n').take(error.line().saturating_sub(1));
    lines.map(|line| line.len() + 1).sum::<usize>() + error.column()
}

fn excerpt(body: &[u8], offset: usize, secrets: &Secrets) -> String {
    let start = offset.saturating_sub(BEFORE).min(body.len());
    let end = start.saturating_add(EXCERPT).min(body.len());
    let shown = secrets.redact_part(body, start..end);
    let shown = shown.trim_matches(char::REPLACEMENT_CHARACTER);
    format!("{}{}{}", if start > 0 { "…" } else { "" }, one_line(shown), if end < body.len() { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    #[test]
    fn an_excerpt_stands_around_the_place() {
        let body = format!("{}HERE{}", "a".repeat(100), "b".repeat(300));
        let shown = excerpt(body.as_bytes(), 100, &Secrets::default());
        assert_eq!(shown, format!("…{}HERE{}…", "a".repeat(60), "b".repeat(136)));
        assert_eq!(excerpt(b"short", 3, &Secrets::default()), "short");
    }

    #[test]
    fn no_part_of_a_secret_is_shown() {
        let secrets = Secrets::new([SecretString::from("canary-canary")]);
        for at in 0..260 {
            let body = format!("{}canary-canary{}", "a".repeat(at), "b".repeat(400));
            let shown = excerpt(body.as_bytes(), 70, &secrets);
            for part in ["canary", "anary", "cana", "-can"] {
                assert!(!shown.contains(part), "{at}: {shown}");
            }
        }
    }

    #[test]
    fn a_place_in_a_later_line() {
        let body = b"{\n  \"a\": 1,\n  \"b\": x\n}";
        let error = serde_json::from_slice::<serde_json::Value>(body).unwrap_err();
        assert_eq!(body.get(offset(&error, body) - 1), Some(&b'x'));
    }
}
