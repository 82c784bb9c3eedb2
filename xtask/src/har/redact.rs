//! Secrets in bodies. What is no secret keeps its spelling.

use serde_json::{Deserializer, Value};

use super::EXAMPLE;
use crate::secrets::{REDACTED, Secrets, is_secret_name};

/// The texts and numbers in members whose names say that they are secret.
pub(super) fn secret_texts(json: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    collect(json, false, &mut texts);
    texts
}

fn collect(json: &Value, is_secret: bool, texts: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| collect(value, is_secret || is_secret_name(name), texts));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, is_secret, texts)),
        Value::String(text) if is_secret => texts.push(text.clone()),
        Value::Number(number) if is_secret => texts.push(number.to_string()),
        _ => {}
    }
}

/// A body without secrets and without the address of the server.
pub(super) fn body(bytes: &[u8], secrets: &Secrets, host: &str) -> Vec<u8> {
    let clean = |text: &str| self::text(&json(text, secrets), secrets, host);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return clean(text).into_bytes();
    }
    // As in Latin-1: each byte is a character, and gets back to be one.
    let text: String = secrets.redact_bytes(bytes).into_iter().map(char::from).collect();
    clean(&text).chars().filter_map(|c| u8::try_from(c).ok()).collect()
}

/// A text without secrets, without those in addresses, and without the address of the server.
pub(super) fn text(text: &str, secrets: &Secrets, host: &str) -> String {
    address(&queries(&secrets.redact(text)), host)
}

/// The text with the address of the server replaced, also where it is written as in JSON of PHP. `host` is the address
/// without its scheme; it may end with a folder.
fn address(text: &str, host: &str) -> String {
    let mut text = text.to_owned();
    let only = host.split('/').next().unwrap_or_default();
    for host in [host, only].into_iter().filter(|host| !host.is_empty()) {
        for scheme in ["https", "http"] {
            let address = format!("{scheme}://{host}");
            text = replaced(&text, &address, EXAMPLE);
            text = replaced(&text, &address.replace('/', "\\/"), &EXAMPLE.replace('/', "\\/"));
        }
    }
    // A name such as `kimai` is also a word.
    if only.contains(['.', ':']) { replaced(&text, only, EXAMPLE.trim_start_matches("https://")) } else { text }
}

/// The text with one address in place of another, but not in place of a longer one.
fn replaced(text: &str, address: &str, with: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let (small, address) = (text.to_ascii_lowercase(), address.to_ascii_lowercase());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (found, _) in small.match_indices(&address) {
        let end = found + address.len();
        let before = text.get(at..found).unwrap_or_default();
        let is_longer = text.get(..found).is_some_and(|before| before.ends_with(is_part))
            || text.get(end..).is_some_and(|after| after.starts_with(|c: char| is_part(c) || c == ':'));
        out.push_str(before);
        out.push_str(if is_longer { text.get(found..end).unwrap_or_default() } else { with });
        at = end;
    }
    out + text.get(at..).unwrap_or_default()
}

/// The text without secret parameters in the queries of addresses.
fn queries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['?', '&']) {
        let (before, after) = rest.split_at(start + 1);
        out.push_str(before);
        rest = after;
        let is_end = |c: char| !c.is_ascii_graphic() || matches!(c, '?' | '&' | '#' | '"' | '\'' | '<' | '>' | '\\');
        let parameter = after.get(..after.find(is_end).unwrap_or(after.len())).unwrap_or_default();
        if let Some((name, value)) = parameter.split_once('=')
            && !value.is_empty()
            && is_secret_name(name)
        {
            out.push_str(name);
            out.push('=');
            out.push_str(REDACTED);
            rest = after.get(parameter.len()..).unwrap_or_default();
        }
    }
    out + rest
}

/// The text with the strings of a JSON text redacted, wherever it begins.
fn json(text: &str, secrets: &Secrets) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut key: Option<String> = None;
    let mut names_secret = false;
    while let Some((before, string, after)) = next(rest) {
        out.push_str(before);
        rest = after;
        let plain: Option<String> = serde_json::from_str(string).ok();
        if let (Some(name), Some(value)) = (&plain, after.trim_start().strip_prefix(':')) {
            let is_value = name == "value" && names_secret && before.trim() == ",";
            out.push_str(string);
            if let Some((redacted, behind)) = Some(value).filter(|_| is_value || is_secret_name(name)).and_then(hidden)
            {
                out.push_str(after.get(..after.len() - value.len()).unwrap_or_default());
                out.push_str(&redacted);
                rest = behind;
                (key, names_secret) = (None, false);
            } else {
                key = Some(name.clone());
                names_secret &= is_value;
            }
            continue;
        }
        // A custom field or preference: its name says whether its value is secret.
        let is_named = key.take().as_deref() == Some("name") && before.trim() == ":";
        names_secret = is_named && plain.as_deref().is_some_and(is_secret_name);
        match plain.as_ref().map(|plain| (plain, secrets.redact(plain))) {
            Some((plain, redacted)) if *plain != redacted => out.push_str(&Value::from(redacted).to_string()),
            _ => out.push_str(string),
        }
    }
    out + rest
}

/// The value at the beginning of a JSON text without its contents, and what is behind it; none if there is nothing to hide.
/// Its type stays: recordings are evidence of types.
fn hidden(text: &str) -> Option<(String, &str)> {
    let value = text.trim_start();
    let space = text.get(..text.len() - value.len())?;
    let mut values = Deserializer::from_str(value).into_iter::<Value>();
    match values.next()? {
        Ok(mut secret) => {
            let behind = value.get(values.byte_offset()..)?;
            hide(&mut secret).then(|| (format!("{space}{secret}"), behind))
        }
        // A text that is cut.
        Err(_) if value.starts_with('"') => Some((format!("{space}\"{REDACTED}"), "")),
        Err(_) => None,
    }
}

/// Hides texts and numbers; returns whether there are any.
fn hide(value: &mut Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::String(text) if text.is_empty() => false,
        Value::String(text) => {
            REDACTED.clone_into(text);
            true
        }
        Value::Number(_) => {
            *value = Value::from(0);
            true
        }
        Value::Array(items) => hide_all(items.iter_mut()),
        Value::Object(members) => hide_all(members.values_mut()),
    }
}

fn hide_all<'a>(values: impl Iterator<Item = &'a mut Value>) -> bool {
    let mut any = false;
    for value in values {
        any |= hide(value);
    }
    any
}

/// What is before the next string, the string with its quotes, and what is after it.
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
            ("at K.Example.com:81, HTTP://K.example.com:81/x", "at kimai.example.com, https://kimai.example.com/x"),
            ("x.k.example.com:81 k.example.com", "x.k.example.com:81 k.example.com"),
            (r#"{"password": 1234509876, "n": 5}"#, r#"{"password": 0, "n": 5}"#),
            (
                r#"{"apiTokens": ["a", null],"secret": {"value": "b"}, "tokens": []}"#,
                r#"{"apiTokens": ["<redacted>",null],"secret": {"value":"<redacted>"}, "tokens": []}"#,
            ),
            (
                r#"[{"name": "api_token", "value": "a"}, {"name": "city", "value": "b"}]"#,
                r#"[{"name": "api_token", "value": "<redacted>"}, {"name": "city", "value": "b"}]"#,
            ),
            (
                r#"{"name": "api_token", "visible": true, "value": "a"}"#,
                r#"{"name": "api_token", "visible": true, "value": "a"}"#,
            ),
            ("\u{feff}{\"apiToken\": \"a\"}", "\u{feff}{\"apiToken\": \"<redacted>\"}"),
            (
                "<b>Warning</b>: \"x\" in y.php\n{\"apiToken\": \"a\"}",
                "<b>Warning</b>: \"x\" in y.php\n{\"apiToken\": \"<redacted>\"}",
            ),
            (r#"{"a": 1, "apiToken": "cut"#, r#"{"a": 1, "apiToken": "<redacted>"#),
            (r#"<a href="/x?token=a&b=c">"#, r#"<a href="/x?token=<redacted>&b=c">"#),
            ("</x?api_key=a%20b>; rel=next", "</x?api_key=<redacted>>; rel=next"),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn secret_members_are_found() {
        let json =
            serde_json::json!({"password": "canary", "name": "token", "token": 5, "secrets": [{"a": "b"}, true]});
        assert_eq!(secret_texts(&json), ["canary", "b", "5"]);
    }

    #[test]
    fn bytes_that_are_no_unicode_are_redacted_too() {
        let redacted = body(b"{\"name\": \"M\xfcller\", \"apiToken\": \"\xfc\"}", &Secrets::default(), "");
        assert_eq!(redacted, b"{\"name\": \"M\xfcller\", \"apiToken\": \"<redacted>\"}");
    }
}
