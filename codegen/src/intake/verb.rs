//! The verb that a path says, such as `duplicate` in `POST /api/projects/{id}/duplicate`.

use serde_json::Value;

use crate::api::{Api, Method, Operation, Segment};
use crate::names;

/// The verb with which the path of an operation ends; none if the document knows it as a thing, such as `team`.
pub(super) fn verb<'a>(operation: &'a Operation, api: &Api, document: &Value) -> Option<&'a str> {
    let [_, .., Segment::Literal(last)] = operation.path.as_slice() else { return None };
    let changes = matches!(operation.method, Method::Post | Method::Put | Method::Patch);
    let is_plural = names::singular(last) != *last;
    (changes && !is_plural && !is_thing(operation, last, api, document)).then_some(last)
}

/// Whether there is a list of them, they can be read, or a schema describes them.
fn is_thing(operation: &Operation, word: &str, api: &Api, document: &Value) -> bool {
    let is_plural = |segment: &Segment| match segment {
        Segment::Literal(text) => text != word && names::singular(text) == word,
        Segment::Parameter(_) => false,
    };
    let is_read = |one: &Operation| one.method == Method::Get && one.template == operation.template;
    let name = names::pascal(word);
    let is_it = |schema: &String| !schema.ends_with("Form") && names::subject(schema).ends_with(&name);
    let mut schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    api.operations.iter().any(|one| is_read(one) || one.path.iter().any(is_plural))
        || schemas.any(|(schema, _)| is_it(schema))
}
