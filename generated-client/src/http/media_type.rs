//! Media types (RFC 9110 section 8.3.1).

use super::token::is_token;

/// Whether the text is a media type, such as `text/plain; charset=utf-8`.
pub(crate) fn is_media_type(text: &str) -> bool {
    let (kind, mut rest) = text.split_once(';').unwrap_or((text, ""));
    let Some((kind, subkind)) = kind.trim_end().split_once('/') else { return false };
    if !is_token(kind) || !is_token(subkind) {
        return false;
    }
    while !rest.trim().is_empty() {
        let Some((name, after)) = rest.trim_start().split_once('=') else { return false };
        let value = after.strip_prefix('"').map_or_else(|| plain(after), quoted);
        let (true, Some(next)) = (is_token(name), value) else { return false };
        rest = next;
    }
    true
}

/// What follows a value that is a token.
fn plain(text: &str) -> Option<&str> {
    let (value, rest) = text.split_once(';').unwrap_or((text, ""));
    is_token(value.trim_end()).then_some(rest)
}

/// What follows a value in quotes.
fn quoted(text: &str) -> Option<&str> {
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => {
                let rest = text.get(index + 1..)?.trim_start();
                return rest.strip_prefix(';').or_else(|| rest.is_empty().then_some(rest));
            }
            '\\' => {
                characters.next()?;
            }
            character if character.is_control() && character != '\t' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for text in [
            "application/pdf",
            "image/svg+xml",
            "application/vnd.oasis.opendocument.text",
            "text/plain; charset=utf-8",
            "text/plain;charset=\"utf-8\"; format=flowed",
            "a/b; name=\"c; \\\" d\"",
            "a/b;",
        ] {
            assert!(is_media_type(text), "{text}");
        }
        for text in [
            "",
            "no type",
            "application",
            "application/",
            "/pdf",
            "a b/c",
            "text/plain, text/html",
            "text/plain; charset",
            "text/plain; charset=",
            "text/plain; =utf-8",
            "text/plain; charset=utf 8",
            "text/plain; charset=\"utf-8",
            "text/plain; charset=\"utf-8\" x",
            "text/plain\r\nx-other: 1",
            "text/plain; a=\"\r\nx-other: 1\"",
            "größe/b",
        ] {
            assert!(!is_media_type(text), "{text}");
        }
    }
}
