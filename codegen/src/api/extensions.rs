//! The extensions that overlays add to a document (see `specs/overlays`).

use indexmap::IndexMap;
use serde_json::Value;

use crate::{Error, Pointer};

/// The type's name, for a schema.
pub(super) const TYPE: &str = "x-rust-type";
/// The documentation of an enum that several properties share, where their own is not that of the type.
pub(super) const TYPE_DESCRIPTION: &str = "x-rust-type-description";
/// The name of a field, setter or method.
pub(super) const NAME: &str = "x-rust-name";
/// The handle to which an operation belongs.
pub(super) const RESOURCE: &str = "x-rust-resource";
/// What the number in this schema identifies, such as `User`.
pub(super) const ID: &str = "x-rust-id";
/// The names of an enum's variants, in the order of its values or by value.
pub(super) const VARIANTS: &str = "x-enum-varnames";
/// The properties that every recorded response contains, null or not.
pub(crate) const ALWAYS: &str = "x-kimai-always";
/// The format of text in responses, where the keyword `format` says the type in Rust: `date-time-basic-offset`. Only
/// comparing responses with the document needs it.
pub(crate) const ANSWER_FORMAT: &str = "x-kimai-answer-format";
/// The schema of the response with the parameter `full`.
pub(crate) const FULL: &str = "x-kimai-full";
/// `false` if null does not clear the property.
pub(super) const CLEARS: &str = "x-kimai-clears";
/// How a property is written: `comma-separated`.
pub(super) const WIRE: &str = "x-kimai-wire";
/// The documentation of the type for PATCH, for a schema that POST and PATCH share.
pub(super) const PATCH_DESCRIPTION: &str = "x-kimai-patch-description";
/// `true` if only POST accepts the property.
pub(super) const POST_ONLY: &str = "x-kimai-post-only";
/// How PATCH writes a property: `date-time`.
pub(super) const PATCH_WIRE: &str = "x-kimai-patch-wire";
/// The initial value in a new form, for servers that read an omitted value as no.
pub(super) const INITIAL: &str = "x-kimai-initial";
/// The name of a method that returns the value of the element with a name.
pub(super) const LOOKUP: &str = "x-kimai-lookup";
/// What the handles are about, by resource; at the root of the document.
pub(super) const RESOURCES: &str = "x-kimai-resources";
/// Rust statements which show the operation, for its documentation.
pub(super) const EXAMPLE: &str = "x-rust-example";
/// `true` for a GET that changes something on the server.
pub(super) const WRITES: &str = "x-kimai-writes";
/// The method to use in place of the operation, such as `timesheets().stop()`.
pub(super) const REPLACED_BY: &str = "x-kimai-replaced-by";
/// An operation that Kimai hides in its API page.
pub(super) const INTERNAL: &str = "x-internal";

/// The extensions of one object of the document.
#[derive(Clone, Copy)]
pub(super) struct Extensions<'a> {
    values: &'a IndexMap<String, Value>,
    pointer: &'a Pointer,
}

impl<'a> Extensions<'a> {
    pub(super) fn new(values: &'a IndexMap<String, Value>, pointer: &'a Pointer) -> Self {
        Self { values, pointer }
    }

    pub(super) fn raw(&self, key: &str) -> Option<&'a Value> {
        self.values.get(key)
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<&'a str>, Error> {
        self.values.get(key).map(|value| value.as_str().ok_or_else(|| self.malformed(key, "text"))).transpose()
    }

    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, Error> {
        self.values
            .get(key)
            .map(|value| value.as_bool().ok_or_else(|| self.malformed(key, "true or false")))
            .transpose()
    }

    pub(super) fn texts(&self, key: &str) -> Result<Option<Vec<&'a str>>, Error> {
        self.values
            .get(key)
            .map(|value| {
                value
                    .as_array()
                    .and_then(|array| array.iter().map(Value::as_str).collect())
                    .ok_or_else(|| self.malformed(key, "an array of strings"))
            })
            .transpose()
    }

    pub(super) fn malformed(&self, key: &str, expected: &str) -> Error {
        Error::Malformed { pointer: self.pointer.join(key), problem: format!("{expected} is expected here") }
    }
}
