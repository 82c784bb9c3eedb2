//! The reason in the body of a refusal, whatever its form.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{FieldErrors, one_line};

/// The longest message that is kept, in characters.
const LONGEST: usize = 500;

/// What a refusal says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Reason {
    pub(super) code: Option<i64>,
    pub(super) message: Option<String>,
    pub(super) errors: FieldErrors,
    /// The fields of Kimai's form, if the body lists them.
    pub(super) form: Option<Vec<String>>,
    /// Whether the body is a JSON object with a message but no code, as for wrong `X-AUTH` headers.
    pub(super) has_bare_message: bool,
}

impl Reason {
    /// Reads the body: Kimai's JSON, `application/problem+json` (RFC 9457), other JSON, plain text, or a web page.
    pub(super) fn read(body: &[u8]) -> Self {
        let body = body.trim_ascii();
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Self::of_object(&object),
            Ok(Value::String(text)) => Self::message(&text),
            Ok(Value::Array(list)) if !list.is_empty() && list.iter().all(Value::is_string) => {
                let texts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                Self::message(&texts.join("; "))
            }
            Ok(Value::Null) => Self::default(),
            Ok(Value::Array(list)) if list.is_empty() => Self::default(),
            Ok(_) => Self::message(&String::from_utf8_lossy(body)),
            // Damaged JSON is nothing that people can read.
            Err(_) if matches!(body.first(), Some(b'{' | b'[')) => Self::default(),
            Err(_) if body.first() == Some(&b'<') => Self::message(title(&String::from_utf8_lossy(body))),
            Err(_) => Self::message(&String::from_utf8_lossy(body)),
        }
    }

    fn message(text: &str) -> Self {
        Self { message: shortened(text), ..Self::default() }
    }

    fn of_object(object: &Map<String, Value>) -> Self {
        let text = |name: &str| object.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        // A number, or a number as text.
        let code = object.get("code").and_then(|code| code.as_i64().or_else(|| code.as_str()?.parse().ok()));
        let errors = object.get("errors");
        let message = match (text("title"), text("detail")) {
            _ if text("message").is_some() => text("message").map(str::to_owned),
            (Some(title), Some(detail)) => Some(format!("{title}: {detail}")),
            (title, detail) => title.or(detail).or_else(|| of_error(object)).map(str::to_owned),
        };
        let is_unknown = message.is_none() && errors.is_none() && code.is_none() && !object.is_empty();
        let message = if is_unknown { serde_json::to_string(object).ok() } else { message };
        let children = errors.and_then(|errors| errors.get("children")).and_then(Value::as_object);
        Self {
            code,
            message: message.and_then(|message| shortened(&message)),
            errors: errors.map(field_errors).unwrap_or_default(),
            form: children.map(|children| children.keys().cloned().collect()),
            has_bare_message: text("message").is_some() && code.is_none() && errors.is_none(),
        }
    }
}

/// The text of `error`, in the forms of OAuth and of others.
fn of_error(object: &Map<String, Value>) -> Option<&str> {
    let description = object.get("error_description").and_then(Value::as_str);
    description.or_else(|| match object.get("error")? {
        Value::String(text) => Some(text),
        error => error.get("message").and_then(Value::as_str),
    })
}

/// Kimai's nested form errors, a list of texts, or a map from fields to texts.
fn field_errors(value: &Value) -> FieldErrors {
    let texts = |value: &Value| match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let Value::Object(object) = value else { return FieldErrors { errors: texts(value), fields: BTreeMap::new() } };
    let is_form = object.get("children").is_some_and(|children| children.is_object() || children.is_array())
        || object.get("errors").is_some_and(Value::is_array);
    let (errors, members) = if is_form {
        let errors = object.get("errors").map(texts).unwrap_or_default();
        (errors, object.get("children").and_then(Value::as_object))
    } else {
        (Vec::new(), Some(object))
    };
    let fields = members.into_iter().flatten().map(|(name, child)| (name.clone(), field_errors(child)));
    FieldErrors { errors, fields: fields.filter(|(_, field)| !field.is_empty()).collect() }
}

/// The title of a web page; the rest of it is for people with a browser.
fn title(page: &str) -> &str {
    let lower = page.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|start| {
        let start = start + lower.get(start..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find("</title")?;
        page.get(start..end)
    });
    title.unwrap_or_default()
}

/// The text in one line, cut to a length for a log; none if it is empty.
fn shortened(text: &str) -> Option<String> {
    let line = one_line(text);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().nth(LONGEST).is_none() {
        return (!line.is_empty()).then_some(line);
    }
    let cut: String = line.chars().take(LONGEST).collect();
    Some(format!("{cut}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> Option<String> {
        Reason::read(body.as_bytes()).message
    }

    #[test]
    fn texts_of_any_form_are_messages() {
        for (body, expected) in [
            ("The contract has expired", "The contract has expired"),
            (" two\n  lines ", "two lines"),
            (r#""Locked until Monday""#, "Locked until Monday"),
            (r#"["first", "second"]"#, "first; second"),
            (r#"{"message": "Bad Request", "code": 400}"#, "Bad Request"),
            (r#"{"title": "Month is closed", "detail": "ask Tony", "status": 422}"#, "Month is closed: ask Tony"),
            (r#"{"title": "Month is closed"}"#, "Month is closed"),
            (r#"{"detail": "no such month"}"#, "no such month"),
            (r#"{"error": "invalid_token", "error_description": "The token expired"}"#, "The token expired"),
            (r#"{"error": "quota"}"#, "quota"),
            (r#"{"error": {"message": "quota", "status": 3}}"#, "quota"),
            (r#"{"reason": 7}"#, r#"{"reason":7}"#),
            ("[1, 2]", "[1, 2]"),
            ("<html><head><TITLE lang='en'> 502 Bad\nGateway </TITLE></head><body>secret</body>", "502 Bad Gateway"),
        ] {
            assert_eq!(message(body).as_deref(), Some(expected), "{body}");
        }
        for body in ["", "  ", "null", "{}", "<html><body>page</body>", r#"{"message": "", "code": 400}"#] {
            assert_eq!(message(body), None, "{body}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let text = message(&"ä".repeat(10_000)).unwrap();
        assert_eq!(text, format!("{}…", "ä".repeat(500)));
    }

    #[test]
    fn errors_of_fields_come_as_forms_lists_and_maps() {
        let errors = |body: &str| Reason::read(format!(r#"{{"errors": {body}}}"#).as_bytes()).errors;
        let form = errors(r#"{"errors": ["a"], "children": {"begin": {"errors": ["b"]}, "end": {}, "tags": []}}"#);
        assert_eq!((form.errors, form.fields.len()), (vec!["a".to_owned()], 1));
        assert_eq!(errors(r#"["month: is closed"]"#).errors, ["month: is closed"]);
        assert_eq!(errors(r#""all of it""#).errors, ["all of it"]);
        assert_eq!(errors(r#"{"month": ["is closed", "is over"]}"#).field("month"), ["is closed", "is over"]);
        assert_eq!(errors(r#"{"month": "is closed"}"#).field("month"), ["is closed"]);
        assert_eq!(errors(r#"{"member": {"user": ["is gone"]}}"#).field("member.user"), ["is gone"]);
        assert!(errors("7").is_empty());
    }

    #[test]
    fn a_message_without_a_code_is_told_from_a_text() {
        assert!(Reason::read(br#"{"message": "Invalid credentials"}"#).has_bare_message);
        assert!(!Reason::read(br#"{"message": "Forbidden", "code": 403}"#).has_bare_message);
        assert!(!Reason::read(br#""Not for this team""#).has_bare_message);
    }

    proptest::proptest! {
        #[test]
        fn no_body_is_too_strange(body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            Reason::read(&body);
            Reason::read(&[b"<title", body.as_slice(), b"</title"].concat());
        }
    }
}
