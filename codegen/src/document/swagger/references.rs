//! References follow what they refer to.

use serde_json::Value;

use crate::document::structure::walk;

const MOVED: [(&str, &str); 3] = [
    ("#/definitions/", "#/components/schemas/"),
    ("#/parameters/", "#/components/parameters/"),
    ("#/responses/", "#/components/responses/"),
];

pub(super) fn rewrite(document: &mut Value) {
    walk(document, &mut |value, _, _| {
        let Some(Value::String(reference)) = value.get_mut("$ref") else { return };
        for (old, new) in MOVED {
            if let Some(rest) = reference.strip_prefix(old) {
                *reference = format!("{new}{rest}");
                return;
            }
        }
    });
}
