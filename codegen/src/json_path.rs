//! Paths of places as overlays write them: `JSONPath` (RFC 9535).

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::Pointer;

/// The path of a place. A parameter is selected by its name.
pub(crate) fn of(document: &Value, pointer: &Pointer) -> String {
    let mut path = "$".to_owned();
    let mut here = Pointer::root();
    for token in pointer.as_str().split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        let is_element = document.pointer(here.as_str()).is_some_and(Value::is_array);
        let is_parameter = is_element && here.last() == "parameters";
        here = here.join(&name);
        let element = document.pointer(here.as_str()).filter(|_| is_parameter);
        path += &match element.and_then(|element| element.get("name")?.as_str()) {
            Some(name) => parameter(name),
            None if is_element => format!("[{name}]"),
            None => members(&[&name]),
        };
    }
    path
}

/// Members of an object.
pub(crate) fn members(names: &[&str]) -> String {
    match names {
        [name] if is_plain(name) => format!(".{name}"),
        names => format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(",")),
    }
}

/// The element of a list of parameters that has this name.
pub(crate) fn parameter(name: &str) -> String {
    format!("[?@.name=={}]", quoted(name))
}

/// A name in single quotes (RFC 9535, section 2.3.1.1).
pub(crate) fn quoted(name: &str) -> String {
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

/// Whether the document has a place that the path selects.
pub(crate) fn matches(document: &Value, path: &str) -> bool {
    JsonPath::parse(path).is_ok_and(|path| !path.query(document).is_empty())
}

/// Whether a name needs no quotes (RFC 9535, section 2.5.1.1).
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
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
            let path = of(&document, &Pointer::from_text(pointer));
            assert_eq!(path, expected);
            if pointer.contains("paths") {
                assert!(matches(&document, &path), "{path}");
            }
        }
    }
}
