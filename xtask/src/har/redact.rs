//! Secrets in bodies. What is no secret keeps its spelling.

use super::EXAMPLE;
use crate::secrets::{REDACTED, Secrets, is_secret_name};

/// A string of a JSON text.
struct Token<'a> {
    /// What stands between the string before and this one.
    before: &'a str,
    /// With its quotes.
    text: &'a str,
    /// The name of the member, if this is its value.
    name: Option<String>,
}

/// The texts of members whose names say that they are secret.
pub(super) fn secret_texts(json: &str) -> Vec<String> {
    let (tokens, _) = tokens(json);
    let secret = tokens.into_iter().filter(|token| token.name.as_deref().is_some_and(is_secret_name));
    secret.filter_map(|token| serde_json::from_str(token.text).ok()).collect()
}

/// A body without secrets and without the address of the server.
pub(super) fn body(bytes: &[u8], secrets: &Secrets, host: &str) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return secrets.redact_bytes(bytes) };
    let is_json = matches!(text.trim_start().chars().next(), Some('{' | '['));
    let text = if is_json { json(text, secrets) } else { text.to_owned() };
    address(&secrets.redact(&text), host).into_bytes()
}

/// The text with the address of the server replaced, also where it is written as in JSON of PHP. `host` is the address
/// without its scheme; it may end with a folder.
pub(super) fn address(text: &str, host: &str) -> String {
    let mut text = text.to_owned();
    let only = host.split('/').next().unwrap_or_default();
    for host in [host, only].into_iter().filter(|host| !host.is_empty()) {
        for scheme in ["https", "http"] {
            let address = format!("{scheme}://{host}");
            text = replaced(&text, &address, EXAMPLE);
            text = replaced(&text, &address.replace('/', "\\/"), &EXAMPLE.replace('/', "\\/"));
        }
    }
    text
}

/// The text with one address in place of another, but not in place of a longer one.
fn replaced(text: &str, address: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(address) {
        let is_longer = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'));
        out.push_str(before);
        out.push_str(if is_longer { address } else { with });
        rest = after;
    }
    out + rest
}

fn json(text: &str, secrets: &Secrets) -> String {
    let (tokens, rest) = tokens(text);
    let mut out = String::with_capacity(text.len());
    for token in tokens {
        out.push_str(token.before);
        let value: Option<String> = serde_json::from_str(token.text).ok();
        let new = value.as_ref().map(|value| {
            let is_secret = !value.is_empty() && token.name.as_deref().is_some_and(is_secret_name);
            if is_secret { REDACTED.to_owned() } else { secrets.redact(value) }
        });
        match new.filter(|new| value.as_ref() != Some(new)) {
            Some(new) => out.push_str(&serde_json::to_string(&new).unwrap_or_default()),
            None => out.push_str(token.text),
        }
    }
    out + rest
}

/// The strings of a JSON text, and what is after the last.
fn tokens(json: &str) -> (Vec<Token<'_>>, &str) {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = json;
    while let Some((before, text, after)) = next(rest) {
        let name = tokens.last().filter(|_| before.trim() == ":").and_then(|last| serde_json::from_str(last.text).ok());
        tokens.push(Token { before, text, name });
        rest = after;
    }
    (tokens, rest)
}

/// What is before the next string, the string, and what is after it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('"')?;
    let (before, string) = text.split_at(start);
    let mut is_escaped = false;
    for (at, c) in string.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => {
                let (string, after) = string.split_at(at + 1);
                return Some((before, string, after));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(text: &str) -> String {
        let mut secrets = Secrets::default();
        secrets.learn("canary<1>");
        String::from_utf8(body(text.as_bytes(), &secrets, "k.example.com:81")).unwrap()
    }

    #[test]
    fn secrets_go_and_the_rest_keeps_its_spelling() {
        for (text, expected) in [
            (r#"{"b": 1.50, "a": "\u00e9"}"#, r#"{"b": 1.50, "a": "\u00e9"}"#),
            (
                r#"{"plainPassword":"a\"b","token" : "","apiToken":true,"x":["password","y"]}"#,
                r#"{"plainPassword":"<redacted>","token" : "","apiToken":true,"x":["password","y"]}"#,
            ),
            (r#"["a canary\u003C1\u003E b"]"#, r#"["a <redacted> b"]"#),
            (r#"{"token": "canary-2", "cut": "canary<1>"#, r#"{"token": "<redacted>", "cut": "<redacted>"#),
            ("<p>canary<1></p>", "<p><redacted></p>"),
            (r#"["https:\/\/k.example.com:81\/x"]"#, r#"["https:\/\/kimai.example.com\/x"]"#),
            ("http://k.example.com:81/en/login", "https://kimai.example.com/en/login"),
            ("see https://k.example.com:81", "see https://kimai.example.com"),
            ("https://k.example.com:8100/", "https://k.example.com:8100/"),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn secret_members_are_found() {
        assert_eq!(secret_texts(r#"{"password": "canary", "name": "token", "token": 5}"#), ["canary"]);
    }
}
