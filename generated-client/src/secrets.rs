use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
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
        let secrets = secrets.into_iter().filter(|secret| secret.expose_secret().len() >= SHORTEST);
        Self(secrets.flat_map(|secret| spellings(secret.expose_secret())).collect())
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

    /// The length of the longest secret, in bytes.
    pub(crate) fn longest(&self) -> usize {
        self.0.iter().map(|secret| secret.expose_secret().len()).max().unwrap_or(0)
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
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string().to_ascii_lowercase(),
    ];
    spellings.into_iter().filter(|spelling| !spelling.is_empty()).map(SecretString::from).collect()
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
        assert_eq!(secrets(&["abcd", "wxyz1234"]).longest(), 8);
    }

    #[test]
    fn however_a_server_writes_it() {
        let secrets = secrets(&["a/b\"c&d", "ends with \""]);
        for text in [
            r#"a/b"c&d"#,
            r#"a/b\"c&d"#,
            r#"a\/b\"c&d"#,
            r"a\/b\u0022c\u0026d",
            "a/b&quot;c&amp;d",
            "a%2Fb%22c%26d",
            r#"ends with \""#,
        ] {
            assert_eq!(secrets.redact(&format!("<{text}>")), "<…>", "{text}");
        }
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
