//! Overlay actions as YAML.

use serde::Serialize;
use serde_json::Value;
use serde_json_path::JsonPath;

use super::schemas::Schemas;
use crate::{Error, Pointer, yaml};

/// An overlay action.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The JSONPath of what it changes.
    pub target: String,
    /// What it does.
    pub change: Change,
    /// The JSONPath of what the document needs besides the target.
    pub needs: Option<String>,
}

/// What an overlay action does.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It merges this value.
    Update(Value),
    /// It removes what its target selects.
    Remove,
}

#[derive(Serialize)]
struct Written<'a> {
    target: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "x-kimai", skip_serializing_if = "Option::is_none")]
    range: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    update: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remove: Option<bool>,
}

impl Action {
    pub(super) fn update(target: String, change: Value) -> Self {
        Self { target, change: Change::Update(change), needs: None }
    }

    pub(super) fn remove(target: String) -> Self {
        Self { target, change: Change::Remove, needs: None }
    }

    /// Whether the document has the target, and what the action needs besides.
    #[must_use]
    pub fn matches(&self, document: &Value) -> bool {
        let has = |path: &String| JsonPath::parse(path).is_ok_and(|path| !path.query(document).is_empty());
        has(&self.target) && self.needs.as_ref().is_none_or(has)
    }
}

/// The actions as elements of the list `actions` of an overlay, with its indentation. The description is that of the
/// first one; the range of releases is for all of them.
///
/// # Errors
///
/// Returns an error if a value cannot be written as YAML.
pub fn actions_as_yaml(actions: &[Action], description: &str, range: Option<&str>) -> Result<String, Error> {
    let written: Vec<Written<'_>> = actions
        .iter()
        .enumerate()
        .map(|(index, action)| Written {
            target: &action.target,
            description: (index == 0).then_some(description),
            range,
            update: if let Change::Update(update) = &action.change { Some(update) } else { None },
            remove: (action.change == Change::Remove).then_some(true),
        })
        .collect();
    let text = yaml::write("overlay", &written)
        .map_err(|error| Error::OverlayFile { file: error.file.clone(), problem: error.message() })?;
    Ok(text.lines().flat_map(|line| ["  ", line, "\n"]).collect())
}

impl Schemas<'_> {
    /// The JSONPath of a place (RFC 9535).
    pub(super) fn path(self, pointer: &Pointer) -> String {
        let mut path = "$".to_owned();
        let mut here = Pointer::root();
        for token in pointer.as_str().split('/').skip(1) {
            let name = token.replace("~1", "/").replace("~0", "~");
            let is_element = self.at(&here).is_some_and(|place| place.schema.is_array());
            let is_parameter = is_element && here.last() == "parameters";
            here = here.join(&name);
            let parameter =
                self.at(&here).filter(|_| is_parameter).and_then(|place| place.schema.get("name")?.as_str());
            if let Some(parameter) = parameter {
                path += &format!("[?@.name == {}]", quoted(parameter));
            } else if is_element {
                path += &format!("[{name}]");
            } else if is_plain(&name) {
                path += &format!(".{name}");
            } else {
                path += &format!("[{}]", quoted(&name));
            }
        }
        path
    }
}

/// Members of an object by their names.
pub(super) fn selection(names: &[&str]) -> String {
    match names {
        [name] if is_plain(name) => format!(".{name}"),
        names => format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(",")),
    }
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
