//! What HTTP calls a token (RFC 9110 section 5.6.2).

/// Whether the text is a `token`, as the names of cookies and the parts of media types are.
pub(super) fn is_token(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_part)
}
