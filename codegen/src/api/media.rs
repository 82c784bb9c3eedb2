//! Media types.

/// JSON, also as the syntax of another type (RFC 6839).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// Plain text.
pub(super) fn is_text(media_type: &str) -> bool {
    essence(media_type) == "text/plain"
}

/// The type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
