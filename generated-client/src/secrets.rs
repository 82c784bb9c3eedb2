use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

/// What stands for a secret that a server repeated.
const REDACTED: &str = "…";

/// Anything shorter is likely to be a part of ordinary words.
const SHORTEST: usize = 4;

/// The credentials of a client, to be kept out of what is printed of answers.
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

    /// The length of the longest, in bytes.
    pub(crate) fn longest(&self) -> usize {
        self.0.iter().map(|secret| secret.expose_secret().len()).max().unwrap_or(0)
    }
}

/// How a server may write the text in JSON, in a web page, and in an address.
fn spellings(secret: &str) -> Vec<SecretString> {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let json = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let spellings = [
        secret.to_owned(),
        json.to_owned(),
        json.replace('/', "\\/"),
        html.replace('\'', "&#039;"),
        html,
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
    ];
    spellings.into_iter().filter(|spelling| !spelling.is_empty()).map(SecretString::from).collect()
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
        for text in
            [r#"a/b"c&d"#, r#"a/b\"c&d"#, r#"a\/b\"c&d"#, "a/b&quot;c&amp;d", "a%2Fb%22c%26d", r#"ends with \""#]
        {
            assert_eq!(secrets.redact(&format!("<{text}>")), "<…>", "{text}");
        }
    }

    #[test]
    fn what_may_be_a_part_of_any_word_stays() {
        assert_eq!(secrets(&["", "a"]).redact("a banana"), "a banana");
    }
}
