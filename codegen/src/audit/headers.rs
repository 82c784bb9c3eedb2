//! Which headers of responses have a meaning for clients of the API.

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

#[cfg(test)]
mod tests {
    use super::*;

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
