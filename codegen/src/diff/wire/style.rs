//! How the values of parameters and response headers are written.

use serde_json::Value;

use super::schema::Schema;

/// How a parameter is written that has a media type of its own.
pub(super) const AS_CONTENT: &str = "as a document";

/// How values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// What stands before the value, if anything does.
    pub(super) prefix: Option<&'static str>,
    /// How lists and objects are written; nothing for other values.
    pub(super) parts: Option<&'static str>,
}

impl Style {
    /// The style of values with a schema; the place is that of `in`.
    pub(super) fn of(value: &Value, place: &str, schema: &Schema<'_>) -> Self {
        let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
        let declared = value.get("style").and_then(Value::as_str);
        // Headers have a single style.
        let style = declared.filter(|_| place != "header").unwrap_or(usual);
        let explodes = value.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
        let is_object = schema.kind == "object";
        let written = match (style, explodes) {
            ("deepObject", _) => "with names in brackets",
            ("spaceDelimited", false) => "with spaces",
            ("pipeDelimited", false) => "with bars",
            ("label", true) => "with dots",
            ("matrix", true) => "with semicolons",
            ("simple", true) if is_object => "as pairs with commas",
            ("simple", _) | (_, false) => "with commas",
            _ => "once for each value",
        };
        let prefix = match style {
            "label" => Some("after a dot"),
            "matrix" => Some("after a semicolon and the name"),
            _ => None,
        };
        Self { prefix, parts: (is_object || schema.kind == "array").then_some(written) }
    }
}
