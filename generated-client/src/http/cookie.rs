//! The characters of cookies (RFC 6265 section 4.1.1).

/// Whether all characters are a `cookie-octet`, of which values consist.
pub(super) fn is_value(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}
