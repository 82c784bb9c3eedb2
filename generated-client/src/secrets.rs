use std::ops::Range;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};
use secrecy::{ExposeSecret as _, SecretString};

/// The replacement for a secret that a server repeated.
const REDACTED: &str = "…";

/// The replacement for a header value with a secret.
const REDACTED_HEADER: HeaderValue = HeaderValue::from_static("[redacted]");

/// Shorter texts are likely to be parts of ordinary words.
const SHORTEST: usize = 4;

/// The credentials of a client, which errors must not show.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(crate) fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        let mut all = Vec::new();
        for secret in secrets {
            // Servers trim the values of headers.
            let secret = secret.expose_secret().trim();
            if secret.len() >= SHORTEST {
                all.extend(spellings(secret));
            }
        }
        Self(all)
    }

    /// The text without the credentials.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            if text.contains(secret.expose_secret()) {
                text = text.replace(secret.expose_secret(), REDACTED);
            }
        }
        text
    }

    /// The part of a text without the credentials, including those that begin before it or end after it.
    pub(crate) fn redact_part(&self, text: &[u8], part: Range<usize>) -> String {
        let mut is_hidden = vec![false; part.len()];
        for secret in self.0.iter().map(|secret| secret.expose_secret().as_bytes()).filter(|secret| !secret.is_empty())
        {
            let from = part.start.saturating_sub(secret.len());
            let around = text.get(from..part.end.saturating_add(secret.len()).min(text.len())).unwrap_or_default();
            for (at, _) in around.windows(secret.len()).enumerate().filter(|(_, window)| *window == secret) {
                let found = (from + at).max(part.start)..(from + at + secret.len()).min(part.end);
                let inside = is_hidden.get_mut(found.start - part.start..found.end.saturating_sub(part.start));
                inside.unwrap_or_default().fill(true);
            }
        }
        let shown = text.get(part).unwrap_or_default();
        let mut redacted = String::new();
        let mut at = 0;
        for run in is_hidden.chunk_by(|one, next| one == next) {
            let bytes = shown.get(at..at + run.len()).unwrap_or_default();
            at += run.len();
            if run.first() == Some(&true) {
                redacted.push_str(REDACTED);
            } else {
                redacted.push_str(&String::from_utf8_lossy(bytes));
            }
        }
        redacted
    }

    /// The body without the credentials.
    pub(crate) fn redact_body(&self, body: &Bytes) -> Bytes {
        let text = String::from_utf8_lossy(body);
        let redacted = self.redact(&text);
        if redacted == text { body.clone() } else { redacted.into() }
    }

    /// The headers without the values that contain credentials, and without those of cookies.
    pub(crate) fn redact_headers(&self, headers: &HeaderMap) -> HeaderMap {
        let mut redacted = headers.clone();
        for (name, value) in &mut redacted {
            let text = String::from_utf8_lossy(value.as_bytes());
            if *name == SET_COOKIE || self.redact(&text) != text {
                *value = REDACTED_HEADER;
            }
        }
        redacted
    }

    /// A body that is cut off without the credentials, and without the beginning of one at its end.
    pub(crate) fn redact_beginning(&self, body: &Bytes) -> Bytes {
        let mut body = self.redact_body(body);
        body.truncate(body.len().saturating_sub(self.cut(&body)));
        body
    }

    /// The length of the beginning of a secret at the end of the text, in bytes.
    fn cut(&self, text: &[u8]) -> usize {
        let secrets = self.0.iter().map(|secret| secret.expose_secret().as_bytes());
        let cut = |secret: &[u8]| {
            (1..secret.len()).rev().find(|length| secret.get(..*length).is_some_and(|part| text.ends_with(part)))
        };
        secrets.filter_map(cut).max().unwrap_or(0)
    }
}

/// The forms in which a server may write the text: in JSON, as PHP escapes it or not, in a web page, and in an address.
fn spellings(secret: &str) -> Vec<SecretString> {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let json = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let spellings = [
        secret.to_owned(),
        json.to_owned(),
        json.replace('/', "\\/"),
        ascii(json),
        ascii(&json.replace('/', "\\/")),
        hex(&ascii(json)),
        hex(&ascii(&json.replace('/', "\\/"))),
        html.replace('\'', "&#039;"),
        html,
        percent(secret, NON_ALPHANUMERIC),
        percent(secret, RESERVED),
        percent(secret, RESERVED_BY_PHP),
        percent(secret, RESERVED_BY_PHP).replace("%20", "+"),
        lower_case(&percent(secret, NON_ALPHANUMERIC)),
        lower_case(&percent(secret, RESERVED)),
        lower_case(&percent(secret, RESERVED_BY_PHP)),
    ];
    spellings.into_iter().filter(|spelling| !spelling.is_empty()).map(SecretString::from).collect()
}

/// Everything except the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// The characters that PHP's `urlencode` escapes, as forms do.
const RESERVED_BY_PHP: &AsciiSet = &RESERVED.add(b'~');

fn percent(text: &str, reserved: &'static AsciiSet) -> String {
    utf8_percent_encode(text, reserved).to_string()
}

/// The text with percent escapes in lower case, such as `%2f`.
fn lower_case(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        text.push('%');
        text.push_str(&digits.to_ascii_lowercase());
        text.push_str(rest);
    }
    text
}

/// The JSON text with `\u` escapes for all letters beyond ASCII.
fn ascii(json: &str) -> String {
    let mut text = String::new();
    for c in json.chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

/// The JSON text as Symfony writes it, with `\u` escapes also for what has a meaning in HTML.
fn hex(json: &str) -> String {
    let escapes = [("\\\"", "\\u0022"), ("&", "\\u0026"), ("'", "\\u0027"), ("<", "\\u003C"), (">", "\\u003E")];
    escapes.iter().fold(json.to_owned(), |json, (plain, escape)| json.replace(plain, escape))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(texts: &[&str]) -> Secrets {
        Secrets::new(texts.iter().map(|text| SecretString::from(*text)))
    }

    #[test]
    fn every_secret_goes() {
        assert_eq!(secrets(&["abcd", "wxyz1234"]).redact("wxyz1234, abcd and abc"), "…, … and abc");
    }

    #[test]
    fn however_a_server_writes_it() {
        let secrets = secrets(&["a/b\"c&d", "ends with \""]);
        for text in [
            r#"a/b"c&d"#,
            r#"a/b\"c&d"#,
            r#"a\/b\"c&d"#,
            r"a\/b\u0022c\u0026d",
            "a%2fb%22c%26d",
            "a/b&quot;c&amp;d",
            "a%2Fb%22c%26d",
            r#"ends with \""#,
        ] {
            assert_eq!(secrets.redact(&format!("<{text}>")), "<…>", "{text}");
        }
    }

    #[test]
    fn spellings_of_php() {
        let secrets = secrets(&["My-to_ken.1~/é x", " padded "]);
        for text in ["My-to_ken.1~%2F%C3%A9%20x", "My-to_ken.1%7E%2F%C3%A9+x", "My-to_ken.1~%2f%c3%a9%20x", "padded"] {
            assert_eq!(secrets.redact(&format!("<{text}>")), "<…>", "{text}");
        }
    }

    #[test]
    fn a_secret_may_be_cut_off() {
        let secrets = secrets(&["canary-canary"]);
        let shown = |text: &'static str| secrets.redact_beginning(&Bytes::from_static(text.as_bytes()));
        assert_eq!(shown("token: canary-can"), "token: ");
        assert_eq!(shown("token: canary-canary"), "token: …");
        assert_eq!(shown("canary-canary, canary-canary, ca"), "…, …, ");
        assert_eq!(shown("<h1>Oh"), "<h1>Oh");
    }

    #[test]
    fn a_part_shows_no_part_of_a_secret() {
        let secrets = secrets(&["canary-canary"]);
        let text = b"canary-canary, canary-canary, canary-canary";
        assert_eq!(secrets.redact_part(text, 6..37), "…, …, …");
        assert_eq!(secrets.redact_part(text, 13..15), ", ");
        assert_eq!(secrets.redact_part(text, 3..9), "…");
    }

    #[test]
    fn bodies_and_headers_are_redacted() {
        let secrets = secrets(&["größe/1"]);
        let body = secrets.redact_body(&Bytes::from_static(br#"{"a": "gr\u00f6\u00dfe\/1"}"#));
        assert_eq!(body, r#"{"a": "…"}"#);
        let binary = Bytes::from_static(b"\xff\xfe");
        assert_eq!(secrets.redact_body(&binary), binary);
        let mut headers = HeaderMap::new();
        headers.insert("x-echo", HeaderValue::from_bytes("token größe/1".as_bytes()).unwrap());
        headers.insert("x-other", HeaderValue::from_static("other"));
        headers.insert(SET_COOKIE, HeaderValue::from_static("PHPSESSID=abc"));
        let headers = secrets.redact_headers(&headers);
        let values: Vec<&str> = headers.values().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(values, ["[redacted]", "other", "[redacted]"]);
    }

    #[test]
    fn what_may_be_a_part_of_any_word_stays() {
        assert_eq!(secrets(&["", "a"]).redact("a banana"), "a banana");
    }
}
