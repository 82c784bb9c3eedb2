//! Names of headers and cookies that an operation cannot set.

use crate::{Error, Pointer};

/// Headers that the client reserves. Its list, in `client/headers.rs`, also has those that the specification ignores.
const RESERVED: [&str; 15] = [
    "connection",
    "content-length",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "if-range",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The client reserves all headers whose names begin so.
const RESERVED_BEGINNINGS: [&str; 2] = ["x-auth-", "x-forwarded-"];

/// Why a header parameter of these names is ignored.
pub(super) const IGNORED: &str =
    "OpenAPI ignores header parameters of this name: media types and credentials are declared elsewhere";

/// Whether the specification ignores a header parameter of this name (OpenAPI 3.0.3, Parameter Object, `name`).
pub(super) fn is_ignored(name: &str) -> bool {
    ["accept", "authorization", "content-type"].iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Fails for names that are not valid, and for headers that the client reserves because they carry credentials or control
/// the connection.
pub(super) fn check_header(name: &str, place: &Pointer) -> Result<(), Error> {
    if !is_token(name) {
        return Err(impossible(place, format!("a header with the name {name:?}"), "correct the name"));
    }
    // PHP does not distinguish the two characters.
    let plain = name.to_ascii_lowercase().replace('_', "-");
    if RESERVED.contains(&plain.as_str()) || RESERVED_BEGINNINGS.iter().any(|beginning| plain.starts_with(beginning)) {
        return Err(impossible(place, format!("the header {name}"), "the client sets it or does without: remove it"));
    }
    Ok(())
}

/// Fails for names that are not valid (RFC 6265, section 4.1.1).
pub(super) fn check_cookie(name: &str, place: &Pointer) -> Result<(), Error> {
    if is_token(name) {
        Ok(())
    } else {
        Err(impossible(place, format!("a cookie with the name {name:?}"), "correct the name"))
    }
}

/// A token (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(is_part)
}

fn impossible(place: &Pointer, what: String, instead: &str) -> Error {
    Error::Unsupported { pointer: place.clone(), what, instead: instead.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names in the client's `is_reserved`.
    fn of_client() -> BTreeSet<&'static str> {
        let client = include_str!("../../../generated-client/src/client/headers.rs");
        let (_, function) = client.split_once("fn is_reserved(").unwrap();
        let (function, _) = function.split_once("\n}").unwrap();
        let (_, list) = function.split_once("matches!(").unwrap();
        list.split('"').skip(1).step_by(2).collect()
    }

    #[test]
    fn the_client_reserves_the_same_headers() {
        let mut known: BTreeSet<&str> = RESERVED.iter().chain(&RESERVED_BEGINNINGS).copied().collect();
        assert!(is_ignored("authorization"));
        known.insert("authorization");
        assert_eq!(of_client(), known);
    }
}
