//! Names: from what a document calls things to what Rust calls them.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// Methods which every request, operation and form has already.
const METHODS_IN_USE: [&str; 34] = [
    "at",
    "bytes",
    "clear",
    "client",
    "clone",
    "decode",
    "edit",
    "full",
    "header",
    "into_call",
    "into_future",
    "into_operation",
    "items_with_json",
    "iter",
    "map",
    "new",
    "next_page",
    "open",
    "operation",
    "page_number",
    "pages",
    "raw",
    "request",
    "request_for",
    "send",
    "stream",
    "with_header",
    "with_json",
    "with_max_size",
    "with_options",
    "with_parameter",
    "with_property",
    "with_retry",
    "with_timeout",
];

/// Methods which the client has beside the handles.
const CLIENT_METHODS_IN_USE: [&str; 15] = [
    "base_url",
    "builder",
    "call",
    "clone",
    "connect",
    "execute",
    "inner",
    "new",
    "open",
    "runtime",
    "secrets",
    "send",
    "server_version",
    "supports",
    "with_server_version",
];

/// Types which generated code uses by their short names; a document's own type must not hide them.
const TYPES_IN_USE: [&str; 45] = [
    "BTreeMap",
    "Box",
    "Bytes",
    "C",
    "Client",
    "Clone",
    "Copy",
    "D",
    "Debug",
    "DecodeError",
    "Default",
    "Deserialize",
    "Deserializer",
    "Download",
    "Err",
    "From",
    "HeaderMap",
    "HttpRequest",
    "HttpResponse",
    "IdOr",
    "Identified",
    "Into",
    "IntoIterator",
    "InvalidRequest",
    "Method",
    "None",
    "ObjectStyle",
    "Ok",
    "OneOrMany",
    "Operation",
    "Option",
    "Page",
    "Paged",
    "PartialEq",
    "Patch",
    "Request",
    "Result",
    "Secret",
    "Select",
    "Self",
    "Serialize",
    "Some",
    "String",
    "Upload",
    "Vec",
];

/// Types of the client for which a document may well have a type of the same name.
const TYPES_OF_THE_CLIENT: [&str; 5] = ["Color", "Country", "Currency", "FieldValue", "TimeZoneName"];

/// A field, parameter, setter or method name: `color-safe` becomes `color_safe`, `type` becomes `type_`.
pub(crate) fn snake(text: &str) -> String {
    let name = deunicode::deunicode(text).to_snake_case();
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("n{name}");
    }
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The name of a setter or an operation's method, which must not hide one that is there already.
pub(crate) fn method(text: &str) -> String {
    let name = snake(text);
    if METHODS_IN_USE.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The name of a handle: `customers`.
pub(crate) fn handle(text: &str) -> String {
    let name = snake(text);
    if CLIENT_METHODS_IN_USE.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// A type name: `color-safe` becomes `ColorSafe`, `Option` becomes `OptionType`.
pub(crate) fn pascal(text: &str) -> String {
    type_name(text, "Type")
}

/// The name of a document's type, which must not hide one of the client: `Color` becomes `ColorType`.
pub(crate) fn own_type(text: &str) -> String {
    let name = pascal(text);
    if TYPES_OF_THE_CLIENT.contains(&name.as_str()) { format!("{name}Type") } else { name }
}

/// The type of an operation: `create-rate` becomes `CreateRate`, `download` becomes `DownloadOperation`.
pub(crate) fn operation(text: &str) -> String {
    type_name(text, "Operation")
}

/// A type name, with the suffix where it would hide a type that is in use.
fn type_name(text: &str, suffix: &str) -> String {
    let name = deunicode::deunicode(text).to_upper_camel_case();
    if name.is_empty() {
        return "Unnamed".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("N{name}");
    }
    if TYPES_IN_USE.contains(&name.as_str()) { format!("{name}{suffix}") } else { name }
}

/// The variant of an enum: `""` becomes `Empty`, `1` becomes `V1`.
pub(crate) fn variant(text: &str) -> String {
    let text = if text == "+" {
        "plus"
    } else if text == "-" {
        "minus"
    } else {
        text
    };
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let name = deunicode::deunicode(text).to_upper_camel_case();
    if name.is_empty() {
        return "Other".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("V{name}");
    }
    // `Unknown` is the variant for what the document does not list.
    if name == "Self" || name == "Unknown" { format!("{name}Value") } else { name }
}

/// The names that are taken in one place.
#[derive(Default)]
pub(crate) struct Taken {
    names: HashSet<String>,
    /// The number to try next, by base name: documents may hold thousands of the same.
    next: HashMap<String, usize>,
}

impl Taken {
    /// Takes a name, unless it is taken.
    pub(crate) fn take(&mut self, name: String) -> bool {
        self.names.insert(name)
    }

    /// A name that is not taken yet: the second `color` is `color_2`.
    pub(crate) fn unique(&mut self, name: &str, separator: &str) -> String {
        let mut candidate = name.to_owned();
        while !self.names.insert(candidate.clone()) {
            let base = name.trim_end_matches('_');
            let number = self.next.entry(base.to_owned()).or_insert(2);
            candidate = format!("{base}{separator}{number}");
            *number += 1;
        }
        candidate
    }
}

/// The singular of an English noun as paths and properties use it: `activities` → `activity`.
pub(crate) fn singular(text: &str) -> String {
    if let Some(stem) = text.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if let Some(stem) = text.strip_suffix("es").filter(|_| text.ends_with(ending)) {
            return stem.to_owned();
        }
    }
    match text.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && !stem.ends_with("tatu") && !stem.is_empty() => stem.to_owned(),
        _ => text.to_owned(),
    }
}

/// A path, or what has one in it, with the names of its parameters left out: `/api/tags/{}`.
pub(crate) fn anonymous(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_inside = false;
    for c in text.chars() {
        is_inside &= c != '}';
        if !is_inside {
            plain.push(c);
        }
        is_inside |= c == '{';
    }
    plain
}

/// The name of a schema without the number of a copy.
pub(crate) fn stem(schema: &str) -> &str {
    let stem = schema.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.is_empty() { schema } else { stem }
}

/// What the schema of a form is about: `TimesheetEditForm` is about `Timesheet`; other schemas are about themselves.
pub(crate) fn form_subject(schema: &str) -> &str {
    let Some(stem) = schema.strip_suffix("Form").filter(|stem| !stem.is_empty()) else { return schema };
    let without_verb = stem.strip_suffix("Edit").or_else(|| stem.strip_suffix("Create"));
    without_verb.filter(|subject| !subject.is_empty()).unwrap_or(stem)
}

/// The type of a form: `TimesheetEditForm` becomes `NewTimesheet`.
pub(crate) fn form(schema: &str) -> String {
    format!("New{}", form_subject(schema))
}

/// The type of a change: `TimesheetEditForm` becomes `TimesheetPatch`.
pub(crate) fn patch(schema: &str) -> String {
    format!("{}Patch", form_subject(schema))
}

/// What a schema or type is about: `TimesheetCollectionExpanded`, `TimesheetEditForm` and `NewTimesheet` are about
/// `Timesheet`.
pub(crate) fn subject(name: &str) -> &str {
    let mut subject = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some(rest) = subject.strip_prefix("New").filter(|rest| rest.starts_with(char::is_uppercase)) {
        subject = rest;
    }
    for suffix in ["Expanded", "Summary", "Collection", "Entity", "Ref", "Form", "Edit", "Create"] {
        if let Some(stem) = subject.strip_suffix(suffix).filter(|stem| !stem.is_empty()) {
            subject = stem;
        }
    }
    subject
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_rust() {
        for (text, name) in [
            ("color-safe", "color_safe"),
            ("isFixed", "is_fixed"),
            ("type", "type_"),
            ("self", "self_"),
            ("Self", "self_"),
            ("crate", "crate_"),
            ("2fa", "n2fa"),
            ("größe", "grosse"),
            ("🎉", "tada"),
            ("-", "unnamed"),
            ("", "unnamed"),
        ] {
            assert_eq!(snake(text), name, "{text}");
        }
        for (text, name) in [
            ("UserEntity", "UserEntity"),
            ("2fa", "N2fa"),
            ("self", "SelfType"),
            ("option", "OptionType"),
            ("🎉", "Tada"),
        ] {
            assert_eq!(pascal(text), name, "{text}");
        }
        for (text, name) in
            [("", "Empty"), ("1", "V1"), ("de_CH", "DeCh"), ("unknown", "UnknownValue"), ("!?", "Other")]
        {
            assert_eq!(variant(text), name, "{text}");
        }
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut taken = Taken::default();
        assert_eq!(taken.unique("color", "_"), "color");
        assert_eq!(taken.unique("color", "_"), "color_2");
        assert_eq!(taken.unique("type_", "_"), "type_");
        assert_eq!(taken.unique("type_", "_"), "type_2");
    }

    #[test]
    fn singulars_and_subjects() {
        for (plural, one) in [
            ("activities", "activity"),
            ("customers", "customer"),
            ("status", "status"),
            ("rates", "rate"),
            ("roles", "role"),
            ("addresses", "address"),
            ("address", "address"),
            ("custom-fields", "custom-field"),
        ] {
            assert_eq!(singular(plural), one);
        }
        for (schema, about) in [
            ("TimesheetCollectionExpanded", "Timesheet"),
            ("UserCreateForm", "User"),
            ("User2", "User"),
            ("CustomerRateForm", "CustomerRate"),
            ("InvoiceMeta", "InvoiceMeta"),
            ("NewTimesheet", "Timesheet"),
            ("TimesheetSummaryExpanded", "Timesheet"),
            ("UserRef", "User"),
            ("News", "News"),
            ("Form", "Form"),
        ] {
            assert_eq!(subject(schema), about);
        }
    }
}
