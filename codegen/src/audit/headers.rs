//! Headers of responses, and which of them have a meaning for clients of the API.

use serde_json::Value;

/// Headers with a meaning whose names do not begin with `X-`.
const WITH: [&str; 8] =
    ["deprecation", "link", "location", "ratelimit", "ratelimit-policy", "sunset", "total-count", "warning"];

/// Headers that begin with `X-` and are for browsers, proxies and developers.
const WITHOUT: [&str; 12] = [
    "x-cache",
    "x-cache-hits",
    "x-content-type-options",
    "x-correlation-id",
    "x-dns-prefetch-control",
    "x-download-options",
    "x-frame-options",
    "x-powered-by",
    "x-request-id",
    "x-robots-tag",
    "x-served-by",
    "x-xss-protection",
];

/// What the names of such headers begin with.
const WITHOUT_BEGINNINGS: [&str; 8] =
    ["x-amz-", "x-azure-", "x-content-security-", "x-debug-", "x-envoy-", "x-forwarded-", "x-permitted-", "x-runtime"];

/// Whether a client of the API may need the header, judged by its name.
pub(super) fn have_meaning(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if WITH.contains(&name.as_str()) {
        return true;
    }
    let is_without = WITHOUT.contains(&name.as_str()) || WITHOUT_BEGINNINGS.iter().any(|start| name.starts_with(start));
    name.starts_with("x-") && !is_without
}

pub(super) fn is_integer(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a document declares the header as an integer.
pub(super) fn is_declared_as_integer(header: &Value) -> bool {
    header.pointer("/schema/type").and_then(Value::as_str) == Some("integer")
}

/// A name as documents write it, such as `X-Total-Count`: HTTP/2 has small letters only.
pub(super) fn usual_spelling(name: &str) -> String {
    let mut is_first = true;
    let letter = |c: char| {
        let letter = if is_first { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        is_first = c == '-';
        letter
    };
    name.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_capital_letters() {
        assert_eq!(usual_spelling("x-total-count"), "X-Total-Count");
        assert_eq!(usual_spelling("LINK"), "Link");
    }

    #[test]
    fn headers_of_the_api_have_a_meaning() {
        for name in ["X-Total-Count", "x-page", "Link", "Sunset"] {
            assert!(have_meaning(name), "{name}");
        }
        for name in ["Date", "Content-Type", "X-Robots-Tag", "X-Debug-Token-Link", "Set-Cookie", "Vary", "CF-Ray"] {
            assert!(!have_meaning(name), "{name}");
        }
    }
}
