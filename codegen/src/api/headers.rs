//! Names of headers and cookies that an operation cannot set.

use crate::{Error, Pointer};

/// Why a header parameter of these names is ignored.
pub(super) const IGNORED: &str =
    "OpenAPI ignores header parameters of this name: media types and credentials are declared elsewhere";

/// Whether the specification ignores a header parameter of this name (OpenAPI 3.0.3, Parameter Object, `name`).
pub(super) fn is_ignored(name: &str) -> bool {
    ["accept", "authorization", "content-type"].iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Fails for names that are not valid, and for headers that the client reserves because they carry credentials or control
/// the connection. The client has the same list in `client/headers.rs`.
pub(super) fn check_header(name: &str, place: &Pointer) -> Result<(), Error> {
    if !is_token(name) {
        return Err(impossible(place, format!("a header with the name {name:?}"), "correct the name"));
    }
    // PHP does not distinguish the two characters.
    let plain = name.to_ascii_lowercase().replace('_', "-");
    let is_reserved = matches!(
        plain.as_str(),
        "connection"
            | "content-length"
            | "cookie"
            | "expect"
            | "forwarded"
            | "host"
            | "if-range"
            | "keep-alive"
            | "proxy-authorization"
            | "proxy-connection"
            | "range"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    ) || plain.starts_with("x-auth-")
        || plain.starts_with("x-forwarded-");
    if is_reserved {
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
