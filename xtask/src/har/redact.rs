//! Secrets in bodies. What is no secret keeps its spelling.

use percent_encoding::percent_decode_str;
use serde::Deserialize;
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
            let is_pair = members.get("name").and_then(Value::as_str).is_some_and(is_secret_name);
            for (name, value) in members {
                collect(value, is_secret || is_secret_name(name) || (is_pair && name == "value"), texts);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, is_secret, texts)),
        Value::String(text) if is_secret => texts.push(text.clone()),
        Value::Number(number) if is_secret => texts.push(number.to_string()),
        _ => {}
    }
}

/// A body without secrets and without the address of the server.
pub(super) fn body(bytes: &[u8], secrets: &Secrets, host: &str) -> Vec<u8> {
    let clean = |text: &str| self::text(text, secrets, host);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return clean(&json(text, &clean)).into_bytes();
    }
    // As in Latin-1: each byte is a character.
    let text: String = secrets.redact_bytes(bytes).into_iter().map(char::from).collect();
    clean(&json(&text, &clean)).chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()
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
    let port = only.rsplit_once(':').filter(|(_, port)| port.bytes().all(|digit| digit.is_ascii_digit()));
    let name = port.map_or(only, |(name, _)| name);
    let default_ports = if port.is_none() { [format!("{only}:443"), format!("{only}:80")] } else { Default::default() };
    let [secure, plain] = &default_ports;
    let all = [host, secure, plain, only, name];
    for host in all.into_iter().filter(|host| !host.is_empty()) {
        for scheme in ["https", "http"] {
            let address = format!("{scheme}://{host}");
            text = replaced(&text, &address, EXAMPLE);
            text = replaced(&text, &address.replace('/', "\\/"), &EXAMPLE.replace('/', "\\/"));
        }
    }
    // A name without a dot, such as `kimai`, is also a word.
    for host in [secure, plain, only, name].into_iter().filter(|host| host.contains(['.', ':'])) {
        text = replaced(&text, host, EXAMPLE.trim_start_matches("https://"));
    }
    text
}

/// The text with one address in place of another, but not in place of a longer one.
fn replaced(text: &str, address: &str, with: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_longer = |before: &str, after: &str| {
        let next = after.strip_prefix(['.', ':']).unwrap_or(after);
        before.ends_with(|c: char| is_part(c) || c == '.') || next.starts_with(is_part)
    };
    let (small, address) = (text.to_ascii_lowercase(), address.to_ascii_lowercase());
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, found) in small.match_indices(&address) {
        let end = start + found.len();
        let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if !is_longer(before, after) {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(with);
            done = end;
        }
    }
    out + text.get(done..).unwrap_or_default()
}

/// The text without secret parameters of addresses, in queries and fragments.
fn queries(text: &str) -> String {
    const STARTS: [char; 3] = ['?', '&', '#'];
    let is_end = |c: char| !c.is_ascii_graphic() || STARTS.contains(&c) || matches!(c, '"' | '\'' | '<' | '>' | '\\');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(STARTS) {
        let (before, after) = rest.split_at(start + 1);
        out.push_str(before);
        let (parameter, behind) = after.split_at(after.find(is_end).unwrap_or(after.len()));
        rest = after;
        if let Some((name, value)) = parameter.split_once('=')
            && !value.is_empty()
            && is_secret_name(&percent_decode_str(name).decode_utf8_lossy())
        {
            out.push_str(&format!("{name}={REDACTED}"));
            rest = behind;
        }
    }
    out + rest
}

/// How deep the objects are that are read ahead: each is read once more than the one around it.
const DEPTH: usize = 64;

/// Whether the text begins with an object that has a secret `name`, such as a custom field or a preference.
fn names_secret(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    let object = Deserializer::from_str(text).into_iter::<Named>().next();
    object.and_then(Result::ok).is_some_and(|object| is_secret_name(&object.name))
}

/// The text without secrets in the JSON that it holds, wherever that begins.
fn json(text: &str, clean: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Whether the `name` of each object around the place is secret.
    let mut objects: Vec<bool> = Vec::new();
    while let Some(start) = rest.find(['{', '}', '"']) {
        let (before, token) = rest.split_at(start);
        out.push_str(before);
        let (mark, behind) = token.split_at(1);
        let Some((string, after)) = Some(token).filter(|_| mark == "\"").and_then(string) else {
            match mark {
                "{" => objects.push(objects.len() < DEPTH && names_secret(token)),
                "}" => drop(objects.pop()),
                _ => {}
            }
            out.push_str(mark);
            rest = behind;
            continue;
        };
        out.push_str(&cleaned(string, clean));
        rest = after;
        let Some(value) = after.trim_start().strip_prefix(':') else { continue };
        let name: String = serde_json::from_str(string).unwrap_or_default();
        if name == "name"
            && let Some((text, _)) = self::string(value.trim_start())
            && let Some(object) = objects.last_mut()
        {
            // Also in an object that is cut.
            *object |= serde_json::from_str::<String>(text).is_ok_and(|name| is_secret_name(&name));
        }
        if (is_secret_name(&name) || (name == "value" && objects.last() == Some(&true)))
            && let Some((hidden, behind)) = hidden(value.trim_start())
        {
            out.push_str(after.get(..after.len() - value.trim_start().len()).unwrap_or_default());
            out.push_str(&hidden);
            rest = behind;
        }
    }
    out + rest
}

/// A string of a JSON text without secrets; it keeps its spelling if it can.
fn cleaned(string: &str, clean: &dyn Fn(&str) -> String) -> String {
    let spelled = clean(string);
    let Ok(plain) = serde_json::from_str::<String>(string) else { return spelled };
    let new = clean(&plain);
    let is_same = serde_json::from_str::<String>(&spelled).is_ok_and(|text| text == new);
    if is_same { spelled } else { Value::from(new).to_string() }
}

/// The value at the beginning of a JSON text without its contents, and what is behind it; none if there is nothing to hide.
/// Its type stays: recordings are evidence of types.
fn hidden(text: &str) -> Option<(String, &str)> {
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    match values.next()? {
        Ok(mut secret) => {
            let behind = text.get(values.byte_offset()..)?;
            hide(&mut secret).then(|| (secret.to_string(), behind))
        }
        // Where a value that is cut or damaged ends is not known.
        Err(_) => text
            .starts_with(|c: char| matches!(c, '"' | '{' | '[' | '-') || c.is_ascii_digit())
            .then(|| (format!("\"{REDACTED}\""), "")),
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

/// The JSON string with which a text begins, with its quotes, and the rest of the text; none if it does not begin with one.
fn string(text: &str) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    for (at, c) in text.strip_prefix('"')?.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => {
                let (string, after) = text.split_at(at + 2);
                let next = after.trim_start().chars().next();
                return next.is_none_or(|c| matches!(c, ':' | ',' | ']' | '}')).then_some((string, after));
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
    fn the_host_goes_without_its_scheme_too() {
        for (text, expected) in [
            ("at K.Example.com:81, HTTP://K.example.com:81/x", "at kimai.example.com, https://kimai.example.com/x"),
            ("//k.example.com:81/x me@k.example.com", "//kimai.example.com/x me@kimai.example.com"),
            ("k.example.com: down. See k.example.com.", "kimai.example.com: down. See kimai.example.com."),
            (r#"{"a": "x\nk.example.com:81"}"#, r#"{"a": "x\nkimai.example.com"}"#),
            (
                "x.k.example.com:81 k.example.com.au ak.example.com",
                "x.k.example.com:81 k.example.com.au ak.example.com",
            ),
        ] {
            assert_eq!(redacted(text), expected);
        }
        let of = |text: &str, host: &str| String::from_utf8(body(text.as_bytes(), &Secrets::default(), host)).unwrap();
        assert_eq!(of("https://k.example.com:443/x", "k.example.com/kimai"), "https://kimai.example.com/x");
        // This name is also a word.
        assert_eq!(of("Kimai at http://kimai/x", "kimai"), "Kimai at https://kimai.example.com/x");
    }

    #[test]
    fn whole_values_of_secret_members_go() {
        for (text, expected) in [
            (r#"{"password": 1234509876, "n": 5}"#, r#"{"password": 0, "n": 5}"#),
            (r#"{"apiToken": true, "token": null}"#, r#"{"apiToken": true, "token": null}"#),
            (
                r#"{"apiTokens": ["a", null],"secret": {"value": "b", "c": [1]}, "tokens": []}"#,
                r#"{"apiTokens": ["<redacted>",null],"secret": {"c":[0],"value":"<redacted>"}, "tokens": []}"#,
            ),
            (
                r#"[{"name": "api_token", "value": "a"}, {"name": "city", "value": "b"}]"#,
                r#"[{"name": "api_token", "value": "<redacted>"}, {"name": "city", "value": "b"}]"#,
            ),
            (
                r#"{"value": "a", "x": {"value": 5}, "name": "api_token"}"#,
                r#"{"value": "<redacted>", "x": {"value": 5}, "name": "api_token"}"#,
            ),
            (r#"{"name": "api_token", "value": "cut"#, r#"{"name": "api_token", "value": "<redacted>""#),
            (r#"{"a": 1, "apiToken": "cut"#, r#"{"a": 1, "apiToken": "<redacted>""#),
            (r#"{"secret": {"value": "b""#, r#"{"secret": "<redacted>""#),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn members_are_found_in_every_body() {
        for (text, expected) in [
            ("\u{feff}{\"apiToken\": \"a\"}", "\u{feff}{\"apiToken\": \"<redacted>\"}"),
            (
                "<b>Warning</b>: \"x\" in y.php\n{\"apiToken\": \"a\"}",
                "<b>Warning</b>: \"x\" in y.php\n{\"apiToken\": \"<redacted>\"}",
            ),
            ("19\" wide {\"apiToken\": \"a\"}", "19\" wide {\"apiToken\": \"<redacted>\"}"),
            (r#"<a href="/x?token=a&amp;b=c">"#, r#"<a href="/x?token=<redacted>&amp;b=c">"#),
            (r#"{"a": "/x?b=c\u0026token=d"}"#, r#"{"a": "/x?b=c&token=<redacted>"}"#),
        ] {
            assert_eq!(redacted(text), expected);
        }
        let latin = b"{\"name\": \"M\xfcller\", \"apiToken\": \"\xfc\", \"url\": \"//k.example.com\"}";
        assert_eq!(
            body(latin, &Secrets::default(), "k.example.com"),
            b"{\"name\": \"M\xfcller\", \"apiToken\": \"<redacted>\", \"url\": \"//kimai.example.com\"}"
        );
        assert_eq!(body(b"%PDF\n\xff\x00\"\x80", &Secrets::default(), "k.example.com"), b"%PDF\n\xff\x00\"\x80");
    }

    #[test]
    fn secret_members_are_found() {
        let json = serde_json::json!({"password": "canary", "name": "x", "token": 5, "secrets": [{"a": "b"}, true]});
        let mut texts = secret_texts(&json);
        texts.sort();
        assert_eq!(texts, ["5", "b", "canary"]);
    }
}
