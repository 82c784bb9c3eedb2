//! Overlay actions, ready to paste.

use serde::Serialize;
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::{Error, Pointer, Release, yaml};

/// An overlay action that updates something, from a release on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) target: String,
    pub(super) update: Value,
}

#[derive(Serialize)]
struct Written<'a> {
    target: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "x-kimai")]
    range: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    update: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remove: Option<bool>,
}

/// The actions as elements of the list `actions` of an overlay, with its indentation.
pub(super) fn updates(drafts: &[Draft], since: &Release) -> Result<String, Error> {
    let written: Vec<Written<'_>> = drafts
        .iter()
        .map(|Draft { target, update }| Written {
            target,
            description: None,
            range: from(since),
            update: Some(update),
            remove: None,
        })
        .collect();
    elements(&written)
}

/// An action that removes something, with the reason.
pub(super) fn removal(target: &str, description: &str, since: &Release) -> Result<String, Error> {
    let range = from(since);
    elements(&[Written { target, description: Some(description), range, update: None, remove: Some(true) }])
}

fn from(release: &Release) -> String {
    format!(">={release}")
}

fn elements(written: &[Written<'_>]) -> Result<String, Error> {
    let text = yaml::write("overlay", &written)
        .map_err(|error| Error::OverlayFile { file: error.file.clone(), problem: error.message() })?;
    Ok(text.lines().flat_map(|line| ["  ", line, "\n"]).collect())
}

/// The JSONPath of a place (RFC 9535). A parameter is selected by its name.
pub(super) fn path(document: &Value, pointer: &Pointer) -> String {
    let mut path = "$".to_owned();
    let mut here = Pointer::root();
    for token in pointer.as_str().split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        let is_element = document.pointer(here.as_str()).is_some_and(Value::is_array);
        let is_parameter = is_element && here.last() == "parameters";
        here = here.join(&name);
        let parameter = document.pointer(here.as_str()).filter(|_| is_parameter);
        path += &match parameter.and_then(|parameter| parameter.get("name")?.as_str()) {
            Some(parameter) => format!("[?@.name=={}]", quoted(parameter)),
            None if is_element => format!("[{name}]"),
            None => member(&name),
        };
    }
    path
}

/// A member of an object.
pub(super) fn member(name: &str) -> String {
    if is_plain(name) { format!(".{name}") } else { format!("[{}]", quoted(name)) }
}

/// The JSONPath of a parameter of an operation, or of the path of all operations there.
pub(super) fn parameter(document: &Value, operation: &Pointer, name: &str) -> Option<String> {
    let path = operation.parent().map(|(path, _)| path);
    let places = [Some(operation.clone()), path].into_iter().flatten();
    let targets = places.map(|place| format!("{}.parameters[?@.name=={}]", self::path(document, &place), quoted(name)));
    targets.into_iter().find(|target| matches(document, target))
}

/// Whether the document has the target of an action.
pub(super) fn matches(document: &Value, target: &str) -> bool {
    JsonPath::parse(target).is_ok_and(|path| !path.query(document).is_empty())
}

/// Whether a name needs no quotes (RFC 9535, section 2.5.1.1).
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A name in single quotes (RFC 9535, section 2.3.1.1).
pub(super) fn quoted(name: &str) -> String {
    let mut text = "'".to_owned();
    for c in name.chars() {
        match c {
            '\'' | '\\' => text.extend(['\\', c]),
            c if u32::from(c) < 0x20 => text += &format!("\\u{:04x}", u32::from(c)),
            c => text.push(c),
        }
    }
    text.push('\'');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn places_as_overlays_write_them() {
        let document = json!({"paths": {"/a/{id}": {"get": {"parameters": [{"name": "it's"}], "list": [1]}}}});
        for (pointer, expected) in [
            ("", "$"),
            ("/components/schemas/Tag/properties/color-safe", "$.components.schemas.Tag.properties['color-safe']"),
            ("/paths/~1a~1{id}/get/parameters/0", r"$.paths['/a/{id}'].get.parameters[?@.name=='it\'s']"),
            ("/paths/~1a~1{id}/get/list/0", "$.paths['/a/{id}'].get.list[0]"),
        ] {
            let path = path(&document, &Pointer::from_text(pointer));
            assert_eq!(path, expected);
            if pointer.contains("paths") {
                assert!(matches(&document, &path), "{path}");
            }
        }
    }

    #[test]
    fn actions_are_ready_to_paste() {
        let since = "2.66.0".parse().unwrap();
        let drafts = [Draft { target: "$.paths['/a'].get".to_owned(), update: json!({"x-rust-name": "a"}) }];
        assert_eq!(
            updates(&drafts, &since).unwrap(),
            "  - target: $.paths['/a'].get\n    x-kimai: '>=2.66.0'\n    update:\n      x-rust-name: a\n"
        );
        assert_eq!(
            removal("$.paths['/a'].get", "Why", &since).unwrap(),
            "  - target: $.paths['/a'].get\n    description: Why\n    x-kimai: '>=2.66.0'\n    remove: true\n"
        );
    }
}
