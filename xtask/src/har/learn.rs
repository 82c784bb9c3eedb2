//! The secrets of an entry, which stand in known places. What is damaged is read as far as it goes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use reqwest::Url;
use serde_json::Value;

use super::node::Node;
use super::redact::secret_texts;
use crate::secrets::{Secrets, is_secret_name};

/// Adds the secrets of an entry.
pub(super) fn learn(entry: &Node<'_>, secrets: &mut Secrets) {
    for side in ["request", "response"].into_iter().filter_map(|side| entry.get(side)) {
        for (name, value) in side.pairs("headers").unwrap_or_default() {
            header(name, value, secrets);
        }
        for (_, value) in side.pairs("cookies").unwrap_or_default() {
            cookie(value, secrets);
        }
    }
    let Some(request) = entry.get("request") else { return };
    if let Some(url) = request.get("url").and_then(|url| Url::parse(url.text().ok()?).ok()) {
        if let Some(password) = url.password() {
            encoded(password, secrets);
        }
        for (name, value) in url.query_pairs() {
            named(&name, &value, secrets);
        }
    }
    let Some(body) = request.get("postData") else { return };
    for (name, value) in body.pairs("params").unwrap_or_default() {
        named(name, value, secrets);
    }
    let text = body.get("text").and_then(|text| text.text().ok()).unwrap_or_default();
    if let Ok(json) = serde_json::from_str::<Value>(text) {
        for secret in secret_texts(&json) {
            secrets.learn(&secret);
        }
    }
    for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
        named(name, &percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy(), secrets);
    }
}

fn named(name: &str, value: &str, secrets: &mut Secrets) {
    if is_secret_name(name) {
        secrets.learn(value);
    }
}

fn header(name: &str, value: &str, secrets: &mut Secrets) {
    match name.to_ascii_lowercase().as_str() {
        "authorization" | "proxy-authorization" => {
            let (scheme, credentials) = value.trim().split_once(' ').unwrap_or(("", value));
            secrets.learn(credentials.trim());
            let is_basic = scheme.eq_ignore_ascii_case("basic");
            let decoded = STANDARD.decode(credentials.trim()).ok().filter(|_| is_basic);
            let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            if let Some((_, password)) = decoded.as_deref().and_then(|text| text.split_once(':')) {
                secrets.learn(password);
            }
        }
        "cookie" => {
            for (_, value) in value.split(';').filter_map(|pair| pair.split_once('=')) {
                cookie(value.trim(), secrets);
            }
        }
        // Some recorders join several of these with line breaks.
        "set-cookie" => {
            for (_, value) in value.lines().filter_map(|line| line.split(';').next()?.split_once('=')) {
                cookie(value.trim(), secrets);
            }
        }
        name => named(name, value.trim(), secrets),
    }
}

/// OWASP's Session Management Cheat Sheet requires 64 bits of entropy for the id of a session: 16 hexadecimal digits.
/// Shorter values are settings, whose words also occur elsewhere.
const SHORTEST_COOKIE: usize = 16;

fn cookie(value: &str, secrets: &mut Secrets) {
    if value.chars().count() >= SHORTEST_COOKIE {
        encoded(value, secrets);
    }
}

/// A value that may be percent-encoded.
fn encoded(value: &str, secrets: &mut Secrets) {
    secrets.learn(value);
    secrets.learn(&percent_decode_str(value).decode_utf8_lossy());
}
