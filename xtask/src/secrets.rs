//! Secrets, which are never shown.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

/// What stands in place of a secret.
pub(crate) const REDACTED: &str = "<redacted>";

/// Shorter values of a recording, such as a cookie `1`, occur in any text by chance.
const SHORTEST: usize = 6;

/// What must not be shown or written, even where a server repeats it.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<Secret>);

/// A secret, also as it is written in JSON and in URLs.
#[derive(Clone)]
struct Secret {
    plain: SecretString,
    spellings: Vec<SecretString>,
}

impl Secrets {
    /// Adds a secret that the user gave.
    pub(crate) fn add(&mut self, secret: SecretString) {
        let text = secret.expose_secret();
        if !text.is_empty() && self.0.iter().all(|known| known.plain.expose_secret() != text) {
            let spellings = spellings(text).into_iter().map(SecretString::from).collect();
            self.0.push(Secret { plain: secret, spellings });
            // A secret that contains another goes first.
            self.0.sort_by_key(|secret| std::cmp::Reverse(secret.plain.expose_secret().len()));
        }
    }

    /// Adds those of another recording.
    pub(crate) fn add_all(&mut self, others: &Self) {
        others.0.iter().for_each(|secret| self.add(secret.plain.clone()));
    }

    /// Adds a value of a recording that is a secret by its place, unless it is short or already redacted.
    pub(crate) fn learn(&mut self, value: &str) {
        if value.chars().count() >= SHORTEST && value != REDACTED {
            self.add(SecretString::from(value));
        }
    }

    /// Whether an address repeats one of them. Host names are written in small letters only.
    pub(crate) fn are_in(&self, address: &str) -> bool {
        let address = percent_decode_str(address).decode_utf8_lossy().to_lowercase();
        self.0.iter().any(|secret| address.contains(&secret.plain.expose_secret().to_lowercase()))
    }

    /// The text without them, also where they are written as in JSON or in a URL.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for spelling in self.spellings() {
            if text.contains(spelling) {
                text = text.replace(spelling, REDACTED);
            }
        }
        text
    }

    /// The same for what is not text.
    pub(crate) fn redact_bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for spelling in self.spellings() {
            bytes = replace(&bytes, spelling.as_bytes());
        }
        bytes
    }

    fn spellings(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|secret| &secret.spellings).map(SecretString::expose_secret)
    }
}

/// As a text is written plainly, in JSON, in JSON of PHP, and in URLs.
fn spellings(plain: &str) -> Vec<String> {
    let quoted = serde_json::to_string(plain).unwrap_or_default();
    let json = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default().to_owned();
    let encoded = utf8_percent_encode(plain, NON_ALPHANUMERIC).to_string();
    let others = [json.replace('/', "\\/"), escaped(&json), json, encoded.replace("%20", "+"), encoded];
    let mut all = vec![plain.to_owned()];
    for spelling in others {
        if !spelling.is_empty() && !all.contains(&spelling) {
            all.push(spelling);
        }
    }
    all
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

/// Whether a member, parameter or header of this name holds a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_lowercase().replace(['_', '-'], "");
    ["password", "passwd", "token", "secret", "apikey"].iter().any(|part| name.contains(part))
}

/// As PHP writes JSON: ASCII only.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '/' => text.push_str("\\/"),
            c if c.is_ascii() => text.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    text
}

fn replace(bytes: &[u8], part: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, others)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(part) {
            out.extend_from_slice(REDACTED.as_bytes());
            rest = after;
        } else {
            out.push(*first);
            rest = others;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(all: &[&str]) -> Secrets {
        let mut secrets = Secrets::default();
        for secret in all {
            secrets.add(SecretString::from(*secret));
        }
        secrets
    }

    #[test]
    fn secrets_are_found_in_every_spelling() {
        let secrets = secrets(&["a/\"é ü", "a/\"é ü and more"]);
        for text in [
            "is a/\"é ü!",
            r#"is a/\"é ü!"#,
            r#"is a\/\"é ü!"#,
            r#"is a\/\"\u00e9 \u00fc!"#,
            "is a%2F%22%C3%A9%20%C3%BC!",
            "is a%2F%22%C3%A9+%C3%BC!",
            "is a/\"é ü and more!",
        ] {
            assert_eq!(secrets.redact(text), "is <redacted>!", "{text}");
            assert_eq!(secrets.redact_bytes(text.as_bytes()), b"is <redacted>!", "{text}");
        }
        assert_eq!(secrets.redact_bytes(b"\xff\xfe"), b"\xff\xfe");
        assert_eq!(format!("{secrets:?}"), "Secrets");
    }

    #[test]
    fn short_values_of_a_recording_are_no_secrets() {
        let mut secrets = Secrets::default();
        for value in ["", "1", "de", REDACTED, "canary"] {
            secrets.learn(value);
        }
        assert_eq!(secrets.redact("1 de canary <redacted>"), "1 de <redacted> <redacted>");
    }

    #[test]
    fn names_tell_secrets() {
        for name in ["password", "plainPassword", "API_TOKEN", "X-AUTH-TOKEN", "api-key", "client_secret"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["name", "user", "apiUrl", "key"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
